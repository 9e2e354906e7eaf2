"""What follows a clock's end, dated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simtui.domain.act import Act
from simtui.domain.balance import CreditHistory
from simtui.domain.calendar import Day, Period, after
from simtui.domain.lengths import length_of
from simtui.domain.offer import Offer
from simtui.domain.reckoning import Certainty, ClockState, StageSpan, Why, certainty_of_source
from simtui.domain.rule import AfterEnd, Stage, StageName


def stages_after(
    ends_on: Day,
    follows: AfterEnd | None,
    set_by: Act | None,
    offer: Offer,
    credit: CreditHistory,
    certainty: Certainty,
) -> tuple[StageSpan, ...]:
    """Chain the stages from the day after `ends_on`; one of unknown length is the last that can be dated.

    `set_by` is the act that set the end: some operators give a longer grace for a larger amount (Orange RO).
    `certainty` is that of the rule; a stage with a source of its own has that source's.
    """
    if follows is None or isinstance(follows, str):
        return ()
    return tuple(
        StageSpan(stage, previous, length, end, can_be_saved, certainty_of_source(stage.source, offer, certainty))
        for stage, previous, length, end, can_be_saved in _chain(ends_on, follows, set_by, offer, credit)
    )


def stage_on(
    day: Day, ends_on: Day | None, follows: AfterEnd | None, set_by: Act | None, offer: Offer, credit: CreditHistory
) -> tuple[ClockState, Stage | None]:
    """Return the state on `day` of what ends on `ends_on`, and the stage of the rule that the day lies in.

    This is `state_on` for the many days in between, on which nobody asks for the dates of all stages.
    """
    if ends_on is None or day <= ends_on or follows is None or isinstance(follows, str):
        return state_on(day, ends_on, follows, ())[0], None
    for stage, _previous, _length, end, can_be_saved in _chain(ends_on, follows, set_by, offer, credit):
        if end is None or day <= end:
            return (ClockState.IN_STAGE if can_be_saved else ClockState.OVER), stage
    return ClockState.OVER, None


def _chain(
    ends_on: Day, follows: Sequence[Stage], set_by: Act | None, offer: Offer, credit: CreditHistory
) -> Iterator[tuple[Stage, Day, Period | Why, Day | None, bool]]:
    """Yield each stage with the day that it follows, its length, its last day, and whether the number can be saved.

    One of unknown length, and one from which nothing saves the number any more, is the last.
    """
    previous = ends_on
    for number, stage in enumerate(follows):
        length = length_of(stage.length, set_by, offer, credit)
        end = None if isinstance(length, Why) else after(previous, length)
        can_be_saved = stage.can_be_saved or _can_be_saved(follows[number:])
        yield stage, previous, length, end, can_be_saved
        if end is None or not can_be_saved:
            return
        previous = end


def state_on(
    day: Day, ends_on: Day | None, follows: AfterEnd | None, spans: Sequence[StageSpan]
) -> tuple[ClockState, StageSpan | None]:
    """Return the state on `day` of what ends on `ends_on`, and the stage that the day lies in."""
    if ends_on is None:
        return ClockState.UNKNOWN, None
    if day <= ends_on:
        return ClockState.RUNNING, None
    if follows is None:
        return ClockState.SPENT, None
    if follows == "unknown":
        return ClockState.MAY_BE_TERMINATED, None
    stage = next((span for span in spans if span.ends_on is None or day <= span.ends_on), None)
    if stage is None or not stage.can_be_saved:
        return ClockState.OVER, stage
    return ClockState.IN_STAGE, stage


def _can_be_saved(stages: Sequence[Stage]) -> bool:
    """Tell whether the number can still be saved in the first of these stages: at once, or in one that follows.

    A stage that nothing undoes is only waited out; after a quarantine without recall the number is another's.
    """
    for stage in stages:
        if stage.can_be_saved:
            return True
        if stage.name is StageName.QUARANTINE:
            return False
    return False
