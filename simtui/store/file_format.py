"""The bytes of a data file: TinyDB's JSON, one document a line, with a digest of everything after the first line.

    {"_meta":{"1":{"digest":"…",
    "schema":1,"seq":2,…,"ring":[
    {…},
    {…}
    ]}},
    "line":{
    "1":{"_rev":1,…},
    "2":{"_rev":2,…}
    }}

Where the digest is right, the file is what `encode` wrote, and is cut into lines without decoding a single document.
Where it is not, another program wrote it: it is decoded and checked as a whole (see `foreign`).
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

import orjson

from simtui.store import foreign, migrations
from simtui.store.image import Image, Meta
from simtui.store.tables import Table
from simtui.store.undo import Ring

META = "_meta"
_HEAD = b'{"_meta":{"1":{"digest":"%b",\n'
_DIGEST_SIZE = 20
_HEAD_SIZE = len(_HEAD % b"") + 2 * _DIGEST_SIZE


def encode(image: Image) -> bytes:
    """Return the file that holds `image`."""
    meta = image.meta
    scalars = {
        "schema": meta.schema,
        "seq": meta.seq,
        "floor": meta.floor,
        "ids": meta.ids,
        "created": meta.created,
        "backed_up": meta.backed_up,
    }
    opening = orjson.dumps(scalars)[1:-1] + b',"ring":[\n' + b",\n".join(image.ring.lines) + b"\n]}}"
    parts = [_HEAD % _digest(opening, image.tables), opening]
    for name, table in image.tables.items():
        if table.blocks:
            parts += [_table_head(name), b",\n".join([block.text for block in table.blocks.values()]), b"\n}"]
    return b"".join([*parts, b"}\n"])


def decode(data: bytes) -> Image:
    """Return what a file holds; raises `foreign.Unreadable` where it holds nothing that can be used."""
    try:
        image = _own(data)
    except (ValueError, KeyError, TypeError):
        image = None
    return foreign.decode(data) if image is None else image


def encode_plain(data: Mapping[str, Mapping[str, Any]]) -> bytes:
    """Return a file of TinyDB's own data as it is, one document a line."""
    tables = []
    for name, documents in data.items():
        lines = [orjson.dumps(str(key)) + b":" + orjson.dumps(body) for key, body in documents.items()]
        tables.append(orjson.dumps(name) + b":{\n" + b",\n".join(lines) + b"\n}")
    return b"{%b}\n" % b",\n".join(tables)


def _digest(opening: bytes, tables: Mapping[str, Table]) -> bytes:
    """Return the digest over everything but the head; the blocks remember theirs."""
    whole = blake2b(opening, digest_size=_DIGEST_SIZE)
    for name, table in tables.items():
        if table.blocks:
            whole.update(_table_head(name))
            whole.update(b"".join([block.digest for block in table.blocks.values()]))
    return whole.hexdigest().encode()


def _table_head(name: str) -> bytes:
    return b",\n%b:{\n" % orjson.dumps(name)


def _own(data: bytes) -> Image | None:
    """Return the image of a file that `encode` wrote, None for any other; ValueError, KeyError and so on likewise."""
    at = data.index(b"\n]}}", _HEAD_SIZE - 1) + 4
    opening, tables = data[_HEAD_SIZE:at], {}
    while not data.startswith(b"}\n", at):
        start = data.index(b":{\n", at) + 3
        end = data.index(b"\n}", start)
        name = orjson.loads(data[at + 2 : start - 3])
        if data[at:start] != _table_head(name):
            return None
        tables[name] = Table.cut_from(data[start:end])
        at = end + 2
    if at + 2 != len(data) or data[:_HEAD_SIZE] != _HEAD % _digest(opening, tables):
        return None
    scalars, _, ring = opening.partition(b',"ring":[\n')
    meta: dict[str, Any] = orjson.loads(b"{%b}" % scalars)
    if meta["schema"] > migrations.current():
        return None
    lines = ring.removesuffix(b"\n]}}").split(b",\n")
    return Image(Meta(**meta), Ring(lines=[line for line in lines if line]), tables)
