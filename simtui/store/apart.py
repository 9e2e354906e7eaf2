"""Documents taken apart without being decoded, for whoever reads very many that are alike.

To decode a document takes twice as long as to find its parts. Those of one kind begin with the same few fields, and of a
hundred thousand the rest is one of a few texts, so that it need only be understood once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import orjson

from simtui.store.repository import Apart, Document
from simtui.store.tables import Table, decode


def take_apart(table: Table, first: tuple[str, ...]) -> Iterator[Sequence[Apart]]:
    """Yield the documents of a table in parts, block by block; those that do not begin with `first` are decoded for it."""
    pattern = _pattern(first)
    for block in table.blocks.values():
        found: list[Apart] = pattern.findall(block.text)
        if len(found) < len(block):
            matches = ((doc_id, entry, pattern.fullmatch(entry)) for doc_id, entry in block.entries.items())
            found = [
                apart(decode(doc_id, entry), first) if match is None else match.groups()
                for doc_id, entry, match in matches
            ]
        yield found


def apart(document: Document, first: Sequence[str]) -> Apart:
    """Return one document in parts."""
    rest = dict(document.body)
    texts = [orjson.dumps(rest.pop(field)) if field in rest else b"" for field in first]
    return b"%d" % document.id, b"%d" % document.rev, *texts, b"," * bool(rest) + orjson.dumps(rest)[1:-1]


def put_together(parts: Apart, first: Sequence[str]) -> Document:
    """Return the document of its parts; what is no JSON after all comes back without any field."""
    doc_id, rev, *texts, rest = parts
    members = b"".join([b',"%b":%b' % (field.encode(), text) for field, text in zip(first, texts, strict=True) if text])
    try:
        body = orjson.loads(b"{%b}" % (members + rest)[1:])
    except ValueError:
        body = {}
    return Document(int(doc_id), int(rev), body)


@cache
def _pattern(first: tuple[str, ...]) -> re.Pattern[bytes]:
    """Return what finds the parts in a line of the file; the text of a first value ends at a comma or brace."""
    fields = b"".join([b',"%b":([^,}]++)' % field.encode() for field in first])
    return re.compile(rb'^"([0-9]{1,16}+)":\{"_rev":([0-9]{1,16}+)' + fields + rb"(.*)\},?$", re.MULTILINE)
