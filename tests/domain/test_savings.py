from __future__ import annotations

from decimal import Decimal

import pytest

from simtui.catalogue import Catalogue, load
from simtui.domain.act import Act
from simtui.domain.calendar import Day
from simtui.domain.money import Money
from simtui.domain.reckoning import Certainty
from simtui.domain.savings import Savings, savings
from simtui.paths import bundled
from tests.domain.build import act, line, one_clock

TODAY = Day(2026, 10, 1)
MOBICARTE = "orange-fr-mobicarte"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(bundled("carriers.json"), None)


def saved(catalogue: Catalogue, offer_id: str, acts: list[Act] | None = None, **fields: object) -> Savings | None:
    offer = catalogue.offer(offer_id)
    assert offer is not None
    return savings(line(offer=offer_id, **fields), acts or [], offer, TODAY)


def monthly(amount: int = 5) -> list[Act]:
    return [act(f"2026-{month:02}-05", "top_up", amount) for month in range(1, 10)]


def test_two_tens_a_year_keep_a_mobicarte_for_a_third_of_twelve_fives(catalogue: Catalogue) -> None:
    found = saved(catalogue, MOBICARTE, monthly())
    assert found is not None
    short, long = found.short, found.long
    assert (short.price, short.per_year) == (Decimal(5), Decimal(60))
    assert (short.months, short.payments) == (1, 12)
    assert (long.price, long.per_year) == (Decimal(10), Decimal(20))
    assert (long.months, long.payments) == (6, 2)
    assert found.per_year == 40
    assert (found.currency, found.paid, found.payments) == ("EUR", (Money(amount=Decimal(45), currency="EUR"),), 9)
    assert long.certainty is Certainty.THIRD_PARTY
    assert not long.receive_only


def test_the_sums_do_not_hang_on_what_is_left_today(catalogue: Catalogue) -> None:
    fields = {"opened_on": Day(2015, 3, 1), "activated_on": Day(2015, 3, 1), "identity": {"state": "no"}}
    fresh, old = saved(catalogue, MOBICARTE), saved(catalogue, MOBICARTE, monthly(), **fields)
    assert fresh is not None
    assert old is not None
    assert (fresh.short, fresh.long) == (old.short, old.long)
    assert (fresh.paid, fresh.payments) == ((), 0)


def test_whoever_takes_the_long_way_already_needs_no_advice(catalogue: Catalogue) -> None:
    tens = [act("2026-01-05", "top_up", 10), act("2026-07-01", "top_up", 10)]
    assert saved(catalogue, MOBICARTE, tens) is None
    assert saved(catalogue, MOBICARTE, [*tens, act("2026-08-01", "top_up", 5)]) is not None
    # What was paid more than a year ago, or without a known amount, says nothing of today.
    assert saved(catalogue, MOBICARTE, [act("2025-09-01", "top_up", 10)]) is not None
    assert saved(catalogue, MOBICARTE, [act("2026-09-01", "top_up")]) is not None


@pytest.mark.parametrize(
    "offer_id",
    [
        # One amount only.
        "giffgaff-payg",
        # So much a month whatever the amount: 2 for 30 days, 6 for 90, 12 for 180.
        "dtac-prepaid",
        # A top-up of 30 for 90 days, one of 100 for a year: the year costs more than it saves.
        "h2o-payg",
        # 50 for 90 days or 200 for 365: the same but for five days.
        "sosim-hk",
        # No number, no rule of a number.
        "airalo-discover-global",
        # A subscription.
        "free-mobile-2eur",
    ],
)
def test_there_is_no_such_advice_where_longer_is_not_cheaper(catalogue: Catalogue, offer_id: str) -> None:
    assert saved(catalogue, offer_id) is None


def test_time_in_which_the_line_only_receives_is_counted_and_said(catalogue: Catalogue) -> None:
    found = saved(catalogue, "orange-ro-prepay")
    assert found is not None
    assert found.long.receive_only
    assert not found.short.receive_only


def test_days_are_counted_as_days(catalogue: Catalogue) -> None:
    found = saved(catalogue, "starhub-happy")
    assert found is not None
    assert (found.short.days, found.short.months, found.short.payments) == (60, None, 6)
    assert found.short.per_year == Decimal("48.67")
    assert (found.long.days, found.long.payments, found.long.per_year) == (180, 2, Decimal("36.50"))


@pytest.mark.parametrize(("yearly", "told"), [(57, True), (58, False)])
def test_a_saving_below_a_twentieth_is_none(yearly: int, told: bool) -> None:
    tiers = {
        "by": "amount",
        "tiers": [{"at": "5", "period": "P1M"}, {"at": str(yearly), "period": "P1Y"}],
    }
    offer = one_clock(length=tiers, stacking="restart", top_ups=[{"amount": "5"}, {"amount": str(yearly)}])
    assert (savings(line(), [], offer, TODAY) is not None) is told
