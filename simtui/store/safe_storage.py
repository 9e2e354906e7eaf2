"""A TinyDB storage that several processes may use: one writer at a time, files replaced whole, changes noticed.

TinyDB can be opened on it (`TinyDB(path, storage=SafeStorage)`); each of its writes is then whole, but its tables
read and write in two steps, so two processes that use it that way can still overrule each other. The repository uses
`load`, `lock` and `replace` instead.
"""

from __future__ import annotations

import os
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from tinydb.storages import Storage

from simtui.i18n import _
from simtui.json_faults import json_fault
from simtui.store import backups, file_format
from simtui.store.files import PRIVATE_FILE, Unconfirmed, make_folder, read_all, replace_file, sync_folder
from simtui.store.lock import FileLock
from simtui.store.repository import Busy, Corrupt, NotSaved, Refused
from simtui.text import system_reason

LARGEST_FILE = 256 * 1024 * 1024
"""In bytes; a larger file is no simtui data, and would only fill the memory."""
LOCK_TIMEOUT = 5.0
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_TRIES = 3

_Identity = tuple[int, int, int, int]


class Version(NamedTuple):
    """One version of the file. It stays open, so that its inode number belongs to no other file."""

    descriptor: int
    identity: _Identity

    def close(self) -> None:
        """Let go of it."""
        if self.descriptor >= 0:
            os.close(self.descriptor)


_NONE = Version(-1, (-1, -1, -1, -1))


class SafeStorage(Storage):
    """The bytes of one data file.

    A symbolic link is followed once, here; the link stays, and lock and temporary file lie beside the real file.
    """

    def __init__(
        self, path: str | Path, *, lock_timeout: float = LOCK_TIMEOUT, clock: Callable[[], float] = time.time
    ) -> None:
        """`lock_timeout` is in seconds; `clock` gives seconds since 1970."""
        self.path = Path(os.path.realpath(path))
        self._name = str(self.path)
        self._temporary = self.path.with_name(f".{self.path.name}.tmp")
        self._lock = FileLock(self.path.with_name(f"{self.path.name}.lock"), timeout=lock_timeout, clock=clock)
        self._keeping = threading.Lock()
        self._kept: Version | None = None

    # What TinyDB asks for ------------------------------------------------------------------------------------------

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return all tables, None where there is no file yet."""
        loaded = self.load()
        if loaded is None:
            return None
        data, version = loaded
        version.close()
        try:
            tables: dict[str, dict[str, Any]] = orjson.loads(data)
        except orjson.JSONDecodeError as error:
            fault = json_fault(data, error)
            raise Corrupt(self.path, fault.why, place=f"{fault.line}:{fault.column}") from error
        return tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace the file by these tables; raises as `replace`."""
        with self.lock():
            self.replace(file_format.encode_plain(data)).close()

    def close(self) -> None:
        """Let go of the file."""
        self.forget()

    # What the repository asks for -----------------------------------------------------------------------------------

    def has_changed(self) -> bool:
        """Tell with one `stat` whether the file is another one than the one that is kept."""
        try:
            found = os.stat(self._name)  # noqa: PTH116 - called for every read; a Path takes twice as long
        except FileNotFoundError:
            return self._kept is not None
        except OSError as error:
            raise Refused(system_reason(error), place=self._name) from error
        return self._kept is None or self._kept.identity != _identity(found)

    def load(self) -> tuple[bytes, Version] | None:
        """Read the file, None where there is none; the version has to be kept or closed. Raises Refused."""
        try:
            descriptor = os.open(self._name, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Refused(system_reason(error), place=self._name) from error
        try:
            data, identity = self._read(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise Refused(system_reason(error), place=self._name) from error
        except BaseException:
            os.close(descriptor)
            raise
        return data, Version(descriptor, identity)

    def keep(self, version: Version) -> None:
        """Remember `version` as the one in memory.

        What it holds must be in memory already: whoever finds the file unchanged takes what is there.
        """
        with self._keeping:
            old, self._kept = self._kept, version
        if old is not None:
            old.close()

    def lock(self) -> AbstractContextManager[None]:
        """Return the lock, to be held around `load` and `replace`; makes the folder if it is missing.

        Raises Busy, NotSaved.
        """
        try:
            make_folder(self.path.parent)
        except OSError as error:
            raise NotSaved(system_reason(error), place=str(self.path.parent)) from error
        return self._lock.held()

    def replace(self, data: bytes) -> Version:
        """Put `data` in the file's place; on return it is on the disk. The caller holds the lock.

        The version has to be kept or closed.

        Raises:
            NotSaved: The file is as it was.
            Unconfirmed: The file is replaced, but the disk did not confirm it; it has to be loaded again.
        """
        if len(data) > LARGEST_FILE:
            raise NotSaved(_("the data would grow beyond {size} MB").format(size=LARGEST_FILE >> 20), place=self._name)
        try:
            self._remove_leftover()
            descriptor = replace_file(self.path, self._temporary, data, PRIVATE_FILE)
        except OSError as error:
            raise NotSaved(system_reason(error), place=self._name) from error
        except Unconfirmed:
            self.forget()
            raise
        return Version(descriptor, _identity(os.fstat(descriptor)))

    def write_copy(self, target: Path, data: bytes) -> None:
        """Write a copy of the file, or one more; whole or not at all. The caller holds the lock. Raises NotSaved."""
        temporary = target.with_name(self._temporary.name)
        try:
            temporary.unlink(missing_ok=True)
            os.close(replace_file(target, temporary, data, PRIVATE_FILE))
        except (OSError, Unconfirmed) as error:
            why = system_reason(error) if isinstance(error, OSError) else _("the disk did not confirm it")
            raise NotSaved(why, place=str(target)) from error

    def waiting_at_most(self, seconds: float) -> AbstractContextManager[None]:
        """Let `lock` raise Busy after so many seconds, inside the `with` block."""
        return self._lock.waiting_at_most(seconds)

    def confirm(self) -> None:
        """Make sure that the file as it is outlasts a power cut; raises Unconfirmed."""
        try:
            with self._opened() as descriptor:
                os.fsync(descriptor)
            sync_folder(self.path.parent)
        except OSError as error:
            raise Unconfirmed from error

    def is_protected(self) -> bool:
        """Tell whether the owner has taken the right to write away from the file."""
        try:
            return not self.path.stat().st_mode & stat.S_IWUSR
        except OSError:
            return False

    def is_on_read_only_disk(self) -> bool:
        """Tell whether the disk is mounted for reading only."""
        for path in (self.path, self.path.parent):
            with suppress(OSError):
                return bool(os.statvfs(path).f_flag & os.ST_RDONLY)
        return False

    def content(self) -> bytes:
        """Return the bytes of the version that is kept, even if the file is replaced by now; raises OSError."""
        with self._opened() as descriptor:
            return read_all(descriptor, os.fstat(descriptor).st_size)

    def forget(self) -> None:
        """Let go of the file, and take any that is there, or that there is none, for a change."""
        self.keep(_NONE)

    def clean_up(self) -> None:
        """Remove what a writer that died has left, unless somebody is writing right now."""
        if self._temporary.exists() or backups.temporary(self.path).exists():
            with suppress(Busy, NotSaved, OSError), self._lock.held(0):
                self._remove_leftover()
                backups.temporary(self.path).unlink(missing_ok=True)

    def _remove_leftover(self) -> None:
        """Remove a dead writer's temporary file; there is no other writer while we hold the lock."""
        self._temporary.unlink(missing_ok=True)

    @contextmanager
    def _opened(self) -> Iterator[int]:
        """Give a descriptor of the kept version that stays open, whatever other threads read meanwhile."""
        with self._keeping:
            descriptor = os.dup(-1 if self._kept is None else self._kept.descriptor)
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def _read(self, descriptor: int) -> tuple[bytes, _Identity]:
        """Read an open file, again if a program writes into it meanwhile."""
        for _attempt in range(_TRIES):
            found = os.fstat(descriptor)
            self._refuse(found)
            data = read_all(descriptor, found.st_size)
            identity = _identity(found)
            if identity == _identity(os.fstat(descriptor)):
                break
        return data, identity

    def _refuse(self, found: os.stat_result) -> None:
        if not stat.S_ISREG(found.st_mode):
            raise Refused(_("This is not a regular file."), place=self._name)
        if found.st_size > LARGEST_FILE:
            problem = _("The file is larger than {size} MB.").format(size=LARGEST_FILE >> 20)
            raise Refused(problem, place=self._name)
        if found.st_mode & _OTHERS_WRITE:
            raise Refused(
                _("Other users may write to this file."),
                place=self._name,
                next_step=_("Run: {command}").format(command=f"chmod 600 {_quoted(self._name)}"),
            )
        folder = self.path.parent.stat()
        if folder.st_mode & stat.S_IWOTH and not folder.st_mode & stat.S_ISVTX:
            raise Refused(
                _("Other users may replace files in this folder."),
                place=str(self.path.parent),
                next_step=_("Run: {command}").format(command=f"chmod o-w {_quoted(str(self.path.parent))}"),
            )


def _identity(found: os.stat_result) -> _Identity:
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size


def _quoted(name: str) -> str:
    """Return a name as a shell takes it."""
    import shlex

    return shlex.quote(name)
