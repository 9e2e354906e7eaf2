"""The year strip: how many last days fall into each of the next twelve months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from simtui.i18n import _
from simtui.outlook import URGENCY, Outlook
from simtui.text import cell_width, fit
from simtui.tui.views.layout import Line, phase_word

WITH_WORDS = 9
"""From how many cells a month on it names its loudest phase; in fewer only some words would fit."""


class Month(NamedTuple):
    """How many lines have their last day in a month, the most urgent phase among them, and how many are in it."""

    lines: int
    loudest: str
    loud: int = 1


def months_of(rows: Iterable[Outlook]) -> dict[str, Month]:
    """Return what each month (`2026-11`) holds, for the months that hold anything."""
    phases: dict[str, Counter[str]] = {}
    dated = [row for row in rows if row.last_day and row.phase != "lost" and row.is_active]
    for (month, phase), lines in Counter((row.last_day[:7], row.phase) for row in dated).items():
        phases.setdefault(month, Counter())[phase] = lines
    found: dict[str, Month] = {}
    for month, counted in phases.items():
        loudest = min(counted, key=URGENCY.index)
        found[month] = Month(counted.total(), loudest, counted[loudest])
    return found


def year_lines(held: Mapping[str, Month], today: str, here: str, width: int) -> list[Line]:
    """Return two lines, from the month of `today` (ISO) on: the months, and how many lines have their last day in each.

    Where twelve months do not fit side by side, they stand in several such pairs of lines. `held` comes from `months_of`;
    the month `here`, of the line under the cursor, stands in brackets. January names its year.
    """
    months = [_month(today, ahead) for ahead in range(12)]
    cell = 2 + max(cell_width(month_name(month)) for month in months)
    beside = next((count for count in (12, 6, 4, 3, 2) if width >= count * cell), 1)
    lines: list[Line] = []
    for first in range(0, 12, beside):
        lines += [*([[]] if lines else []), *_pair(held, months[first : first + beside], here, width // beside)]
    return lines


def _pair(held: Mapping[str, Month], months: Sequence[str], here: str, cell: int) -> list[Line]:
    names: Line = []
    counted: Line = []
    for month in months:
        name = _name(month, cell - 2)
        names.append((fit(f"[{name}]" if month == here else f" {name}", cell), "bold" if month == here else "muted"))
        found = held.get(month)
        counted.append((fit(_counted(found, cell), cell), found.loudest) if found else (fit(" ·", cell), "muted"))
    return [names, counted]


def _counted(month: Month, cell: int) -> str:
    """Return how many lines, with the word of the loudest phase where there is room: colour never speaks alone."""
    word = phase_word(month.loudest).lower()
    others = month.lines - month.loud
    texts = (
        [f" {month.loud} {word} +{others}", f" {month.loud} {word}+{others}"] if others else [f" {month.loud} {word}"]
    )
    fitting = [text for text in texts if cell_width(text) <= cell]
    if fitting and cell >= WITH_WORDS:
        return fitting[0]
    return f" {month.lines} {'▪' * min(month.lines, max(1, cell - 6))}"


def _name(month: str, room: int) -> str:
    """Return the name of a month; January brings its year, and leaves its place to it where both do not fit."""
    name = month_name(month)
    if month[5:] != "01":
        return name
    both = f"{name} {month[:4]}"
    return both if cell_width(both) <= room else month[:4]


def _month(today: str, ahead: int) -> str:
    ordinal = int(today[:4]) * 12 + int(today[5:7]) - 1 + ahead
    return f"{ordinal // 12:04d}-{ordinal % 12 + 1:02d}"


def month_name(month: str) -> str:
    """Return the short name of a month (`2026-11`)."""
    names = (
        _("Jan"),
        _("Feb"),
        _("Mar"),
        _("Apr"),
        _("May"),
        _("Jun"),
        _("Jul"),
        _("Aug"),
        _("Sep"),
        _("Oct"),
        _("Nov"),
        _("Dec"),
    )
    return names[int(month[5:7]) - 1]
