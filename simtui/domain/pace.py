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
from simtui.domain.rule import (
    AfterEnd,
    AmountLength,
    Clock,
    FixedLength,
    Length,
    Stacking,
    Stage,
    UnitLength,
    UnknownLength,
)
from simtui.domain.terms import Terms

_SHORT, _LONG = 14, 28
_LEAD_PART = 4
_SMALLEST = 10_000
"""Amounts have at most four decimal places."""

_BOUNDED = (FixedLength, AmountLength, UnitLength)


@dataclass(frozen=True, slots=True)
class Pace:
    """The least money that a day costs, and the amount that all prices are whole multiples of; 0 where not known.

    `after_lead` is the least that a day costs where every act takes the place of the time left, so that of each but the
    last the `lead` is lost; 0 where what is left is added to.
    """

    a_day: Decimal = Decimal(0)
    unit: Decimal = Decimal(0)
    after_lead: Decimal = Decimal(0)
    lead: int = 0

    def least(self, cost: Cost, gap: int, wait: int) -> Cost:
        """Return the least that a way comes to that has cost `cost`.

        It still misses `gap` days from what it has reached, and `wait` days from the day of its next act. Never more than
        the cheapest way really comes to, so that the first to arrive is a cheapest one.
        """
        if self.unit <= 0 or gap <= 0:
            return cost
        missing = max(self.a_day * gap, self.after_lead * max(0, wait - self.lead))
        units = (missing / self.unit).to_integral_value(ROUND_CEILING)
        return cost.plus(Cost(amount=units * self.unit))


def pace(choices: Sequence[Choice], terms: Terms, day: Day, lead: int) -> Pace:
    """Return the pace of these choices, where acts are planned `lead` days ahead.

    An act gains at most its own length and the stages after it: what it extends was there before, and what it restarts
    counts from a day not after the end of the last stage. Where the gain hangs on something else, on fees, a balance or
    a plan's end, no pace is known.
    """
    clocks = _plain_clocks(terms)
    prices = [int(choice.price * _SMALLEST) for choice in choices if choice.price]
    gains = [(choice, max(_gain(choice, clock, terms, day) for clock in clocks)) for choice in choices if clocks]
    useful = [(choice.price or Decimal(0), gain) for choice, gain in gains if gain > 0]
    if not useful or not prices:
        return Pace()
    adds = any(clock.stacking is Stacking.EXTEND for clock in clocks)
    return Pace(
        a_day=_rounded(min(price / gain for price, gain in useful)),
        unit=Decimal(gcd(*prices)) / _SMALLEST,
        after_lead=Decimal(0)
        if adds
        else _rounded(min(price / (gain - part_of(gain, lead)) for price, gain in useful)),
        lead=lead,
    )


def practical(choices: Sequence[Choice], terms: Terms, day: Day) -> list[Choice]:
    """Return the choices that a person would plan with.

    Nobody tops up every other day to save a little: what buys less than two weeks is left out where there is something
    that buys four.
    """
    clocks = _plain_clocks(terms)
    if not clocks:
        return list(choices)
    gains = [max(_gain(choice, clock, terms, day) for clock in clocks) for choice in choices]
    if max(gains, default=0) < _LONG:
        return list(choices)
    return [choice for choice, gain in zip(choices, gains, strict=True) if gain == 0 or gain >= _SHORT]


def part_of(length: int, lead: int) -> int:
    """Return the lead for an act that buys `length` days: at most a quarter, so that acting early cannot use it up."""
    return min(lead, length // _LEAD_PART)


def _plain_clocks(terms: Terms) -> list[Clock]:
    """Return the clocks of the number, none where it hangs on more than the lengths of acts."""
    clocks = [clock for rule in terms.versions for clock in number_clocks(rule)]
    if any(number_fees(rule) for rule in terms.versions) or not all(_is_plain(clock) for clock in clocks):
        return []
    return clocks


def _rounded(rate: Decimal) -> Decimal:
    """Return a rate rounded down, so that a remainder of the division never promises too much."""
    return rate.quantize(Decimal("0.000001"), rounding=ROUND_DOWN)


def _is_plain(clock: Clock) -> bool:
    """Tell whether nothing but the act's own length moves the clock's end."""
    return (
        isinstance(clock.length, _BOUNDED)
        # What gives a length that nobody knows is never planned with.
        and all(isinstance(length, (*_BOUNDED, UnknownLength)) for length in clock.lengths)
        and not clock.ends_early
        and not clock.auto_renews
        and all(start.length is None and start.on.value in ("activation", "purchase") for start in clock.starts)
        and all(trigger.counts_from == "act" for trigger in clock.restarts_on)
    )


def _gain(choice: Choice, clock: Clock, terms: Terms, day: Day) -> int:
    act, no_credit = choice.on(day, terms.offer), CreditHistory((), terms.offer)

    def longest(length: Length) -> int:
        found = length_of(length, act, terms.offer, no_credit)
        return 0 if isinstance(found, Why) else _most_days(found)

    return (
        max(map(longest, clock.lengths))
        + sum(longest(stage.length) for stage in _stages(clock.after))
        + clock.day_after
    )


def _stages(after: AfterEnd | None) -> tuple[Stage, ...]:
    return after if isinstance(after, tuple) else ()


def _most_days(period: Period) -> int:
    """Return the most days that a period can have."""
    months = period.get("years", 0) * 12 + period.get("months", 0)
    return months * 31 + period.get("weeks", 0) * 7 + period.get("days", 0)
