"""What lines come to, reckoned when it is looked at and kept, a little at a time so that keys get their turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from simtui.domain.calendar import Day, next_day
from simtui.domain.forecast import Transition, forecast
from simtui.domain.standing import Standing, standing
from simtui.holding import Holding
from simtui.tui.views.window import Window

BUDGET = 0.03
"""Seconds of reckoning rows before keys get their turn: what is in sight should come at once."""

COUNTING = 0.01
"""The same for what nobody waits for."""

PAUSE = 0.02
"""Seconds without reckoning after which keys certainly have had their turn."""

MOST_KEPT = 1000
"""How many lines' futures are kept; then the oldest go."""


@dataclass(frozen=True, slots=True)
class Future:
    """What is known of one line's future: every change from `since` up to `until`, and where it stands on `day`."""

    holding: Holding
    ahead: tuple[Transition, ...]
    since: Day
    until: Day
    day: Day
    found: Standing


@dataclass(slots=True)
class Futures:
    """Keeps futures by line.

    `starved` tells that some were asked for when the turn's time was used up; `on_starved` is called as that happens.
    """

    budget: float = BUDGET
    on_starved: Callable[[], None] | None = None
    starved: bool = False
    _spent: float = 0.0
    _last: float = 0.0
    _kept: dict[int, Future] = field(default_factory=dict)

    def rest(self) -> None:
        """Begin a new turn: keys have had theirs."""
        self._spent, self.starved = 0.0, False

    def of(self, holding: Holding, day: Day, window: Window) -> Future | None:
        """Return a line's future over a window and its standing on `day`; None if that must wait for the next turn."""
        known = self._kept.get(holding.id)
        if known is not None and known.holding is not holding:
            known = None
        since, until = max(holding.today, window.first), window.last
        if known is not None and known.since <= since and until <= known.until and known.day == day:
            return known
        begun = perf_counter()
        if begun - self._last > PAUSE:
            self.rest()
        if self._spent >= self.budget:
            self._starve()
            return None
        known = self._kept[holding.id] = _reckoned(known, holding, day, (since, until))
        if len(self._kept) > MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        self._last = perf_counter()
        self._spent += self._last - begun
        return known

    def _starve(self) -> None:
        if not self.starved:
            self.starved = True
            if self.on_starved is not None:
                self.on_starved()


def on_day(holding: Holding, day: Day) -> Standing:
    """Return where a line will stand on a day if nothing is done."""
    if day == holding.today:
        return holding.standing
    return standing(holding.line, holding.plain_acts, holding.offer, day, holding.lead_days)


def all_on_day(holdings: Sequence[Holding], day: Day | None, budget: float = COUNTING) -> Iterator[list[Standing]]:
    """Yield where lines will stand on a day (None: today, each in its own zone), as many at a time as a turn allows."""
    found: list[Standing] = []
    begun = perf_counter()
    for holding in holdings:
        found.append(on_day(holding, day or holding.today))
        if perf_counter() - begun >= budget:
            yield found
            found, begun = [], perf_counter()
    yield found


def _reckoned(known: Future | None, holding: Holding, day: Day, span: tuple[Day, Day]) -> Future:
    """Reckon what is missing; what was foretold stays true, so a later end only adds to it."""
    since, until = start, end = span
    ahead: tuple[Transition, ...] = ()
    if known is not None and known.since <= since:
        ahead, since, start, until = known.ahead, known.since, next_day(known.until), max(known.until, end)
    if start <= end:
        ahead += forecast(holding.line, holding.plain_acts, holding.offer, start, end, holding.lead_days)
    return Future(holding, ahead, since, until, day, on_day(holding, day))
