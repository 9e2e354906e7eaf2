"""Many acts that are alike are read as one is: the same records, the same complaints."""

from __future__ import annotations

import gc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from simtui.alike import FIRST_FIELDS, Acts
from simtui.desk import body_of
from simtui.domain.act import LAST_PLACE, Act
from simtui.domain.record import Text
from simtui.memory import without_collector
from simtui.store.apart import take_apart
from simtui.store.repository import Apart
from simtui.store.tables import Table, encode

TOP_UP = {"line": 3, "kind": "top_up", "day": "2026-05-01", "order": 7, "amount": "10", "currency": "EUR"}
READING = {
    "line": 4,
    "kind": "balance_reading",
    "day": "2025-12-31",
    "balances": {"credit": "4.20", "currency": "EUR"},
    "read_at": "app",
}
STATEMENT = {
    "line": 5,
    "kind": "statement",
    "day": "2026-01-31",
    "order": 1,
    "valid_until": "2026-07-31",
    "note": "by mail",
}
MARKED = {"line": 6, "kind": "call_out", "day": "2026-02-28", "order": 2, "mark": "wifi", "from_credit": False}
BODIES = (TOP_UP, READING, STATEMENT, MARKED)

days = st.sampled_from(["2026-05-01", "2025-12-31", "1969-12-31", "2026-02-30", "20260501", "2026-05-01T00:00:00"])
anything = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 3),
    st.sampled_from([2**53, 2**53 + 1, 1.0, 1.5, 7.0, "1", "7", "", "10", "EUR", [], {}, ["2026-05-01"]]),
    days,
)
fields = st.sampled_from(
    ["line", "kind", "day", "order", "amount", "currency", "mark", "from_credit", "plan", "no_field"]
)


@st.composite
def bodies(draw: st.DrawFn) -> dict[str, Any]:
    """Return a body that simtui has written, with up to two fields that a person has changed or taken away."""
    body: dict[str, Any] = dict(draw(st.sampled_from(BODIES)))
    for field in draw(st.lists(fields, max_size=2)):
        if draw(st.booleans()):
            body[field] = draw(anything)
        else:
            body.pop(field, None)
    return body


def apart(*some: dict[str, Any]) -> list[Apart]:
    """Return the parts of stored bodies."""
    table = Table.sorted_of({number: encode(number, 3, body) for number, body in enumerate(some, start=1)})
    return [parts for block in take_apart(table, FIRST_FIELDS) for parts in block]


def outcome(acts: Acts | None, body: dict[str, Any]) -> object:
    """Return the act with the fields that were given, or what is complained of."""
    try:
        act = Act.model_validate(body) if acts is None else acts.made(apart(body))[0][2]
    except ValidationError as error:
        return error.errors(include_url=False, include_context=False)
    return vars(act), [(name, type(value)) for name, value in vars(act).items()]


@given(st.lists(bodies(), max_size=12))
def test_each_act_is_read_as_if_it_were_the_only_one(some: list[dict[str, Any]]) -> None:
    acts = Acts()
    for body in (*BODIES, *some, *BODIES):
        assert outcome(acts, body) == outcome(None, body)


def test_stored_acts_begin_as_they_are_expected_to() -> None:
    assert [*body_of(Act.model_validate(TOP_UP))][:4] == [*FIRST_FIELDS]


def test_acts_are_made_with_their_ids_and_revisions() -> None:
    made = Acts().made(apart(*BODIES))
    assert made == [(number, 3, Act.model_validate(body)) for number, body in enumerate(BODIES, start=1)]


@pytest.mark.parametrize("name", [b"day", rb"d\u0061y"])
def test_an_act_whose_text_says_its_day_twice_is_no_model_for_others(name: bytes) -> None:
    acts = Acts()
    head = [b"1", b"3", b"3", b'"top_up"']
    twice = b',"%b":"2026-05-01"' % name
    first, other = (*head, b'"2026-05-01"', b"7", twice), (*head, b'"2026-06-01"', b"7", twice)
    assert [str(act.day) for _id, _rev, act in acts.made([first, other])] == ["2026-05-01", "2026-05-01"]


def test_what_acts_have_in_common_is_checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    acts, checked = Acts(), []

    def validate(body: dict[str, Any]) -> Act:
        checked.append(body)
        return Act(**body)

    monkeypatch.setattr(Act, "model_validate", validate)
    some = [{**TOP_UP, "line": number, "order": LAST_PLACE - number} for number in range(1, 51)]
    unordered = [{field: value for field, value in body.items() if field != "order"} for body in some]
    made = [act for _id, _rev, act in acts.made(apart(*some))]
    assert [act.order for _id, _rev, act in acts.made(apart(*unordered))] == [0] * 50
    assert len(checked) == 1
    assert [act.line for act in made] == list(range(1, 51))
    assert len({id(act) for act in made}) == 50


def test_a_copy_with_other_values_forgets_what_was_worked_out() -> None:
    from simtui.domain.offer import Offer, OfferKind, Plan
    from simtui.domain.rule import PlanKind

    plan = Plan(id="one", name=Text.plain("One"), kind=PlanKind.DATA)
    offer = Offer(
        id="an-offer", kind=OfferKind.DATA, name=Text.plain("An offer"), country="FR", zone="Etc/UTC", currency="EUR"
    )
    assert offer.plan("one") is None
    assert offer.model_copy(update={"plans": (plan,)}).plan("one") is plan


def test_the_collector_is_afterwards_what_it_was() -> None:
    def fail() -> None:
        with without_collector():
            assert not gc.isenabled()
            raise ZeroDivisionError

    assert gc.isenabled()
    with pytest.raises(ZeroDivisionError):
        fail()
    assert gc.isenabled()
    gc.disable()
    with without_collector():
        pass
    assert not gc.isenabled()
    gc.enable()
