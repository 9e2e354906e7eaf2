"""A line in one go: `+33612345678 mobicarte 10EUR 2026-11-20`, `Mum: giffgaff sms -3d`, `MT monaco prepaid until 2027-01-01`.

First who (a number, a label or both), then the offer as far as it is clear, then what is known: the operator's date, or
what happened last and when.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from simtui import numbers, typed
from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day
from simtui.domain.line import Line
from simtui.domain.offer import Offer
from simtui.errors import InputError, NotFound, SimtuiError
from simtui.i18n import _, current
from simtui.lookup import OfferBook, act_kind, faulty_entry, offers_named, one_offer, one_plan
from simtui.text import plain_keys

_UNTIL = {"until", "expires", "till", "有效期至", "到期", "至"}
_BEFORE_UNTIL = {"valid"}
_MONEY_SIGNS = re.compile(rf"{'|'.join(map(re.escape, typed.MONEY_SIGNS))}|[A-Z]{{3}}$|^[A-Z]{{3}}", re.IGNORECASE)
_PHONE = re.compile(r"\(?\+?[0-9][0-9().\-]*")
_FEWEST_DIGITS = 6
_SEPARATORS = ",，、;；"
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""What copied numbers bring along: marks that choose a direction, and blanks of no width."""
_MOST_FACTS = 6
_MOST_OFFER_WORDS = 12
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Quick:
    """A line to be added and the acts that are known of it."""

    line: Line
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the end of a quick line tells: the operator's date, or an act."""

    until: str | None = None
    kind: ActKind | None = None
    money: str | None = None
    plan: str | None = None
    day: str | None = None


def parse(text: str, book: OfferBook, today_in: Callable[[str], Day]) -> Quick:
    """Return the line that `text` describes.

    Raises:
        InputError: If a part is not understood or fits several offers; it names the part.
        NotFound: If no offer fits.
    """
    if len(text) > _LONGEST:
        raise InputError(_("is longer than {n} characters").format(n=_LONGEST))
    phone, rest = _phone(_tokens(text))
    if _phone(rest)[0].startswith("+"):
        raise InputError(_("only one number can be given"), place=_("number"))
    region = numbers.region_of(numbers.to_e164(phone)) if phone.startswith("+") else None
    label, offer_id, facts = _names_and_facts(rest, book, region)
    offer = book.offer(offer_id)
    if offer is None:
        raise faulty_entry(offer_id)
    if not phone and numbers.looks_like_number(label):
        phone, label = label, ""
    number = numbers.to_e164(phone, offer.country) if phone else None
    name = label or (None if number else offer.name.in_language(current()))
    line = _record(Line, {"number": number, "label": name, "offer": offer.id})
    act = _act(facts, offer, today_in(offer.zone))
    return Quick(line, () if act is None else (act,))


def _tokens(text: str) -> list[str]:
    """Return the words, without what cannot be seen and without commas between them."""
    words = (word.rstrip(_SEPARATORS) for word in _INVISIBLE.sub("", text).split())
    return [word for word in words if word]


def _phone(tokens: Sequence[str]) -> tuple[str, list[str]]:
    """Return the number, with its blanks taken out, and the other tokens.

    One with its country code may stand anywhere; one without is only looked for at the beginning.
    """
    for at, token in enumerate(tokens):
        begins = plain_keys(token).removeprefix("tel:")[:1]
        if begins not in ("+", "0", "(") or (at and begins != "+"):
            continue
        taken = _taken(tokens[at:])
        phone = "".join(taken)
        if sum(map(str.isdigit, phone)) >= _FEWEST_DIGITS or (begins == "+" and at == 0 and taken):
            after = tokens[at + len(taken) :]
            return phone, [*tokens[:at], *(after[1:] if after[:1] == [":"] else after)]
    return "", list(tokens)


def _taken(tokens: Sequence[str]) -> list[str]:
    """Return the tokens that make up one number; a colon ends it."""
    taken: list[str] = []
    for token in tokens:
        plain = plain_keys(token) if taken else plain_keys(token).removeprefix("tel:")
        bare = plain.rstrip(":")
        if not _PHONE.fullmatch(bare) or (taken and (_is_written_day(bare) or bare.startswith("+"))):
            break
        taken.append(bare)
        if bare != plain:
            break
    return taken


def _names_and_facts(tokens: Sequence[str], book: OfferBook, region: str | None) -> tuple[str, str, _Facts]:
    """Return label, offer and facts, giving as much of the end to the facts as leaves an offer before it."""
    refused: SimtuiError | None = None
    for at in range(max(1, len(tokens) - _MOST_FACTS), len(tokens) + 1):
        facts = _facts(tokens[at:])
        if facts is None:
            continue
        try:
            label, offer_id = _names(tokens[:at], book, region)
        except SimtuiError as error:
            refused = refused or error
            continue
        return label, offer_id, facts
    if not isinstance(refused, InputError):
        _refuse_facts(tokens, book, region)
    if refused is not None:
        raise refused
    raise InputError(_("a number or label and an offer are needed"), next_step=_example())


def _example() -> str:
    return _('Such as: "+33612345678 mobicarte 10EUR 2026-11-20" or "Mum: giffgaff until 2027-01-01".')


def _refuse_facts(tokens: Sequence[str], book: OfferBook, region: str | None) -> None:
    """Say what is wrong behind the offer, where the tokens before it name one; else return.

    Raises:
        InputError: If there is such an offer.
    """
    for at in range(len(tokens) - 1, max(0, len(tokens) - _MOST_OFFER_WORDS), -1):
        try:
            _names(tokens[:at], book, region)
        except SimtuiError:
            continue
        raise _refusal([plain_keys(token) for token in tokens[at:]])


def _refusal(words: Sequence[str]) -> InputError:
    """Return what is wrong with the words behind an offer, which are no facts."""
    if words[0].lower() in _BEFORE_UNTIL | _UNTIL:
        return _day_refusal(" ".join(words[1:]))
    known = words[1:] if act_kind(words[0]) is not None else words
    paid = [word for word in known if not _is_day(word)]
    if any(map(str.isdigit, "".join(paid))):
        try:
            typed.money("".join(paid), "EUR", field=_("amount"))
        except InputError as error:
            return error
    if len(paid) == len(known) and (not known or _is_money("".join(paid))):
        return InputError(_("the day is missing"), place=_("date"), next_step=_example())
    if not paid:
        return InputError(_("what happened on that day is missing"), next_step=_example())
    return InputError(_("not understood: {words}").format(words=" ".join(words)[:80]), next_step=_example())


def _day_refusal(words: str) -> InputError:
    field = _("valid until")
    if words:
        try:
            typed.day(words, Day(2026, 1, 1), field=field)
        except InputError as error:
            return error
    return InputError(_("the day is missing"), place=field, next_step=_example())


def _names(tokens: Sequence[str], book: OfferBook, region: str | None) -> tuple[str, str]:
    """Return label and offer: parted by a colon, else the shortest label that leaves words which name an offer."""
    text = " ".join(tokens)
    for colon in (":", "："):
        label, found, offer = text.partition(colon)
        if found:
            return label.strip(), _offer(offer, book, region)
    if any(plain_keys(token).lower() in _UNTIL for token in tokens):
        raise NotFound(_("a number or label and an offer are needed"), next_step=_example())
    refused: SimtuiError | None = None
    for at in range(max(0, len(tokens) - _MOST_OFFER_WORDS), len(tokens)):
        if all(map(_is_figure, tokens[at:])):
            break
        try:
            offer_id = one_offer(" ".join(tokens[at:]), book, region)
        except InputError:
            raise
        except SimtuiError as none_fits:
            refused = refused or none_fits
            continue
        if not _is_odd_label(tokens[:at], offer_id, book) and _has_figures(offer_id, tokens[at:], book):
            return " ".join(tokens[:at]), offer_id
    raise refused or NotFound(_("a number or label and an offer are needed"), next_step=_example())


def _offer(text: str, book: OfferBook, region: str | None) -> str:
    if not text.strip():
        raise InputError(_("is missing"), place=_("offer"), next_step=_example())
    return one_offer(text.strip(), book, region)


def _is_figure(token: str) -> bool:
    """Tell whether a word is an amount or a day."""
    return _is_money(plain_keys(token)) or _is_day(plain_keys(token))


def _has_figures(offer_id: str, tokens: Sequence[str], book: OfferBook) -> bool:
    """Tell whether the figures among the words stand in the offer's name: only words are matched loosely."""
    summary = book.summary(offer_id)
    names = "" if summary is None else f"{summary.name.en} {summary.name.zh or ''} {summary.id}".lower()
    return all(token.lower() in names for token in map(plain_keys, tokens) if _is_figure(token))


def _is_odd_label(tokens: Sequence[str], offer_id: str, book: OfferBook) -> bool:
    """Tell whether a label before the offer is none that a person means: it has a day in it, or names another offer.

    Only the whole name of an offer or carrier counts: Maman is found in Cayman, and is no offer.
    """
    if any(map(_is_day, map(plain_keys, tokens))):
        return True
    named = offers_named(" ".join(tokens), book) if tokens else set[str]()
    return bool(named) and offer_id not in named


def _facts(tokens: Sequence[str]) -> _Facts | None:
    """Return what the tokens tell, None where they are no facts."""
    words = [plain_keys(token) for token in tokens]
    if not words:
        return _Facts()
    if words[0].lower() in _BEFORE_UNTIL:
        words = words[1:]
    if words and words[0].lower() in _UNTIL:
        return _Facts(until=words[1]) if len(words) == 2 and _is_day(words[1]) else None
    kind = act_kind(words[0]) if words else None
    if kind is not None:
        words = words[1:]
    days = [word for word in words if _is_day(word)]
    if len(days) != 1:
        return None
    words.remove(days[0])
    if kind is ActKind.PLAN_PURCHASE and words and not _is_money(words[0]):
        return _Facts(kind=kind, plan=words[0], money=_money(words[1:]), day=days[0]) if _pays(words[1:]) else None
    if not _pays(words) or (kind is None and not words):
        return None
    return _Facts(kind=kind, money=_money(words), day=days[0])


def _pays(words: Sequence[str]) -> bool:
    """Tell whether the words are an amount, or nothing."""
    return not words or (len(words) <= 2 and _is_money("".join(words)))


def _money(words: Sequence[str]) -> str | None:
    return "".join(words) or None


def _is_money(word: str) -> bool:
    bare, signs = _MONEY_SIGNS.subn("", word)
    return signs <= 1 and bool(re.fullmatch(r"[0-9]+([.,][0-9]+)?", bare))


def _is_day(word: str) -> bool:
    try:
        typed.day(word, Day(2026, 1, 1))
    except InputError:
        # Refused, but meant as a day: so it must be told, not taken for something else.
        return bool(re.fullmatch(r"\d{1,4}[-/.]\d{1,2}([-/.]\d{1,4})?", word))
    return True


def _is_written_day(word: str) -> bool:
    """Tell whether a word behind a part of a number is a day; eight digits are the rest of the number."""
    return not word.isdigit() and _is_day(word)


def _act(facts: _Facts, offer: Offer, today: Day) -> Act | None:
    fields: dict[str, Any]
    if facts.until is not None:
        until = typed.day(facts.until, today, field=_("valid until"), ahead=True)
        # What is bought later on that day comes after it.
        fields = {"kind": ActKind.STATEMENT, "day": today, "valid_until": until, "in_turn": True}
    elif facts.day is not None:
        paid = None if facts.money is None else typed.money(facts.money, offer.currency, field=_("amount"))
        fields = {"kind": facts.kind or paying_kind(offer), "day": typed.day(facts.day, today, field=_("date"))}
        fields |= {} if paid is None else {"amount": paid[0], "currency": paid[1]}
        if fields["kind"] is ActKind.PLAN_PURCHASE:
            fields["plan"] = one_plan(facts.plan, offer) if facts.plan else _plan_of_price(offer, paid)
    else:
        return None
    act: Act = _record(Act, {"line": 1, **fields})
    return act


def paying_kind(offer: Offer) -> ActKind:
    """Return what a payment is on this offer where nobody says it: a top-up, unless its rule only knows others."""
    heard: set[ActKind] = set()
    if offer.rules:
        rule = offer.rules[-1]
        heard = {kind for clock in rule.clocks for trigger in clock.restarts_on for kind in trigger.acts}
        heard |= {ActKind.PAYMENT} if rule.fees else set()
    if offer.top_ups or not heard or ActKind.TOP_UP in heard:
        return ActKind.TOP_UP
    return next((kind for kind in (ActKind.PAYMENT, ActKind.PLAN_PURCHASE) if kind in heard), ActKind.TOP_UP)


def _plan_of_price(offer: Offer, paid: tuple[Decimal, str] | None) -> str | None:
    """Return the plan that costs what was paid, if there is exactly one."""
    if paid is None or paid[1] != offer.currency:
        return None
    found = [plan.id for plan in offer.plans if plan.price == paid[0]]
    return found[0] if len(found) == 1 else None


def _record(model: Callable[..., Any], fields: dict[str, Any]) -> Any:  # noqa: ANN401 - as the model
    from pydantic import ValidationError

    from simtui.exchange.complaints import complaints

    try:
        return model(**fields)
    except ValidationError as error:
        place, problem = complaints(error)[0]
        raise InputError(problem, place=place) from error
