"""Keeps memory and file in step: reads again when the file changes, and writes before it remembers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from simtui.errors import NotFound
from simtui.i18n import _
from simtui.store import backups, file_format, migrations
from simtui.store.files import Unconfirmed
from simtui.store.foreign import Unreadable
from simtui.store.image import Image, adopted, empty_image, migrated
from simtui.store.lock import utc
from simtui.store.repository import Commit, Corrupt, NotSaved, ReadOnly, Unknown
from simtui.store.safe_storage import SafeStorage

Clock = Callable[[], float]
"""Seconds since 1970."""


class Keeper:
    """One session's view of one data file: `image` is what it last read or wrote.

    `memory` guards what threads share in memory; it is never held while the disk is written.
    """

    def __init__(self, storage: SafeStorage, *, read_only: bool, clock: Clock) -> None:
        self.storage = storage
        self.image = empty_image()
        self.memory = threading.RLock()
        self.reloads = 0
        self.backup_error = ""
        self._asked_read_only = read_only
        self._clock = clock

    @property
    def path(self) -> Path:
        """The data file, with links followed."""
        return self.storage.path

    @property
    def read_only_reason(self) -> str:
        """Why nothing can be written, in words; empty where it can."""
        image = self.image
        if self._asked_read_only:
            return _("The data was opened for reading only.")
        if self.newer_reason:
            return self.newer_reason
        if image.problems:
            return _("A part of the data cannot be read, so it is open for reading only.")
        if self.storage.is_protected():
            return _("The data file is write-protected, so it is open for reading only.")
        return ""

    @property
    def newer_reason(self) -> str:
        """That a newer simtui wrote the data, in words; empty where none did."""
        theirs, ours = self.image.meta.schema, migrations.current()
        if theirs <= ours:
            return ""
        return _(
            "The data was written by a newer simtui (schema {theirs}, this one knows {ours}), so it is open for "
            "reading only. Update simtui to change it."
        ).format(theirs=theirs, ours=ours)

    def now(self) -> str:
        """Return the present moment, UTC, ISO 8601."""
        return utc(self._clock())

    def current(self) -> Image:
        """Return what the file holds now; raises Corrupt or Refused where that cannot be used."""
        if self.storage.has_changed():
            with self.memory:
                if self.storage.has_changed():
                    self._reload()
        return self.image

    def decoded(self, data: bytes) -> Image:
        """Return what the bytes of a data file hold; raises Corrupt."""
        try:
            return file_format.decode(data)
        except Unreadable as error:
            newest = backups.newest_good(self.path)
            raise Corrupt(self.path, error.problem, place=error.place, backup=newest) from error

    @contextmanager
    def writing(self, txid: str) -> Iterator[Image]:
        """Hold the lock and give the newest image, for `save` to replace."""
        self.current()
        self._refuse_read_only()
        with self.storage.lock():
            image = self.current()
            self._refuse_read_only()
            try:
                yield image
            except Unconfirmed as error:
                raise Unknown(txid, place=str(self.path)) from error

    def save(self, old: Image, new: Image) -> Commit:
        """Write `new` in the place of `old`, and only then take it into memory; return its newest commit.

        Raises NotSaved, or Unconfirmed for `writing` to turn into Unknown.
        """
        new = self._backed_up(old, new)
        self.storage.replace(file_format.encode(new))
        with self.memory:
            for name, table in new.tables.items():
                if table is not old.table(name):
                    table.take_indexes(old.table(name))
            self.image = new
        newest = new.ring.newest
        assert newest is not None
        return newest.commit()

    def backup(self) -> Path:
        """Copy the file as it is now."""
        if self._asked_read_only:
            raise ReadOnly(self.read_only_reason, place=str(self.path))
        with self.storage.lock():
            if not self.current().meta.seq:
                raise NotFound(_("There is no data to back up yet."), place=str(self.path))
            return backups.make(self.path, self.storage.content(), self._clock())

    def _reload(self) -> None:
        data = self.storage.load()
        if data is None:
            newest = backups.newest_good(self.path)
            raise Corrupt(self.path, _("The data file has been removed while it was open."), backup=newest)
        try:
            image = migrated(self.decoded(data))
        except BaseException:
            self.storage.forget()
            raise
        self.image = adopted(image, self.image)
        self.reloads += 1

    def _refuse_read_only(self) -> None:
        if reason := self.read_only_reason:
            raise ReadOnly(reason, place=str(self.path))

    def _backed_up(self, old: Image, new: Image) -> Image:
        """Copy the file before the first commit of a day, and before simtui replaces what it did not write.

        A failed copy stops a migration, but not a person who wants to save; it is a notice then, and tried again.
        """
        now = self._clock()
        today = utc(now)[:10]
        if not old.meta.seq:
            return new._replace(meta=new.meta._replace(created=utc(now), backed_up=today))
        if old.meta.backed_up == today and not old.changed_outside and not old.migrated_from:
            return new
        try:
            backups.make(self.path, self.storage.content(), now)
        except NotSaved as error:
            if old.migrated_from:
                raise
            self.backup_error = str(error)
            return new
        self.backup_error = ""
        return new._replace(meta=new.meta._replace(backed_up=today))
