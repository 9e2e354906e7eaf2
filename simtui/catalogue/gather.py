"""Lays out carriers files without validating the offers in them: raw offers by id, carriers, the user's additions.

Starting has to be quick, so of 138 offers only ids and carriers are looked at here; an offer is validated when somebody
asks for it (`Catalogue`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from simtui.catalogue.faults import faults_of
from simtui.catalogue.formats import SCHEMA, CarrierHead, is_own_id
from simtui.catalogue.problems import Fault, Finding, key, placed
from simtui.catalogue.reading import read_object
from simtui.catalogue.summary import CarrierEntry
from simtui.i18n import _, ngettext

MOST_FINDINGS = 200
"""How much that is wrong with one file's layout is told; a file made to be wrong everywhere must not keep a start busy."""
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_TOP_LEVEL = frozenset({"$schema", "schema", "updated", "carriers", "additions"})


@dataclass(frozen=True, slots=True)
class Raw:
    """A value as it stands in a file, not yet validated."""

    file: str
    place: str
    value: dict[str, Any]


@dataclass(slots=True)
class Gathered:
    """What the files hold, by id, and what was wrong with them so far."""

    carriers: dict[str, CarrierEntry] = field(default_factory=dict)
    offers: dict[str, Raw] = field(default_factory=dict)
    additions: dict[str, Raw] = field(default_factory=dict)
    updated: str = ""
    findings: list[Finding] = field(default_factory=list)

    def add_file(self, path: Path, *, own: bool, trusted: bool) -> None:
        """Take in one file; whatever is wrong with it becomes a finding and the rest is used."""
        document = read_object(path, trusted=trusted)
        if isinstance(document, Fault):
            self.findings += placed([document], str(path), "", "")
            return
        wrong = wrong_schema(document)
        if wrong is not None:
            self.findings += placed([wrong], str(path), "", "")
            return
        _Reader(self, str(path), own).read(document)


def wrong_schema(document: dict[str, Any]) -> Fault | None:
    """Return what is wrong with the file's schema number, or None."""
    schema = document.get("schema")
    if schema is SCHEMA or (isinstance(schema, int) and not isinstance(schema, bool) and schema == SCHEMA):
        return None
    if isinstance(schema, int) and not isinstance(schema, bool) and schema > SCHEMA:
        return Fault("schema", lambda: _("was written for a newer simtui; update simtui to use it"))
    return Fault("schema", lambda: _('must say "schema": {n}; is this a carriers file?').format(n=SCHEMA))


class _Reader:
    """Reads one document into what is gathered."""

    def __init__(self, into: Gathered, file: str, own: bool) -> None:
        self._into = into
        self._file = file
        self._own = own
        self._count = 0

    def read(self, document: dict[str, Any]) -> None:
        for name in document:
            if name not in _TOP_LEVEL:
                self._fault(key(name).removeprefix("."), Fault("", lambda: _("is not a known field")))
        if not self._own:
            updated = document.get("updated")
            self._into.updated = updated if isinstance(updated, str) else ""
        for number, raw in enumerate(self._list(document, "carriers", "")):
            self._carrier(raw, f"carriers[{number}]")
        self._additions(document.get("additions", {}))
        if (left := self._count - MOST_FINDINGS) > 0:
            more = Fault("", lambda: ngettext("{n} more fault", "{n} more faults", left).format(n=left))
            self._into.findings += placed([more], self._file, "", "")

    def _carrier(self, raw: object, place: str) -> None:
        if not isinstance(raw, dict):
            self._fault(place, Fault("", lambda: _("must be an object in braces")))
            return
        fields = {name: value for name, value in raw.items() if name != "offers"}
        try:
            head = CarrierHead.model_validate(fields)
        except ValidationError as error:
            for fault in faults_of(error, fields):
                self._fault(place, fault)
            return
        refused = self._refused(head.id, head.id in self._into.carriers)
        if refused is not None:
            self._fault(f"{place}.id", refused)
            return
        offers = [
            offer_id
            for number, offer in enumerate(self._list(raw, "offers", place))
            if (offer_id := self._offer(offer, f"{place}.offers[{number}]")) is not None
        ]
        entry = CarrierEntry(head.id, head.name, head.country, head.note, tuple(offers), self._own)
        self._into.carriers[head.id] = entry

    def _offer(self, raw: object, place: str) -> str | None:
        """Take in one raw offer and return its id, or None if it has no id that can be used."""
        if not isinstance(raw, dict):
            self._fault(place, Fault("", lambda: _("must be an object in braces")))
            return None
        offer_id = raw.get("id")
        if not isinstance(offer_id, str) or not _ID.fullmatch(offer_id):
            self._fault(
                f"{place}.id", Fault("", lambda: _("must be lower-case letters, digits and hyphens, at most 64"))
            )
            return None
        refused = self._refused(offer_id, offer_id in self._into.offers)
        if refused is not None:
            self._fault(f"{place}.id", refused, offer_id)
            return None
        self._into.offers[offer_id] = Raw(self._file, place, raw)
        return offer_id

    def _additions(self, raw: object) -> None:
        if not isinstance(raw, dict):
            self._fault("additions", Fault("", lambda: _("must be an object in braces")))
            return
        for offer_id, addition in raw.items():
            place = "additions" + key(offer_id)
            if not self._own:
                self._fault(place, Fault("", lambda: _("is only for your own carriers file")), offer_id)
            elif not isinstance(addition, dict):
                self._fault(place, Fault("", lambda: _("must be an object in braces")), offer_id)
            elif offer_id not in self._into.offers:
                self._fault(place, Fault("", lambda: _("adds to an offer that does not exist")), offer_id)
            else:
                self._into.additions[offer_id] = Raw(self._file, place, addition)

    def _refused(self, some_id: str, taken: bool) -> Fault | None:
        if self._own and not is_own_id(some_id):
            return Fault("", lambda: _("must begin with my-, as all ids that you add do"))
        if not self._own and is_own_id(some_id):
            return Fault("", lambda: _("must not begin with my-, which is for the offers that users add"))
        if taken:
            return Fault("", lambda: _("is an id that is taken already"))
        return None

    def _list(self, raw: dict[str, Any], name: str, place: str) -> list[Any]:
        value = raw.get(name, [])
        if isinstance(value, list):
            return value
        self._fault(f"{place}.{name}".removeprefix("."), Fault("", lambda: _("must be a list in brackets")))
        return []

    def _fault(self, place: str, fault: Fault, offer: str = "") -> None:
        self._count += 1
        if self._count <= MOST_FINDINGS:
            self._into.findings += placed([fault], self._file, offer, place)
