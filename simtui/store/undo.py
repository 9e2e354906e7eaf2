"""The ring of the last commits: it serves undo and redo, retries, and what other sessions have touched.

An undo is a commit of its own that points at what it undoes; redo undoes the undo. Both bring the earlier version
back together with its rev, so that a row of commits to one document can be undone one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

import orjson

from simtui.store.repository import WITHHELD, Body, Commit, Document, Step, Touched

MOST_ENTRIES = 200
"""Of commits that can be undone, and again as many of those that cannot (drafts)."""
MOST_BYTES = 1_000_000
MOST_BYTES_OF_ONE = 16_000_000
"""The newest commit stays undoable up to this size, so that a bulk change can be taken back at once."""


Way = Literal["do", "draft", "undo", "redo"]
"""How a commit came about. A draft is no step of its own."""


class Row(NamedTuple):
    """What a commit did to one document: rev 0 means that there was, or is, none.

    `before` is None where there was nothing, where the body is withheld, and where the commit is not undoable.
    """

    kind: str
    id: int
    before_rev: int
    after_rev: int
    before: Body | None

    @property
    def touches(self) -> bool:
        """False for a comparison."""
        return self.before_rev != self.after_rev

    @property
    def reversible(self) -> bool:
        """Tell whether the row says what to put back."""
        return self.touches and (self.before_rev == 0 or self.before is not None)

    @property
    def name(self) -> Touched:
        """The document."""
        return Touched(self.kind, self.id)


class Entry(NamedTuple):
    """One commit; an undo and a redo name the commit that they reverse in `reverses`, others have 0 there.

    One that is not `undoable` has no bodies: a draft, or a commit that has been reversed already.
    """

    seq: int
    at: str
    txid: str
    name: str
    undoable: bool
    way: Way
    reverses: int
    rows: tuple[Row, ...]
    encoded: bytes

    @classmethod
    def of(
        cls,
        *,
        seq: int,
        at: str,
        txid: str,
        name: str,
        rows: Iterable[Row],
        way: Way = "do",
        reverses: int = 0,
        undoable: bool = True,
    ) -> Entry:
        """Return an entry with its line in the file; keeps no body that must not be kept."""
        name = name.encode("utf-8", "replace").decode()
        undoable = undoable and way != "draft"
        kept = tuple(row._replace(before=None) if row.kind in WITHHELD or not undoable else row for row in rows)
        listed = [[row.kind, row.id, row.before_rev, row.after_rev, row.before] for row in kept]
        encoded = orjson.dumps(
            {
                "seq": seq,
                "at": at,
                "txid": txid,
                "name": name,
                "undoable": undoable,
                "way": way,
                "reverses": reverses,
                "rows": listed,
            }
        )
        return cls(seq, at, txid, name, undoable, way, reverses, kept, encoded)

    @classmethod
    def decoded(cls, encoded: bytes) -> Entry:
        """Return the entry of a line; raises KeyError, TypeError or ValueError where it is none."""
        fields: dict[str, Any] = dict(orjson.loads(encoded))
        rows = _rows(fields)
        del fields["rows"]
        entry = cls(**fields, rows=rows, encoded=encoded)
        texts = (entry.at, entry.txid, entry.name, entry.way, *(row.kind for row in rows))
        numbers = (entry.seq, entry.reverses, *(number for row in rows for number in row[1:4]))
        if {type(text) for text in texts} != {str} or {type(number) for number in numbers} != {int}:
            raise TypeError
        return entry

    def without_bodies(self, *, named: bool = True) -> Entry:
        """Return the entry as one that only serves retries and tells what was touched."""
        return Entry.of(
            seq=self.seq,
            at=self.at,
            txid=self.txid,
            name=self.name if named else "",
            rows=self.rows,
            way=self.way,
            reverses=self.reverses,
            undoable=False,
        )

    def commit(self) -> Commit:
        """Return the answer that the commit gave; its bodies are copies, the entry's own serve undo."""
        before = {}
        if self.undoable:
            for row in _rows(orjson.loads(self.encoded)):
                if row.reversible:
                    document = None if row.before is None else Document(row.id, row.before_rev, row.before)
                    before[row.name] = document
        return Commit(self.seq, self.txid, self.name, tuple(row.id for row in self.rows), MappingProxyType(before))

    def step(self) -> Step:
        """Return what a screen shows of it."""
        return Step(self.seq, self.name, self.at)


def _rows(fields: Mapping[str, Any]) -> tuple[Row, ...]:
    return tuple(Row(*row) for row in fields["rows"])


class Ring:
    """The entries in the order of their commits; decoded when first asked for."""

    __slots__ = ("_entries", "_lines")

    def __init__(self, entries: tuple[Entry, ...] = (), *, lines: Sequence[bytes] = ()) -> None:
        self._lines = lines
        self._entries: tuple[Entry, ...] | None = None if lines else entries

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries, oldest first; raises KeyError, TypeError or ValueError where a line is no entry."""
        if self._entries is None:
            self._entries = tuple(Entry.decoded(line) for line in self._lines)
        return self._entries

    @property
    def lines(self) -> Sequence[bytes]:
        """The entries as they stand in the file."""
        return self._lines if self._entries is None else [entry.encoded for entry in self._entries]

    def take_entries(self, older: Ring) -> None:
        """Decode only what an older ring does not have decoded already; raises as `entries`."""
        if self._entries is None:
            known = {entry.encoded: entry for entry in older.entries}
            self._entries = tuple(known.get(line) or Entry.decoded(line) for line in self._lines)

    @property
    def newest(self) -> Entry | None:
        """The entry of the last commit."""
        return self.entries[-1] if self.entries else None

    def find(self, what: int | str) -> Entry | None:
        """Return the entry with that seq or txid."""
        for entry in reversed(self.entries):
            if what in {entry.seq, entry.txid}:
                return entry
        return None

    def with_entry(self, entry: Entry) -> tuple[Ring, int]:
        """Return the ring with one entry more, and the highest seq that had to go for it (0: none).

        The entry that the new one reverses gives up its bodies: going back and forth costs no room.
        """
        if len(entry.encoded) > MOST_BYTES_OF_ONE:
            entry = entry.without_bodies()
        older = [each.without_bodies() if each.seq == entry.reverses else each for each in self.entries]
        kept: list[Entry] = []
        gone, room, left = 0, MOST_BYTES, {True: MOST_ENTRIES, False: MOST_ENTRIES}
        for each in (entry, *reversed(older)):
            room -= len(each.encoded)
            left[each.undoable] -= 1
            if each is entry or (room >= 0 and left[each.undoable] >= 0):
                kept.append(each)
            else:
                gone = max(gone, each.seq)
        return Ring(tuple(reversed(kept))), gone

    def without_bodies(self) -> Ring:
        """Return a ring that only serves retries, for when the documents were changed by other means."""
        return Ring(tuple(entry.without_bodies() for entry in self.entries))

    def touched_since(self, seq: int) -> tuple[Touched, ...]:
        """Return the documents of all commits after `seq`, each once."""
        rows = (row for entry in self.entries if entry.seq > seq for row in entry.rows if row.touches)
        return tuple(dict.fromkeys(row.name for row in rows))

    def steps(self) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
        """Return what can be undone and what can be redone, the next one last."""
        undo: dict[int, Entry] = {}
        redo: dict[int, Entry] = {}
        for entry in self.entries:
            if not entry.undoable or not any(row.reversible for row in entry.rows):
                continue
            if entry.way == "undo":
                undo.pop(entry.reverses, None)
                redo[entry.seq] = entry
                continue
            if entry.way == "redo":
                redo.pop(entry.reverses, None)
            else:
                redo.clear()
            undo[entry.seq] = entry
        return tuple(undo.values()), tuple(redo.values())

    def expected_rev(self, entry: Entry, row: Row) -> int:
        """Return the rev at which a document has not been changed since `entry`, other than by drafts."""
        rev = row.after_rev
        for later in self.entries:
            if later.seq > entry.seq and later.way == "draft":
                rev = next((r.after_rev for r in later.rows if r.name == row.name and r.before_rev == rev), rev)
        return rev
