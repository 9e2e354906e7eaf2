"""What was read in a message, in words; all of it still to go through `simtui.text`."""

from __future__ import annotations

from simtui import words
from simtui.domain.act import Act
from simtui.domain.calendar import Day
from simtui.domain.money import Money
from simtui.domain.offer import Offer
from simtui.i18n import N_, _
from simtui.sms.reading import Choice, Finding, Part, Reading, Why

_BEFORE = 24
"""How many characters before a value are quoted with it."""
_PARTS = {
    Part.AMOUNT: N_("topped up"),
    Part.CREDIT: N_("credit"),
    Part.DATA: N_("data"),
    Part.MINUTES: N_("minutes"),
    Part.SMS: N_("SMS"),
    Part.VALID_UNTIL: N_("valid until"),
}
_WHY = {
    Why.NUMBER: N_("the number can be read in two ways"),
    Why.CURRENCY: N_("the sign stands for several currencies"),
    Why.DATE: N_("the date can be read in two ways"),
    Why.CLOCK: N_("the message does not say what the date is about"),
    Why.SEVERAL: N_("the message says more than one"),
    Why.UNSURE: N_("the words around it leave a doubt"),
}


def part_word(part: Part) -> str:
    """Return what was read, such as "credit"."""
    return _(_PARTS[part])


def why_asked(why: Why) -> str:
    """Return why a finding must be asked about."""
    return _(_WHY[why])


def clock_name(clock: str, offer: Offer) -> str:
    """Return the name of a clock of the offer's newest rule that has it."""
    found = (part for rule in reversed(offer.rules) for part in rule.countdowns if part.id == clock)
    named = next(found, None)
    return clock if named is None else words.text(named.name)


def value_text(part: Part, choice: Choice) -> str:
    """Return what was read, as people write it."""
    value = choice.value
    if isinstance(value, Money):
        return words.money(value.amount, value.currency)
    if isinstance(value, Day):
        return value.format_iso()
    return words.data(value) if part is Part.DATA else str(value)


def choice_text(part: Part, choice: Choice, offer: Offer) -> str:
    """Return what was read and, of a date, what it is about."""
    told = value_text(part, choice)
    if choice.clock is None:
        return told
    return _("{day}, {clock}").format(day=told, clock=clock_name(choice.clock, offer))


def quoted(reading: Reading, choice: Choice) -> str:
    """Return the words of the message that a value was read from with some before them, in quotation marks."""
    first = max(0, choice.start - _BEFORE)
    before = reading.text[first : choice.start]
    if first:
        before = "…" + before.partition(" ")[2] if " " in before else "…" + before
    return _("“{words}”").format(words=before + reading.quoted(choice))


def act_text(act: Act, offer: Offer) -> str:
    """Return what is recorded, in a few words."""
    title = words.act_title(act, offer)
    return title if act.valid_until is None else f"{title} {act.valid_until}"


def sentence(finding: Finding, reading: Reading, offer: Offer) -> str:
    """Return what was read and from which words; all it can mean, and why, where it must be asked about."""
    said = quoted(reading, finding.choices[0])
    if finding.why is None:
        return _("{value} from {words}").format(value=choice_text(finding.part, finding.choices[0], offer), words=said)
    each = _(" or ").join(choice_text(finding.part, choice, offer) for choice in finding.choices)
    return _("{choices}? From {words}: {why}").format(choices=each, words=said, why=why_asked(finding.why))
