"""The days on which a fee falls due."""

from __future__ import annotations

from dataclasses import dataclass

from simtui.domain.act import Act
from simtui.domain.calendar import Day, Period, after, approximate_days, next_day, repeated
from simtui.domain.cycle import first_from
from simtui.domain.offer import Offer
from simtui.domain.reckoning import Step, StepKind
from simtui.domain.rule import Fee

_MONTHS_IN_CALENDAR = 9999 * 12


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How the days of a fee follow one another: the same for all lines of its offer.

    `every` is the period between two, where they come so. `length` is the days from one to the next, about: only for how
    early to warn.
    """

    fee: Fee
    every: Period | None
    length: int


def rhythm_of(fee: Fee, offer: Offer) -> Rhythm:
    """Return how the days of the offer's `fee` follow one another, worked out once."""
    known: Rhythm | None = offer.memo.get(("rhythm", id(fee)))
    if known is None:
        every = fee.every
        known = Rhythm(fee, every, 30 if every is None else round(approximate_days(every)))
        offer.memo["rhythm", id(fee)] = known
    return known


@dataclass(slots=True)
class FeeDays:
    """Fee days from `first` on: every period, or on the same day of each month.

    The reason for them: what happened on `day`, an act by its `by`, else the activation.
    """

    rhythm: Rhythm
    first: Day
    reason: StepKind
    day: Day
    by: Act | None = None

    @property
    def opening(self) -> Step:
        """The line of the sum that the fees begin with."""
        if self.by is None:
            return Step(self.reason, day=self.day, anchor="activation")
        stated = self.by.valid_until if self.reason is StepKind.STATED else None
        return Step(self.reason, day=self.day, act=self.by, result=stated)

    def due(self, number: int) -> Day:
        """Return fee day `number`, counted from 0; reckoned from the first in one step."""
        every = self.rhythm.every
        if every is not None:
            return repeated(self.first, every, number)
        if number == 0:
            return self.first
        month = self.first.year * 12 + self.first.month - 1 + number - self._is_early
        if month >= _MONTHS_IN_CALENDAR:
            return Day.MAX
        return _in_month(self.rhythm.fee, Day(month // 12, month % 12 + 1, 1))

    def number_from(self, day: Day, lowest: int = 0) -> int:
        """Return the number of the first fee day on or after `day`, at least `lowest`."""
        every = self.rhythm.fee.every
        if every is not None:
            return first_from(self.first, every, day, lowest)
        number = max(lowest, (day.year - self.first.year) * 12 + day.month - self.first.month)
        while self.due(number) < day:
            number += 1
        return number

    @property
    def _is_early(self) -> bool:
        """Whether the first day, the operator's own, lies before the fee's day of that month."""
        return self.first < _in_month(self.rhythm.fee, self.first)


def first_fee_day(fee: Fee, begun: Day) -> tuple[Day, int]:
    """Return the day that fees count from and the number of the first, for a line or an idleness begun on `begun`.

    Where the wait for the first fee is a multiple of the period, all count from `begun`: a 31st stays a 31st.
    """
    wait = fee.first_after if fee.idle_after is None else fee.idle_after
    if wait is None and not fee.in_advance:
        wait = fee.every
    if fee.on_day is not None:
        return _on_day(fee, begun, wait), 0
    if wait is None or fee.every is None:
        return begun, 0
    if fee.idle_after is not None and fee.first_after is not None:
        return after(after(begun, fee.idle_after), fee.first_after), 0
    times = _multiple(wait, fee.every)
    return (begun, times) if times is not None else (after(begun, wait), 0)


def _on_day(fee: Fee, begun: Day, wait: Period | None) -> Day:
    if wait is None:
        return _on_or_after(fee, begun) if fee.in_advance else following(fee, begun)
    waited = after(begun, wait)
    if fee.idle_after is not None and fee.first_after is not None:
        waited = after(waited, fee.first_after)
    return _on_or_after(fee, waited)


def _multiple(wait: Period, every: Period) -> int | None:
    """Return how many times `every` goes into `wait`, None where it does not go in whole or the units differ."""
    months, days = _months(wait), _days(wait)
    if months and days:
        return None
    whole, unit = (months, _months(every)) if months else (days, _days(every))
    other = _days(every) if months else _months(every)
    return whole // unit if unit and not other and whole % unit == 0 else None


def _months(period: Period) -> int:
    return period.get("years", 0) * 12 + period.get("months", 0)


def _days(period: Period) -> int:
    return period.get("weeks", 0) * 7 + period.get("days", 0)


def following(fee: Fee, day: Day) -> Day:
    """Return the fee day after one that was paid on `day`."""
    return after(day, fee.every) if fee.every is not None else _on_or_after(fee, next_day(day))


def _on_or_after(fee: Fee, day: Day) -> Day:
    """Return the fee's day of the month on or after `day`; `day` itself where the fee follows a period."""
    if fee.on_day is None:
        return day
    here = _in_month(fee, day)
    return here if here >= day else _in_month(fee, next_day(day.end_of("month")))


def _in_month(fee: Fee, day: Day) -> Day:
    """Return the fee's day in the month of `day`; its last day where the month is shorter."""
    return day.replace(day=min(fee.on_day or 1, day.days_in_month()))
