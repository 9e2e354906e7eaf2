"""Reads a form's values one by one: what is wrong with one never keeps the others from being read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar

from pydantic import ValidationError

from simtui import typed, words
from simtui.domain.calendar import Day, Period
from simtui.errors import InputError
from simtui.exchange.complaints import complaints
from simtui.i18n import _
from simtui.tui.forms.model import Checked, Result, Values

Value = TypeVar("Value")
SHORT, LONG = 200, 4000
"""The longest texts that records keep (domain/record.py)."""


class Reader:
    """The values of a form, with everything that turned out wrong or missing on the way."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self.errors: dict[str, InputError] = {}
        self.missing: dict[str, str] = {}
        self.understood: dict[str, str] = {}

    def raw(self, field: str) -> str:
        """Return what was typed, without blanks around it."""
        return self.values.get(field, "").strip()

    def text(self, field: str, most: int = SHORT) -> str | None:
        """Return a free text; too long, or with the number of a payment card in it, is refused."""
        if len(self.raw(field)) > most:
            self.refuse(field, _("is longer than {n} characters").format(n=most))
            return None
        return self.read(field, typed.note)

    def read(
        self, field: str, parse: Callable[[str], Value], say: Callable[[Value], str] | None = None
    ) -> Value | None:
        """Return what `parse` makes of a field, None where it is empty or wrong; `say` tells how it was read."""
        found = self.raw(field)
        if not found:
            return None
        try:
            value = parse(found)
        except InputError as error:
            self.errors[field] = error
            return None
        if say is not None and (told := say(value)) != found:
            self.understood[field] = told
        return value

    def day(self, field: str, today: Day, *, ahead: bool = False) -> Day | None:
        """Return a date; `ahead` reads a month and day as the next such day, not the last."""
        return self.read(field, lambda text: typed.day(text, today, ahead=ahead), Day.format_iso)

    def money(self, field: str, currency: str | None) -> tuple[Decimal, str] | None:
        """Return an amount and its currency, `currency` where none was typed."""
        return self.read(field, lambda text: typed.money(text, currency), lambda found: words.money(*found))

    def count(self, field: str, most: int = 10_000_000) -> int | None:
        """Return a whole number."""
        return self.read(field, lambda text: typed.count(text, most=most))

    def period(self, field: str) -> Period | None:
        """Return a period."""
        return self.read(field, typed.period, words.period)

    def refuse(self, field: str, problem: str, next_step: str = "") -> None:
        """Say what is wrong with a field."""
        self.errors[field] = InputError(problem, next_step=next_step)

    def need(self, field: str, problem: str) -> None:
        """Say what is missing, if the field is empty."""
        if not self.raw(field):
            self.missing[field] = problem

    def checked(self, make: Callable[[], Result], places: Mapping[str, str] | None = None) -> Checked[Result]:
        """Return what the values come to: `make` builds the result once nothing is wrong.

        What a record refuses is named at its field; `places` maps a record's fields to the form's where they differ.
        """
        result: Result | None = None
        if not self.errors and not self.missing:
            try:
                result = make()
            except ValidationError as error:
                for place, problem in complaints(error):
                    name = place.partition(".")[0].partition("[")[0]
                    self.refuse((places or {}).get(name, name), problem)
        return Checked(result, self.errors, self.missing, self.understood)
