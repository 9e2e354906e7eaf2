"""The lines of the sum behind a clock's end: what was added to what, and what came out."""

from __future__ import annotations

from collections.abc import Callable

from simtui.domain.act import Act
from simtui.domain.calendar import Day
from simtui.domain.cycle import Cycle
from simtui.domain.reckoning import Step, StepKind, Why
from simtui.domain.rule import Clock
from simtui.domain.stacking import Stacked, Stretch

Sum = Callable[[], list[Step]]
"""Lines of a sum that are only written once somebody looks: most ends are moved again by the next act."""


def _opened(opening: Sum | Act | None) -> list[Step]:
    """Return the first lines of a sum: the act, unless there is more to tell of what opened it."""
    if isinstance(opening, Act):
        return [Step(StepKind.ACTED, day=opening.day, act=opening)]
    return [] if opening is None else opening()


def added(
    opening: Sum | Act | None,
    clock: Clock,
    stretch: Stretch,
    left: Day | None,
    stacked: Stacked,
    limit: Day | None,
    source: str | None,
    blind: bool,
) -> list[Step]:
    """Return the lines of the sum for a length that was added to the end that was `left`."""
    steps = [] if left is None else [Step(StepKind.HAD, result=left)]
    steps += [*_opened(opening), *_steps_of(clock, stretch, left, stacked, limit, source)]
    if blind:
        # The end that nobody knows could only have made this one later.
        steps.append(Step(StepKind.ASSUMED, result=stacked[0]))
    return steps


def hidden(opening: Sum | None, act: Act | None, clock: Clock, day: Day, why: Why) -> list[Step]:
    """Return the lines of the sum for a length that is not known."""
    return [*_opened(opening or act), Step(StepKind.UNKNOWN, day=day, why=why, act=act, source=clock.source)]


def renewed(cycle: Cycle) -> Step:
    """Return the line of the sum for the periods that nobody has seen paid."""
    start = Cycle(cycle.first, cycle.period, cycle.count - cycle.assumed).end
    return Step(StepKind.RENEWED, day=start, period=cycle.period, count=cycle.assumed, result=cycle.end)


def _steps_of(
    clock: Clock, stretch: Stretch, left: Day | None, stacked: Stacked, limit: Day | None, source: str | None
) -> list[Step]:
    """Return the lines of the sum from the stretch, which `source` tells of, to the end that came out."""
    (base, period, result), (end, extended, _uses_left, assumed) = stretch, stacked
    if extended is not None:
        # What is extended counts from the end before, which can lie before the act where a renewal was assumed.
        base = left if left is not None and extended != result else max(base, left or base)
        result = extended
    steps = [Step(StepKind.LENGTH, day=base, period=period, result=result, name=clock.name, source=source)]
    if limit is not None and limit < result:
        steps.append(Step(StepKind.CAPPED, period=clock.cap, result=limit))
        result = limit
    if end > result:
        steps.append(Step(StepKind.KEPT, result=end))
    if assumed:
        steps.append(Step(StepKind.ASSUMED, result=end))
    return steps
