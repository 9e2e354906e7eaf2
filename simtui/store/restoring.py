"""Going back to a backup: what would change is shown first, and what is replaced is kept beside the data file.

Where the data can be read, going back is a commit like any other: it can be undone by name, and documents that are the
same keep their versions. A file that cannot be read is replaced as a whole, and its successor starts anew.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import orjson

from simtui.errors import NotFound
from simtui.i18n import _
from simtui.store import backups, file_format
from simtui.store.files import Unconfirmed
from simtui.store.image import Image, empty_image, renewed
from simtui.store.keeper import Clock, Keeper, newer_schema, protection
from simtui.store.lock import utc
from simtui.store.repository import Body, Corrupt, NotSaved, ReadOnly, Unknown
from simtui.store.safe_storage import LOCK_TIMEOUT, SafeStorage
from simtui.store.tables import LARGEST_ID, encode
from simtui.store.transaction import Write, applied
from simtui.store.undo import Entry

_BEGINNING = 65_536
_SEQ = re.compile(rb'"seq":(\d{1,15})')
_IDS = re.compile(rb'"ids":(\{[^{}]*\})')


class Difference(NamedTuple):
    """A document that going back would change; None where there is none now, or was none then."""

    kind: str
    id: int
    now: Body | None
    then: Body | None


class Plan(NamedTuple):
    """What going back to `backup` would do to `file`: to be shown, then passed to `restore`.

    `problem` says why a part of the data cannot be read now, or all; it is empty where everything can be.
    `seen` stands for the contents of both files.
    """

    file: Path
    backup: Path
    differences: tuple[Difference, ...]
    problem: str
    seen: bytes


class Restored(NamedTuple):
    """What going back has done: `kept` is where the replaced data lies now, None where nothing was replaced."""

    kept: Path | None
    seq: int


class _Present(NamedTuple):
    """What the data file holds, as far as it can be read; `data` is None where there is no file."""

    data: bytes | None
    image: Image
    problem: str


class _Attempt(NamedTuple):
    """How the commit is named; `at` is UTC, ISO 8601."""

    txid: str
    name: str
    at: str


def plan(file: Path, backup: Path) -> Plan:
    """Return what going back to `backup` would change; nothing is written.

    Raises:
        NotFound, Corrupt, Refused: The backup is not there, or not good.
        NotSaved: It is the data file itself.
        ReadOnly: The data or the backup was written by a newer simtui.
    """
    file, backup = file.resolve(), backup.resolve()
    return _compared(file, backup)[0]


def restore(
    planned: Plan, name: str, *, txid: str, clock: Clock = time.time, lock_timeout: float = LOCK_TIMEOUT
) -> Restored:
    """Go back as planned. `name` is shown at undo, `txid` names the attempt, `clock` gives seconds since 1970.

    Raises as `plan`, and:
        NotSaved: The data or the backup is not what was shown any more, or could not be written; nothing was changed.
        ReadOnly: The data file is write-protected.
        Busy: Another session is writing.
        Unknown: It is done, but the disk did not confirm it.
    """
    with closing(SafeStorage(planned.file, lock_timeout=lock_timeout, clock=clock)) as storage, storage.lock():
        again, present, then = _compared(planned.file, planned.backup)
        if again.seen != planned.seen:
            raise NotSaved(
                _("the data or the backup has changed since it was shown"),
                place=str(planned.file),
                next_step=_("Look again at what would change."),
            )
        if not (again.differences or again.problem or present.data is None):
            return Restored(None, present.image.meta.seq)
        if protected := protection(storage):
            raise ReadOnly(protected, place=str(planned.file))
        now = clock()
        if present.problem or present.data is None:
            image = _successor(planned.file, present, then)
        else:
            image = _next(present.image, then, again.differences, _Attempt(txid, name, utc(now)))
        kept = None if present.data is None else _kept(storage, present.data, now)
        try:
            storage.replace(file_format.encode(image)).close()
        except NotSaved:
            if kept is not None:
                with suppress(OSError):
                    kept.unlink()
            raise
        except Unconfirmed as error:
            raise Unknown(txid, place=str(planned.file)) from error
        return Restored(kept, image.meta.seq)


def _compared(file: Path, backup: Path) -> tuple[Plan, _Present, Image]:
    if not backup.exists():
        raise NotFound(_("There is no such backup."), place=str(backup))
    if file.exists() and file.samefile(backup):
        raise NotSaved(_("this is the data file itself"), place=str(backup))
    present, then = _present(file), _present(backup)
    for image, place in ((present.image, file), (then.image, backup)):
        if newer := newer_schema(image):
            raise ReadOnly(newer, place=str(place))
    if then.problem or then.data is None:
        raise Corrupt(backup, then.problem or _("There is no such backup."))
    seen = blake2b(repr(present.data is None).encode())
    for data in (present.data or b"", then.data):
        seen.update(blake2b(data).digest())
    differences = tuple(_differences(present.image, then.image))
    return Plan(file, backup, differences, present.problem, seen.digest()), present, then.image


def _present(file: Path) -> _Present:
    """Return what a file holds, brought to the current schema; raises Refused."""
    with closing(SafeStorage(file)) as storage:
        loaded = storage.load()
        if loaded is None:
            return _Present(None, empty_image(), "")
        data, version = loaded
        version.close()
        try:
            image = Keeper(storage, read_only=True, clock=time.time).usable(data)
        except Corrupt as error:
            return _Present(data, empty_image(), str(error.problem))
    if image.changed_outside:
        image = renewed(image, image.meta.seq)
    return _Present(data, image, "; ".join(f"{place}: {problem}" for place, problem in image.problems))


def _differences(now: Image, then: Image) -> Iterator[Difference]:
    for name in {**now.tables, **then.tables}:
        mine, theirs = now.table(name), then.table(name)
        for doc_id in sorted(mine.differing(theirs)):
            before, after = mine.get(doc_id), theirs.get(doc_id)
            bodies = None if before is None else before.body, None if after is None else after.body
            if bodies[0] != bodies[1]:
                yield Difference(name, doc_id, *bodies)


def _next(image: Image, then: Image, differences: tuple[Difference, ...], attempt: _Attempt) -> Image:
    """Return the commit that makes `image` what `then` was."""
    rev = image.meta.seq + 1
    writes = [
        Write(
            kind,
            doc_id,
            image.table(kind).get(doc_id),
            0 if body is None else rev,
            None if body is None else encode(doc_id, rev, body),
        )
        for kind, doc_id, _now, body in differences
    ]
    entry = Entry.of(seq=rev, at=attempt.at, txid=attempt.txid, name=attempt.name, rows=[write.row for write in writes])
    return _with_ids(applied(image, writes, entry), then.meta.ids)


def _successor(file: Path, present: _Present, then: Image) -> Image:
    """Return the backup's data as the successor of a file that cannot be read.

    What the file still tells of its newest commit and its highest ids is heeded, so that open sessions notice and no id
    is given out twice.
    """
    last_seq, ids = _last_known(present.data or b"")
    newest = backups.newest_good(file)
    metas = [present.image.meta, *([] if newest is None else [_present(newest).image.meta])]
    image = renewed(then, max(last_seq, *(meta.seq for meta in metas)))
    for each in (ids, *(meta.ids for meta in metas)):
        image = _with_ids(image, each)
    marks = {name: table.last_id for name, table in present.image.tables.items()}
    return _with_ids(image, marks)._replace(changed_outside=False, migrated_from=0)


def _last_known(data: bytes) -> tuple[int, Mapping[str, int]]:
    """Return the seq and the highest ids that the beginning of a damaged file names."""
    beginning = data[:_BEGINNING]
    seq, ids = _SEQ.search(beginning), _IDS.search(beginning)
    try:
        named = dict(orjson.loads(ids[1])) if ids else {}
    except orjson.JSONDecodeError:
        named = {}
    marks = {name: number for name, number in named.items() if type(number) is int and 0 < number <= LARGEST_ID}
    return int(seq[1]) if seq else 0, marks


def _with_ids(image: Image, ids: Mapping[str, int]) -> Image:
    known = image.meta.ids
    highest = {name: max(known.get(name, 0), ids.get(name, 0)) for name in {**known, **ids}}
    return image._replace(meta=image.meta._replace(ids=highest))


def _kept(storage: SafeStorage, data: bytes, now: float) -> Path:
    """Write what is about to be replaced to a file of its own; it is never removed by simtui."""
    target = backups.name_for_replaced(storage.path, now)
    try:
        storage.write_copy(target, data)
    except NotSaved:
        with suppress(OSError):
            target.unlink()
        raise
    return target
