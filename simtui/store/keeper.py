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
from simtui.text import system_reason

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
        if newer := newer_schema(image):
            return newer
        if image.problems:
            return _("A part of the data cannot be read, so it is open for reading only.")
        return protection(self.storage)

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

    def usable(self, data: bytes) -> Image:
        """Return what the bytes of a data file hold, in the current schema; raises Corrupt."""
        image = self.decoded(data)
        try:
            return migrated(image)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            problem = _("The data (schema {theirs}) does not fit into schema {ours} of this simtui.").format(
                theirs=image.meta.schema, ours=migrations.current()
            )
            raise Corrupt(self.path, problem, backup=backups.newest_good(self.path)) from error

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
        version = self.storage.replace(file_format.encode(new))
        with self.memory:
            for name, table in new.tables.items():
                if table is not old.table(name):
                    table.take_indexes(old.table(name))
            self.image = new
            self.storage.keep(version)
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
            return self._copied(self._clock())

    def on_disk(self) -> Image:
        """Return what the file holds, read anew; raises Corrupt or Refused where that cannot be used."""
        loaded = self.storage.load()
        if loaded is None:
            return empty_image()
        data, version = loaded
        version.close()
        return self.decoded(data)

    def _reload(self) -> None:
        loaded = self.storage.load()
        if loaded is None:
            newest = backups.newest_good(self.path)
            raise Corrupt(self.path, _("The data file has been removed while it was open."), backup=newest)
        data, version = loaded
        try:
            image = adopted(self.usable(data), self.image)
        except BaseException:
            version.close()
            raise
        self.image = image
        self.reloads += 1
        self.storage.keep(version)

    def _refuse_read_only(self) -> None:
        if why := self.read_only_reason:
            raise ReadOnly(why, place=str(self.path))

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
            self._copied(now)
        except NotSaved as error:
            if old.migrated_from:
                raise
            self.backup_error = f"{error.place}: {error.reason}"
            return new
        self.backup_error = ""
        return new._replace(meta=new.meta._replace(backed_up=today))

    def _copied(self, now: float) -> Path:
        """Make a backup of the file as it was read; raises NotSaved."""
        try:
            data = self.storage.content()
        except OSError as error:
            raise NotSaved(
                _("The backup failed: {reason}").format(reason=system_reason(error)), place=str(self.path)
            ) from error
        return backups.make(self.path, data, now)


def newer_schema(image: Image) -> str:
    """Say that the data is a newer simtui's, empty where it is not."""
    if image.meta.schema <= migrations.current():
        return ""
    return _(
        "The data was written by a newer simtui (schema {theirs}, this one knows {ours}), so it is open for "
        "reading only. Update simtui to change it."
    ).format(theirs=image.meta.schema, ours=migrations.current())


def protection(storage: SafeStorage) -> str:
    """Say why the file may not be written, empty where it may."""
    if storage.is_protected():
        return _("The data file is write-protected, so it is open for reading only.")
    if storage.is_on_read_only_disk():
        return _("The data file lies on a disk that may only be read, so it is open for reading only.")
    return ""
