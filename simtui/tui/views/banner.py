"""The sentence that says the one thing to do now."""

from __future__ import annotations

from simtui import words
from simtui.domain.whatif import Outcome
from simtui.holding import Holding
from simtui.i18n import _
from simtui.outlook import LOUD, Outlook, mark
from simtui.report.reminding import reminder_words
from simtui.tui.views.layout import Look, shown_name
from simtui.tui.views.marks import marked_date


def banner(row: Outlook | None, holding: Holding | None, best: Outcome | None, look: Look) -> str:
    """Return the sentence that says the one thing to do now, for the most urgent line."""
    if row is None or not row.alarms:
        return ""
    name = shown_name(row.name, row.number, look)
    if row.phase not in LOUD and not row.may_be_lost:
        return _reminder(name, holding, look)
    if row.phase == "unknown" and row.last_day:
        day = _("last day {day}").format(day=mark(row.certainty) + row.last_day)
        return words.about(name, words.joined(day, _("until when the number can be saved is not known")))
    if row.phase == "unknown":
        return _("{name}: no date known. v enters the operator's.").format(name=name)
    if row.may_be_lost:
        told = _("{name} may be lost since ~{day}: check with the operator. v enters its date.")
        return told.format(name=name, day=row.final_day)
    if row.phase == "rescue":
        day, certainty = row.final_day, row.final_certainty
    else:
        day, certainty = row.last_day, row.certainty
    if not day:
        return _("Save {name} now: it may be ended any day.").format(name=name)
    day = mark(certainty) + day
    if not row.verified:
        told = _("{name} is paid, and its last day is still {day}: look whether it works. Press r.")
        return told.format(name=name, day=day)
    if best is None or best.price is None or best.safe_until is None or holding is None:
        return _("{name}: act by {day}. Press r.").format(name=name, day=day)
    price = words.money(best.price, holding.offer.currency)
    text = _("Save {name} by {day}: {price} keeps it to {until}. Press r.")
    return text.format(name=name, day=day, price=price, until=marked_date(best.safe_until, best.certainty))


def _reminder(name: str, holding: Holding | None, look: Look) -> str:
    """Return what a line that renews itself asks for now, where nothing is louder."""
    if holding is None or holding.reminder is None:
        return ""
    return words.about(name, reminder_words(holding.reminder, private=look.private))
