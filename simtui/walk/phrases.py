"""The phrase card: what to say in the operator's shop or on the phone, in the country's language, and what it means.

Where simtui does not have that language the card is in English. What nobody knows is not said.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Annotated, NamedTuple

from pydantic import Field, model_validator

from simtui import words
from simtui.domain.act import Channel
from simtui.domain.money import shown_amount
from simtui.domain.offer import Offer, PaymentMethod
from simtui.domain.record import Record, ShortText
from simtui.domain.renewal import Renewal, RenewalItem
from simtui.holding import Holding
from simtui.i18n import _, current
from simtui.numbers import grouped, local, region_of
from simtui.text import one_line, shown

_METHODS = {PaymentMethod.CARD: "card", PaymentMethod.CASH: "cash"}
_IN_THE_SHOP = ("receipt", "until")
_ON_THE_PHONE = ("order_number", "until", "repeat")


class Phrases(Record):
    """Everything that is said, in one language."""

    renew: ShortText
    number: ShortText
    offer: ShortText
    amount: ShortText
    plan: ShortText
    card: ShortText
    cash: ShortText
    receipt: ShortText
    until: ShortText
    agent: ShortText
    repeat: ShortText
    order_number: ShortText


_FiveWords = Annotated[tuple[ShortText, ...], Field(min_length=5, max_length=5)]
_TenWords = Annotated[tuple[ShortText, ...], Field(min_length=10, max_length=10)]


class Speech(Record):
    """One language: its own name, how a shop is looked for, its digits, what a voice menu says, and the phrases.

    `listen_for` are words in the same order in every language: top up, balance, somebody to speak to, the two keys.
    """

    name: ShortText
    shop: ShortText
    decimal: ShortText
    digits: _TenWords
    listen_for: _FiveWords
    phrases: Phrases


class Book(Record):
    """All languages, and the countries that they are spoken in."""

    countries: dict[str, tuple[str, ...]]
    languages: dict[str, Speech]

    @model_validator(mode="after")
    def _has_ours(self) -> Book:
        missing = {"en", "zh", *self.countries} - set(self.languages)
        if missing:
            raise ValueError(f"no phrases in {', '.join(sorted(missing))}")
        return self


class Phrase(NamedTuple):
    """Something to say or to listen for, and what it means to the user; empty where that is the same language."""

    said: str
    means: str


class Card(NamedTuple):
    """A card to be shown, or read aloud: the language by its own name, the number in groups, and the phrases.

    `aloud` is the number digit by digit in words, a group at a time; `listen_for` what a voice menu says. Both are empty
    on a card for the shop.
    """

    language: str
    number: str
    phrases: tuple[Phrase, ...]
    aloud: str = ""
    listen_for: tuple[Phrase, ...] = ()


@cache
def book() -> Book:
    """Return the phrases that come with simtui."""
    return Book.model_validate(tomllib.loads(files(__package__).joinpath("phrases.toml").read_text("utf-8")))


def tongue_of(country: str) -> str:
    """Return the language of a country, English where we do not have it."""
    return next((tongue for tongue, countries in book().countries.items() if country in countries), "en")


def shop_search(country: str, carrier: str) -> str:
    """Return what to look for on a map to find an operator's shop, in the country's language."""
    return one_line(book().languages[tongue_of(country)].shop.format(carrier=carrier))


def card(holding: Holding, renewal: Renewal) -> Card:
    """Return the card for a line and what is to be bought for it: for the phone where the renewal is done there."""
    there, here = tongue_of(holding.offer.country), current()
    said, means = _sentences(there, holding, renewal), _sentences(here, holding, renewal)
    same = there == here
    by_phone = renewal.channel is Channel.PHONE
    speech = book().languages[there]
    heard = zip(speech.listen_for, book().languages[here].listen_for, strict=True) if by_phone else ()
    number = _number(holding)
    return Card(
        language=speech.name,
        number=number,
        phrases=tuple(Phrase(one, "" if same else other) for one, other in zip(said, means, strict=True)),
        aloud=_aloud(number, speech) if by_phone else "",
        listen_for=tuple(Phrase(one, "" if same else other) for one, other in heard),
    )


def card_text(found: Card) -> list[str]:
    """Return a card as lines to be printed: what is said with room around it, what it means indented beneath."""
    lines = [shown(_("In {language}").format(language=found.language)), ""]
    for phrase in found.phrases:
        lines += [*_pair(phrase), ""]
    if found.aloud:
        lines += [_("The number digit by digit:"), f"    {shown(found.aloud)}", ""]
    if found.listen_for:
        lines.append(_("What the voice menu may say:"))
        lines += [
            f"    {shown(words.about(each.said, each.means) if each.means else each.said)}" for each in found.listen_for
        ]
    return lines[:-1] if lines[-1] == "" else lines


def _pair(phrase: Phrase) -> list[str]:
    return [shown(phrase.said), *([f"    {shown(phrase.means)}"] if phrase.means else [])]


def _sentences(tongue: str, holding: Holding, renewal: Renewal) -> list[str]:
    """Return what is said in a language, in order; the same sentences, as far as they are known, in every one."""
    speech, offer, number = book().languages[tongue], holding.offer, _number(holding)
    phrases = speech.phrases
    by_phone = renewal.channel is Channel.PHONE
    told = [phrases.agent] if by_phone else []
    told.append(phrases.renew)
    told += [phrases.number.format(number=number)] if number else []
    told.append(phrases.offer.format(offer=one_line(offer.name.in_language(tongue))))
    told += [_wanted(item, offer, tongue) for item in renewal.items]
    method = _METHODS.get(renewal.method) if renewal.method is not None else None
    told += [getattr(phrases, method)] if method and not by_phone else []
    told += [getattr(phrases, name) for name in (_ON_THE_PHONE if by_phone else _IN_THE_SHOP)]
    return [shown(sentence) for sentence in told if sentence]


def _wanted(item: RenewalItem, offer: Offer, tongue: str) -> str:
    """Return one thing to be bought as a sentence; nothing for a plan that the offer does not have, or no amount."""
    speech = book().languages[tongue]
    plan = offer.plan(item.plan)
    name = plan.name.in_language(tongue) if plan is not None else item.name
    if name:
        return speech.phrases.plan.format(plan=one_line(name))
    if item.plan is not None or item.amount is None:
        return ""
    return speech.phrases.amount.format(amount=_money(item.amount, item.currency, speech))


def _money(amount: Decimal, currency: str | None, speech: Speech) -> str:
    number = shown_amount(amount).replace(".", speech.decimal)
    return number if currency is None else f"{number} {currency}"


def _number(holding: Holding) -> str:
    """Return the number in groups as it is said in the offer's country; with its country code in any other."""
    number = holding.line.number
    if number is None:
        return ""
    return local(number) if region_of(number) == holding.offer.country else grouped(number)


def _aloud(number: str, speech: Speech) -> str:
    """Return a number digit by digit in words, a comma between its groups; the sign before a country code is said too."""
    said = [
        " ".join(speech.digits[int(digit)] for digit in group if digit.isascii() and digit.isdigit())
        for group in number.replace("-", " ").replace("(", " ").replace(")", " ").split()
    ]
    plus = "+ " if number.startswith("+") else ""
    return plus + ", ".join(group for group in said if group)
