"""What several forms let a person pick or say in the same words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

from simtui import words
from simtui.catalogue import Catalogue
from simtui.domain.act import ActKind
from simtui.domain.line import Knowledge
from simtui.i18n import _
from simtui.text import plain_keys
from simtui.tui.forms.model import Field
from simtui.tui.widgets.matching import Option

_COUNTRY_CODE = re.compile(r"\+[\d ().-]+")


def word_options(members: type[StrEnum]) -> tuple[Option, ...]:
    """Return a closed list of the domain as options."""
    return tuple(Option(value, label) for value, label in words.choices(members))


def kind_options(kinds: Iterable[ActKind]) -> tuple[Option, ...]:
    """Return kinds of acts as options, in their order."""
    return tuple(Option(kind.value, words.word(kind)) for kind in kinds)


def knowledge_options() -> tuple[Option, ...]:
    """Return yes, no and not known; what is not known comes first, as it is where a form begins."""
    return tuple(Option(each.value, words.word(each)) for each in (Knowledge.UNKNOWN, Knowledge.YES, Knowledge.NO))


def or_none(options: Iterable[Option], label: str) -> tuple[Option, ...]:
    """Return options with the choice of none of them before, called `label`."""
    return (Option("", label), *options)


def also(options: Sequence[Option], value: str) -> tuple[Option, ...]:
    """Return options with one more for a value that stands in a record and is no longer among them."""
    known = not value or any(option.value == value for option in options)
    return tuple(options) if known else (*options, Option(value, value))


def day_hint() -> str:
    """Return what a date may look like."""
    return _("2026-11-20, 11-20, today, -3d")


def offer_field(catalogue: Catalogue, number: str) -> Field:
    """Return the field that looks for an offer; the country code of `number`, as far as typed, narrows the search."""
    match = _COUNTRY_CODE.match(plain_keys(number).strip())
    near = match.group() if match is not None else ""

    def option(offer_id: str) -> Option:
        found = catalogue.summary(offer_id)
        if found is None:
            return Option(offer_id, offer_id, _("in no catalogue"))
        note = " · ".join((words.text(found.carrier_name), found.country, *([_("yours")] if found.own else [])))
        return Option(offer_id, words.text(found.name), note)

    def search(query: str) -> list[Option]:
        return [option(offer_id) for offer_id in catalogue.search(f"{query} {near}")]

    hint = _("type a part of its name, its operator or its country")
    return Field("offer", _("offer"), hint, search=search, named=lambda each: option(each).label, suggests=bool(near))
