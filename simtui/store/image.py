"""The whole of a data file in memory: immutable, replaced as a whole by the next version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from simtui.store import migrations
from simtui.store.repository import Problem
from simtui.store.tables import Entry, Table, encode
from simtui.store.undo import Ring


class Meta(NamedTuple):
    """What the store knows of its data.

    `seq` is the newest commit; what was touched up to `floor` is no longer known. `ids` holds the highest id ever
    given out, by table. `created` is UTC, ISO 8601; `backed_up` the UTC day of the last daily copy.
    """

    schema: int
    seq: int
    floor: int
    ids: Mapping[str, int]
    created: str
    backed_up: str


class Image(NamedTuple):
    """One version of everything; `changed_outside` tells that other programs had their hands in it.

    `migrated_from` is the schema of the file, 0 where it is the current one.
    """

    meta: Meta
    ring: Ring
    tables: Mapping[str, Table]
    changed_outside: bool = False
    migrated_from: int = 0
    problems: tuple[Problem, ...] = ()

    def table(self, name: str) -> Table:
        """Return a table, an empty one where there is none yet."""
        return self.tables.get(name) or Table()


def new_meta() -> Meta:
    """Return what is known of no data at all."""
    return Meta(migrations.current(), seq=0, floor=0, ids={}, created="", backed_up="")


def empty_image() -> Image:
    """Return what is in memory as long as there is no file."""
    return Image(new_meta(), Ring(), {})


def started_anew(image: Image, seq: int, *, changed: Mapping[str, set[int]] | None = None) -> Image:
    """Return `image` at a seq of its own, after a change that no commit made.

    Undo and `changes_since` must not reach across such a change. The documents in `changed` get the seq as their rev,
    so that whoever still has an older version of them open gets a conflict instead of overwriting.
    """
    tables = dict(image.tables)
    for name, ids in (changed or {}).items():
        table = tables[name]
        tables[name] = table.with_changes({doc_id: _with_rev(table, doc_id, seq) for doc_id in ids})
    meta = image.meta._replace(seq=seq, floor=seq, ids=_marks(image))
    return image._replace(meta=meta, ring=image.ring.without_bodies(), tables=tables)


def _with_rev(table: Table, doc_id: int, rev: int) -> Entry | None:
    document = table.get(doc_id)
    return None if document is None else encode(doc_id, rev, document.body)


def _marks(image: Image) -> dict[str, int]:
    """Return the highest ids, also of documents that other programs have added."""
    names = image.meta.ids.keys() | image.tables.keys()
    return {name: max(image.meta.ids.get(name, 0), image.table(name).last_id) for name in sorted(names)}


def adopted(new: Image, old: Image) -> Image:
    """Return what has just been read, as the successor of what this session had in memory.

    Where `new` does not descend from `old` by commits (edited by hand, an old copy put in its place), one and the same
    rev may stand for two bodies; those documents get a new rev.
    """
    if new.changed_outside or not _descends(new, old):
        clashing = {name: _clashing(table, old.table(name)) for name, table in new.tables.items()}
        seq = max(new.meta.seq, old.meta.seq) + 1
        new = started_anew(new, seq, changed=clashing)._replace(changed_outside=True)
    for name, table in new.tables.items():
        table.take_indexes(old.table(name))
    return new


def _descends(new: Image, old: Image) -> bool:
    """Tell whether commits lead from `old` to `new`: both have the newest commit that `old` knows of."""
    tip = old.ring.newest
    if tip is None:
        return True
    if new.meta.seq < old.meta.seq or new.meta.floor < old.meta.floor:
        return False
    found = new.ring.newest if new.meta.seq == old.meta.seq else new.ring.find(tip.seq)
    return tip.seq <= new.meta.floor if found is None else found.txid == tip.txid


def _clashing(new: Table, old: Table) -> set[int]:
    def is_clash(doc_id: int) -> bool:
        after, before = new.get(doc_id), old.get(doc_id)
        return after is not None and before is not None and after.rev == before.rev

    return {doc_id for doc_id in new.differing(old) if is_clash(doc_id)}


def migrated(image: Image) -> Image:
    """Return `image` in the current schema; documents that a step changed get a new rev."""
    schema, seq = image.meta.schema, image.meta.seq + 1
    if schema >= migrations.current():
        return image
    bodies = {name: {document.id: dict(document.body) for document in table} for name, table in image.tables.items()}
    tables: dict[str, Table] = {}
    for name, documents in migrations.migrated(bodies, schema).items():
        table = image.table(name)
        tables[name] = Table.sorted_of(
            {doc_id: _migrated(table, doc_id, body, seq) for doc_id, body in documents.items()}
        )
    image = started_anew(image._replace(tables=tables), seq)
    return image._replace(meta=image.meta._replace(schema=migrations.current()), migrated_from=schema)


def _migrated(table: Table, doc_id: int, body: dict[str, object], seq: int) -> Entry:
    """Return the line of a migrated document, the old one where nothing changed."""
    before = table.get(doc_id)
    return encode(doc_id, before.rev if before is not None and before.body == body else seq, body)
