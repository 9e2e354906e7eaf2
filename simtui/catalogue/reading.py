"""Reads a JSON file that may be hostile: a fault instead of an exception, and never more than it should.

Nothing that is not a regular file is opened for reading (a FIFO would hang the program, a device could do worse), and
links are followed only where the program itself laid the file.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import orjson

from simtui.catalogue.problems import Fault
from simtui.i18n import _
from simtui.json_faults import MARK, JsonFault, json_fault
from simtui.text import system_reason

MOST_BYTES = 8 * 1024 * 1024
DEEPEST = 40
"""Levels of brackets; the deepest legal offer needs 14."""


def read_object(path: Path, *, trusted: bool = False) -> dict[str, Any] | Fault:
    """Return the JSON object in the file, or what is wrong with it.

    `trusted` is for the file that the program brought along: installers may have linked it, and its depth is known.
    """
    content = _content(path, trusted)
    if isinstance(content, Fault):
        return content
    content = content.removeprefix(MARK)
    try:
        document = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        return _not_json(json_fault(content, error))
    if not isinstance(document, dict):
        return Fault("", lambda: _("is not a JSON object in braces"))
    if not trusted and _is_deeper(document, DEEPEST):
        return Fault("", lambda: _("is nested deeper than {n} levels").format(n=DEEPEST))
    return document


def _not_json(fault: JsonFault) -> Fault:
    return Fault(f"{fault.line}:{fault.column}", lambda: _("is not JSON: {reason}").format(reason=fault.why))


def _content(path: Path, trusted: bool) -> bytes | Fault:
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | (0 if trusted else os.O_NOFOLLOW)
    try:
        unfit = _unfit(path.stat() if trusted else path.lstat(), trusted)
        if unfit is not None:
            return unfit
        with os.fdopen(os.open(path, flags), "rb") as file:
            unfit = _unfit(os.fstat(file.fileno()), trusted)
            return unfit if unfit is not None else file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = system_reason(error) if isinstance(error, OSError) else str(error)
        return Fault("", lambda: _("cannot be read: {reason}").format(reason=reason))


def _unfit(status: os.stat_result, trusted: bool) -> Fault | None:
    if stat.S_ISLNK(status.st_mode):
        return Fault("", lambda: _("is a link; give the file itself"))
    if not stat.S_ISREG(status.st_mode):
        return Fault("", lambda: _("is not a regular file"))
    if status.st_size > MOST_BYTES:
        return Fault("", lambda: _("is larger than {n} MB").format(n=MOST_BYTES // 1024 // 1024))
    if status.st_mode & stat.S_IWOTH and not trusted:
        return Fault("", lambda: _("can be written by everybody on this machine; take that right away (chmod o-w)"))
    return None


def _is_deeper(value: object, levels: int) -> bool:
    layer = [value]
    for _level in range(levels + 1):
        layer = [part for whole in layer for part in _parts(whole)]
        if not layer:
            return False
    return True


def _parts(whole: object) -> list[object]:
    if isinstance(whole, dict):
        return [part for part in whole.values() if isinstance(part, (dict, list))]
    if isinstance(whole, list):
        return [part for part in whole if isinstance(part, (dict, list))]
    return []
