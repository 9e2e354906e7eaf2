"""The stretch of months that the timeline shows, and which days each of its cells stands for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from simtui.domain.calendar import Day, days_between
from simtui.text import cell_width, fit
from simtui.tui.views.layout import Line
from simtui.tui.views.year import month_name

ZOOMS: tuple[int, ...] = (3, 6, 12, 24)
"""How many months can be shown at once."""

_STEPS = (1, 2, 3, 6, 12)


@dataclass(frozen=True)
class Window:
    """`months` calendar months from the one that begins on `first`, spread over `width` cells.

    Every month takes as many cells as any other, give or take one, and begins with a cell of its own: so the names
    above the bars stand where the months begin.
    """

    first: Day
    months: int
    width: int

    @classmethod
    def around(cls, base: Day, day: Day, months: int, width: int) -> Window:
        """Return the window that begins with the month of `base`, moved on by whole months where `day` asks for it.

        The last quarter stays ahead of `day`, so that one always sees what comes next.
        """
        farthest = months - 1 - max(1, months // 4)
        moved = max(0, _ordinal(day) - _ordinal(base) - farthest)
        return cls(_month_start(_ordinal(base) + moved), months, max(months, width))

    @cached_property
    def starts(self) -> Sequence[Day]:
        """The first day of every cell, and the day after the last; where a day takes several cells it is in each."""
        edges = [_month_start(_ordinal(self.first) + ahead) for ahead in range(self.months + 1)]
        found: list[Day] = []
        for ahead, (begin, end) in enumerate(pairwise(edges)):
            count = self._edge(ahead + 1) - self._edge(ahead)
            days = days_between(begin, end)
            found += [begin.add(days=cell * days // count) for cell in range(count)]
        return [*found, edges[-1]]

    @property
    def last(self) -> Day:
        """The last day that is shown."""
        return self.starts[-1].subtract(days=1)

    def cell_of(self, day: Day) -> int | None:
        """Return the cell in which a day lies, the first of several; None for a day that is not shown."""
        if not self.first <= day <= self.last:
            return None
        found = bisect_left(self.starts, day)
        return found if self.starts[found] == day else found - 1

    def scale(self) -> Line:
        """Return the names of the months above their cells, as many as fit; January stands as its year."""
        names = [self._name(ahead) for ahead in range(self.months)]
        room = max(cell_width(name) for name, _ink in names) + 1
        step = next((step for step in _STEPS if step * self.width // self.months >= room), _STEPS[-1])
        # The months in step with January are named: the year must not be left out.
        first = -(self.first.month - 1) % step
        cells = [self._edge(ahead) for ahead in range(first, self.months, step)]
        line: Line = [(" " * (cells[0] if cells else self.width), "")]
        for ahead, cell, end in zip(range(first, self.months, step), cells, [*cells[1:], self.width], strict=True):
            name, ink = names[ahead]
            line.append((fit(name, end - cell), ink))
        return line

    def _name(self, ahead: int) -> tuple[str, str]:
        year, month = divmod(_ordinal(self.first) + ahead, 12)
        return (f"{year}", "bold") if month == 0 else (month_name(f"{year:04d}-{month + 1:02d}"), "muted")

    def _edge(self, ahead: int) -> int:
        """Return the cell in which a month begins."""
        return ahead * self.width // self.months


def _ordinal(day: Day) -> int:
    """Count months, so that they can be added."""
    return day.year * 12 + day.month - 1


def _month_start(ordinal: int) -> Day:
    """Return the first of a month; beyond the calendar its last day."""
    year, month = divmod(ordinal, 12)
    return Day.MAX if year > Day.MAX.year else Day(year, month + 1, 1)
