"""What was paid for a line, from its recorded acts."""

from __future__ import annotations

from collections.abc import Iterable

from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day
from simtui.domain.money import Money, totals
from simtui.domain.offer import Offer

_PAID = frozenset({ActKind.TOP_UP, ActKind.PLAN_PURCHASE, ActKind.PAYMENT, ActKind.HOLD})


def paid_last_year(acts: Iterable[Act], offer: Offer, today: Day) -> tuple[Money, ...]:
    """Return what was paid in the year up to `today`, one total per currency."""
    return total_of(payments_last_year(acts, offer, today))


def payments_last_year(acts: Iterable[Act], offer: Offer, today: Day) -> list[Act]:
    """Return the payments of the year up to `today`, also those without an amount.

    What came out of the line's credit was paid when that was topped up, and is not counted twice.
    """
    since = today.subtract(years=1)
    return [act for act in acts if since < act.day <= today and act.kind in _PAID and not _from_credit(act, offer)]


def total_of(payments: Iterable[Act]) -> tuple[Money, ...]:
    """Return what the payments come to, one total per currency."""
    return totals(act.money for act in payments if act.money is not None)


def _from_credit(act: Act, offer: Offer) -> bool:
    if act.from_credit is not None:
        return act.from_credit
    # Offers with top-ups sell their plans for credit.
    return act.kind is ActKind.PLAN_PURCHASE and bool(offer.top_ups)
