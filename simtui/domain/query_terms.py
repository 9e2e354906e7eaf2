"""The filter language, split into its terms: quotes, keys, signs, and what is wrong with them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from simtui.errors import InputError


class QueryFault(StrEnum):
    """What can be wrong with a term."""

    TOO_LONG = "too_long"
    OPEN_QUOTE = "open_quote"
    NOTHING_TO_TURN_ROUND = "nothing_to_turn_round"
    UNKNOWN_KEY = "unknown_key"
    NO_VALUE = "no_value"
    UNKNOWN_VALUE = "unknown_value"
    NO_NUMBER = "no_number"


_IN_ENGLISH = {
    QueryFault.TOO_LONG: "the filter is too long",
    QueryFault.OPEN_QUOTE: "the quote is not closed",
    QueryFault.NOTHING_TO_TURN_ROUND: "nothing stands after !",
    QueryFault.UNKNOWN_KEY: "there is no such key",
    QueryFault.NO_VALUE: "a value is missing",
    QueryFault.UNKNOWN_VALUE: "there is no such value",
    QueryFault.NO_NUMBER: "a number of days is needed",
}


class QueryError(InputError):
    """A filter that cannot be used.

    As data, for front ends that have words for it: `fault`, the `term` and the `column` (from 1) where it stands, and
    the `choices` that would do.
    """

    def __init__(self, fault: QueryFault, term: str, column: int, choices: Sequence[str] = ()) -> None:
        super().__init__(_IN_ENGLISH[fault], place=term, next_step=", ".join(choices))
        self.fault = fault
        self.term = term
        self.column = column
        self.choices = tuple(choices)


@dataclass(frozen=True, slots=True)
class Term:
    """One term, plain: `key` and `sign` are empty for a word. `written` and `column` are for complaints."""

    written: str
    column: int
    turned: bool
    key: str
    sign: str
    value: str
    quoted: bool

    def fault(self, fault: QueryFault, choices: Sequence[str] = ()) -> QueryError:
        """Return the error that names this term."""
        return QueryError(fault, self.written, self.column, choices)


_KEYED = re.compile(r"([a-z]+)(:|<=|>=|<|>|=)(.*)", re.DOTALL)
_QUOTES = {'"': '"', "“": "”", "”": "”", "「": "」"}
_SIGNS = str.maketrans({chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)})


def split(text: str) -> list[Term]:
    """Return the terms of a filter; `QueryError` where a quote is open or nothing stands after `!`."""
    terms: list[Term] = []
    start = 0
    while start < len(text):
        if text[start].isspace():
            start += 1
            continue
        stop = _end_of_term(text, start)
        terms.append(_term(text[start:stop], start + 1))
        start = stop
    return terms


def _end_of_term(text: str, start: int) -> int:
    """Return where the term that begins at `start` ends: at a blank outside quotes."""
    closing = ""
    for position in range(start, len(text)):
        sign = text[position].translate(_SIGNS)
        if closing:
            closing = "" if sign == closing else closing
        elif text[position].isspace():
            return position
        elif sign in _QUOTES and _may_open(text[start:position]):
            closing = _QUOTES[sign]
    if closing:
        raise QueryError(QueryFault.OPEN_QUOTE, text[start:], start + 1)
    return len(text)


def _may_open(before: str) -> bool:
    """Tell whether a quote after `before` opens: at a term's beginning or after a key; inside a word it is a letter."""
    plain = before.translate(_SIGNS).lstrip("!")
    return not plain or plain[-1] in ":<>="


def _term(written: str, column: int) -> Term:
    plain = written.translate(_SIGNS)
    body = plain.lstrip("!")
    turned = (len(plain) - len(body)) % 2 == 1
    if not body:
        raise QueryError(QueryFault.NOTHING_TO_TURN_ROUND, written, column)
    keyed = None if body[0] in _QUOTES else _KEYED.fullmatch(body.casefold())
    if keyed is None:
        value, quoted = _unquoted(body)
        return Term(written, column, turned, "", "", plain_text(value), quoted)
    value, quoted = _unquoted(keyed[3])
    return Term(written, column, turned, keyed[1], keyed[2], plain_text(value), quoted)


def _unquoted(value: str) -> tuple[str, bool]:
    if value and value[0] in _QUOTES:
        inner, _close, rest = value[1:].partition(_QUOTES[value[0]])
        return inner + rest, True
    return value, False


def plain_text(text: str) -> str:
    """Return the text as it is compared: without case, wide and narrow forms alike."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold()
