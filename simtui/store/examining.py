"""What may go wrong around a data file: who else can reach it, where it lies, whether there are copies to go back to.

Looks and changes nothing; takes no lock, so that it also answers while another session holds it.
"""

from __future__ import annotations

import fcntl
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from simtui.i18n import _, ngettext
from simtui.store import backups
from simtui.store.lock import holder_of

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_DAY = 86_400
OLD_DAYS = 35
"""A copy is made on every day with a change: one older than a month and some days tells that something is amiss, or
that nothing was changed for as long."""
_NETWORK = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "glusterfs", "fuse.sshfs", "fuse.rclone", "davfs", "ncpfs")
_MOUNTS = Path("/proc/self/mounts")


class Observation(NamedTuple):
    """One thing that was looked at, and whether it is well."""

    well: bool
    words: str


def examine(file: Path, *, now: float | None = None, mounts: Path = _MOUNTS) -> Iterator[Observation]:
    """Yield what is to be said of a data file's surroundings; nothing where there is no file yet.

    `now` is in seconds since 1970.
    """
    if not file.exists():
        return
    real = file.resolve()
    yield from _rights(real)
    yield from _network(real, mounts)
    yield from _lock(real)
    yield from _copies(real, time.time() if now is None else now)


def _rights(file: Path) -> Iterator[Observation]:
    """Name what others on this machine can read or reach."""
    for path in (file, backups.folder(file)):
        if path.exists() and path.stat().st_mode & _OTHERS:
            told = _("others on this machine can get at {path}: chmod go= {path}")
            yield Observation(well=False, words=told.format(path=path))


def _network(file: Path, mounts: Path) -> Iterator[Observation]:
    """Name a network file system: locks between two hosts are only as good as its servers."""
    kind = _file_system(file, mounts)
    if kind.startswith(_NETWORK):
        told = _("{path} lies on a network file system ({kind}): use it from one machine at a time")
        yield Observation(well=False, words=told.format(path=file, kind=kind))


def _file_system(file: Path, mounts: Path) -> str:
    """Return the kind of file system that a file lies on, empty where this machine does not tell."""
    try:
        rows = [line.split() for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return ""
    places = [(row[1].replace("\\040", " "), row[2]) for row in rows if len(row) > 2]
    over = [(place, kind) for place, kind in places if file.is_relative_to(place)]
    # Of two mounted on one place the later one is seen.
    return max(enumerate(over), key=lambda each: (len(each[1][0]), each[0]), default=(0, ("", "")))[1][1]


def _lock(file: Path) -> Iterator[Observation]:
    """Name who holds the lock now; a lock file whose holder is gone is nothing to worry about."""
    path = file.with_name(file.name + ".lock")
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    except OSError:
        yield Observation(well=False, words=_("{path} is no lock file: remove it").format(path=path))
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        holder = holder_of(descriptor)
        who = _("process {pid} on {host}").format(pid=holder.pid, host=holder.host) if holder else _("another session")
        yield Observation(well=True, words=_("{who} is writing just now").format(who=who))
    else:
        yield Observation(well=True, words=_("nobody holds the lock; {path} may stay").format(path=path))
    finally:
        os.close(descriptor)


def _copies(file: Path, now: float) -> Iterator[Observation]:
    """Name copies that cannot be read, and that there is none, or none of late."""
    found = backups.copies(file)
    for path in found:
        if not backups.is_good(path):
            yield Observation(well=False, words=_("the copy {path} cannot be read").format(path=path))
    changed = file.stat().st_mtime
    if not found:
        # The first day has none: a copy is made before the first change of a day.
        well = now - changed < _DAY
        yield Observation(well, _("no copy of the data yet: simtui backup makes one"))
        return
    days = int((changed - found[-1].stat().st_mtime) // _DAY)
    told = ngettext("{n} copy, the newest is {file}", "{n} copies, the newest is {file}", len(found))
    words = told.format(n=len(found), file=found[-1].name)
    if days > OLD_DAYS:
        yield Observation(well=False, words=_("{copies}; the data is {n} days newer").format(copies=words, n=days))
    else:
        yield Observation(well=True, words=words)
