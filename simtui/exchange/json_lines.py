"""Lines with everything that belongs to them as JSON: what `export` writes, `import` reads back without loss.

Secrets are never part of it. Ids are given anew at an import; what refers to another line of the file still does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import orjson
from pydantic import ValidationError

from simtui.domain.act import Act
from simtui.domain.line import Line
from simtui.domain.record import AnyRecord
from simtui.domain.renewal import Renewal
from simtui.errors import InputError
from simtui.exchange.complaints import MOST_COMPLAINTS, complaints
from simtui.exchange.incoming import MOST_LINES, MOST_WRONG, Import, Incoming, Wrong, too_much
from simtui.holding import Holding
from simtui.i18n import _
from simtui.json_faults import json_fault
from simtui.text import json_shown

FORMAT = "simtui-lines"
VERSION = 1
_DEEPEST = 12
_MOST_PARTS = 20_000
_R = TypeVar("_R", bound=AnyRecord)


_OF_THIS_STORE = frozenset({"acts", "batch"})
"""Fields of a renewal that are not exported, and not taken from a file."""


def write_json(holdings: Iterable[Holding]) -> bytes:
    """Return the lines as a JSON document, indented, so that people can read and compare it; nothing in it is obeyed by a terminal."""
    document = {"format": FORMAT, "version": VERSION, "lines": [_exported(holding) for holding in holdings]}
    text = orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()
    return json_shown(text).encode()


def _exported(holding: Holding) -> dict[str, Any]:
    acts = [_body(held.act) for held in holding.acts]
    renewals = [_body(held.renewal) for held in holding.renewals]
    entry = {"id": holding.id, "line": _body(holding.line), "acts": acts, "renewals": renewals}
    return {name: part for name, part in entry.items() if part != []}


def _body(record: AnyRecord) -> dict[str, Any]:
    """Return a record without its defaults; acts and renewals belong to the line they stand under.

    What names other documents by the ids of this store means nothing in another one.
    """
    exclude = None if isinstance(record, Line) else {"line", *_OF_THIS_STORE}
    return record.model_dump(mode="json", exclude_defaults=True, exclude=exclude)


def is_json(text: str) -> bool:
    """Tell whether a file's text is meant as JSON rather than CSV."""
    return text.lstrip()[:1] in ("{", "[")


def read_json(text: str, known_offers: Iterable[str], *, place: str) -> Import:
    """Return the lines of an export with everything that is wrong, line by line.

    A line of an offer that is not among `known_offers` is taken, with a remark: the rule may be in an own file that
    follows later.

    Raises:
        InputError: If it is no export of simtui, or one of a newer version.
    """
    entries = _entries(text, place)
    rows = _rows_by_id(entries)
    offers = frozenset(known_offers)
    lines: list[Incoming] = []
    wrong: list[Wrong] = []
    remarks: list[Wrong] = []
    for row, entry in enumerate(entries, start=1):
        reader = _EntryReader(row, entry, rows)
        incoming = reader.read()
        wrong += reader.wrong
        if len(wrong) >= MOST_WRONG:
            raise too_much(wrong, place)
        if incoming is None:
            continue
        lines.append(incoming)
        if incoming.line.offer not in offers:
            hint = _("It has no dates until your own carriers file brings the offer back.")
            remarks.append(Wrong(row, "offer", _("no such offer: {id}").format(id=incoming.line.offer), hint))
    return Import(tuple(lines), tuple(wrong), remarks=tuple(remarks))


def _entries(text: str, place: str) -> Sequence[Any]:
    hint = _("Only what simtui export wrote can be imported as JSON; anything else as CSV.")
    try:
        document = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        fault = json_fault(text.encode(), error)
        where = f"{place}: {fault.line}:{fault.column}"
        raise InputError(_("is not JSON: {reason}").format(reason=fault.why), place=where) from error
    if isinstance(document, dict) and "_meta" in document:
        hint = _("Write an export of it first: simtui export --data {file} NEW_FILE.").format(file=place)
        raise InputError(_("is a data file of simtui, not an export"), place=place, next_step=hint)
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise InputError(_("is no export of simtui"), place=place, next_step=hint)
    version = document.get("version")
    if type(version) is not int or version < 1:
        raise InputError(_("is no export of simtui"), place=place, next_step=hint)
    if version > VERSION:
        raise InputError(_("was written by a newer simtui; update simtui to read it"), place=place)
    entries = document.get("lines")
    if not isinstance(entries, list):
        raise InputError(_("must be a list in brackets"), place=f"{place}: lines")
    if len(entries) > MOST_LINES:
        raise InputError(_("holds more than {n} lines").format(n=MOST_LINES), place=place)
    if _is_deeper(entries, _DEEPEST):
        raise InputError(_("is nested deeper than {n} levels").format(n=_DEEPEST), place=place)
    return entries


def _rows_by_id(entries: Sequence[Any]) -> dict[int, int]:
    """Return in which row the line of an exported id stands; ids that are none are left out."""
    ids = ((entry.get("id"), row) for row, entry in enumerate(entries, start=1) if isinstance(entry, dict))
    return {line_id: row for line_id, row in ids if isinstance(line_id, int)}


def _is_deeper(value: object, levels: int) -> bool:
    layer = [value]
    for _level in range(levels + 1):
        layer = [part for whole in layer for part in _parts(whole)]
        if not layer:
            return False
    return True


def _parts(whole: object) -> Iterable[object]:
    if isinstance(whole, dict):
        return whole.values()
    return whole if isinstance(whole, list) else ()


class _EntryReader:
    """Reads one line of an export; `rows` tells in which row the line of an exported id stands."""

    def __init__(self, row: int, entry: object, rows: Mapping[int, int]) -> None:
        self.wrong: list[Wrong] = []
        self._row = row
        self._entry = entry if isinstance(entry, dict) else {}
        self._rows = rows
        if not isinstance(entry, dict):
            self._complain("", _("must be an object in braces"))

    def read(self) -> Incoming | None:
        """Return the line with its acts and renewals, None where anything of it is wrong."""
        for name in sorted(self._entry.keys() - {"id", "line", "acts", "renewals"})[:MOST_COMPLAINTS]:
            self._complain(name[:80], _("is not a known field"))
        body = self._entry.get("line")
        backup = self._backup(body) if isinstance(body, dict) else None
        line = self._record(Line, body, "line")
        acts = self._records(Act, "acts")
        known_here: dict[str, object] = {"acts": {}, "batch": None}
        renewals = tuple(each.model_copy(update=known_here) for each in self._records(Renewal, "renewals"))
        if self.wrong or line is None:
            return None
        if backup is not None:
            line = line.model_copy(update={"backup": None})
        return Incoming(self._row, line, acts, renewals, backup)

    def _backup(self, body: Mapping[str, Any]) -> int | None:
        """Return the row of the line that this one names as its backup channel."""
        backup = body.get("backup")
        named = backup.get("line") if isinstance(backup, dict) else None
        if named is None:
            return None
        if isinstance(named, int) and named in self._rows and self._rows[named] != self._row:
            return self._rows[named]
        self._complain("line.backup.line", _("names a line that is not in this file"))
        return None

    def _records(self, model: type[_R], name: str) -> tuple[_R, ...]:
        bodies = self._entry.get(name, [])
        if not isinstance(bodies, list) or len(bodies) > _MOST_PARTS:
            self._complain(name, _("must be a list in brackets"))
            return ()
        found: list[_R] = []
        for number, body in enumerate(bodies, start=1):
            whole = {**body, "line": 1} if isinstance(body, dict) else body
            record = self._record(model, whole, f"{name}[{number}]")
            if record is not None:
                found.append(record)
            elif len(self.wrong) >= MOST_WRONG:
                break
        return tuple(found)

    def _record(self, model: type[_R], body: object, place: str) -> _R | None:
        try:
            return model.model_validate(body)
        except ValidationError as error:
            for path, problem in complaints(error):
                self._complain(f"{place}.{path}" if path else place, problem)
            return None

    def _complain(self, column: str, problem: str) -> None:
        self.wrong.append(Wrong(self._row, column, problem))
