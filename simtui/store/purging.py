"""Removing a document for good: from the data, from undo, and from every copy that simtui has made of the file.

Documents that belong to it go with it: those that name its id in the field called like its kind, as an act names its
line.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from simtui.store import backups, file_format
from simtui.store.files import Unconfirmed
from simtui.store.foreign import Unreadable
from simtui.store.image import Image
from simtui.store.keeper import Clock, Keeper, newer_schema
from simtui.store.lock import utc
from simtui.store.repository import Body, Kind, ReadOnly, Touched, Unknown
from simtui.store.safe_storage import LOCK_TIMEOUT, SafeStorage
from simtui.store.tinydb_repository import open_repository
from simtui.store.transaction import Write, applied
from simtui.store.undo import Entry, Ring


class Purged(NamedTuple):
    """What was removed: `documents` from the data, and something from each of `copies`.

    `left` are copies that cannot be read: whether they hold any of it is not known.
    """

    documents: tuple[Touched, ...]
    copies: tuple[Path, ...]
    left: tuple[Path, ...]


class _Target(NamedTuple):
    kind: str
    id: int

    def covers(self, kind: str, doc_id: int, body: Body | None) -> bool:
        """Tell whether a document, of which `body` is one version, has to go."""
        if (kind, doc_id) == self:
            return True
        named = None if body is None else body.get(self.kind)
        return type(named) is int and named == self.id


def purge(
    file: Path, kind: Kind, doc_id: int, *, txid: str, clock: Clock = time.time, lock_timeout: float = LOCK_TIMEOUT
) -> Purged:
    """Remove a document and what belongs to it; this cannot be undone. `clock` gives seconds since 1970.

    The copies come first: where this fails half-way, doing it again does the rest.

    Raises:
        ReadOnly, Corrupt, Refused: The data cannot be changed.
        Busy: Another session is writing.
        NotSaved: A file could not be written; the data is as it was.
        Unknown: It is done, but the disk did not confirm it.
    """
    target = _Target(kind, doc_id)
    open_repository(file, clock=clock, lock_timeout=lock_timeout).close()  # Migrates, after a backup, what is old.
    with closing(SafeStorage(file, lock_timeout=lock_timeout, clock=clock)) as storage, storage.lock():
        keeper = Keeper(storage, read_only=False, clock=clock)
        image = keeper.current()
        if keeper.read_only_reason:
            raise ReadOnly(keeper.read_only_reason, place=str(storage.path))
        files = (*backups.copies(storage.path), *backups.replaced(storage.path))
        left = tuple(file for file in files if _readable(file) is None)
        known = _known(image, target).union(*(_known(_readable(file), target) for file in files))
        copies = tuple(file for file in files if file not in left and _purge_copy(storage, file, target, known))
        gone = tuple(_covered(image, target))
        ring = _without(image.ring, known)
        if gone or ring is not image.ring:
            after = _purged(image._replace(ring=ring), gone, txid, utc(clock()))
            try:
                storage.replace(file_format.encode(after)).close()
            except Unconfirmed as error:
                raise Unknown(txid, place=str(storage.path)) from error
    return Purged(gone, copies, left)


def _covered(image: Image, target: _Target) -> Iterator[Touched]:
    for name, table in image.tables.items():
        for document in table:
            if target.covers(name, document.id, document.body):
                yield Touched(name, document.id)


def _purged(image: Image, gone: tuple[Touched, ...], txid: str, at: str) -> Image:
    """Return the next version of `image`, without the documents that are gone; undo does not bring them back."""
    writes = [Write(each.kind, each.id, image.table(each.kind).get(each.id), 0, None) for each in gone]
    rows = [write.row for write in writes]
    entry = Entry.of(seq=image.meta.seq + 1, at=at, txid=txid, name="", rows=rows, undoable=False)
    return applied(image, writes, entry)


def _known(image: Image | None, target: _Target) -> set[Touched]:
    """Return all that has to go of which a file knows, also what is deleted by now."""
    if image is None:
        return set()
    rows = (row for entry in image.ring.entries for row in entry.rows)
    return {*_covered(image, target), *(row.name for row in rows if target.covers(row.kind, row.id, row.before))}


def _without(ring: Ring, gone: set[Touched]) -> Ring:
    """Return the ring without names and bodies of commits that touched what goes; the same one where none tells any."""
    telling = [
        bool(entry.name or entry.undoable) and any(row.name in gone for row in entry.rows) for entry in ring.entries
    ]
    if not any(telling):
        return ring
    return Ring(
        tuple(
            entry.without_bodies(named=False) if is_telling else entry
            for entry, is_telling in zip(ring.entries, telling, strict=True)
        )
    )


def _purge_copy(storage: SafeStorage, path: Path, target: _Target, known: set[Touched]) -> bool:
    """Remove what has to go from a copy, and tell whether there was any."""
    image = _readable(path)
    if image is None:
        return False
    gone = tuple(_covered(image, target))
    ring = _without(image.ring, known)
    if not gone and ring is image.ring:
        return False
    tables = dict(image.tables)
    for name in {each.kind for each in gone}:
        tables[name] = tables[name].with_changes({each.id: None for each in gone if each.kind == name})
    storage.write_copy(path, file_format.encode(image._replace(tables=tables, ring=ring)))
    return True


def _readable(path: Path) -> Image | None:
    """Return what a copy holds, None where it is not known for sure what that is."""
    try:
        image = file_format.decode(path.read_bytes())
    except (OSError, Unreadable):
        return None
    return None if image.problems or newer_schema(image) else image
