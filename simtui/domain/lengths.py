"""How long an act makes a clock run: every shape of length, turned into a period or a reason why not."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from simtui.domain.act import Act
from simtui.domain.balance import CreditHistory
from simtui.domain.calendar import Day, Period, after, times_over
from simtui.domain.offer import Offer
from simtui.domain.reckoning import Why
from simtui.domain.rule import (
    AmountTier,
    Length,
    UnitLength,
)


def length_of(length: Length, act: Act | None, offer: Offer, credit: CreditHistory) -> Period | Why:
    """Return the period that `act` (or a start, when None) buys, or why it is not known.

    An amount outside the tiers is unknown, never the nearest tier (DESIGN.md, 4.2).
    """
    # Whether a record is not of a class takes pydantic six times as long to tell as this.
    if length.by == "fixed":
        return length.period
    if length.by == "amount":
        return _by_amount(length.tiers, act, offer)
    if length.by == "unit":
        return _by_unit(length, act, offer)
    if length.by == "balance":
        return _by_balance(length.tiers, act, credit)
    return _by_plan(act, offer) if length.by == "plan" else Why.LENGTH_UNKNOWN


def amount_in(act: Act | None, offer: Offer) -> Decimal | Why:
    """Return the act's amount in the offer's currency, or why it cannot be used."""
    if act is None or act.amount is None:
        return Why.AMOUNT_MISSING
    return act.amount if act.currency == offer.currency else Why.OTHER_CURRENCY


def tier_for(tiers: Sequence[AmountTier], amount: Decimal) -> AmountTier | None:
    """Return the row that names `amount`: an exact one first, else the range that holds it."""
    for tier in tiers:
        if tier.at is not None and tier.at == amount:
            return tier
    for tier in tiers:
        if tier.from_ is not None and tier.from_ <= amount and (tier.below is None or amount < tier.below):
            return tier
    return None


def plan_end(act: Act, offer: Offer) -> Day | None:
    """Return the last day of the plan bought with `act`: as the act says, else by the plan's validity or fixed end."""
    if act.valid_until is not None:
        return act.valid_until
    plan = offer.plan(act.plan)
    if plan is None:
        return None
    return plan.ends_on if plan.validity is None else after(act.day, plan.validity)


def told_end(act: Act | None, offer: Offer) -> Day | None:
    """Return the day on which the plan bought with `act` ends whatever day it begins: as the act or the plan says."""
    if act is None:
        return None
    plan = offer.plan(act.plan)
    fixed = plan.ends_on if plan is not None and plan.validity is None else None
    return act.valid_until or fixed


def _by_amount(tiers: Sequence[AmountTier], act: Act | None, offer: Offer) -> Period | Why:
    amount = amount_in(act, offer)
    return amount if isinstance(amount, Why) else _period(tiers, amount)


def _by_balance(tiers: Sequence[AmountTier], act: Act | None, credit: CreditHistory) -> Period | Why:
    point = None if act is None else credit.after_act(act)
    return Why.BALANCE_UNKNOWN if point is None else _period(tiers, point.amount)


def _period(tiers: Sequence[AmountTier], amount: Decimal) -> Period | Why:
    tier = tier_for(tiers, amount)
    if tier is None:
        return Why.AMOUNT_OUTSIDE_TIERS
    return Why.LENGTH_UNKNOWN if tier.period is None else tier.period


def _by_unit(length: UnitLength, act: Act | None, offer: Offer) -> Period | Why:
    amount = amount_in(act, offer)
    if isinstance(amount, Why):
        return amount
    units = int(amount // length.unit)
    if units == 0:
        return Why.AMOUNT_OUTSIDE_TIERS
    try:
        return times_over(length.period, min(units, 100_000))
    except (ValueError, OverflowError):
        return Why.AMOUNT_OUTSIDE_TIERS


def _by_plan(act: Act | None, offer: Offer) -> Period | Why:
    plan = None if act is None else offer.plan(act.plan)
    if plan is None or plan.validity is None:
        return Why.PLAN_UNKNOWN
    return plan.validity
