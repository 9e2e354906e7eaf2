"""The repository on one TinyDB file; see `repository` for what it promises."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from simtui.errors import NotFound
from simtui.i18n import _
from simtui.store import backups
from simtui.store.apart import take_apart
from simtui.store.image import Image
from simtui.store.keeper import Clock, Keeper, newer_schema
from simtui.store.repository import (
    Apart,
    Change,
    Commit,
    Document,
    Kind,
    Problem,
    Scalar,
    Step,
    Touched,
)
from simtui.store.safe_storage import LOCK_TIMEOUT, SafeStorage
from simtui.store.transaction import applied, resolved, reversed_writes
from simtui.store.undo import Entry


def open_repository(
    path: Path, *, read_only: bool = False, clock: Clock = time.time, lock_timeout: float = LOCK_TIMEOUT
) -> TinyDbRepository:
    """Open the data file at `path`; a missing one is an empty store, made at the first commit.

    `clock` gives seconds since 1970. Data of an older schema is migrated, after a backup.

    Raises:
        Corrupt, Refused: The file is not usable; nothing was changed.
        Busy, NotSaved, Unknown: It needs a migration that could not be done.
    """
    storage = SafeStorage(path, lock_timeout=lock_timeout, clock=clock)
    repository = TinyDbRepository(Keeper(storage, read_only=read_only, clock=clock))
    try:
        repository.start()
    except BaseException:
        repository.close()
        raise
    return repository


class TinyDbRepository:
    """All documents in memory, as bytes; each read looks with one `stat` whether the file is still the same."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._reported_reloads = 0
        self._own: set[int] = set()

    @property
    def path(self) -> Path:
        """The data file, with links followed."""
        return self._keeper.path

    # State -------------------------------------------------------------------------------------------------------

    @property
    def seq(self) -> int:
        """See Repository."""
        return self._keeper.image.meta.seq

    @property
    def problems(self) -> Sequence[Problem]:
        """See Repository."""
        return self._keeper.image.problems

    @property
    def changed_outside(self) -> bool:
        """Tell whether another program changed the file since the last commit."""
        return self._keeper.image.changed_outside

    @property
    def read_only_reason(self) -> str:
        """See Repository."""
        return self._keeper.read_only_reason

    @property
    def notices(self) -> Sequence[str]:
        """See Repository."""
        found = []
        if newer := newer_schema(self._keeper.image):
            found.append(newer)
        if self.changed_outside:
            found.append(_("Another program has changed the data file. A backup is made before the next change."))
        if self._keeper.backup_error:
            found.append(self._keeper.backup_error)
        if not self.seq and (copies := backups.copies(self.path)):
            found.append(_("There is no data file, but there is a backup: {path}").format(path=copies[-1]))
        return tuple(found)

    # Reading -----------------------------------------------------------------------------------------------------

    def get(self, kind: Kind, doc_id: int) -> Document | None:
        """See Repository."""
        return self._keeper.current().table(kind).get(doc_id)

    def list(self, kind: Kind, /, **equals: Scalar) -> Sequence[Document]:
        """See Repository."""
        with self._keeper.memory:
            table = self._keeper.current().table(kind)
            return tuple(table.where(equals) if equals else table)

    def list_apart(self, kind: Kind, first: tuple[str, ...], /) -> Iterator[Sequence[Apart]]:
        """See Repository."""
        return take_apart(self._keeper.current().table(kind), first)

    def changes_since(self, seq: int) -> Sequence[Touched] | None:
        """See Repository."""
        image = self._keeper.current()
        if not image.meta.floor <= seq <= image.meta.seq:
            return None
        # Where nothing happened the ring need not be decoded.
        return image.ring.touched_since(seq) if seq < image.meta.seq else ()

    def reload_if_changed(self) -> bool:
        """See Repository."""
        with self._keeper.memory:
            self._keeper.current()
            changed = self._keeper.reloads != self._reported_reloads
            self._reported_reloads = self._keeper.reloads
        return changed

    def undo_step(self) -> Step | None:
        """See Repository."""
        undo, _redo = self._keeper.current().ring.steps()
        return undo[-1].step() if undo else None

    def redo_step(self) -> Step | None:
        """See Repository."""
        _undo, redo = self._keeper.current().ring.steps()
        return redo[-1].step() if redo else None

    def is_own(self, step: Step) -> bool:
        """See Repository."""
        return step.seq in self._own

    def undo_name(self) -> str | None:
        """See Repository."""
        step = self.undo_step()
        return None if step is None else step.name

    def redo_name(self) -> str | None:
        """See Repository."""
        step = self.redo_step()
        return None if step is None else step.name

    def waiting_at_most(self, seconds: float) -> AbstractContextManager[None]:
        """See Repository."""
        return self._keeper.storage.waiting_at_most(seconds)

    def check(self) -> Sequence[Problem]:
        """See Repository."""
        image = self._keeper.on_disk()
        found = [*image.problems]
        if newer_schema(image):
            return tuple(found)  # what its own record says is for the newer simtui to judge
        for name, table in image.tables.items():
            if table.last_id > image.meta.ids.get(name, 0):
                found.append(Problem(name, _("There is an id above the highest one that was given out.")))
            found += [
                Problem(f"{name} {document.id}", _("The version is newer than the newest commit."))
                for document in table
                if document.rev > image.meta.seq
            ]
        return tuple(found)

    def close(self) -> None:
        """See Repository."""
        self._keeper.storage.close()

    # Writing -----------------------------------------------------------------------------------------------------

    def commit(self, changes: Sequence[Change], txid: str, name: str, *, undoable: bool = True) -> Commit:
        """See Repository."""

        def commit_to(image: Image) -> Commit:
            writes = resolved(image, changes)
            entry = Entry.of(
                seq=image.meta.seq + 1,
                at=self._keeper.now(),
                txid=txid,
                name=name,
                rows=[write.row for write in writes],
                way="do" if undoable else "draft",
            )
            if not any(row.touches for row in entry.rows):
                return entry.commit()._replace(seq=image.meta.seq)
            return self._keeper.save(image, applied(image, writes, entry))

        return self._once(txid, commit_to)

    def undo(self, what: int | str | None = None, *, txid: str) -> Commit:
        """See Repository."""

        def undo_in(image: Image) -> Commit:
            undo, redo = image.ring.steps()
            wanted = undo[-1:] if what is None else [step for step in (*undo, *redo) if what in {step.seq, step.txid}]
            if not wanted:
                raise NotFound(_("There is nothing to undo."))
            return self._reverse(image, wanted[0], txid)

        return self._once(txid, undo_in)

    def redo(self, seq: int | None = None, *, txid: str) -> Commit:
        """See Repository."""

        def redo_in(image: Image) -> Commit:
            _undo, redo = image.ring.steps()
            wanted = redo[-1:] if seq is None else [step for step in redo if step.seq == seq]
            if not wanted:
                raise NotFound(_("There is nothing to redo."))
            return self._reverse(image, wanted[0], txid)

        return self._once(txid, redo_in)

    def backup(self) -> Path:
        """See Repository."""
        return self._keeper.backup()

    # Inside ------------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Load the file, migrate it if it is old, and tidy up after writers that died."""
        image = self._keeper.current()
        self._reported_reloads = self._keeper.reloads
        if self.read_only_reason:
            return
        self._keeper.storage.clean_up()
        if image.migrated_from:
            self._migrate()

    def _migrate(self) -> None:
        with self._keeper.writing("migration") as image:
            if not image.migrated_from:
                return  # Another session was quicker.
            entry = Entry.of(
                seq=image.meta.seq,
                at=self._keeper.now(),
                txid=f"migration-{image.meta.schema}",
                name="migration",
                rows=(),
                way="draft",
            )
            self._keeper.save(image, applied(image, (), entry))

    def _once(self, txid: str, make: Callable[[Image], Commit]) -> Commit:
        """Do what `make` does under the lock, unless the commit `txid` is there already and only has to be confirmed."""
        with self._keeper.writing(txid) as image:
            known = image.ring.find(txid)
            if known is None:
                done = make(image)
            else:
                self._keeper.storage.confirm()
                done = known.commit()
        if (
            done.seq > image.meta.seq or known is not None
        ):  # what changed nothing has the number of the commit before it
            self._own.add(done.seq)
        return done

    def _reverse(self, image: Image, entry: Entry, txid: str) -> Commit:
        writes = reversed_writes(image, entry)
        reverse = Entry.of(
            seq=image.meta.seq + 1,
            at=self._keeper.now(),
            txid=txid,
            name=entry.name,
            rows=[write.row for write in writes],
            way="redo" if entry.way == "undo" else "undo",
            reverses=entry.seq,
        )
        return self._keeper.save(image, applied(image, writes, reverse))
