"""What can be copied of a line, each as one line of text."""

from __future__ import annotations

from simtui import numbers, sums, words
from simtui.holding import Holding
from simtui.i18n import _
from simtui.tui.views.layout import Look
from simtui.tui.views.marks import marked_date


def copyable(holding: Holding, look: Look) -> list[tuple[str, str]]:
    """Return (label, text) for all that the copy menu offers; private texts are left out where the user masks them."""
    line, channels = holding.line, holding.offer.channels
    found: list[tuple[str, str | None]] = []
    if not look.private and line.number is not None:
        found += [(_("number"), line.number), (_("number in groups"), numbers.grouped(line.number))]
    found += [(_("site"), channels.site), (_("app"), channels.app), (_("search text"), channels.search_text)]
    if channels.support is not None:
        found += [(_("support phone"), channels.support.phone), (_("from abroad"), channels.support.from_abroad)]
    found += [(_("code: {does}").format(does=words.code_does(code.does)), code.code) for code in channels.codes]
    found.append((_("the sum"), sum_text(holding)))
    return [(label, text) for label, text in found if text]


def sum_text(holding: Holding) -> str:
    """Return the sum behind the next day in one line."""
    steps = sums.sum_lines(holding.standing.steps, holding.offer)
    return " → ".join(f"{step.what} {step.day}" if step.day is not None else step.what for step in steps)


def row_text(holding: Holding, look: Look) -> str:
    """Return the row as text: name, number, offer, phase, last day."""
    standing = holding.standing
    number = "" if look.private or holding.line.number is None else numbers.grouped(holding.line.number)
    parts = [
        holding.line.label or "",
        number,
        words.text(holding.offer.name),
        words.word(standing.phase),
        "" if standing.next_day is None else marked_date(standing.next_day, standing.certainty),
    ]
    return "  ".join(part for part in parts if part)
