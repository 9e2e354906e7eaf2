"""The least that the rest of the way can cost: what lets the planner look at promising sequences first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_DOWN, Decimal
from math import gcd

from simtui.domain.balance import CreditHistory
from simtui.domain.calendar import Day, Period
from simtui.domain.choices import Choice, Cost, number_clocks, number_fees
from simtui.domain.lengths import length_of
from simtui.domain.reckoning import Why
from simtui.domain.rule import AfterEnd, AmountLength, Clock, FixedLength, Length, Stage, UnitLength
from simtui.domain.terms import Terms

_NO_CREDIT = CreditHistory(())
_SMALLEST = 10_000
"""Amounts have at most four decimal places."""

_BOUNDED = (FixedLength, AmountLength, UnitLength)


@dataclass(frozen=True, slots=True)
class Pace:
    """The least money that a day costs, and the amount that all prices are whole multiples of; 0 where not known."""

    a_day: Decimal = Decimal(0)
    unit: Decimal = Decimal(0)

    def least(self, cost: Cost, gap: int) -> Cost:
        """Return the least that a way comes to that has cost `cost` and still misses `gap` days.

        Never more than the cheapest way really comes to, so that the first to arrive is a cheapest one.
        """
        if self.unit <= 0 or gap <= 0:
            return cost
        units = (self.a_day * gap / self.unit).to_integral_value(ROUND_CEILING)
        return cost.plus(Cost(amount=units * self.unit))


def pace(choices: Sequence[Choice], terms: Terms, day: Day) -> Pace:
    """Return the pace of these choices.

    An act gains at most its own length and the stages after it: what it extends was there before, and what it restarts
    counts from a day not after the end of the last stage. Where the gain hangs on something else, on fees, a balance or
    a plan's end, no pace is known.
    """
    clocks = [clock for rule in terms.versions for clock in number_clocks(rule)]
    if any(number_fees(rule) for rule in terms.versions) or not all(_is_plain(clock) for clock in clocks):
        return Pace()
    rates: list[Decimal] = []
    for choice in choices:
        gain = max(_gain(choice, clock, terms, day) for clock in clocks)
        if gain > 0:
            rates.append(Decimal(0) if choice.price is None else choice.price / gain)
    prices = [int(choice.price * _SMALLEST) for choice in choices if choice.price]
    if not rates or not prices:
        return Pace()
    # Rounded down, so that a remainder of the division never promises too much.
    return Pace(min(rates).quantize(Decimal("0.000001"), rounding=ROUND_DOWN), Decimal(gcd(*prices)) / _SMALLEST)


def _is_plain(clock: Clock) -> bool:
    """Tell whether nothing but the act's own length moves the clock's end."""
    return (
        isinstance(clock.length, _BOUNDED)
        and not clock.ends_early
        and not clock.auto_renews
        and all(start.length is None and start.on.value in ("activation", "purchase") for start in clock.starts)
        and all(trigger.counts_from == "act" for trigger in clock.restarts_on)
    )


def _gain(choice: Choice, clock: Clock, terms: Terms, day: Day) -> int:
    act = choice.on(day, terms.offer)

    def longest(length: Length) -> int:
        found = length_of(length, act, terms.offer, _NO_CREDIT)
        return 0 if isinstance(found, Why) else _most_days(found)

    return longest(clock.length) + sum(longest(stage.length) for stage in _stages(clock.after)) + clock.day_after


def _stages(after: AfterEnd | None) -> tuple[Stage, ...]:
    return after if isinstance(after, tuple) else ()


def _most_days(period: Period) -> int:
    """Return the most days that a period can have."""
    months = period.get("years", 0) * 12 + period.get("months", 0)
    return months * 31 + period.get("weeks", 0) * 7 + period.get("days", 0)
