"""Reads what is to be imported: regular files and pipes, never more than they should hold."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from simtui.errors import InputError
from simtui.i18n import _
from simtui.text import system_reason

MOST_BYTES = 8 * 1024 * 1024
_CHUNK = 1024 * 1024


def file_content(path: Path) -> bytes:
    """Return the content of a regular file of at most 8 MB.

    A FIFO would hang the program and a device could do worse, so neither is read; standard input is for pipes.

    Raises:
        InputError: If it is none, or cannot be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except (OSError, ValueError) as error:
        reason = system_reason(error) if isinstance(error, OSError) else None
        told = _("cannot be read: {reason}").format(reason=reason or _("no such file"))
        raise InputError(told, place=str(path)) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        hint = _("Give a file, or - to read standard input.")
        raise InputError(_("is not a regular file"), place=str(path), next_step=hint)
    with os.fdopen(descriptor, "rb") as file:
        return stream_content(file, str(path))


def stream_content(stream: BinaryIO, name: str) -> bytes:
    """Return what a stream holds, up to 8 MB.

    Raises:
        InputError: If it holds more, or cannot be read.
    """
    parts: list[bytes] = []
    size = 0
    try:
        while part := stream.read(_CHUNK):
            parts.append(part)
            size += len(part)
            if size > MOST_BYTES:
                raise InputError(_("is larger than {n} MB").format(n=MOST_BYTES // 1024 // 1024), place=name)
    except OSError as error:
        raise InputError(_("cannot be read: {reason}").format(reason=system_reason(error)), place=name) from error
    return b"".join(parts)


def as_text(content: bytes, name: str) -> str:
    """Return UTF-8 text, with or without a byte order mark, or UTF-16 with one, as spreadsheets write it.

    Raises:
        InputError: If it is neither: guessing the encoding would garble names.
    """
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        hint = _('Save it as "CSV UTF-8" and import it again.')
        raise InputError(_("line {n} is not UTF-8 text").format(n=line), place=name, next_step=hint) from error
