"""Turns pydantic's complaints into faults that a person can act on: a place in the file and a sentence."""

from __future__ import annotations

import difflib
import re
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from simtui.catalogue import formats
from simtui.catalogue.problems import Fault, key
from simtui.domain import offer, rule
from simtui.domain.record import Record, Text
from simtui.i18n import _, ngettext

MOST_FAULTS = 20
"""More for one offer help nobody, and a hostile file could hold a million."""
_MOST_LOOKED_AT = 1000
"""Of so many complaints some only follow from others; of what comes after them only the count is told."""

_DAY_FIELDS = frozenset({"valid_from", "valid_to", "opened_from", "opened_to", "ends_on", "updated"})


def faults_of(error: ValidationError, raw: object) -> list[Fault]:
    """Return at most `MOST_FAULTS` faults of `raw`, the value that was validated, with places relative to it."""
    details = error.errors(include_url=False, include_input=False)
    faults: dict[str, Fault] = {}
    for detail in details[:_MOST_LOOKED_AT]:
        place, value = _place(detail["loc"], raw)
        if not _is_noise(detail, value):
            found = _fault(detail, place)
            faults.setdefault(found.place, found)
    kept = list(faults.values())
    if len(kept) <= MOST_FAULTS:
        return kept
    left = len(kept) - MOST_FAULTS + max(0, len(details) - _MOST_LOOKED_AT)
    return [*kept[:MOST_FAULTS], Fault("", lambda: ngettext("{n} more fault", "{n} more faults", left).format(n=left))]


def _place(loc: tuple[int | str, ...], raw: object) -> tuple[str, object]:
    """Return the JSON path and the value there; names of union branches in `loc` are no place in the file."""
    place, value = "", raw
    for number, step in enumerate(loc):
        if isinstance(step, int) and isinstance(value, list) and step < len(value):
            place, value = f"{place}[{step}]", value[step]
        elif isinstance(step, str) and isinstance(value, dict) and (step in value or number == len(loc) - 1):
            place, value = place + key(step), value.get(step)
    return place.removeprefix("."), value


def _is_noise(detail: ErrorDetails, value: object) -> bool:
    """Tell whether a complaint only follows from another: a union's other branch, a list emptied by a bad entry."""
    branch = str(detail["loc"][-1]) if detail["loc"] else ""
    if branch.startswith("literal[") and isinstance(value, list):
        return True
    if "tuple[" in branch and not isinstance(value, list):
        return True
    return detail["type"] == "too_short" and isinstance(value, list) and bool(value)


def _fault(detail: ErrorDetails, place: str) -> Fault:
    kind, context, message = detail["type"], dict(detail.get("ctx") or {}), detail["msg"]
    field = next((step for step in reversed(detail["loc"]) if isinstance(step, str)), "")
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        return Fault(f"{place}.by" if place else "by", lambda: _tag_words(kind, context))
    if kind == "extra_forbidden":
        return Fault(place, lambda: _unknown_field(field))
    if kind == "string_pattern_mismatch":
        return Fault(place, lambda: _form_words(str(context.get("pattern", ""))))
    if kind == "value_error":
        sentence = str(context.get("error", ""))
        return Fault(place, lambda: domain_words(sentence) or _date_words(field))
    return Fault(place, lambda: _words(kind, context) or message)


def _words(kind: str, context: dict[str, Any]) -> str:
    match kind:
        case "missing":
            return _("is missing")
        case "enum" | "literal_error":
            return _("must be one of: {choices}").format(choices=_choices(context.get("expected", "")))
        case "string_type":
            return _("must be text in quotes")
        case "string_too_long":
            return _("is longer than {n} characters").format(n=context.get("max_length"))
        case "too_long":
            return _("has more than {n} entries").format(n=context.get("max_length"))
        case "too_short":
            return _("needs at least one entry")
        case "tuple_type" | "list_type":
            return _("must be a list in brackets")
        case "model_type" | "model_attributes_type" | "dict_type":
            return _("must be an object in braces")
        case "bool_type" | "bool_parsing":
            return _("must be true or false")
    return _number_words(kind, context)


def _number_words(kind: str, context: dict[str, Any]) -> str:
    match kind:
        case "greater_than":
            return _("must be more than {n}").format(n=context.get("gt"))
        case "greater_than_equal":
            return _("must be {n} or more").format(n=context.get("ge"))
        case "less_than_equal":
            return _("must be {n} or less").format(n=context.get("le"))
    if kind.startswith("decimal_") or kind == "finite_number":
        return _("must be an amount such as 10 or 9.99, with at most four decimals")
    if kind.startswith("int_"):
        return _("must be a whole number")
    return ""


def _tag_words(kind: str, context: dict[str, Any]) -> str:
    if kind == "union_tag_not_found":
        return _("is missing")
    return _("must be one of: {choices}").format(choices=_choices(context.get("expected_tags", "")))


def _choices(expected: object) -> str:
    return ", ".join(re.findall(r"'([^']*)'", str(expected))) or str(expected)


def _form_words(pattern: str) -> str:
    if pattern.startswith("^https?"):
        return _("must be a link that begins with https://")
    if pattern == "^[A-Z]{2}$":
        return _("must be a country code of two capital letters such as FR")
    if pattern.startswith("^[A-Za-z_]+"):
        return _("must be a time zone such as Europe/Paris")
    if pattern.startswith("^[0-9]{4}"):
        return _("must be a year, month or day such as 2026, 2026-09 or 2026-09-29")
    return _("must be lower-case letters, digits and hyphens, at most 64")


def _date_words(field: str) -> str:
    if field in _DAY_FIELDS:
        return _("must be a date such as 2026-11-20")
    return _("must be a period such as P6M or P180D")


def _unknown_field(field: str) -> str:
    near = difflib.get_close_matches(field, _known_fields(), n=1)
    if near:
        return _("is not a known field; {name} is near").format(name=near[0])
    return _("is not a known field")


def _known_fields() -> list[str]:
    names = {"en", "zh"} | set(Text.model_fields)
    for module in (offer, rule, formats):
        for model in vars(module).values():
            if isinstance(model, type) and issubclass(model, Record):
                names |= {field.alias or name for name, field in model.model_fields.items()}
    return sorted(names)


def domain_words(sentence: str) -> str:
    """Return a sentence of the domain in the current language, or nothing if it is not one of them.

    The domain holds no words for people: its validators' sentences are said here.
    """
    if sentence.startswith("no such source: "):
        return _("names a source that is not listed: {names}").format(names=sentence.partition(": ")[2])
    if sentence.startswith("no such placeholder"):
        return _("names a placeholder that is not known; there are {names}").format(names=sentence.partition(": ")[2])
    said = {
        "a pattern has at most 40 parts": _("has more than {n} words and placeholders").format(n=40),
        "a pattern needs a word and a placeholder such as {credit}": _(
            "needs a word and a placeholder in braces, such as credit"
        ),
        "a pattern neither begins nor ends with *": _("begins or ends with *, which stands between two parts only"),
        "one * is enough": _("has two * side by side"),
        "a placeholder stands twice in the pattern": _("has the same placeholder twice"),
        "a brace is not closed": _("has a brace that is not closed"),
        "on either side of | stands a word": _("needs a word on either side of |"),
        "an ISO 4217 currency code such as EUR is needed": _("must be an ISO 4217 currency code such as EUR"),
        "a date between 1970 and 2199 is needed": _("must be a date between 1970 and 2199"),
        "a period between P0D and P100Y is needed": _("must be a period between P0D and P100Y"),
        "give either `at`, or `from` with or without `below`": _("needs either at, or from with or without below"),
        "a clock that loses the number must say what comes after it": _(
            "loses the number and must say in after what follows: none, unknown or a list of stages"
        ),
        "only a clock of fixed length can renew itself": _("renews itself, which needs a fixed length"),
        "a fee is taken either `every` period or `on_day`": _("needs either every or on_day"),
        "a fee needs a period longer than nothing": _("needs a period longer than nothing in every"),
        "two clocks or fees of one rule share an id": _("has two clocks or fees with the same id"),
        "`stated` names no clock of this rule": _("names a clock in stated that it does not have"),
        "two plans or two sources share an id": _("has two plans or two sources with the same id"),
    }
    return said.get(sentence, "")
