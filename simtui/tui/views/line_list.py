"""The list of lines: which rows, in which order, and how a row is laid out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from simtui import outlook
from simtui.i18n import _, current
from simtui.outlook import Outlook
from simtui.text import fit, shown
from simtui.tui.views.layout import Line, Look, columns, phase_word, right

SORTS: tuple[str, ...] = ("urgency", "name", "number", "offer", "last_day", "country")
NARROW = 60
WITH_FULL_DATES = 72
WITH_MORE_COLUMNS = 96


class _Widths(NamedTuple):
    phase: int
    name: int
    number: int
    offer: int
    country: int
    date: int
    left: int
    final: int


def sort_name(sort: str) -> str:
    """Return the word for an order of the list."""
    return {
        "urgency": _("by urgency"),
        "name": _("by name"),
        "number": _("by number"),
        "offer": _("by offer"),
        "last_day": _("by last day"),
        "country": _("by country"),
    }[sort]


def sort_rows(rows: Sequence[Outlook], sort: str, *, backwards: bool = False) -> list[Outlook]:
    """Return the rows in the order asked for; rows that are equal in it stay by urgency."""
    keys: dict[str, Callable[[Outlook], object]] = {
        "name": lambda row: row.name.casefold(),
        "number": lambda row: row.number,
        "offer": lambda row: (row.offer_zh if current() == "zh" else row.offer_en).casefold(),
        "last_day": lambda row: row.last_day or "9999",
        "country": lambda row: row.country,
    }
    ordered = sorted(rows, key=lambda row: row.urgency)
    if sort in keys:
        ordered.sort(key=keys[sort])  # type: ignore[arg-type]  # each key compares with its own kind only
    return ordered[::-1] if backwards else ordered


@dataclass(slots=True)
class LineRows:
    """The provider of the list widget: rows laid out when they come into sight."""

    rows: Sequence[Outlook]
    look: Look = field(default_factory=Look)
    two_lines: bool = False

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def id_at(self, index: int) -> int:
        """The line's id."""
        return self.rows[index].id

    def header(self, width: int) -> Line | None:
        """The names of the columns; none on a phone."""
        if self.two_lines or width < NARROW - 4:
            return None
        size = _widths(width)
        names = (
            ("", size.phase),
            (_("Line"), size.name),
            (_("Number"), size.number),
            (_("Offer"), size.offer),
            (_("In"), size.country),
            (_("Last day"), size.date + size.left),
            (_("Final"), size.final),
        )
        return columns([(name, cells, "muted") for name, cells in names])

    def row(self, index: int, width: int) -> Sequence[Line]:
        """One row, in one line or two."""
        row = self.rows[index]
        return self._tall(row, width) if self.two_lines else [self._flat(row, width)]

    def _flat(self, row: Outlook, width: int) -> Line:
        size = _widths(width)
        ink = row.phase if row.alarms else "muted"
        date, left = _date_and_left(row, full=size.date > 8)
        line = columns(
            [
                (phase_word(row.phase), size.phase, f"{ink} bold" if row.phase == "rescue" else ink),
                *self._called(row, size),
                (offer_name(row), size.offer, "muted"),
                (row.country, size.country, "muted"),
            ]
        )
        if not left:
            return [*line, *columns([(date, size.date + size.left, ink), (_final(row), size.final, "muted")])]
        line += columns([(date, size.date, ink)])
        line.append((right(left, size.left - 1) + " ", ink))
        return [*line, *columns([(_final(row), size.final, "muted")])]

    def _tall(self, row: Outlook, width: int) -> list[Line]:
        ink = row.phase if row.alarms else "muted"
        date, left = _date_and_left(row, full=True)
        number = self._number(row)
        tail = f"…{number[-5:]}" if len(number) > 5 else ""
        when = f"{fit(date, 11)} {right(left, 7)}" if left else date
        first = columns([(phase_word(row.phase), 8, ink), (self._name(row), width - 8, "bold")])
        return [first, [(fit(when, width - 9), ink), (right(tail, 8), "muted"), (" ", "")]]

    def _called(self, row: Outlook, size: _Widths) -> list[tuple[str, int, str]]:
        """Return name and number; a number that is the name takes the room of both."""
        ink = "" if row.alarms else "muted"
        if _is_nameless(row):
            return [(self._name(row), size.name + size.number, ink)]
        return [(self._name(row), size.name, ink), (self._number(row), size.number, "muted")]

    def _name(self, row: Outlook) -> str:
        return shown_number(row, self.look) if _is_nameless(row) else shown(row.name)

    def _number(self, row: Outlook) -> str:
        return "" if _is_nameless(row) else shown_number(row, self.look)


def _is_nameless(row: Outlook) -> bool:
    """Tell whether a line is called by its number, which then need not stand there twice."""
    return bool(row.number) and row.name == row.number


def shown_number(row: Outlook, look: Look) -> str:
    """Return a row's number in groups, masked where the user wants privacy."""
    if not look.private or not row.grouped:
        return row.grouped
    from simtui.numbers import masked

    return masked(row.number or row.grouped)


def offer_name(row: Outlook) -> str:
    """Return the offer's name in the current language."""
    return row.offer_zh if current() == "zh" else row.offer_en


def _final(row: Outlook) -> str:
    return f"{outlook.mark(row.final_certainty) or ' '}{row.final_day}" if row.final_day else ""


def _date_and_left(row: Outlook, *, full: bool) -> tuple[str, str]:
    """Return the date with its mark, and the days left; for some phases one text for both."""
    day = row.last_day if full else row.last_day[5:]
    if row.phase == "unknown" and not row.last_day:
        return _("date missing"), ""
    if row.phase == "paid":
        return _("verify"), ""
    if row.phase == "lost":
        if row.may_be_lost:
            return _("lost? ~{day}").format(day=day), ""
        return (_("lost {day}").format(day=day) if day else _("lost")), ""
    if not row.last_day:
        return _("no end known"), ""
    days = row.days_left if row.days_left is not None else 0
    left = _("today") if days == 0 else _("{n} d").format(n=days)
    return f"{outlook.mark(row.certainty) or ' '}{day}", left


def _widths(width: int) -> _Widths:
    """Share `width` cells among the columns; the name and the offer take what the others leave."""
    full = width >= WITH_FULL_DATES
    more = width >= WITH_MORE_COLUMNS
    phase, date, left = 8, 12 if full else 7, 8
    number = 19 if width >= NARROW else 0
    country, final = (4, 12) if more else (0, 0)
    rest = max(10, width - phase - date - left - number - country - final)
    offer = rest * 9 // 20 if width >= NARROW - 12 else 0
    return _Widths(phase, rest - offer, number, offer, country, date, left, final)
