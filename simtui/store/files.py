"""Files that are written whole or not at all.

Every changing system call goes through `os`, one by one, so that tests can let each of them fail.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from simtui.errors import SimtuiError
from simtui.i18n import _
from simtui.text import system_reason

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


class NotWritten(SimtuiError):
    """A file could not be written; what was there before is untouched."""


class Unconfirmed(Exception):
    """A file was replaced, but the disk did not confirm that its folder knows."""


def atomic_write(path: Path, data: bytes, mode: int = PRIVATE_FILE) -> None:
    """Write `data` to `path` so that a reader sees the old file or the new one, never a part.

    A symbolic link stays and what it leads to is replaced. Raises NotWritten.
    """
    target = path.resolve()
    temporary = target.with_name(f".{target.name}.{os.urandom(6).hex()}.tmp")
    with _named(path):
        try:
            os.close(replace_file(target, temporary, data, mode))
        except Unconfirmed as error:
            raise NotWritten(_("The disk did not confirm that the file was written."), place=str(path)) from error


def write_new(path: Path, data: bytes, mode: int = PRIVATE_FILE) -> None:
    """Write `data` to a file that must not exist yet, not even as a link; for exports.

    Raises NotWritten, and leaves no part of the file behind.
    """
    with _named(path):
        os.close(create(path, data, mode))
        sync_folder(path.parent)


@contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        raise NotWritten(
            _("There is already a file of that name."), place=str(path), next_step=_("Choose another name.")
        ) from error
    except OSError as error:
        raise NotWritten(system_reason(error), place=str(path)) from error


def create(path: Path, data: bytes, mode: int) -> int:
    """Create `path` with `data`, on the disk when this returns, and return its open descriptor.

    Raises OSError and leaves nothing behind; never follows a link, never overwrites.
    """
    descriptor = os.open(path, _NEW, mode)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    except BaseException:
        os.close(descriptor)
        with suppress(OSError):
            path.unlink()
        raise
    return descriptor


def replace_file(target: Path, temporary: Path, data: bytes, mode: int) -> int:
    """Put a new file with `data` in the place of `target`, and return its open descriptor.

    Raises OSError if `target` is as it was, Unconfirmed if it is replaced but might not outlast a power cut.
    """
    descriptor = create(temporary, data, mode)
    try:
        leave_to_owner(descriptor, target if target.exists() else target.parent)
        temporary.replace(target)
    except BaseException as error:
        os.close(descriptor)
        if _removed(temporary) or not isinstance(error, OSError):
            raise
        raise Unconfirmed from error
    try:
        sync_folder(target.parent)
    except OSError as error:
        os.close(descriptor)
        raise Unconfirmed from error
    return descriptor


def _removed(temporary: Path) -> bool:
    """Remove a temporary file; False where it is gone because it was renamed in spite of the error."""
    try:
        temporary.unlink()
    except FileNotFoundError:
        return False
    except OSError:
        return True  # It stays behind; the next writer removes it.
    return True


def leave_to_owner(descriptor: int, like: Path) -> None:
    """Let what root makes belong to the owner of `like`: `sudo` must not lock a user out."""
    if os.geteuid() != 0:
        return
    owner, mine = like.stat(), os.fstat(descriptor)
    if (owner.st_uid, owner.st_gid) != (mine.st_uid, mine.st_gid):
        os.fchown(descriptor, owner.st_uid, owner.st_gid)


def sync_folder(folder: Path) -> None:
    """Make names in `folder` last; file systems that cannot do that for folders are taken at their word."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Create `folder` and its missing parents for the user alone, and make them last; raises OSError."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(PRIVATE_FOLDER)
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            leave_to_owner(descriptor, folder.parent)
        finally:
            os.close(descriptor)
    sync_folder(folder.parent)


def read_own(path: Path, most: int) -> bytes:
    """Return the content of a file that simtui wrote for itself; anything else there is as good as none.

    Raises OSError where it is no regular file of this user's, is larger than `most` bytes, or cannot be read. Never
    waits for what is behind a FIFO or a device.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or found.st_uid != os.getuid() or found.st_size > most:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(path))
        return read_all(descriptor, found.st_size)
    finally:
        os.close(descriptor)


def read_all(descriptor: int, size: int) -> bytes:
    """Return everything from the start of an open file of about `size` bytes."""
    parts: list[bytes] = []
    at = 0
    while part := os.pread(descriptor, max(size - at, 0) + 1, at):
        parts.append(part)
        at += len(part)
    return parts[0] if len(parts) == 1 else b"".join(parts)
