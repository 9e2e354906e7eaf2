"""The stored lines as records: read once, and again only where the store says that something was touched.

A reseller's file holds a hundred thousand acts. They are read in one go, and after a commit only the lines that it
touched are looked at again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, TypeVar

from pydantic import ValidationError

from simtui.alike import FIRST_FIELDS, Acts
from simtui.domain.act import Act
from simtui.domain.line import Line
from simtui.domain.record import AnyRecord
from simtui.domain.renewal import Renewal
from simtui.errors import SimtuiError
from simtui.holding import HeldAct, HeldRenewal
from simtui.i18n import _
from simtui.store.apart import put_together
from simtui.store.repository import Apart, Document, Kind, Problem, Repository, Touched

_R = TypeVar("_R", bound=AnyRecord)
_PARTS: tuple[Kind, ...] = ("act", "renewal")
_FEW = 500
"""Up to so many touched documents are fetched one by one; more of them are quicker read with all the others."""

Version = tuple[str, int, int]
"""Kind, id and revision of a document: two equal ones have the same body."""


class Damaged(SimtuiError):
    """A stored document is no record that simtui could have written."""


class Stored(NamedTuple):
    """One line with its acts and renewals as they are stored; the same object as long as nothing of it is touched.

    `unread` are the versions of those that could not be read.
    """

    id: int
    rev: int
    line: Line
    acts: tuple[HeldAct, ...]
    renewals: tuple[HeldRenewal, ...]
    unread: frozenset[Version] = frozenset()

    @property
    def versions(self) -> frozenset[Version]:
        """All that it was made from."""
        return _versions(self, self.acts, self.renewals) | self.unread


@dataclass(slots=True)
class _Documents:
    """What a line is to be made from: its acts are made already, but for the `unread` ones that cannot be."""

    line: Document
    acts: list[HeldAct] = field(default_factory=list)
    renewals: list[Document] = field(default_factory=list)
    unread: list[Document] = field(default_factory=list)

    @property
    def versions(self) -> frozenset[Version]:
        """What they are and at which revisions."""
        return _versions(self.line, [*self.acts, *self.unread], self.renewals)


class _Part(Protocol):
    """A document, or what was made of one."""

    @property
    def id(self) -> int: ...
    @property
    def rev(self) -> int: ...


def _versions(line: _Part, acts: Sequence[_Part], renewals: Sequence[_Part]) -> frozenset[Version]:
    parts = ("line", [line]), ("act", acts), ("renewal", renewals)
    return frozenset((kind, part.id, part.rev) for kind, several in parts for part in several)


class Shelf:
    """All lines of a store.

    `_seq` is the commit up to which everything has been looked at, None before the first look at all lines. `_fresh`
    holds what lines are to be made from that are not made yet, `_owners` the line of each act and renewal.
    """

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._seq: int | None = None
        self._lines: dict[int, Stored] = {}
        self._fresh: dict[int, _Documents] = {}
        self._owners: dict[Kind, dict[int, int]] = {kind: {} for kind in _PARTS}
        self._damaged: dict[Version, Damaged] = {}
        self._acts = Acts()

    def each(self) -> Iterator[Stored]:
        """Yield all lines in the order of their ids; those that cannot be read are left out and become problems."""
        self._damaged = {version: one for version, one in self._damaged.items() if self._is_still_there(version)}
        self._look()
        for line_id in sorted(self._lines.keys() | self._fresh.keys()):
            if line_id not in self._fresh:
                if line_id in self._lines:
                    yield self._lines[line_id]
                continue
            documents = self._fresh[line_id]
            try:
                stored = self._made(documents)
            except Damaged as damaged:
                self._damaged["line", line_id, documents.line.rev] = damaged
            else:
                yield stored

    def one(self, line_id: int) -> Stored | None:
        """Return one line, None where there is none; raises Damaged where it cannot be read."""
        if self._seq is not None:
            self._look()
        else:
            # For the sake of one line not all of them are read.
            self._take(line_id, self._gathered(line_id))
        documents = self._fresh.get(line_id)
        return self._lines.get(line_id) if documents is None else self._made(documents)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What of the lines read so far cannot be used."""
        return tuple(Problem(damaged.place, damaged.problem) for damaged in self._damaged.values())

    # Documents ---------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        """Find out what was touched since the last look, and get those documents.

        A commit that comes while they are read is perhaps looked at twice, never missed.
        """
        seq = self._repository.seq
        touched = None if self._seq is None else self._repository.changes_since(self._seq)
        if touched is None or len(touched) > _FEW:
            seq = self._repository.seq
            self._read_everything()
        else:
            for line_id in {owner for each in touched for owner in self._owners_of(each)}:
                self._take(line_id, self._fetched(line_id, touched))
        self._seq = seq

    def _read_everything(self) -> None:
        found = {document.id: _Documents(document) for document in self._repository.list("line")}
        owners: dict[Kind, dict[int, int]] = {kind: {} for kind in _PARTS}
        for portion in self._repository.list_apart("act", FIRST_FIELDS):
            self._take_acts(portion, found, owners["act"])
        for document in self._repository.list("renewal"):
            owner = _owner(document)
            if owner in found:
                found[owner].renewals.append(document)
                owners["renewal"][document.id] = owner
        for gone in self._lines.keys() - found.keys():
            del self._lines[gone]
        self._fresh, self._owners = found, owners

    def _take_acts(self, some: Sequence[Apart], lines: Mapping[int, _Documents], owners: dict[int, int]) -> None:
        """Make acts and give them to their lines; where one of them cannot be read, each is read on its own."""
        try:
            made = self._acts.made(some)
        except ValueError:
            for document in (put_together(parts, FIRST_FIELDS) for parts in some):
                owner = _owner(document)
                self._read_act(document, lines.get(owner))
                if owner in lines:
                    owners[document.id] = owner
            return
        for held in made:
            owner = held.act.line
            if owner in lines:
                lines[owner].acts.append(held)
                owners[held.id] = owner

    def _read_act(self, document: Document, documents: _Documents | None) -> None:
        """Give an act to the documents of its line, if there are any; one that cannot be read becomes a problem."""
        try:
            held = HeldAct(document.id, document.rev, record_of(Act, "act", document))
        except Damaged as damaged:
            self._damaged["act", document.id, document.rev] = damaged
            if documents is not None:
                documents.unread.append(document)
        else:
            if documents is not None:
                documents.acts.append(held)

    def _owners_of(self, touched: Touched) -> set[int]:
        """Return the lines that a touched document belongs to, now or before."""
        if touched.kind == "line":
            return {touched.id}
        owners: set[int] = set()
        for kind in _PARTS:
            if kind == touched.kind:
                before = self._owners[kind].pop(touched.id, 0)
                document = self._repository.get(kind, touched.id)
                now = 0 if document is None else _owner(document)
                if now:
                    self._owners[kind][touched.id] = now
                owners = {before, now} - {0}
        return owners

    def _fetched(self, line_id: int, touched: Sequence[Touched]) -> _Documents | None:
        """Get the documents of a line that was known, and of those touched the ones that belong to it."""
        line = self._repository.get("line", line_id)
        if line is None:
            return None
        found = _Documents(line)
        known = {(kind, doc_id) for kind, doc_id, _rev in self._versions(line_id)}
        for kind in _PARTS:
            ids = {doc_id for each, doc_id in known if each == kind} | {
                each.id for each in touched if each.kind == kind
            }
            for doc_id in sorted(ids):
                document = self._repository.get(kind, doc_id) if self._owners[kind].get(doc_id) == line_id else None
                if document is not None:
                    self._put(kind, document, found)
        return found

    def _gathered(self, line_id: int) -> _Documents | None:
        """Get the documents of one line by asking the store for them."""
        line = self._repository.get("line", line_id)
        if line is None:
            return None
        found = _Documents(line)
        for kind in _PARTS:
            for document in self._repository.list(kind, line=line_id):
                self._put(kind, document, found)
        return found

    def _put(self, kind: Kind, document: Document, documents: _Documents) -> None:
        """Put an act or renewal of a line to its other documents."""
        if kind == "act":
            self._read_act(document, documents)
        else:
            documents.renewals.append(document)

    def _versions(self, line_id: int) -> frozenset[Version]:
        known = self._fresh.get(line_id) or self._lines.get(line_id)
        return frozenset() if known is None else known.versions

    def _take(self, line_id: int, documents: _Documents | None) -> None:
        if documents is not None:
            self._fresh[line_id] = documents
        else:
            self._fresh.pop(line_id, None)
            self._lines.pop(line_id, None)

    def _is_still_there(self, version: Version) -> bool:
        name, doc_id, rev = version
        found = (self._repository.get(kind, doc_id) for kind in ("line", *_PARTS) if kind == name)
        return any(document is not None and document.rev == rev for document in found)

    # Records -----------------------------------------------------------------------------------------------------

    def _made(self, documents: _Documents) -> Stored:
        """Make a line of its documents, unless it was made from the same ones already."""
        line = documents.line
        stored = self._lines.get(line.id)
        if stored is None or stored.versions != documents.versions:
            renewals = tuple(self._readable(documents.renewals))
            acts = tuple(documents.acts)
            stored = Stored(line.id, line.rev, record_of(Line, "line", line), acts, renewals)
            if documents.unread or len(renewals) < len(documents.renewals):
                stored = stored._replace(unread=documents.versions - stored.versions)
            self._lines[line.id] = stored
        self._fresh.pop(line.id, None)
        return stored

    def _readable(self, renewals: Sequence[Document]) -> Iterator[HeldRenewal]:
        """Yield the renewals that can be read; the others are kept in mind for `problems`."""
        for document in renewals:
            try:
                yield HeldRenewal(document.id, document.rev, record_of(Renewal, "renewal", document))
            except Damaged as damaged:
                self._damaged["renewal", document.id, document.rev] = damaged


def _owner(part: Document) -> int:
    """Return the id of the line that an act or renewal names, 0 where it names none."""
    owner = part.body.get("line")
    if type(owner) is int:
        return owner
    return int(owner) if isinstance(owner, int | float) and not isinstance(owner, bool) else 0


def record_of(model: type[_R], kind: Kind, document: Document) -> _R:
    """Return a document as a record; raises Damaged where a program or person wrote what simtui never would."""
    try:
        return model.model_validate(document.body)
    except ValidationError as error:
        from simtui.exchange.complaints import complaints

        place, problem = next(iter(complaints(error)))
        where = f"{kind} {document.id}: {place}" if place else f"{kind} {document.id}"
        hint = _("Repair the data file, or go back to a backup.")
        raise Damaged(problem, place=where, next_step=hint) from error
