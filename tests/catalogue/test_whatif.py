"""What buying something today leads to, and what it costs a month."""

from __future__ import annotations

from decimal import Decimal

import pytest

from simtui.catalogue import Catalogue, load
from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day
from simtui.domain.line import Line
from simtui.domain.whatif import cheapest, outcomes
from simtui.paths import bundled

TODAY = Day(2026, 11, 25)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(bundled("carriers.json"), None)


def monthly(catalogue: Catalogue, offer_id: str, paid: str, currency: str, day: Day) -> dict[str, Decimal | None]:
    offer = catalogue.offers[offer_id]
    act = Act(line=1, kind=ActKind.TOP_UP, day=day, amount=Decimal(paid), currency=currency)
    found = outcomes(Line(label="x", offer=offer_id), [act], offer, TODAY)
    return {str(outcome.price): outcome.per_month for outcome in found if outcome.keeps_number}


def test_time_that_is_left_is_not_what_an_extension_buys(catalogue: Catalogue) -> None:
    """U Mobile adds a day for each ringgit: whatever is bought costs the same a month, however much is left."""
    fresh = monthly(catalogue, "u-mobile-power-prepaid", "10", "MYR", TODAY.subtract(days=9))
    held = monthly(catalogue, "u-mobile-power-prepaid", "100", "MYR", TODAY.subtract(days=1))
    for prices in (fresh, held):
        assert set(prices) == {"10", "30", "50", "100"}
        for price in prices.values():
            assert price == pytest.approx(Decimal("30.4"), abs=Decimal("1.5"))


def test_where_a_top_up_begins_anew_its_time_counts_from_today(catalogue: Catalogue) -> None:
    """Mobicarte: ten euros keep the line for six months from the day they are paid."""
    assert monthly(catalogue, "orange-fr-mobicarte", "10", "EUR", TODAY.subtract(days=20)) == {"10": Decimal("1.68")}
    offer = catalogue.offers["orange-fr-mobicarte"]
    act = Act(line=1, kind=ActKind.TOP_UP, day=Day(2026, 6, 1), amount=Decimal(10), currency="EUR")
    best = cheapest(outcomes(Line(label="x", offer=offer.id), [act], offer, TODAY))
    assert best is not None
    assert (best.price, best.per_month) == (Decimal(10), Decimal("1.68"))
