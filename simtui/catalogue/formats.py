"""The format of a carriers file around the carriers: its head, and what users add to bundled offers."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field

from simtui.domain.calendar import RecordedDay
from simtui.domain.offer import Carrier, Channels, Country, Offer, Plan, Source, Support, TopUp
from simtui.domain.record import Identifier, Record, Text, at_most
from simtui.domain.rule import Rule

_R = TypeVar("_R", Channels, Support)

SCHEMA = 1
OWN_PREFIX = "my-"
"""How the ids of everything start that a user added; no bundled id may start so."""


class CarrierHead(Record):
    """A carrier without its offers: cheap to check at every start."""

    id: Identifier
    name: Text
    country: Country
    note: Text | None = None


class Addition(Record):
    """What the user knows about a bundled offer, beside what came with simtui.

    Ids of plans and sources begin with `my-`. Rules come after the bundled ones as newer versions; channels fill only
    what the bundled offer leaves open.
    """

    plans: Annotated[tuple[Plan, ...], at_most(100)] = Field(default=(), max_length=100)
    top_ups: Annotated[tuple[TopUp, ...], at_most(100)] = Field(default=(), max_length=100)
    channels: Channels | None = None
    rules: Annotated[tuple[Rule, ...], at_most(10)] = Field(default=(), max_length=10)
    sources: Annotated[tuple[Source, ...], at_most(100)] = Field(default=(), max_length=100)


class CarriersFile(Record):
    """The whole file. `updated` is the day of the last change to its facts; `additions` only in a user's own file."""

    json_schema: str | None = Field(default=None, alias="$schema")
    version: Literal[1] = Field(alias="schema")
    updated: RecordedDay | None = None
    carriers: Annotated[tuple[Carrier, ...], at_most(1000)] = Field(default=(), max_length=1000)
    additions: dict[Identifier, Addition] = Field(default_factory=dict)


def is_own_id(some_id: str) -> bool:
    """Tell whether an id of an offer, plan or source is one that the user added ("yours")."""
    return some_id.startswith(OWN_PREFIX)


def with_addition(offer: Offer, addition: Addition) -> Offer:
    """Return the offer with the user's additions beside its own content; `ValidationError` where they clash.

    Own rules come last and thus are the newest version; own channels never replace what came with simtui.
    """
    content = {name: getattr(offer, name) for name in Offer.model_fields}
    for name in ("plans", "top_ups", "rules", "sources"):
        content[name] = (*content[name], *getattr(addition, name))
    if addition.channels is not None:
        content["channels"] = _filled(offer.channels, addition.channels)
    return Offer.model_validate(content)


def _filled(bundled: _R, own: _R) -> _R:
    """Return what is known of the channels, or of the support among them, with what is open filled in by the user's."""
    content: dict[str, object] = {}
    for name, field in type(bundled).model_fields.items():
        known: Any = getattr(bundled, name)
        added: Any = getattr(own, name)
        if isinstance(known, tuple):
            content[name] = (*known, *(entry for entry in added if entry not in known))
        elif isinstance(known, Support) and isinstance(added, Support):
            content[name] = _filled(known, added)
        else:
            content[name] = added if known == field.default else known
    return type(bundled).model_validate(content)
