"""The documents of one table, kept as the bytes that stand in the file.

A commit encodes only what it changes, and nothing is decoded before somebody asks for it. The entries lie in blocks
by id; each block remembers its joined text and digest, so that a commit to a hundred thousand documents joins and
digests a few hundred of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from typing import Any

import orjson

from simtui.store.repository import Body, Document, Scalar

REV = "_rev"
"""The field of a stored document that holds its version; bodies may not have one of that name."""

LARGEST_ID = 10**15 - 1
"""Ids have up to 15 digits, which every reader of JSON can tell apart."""

_BETWEEN = b",\n"
_IDS = re.compile(rb'^"([0-9]+)":', re.MULTILINE)
_BLOCK_BITS = 8
_DIGEST_SIZE = 16

Entry = bytes
"""A document as its line in the file: `"7":{"_rev":3,…}`, without the comma."""

_IndexKey = tuple[type, object]
_Index = dict[_IndexKey, set[int]]


def encode(doc_id: int, rev: int, body: Body, default: Callable[[Any], Any] | None = None) -> Entry:
    """Return a document's line; `default` resolves what is not JSON. Raises TypeError where that is not possible."""
    text = orjson.dumps({REV: rev, **body}, default=default, option=orjson.OPT_PASSTHROUGH_DATACLASS)
    return b'"%d":%b' % (doc_id, text)


def decode(doc_id: int, entry: Entry) -> Document:
    """Return the document of a line."""
    body = orjson.loads(entry[entry.index(b":") + 1 :])
    return Document(doc_id, body.pop(REV), body)


class Block:
    """A few hundred entries in the order of their ids, joined; they are only cut apart where one of them is needed."""

    __slots__ = ("_entries", "digest", "text")

    def __init__(self, text: bytes, entries: dict[int, Entry] | None = None) -> None:
        self.text = text
        self.digest = blake2b(text, digest_size=_DIGEST_SIZE).digest()
        self._entries = entries

    @classmethod
    def of(cls, entries: dict[int, Entry]) -> Block:
        """Return the block of these entries, which must be in order."""
        return cls(_BETWEEN.join(entries.values()), entries)

    def __len__(self) -> int:
        return self.text.count(_BETWEEN) + 1

    @property
    def entries(self) -> dict[int, Entry]:
        """The entries by their ids."""
        if self._entries is None:
            ids = map(int, _IDS.findall(self.text))
            self._entries = dict(zip(ids, self.text.split(_BETWEEN), strict=True))
        return self._entries

    def documents(self) -> list[Document]:
        """Decode all at once, which is quicker than one by one."""
        bodies = orjson.loads(b"{%b}" % self.text)
        revs = [body.pop(REV) for body in bodies.values()]
        # Mostly no id is missing; what stands as text in the file takes longer to become a number than all the rest.
        span = range(int(next(iter(bodies))), int(next(reversed(bodies))) + 1)
        ids: Iterable[int] = span if len(span) == len(bodies) else map(int, bodies)
        return list(map(_document, zip(ids, revs, bodies.values(), strict=True)))


class Table:
    """An immutable table; its indexes are built when first asked for and handed on to the next version."""

    __slots__ = ("_indexes", "blocks")

    def __init__(self, blocks: dict[int, Block] | None = None) -> None:
        """`blocks` must be in the order of their numbers."""
        self.blocks: dict[int, Block] = blocks or {}
        self._indexes: dict[str, _Index] = {}

    @classmethod
    def of(cls, ids: Sequence[int], entries: Sequence[Entry]) -> Table:
        """Return the table of `entries`, which must be in the order of their `ids`."""
        blocks: dict[int, Block] = {}
        start = 0
        while start < len(ids):
            number = ids[start] >> _BLOCK_BITS
            end = bisect_left(ids, (number + 1) << _BLOCK_BITS, start)
            blocks[number] = Block.of(dict(zip(ids[start:end], entries[start:end], strict=True)))
            start = end
        return cls(blocks)

    @classmethod
    def cut_from(cls, text: bytes) -> Table:
        """Return the table of joined entries in the order of their ids; ValueError where those cannot be read.

        Only the places between two blocks are looked for.
        """
        blocks: dict[int, Block] = {}
        start = 0
        while start < len(text):
            number = _id_at(text, start) >> _BLOCK_BITS
            beyond = (number + 1) << _BLOCK_BITS
            at = bisect_left(range(len(text)), beyond, start, key=lambda place: _next_id(text, place))
            end = text.find(_BETWEEN, at)
            end = len(text) if end < 0 else end
            blocks[number] = Block(text[start:end])
            start = end + len(_BETWEEN)
        return cls(blocks)

    @classmethod
    def sorted_of(cls, entries: Mapping[int, Entry]) -> Table:
        """Return the table of `entries` in any order."""
        ids = sorted(entries)
        return cls.of(ids, [entries[doc_id] for doc_id in ids])

    def __len__(self) -> int:
        return sum(map(len, self.blocks.values()))

    def __bool__(self) -> bool:
        # Asked at every look-up: counting all entries for it would make a list of all lines quadratic.
        return bool(self.blocks)

    def __iter__(self) -> Iterator[Document]:
        for block in self.blocks.values():
            yield from block.documents()

    @property
    def last_id(self) -> int:
        """The highest id, 0 for an empty table."""
        return max(self.blocks[max(self.blocks)].entries) if self.blocks else 0

    def entry(self, doc_id: int) -> Entry | None:
        """Return the line of a document, None where there is none."""
        block = self.blocks.get(doc_id >> _BLOCK_BITS)
        return None if block is None else block.entries.get(doc_id)

    def get(self, doc_id: int) -> Document | None:
        """Return a document, None where there is none."""
        entry = self.entry(doc_id)
        return None if entry is None else decode(doc_id, entry)

    def where(self, equals: Mapping[str, Scalar]) -> Iterator[Document]:
        """Yield the documents whose fields equal `equals`, by id."""
        found: set[int] | None = None
        for field, value in equals.items():
            matching = self._index(field).get(_key(value), set())
            found = matching if found is None else found & matching
        for doc_id in sorted(found or ()):
            document = self.get(doc_id)
            if document is not None:
                yield document

    def with_changes(self, changes: Mapping[int, Entry | None]) -> Table:
        """Return the table after `changes` (None removes), without indexes."""
        by_block: dict[int, dict[int, Entry | None]] = {}
        for doc_id, entry in changes.items():
            by_block.setdefault(doc_id >> _BLOCK_BITS, {})[doc_id] = entry
        blocks = dict(self.blocks)
        for number, part in by_block.items():
            block = blocks.pop(number, None)
            changed = _changed({} if block is None else block.entries, part)
            if changed is not None:
                blocks[number] = changed
        return Table(dict(sorted(blocks.items())))

    def differing(self, other: Table) -> set[int]:
        """Return the ids whose entries are not the same in both tables."""
        ids: set[int] = set()
        for number in self.blocks.keys() | other.blocks.keys():
            mine, theirs = self.blocks.get(number), other.blocks.get(number)
            if mine is theirs or (mine is not None and theirs is not None and mine.digest == theirs.digest):
                continue
            ids.update(doc_id for doc_id, _entry in _entries(mine) ^ _entries(theirs))
        return ids

    def take_indexes(self, older: Table) -> None:
        """Take over the indexes of the version before, brought up to date; that one has none afterwards."""
        indexes, older._indexes = older._indexes, {}
        if indexes:
            for doc_id in self.differing(older):
                before, after = older.get(doc_id), self.get(doc_id)
                for field, index in indexes.items():
                    if before is not None:
                        index.get(_key(before.body.get(field)), set()).discard(doc_id)
                    if after is not None:
                        index.setdefault(_key(after.body.get(field)), set()).add(doc_id)
        self._indexes = indexes

    def _index(self, field: str) -> _Index:
        index = self._indexes.get(field)
        if index is None:
            index = self._indexes[field] = {}
            for document in self:
                index.setdefault(_key(document.body.get(field)), set()).add(document.id)
        return index


def _id_at(text: bytes, place: int) -> int:
    """Return the id of the entry that begins at `place`."""
    return int(text[place + 1 : text.index(b'":', place)])


def _next_id(text: bytes, place: int) -> int:
    """Return the id of the entry after `place`, one beyond all where that is the last."""
    between = text.find(_BETWEEN, place)
    return LARGEST_ID + 1 if between < 0 else _id_at(text, between + len(_BETWEEN))


def _changed(entries: Mapping[int, Entry], changes: Mapping[int, Entry | None]) -> Block | None:
    """Return the block of `entries` after `changes` (None removes), None where nothing is left."""
    left = {doc_id: entry for doc_id, entry in entries.items() if doc_id not in changes}
    left.update((doc_id, entry) for doc_id, entry in changes.items() if entry is not None)
    return Block.of(dict(sorted(left.items()))) if left else None


_document = partial(tuple.__new__, Document)
"""Makes a document of its three parts; where there are very many, its own class takes twice as long for it."""


def _entries(block: Block | None) -> set[tuple[int, Entry]]:
    return set() if block is None else set(block.entries.items())


def _key(value: object) -> _IndexKey:
    """Return what a value is indexed by; true is not 1 here, and lists and objects equal nothing."""
    if isinstance(value, bool) or value is None:
        return bool, value
    if isinstance(value, str):
        return str, value
    return (float, value) if isinstance(value, int | float) else (object, id(value))
