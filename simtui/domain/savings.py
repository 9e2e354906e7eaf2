"""What fewer and longer renewals save on one line, by the engine's own reckoning and by what was paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from simtui.domain.act import Act
from simtui.domain.calendar import Day, days_between
from simtui.domain.line import Knowledge, Line
from simtui.domain.money import Money
from simtui.domain.offer import Offer, Plan, TopUp
from simtui.domain.reckoning import Certainty
from simtui.domain.spending import payments_last_year, total_of
from simtui.domain.whatif import Outcome, outcomes

_SHORT_DAYS = 94
"""Three months at most: what is bought several times a year."""
_LONG_DAYS = 180
"""Half a year at least."""
_LONGEST_MONTHS = 120
_WORTH_IT = Decimal("0.95")
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Way:
    """One thing bought again and again: how long it keeps the number, and what that costs a year.

    `months` is its length in whole months where it is so many; `days` counts it in days from today. `receive_only` says
    that it counts time in which the line only receives.
    """

    item: TopUp | Plan
    price: Decimal
    days: int
    months: int | None
    per_year: Decimal
    receive_only: bool
    certainty: Certainty

    @property
    def payments(self) -> int:
        """About how many payments a year it takes."""
        a_year = 12 / self.months if self.months is not None else 365 / self.days
        return max(1, round(a_year))


@dataclass(frozen=True, slots=True)
class Savings:
    """That a long way costs less a year than the cheapest short one, in `currency`.

    `paid` is what was paid for the line in the year up to today, one total per currency, in `payments` payments.
    """

    currency: str
    short: Way
    long: Way
    paid: tuple[Money, ...]
    payments: int

    @property
    def per_year(self) -> Decimal:
        """What the long way saves in a year."""
        return self.short.per_year - self.long.per_year


def savings(line: Line, acts: Sequence[Act], offer: Offer, today: Day) -> Savings | None:
    """Return what longer renewals save; None where they save less than a twentieth, or where nobody can tell.

    None as well where all that was paid in the last year was at least the long way's price: it is taken already.
    """
    fresh = line.model_copy(
        update={
            "identity": line.identity.model_copy(update={"state": Knowledge.YES}),
            "activated_on": None,
            "opened_on": line.opened_on if _has_cohorts(offer) else None,
        }
    )
    ways = [way for each in outcomes(fresh, (), offer, today) if (way := _way(each, today)) is not None]
    short = _cheapest([way for way in ways if way.days <= _SHORT_DAYS])
    long = _cheapest([way for way in ways if way.days >= _LONG_DAYS])
    if short is None or long is None or long.per_year > short.per_year * _WORTH_IT:
        return None
    paid = payments_last_year(acts, offer, today)
    in_currency = [act.amount for act in paid if act.amount is not None and act.currency == offer.currency]
    if in_currency and all(amount >= long.price for amount in in_currency):
        return None
    return Savings(offer.currency, short, long, total_of(paid), len(paid))


def _way(outcome: Outcome, today: Day) -> Way | None:
    until, price = outcome.safe_until, outcome.price
    if until is None or not price or until <= today:
        return None
    days = days_between(today, until)
    months = _whole_months(today, until)
    per_year = price * 12 / months if months is not None else price * 365 / days
    return Way(
        item=outcome.item,
        price=price,
        days=days,
        months=months,
        per_year=per_year.quantize(_CENT),
        receive_only=outcome.receive_only,
        certainty=outcome.certainty,
    )


def _whole_months(start: Day, end: Day) -> int | None:
    return next((count for count in range(1, _LONGEST_MONTHS) if start.add(months=count) == end), None)


def _cheapest(ways: Sequence[Way]) -> Way | None:
    return min(ways, key=lambda way: (way.per_year, way.price), default=None)


def _has_cohorts(offer: Offer) -> bool:
    return any(rule.opened_from is not None or rule.opened_to is not None for rule in offer.rules)
