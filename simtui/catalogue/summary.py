"""The little that a list row needs of an offer, read without validating it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from simtui.domain.record import Text


@dataclass(frozen=True, slots=True)
class Summary:
    """An offer at a glance. Unchecked: fields that a file has wrong are empty, and names may be the id."""

    id: str
    kind: str
    name: Text
    country: str
    zone: str
    currency: str
    carrier: str
    carrier_name: Text
    own: bool


@dataclass(frozen=True, slots=True)
class CarrierEntry:
    """A carrier with the ids of its offers; `own` if the user added it."""

    id: str
    name: Text
    country: str
    note: Text | None
    offers: tuple[str, ...]
    own: bool


def raw_text(raw: object, otherwise: str) -> Text:
    """Return a raw `{en, zh}` as a text without validating it."""
    if not isinstance(raw, dict) or not isinstance(raw.get("en"), str):
        return Text.plain(otherwise)
    zh = raw.get("zh")
    return Text.model_construct(en=raw["en"], zh=zh if isinstance(zh, str) else None)


def summary_of(offer_id: str, raw: dict[str, Any], carrier: CarrierEntry) -> Summary:
    """Return the summary of a raw offer."""

    def word(name: str) -> str:
        value = raw.get(name)
        return value if isinstance(value, str) else ""

    return Summary(
        id=offer_id,
        kind=word("kind"),
        name=raw_text(raw.get("name"), offer_id),
        country=word("country"),
        zone=word("zone"),
        currency=word("currency"),
        carrier=carrier.id,
        carrier_name=carrier.name,
        own=carrier.own,
    )
