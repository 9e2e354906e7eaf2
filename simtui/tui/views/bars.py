"""What becomes of a line if nothing is done: its states over time, and the bar that shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, pairwise
from typing import NamedTuple

from simtui import words
from simtui.domain.calendar import Day
from simtui.domain.forecast import Transition
from simtui.domain.reckoning import Certainty, ClockState
from simtui.domain.rule import StageName
from simtui.domain.standing import Phase, Standing
from simtui.i18n import _
from simtui.outlook import URGENCY
from simtui.tui.views.layout import Line
from simtui.tui.views.window import Window

TODAY = "┃"
OVER = "over"
"""The phase, here, of a line without a number to lose when all that it had has run out."""


class State(StrEnum):
    """What can be done with a line; each has a sign of its own, so that bars read without colour."""

    FULL = "█"
    RESTRICTED = "▒"
    SUSPENDED = "░"
    MAY_END = "!"
    QUARANTINE = ":"
    OVER = "·"
    UNKNOWN = "?"


_OF_STAGE = {
    StageName.RECEIVE_ONLY: State.RESTRICTED,
    StageName.SMS_ONLY: State.RESTRICTED,
    StageName.EMERGENCY_ONLY: State.RESTRICTED,
    StageName.SUSPENDED: State.SUSPENDED,
    StageName.HIBERNATED: State.SUSPENDED,
    StageName.MAY_END: State.MAY_END,
    StageName.QUARANTINE: State.QUARANTINE,
}


def state_of(found: Standing) -> State:
    """Return what can be done with a line that stands so."""
    match found.phase:
        case Phase.LOST:
            return State.OVER
        case Phase.UNKNOWN:
            return State.UNKNOWN
        case Phase.RESCUE:
            return State.MAY_END if found.stage is None else _OF_STAGE[found.stage.name]
    if all(clock.state in (ClockState.SPENT, ClockState.DROPPED) for clock in found.clocks):
        return State.OVER
    full = found.full_service_until
    return State.FULL if full is None or found.today <= full else State.RESTRICTED


def phase_of(found: Standing) -> str:
    """Return the phase of a line as the timeline names it: `OVER` where nothing is left that could be lost."""
    if found.phase is not Phase.LOST and state_of(found) is State.OVER:
        return OVER
    return found.phase.value


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which a line stays in one state: up to `last`, absent where that lies beyond the forecast.

    `certainty` is that of its end, `phase` the one in which it ends; `endless` tells that nobody knows its end.
    """

    state: State
    phase: str
    stage: StageName | None
    first: Day
    last: Day | None
    certainty: Certainty
    endless: bool

    @property
    def name(self) -> str:
        """The state in words, in the current language."""
        if self.stage is not None:
            return words.word(self.stage)
        if self.state is State.MAY_END:
            return words.word(StageName.MAY_END)
        return _("over") if self.phase == OVER else state_word(self.state)


def stretches(ahead: Sequence[Transition]) -> list[Stretch]:
    """Return the states that a line goes through, one after the other, from the first day of its forecast on."""
    found: list[Stretch] = []
    begun: Transition | None = None
    for change, following in zip(ahead, [*ahead[1:], None], strict=True):
        begun = begun or change
        if following is not None and _what(following.standing) == _what(change.standing):
            continue
        last = None if following is None else following.day.subtract(days=1)
        state, stage = _what(change.standing)
        certainty = _certainty(change.standing, last)
        endless = last is None and change.standing.next_day is None
        found.append(Stretch(state, phase_of(change.standing), stage, begun.day, last, certainty, endless))
        begun = None
    return found


def bar(ahead: Sequence[Transition], window: Window, today: Day, *, muted: bool = False) -> Line:
    """Return a line's bar over the window: a sign a cell, in the ink of the phase; days before the forecast are blank.

    A cell that holds several states shows the loudest, so that a stage of a few days is not skipped and the last good
    day is never drawn as lost. The bar begins with one cell more than the window has: `today` is marked just before its
    own cell, which so remains to be seen, and shows what holds from today on.
    """
    marked = window.cell_of(today)
    looks = [_Look.of(change) for change in ahead]
    line: Line = []
    for place, (_rank, sign, phase) in enumerate(chain((_BEFORE,), _loudest(looks, window, marked, today))):
        ink = f"{'muted' if muted or phase == OVER else phase} plain" if phase else ""
        if place == marked:
            line.append((TODAY, "title"))
        elif line and line[-1][1] == ink and place - 1 != marked:
            line[-1] = (line[-1][0] + sign, ink)
        else:
            line.append((sign, ink))
    return line


def legend() -> list[tuple[str, str, str]]:
    """Return the signs of bars as (sign, ink, what it means)."""
    inks = {State.FULL: "safe plain", State.OVER: "lost plain", State.UNKNOWN: "unknown plain"}
    names = {State.FULL: _("full")}
    return [(state.value, inks.get(state, "rescue plain"), names.get(state) or state_word(state)) for state in State]


def state_word(state: State) -> str:
    """Return what a state is called."""
    return {
        State.FULL: _("full service"),
        State.RESTRICTED: _("restricted"),
        State.SUSPENDED: _("suspended"),
        State.MAY_END: _("may end"),
        State.QUARANTINE: _("quarantine"),
        State.OVER: _("lost"),
        State.UNKNOWN: _("unknown"),
    }[state]


class _Look(NamedTuple):
    """What a cell shows from a day on: the louder of two comes first in their order."""

    rank: tuple[bool, int]
    sign: str
    phase: str

    @classmethod
    def of(cls, change: Transition) -> tuple[Day, _Look]:
        """Return the day of a change, and what cells show from it on."""
        found = change.standing
        state = state_of(found)
        # What renews itself ends every month and yet not at all.
        phase = Phase.SAFE.value if found.by_itself else phase_of(found)
        return change.day, cls((state is State.OVER, URGENCY.index(found.phase.value)), state.value, phase)


_BEFORE = _Look((True, 0), " ", "")


def _loudest(ahead: Sequence[tuple[Day, _Look]], window: Window, marked: int | None, today: Day) -> Iterator[_Look]:
    """Yield what to show in each cell: the loudest of what holds on its days, in today's of those that are left."""
    at = 0
    for cell, (start, following) in enumerate(pairwise(window.starts)):
        first = today if cell == marked else start
        while at + 1 < len(ahead) and ahead[at + 1][0] <= first:
            at += 1
        end = at
        while end + 1 < len(ahead) and ahead[end + 1][0] < following:
            end += 1
        held = [look for day, look in ahead[at : end + 1] if day <= first or day < following]
        yield min(held, default=_BEFORE)


def _what(found: Standing) -> tuple[State, StageName | None]:
    state = state_of(found)
    return state, None if state is State.OVER or found.stage is None else found.stage.name


def _certainty(found: Standing, last: Day | None) -> Certainty:
    """Return how sure the end of a state is: that of the clock or the stage that ends then."""
    ends = [
        clock.certainty_until(last)
        for clock in found.clocks
        if last is not None and last in (clock.ends_on, *(span.ends_on for span in clock.stages))
    ]
    return min(ends, default=found.certainty)
