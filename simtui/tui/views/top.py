"""The top line: how many lines in which phase, and the one thing to do now."""

from __future__ import annotations

from collections.abc import Sequence

from simtui.i18n import ngettext
from simtui.outlook import Outlook, counts
from simtui.text import cell_width, fit
from simtui.tui.views.layout import Line, phase_word

_LOUD = ("rescue", "due", "unknown", "paid", "soon")


def top_line(rows: Sequence[Outlook], banner: str, saved: str, width: int) -> Line:
    """Return the top line: counts at the left, the banner between, when it was saved at the right."""
    line: Line = [(" simtui  ", "title"), (_lines(sum(row.is_held for row in rows)), ""), ("  ", "")]
    found = counts(rows)
    for phase in _LOUD:
        if found[phase]:
            line += [(f"{found[phase]} {phase_word(phase).lower()}", phase), ("  ", "")]
    used = sum(cell_width(text) for text, _ink in line)
    right_part = f" {saved} " if width - used - cell_width(saved) > 2 else ""
    room = width - used - cell_width(right_part)
    loudest = next((phase for phase in _LOUD if found[phase]), "")
    if banner and room >= 20:
        line.append((fit(banner, room), f"{loudest} bold".strip()))
    else:
        line.append((" " * max(0, room), ""))
    return [*line, (right_part, "muted")]


def phone_top(rows: Sequence[Outlook], banner: str, width: int) -> list[Line]:
    """Return the two top lines of a narrow screen."""
    return [top_line(rows, "", "", width), [(fit(f" {banner}", width), "bold")]]


def _lines(count: int) -> str:
    return ngettext("{n} line", "{n} lines", count).format(n=count)
