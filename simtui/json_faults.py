"""Why a file is not JSON, in our own words, and where: what the decoder says is English, and differs with its version."""

from __future__ import annotations

import re
from typing import NamedTuple

import orjson

from simtui.i18n import N_, _
from simtui.text import shown

MARK = b"\xef\xbb\xbf"
"""What some editors put before a text to say that it is UTF-8."""
DEEPEST = 1000
"""Levels of brackets, at least which the decoder takes."""
_WORD = re.compile(r"[\w.+-]{1,20}|\S", re.ASCII)
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)?")
_BEFORE_VALUES = frozenset({"", ":", ",", "["})
_EARLY = N_("it ends too early")
_BYTE = N_("a byte that is not UTF-8")
_MARKED = N_("a byte order mark stands before it")
_MORE = N_("something follows after its end")
_DEEP = N_("it is nested too deeply")
_CONTROL = N_("a control character within a text")
_COMMA = N_("nothing follows a comma")
_NO_ESCAPE = N_("an escape that means nothing: {text}")
_NO_NUMBER = N_("a number that cannot be read: {text}")
_NO_PLACE = N_("“{text}” cannot stand there")


class JsonFault(NamedTuple):
    """The first place where a file stops being JSON.

    `line` and `column` are counted in characters from 1, `offset` in bytes from 0. `reason` becomes words in `why`.
    """

    reason: str
    text: str
    line: int
    column: int
    offset: int

    @property
    def why(self) -> str:
        """What is wrong there, in the current language: part of a sentence."""
        return _(self.reason).format(text=shown(self.text))


def json_fault(data: bytes, error: orjson.JSONDecodeError) -> JsonFault:
    """Return what is wrong with a file that the decoder refuses with this error."""
    try:
        text = data.decode()
    except UnicodeDecodeError as wrong:
        return _fault(_BYTE, "", data[: wrong.start].decode())
    if data.startswith(MARK):
        return _fault(_MARKED, "", "")
    before, rest = text[: error.pos], text[error.pos :]
    reason, found = _reason(before, rest)
    return _fault(reason, found, before)


def _fault(reason: str, text: str, before: str) -> JsonFault:
    line = before.rpartition("\n")[2]
    return JsonFault(reason, text, before.count("\n") + 1, len(line) + 1, len(before.encode()))


def _reason(before: str, rest: str) -> tuple[str, str]:
    """Return what is wrong with what stands before the first place that is wrong and what comes then."""
    if not rest.strip():
        return _EARLY, ""
    first = rest[0]
    if first == "\\":
        return _NO_ESCAPE, _found(_ESCAPE, rest)
    if first < " ":
        return _CONTROL, ""
    if first in "[{" and _depth(before) >= DEEPEST:
        return _DEEP, ""
    if first == "," and rest[1:].lstrip()[:1] in ("]", "}"):
        return _COMMA, ""
    if _is_whole(before):
        return _MORE, ""
    is_value = before.rstrip()[-1:] in _BEFORE_VALUES
    return (_NO_NUMBER if first.isdigit() and is_value else _NO_PLACE), _found(_WORD, rest)


def _depth(before: str) -> int:
    """Return how many brackets are open, those within texts left out."""
    signs = _TEXT.sub("", before)
    return signs.count("[") + signs.count("{") - signs.count("]") - signs.count("}")


def _is_whole(text: str) -> bool:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return True


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.match(text)
    return "" if found is None else found[0]
