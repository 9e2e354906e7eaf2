"""Acts that there is little to: they restart a clock by their kind, and what they buy hangs on their amount alone.

Of such an act the next one finds the end alone, where the clock forgets all else: its sum, its certainty, its stages are
reckoned for nothing. So in a row of them only the last is reckoned in full. A reseller's lines have hardly any others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from simtui.domain.act import Act
from simtui.domain.calendar import Day, Move, moving, next_day
from simtui.domain.ending import Ending
from simtui.domain.lengths import length_of
from simtui.domain.reckoning import ClockState, Why
from simtui.domain.stages import stage_on
from simtui.domain.terms import Hearing
from simtui.domain.undoing import leads_out

_MOST_LENGTHS = 1_000


class PutOff(NamedTuple):
    """The last act of a row, which is still to be added, and what it found: the end, or why there was none."""

    act: Act
    end: Day | None
    unknown: Why | None


def row_of(acts: Sequence[Act], first: int, hearing: Hearing) -> int:
    """Return the number of the first act from `first` on that the clock hears and that is not plain."""
    heard, restarting = hearing.heard, hearing.restarting
    for at in range(first, len(acts)):
        act = acts[at]
        kind = act.kind
        if kind in heard and (kind not in restarting or act.mark is not None or act.plan is not None):
            return at
    return len(acts)


def take_row(ending: Ending, acts: Sequence[Act], first: int, hearing: Hearing) -> tuple[int, PutOff | None]:
    """Move the end by plain `acts` from number `first` on, as long as they restart the clock.

    Return the number of the next act, and the last that was taken: `ending` has the right end, and nothing else before
    that one is added to it.
    """
    end, unknown, put_off, set_by = ending.end, ending.unknown, None, ending.set_by
    day_after, heard, restarting, moves = ending.clock.day_after, hearing.heard, hearing.restarting, hearing.moves
    row_end = len(acts)
    for at in range(first, row_end):
        act = acts[at]
        kind = act.kind
        if kind not in restarting:
            if kind not in heard:
                continue
            row_end = at
            break
        day = act.day
        is_plain = act.mark is None and act.plan is None
        if not is_plain or (end is not None and end < day and not _goes_on(ending, act, end, set_by)):
            row_end = at
            break
        put_off, set_by = (act, end, unknown), act
        move = moves.get((act.amount, act.currency)) or _move(ending, act, hearing)
        if isinstance(move, Why):
            ending.last_known, end, unknown = end or ending.last_known, None, move
        else:
            end, unknown = move(next_day(day) if day_after else day), None
    ending.end, ending.unknown = end, unknown
    return row_end, None if put_off is None else PutOff(*put_off)


def _goes_on(ending: Ending, act: Act, end: Day, set_by: Act | None) -> bool:
    """Tell whether `act` restarts the clock although it has run out on `end`, which `set_by` had set."""
    offer, credit = ending.case.terms.offer, ending.case.credit
    state, stage = stage_on(act.day, end, ending.clock.after, set_by, offer, credit)
    return state is not ClockState.OVER and (stage is None or leads_out(act, stage, offer.currency))


def _move(ending: Ending, act: Act, hearing: Hearing) -> Move | Why:
    """Return what the amount of `act` makes of its day, and remember it."""
    length = length_of(ending.clock.length, act, ending.case.terms.offer, ending.case.credit)
    move = length if isinstance(length, Why) else moving(length)
    if len(hearing.moves) < _MOST_LENGTHS:
        hearing.moves[act.amount, act.currency] = move
    return move
