"""The timeline: a row a line with its bar, what stands above and below the rows, and the line under the cursor in words."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from simtui.domain.calendar import Day, days_between
from simtui.domain.reckoning import Certainty
from simtui.domain.standing import Phase, Standing
from simtui.holding import Holding
from simtui.i18n import _, ngettext
from simtui.outlook import URGENCY, Outlook
from simtui.text import cell_width, fit
from simtui.tui.futures import Future, Futures
from simtui.tui.views.bars import OVER, State, Stretch, bar, legend, phase_of, stretches
from simtui.tui.views.layout import Line, Look, Span, columns, phase_word, right, shown_name
from simtui.tui.views.marks import date_ink, marked_date
from simtui.tui.views.window import Window

PHASES = (*URGENCY, OVER)
"""The phases that the timeline counts, the loudest first."""

WITH_DAYS_LEFT = 100
WITH_FINAL_DATES = 150

_POINTER = "▼"


class Shape(NamedTuple):
    """How many cells each part of a row takes; the bar stands after phase and name, or on a phone in its own line.

    The bar has one cell more than its window, see `bars.bar`.
    """

    phase: int
    name: int
    bar: int
    date: int
    left: int
    final: int

    @property
    def before(self) -> int:
        """The cells before the bar in its line."""
        return self.phase + self.name

    @classmethod
    def flat(cls, width: int) -> Shape:
        """Share `width` cells: what the bar does not need for its months goes to it all the same."""
        phase, name, date = 8, max(12, min(26, width // 5)), 14
        left = 8 if width >= WITH_DAYS_LEFT else 0
        final = 12 if width >= WITH_FINAL_DATES else 0
        return cls(phase, name, max(1, width - phase - name - date - left - final - 1), date, left, final)

    @classmethod
    def tall(cls, width: int) -> Shape:
        """Share `width` cells of a phone: the bar has a line of its own."""
        return cls(0, 0, max(1, width), 13, 0, 0)


@dataclass(slots=True)
class TimelineRows:
    """The provider of the timeline's list: a row is reckoned and laid out when it comes into sight.

    `base` is the real today, `day` the one that the user has moved it to.
    """

    rows: Sequence[Outlook]
    holding_of: Callable[[Hashable], Holding | None]
    futures: Futures
    base: Day
    day: Day
    months: int
    look: Look = field(default_factory=Look)
    two_lines: bool = False
    _windows: dict[int, Window] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def id_at(self, index: int) -> int:
        """The line's id."""
        return self.rows[index].id

    def shape(self, width: int) -> Shape:
        """How a row of so many cells is divided."""
        return Shape.tall(width) if self.two_lines else Shape.flat(width)

    def window(self, width: int) -> Window:
        """The months that rows of so many cells show."""
        cells = self.shape(width).bar - 1
        if cells not in self._windows:
            self._windows[cells] = Window.around(self.base, self.day, self.months, cells)
        return self._windows[cells]

    def header(self, width: int) -> Line:
        """The names of the months above the bars."""
        size = self.shape(width)
        head = columns([("", size.phase, ""), (_("Line"), size.name, "muted")])
        if self.two_lines:
            return [(" ", ""), *self.window(width).scale()]
        names = [("", 2), (_("Last day"), size.date + size.left - 1), (_("Final"), size.final)]
        return [
            *head,
            (" ", ""),
            *self.window(width).scale(),
            *columns([(name, cells, "muted") for name, cells in names]),
        ]

    def row(self, index: int, width: int) -> Sequence[Line]:
        """One line: phase and name, its bar, its dates on the day; on a phone the bar beneath the rest."""
        row, size, window = self.rows[index], self.shape(width), self.window(width)
        future = self.future(row.id, width)
        bars = [(fit(" …", size.bar), "muted")] if future is None else self._bar(row, future, window)
        name = (shown_name(row.name, row.number, self.look), "" if row.is_active else "muted")
        word, ink, date, left, final = _told(row, future)
        if self.two_lines:
            head = columns([(word, 8, ink), (name[0], width - 8 - size.date, "bold")])
            return [[*head, (right(date, size.date), ink)], bars]
        head = columns([(word, size.phase, f"{ink} bold" if word.isupper() else ink), (name[0], size.name, name[1])])
        tail = columns([("", 2, ""), (date, size.date - 1, ink)])
        if size.left:
            tail.append((right(left, size.left - 1) + " ", ink))
        return [[*head, *bars, *tail, *columns([(final, size.final, "muted")])]]

    def future(self, line_id: int, width: int) -> Future | None:
        """What a line comes to over the months that rows of so many cells show; None while it must wait."""
        holding = self.holding_of(line_id)
        if holding is None:
            return None
        return self.futures.of(holding, holding.today if self.day == self.base else self.day, self.window(width))

    def _bar(self, row: Outlook, future: Future, window: Window) -> Line:
        return bar(future.ahead, window, self.day, muted=not row.is_active)


def _told(row: Outlook, future: Future | None) -> tuple[str, str, str, str, str]:
    """Return the word for the phase, its ink, the last day with its sign, the days left, the final day."""
    if future is None:
        return "…", "muted", "", "", ""
    found = future.found
    phase = shown_phase(future.holding, found)
    ink = "muted" if phase == OVER or not row.is_active else phase
    final = "" if found.final_day is None else _signed(found.final_day, found.final_certainty)
    date, certainty = _last_day(found, phase)
    if isinstance(date, str):
        return word_of(phase), ink, date, "", final
    text = _signed(date, certainty)
    if found.days_left is None:
        return word_of(phase), ink, text, "", final
    left = _("today") if found.days_left == 0 else _("{n} d").format(n=found.days_left)
    return word_of(phase), ink, text, left, final


def _signed(day: Day, certainty: Certainty) -> str:
    """Return a date with its sign, or a blank in its place: dates stand in a column."""
    return marked_date(day, certainty).rjust(11)


def _last_day(found: Standing, phase: str) -> tuple[Day | str, Certainty]:
    if found.phase is Phase.UNKNOWN and found.next_day is None:
        return _("date missing"), found.certainty
    if found.phase is Phase.LOST:
        return found.final_day or "", found.final_certainty
    if phase == OVER:
        return max((clock.ends_on for clock in found.clocks if clock.ends_on is not None), default=""), found.certainty
    return found.next_day or _("no end known"), found.certainty


def shown_phase(holding: Holding, found: Standing) -> str:
    """Return the phase of a line that stands so, as the dashboard names it: paid and not verified goes before safe."""
    phase = phase_of(found)
    return "paid" if phase in ("soon", "safe") and holding.paid_not_verified is not None else phase


def word_of(phase: str) -> str:
    """Return the word of one of the timeline's phases."""
    return _("over") if phase == OVER else phase_word(phase)


def top_lines(day: Day, base: Day, counts: Mapping[str, int] | None, width: int, height: int) -> list[Line]:
    """Return the day and how many lines are in which phase on it; None while they are counted."""
    head = (f"{day}", "title" if day == base else "banner")
    if counts is None:
        return [[(" ", ""), head, ("  ", ""), (_("counting …"), "muted")]]
    counted = [
        (f"{counts[phase]} {word_of(phase).lower()}", "muted" if phase == OVER else phase)
        for phase in PHASES
        if counts.get(phase)
    ]
    return _flowing(head, counted, "  ", width)[:height]


def pointer(window: Window, base: Day, day: Day, before: int, width: int) -> Line:
    """Return the line above the months, `before` cells left of the bars: where today is, and where it was moved to."""
    line: Line = [(" " * before, "")]
    real, moved = window.cell_of(base), window.cell_of(day)
    if moved is None:
        return line
    name = _("today") if day == base else f"{day}, {_in_days(days_between(base, day))}"
    fits = before + moved + 2 + cell_width(name) <= width
    text = f"{_POINTER} {name}" if fits else f"{name} {_POINTER}"
    start = moved if fits else max(0, moved - cell_width(name) - 1)
    if real is not None and real < start:
        mark = "| " + _("today")
        mark = mark if cell_width(mark) < start - real else "|"
        line += [(" " * real, ""), (fit(mark, start - real), "muted")]
    else:
        line.append((" " * start, ""))
    return [*line, (text, "title" if day == base else "banner")]


def months_word(months: int) -> str:
    """Return how much the timeline shows."""
    return ngettext("{n} month", "{n} months", months).format(n=months)


def _in_days(days: int) -> str:
    return ngettext("in {n} day", "in {n} days", days).format(n=days)


def detail(future: Future, name: str, day: Day, width: int) -> list[Line]:
    """Return what becomes of a line from a day on, in words: each state with its last day and how sure that is."""
    ahead = [each for each in stretches(future.ahead) if each.last is None or each.last >= day]
    parts = [(_sentence(each, future, first=each is ahead[0]), _ink_of(each)) for each in ahead]
    return _flowing((fit(name, min(cell_width(name), width // 2)), "bold"), parts, " → ", width)


def _sentence(each: Stretch, future: Future, *, first: bool) -> str:
    if each.state is State.OVER and first and future.found.final_day is not None:
        final = marked_date(future.found.final_day, future.found.final_certainty)
        return _("lost, could be saved until {day}").format(day=final)
    if each.state in (State.OVER, State.UNKNOWN, State.MAY_END):
        return each.name
    if each.endless:
        return _("{stage}, for how long is not known").format(stage=each.name)
    if each.last is None:
        return _("{state} beyond {day}").format(state=each.name, day=future.until)
    return _("{state} until {day}").format(state=each.name, day=marked_date(each.last, each.certainty))


def _ink_of(each: Stretch) -> str:
    if each.state is State.OVER:
        return "lost"
    return "" if each.last is None else date_ink(each.certainty)


def legend_lines(width: int) -> list[Line]:
    """Return what the signs of the bars mean, in as many lines as that takes."""
    lines: list[Line] = [[(" ", "")]]
    used = 1
    for sign, ink, meaning in legend():
        size = cell_width(meaning) + 4
        if used + size - 2 > width:
            lines.append([(" ", "")])
            used = 1
        lines[-1] += [(sign, ink), (f" {meaning}  ", "muted")]
        used += size
    return lines


def _flowing(head: Span, spans: Sequence[Span], between: str, width: int) -> list[Line]:
    """Return a head and what follows it, with `between` from one to the next, in a new line where one does not fit."""
    lines: list[Line] = [[(" ", ""), head]]
    used = 1 + cell_width(head[0])
    gap = "  "
    for text, ink in spans:
        if used + cell_width(gap + text) > width:
            lines.append([(" ", "")])
            used, gap = 1, gap.lstrip()
        cut = fit(text, min(cell_width(text), max(1, width - used - cell_width(gap))))
        lines[-1] += [(gap, "muted"), (cut, ink)]
        used += cell_width(gap + cut)
        gap = between
    return lines
