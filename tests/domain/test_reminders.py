"""What lines that renew themselves ask for, with the rules of real operators."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from simtui.catalogue import load
from simtui.domain.act import Act
from simtui.domain.calendar import Day
from simtui.domain.offer import Offer
from simtui.domain.reminders import Reminder, ReminderKind, reminders
from simtui.domain.standing import standing
from simtui.paths import bundled
from tests.domain.build import act, line

FREE, ULTRA = "free-mobile-2eur", "ultra-mobile-paygo"


@cache
def offer(offer_id: str) -> Offer:
    found = load(bundled("carriers.json"), None).offer(offer_id)
    assert found is not None
    return found


def asked(
    offer_id: str, today: str, *acts: Act, lead: dict[str, int] | None = None, **fields: Any
) -> list[tuple[str, str, bool]]:
    """The reminders of a line activated on 10 July 2025 (17 August 2026 at Ultra) that renews itself."""
    return [
        (each.kind.value, each.day.format_iso(), each.now)
        for each in found(offer_id, today, *acts, lead=lead, **fields)
    ]


def found(offer_id: str, today: str, *acts: Act, lead: dict[str, int] | None = None, **fields: Any) -> list[Reminder]:
    begun = "2025-07-10" if offer_id == FREE else "2026-08-17"
    held = line(**{"activated_on": begun, "auto_renew": "yes", **fields})
    day = Day.parse_iso(today)
    return reminders(held, acts, offer(offer_id), standing(held, acts, offer(offer_id), day), day, lead)


def read(day: str, credit: str | None = None, currency: str = "USD") -> Act:
    if credit is None:
        return act(day, "balance_reading", balances={"data_mb": 100})
    return act(day, "balance_reading", balances={"credit": credit, "currency": currency})


# Has it renewed? ----------------------------------------------------------------------------------------------------


def test_the_day_after_the_renewal_somebody_has_to_look() -> None:
    assert asked(FREE, "2026-11-10", read("2026-10-12")) == []
    assert asked(FREE, "2026-11-11", read("2026-10-12")) == [("check_renewed", "2026-11-10", True)]
    assert asked(FREE, "2026-12-10") == [("check_renewed", "2026-11-10", True)]


@pytest.mark.parametrize(
    "seen",
    [
        read("2026-11-11"),
        act("2026-11-11", "payment", 2),
        act("2026-11-11", "statement", valid_until="2026-12-10"),
    ],
)
def test_a_payment_or_a_reading_after_it_shows_that_it_did(seen: Act) -> None:
    assert asked(FREE, "2026-11-21", seen) == []


@pytest.mark.parametrize(
    "act_",
    [
        read("2026-11-10"),
        read("2026-11-09"),
        act("2026-11-12", "sms_in"),
        act("2026-11-12", "note", note="to do"),
        read("2026-11-30"),
    ],
)
def test_what_came_before_it_or_can_come_in_anyway_shows_nothing(act_: Act) -> None:
    assert ("check_renewed", "2026-11-10", True) in asked(FREE, "2026-11-21", act_)


def test_a_month_end_stays_one() -> None:
    assert asked(FREE, "2026-03-02", activated_on="2026-01-31") == [("check_renewed", "2026-02-28", True)]
    assert asked(FREE, "2026-04-02", activated_on="2026-01-31") == [("check_renewed", "2026-03-31", True)]


def test_fees_from_a_wallet_are_looked_after_as_well() -> None:
    assert asked(ULTRA, "2026-11-16") == [("check_renewed", "2026-11-15", True)]


@pytest.mark.parametrize("answer", ["no", "unknown"])
def test_only_a_line_that_is_known_to_renew_itself_asks_for_anything(answer: str) -> None:
    held: dict[str, Any] = {"auto_renew": answer, "card_expires": "2026-01"}
    assert asked(FREE, "2026-11-21", **held) == []
    assert asked(ULTRA, "2026-11-21", read("2026-11-20", "0.50"), **held) == []


def test_a_line_without_a_date_asks_for_nothing() -> None:
    assert asked(FREE, "2026-11-21", activated_on=None, card_expires="2026-01") == []


# The card ------------------------------------------------------------------------------------------------------------

SEEN = read("2026-11-12")


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        (None, []),
        ("2026-12", []),
        ("2027-01", []),
        ("2026-11", [("card_expires", "2026-12-10", False)]),
        ("2025-01", [("card_expires", "2026-12-10", False)]),
    ],
)
def test_a_card_is_good_to_the_end_of_its_month(card: str | None, expected: list[tuple[str, str, bool]]) -> None:
    assert asked(FREE, "2026-11-21", SEEN, card_expires=card) == expected


def test_it_is_to_be_done_now_within_the_notice() -> None:
    days = {"2026-12-02": False, "2026-12-03": True, "2026-12-10": True}
    for today, now in days.items():
        assert asked(FREE, today, SEEN, card_expires="2026-11") == [("card_expires", "2026-12-10", now)]
    assert asked(FREE, "2026-12-01", SEEN, card_expires="2026-11", lead_days=9)[0][2]
    assert not asked(FREE, "2026-12-05", SEEN, card_expires="2026-11", lead={"keep_number": 2})[0][2]


# The credit ----------------------------------------------------------------------------------------------------------


def test_a_credit_that_was_read_and_does_not_pay_the_fee() -> None:
    reading = read("2026-11-20", "0.50")
    assert asked(ULTRA, "2026-11-21", reading) == [("credit_short", "2026-12-15", False)]
    (told,) = found(ULTRA, "2026-12-10", reading)
    assert told.now
    assert (str(told.credit), str(told.price), told.currency) == ("0.50", "3", "USD")


@pytest.mark.parametrize(
    "acts",
    [
        [],
        [read("2026-11-20")],
        [read("2026-11-20", "3")],
        [read("2026-11-20", "0.50", "EUR")],
        [read("2026-11-20", "0.50"), act("2026-11-20", "top_up", 5, currency="USD", order=9)],
    ],
)
def test_nothing_is_said_of_a_credit_that_pays_or_that_nobody_knows(acts: list[Act]) -> None:
    assert "credit_short" not in [kind for kind, _day, _now in asked(ULTRA, "2026-11-21", *acts)]


def test_a_reading_before_the_last_renewal_is_too_old_to_say_anything() -> None:
    assert asked(ULTRA, "2026-11-21", read("2026-11-10", "0.50")) == [("check_renewed", "2026-11-15", True)]


def test_what_is_to_be_done_now_comes_first() -> None:
    told = asked(ULTRA, "2026-11-16", card_expires="2026-10")
    assert told == [("check_renewed", "2026-11-15", True), ("card_expires", "2026-12-15", False)]
    assert {each.kind for each in found(ULTRA, "2026-11-16", card_expires="2026-10")} == {
        ReminderKind.CHECK_RENEWED,
        ReminderKind.CARD_EXPIRES,
    }


@pytest.mark.parametrize(
    ("paid", "fields", "short"),
    [
        ({"from_credit": True}, {}, True),
        ({"from_credit": False}, {}, False),
        # A payment of which nobody said so was made with money.
        ({}, {}, False),
        # A card on file pays, whatever the credit is.
        ({"from_credit": True}, {"card_expires": "2029-01"}, False),
    ],
)
def test_a_plan_takes_credit_only_where_the_last_one_did(
    paid: dict[str, Any], fields: dict[str, Any], short: bool
) -> None:
    bought = act("2026-11-10", "payment", 2, plan="forfait-2-eur", **paid)
    reading = read("2026-11-12", "1", "EUR")
    kinds = [kind for kind, _day, _now in asked(FREE, "2026-11-21", bought, reading, **fields)]
    assert kinds == (["credit_short"] if short else [])
