"""What follows a clock's end, dated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from simtui.domain.act import Act
from simtui.domain.balance import CreditHistory
from simtui.domain.calendar import Day, Move, Period, moving
from simtui.domain.lengths import length_of
from simtui.domain.offer import Offer
from simtui.domain.reckoning import Certainty, ClockState, StageSpan, Why, certainty_of_source
from simtui.domain.rule import AfterEnd, Stage, StageName


class _Link(NamedTuple):
    """A stage of a chain, and all of it that is the same for every line: its length, where no act decides that.

    `move` makes of the day before the stage its last one, where the length is a period.
    """

    stage: Stage
    can_be_saved: bool
    length: Period | Why | None
    move: Move | None


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
    spans: list[StageSpan] = []
    previous = ends_on
    for link in _chain(follows, offer):
        length, end = _dated(link, previous, set_by, offer, credit)
        known = certainty_of_source(link.stage.source, offer, certainty)
        spans.append(StageSpan(link.stage, previous, length, end, link.can_be_saved, known))
        if end is None:
            break
        previous = end
    return tuple(spans)


def stage_on(
    day: Day, ends_on: Day | None, follows: AfterEnd | None, set_by: Act | None, offer: Offer, credit: CreditHistory
) -> tuple[ClockState, Stage | None]:
    """Return the state on `day` of what ends on `ends_on`, and the stage of the rule that the day lies in.

    This is `state_on` for the many days in between, on which nobody asks for the dates of all stages.
    """
    if ends_on is None or day <= ends_on or follows is None or isinstance(follows, str):
        return state_on(day, ends_on, follows, ())[0], None
    previous = ends_on
    for link in _chain(follows, offer):
        _length, end = _dated(link, previous, set_by, offer, credit)
        if end is None or day <= end:
            return (ClockState.IN_STAGE if link.can_be_saved else ClockState.OVER), link.stage
        previous = end
    return ClockState.OVER, None


def _chain(follows: Sequence[Stage], offer: Offer) -> tuple[_Link, ...]:
    """Return the stages of a rule up to the first from which nothing saves the number any more.

    The offer remembers them by which object `follows` is, and that object with them.
    """
    key = "stages", id(follows)
    known: tuple[Sequence[Stage], tuple[_Link, ...]] | None = offer.memo.get(key)
    if known is None:
        known = offer.memo[key] = follows, _linked(follows)
    return known[1]


def _linked(follows: Sequence[Stage]) -> tuple[_Link, ...]:
    links: list[_Link] = []
    for number, stage in enumerate(follows):
        length = stage.length
        period = length.period if length.by == "fixed" else Why.LENGTH_UNKNOWN if length.by == "unknown" else None
        can_be_saved = _can_be_saved(follows[number:])
        move = None if period is None or isinstance(period, Why) else moving(period)
        links.append(_Link(stage, can_be_saved, period, move))
        if not can_be_saved:
            break
    return tuple(links)


def _dated(
    link: _Link, previous: Day, set_by: Act | None, offer: Offer, credit: CreditHistory
) -> tuple[Period | Why, Day | None]:
    """Return the length of a stage and its last day, None where that cannot be known; `previous` is the day before it."""
    length, move = link.length, link.move
    if length is None:
        length = length_of(link.stage.length, set_by, offer, credit)
        move = None if isinstance(length, Why) else moving(length)
    return length, None if move is None else move(previous)


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
