"""Acts that there is little to: they restart a clock by their kind, and what they buy hangs on their amount alone.

Nobody has to judge them one by one. And where the clock forgets all else, the next one finds the end alone: its sum and
its certainty are reckoned for nothing, so only the last of a row is reckoned in full. A reseller's lines have hardly any
others.
"""

from __future__ import annotations

from collections.abc import Sequence

from simtui.domain.act import Act
from simtui.domain.calendar import Day, Move, Period, moving, next_day
from simtui.domain.ending import Ending
from simtui.domain.lengths import length_of
from simtui.domain.reckoning import ClockState, Why
from simtui.domain.stages import stage_on
from simtui.domain.terms import Hearing
from simtui.domain.undoing import leads_out

_MOST_LENGTHS = 1_000


def row_of(acts: Sequence[Act], first: int, hearing: Hearing) -> int:
    """Return the number of the first act from `first` on that the clock hears and that is not plain."""
    heard, restarting = hearing.heard, hearing.restarting
    for at in range(first, len(acts)):
        act = acts[at]
        kind = act.kind
        if kind in heard and (kind not in restarting or act.mark is not None or act.plan is not None):
            return at
    return len(acts)


def take_row(ending: Ending, acts: Sequence[Act], first: int, hearing: Hearing) -> tuple[int, Act | None]:
    """Move the end by plain `acts` from number `first` on, as long as they restart the clock.

    Return the number of the next act, and the last that was taken.
    """
    forgets, day_after = hearing.forgets, ending.clock.day_after
    heard, restarting, lengths = hearing.heard, hearing.restarting, hearing.moves
    end, unknown, set_by = ending.end, ending.unknown, ending.set_by
    found, last, row_end = (end, unknown), None, len(acts)
    bought: tuple[Period, Move] | Why = Why.NOTHING_RECORDED
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
        # Acts that are alike share their amount, and what it buys need not be looked up again.
        if last is None or act.amount is not last.amount or act.currency is not last.currency:
            bought = lengths.get((act.amount, act.currency)) or _bought(ending, act, hearing)
        last = act
        if not forgets:
            _take(ending, act, bought)
            end, set_by = ending.end, ending.set_by
            continue
        found, set_by = (end, unknown), act
        if isinstance(bought, Why):
            ending.last_known, end, unknown = end or ending.last_known, None, bought
        else:
            end, unknown = bought[1](next_day(day) if day_after else day), None
    if forgets and last is not None:
        ending.end, ending.unknown = found
        _take(ending, last, bought)
    return row_end, last


def _take(ending: Ending, act: Act, bought: tuple[Period, Move] | Why) -> None:
    """Give the clock what the act has bought."""
    clock, day = ending.clock, act.day
    if isinstance(bought, Why):
        ending.lose_sight(clock, day, act, bought)
    else:
        period, move = bought
        base = next_day(day) if clock.day_after else day
        ending.give(clock, day, (base, period, move(base)), act)


def _goes_on(ending: Ending, act: Act, end: Day, set_by: Act | None) -> bool:
    """Tell whether `act` restarts the clock although it has run out on `end`, which `set_by` had set."""
    offer, credit = ending.case.terms.offer, ending.case.credit
    state, stage = stage_on(act.day, end, ending.clock.after, set_by, offer, credit)
    return state is not ClockState.OVER and (stage is None or leads_out(act, stage, offer.currency))


def _bought(ending: Ending, act: Act, hearing: Hearing) -> tuple[Period, Move] | Why:
    """Return the period that the amount of `act` buys, with what moves a day by it, and remember it."""
    length = length_of(ending.clock.length, act, ending.case.terms.offer, ending.case.credit)
    bought = length if isinstance(length, Why) else (length, moving(length))
    if len(hearing.moves) < _MOST_LENGTHS:
        hearing.moves[act.amount, act.currency] = bought
    return bought
