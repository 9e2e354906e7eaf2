"""The whole of a data file in memory: immutable, replaced as a whole by the next version."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
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


def started_anew(image: Image, seq: int) -> Image:
    """Return `image` at a seq of its own, after a change that no commit made.

    Undo and `changes_since` must not reach across such a change.
    """
    meta = image.meta._replace(seq=seq, floor=seq, ids=_marks(image))
    return image._replace(meta=meta, ring=image.ring.without_bodies())


def renewed(image: Image, last_seq: int) -> Image:
    """Return `image`, which other programs have written, as new versions of all its documents.

    What it was made from is not known, so each rev may stand for another body by now, and whoever still has an older
    version open must get a conflict instead of overwriting. `last_seq` is the highest seq that anybody may have seen.
    The new one depends on the content: sessions that read the same file agree on its revs, and two changes in a row
    never share theirs.
    """
    seq = max(image.meta.seq, last_seq) + 1 + _fingerprint(image)
    tables = {
        name: Table.sorted_of({document.id: encode(document.id, seq, document.body) for document in table})
        for name, table in image.tables.items()
    }
    return started_anew(image._replace(tables=tables), seq)


def _fingerprint(image: Image) -> int:
    """Return a number below 65,536 that depends on all documents."""
    whole = blake2b(digest_size=2)
    for name, table in image.tables.items():
        whole.update(name.encode("utf-8", "replace"))
        whole.update(b"".join([block.digest for block in table.blocks.values()]))
    return int.from_bytes(whole.digest())


def _marks(image: Image) -> dict[str, int]:
    """Return the highest ids, also of documents that other programs have added."""
    names = image.meta.ids.keys() | image.tables.keys()
    return {name: max(image.meta.ids.get(name, 0), image.table(name).last_id) for name in sorted(names)}


def adopted(new: Image, old: Image) -> Image:
    """Return what has just been read, as the successor of what this session had in memory.

    Where `new` does not descend from `old` by commits (edited by hand, an old copy put in its place), it starts anew.
    """
    if new.changed_outside or not _descends(new, old):
        new = renewed(new, old.meta.seq)._replace(changed_outside=True)
    for name, table in new.tables.items():
        table.take_indexes(old.table(name))
    return new


def _descends(new: Image, old: Image) -> bool:
    """Tell whether commits lead from `old` to `new`: both have the newest commit that `old` knows of."""
    tip = old.ring.newest
    if tip is None:
        return True
    new.ring.take_entries(old.ring)
    if new.meta.seq < old.meta.seq or new.meta.floor < old.meta.floor:
        return False
    found = new.ring.newest if new.meta.seq == old.meta.seq else new.ring.find(tip.seq)
    return tip.seq <= new.meta.floor if found is None else found.txid == tip.txid


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
