"""Acts are as strict as the other records, though there is less to them."""

from __future__ import annotations

from dataclasses import fields

import pytest
from pydantic import ValidationError

from simtui.domain.act import Act
from simtui.domain.calendar import Day

FULL = {
    "line": 3,
    "kind": "balance_reading",
    "day": "2026-05-01",
    "order": 7,
    "amount": "9.99",
    "currency": "EUR",
    "plan": "a-plan",
    "channel": "shop",
    "mark": "roaming",
    "from_credit": True,
    "balances": {"credit": "4.20", "currency": "EUR"},
    "read_at": "sms",
    "clock": "number",
    "valid_until": "2026-07-31",
    "in_turn": True,
    "proof": {"order_number": "A1"},
    "note": "by mail",
}


def test_an_act_like_another_has_all_its_other_fields() -> None:
    act = Act.model_validate(FULL)
    assert {field.name for field in fields(Act)} == FULL.keys()
    assert all(getattr(act, field.name) != field.default for field in fields(Act))
    like = act.like(5, Day(2027, 1, 2), 9)
    assert like == act.model_copy(update={"line": 5, "day": Day(2027, 1, 2), "order": 9})
    assert like.like(3, act.day, 7) == act


def test_an_act_is_dumped_as_it_was_read() -> None:
    act = Act.model_validate(FULL)
    assert act.model_dump(mode="json", exclude_defaults=True) == FULL
    assert [*act.model_dump(mode="json")] == [*FULL]
    assert act.like(3, act.day, 7).model_dump(mode="json", exclude_defaults=True) == FULL
    assert act.model_dump(mode="json", exclude={"line"}).keys() == FULL.keys() - {"line"}


def test_equal_acts_are_one_in_a_set() -> None:
    act = Act.model_validate({"line": 1, "kind": "data", "day": "2026-05-01"})
    assert len({act, act.like(1, act.day, 0), act.like(2, act.day, 0)}) == 2


@pytest.mark.parametrize(
    ("change", "type_of_error"),
    [
        ({"unheard_of": 1}, "unexpected_keyword_argument"),
        ({"line": 0}, "greater_than_equal"),
        ({"kind": None}, "enum"),
        ({"currency": None}, "value_error"),
    ],
)
def test_an_act_is_checked(change: dict[str, object], type_of_error: str) -> None:
    with pytest.raises(ValidationError) as raised:
        Act.model_validate({**FULL, **change})
    assert [error["type"] for error in raised.value.errors()] == [type_of_error]
