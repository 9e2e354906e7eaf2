"""The texts of letters.toml, checked when they are read: what support and banks are written, in their language."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import Field, model_validator

from simtui.domain.offer import PaymentMethod
from simtui.domain.record import LongText, Record, ShortText


class Tongue(StrEnum):
    """A language that letters are written in, whatever language the program speaks."""

    EN = "en"
    FR = "fr"
    ZH = "zh"


class Problem(StrEnum):
    """What did not happen as it should."""

    NOT_EFFECTIVE = "not_effective"
    WRONG_PLAN = "wrong_plan"
    CHARGED_TWICE = "charged_twice"
    PAYMENT_FAILED = "payment_failed"
    PAYMENT_FAILED_CHARGED = "payment_failed_charged"
    PAYMENT_FAILED_NOT_CHARGED = "payment_failed_not_charged"
    PAYMENT_FAILED_UNSURE = "payment_failed_unsure"
    CODE_MISSING = "code_missing"


class FactSentences(Record):
    """A sentence for each thing that may be known; the name of a sentence is that of its blank."""

    number: ShortText
    offer: ShortText
    bought: ShortText
    amount: ShortText
    paid_on: ShortText
    method: ShortText
    order_number: ShortText
    receipt: ShortText
    confirmation: ShortText
    tries: ShortText
    seller: ShortText


class Letter(Record):
    """What stands around the facts: how it begins, what is wrong, what is asked for, how it ends."""

    greeting: ShortText
    problems: dict[Problem, LongText]
    asks: dict[Problem, LongText]
    thanks: ShortText

    @model_validator(mode="after")
    def _has_all(self) -> Letter:
        missing = [each for each in Problem if each not in self.problems or each not in self.asks]
        if missing:
            raise ValueError(f"nothing for {', '.join(missing)}")
        return self


class Wording(Record):
    """All texts of one language. `join` stands between two sentences, `date` has day, month, number and year."""

    join: str
    date: ShortText
    months: Annotated[tuple[ShortText, ...], Field(min_length=12, max_length=12)]
    decimal: ShortText
    list: ShortText
    top_up: ShortText
    methods: dict[PaymentMethod, ShortText]
    facts: FactSentences
    support: Letter
    dispute: Letter

    @model_validator(mode="after")
    def _names_all_methods(self) -> Wording:
        missing = set(PaymentMethod) - set(self.methods) - {PaymentMethod.OTHER}
        if missing:
            raise ValueError(f"no word for {', '.join(sorted(missing))}")
        return self


class Letters(Record):
    """All languages, and the countries whose operators are written to in one of them."""

    countries: dict[Tongue, tuple[str, ...]]
    languages: dict[Tongue, Wording]

    @model_validator(mode="after")
    def _has_all(self) -> Letters:
        missing = set(Tongue) - set(self.languages)
        if missing:
            raise ValueError(f"no texts in {', '.join(sorted(missing))}")
        return self


@cache
def letters() -> Letters:
    """Return the texts that come with simtui."""
    return Letters.model_validate(tomllib.loads(files(__package__).joinpath("letters.toml").read_text("utf-8")))


def tongue_of(country: str) -> Tongue:
    """Return the language in which the operators of a country are written to, English where it is none of ours."""
    found = (tongue for tongue, countries in letters().countries.items() if country in countries)
    return next(found, Tongue.EN)
