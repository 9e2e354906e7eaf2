"""Copies of the data file: one before the first commit of a day, kept for days and months, each checked by reading it.

They lie in a folder `backups` beside the data file, named after it and the moment in UTC.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from simtui.i18n import _
from simtui.store import file_format
from simtui.store.files import PRIVATE_FILE, Unconfirmed, make_folder, replace_file
from simtui.store.foreign import Unreadable
from simtui.store.lock import utc
from simtui.store.repository import NotSaved
from simtui.text import system_reason

KEPT_DAYS = 14
KEPT_MONTHS = 12
KEPT_NEWEST = 5
"""Copies beyond the daily ones: before a migration, of a file changed outside, and on demand."""

_REPLACED = "-replaced"
_DAY = slice(0, 10)
_MONTH = slice(0, 7)


def folder(file: Path) -> Path:
    """Return where the copies of a data file lie."""
    return file.with_name("backups")


def temporary(file: Path) -> Path:
    """Return where a copy is written before it gets its name."""
    return folder(file) / f".{file.name}.tmp"


def copies(file: Path) -> list[Path]:
    """Return the copies of a data file, oldest first."""
    return _dated(folder(file), file.stem, file.suffix)


def replaced(file: Path) -> list[Path]:
    """Return what was in the place of a data file when somebody went back to a backup, oldest first; all is kept."""
    return _dated(file.parent, f"{file.stem}{_REPLACED}", file.suffix)


def name_for_replaced(file: Path, now: float) -> Path:
    """Return a new name, beside a data file, for what is about to be replaced."""
    return _free_name(file.parent, f"{file.stem}{_REPLACED}", file.suffix, now)


def _dated(place: Path, stem: str, suffix: str) -> list[Path]:
    names = re.compile(rf"{re.escape(stem)}-\d{{4}}-\d\d-\d\dT\d{{6}}Z(_\d+)?{re.escape(suffix)}")
    try:
        found = [path for path in place.iterdir() if names.fullmatch(path.name) and not path.is_symlink()]
    except OSError:
        return []
    return sorted(found, key=lambda path: path.name.removesuffix(suffix))


def newest_good(file: Path) -> Path | None:
    """Return the newest copy that can be read without problems, None where there is none."""
    return next((path for path in reversed(copies(file)) if is_good(path)), None)


def make(file: Path, data: bytes, now: float) -> Path:
    """Copy `data`, the content of `file`, check the copy, and let go of those that are not kept any longer.

    The caller holds the lock. Raises NotSaved.
    """
    target = _free_name(folder(file), file.stem, file.suffix, now)
    try:
        make_folder(target.parent)
        temporary(file).unlink(missing_ok=True)
        os.close(replace_file(target, temporary(file), data, PRIVATE_FILE))
    except (OSError, Unconfirmed) as error:
        why = system_reason(error) if isinstance(error, OSError) else _("the disk did not confirm it")
        raise NotSaved(_("The backup failed: {reason}").format(reason=why), place=str(target)) from error
    if not is_good(target):
        target.unlink(missing_ok=True)
        raise NotSaved(_("The backup cannot be read again."), place=str(target))
    _prune(file)
    return target


def _free_name(place: Path, stem: str, suffix: str, now: float) -> Path:
    """Return a name that sorts behind all files made so far in this second."""
    dated = f"{stem}-{utc(now).replace(':', '')}"
    same = [path.name for path in _dated(place, stem, suffix) if path.name.startswith(dated)]
    if not same:
        return place / f"{dated}{suffix}"
    number = same[-1].removeprefix(dated).removesuffix(suffix).removeprefix("_") or "0"
    return place / f"{dated}_{int(number) + 1:03}{suffix}"


def is_good(path: Path) -> bool:
    """Tell whether a copy can be read without problems."""
    try:
        return not file_format.decode(path.read_bytes()).problems
    except (OSError, Unreadable):
        return False


def _prune(file: Path) -> None:
    """Remove what is not kept: the first copy of each of the last days and months, and the newest few, are."""
    found = copies(file)
    keep = {*found[-KEPT_NEWEST:]}
    for part, most in ((_DAY, KEPT_DAYS), (_MONTH, KEPT_MONTHS)):
        firsts: dict[str, Path] = {}
        for path in found:
            firsts.setdefault(path.name[len(file.stem) + 1 :][part], path)
        keep.update(list(firsts.values())[-most:])
    for path in found:
        if path not in keep:
            with suppress(OSError):
                path.unlink()
