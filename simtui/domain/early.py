"""What ends a clock before its time: a balance that is used up, or no active plan."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import FIRST_DAY, Day
from simtui.domain.case import Case, buys_plan
from simtui.domain.lengths import plan_end
from simtui.domain.rule import Clock, EarlyEnd


def early_end(
    clock: Clock, case: Case, since: Day | None, day: Day, *, stated: bool, until: Act | None = None
) -> Day | None:
    """Return the first day on which `clock`, set on `since`, ends early as far as is known on `day`.

    The end of the last plan may lie ahead of `day`. What the operator has stated beats all that happened up to then.
    `until` is the act of that day up to which things have happened; on the day that set the clock, nobody can tell by
    then what credit will be left.
    """
    ends: list[Day] = []
    for rule in clock.ends_early:
        low = _low(rule)
        if low is not None and (until is None or since != day):
            found = case.credit.first_low(since or FIRST_DAY, day, low, with_since=not stated, before=until)
            ends += [] if found is None else [found]
        if rule.plan_lapses:
            lapse = _lapse(case, since or FIRST_DAY, day, stated=stated, until=until)
            ends += [] if lapse is None else [lapse]
    return min(ends, default=None)


def _low(rule: EarlyEnd) -> Callable[[Decimal], bool] | None:
    at_most, below = rule.balance_at_most, rule.balance_below
    if at_most is None and below is None:
        return None
    return lambda left: (at_most is not None and left <= at_most) or (below is not None and left < below)


def _lapse(case: Case, since: Day, day: Day, *, stated: bool, until: Act | None) -> Day | None:
    """Return the last day covered by plans before the first gap that opened on `since` or later."""
    covered: Day | None = None
    beaten = _said_after(case, since) if stated else 0
    for position, act in enumerate(case.acts):
        if act.day > day:
            break
        if buys_plan(act) and position >= beaten:
            if covered is not None and since <= covered < act.day:
                return covered
            end = plan_end(act, case.terms.offer)
            covered = end if end is None or covered is None else max(covered, end)
        if act is until:
            break
    return covered if covered is not None and covered >= since else None


def _said_after(case: Case, since: Day) -> int:
    """Return how many of the acts a statement of that day beats: all of the day, but those after one that took its turn."""
    statements = [at for at, act in enumerate(case.acts) if act.day == since and act.kind is ActKind.STATEMENT]
    if statements and case.acts[statements[-1]].in_turn:
        return statements[-1]
    return sum(act.day <= since for act in case.acts)
