"""Fields: what is typed, what is kept, what is shown."""

from __future__ import annotations

import pytest

from simtui.desk import Desk
from simtui.domain.procedure import StepField
from simtui.errors import InputError
from simtui.procedures import procedures
from simtui.walk import fields
from simtui.walk.walk import Walk
from tests.walk.conftest import Hold


@pytest.fixture
def asked(desk: Desk, hold: Hold) -> fields.Asked:
    return Walk.of(desk, [hold()]).asked


def field(name: str) -> StepField:
    return next(each for one in procedures().all for step in one.steps for each in step.fields if each.id == name)


@pytest.mark.parametrize(
    ("name", "typed", "kept", "shown"),
    [
        ("read-credit", "2,10", "2.10 EUR", "EUR 2.10"),
        ("read-credit", "€2.10", "2.10 EUR", "EUR 2.10"),
        ("amount", "１２ CHF", "12 CHF", "CHF 12"),
        ("read-data", "3.1 GB", "3174", "3.1 GB"),
        ("read-data", "500", "500", "500 MB"),
        ("gigabytes", "2", "2048", "2 GB"),
        ("gigabytes", "500 MB", "500", "500 MB"),
        ("read-minutes", "48", "48", "48"),
        ("valid-until", "11-24", "2026-11-24", "2026-11-24"),
        ("valid-until", "1-3", "2027-01-03", "2027-01-03"),
        ("paid-on", "11-24", "2025-11-24", "2025-11-24"),
        ("paid-on", "yesterday", "2026-11-20", "2026-11-20"),
        ("method", "card", "card", "card"),
        ("method", "1", "card", "card"),
        ("method", "PayPal", "paypal", "PayPal"),
        ("checks", "sms，site", "sms,site_or_app", "SMS, site or app"),
        ("checks", "1、1", "sms", "SMS"),
        ("read-at", "hot", "hotline", "hotline"),
        ("order-number", "  A-1 ", "A-1", "A-1"),
        ("receipt", "", "", ""),
    ],
)
def test_what_is_typed_is_kept_and_shown(asked: fields.Asked, name: str, typed: str, kept: str, shown: str) -> None:
    found = field(name)
    raw = fields.kept(found, typed, asked)
    assert raw == kept
    assert fields.readable(found, raw, asked) == shown
    assert fields.kept(found, fields.readable(found, raw, asked), asked) == kept


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("read-credit", "ten"),
        ("read-credit", "1 XYZ"),
        ("read-data", "much"),
        ("read-minutes", "-1"),
        ("valid-until", "03/04/2026"),
        ("method", "shells"),
        ("method", "99"),
        ("checks", "sms, hope"),
        ("order-number", "x" * 201),
        ("order-number", "4111 1111 1111 1111"),
        ("code", "none of these"),
    ],
)
def test_what_is_no_answer_is_refused_by_the_fields_name(asked: fields.Asked, name: str, typed: str) -> None:
    with pytest.raises(InputError) as refused:
        fields.kept(field(name), typed, asked)
    assert refused.value.place


def test_means_of_payment_say_how_sure_they_are(asked: fields.Asked) -> None:
    found = fields.options(field("method"), asked)
    assert found[0].note == "confirmed for this operator"
    assert found[-1].note == "not known for this operator"
    assert len(found) == 10


def test_ways_are_those_of_the_kind_with_the_usual_one_first(asked: fields.Asked) -> None:
    found = fields.options(field("procedure"), asked)
    assert found[0].id == "recharge-online"
    assert "travel-buy" not in {each.id for each in found}
