"""Turns pydantic's complaints about lines, acts and renewals into a place and a sentence for people."""

from __future__ import annotations

import re
from typing import Any

from pydantic import ValidationError

from simtui.i18n import N_, _

MOST_COMPLAINTS = 10
"""More for one line help nobody."""
_MOST_LOOKED_AT = 1000
"""A hostile file holds more, which nobody would read."""


# By what the kind of complaint begins with.
_BY_KIND = {
    "missing": N_("is missing"),
    "extra_forbidden": N_("is not a known field"),
    "unexpected_keyword_argument": N_("is not a known field"),
    "string_type": N_("must be text"),
    "string_too_long": N_("is longer than {n} characters"),
    "string_too_short": N_("is empty"),
    "too_long": N_("has more than {n} entries"),
    "model_": N_("must be an object in braces"),
    "dataclass_type": N_("must be an object in braces"),
    "dict_type": N_("must be an object in braces"),
    "tuple_type": N_("must be a list in brackets"),
    "list_type": N_("must be a list in brackets"),
    "greater_than": N_("must be {n} or more"),
    "less_than": N_("must be {n} or less"),
    "int_": N_("must be a whole number"),
    "decimal_": N_("must be an amount such as 10 or 9.99, with at most four decimals"),
    "finite_number": N_("must be an amount such as 10 or 9.99, with at most four decimals"),
}


def complaints(error: ValidationError) -> list[tuple[str, str]]:
    """Return (path within the record, what is wrong), at most ten; values are never part of it."""
    found: dict[str, str] = {}
    for detail in error.errors(include_url=False, include_input=False)[:_MOST_LOOKED_AT]:
        place = _path(detail["loc"])
        found.setdefault(place, _words(detail["type"], dict(detail.get("ctx") or {}), place))
    return list(found.items())[:MOST_COMPLAINTS]


def _path(loc: tuple[int | str, ...]) -> str:
    path = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in loc)
    return path.removeprefix(".")


def _words(kind: str, context: dict[str, Any], place: str) -> str:
    if kind == "string_pattern_mismatch":
        return _pattern(place)
    if kind == "value_error":
        return _domain(str(context.get("error", "")))
    if kind in ("enum", "literal_error"):
        choices = ", ".join(re.findall(r"'([^']*)'", str(context.get("expected", ""))))
        return _("must be one of: {choices}").format(choices=choices)
    limit = next((context[name] for name in ("ge", "gt", "le", "lt", "max_length") if name in context), "")
    template = next((words for start, words in _BY_KIND.items() if kind.startswith(start)), N_("cannot be used"))
    return _(template).format(n=limit)


def _pattern(place: str) -> str:
    field = re.split(r"[.\[]", place)[-1]
    match field:
        case "number":
            return _("must be a phone number with its country code, such as +33612345678")
        case "iccid":
            return _("must be the 18 to 20 digits on the card, beginning with 89")
        case "card_expires":
            return _("must be a month such as 2027-05")
        case "zone":
            return _("must be a time zone such as Europe/Paris")
    return _("must be lower-case letters, digits and hyphens, at most 64")


def _domain(sentence: str) -> str:
    """Return a sentence of the domain in the current language: the domain holds no words for people."""
    said = {
        "a number or a label is needed": _("a number or a label is needed"),
        "a date between 1970 and 2199 is needed": _("must be a date between 1970 and 2199"),
        "an ISO 4217 currency code such as EUR is needed": _("must be an ISO 4217 currency code such as EUR"),
        "an amount needs its currency, and a currency its amount": _("amount and currency go together"),
        "a credit reading needs its currency, and a currency its credit": _("credit and currency go together"),
        "a statement needs the day until which the operator says it is valid": _("valid_until is missing"),
        "a reading needs at least one balance": _("a reading needs at least one balance"),
        "name either a line or another channel": _("name either a line or another channel"),
    }
    return said.get(sentence) or _("must be a date such as 2026-11-20")
