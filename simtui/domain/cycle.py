"""Ends and fee days that come back every period, each reckoned in one step from the first."""

from __future__ import annotations

from typing import NamedTuple

from simtui.domain.calendar import Day, Period, approximate_days, days_between, repeated


class Cycle(NamedTuple):
    """An end that stands `count` whole periods after `first`, so that a 31st stays a 31st.

    `assumed` of these periods nobody has seen paid: the line renews itself.
    """

    first: Day
    period: Period
    count: int  # type: ignore[assignment] # hides the method of tuples
    assumed: int = 0

    @property
    def end(self) -> Day:
        """The end of the last period."""
        return repeated(self.first, self.period, self.count)

    @property
    def previous_end(self) -> Day:
        """The end before the last period."""
        return repeated(self.first, self.period, max(self.count - 1, 0))

    def extended(self) -> Cycle:
        """Return the cycle after one more payment; it confirms what was assumed before anything is added."""
        return Cycle(self.first, self.period, self.count if self.assumed else self.count + 1)

    def renewed_to(self, day: Day) -> Cycle:
        """Return the cycle rolled on until its end is not before `day`."""
        count = first_from(self.first, self.period, day, self.count)
        return self._replace(count=count, assumed=self.assumed + count - self.count)


def first_from(first: Day, period: Period, day: Day, lowest: int = 0) -> int:
    """Return the least number of periods, at least `lowest`, that lead from `first` to `day` or later.

    A period of no length leads nowhere: `lowest`.
    """
    length = approximate_days(period)
    if length <= 0:
        return lowest
    # Two periods early, as months differ; a period of days is met exactly.
    number = max(lowest, int(days_between(first, day) / length) - 2)
    while repeated(first, period, number) < day:
        number += 1
    return number
