"""From changes, or from an undo, to the next version of everything in memory; no file is touched here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from simtui.errors import NotFound
from simtui.i18n import _
from simtui.store.image import Image
from simtui.store.repository import KINDS, Action, Body, Change, Conflict, Document, NewId, NotSaved, Touched
from simtui.store.tables import LARGEST_ID, REV, Entry, encode
from simtui.store.undo import Entry as RingEntry
from simtui.store.undo import Row


class Write(NamedTuple):
    """What becomes of one document: `rev` 0 and no entry mean that it goes, the rev it has that nothing happens."""

    kind: str
    id: int
    before: Document | None
    rev: int
    entry: Entry | None

    @property
    def row(self) -> Row:
        """What the ring keeps of it."""
        before = self.before
        if before is None:
            return Row(self.kind, self.id, 0, self.rev, None)
        return Row(self.kind, self.id, before.rev, self.rev, before.body if before.rev != self.rev else None)


def resolved(image: Image, changes: Sequence[Change]) -> tuple[Write, ...]:
    """Return the writes that `changes` ask for, one each; raises Conflict or NotSaved."""
    named, targets = _targets(image, changes)
    seen = [image.table(target.kind).get(target.id) for target in targets]
    conflicts = {
        target: document
        for change, target, document in zip(changes, targets, seen, strict=True)
        if not _matches(change, document)
    }
    if conflicts:
        raise Conflict(conflicts)
    rev = image.meta.seq + 1
    return tuple(
        _write(change, target, document, rev, named)
        for change, target, document in zip(changes, targets, seen, strict=True)
    )


def _targets(image: Image, changes: Sequence[Change]) -> tuple[dict[NewId, int], list[Touched]]:
    """Give out the new ids; return them by their stand-ins, and the document that each change is about."""
    last = {kind: max(image.meta.ids.get(kind, 0), image.table(kind).last_id) for kind in KINDS}
    named: dict[NewId, int] = {}
    targets: list[Touched] = []
    for change in changes:
        doc_id = change.id
        if change.kind not in last:
            raise NotSaved(_("there is no kind of document named {kind}").format(kind=change.kind))
        if isinstance(doc_id, NewId):
            last[change.kind] += 1
            named[doc_id] = last[change.kind]
            doc_id = last[change.kind]
        if type(doc_id) is not int or not 0 < doc_id <= LARGEST_ID:
            raise NotSaved(_("{value} is not an id").format(value=doc_id), place=change.kind)
        targets.append(Touched(change.kind, doc_id))
    if len(set(targets)) < len(targets):
        raise NotSaved(_("one document is changed twice in one commit"))
    return named, targets


def _matches(change: Change, document: Document | None) -> bool:
    if change.if_rev is None:
        return document is not None
    return change.if_rev == _rev(document)


def _rev(document: Document | None) -> int:
    return 0 if document is None else document.rev


def _write(change: Change, target: Touched, before: Document | None, rev: int, named: Mapping[NewId, int]) -> Write:
    if change.action is Action.COMPARE:
        return Write(target.kind, target.id, before, _rev(before), None)
    if change.action is Action.DELETE:
        return Write(target.kind, target.id, before, 0, None)
    return Write(target.kind, target.id, before, rev, _encoded(target, rev, change.body or {}, named))


def _encoded(target: Touched, rev: int, body: Body, named: Mapping[NewId, int]) -> Entry:
    """Return a document's line with the stand-ins in its body replaced by ids."""

    def id_of(value: object) -> int:
        if isinstance(value, NewId) and value in named:
            return named[value]
        raise TypeError(_("{value} is not JSON").format(value=type(value).__name__))

    place = f"{target.kind} {target.id}"
    if REV in body:
        raise NotSaved(_("the field {field} is the store's own").format(field=REV), place=place)
    try:
        return encode(target.id, rev, body, id_of)
    except TypeError as error:
        raise NotSaved(str(error.__cause__ or error), place=place) from error


def reversed_writes(image: Image, entry: RingEntry) -> tuple[Write, ...]:
    """Return the writes that put back what `entry` replaced; raises Conflict where somebody changed it since."""
    rows = [row for row in entry.rows if row.reversible]
    if not rows:
        raise NotFound(_("There is nothing to undo in that change."), place=entry.name)
    seen = {row.name: image.table(row.kind).get(row.id) for row in rows}
    conflicts = {
        row.name: seen[row.name] for row in rows if _rev(seen[row.name]) != image.ring.expected_rev(entry, row)
    }
    if conflicts:
        raise Conflict(conflicts)
    return tuple(
        Write(
            row.kind,
            row.id,
            seen[row.name],
            row.before_rev,
            None if row.before is None else encode(row.id, row.before_rev, row.before),
        )
        for row in rows
    )


def applied(image: Image, writes: Sequence[Write], entry: RingEntry) -> Image:
    """Return the next version of `image`, with `entry` as its newest commit."""
    by_kind: dict[str, dict[int, Entry | None]] = {}
    ids = dict(image.meta.ids)
    for write in writes:
        if write.rev != _rev(write.before):
            by_kind.setdefault(write.kind, {})[write.id] = write.entry
            ids[write.kind] = max(ids.get(write.kind, 0), write.id)
    tables = dict(image.tables)
    for kind, changes in by_kind.items():
        tables[kind] = image.table(kind).with_changes(changes)
    ring, gone = image.ring.with_entry(entry)
    meta = image.meta._replace(seq=entry.seq, floor=max(image.meta.floor, gone), ids=ids)
    return image._replace(meta=meta, ring=ring, tables=tables, changed_outside=False, migrated_from=0)
