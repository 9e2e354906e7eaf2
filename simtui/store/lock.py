"""The lock that only one writer holds at a time, on a file of its own beside the data file.

The operating system holds it, so a session that dies lets go of it. The file stays: removing it would let two
sessions lock two different files of the same name.
"""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import orjson

from simtui.i18n import _
from simtui.store.files import PRIVATE_FILE, leave_to_owner
from simtui.store.repository import Busy, Holder, NotSaved
from simtui.text import system_reason

_FIRST_PAUSE = 0.000_5
_LONGEST_PAUSE = 0.005
_NOTE_SIZE = 4096


def utc(seconds: float) -> str:
    """Return a moment in seconds since 1970 as ISO 8601, UTC, to the second."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


class FileLock:
    """An exclusive lock between processes, and between threads, that names its holder."""

    def __init__(self, path: Path, *, timeout: float, clock: Callable[[], float]) -> None:
        """`timeout` is in seconds; `clock` gives seconds since 1970 for the holder's note."""
        self._path = path
        self._timeout = timeout
        self._clock = clock

    @contextmanager
    def waiting_at_most(self, seconds: float) -> Iterator[None]:
        """Be less patient inside the `with` block, where no timeout of its own is asked for."""
        before, self._timeout = self._timeout, min(seconds, self._timeout)
        try:
            yield
        finally:
            self._timeout = before

    @contextmanager
    def held(self, timeout: float | None = None) -> Iterator[None]:
        """Hold the lock inside the `with` block; raises Busy after the timeout, NotSaved where it cannot be had."""
        try:
            descriptor = self._acquire(self._timeout if timeout is None else timeout)
        except OSError as error:
            raise NotSaved(system_reason(error), place=str(self._path), next_step=_next_step(error)) from error
        try:
            self._sign(descriptor)
            yield
        finally:
            os.close(descriptor)

    def _acquire(self, timeout: float) -> int:
        deadline = time.monotonic() + timeout
        while True:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, PRIVATE_FILE)
            try:
                leave_to_owner(descriptor, self._path.parent)
                self._wait(descriptor, deadline)
                if self._leads_to(descriptor):
                    return descriptor
            except BaseException:
                os.close(descriptor)
                raise
            os.close(descriptor)

    def _wait(self, descriptor: int, deadline: float) -> None:
        pause = _FIRST_PAUSE
        while not _try_lock(descriptor):
            if time.monotonic() >= deadline:
                raise Busy(holder_of(descriptor), place=str(self._path))
            time.sleep(pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE)

    def _leads_to(self, descriptor: int) -> bool:
        """Tell whether the path is still this file: somebody may have removed it while we waited."""
        try:
            return os.path.samestat(os.fstat(descriptor), self._path.stat())
        except FileNotFoundError:
            return False

    def _sign(self, descriptor: int) -> None:
        """Write who holds the lock; a full disk must not stop a commit here, the name is only a courtesy."""
        note = {"pid": os.getpid(), "host": os.uname().nodename, "since": utc(self._clock())}
        with suppress(OSError):
            os.ftruncate(descriptor, os.pwrite(descriptor, orjson.dumps(note), 0))


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in {errno.EWOULDBLOCK, errno.EACCES}:
            return False
        raise
    return True


def holder_of(descriptor: int) -> Holder | None:
    """Return who signed the lock file, None where it does not say."""
    try:
        note = orjson.loads(os.pread(descriptor, _NOTE_SIZE, 0))
        return Holder(pid=int(note["pid"]), host=str(note["host"]), since=str(note["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _next_step(error: OSError) -> str:
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return _("Make the folder writable for you, or open the data with --read-only.")
    return ""
