"""What a new length does with the time that is left: restart, extend, keep the later, or nobody knows."""

from __future__ import annotations

from typing import NamedTuple

from simtui.domain.calendar import Day, Period, after
from simtui.domain.reckoning import Step, StepKind
from simtui.domain.rule import Clock, Stacking


class Stretch(NamedTuple):
    """What an act or a start gives a clock: `period` from `base` to `end`; without a period its end was told."""

    base: Day
    period: Period | None
    end: Day

    def extending(self, left: Day) -> Day:
        """Return what the stretch makes of an end that is `left`.

        Where it begins after that end, nothing is left to extend; where its end was told, that stands.
        """
        if self.period is None or left < self.base:
            return max(left, self.end)
        return after(left, self.period)


class Stacked(NamedTuple):
    """The end that came out, and how.

    `extended` is the end that was reached by extending, before any cap. `uses_left` tells whether the result hangs on
    the end before. `assumed` is true where nobody knows how the two combine and it makes a difference: the earliest
    way was taken.
    """

    end: Day
    extended: Day | None = None
    uses_left: bool = False
    assumed: bool = False


def stack(clock: Clock, stretch: Stretch, left: Day | None, extended: Day | None, limit: Day | None) -> Stacked:
    """Combine `stretch` with the end that was `left`; `extended` is what extending that end comes to.

    `limit` is the day of the cap; a cap never takes away what was there already.
    """
    fresh = stretch.end if limit is None else min(stretch.end, limit)
    if left is None or extended is None or clock.stacking is Stacking.RESTART:
        return Stacked(fresh)
    later = max(left, fresh)
    if clock.stacking is Stacking.KEEP_LATER:
        return Stacked(later, uses_left=later != fresh)
    longer = max(left, extended if limit is None else min(extended, limit))
    if clock.stacking is Stacking.EXTEND:
        return Stacked(longer, extended, uses_left=longer != fresh)
    if longer < fresh:
        # The period that was only assumed to be paid may be the one that this act has paid.
        return Stacked(longer, extended, uses_left=True, assumed=True)
    return Stacked(fresh, assumed=not fresh == longer == later)


def steps_of(
    clock: Clock, stretch: Stretch, left: Day | None, stacked: Stacked, limit: Day | None, source: str | None
) -> list[Step]:
    """Return the lines of the sum from the stretch, which `source` tells of, to the end that came out."""
    base, result = stretch.base, stretch.end
    if stacked.extended is not None:
        # What is extended counts from the end before, which can lie before the act where a renewal was assumed.
        base = left if left is not None and stacked.extended != result else max(base, left or base)
        result = stacked.extended
    steps = [Step(StepKind.LENGTH, day=base, period=stretch.period, result=result, name=clock.name, source=source)]
    if limit is not None and limit < result:
        steps.append(Step(StepKind.CAPPED, period=clock.cap, result=limit))
        result = limit
    if stacked.end > result:
        steps.append(Step(StepKind.KEPT, result=stacked.end))
    if stacked.assumed:
        steps.append(Step(StepKind.ASSUMED, result=stacked.end))
    return steps
