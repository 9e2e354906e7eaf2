"""The top line: how many lines in which phase, and the one thing to do now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from simtui.i18n import _, ngettext
from simtui.outlook import Outlook, counts
from simtui.text import cell_width, fit
from simtui.tui.views.layout import Line, phase_word

_LOUD = ("rescue", "due", "unknown", "paid", "soon")


@dataclass(frozen=True, slots=True)
class Header:
    """What the top line tells: the rows, the one thing to do now, the state at the right, and whether more is coming."""

    rows: Sequence[Outlook]
    banner: str
    state: str
    reading: bool = False


def top_line(header: Header, width: int) -> Line:
    """Return the top line: counts at the left, the banner between, the state at the right."""
    line: Line = [(" simtui  ", "title"), *_count(header), ("  ", "")]
    found = counts(header.rows)
    for phase in _LOUD:
        if found[phase]:
            line += [(f"{found[phase]} {phase_word(phase).lower()}", phase), ("  ", "")]
    used = sum(cell_width(text) for text, _ink in line)
    right_part = f" {header.state} " if width - used - cell_width(header.state) > 2 else ""
    room = width - used - cell_width(right_part)
    loudest = next((phase for phase in _LOUD if found[phase]), "")
    if header.banner and room >= 20:
        line.append((fit(header.banner, room), f"{loudest} bold".strip()))
    else:
        line.append((" " * max(0, room), ""))
    return [*line, (right_part, "muted")]


def phone_top(header: Header, width: int) -> list[Line]:
    """Return the two top lines of a narrow screen."""
    return [top_line(replace(header, banner="", state=""), width), [(fit(f" {header.banner}", width), "bold")]]


def _count(header: Header) -> Line:
    """Return how many lines are held; while they are still being read, that."""
    if header.reading and not header.rows:
        return [(_("reading …"), "muted")]
    return [(_lines(sum(row.is_held for row in header.rows)), "")]


def _lines(count: int) -> str:
    return ngettext("{n} line", "{n} lines", count).format(n=count)
