"""Reads a data file that simtui did not write as it is: edited by hand or by TinyDB, newer, or damaged.

Nothing is guessed: what can be read for sure is read, each part that cannot is named, and a file of which too little is
sure is Unreadable.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import orjson

from simtui.i18n import _
from simtui.json_faults import JsonFault, json_fault
from simtui.store import migrations
from simtui.store.image import Image, Meta, new_meta
from simtui.store.repository import KINDS, Problem
from simtui.store.tables import LARGEST_ID, REV, Entry, Table, encode
from simtui.store.undo import Entry as RingEntry
from simtui.store.undo import Ring

_META = "_meta"
_TABLE_LINE = re.compile(rb',?"(\w+)":\{')
_ENTRY_LINE = re.compile(rb'"([1-9]\d{0,14})":(\{.*\})')
_LARGEST_NUMBER = LARGEST_ID
_LONG_NUMBER = re.compile(rb"[:\[,]\s*-?\d{19}")
_NAME_END = re.compile(rb'"\s*:')
_ID = re.compile(r"[1-9]\d{0,14}", re.ASCII)


class Unreadable(Exception):
    """Too little of a file makes sense; `place` says where it stops doing so."""

    def __init__(self, problem: str, place: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.place = place


def decode(data: bytes) -> Image:
    """Return what a file holds, marked as changed outside; raises Unreadable."""
    if not data:
        raise Unreadable(_("The file is empty (0 bytes)."))
    try:
        whole = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        return _undamaged_lines(data, error)
    if not isinstance(whole, dict) or not isinstance(whole.get(_META), dict):
        raise Unreadable(_("This is not a simtui data file: it has no table {name}.").format(name=_META), "_meta")
    reader = _Reader()
    whole, reader.problems = _with_doubles_named(data, whole)
    meta, ring = reader.meta(whole.pop(_META).get("1"))
    for name in [*whole]:
        reader.table(name, whole.pop(name), meta.seq + 1)
    newer = meta.schema > migrations.current()
    return Image(meta, ring, reader.tables, changed_outside=not newer, problems=tuple(reader.problems))


def _with_doubles_named(data: bytes, whole: dict[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """Return what `data` holds, and the names that stand twice in one place.

    Only one of two values survives decoding, and a number beyond 64 bits becomes another one; which was meant is not
    ours to say.
    """
    if _is_all(data, whole):
        return whole, []
    doubles: dict[int, str] = {}

    def build(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            names = [name for name, _value in pairs]
            doubles[id(made)] = next(name for name in names if names.count(name) > 1)
        return made

    try:
        whole = json.loads(data, object_pairs_hook=build)
    except RecursionError:
        return whole, []  # A document that deep is a problem of its own.
    return whole, list(_problems_of(whole, doubles)) if doubles else []


def _is_all(data: bytes, whole: dict[str, Any]) -> bool:
    """Tell whether decoding has kept all names and numbers of `data`; False where that is not certain."""
    try:
        again = orjson.dumps(whole)
    except TypeError:
        return False
    return _names(data) == _names(again) and not _LONG_NUMBER.search(data)


def _names(data: bytes) -> int:
    """Count the names in JSON."""
    return len(_NAME_END.findall(data.replace(rb"\\", b"").replace(rb"\"", b"")))


def _problems_of(whole: dict[str, Any], doubles: Mapping[int, str]) -> Iterator[Problem]:
    def problem(place: str, name: str) -> Problem:
        return Problem(place, _("{name} stands there twice.").format(name=name))

    if name := doubles.get(id(whole)):
        yield problem(name, name)
    for table, documents in whole.items():
        if name := doubles.get(id(documents)):
            yield problem(f"{table} {name}", name)
        for key, body in documents.items() if isinstance(documents, dict) else ():
            if name := _double_within(body, doubles):
                yield problem(f"{table} {key}", name)


def _double_within(value: object, doubles: Mapping[int, str]) -> str:
    if name := doubles.get(id(value)):
        return name
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next(filter(None, (_double_within(part, doubles) for part in parts)), "")


class _Reader:
    """Collects tables and problems."""

    def __init__(self) -> None:
        self.tables: dict[str, Table] = {}
        self.problems: list[Problem] = []

    def problem(self, place: str, problem: str) -> None:
        self.problems.append(Problem(place, problem))

    def meta(self, fields: object) -> tuple[Meta, Ring]:
        """Return what `_meta` holds; a ring that makes no sense is dropped, it is a convenience only."""
        try:
            meta = _checked_meta(fields)
        except (KeyError, TypeError, ValueError):
            self.problem("_meta 1", _("The store's own record is damaged."))
            return new_meta(), Ring()
        try:
            lines = [orjson.dumps(entry) for entry in fields["ring"]]  # type: ignore[index]
            ring = _checked_ring(tuple(RingEntry.decoded(line) for line in lines), meta.seq)
        except (KeyError, TypeError, ValueError):
            ring = Ring()
        return meta, ring

    def table(self, name: str, documents: object, rev: int) -> None:
        """Take a table; documents without a sensible rev get `rev`, the one after the newest commit."""
        if not isinstance(documents, dict):
            self.problem(name, _("This is not a table."))
            return
        entries: dict[int, Entry] = {}
        for key, body in documents.items():
            if not _ID.fullmatch(key):
                self.problem(f"{name} {key}", _("The id is not a number."))
            elif not isinstance(body, dict):
                self.problem(f"{name} {key}", _("This is not a document."))
            else:
                self.document(name, int(key), body, rev, entries)
        self.tables[name] = Table.sorted_of(entries)

    def document(self, name: str, doc_id: int, body: dict[str, Any], new_rev: int, entries: dict[int, Entry]) -> None:
        """Take one document."""
        rev = body.pop(REV, new_rev)
        if type(rev) is not int or not 1 <= rev <= new_rev:
            rev = new_rev
        try:
            entries[doc_id] = encode(doc_id, rev, body)
        except TypeError:
            problem = _("The document is nested too deeply, or holds too large a number.")
            self.problem(f"{name} {doc_id}", problem)


def _checked_meta(fields: object) -> Meta:
    if not isinstance(fields, dict):
        raise TypeError
    schema = fields["schema"]
    if type(schema) is int and schema > migrations.current():
        return new_meta()._replace(schema=schema, seq=_number(fields.get("seq", 0)))
    ids = {str(name): _number(number) for name, number in dict(fields["ids"]).items()}
    meta = Meta(
        _number(schema), _number(fields["seq"]), _number(fields["floor"]), ids, fields["created"], fields["backed_up"]
    )
    if meta.schema < 1 or {type(meta.created), type(meta.backed_up)} != {str}:
        raise TypeError
    return meta


def _number(value: object) -> int:
    if type(value) is not int or not 0 <= value <= _LARGEST_NUMBER:
        raise TypeError
    return value


def _checked_ring(entries: tuple[RingEntry, ...], newest: int) -> Ring:
    seqs = [0, *(entry.seq for entry in entries), newest + 1]
    if any(earlier >= later for earlier, later in pairwise(seqs)):
        raise ValueError
    return Ring(entries)


def _undamaged_lines(data: bytes, error: orjson.JSONDecodeError) -> Image:
    """Return the documents whose lines are whole, of a file whose lines are otherwise in order; else raise Unreadable.

    Only damage inside lines leaves the rest sure. A cut file, or one that is not laid out in lines, is refused.
    """
    lines = data.split(b"\n")
    fault = json_fault(data, error)
    place = _place(data, fault)
    if not data.endswith(b"}}\n") or not data.startswith(b'{"_meta":{"1":{'):
        raise Unreadable(_("The file is cut or is not JSON ({error}).").format(error=fault.why), place)
    reader = _Reader()
    try:
        end_of_meta = next(number for number, line in enumerate(lines) if line in {b"]}},", b"]}}}"})
        meta, ring = reader.meta(
            orjson.loads(b"\n".join(lines[: end_of_meta + 1]).rstrip(b",}") + b"}}}")["_meta"]["1"]
        )
    except (StopIteration, ValueError, KeyError, TypeError):
        end_of_meta = next((number - 1 for number, line in enumerate(lines) if _TABLE_LINE.fullmatch(line)), len(lines))
        meta, ring = reader.meta(None)
    _take_lines(reader, lines[end_of_meta + 1 :], end_of_meta + 2, meta.seq + 1)
    if not reader.problems or not any(len(table) for table in reader.tables.values()):
        raise Unreadable(_("The file is damaged ({error}).").format(error=fault.why), place)
    return Image(meta, ring, reader.tables, changed_outside=True, problems=tuple(reader.problems))


def _take_lines(reader: _Reader, lines: list[bytes], number: int, rev: int) -> None:
    """Take the tables line by line; `number` is the first line's."""
    name = ""
    entries: dict[int, Entry] = {}
    for at, line in enumerate(lines, number):
        if head := _TABLE_LINE.fullmatch(line):
            name = head[1].decode()
        elif line.rstrip(b",") in {b"}", b"}}"} and name:
            reader.tables[name] = Table.sorted_of(entries)
            name, entries = "", {}
        elif line and not (name and _take_line(reader, name, line.removesuffix(b","), rev, entries)):
            where = _("{table}, line {number}").format(table=name or "_meta", number=at)
            reader.problem(_document_name(name, line) or where, _("Line {number} is damaged.").format(number=at))
    if name:
        raise Unreadable(_("The end of table {name} is missing.").format(name=name), name)


def _take_line(reader: _Reader, name: str, line: bytes, rev: int, entries: dict[int, Entry]) -> bool:
    found = _ENTRY_LINE.fullmatch(line)
    if found is None:
        return False
    try:
        body = orjson.loads(found[2])
    except orjson.JSONDecodeError:
        return False
    reader.document(name, int(found[1]), body, rev, entries)
    return True


def _document_name(table: str, line: bytes) -> str:
    found = re.match(rb'"([1-9]\d*)":', line)
    return f"{table} {found[1].decode()}" if found and table else ""


def _place(data: bytes, fault: JsonFault) -> str:
    """Return the line, column and byte where a file stops being JSON, and the document there."""
    before = data[: fault.offset]
    line = data[before.rfind(b"\n") + 1 :].partition(b"\n")[0]
    heads = [table for table in KINDS if b'"%b":{\n' % table.encode() in before]
    name = (
        _document_name(max(heads, key=lambda table: before.rfind(b'"%b":{\n' % table.encode())), line) if heads else ""
    )
    where = _("line {line}, column {column}, byte {byte}").format(
        line=fault.line, column=fault.column, byte=fault.offset
    )
    return f"{where} ({name})" if name else where
