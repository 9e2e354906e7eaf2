"""The list of lines whose dates other facts have moved."""

from __future__ import annotations

from collections.abc import Sequence

from simtui import words
from simtui.changes import RuleChange
from simtui.i18n import _
from simtui.tui.views.layout import Line, Look, shown_name, wrapped


def change_lines(changes: Sequence[RuleChange], look: Look, width: int) -> list[Line]:
    """Return what has moved, line by line: old date, new date."""
    why = _("What simtui knows of these offers is newer than at your last visit. Nothing was recorded in between.")
    lines = [*wrapped(why, width, "muted"), []]
    unknown = _("not known")
    for change in changes:
        line = change.holding.line
        head = f"{shown_name(line.name, line.number, look)}  {words.text(change.holding.offer.name)}"
        lines += wrapped(head, width, "bold")
        for what, (old, new) in ((_("last day"), change.last_day), (_("final date"), change.final_day)):
            if old != new:
                moved = _("{what}: {old} → {new}").format(what=what, old=old or unknown, new=new or unknown)
                lines += wrapped(f"  {moved}", width)
    return lines
