"""What an import would add and what is wrong with it, in words: the preview of command line and dashboard."""

from __future__ import annotations

from simtui import numbers, words
from simtui.errors import SimtuiError
from simtui.exchange.incoming import Import, Wrong
from simtui.i18n import _, ngettext
from simtui.report.plain import table
from simtui.text import shown, told

MOST_SHOWN = 60
MOST_CELLS = 32
"""How wide a column of the preview may be: one long name leaves the others in sight."""


def preview(kept: Import, found: Import, *, private: bool) -> list[str]:
    """Return the lines that would be added, and what is wrong or worth knowing, by row."""
    lines = [_("Would be added:"), *_lines_of(kept, private=private)] if kept.lines else []
    for title, remarks in ((_("Wrong:"), found.wrong), (_("Worth knowing:"), found.remarks)):
        if remarks:
            lines += [title, *(f"  {_told(wrong)}" for wrong in remarks[:MOST_SHOWN])]
            if len(remarks) > MOST_SHOWN:
                lines.append("  " + _("{n} more").format(n=len(remarks) - MOST_SHOWN))
    if found.unused:
        lines.append(shown(_("Columns that are not read: {names}").format(names=words.listed(found.unused))))
    return lines


def add_question(count: int) -> str:
    """Return the question whether so many lines are to be added."""
    return ngettext("Add {n} line?", "Add {n} lines?", count).format(n=count)


def _lines_of(kept: Import, *, private: bool) -> list[str]:
    rows = []
    for one in kept.lines[:MOST_SHOWN]:
        number = one.line.number or ""
        acts = words.listed(f"{words.act_title(act)} {act.valid_until or act.day}" for act in one.acts[:4])
        hidden = numbers.name_of(None, number, private=private)
        rows.append((f"  {one.row}", one.line.label or "", hidden, one.line.offer, acts))
    more = len(kept.lines) - MOST_SHOWN
    return [*table(rows, most=MOST_CELLS), *(["  " + _("{n} more").format(n=more)] if more > 0 else [])]


def _told(wrong: Wrong) -> str:
    place = _("row {n}").format(n=wrong.row)
    if wrong.column:
        place = _("row {n}, {column}").format(n=wrong.row, column=wrong.column)
    return shown(told(SimtuiError(wrong.problem, place=place, next_step=wrong.next_step)))
