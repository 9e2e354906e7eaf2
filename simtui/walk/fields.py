"""The fields of a step: what a person types becomes what is kept, and back; choices get what the program knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import NamedTuple

from simtui import numbers, typed, words
from simtui.domain.act import ReadingSource
from simtui.domain.calendar import Day
from simtui.domain.offer import Offer, OfferKind, PaymentMethod
from simtui.domain.procedure import FieldType, Procedure, StepField
from simtui.domain.renewal import Check
from simtui.domain.secret import activation_code
from simtui.errors import InputError
from simtui.i18n import _
from simtui.procedures import Procedures
from simtui.text import plain_keys
from simtui.walk.scene import OptionLine

AHEAD = frozenset({"valid-until", "new-valid-until", "needed-until"})
"""Days that lie ahead: without a year the next such day is meant; the others are of the past."""
MASK = "••••"
"""What is seen of a secret: that there is one."""
_LONGEST_TEXT = 200
LONGEST = 4000
"""So many characters a long text or a note may have, as its record says (`LongText`)."""


class Asked(NamedTuple):
    """What the options of a field depend on; of the travel offers also who sells each."""

    offer: Offer
    today: Day
    procedures: Procedures
    fitting: tuple[str, ...]
    travel_offers: tuple[tuple[Offer, str], ...] = ()


def options(field: StepField, asked: Asked) -> tuple[OptionLine, ...]:
    """Return what a choice offers."""
    if field.options:
        return tuple(OptionLine(option.id, words.text(option.label)) for option in field.options)
    return _OPTIONS[field.id](asked) if field.id in _OPTIONS else ()


def kept(field: StepField, text: str, asked: Asked) -> str:
    """Return what was typed or picked as it is kept; an empty text empties the field.

    Raises:
        InputError: If it is not what the field takes; the place is the field's label.
    """
    label = words.text(field.label)
    text = text.strip()
    if not text:
        return ""
    match field.type:
        case FieldType.DAY:
            return typed.day(text, asked.today, field=label, ahead=field.id in AHEAD).format_iso()
        case FieldType.MONEY:
            amount, currency = typed.money(text, asked.offer.currency, field=label)
            return f"{amount} {currency}"
        case FieldType.COUNT:
            return str(typed.count(text, field=label))
        case FieldType.DATA:
            return str(typed.data_mb(_with_unit(text, field), field=label))
        case FieldType.CHOICE:
            return picked(text, options(field, asked), label)
        case FieldType.TICKS:
            found = options(field, asked)
            return ",".join(dict.fromkeys(picked(each, found, label) for each in _parts(text)))
        case FieldType.SECRET:
            return _secret(text, field, label)
        case _:
            return _words(text, field, label, asked)


def readable(field: StepField, raw: str, asked: Asked) -> str:
    """Return what is kept as a person reads it."""
    if not raw:
        return ""
    match field.type:
        case FieldType.MONEY:
            amount, _blank, currency = raw.partition(" ")
            return words.money(typed.amount(amount), currency)
        case FieldType.DATA:
            return words.data(int(raw))
        case FieldType.CHOICE | FieldType.TICKS:
            named = {option.id: option.label for option in options(field, asked)}
            return words.listed(named.get(each, each) for each in raw.split(","))
        case _:
            return raw


def _words(text: str, field: StepField, label: str, asked: Asked) -> str:
    """Return free text; a phone number in its one form, nothing that looks like a card's number."""
    if field.id == "number":
        return numbers.to_e164(text, asked.offer.country)
    most = _LONGEST_TEXT if field.type is FieldType.TEXT else LONGEST
    if len(text) > most:
        raise InputError(_("at most {n} characters").format(n=most), place=label)
    return typed.note(text, field=label)


def _secret(text: str, field: StepField, label: str) -> str:
    """Return a code that is kept apart; raises InputError for one that no phone would take."""
    if field.id != "code":
        return typed.note(text, field=label)[:100]
    found = activation_code(text)
    if found is None:
        hint = _("It looks like LPA:1$server.example$CODE, or comes as two parts: the server's address and the code.")
        raise InputError(_("this is no activation code of an eSIM"), place=label, next_step=hint)
    return found.text


def _parts(text: str) -> list[str]:
    return [part for part in plain_keys(text).replace("，", ",").replace("、", ",").split(",") if part.strip()]


def _with_unit(text: str, field: StepField) -> str:
    """Return data with its unit: a bare number means gigabytes where the field asks for a need."""
    return (
        f"{text}GB"
        if field.id == "gigabytes" and plain_keys(text).replace(".", "").replace(",", "").isdigit()
        else text
    )


def picked(text: str, found: tuple[OptionLine, ...], label: str) -> str:
    """Return the option that is meant: by id, by number from one, or by its words.

    Raises:
        InputError: If none is, or several are.
    """
    said = _folded(text)
    for at, option in enumerate(found, start=1):
        if said in (option.id.casefold(), str(at), _folded(option.label)):
            return option.id
    labels = [(option.id, _folded(option.label)) for option in found if said]
    begun = [id_ for id_, label in labels if label.startswith(said)] or [id_ for id_, label in labels if said in label]
    if len(begun) == 1:
        return begun[0]
    numbered = [f"{at} {option.label}" for at, option in enumerate(found, start=1)]
    hint = _("One of: {options}.").format(options=_("; ").join(numbered))
    raise InputError(_("is none of what can be chosen: {words}").format(words=text[:40]), place=label, next_step=hint)


def _folded(text: str) -> str:
    return plain_keys(text).strip().casefold()


def _named(members: type[StrEnum]) -> tuple[OptionLine, ...]:
    return tuple(OptionLine(value, label) for value, label in words.choices(members))


def _methods(asked: Asked) -> tuple[OptionLine, ...]:
    """Return all means of payment, those that the operator is known to take first, each with how sure that is."""
    told = {payment.method: payment for payment in asked.offer.payments}

    def rank(method: PaymentMethod) -> int:
        payment = told.get(method)
        return 2 if payment is None else 0 if payment.confirmed else 1

    def note(method: PaymentMethod) -> str:
        payment = told.get(method)
        if payment is None:
            return _("not known for this operator")
        return _("confirmed for this operator") if payment.confirmed else _("not confirmed for this operator")

    return tuple(OptionLine(each, words.word(each), note(each)) for each in sorted(PaymentMethod, key=rank))


def _ways(asked: Asked) -> tuple[OptionLine, ...]:
    return tuple(_way(asked.procedures.get(each)) for each in asked.fitting)


def _way(procedure: Procedure) -> OptionLine:
    """Return one way to renew: how long it takes, what it needs, what proof there is and what risk."""
    note = _("{takes}. {needs}").format(takes=words.text(procedure.takes), needs=words.text(procedure.needs))
    more = [_("Proof: {text}").format(text=words.text(procedure.proof))]
    if procedure.risk is not None:
        more.append(_("Risk: {text}").format(text=words.text(procedure.risk)))
    return OptionLine(procedure.id, words.text(procedure.name), note, tuple(more))


def _travel_offers(asked: Asked) -> tuple[OptionLine, ...]:
    return tuple(OptionLine(offer.id, words.text(offer.name), carrier) for offer, carrier in asked.travel_offers)


_OPTIONS: Mapping[str, Callable[[Asked], tuple[OptionLine, ...]]] = {
    "read-at": lambda _asked: _named(ReadingSource),
    "checks": lambda _asked: _named(Check),
    "method": _methods,
    "procedure": _ways,
    "offer": _travel_offers,
}
"""What the fields offer whose options depend on the program, the offer or the line."""
TRAVEL = (OfferKind.TRAVEL_ESIM, OfferKind.ESIM)
