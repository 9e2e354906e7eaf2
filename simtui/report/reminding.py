"""What a line that renews itself asks for, in a sentence: for lists, pages, panes and the banner."""

from __future__ import annotations

from typing import Any

from simtui import words
from simtui.domain.reminders import Reminder, ReminderKind
from simtui.i18n import _


def reminder_words(reminder: Reminder, *, private: bool = False) -> str:
    """Return a reminder as a sentence without a full stop; `private` hides the credit."""
    day = f"{words.certainty_mark(reminder.certainty)}{reminder.day}"
    match reminder.kind:
        case ReminderKind.CHECK_RENEWED:
            return _("check that it renewed on {day}, and record the payment or what you read").format(day=day)
        case ReminderKind.CARD_EXPIRES:
            told = _("the card that pays is good until {month}: enter another with the operator before {day}")
            return told.format(month=reminder.card, day=day)
    if private or reminder.credit is None or reminder.price is None:
        return _("the credit does not pay the renewal of {day}: top up before it").format(day=day)
    told = _("the credit, {credit}, does not pay the {price} of {day}: top up before it")
    credit, price = (words.money(amount, reminder.currency) for amount in (reminder.credit, reminder.price))
    return told.format(credit=credit, price=price, day=day)


def reminder_data(reminder: Reminder, *, private: bool) -> dict[str, Any]:
    """Return a reminder as the documented JSON."""
    hidden = private or reminder.credit is None
    return {
        "kind": reminder.kind.value,
        "date": reminder.day.format_iso(),
        "certainty": reminder.certainty.name.lower(),
        "now": reminder.now,
        "card_expires": reminder.card,
        "credit": None if hidden else format(reminder.credit or 0, "f"),
        "price": None if reminder.price is None else format(reminder.price, "f"),
        "currency": reminder.currency,
        "words": reminder_words(reminder, private=private),
    }
