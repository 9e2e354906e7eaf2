"""One clock of a line: what it hears of the line's acts, what starts it, and what it comes to.

The shapes of rules stand in `rule.py`; what each act does in `run.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from simtui.domain.calendar import Day
from simtui.domain.case import Case, is_before
from simtui.domain.counting import takes_plan_bought_before
from simtui.domain.ending import Ending
from simtui.domain.line import Knowledge
from simtui.domain.reckoning import Reckoning
from simtui.domain.rule import Anchor, Clock, Start
from simtui.domain.run import Run, restarts
from simtui.domain.terms import Hearing


def run_clock(clock_id: str, case: Case) -> Reckoning | None:
    """Run the clock of that id through the case; None where no version of the rule has it today."""
    hearing = case.terms.hearing(clock_id)
    heard, only = hearing.heard, hearing.only
    current = only or case.terms.clock_on(clock_id, case.today)
    if current is None:
        return None
    starts = _starts(hearing.versions, case)
    if not starts and heard.isdisjoint(case.kinds) and not _moves_untouched(current, case):
        return _untouched(current, case, hearing)
    run = Run(case, Ending(case, current), hearing)
    all_count = case.activated is None
    acts = () if heard.isdisjoint(case.kinds) else case.acts
    at = 0
    while at < len(acts):
        act = acts[at]
        while starts and starts[0][0] <= act.day:
            run.begin(*starts.pop(0))
        if not starts and all_count and (hearing.in_rows or run.past_saving is not None):
            at = run.hear_plain(acts, at)
            if at == len(acts):
                break
            act = acts[at]
        if act.kind in heard:
            clock = only or case.terms.clock_on(clock_id, act.day)
            if clock is not None and (
                all_count or not is_before(act, case.activated) or takes_plan_bought_before(clock)
            ):
                run.hear(clock, act)
        at += 1
    for start in starts:
        run.begin(*start)
    return run.close()


def _moves_untouched(clock: Clock, case: Case) -> bool:
    """Tell whether the clock can come to something of its own on a line where no act and no start has touched it."""
    if clock.activation or clock.ends_early:
        return True
    return clock.registration and case.line.identity.state is Knowledge.YES


def _untouched(clock: Clock, case: Case, hearing: Hearing) -> Reckoning:
    """Return what the clock comes to where no act and no start has touched it: the same for all such lines."""
    found = next((reckoning for version, reckoning in hearing.untouched if version is clock), None)
    if found is None:
        found = Run(case, Ending(case, clock), hearing).close()
        hearing.untouched.append((clock, found))
    return found


def _starts(versions: Sequence[Clock], case: Case) -> list[tuple[Day, Clock, Start]]:
    """Return the days on which anchors start the clock, in order, each under the version in force on it.

    An act that restarts the clock itself is no start as well: it would count twice.
    """
    found: list[tuple[Day, Clock, Start]] = []
    for clock in versions:
        for start in clock.starts:
            day = case.anchor_day(start.on)
            if day is None or case.terms.clock_on(clock.id, day) is not clock:
                continue
            act = case.anchor_act(start.on)
            if clock.activation and start.on is Anchor.PURCHASE and case.line.opened_on is None:
                continue
            if act is None or not restarts(clock, act, case):
                found.append((day, clock, start))
    return sorted(found, key=lambda event: event[0]) if found else found
