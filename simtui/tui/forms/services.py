"""Bound services as one line of text: `HSBC (bank, critical), WhatsApp (messenger)`, and back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from simtui import words
from simtui.domain.line import BoundService, Weight
from simtui.errors import InputError
from simtui.i18n import _
from simtui.text import plain_keys

_SERVICE = re.compile(r"(?P<name>[^()（）,，、]+)(?:[(（](?P<about>[^()（）]*)[)）])?\s*(?:[,，、]|$)")
_BETWEEN = re.compile(r"[,，、]")
MOST, LONGEST = 50, 200
"""How many services a line may have, and how long a name may be (domain/line.py)."""


def written(services: Sequence[BoundService]) -> str:
    """Return services as a person types them; a normal weight goes without saying."""
    return ", ".join(_written(each) for each in services)


def services(typed: str) -> tuple[BoundService, ...]:
    """Return the services named, separated by commas, each perhaps with its kind and weight in parentheses.

    Raises:
        InputError: If the text is not written so.
    """
    text = typed.strip().rstrip(",，、")
    found: list[BoundService] = []
    at = 0
    while at < len(text):
        match = _SERVICE.match(text, at)
        if match is None or not match["name"].strip():
            hint = _("Write them as: HSBC (bank, critical), WhatsApp.")
            raise InputError(_("this is no list of services"), next_step=hint)
        found.append(_service(match["name"].strip(), match["about"] or ""))
        at = match.end()
    if len(found) > MOST or any(len(each.name) > LONGEST for each in found):
        raise InputError(_("at most {n} services, with short names").format(n=MOST))
    return tuple(found)


def _written(service: BoundService) -> str:
    weight = "" if service.weight is Weight.NORMAL else words.word(service.weight)
    about = ", ".join(part for part in (service.kind or "", weight) if part)
    return f"{service.name} ({about})" if about else service.name


def _service(name: str, about: str) -> BoundService:
    """Return a service; of the words in parentheses one may be its weight, in English or in the current language."""
    weight, kinds = Weight.NORMAL, []
    for part in (part.strip() for part in _BETWEEN.split(about)):
        named = next((each for each in Weight if plain_keys(part).lower() in (each.value, words.word(each))), None)
        if named is not None:
            weight = named
        elif part:
            kinds.append(part)
    return BoundService.model_construct(
        name=name[: LONGEST + 1], kind=", ".join(kinds)[:LONGEST] or None, weight=weight
    )
