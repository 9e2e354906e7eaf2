"""How operators word their messages: texts made comparable, and patterns of words and placeholders.

Carriers files come from anywhere, so their patterns are no regular expressions, which can be written so that they never
end: each element of a pattern is looked for once, from left to right, and nothing is tried again.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

MOST_ELEMENTS = 40


class Slot(StrEnum):
    """What a placeholder stands for; the unit or currency belongs to it."""

    CREDIT = "credit"
    AMOUNT = "amount"
    DATA = "data"
    MINUTES = "minutes"
    SMS = "sms"
    VALID_UNTIL = "valid_until"
    VALID_BEFORE = "valid_before"
    VALID_FOR = "valid_for"
    NUMBER = "number"
    OTHER = "other"


PASSED_OVER = frozenset({Slot.NUMBER, Slot.OTHER})
"""Placeholders for what is not to be kept."""


# Texts made comparable ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without case, accents, full-width forms and invisible characters.

    `places` has for each of its characters the place in the text it was made from, and the end at its end.
    """

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part lies in the text that was folded."""
        if start >= end:
            return self.places[start], self.places[start]
        return self.places[start], self.places[end - 1] + 1


class TokenKind(StrEnum):
    """What a token is; `end` closes a sentence."""

    WORD = "word"
    SIGN = "sign"
    NUMBER = "number"
    WIDE = "wide"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a currency sign, a run of digits, a single Chinese character, or the end of a sentence."""

    kind: TokenKind
    text: str
    start: int
    end: int


_TWINS = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "、": "|"}
_WIDE = "[\u2e80-\u2fff\u3040-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_TOKEN = re.compile(
    r"(?P<number>[0-9]+(?:[.,:/'-][0-9]+)*)"
    rf"|(?P<wide>{_WIDE})"
    rf"|(?P<word>(?:(?!{_WIDE})[^\W\d_])+)"
    r"|(?P<sign>[$£¥€₴₽₹₸₾฿₱₫₩])"
    r"|(?P<end>[!?;。]|\.(?=\s|$|[^\w\s]))"
)


def fold(text: str) -> Folded:
    """Return the text as it is compared."""
    parts: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        folded = _fold(character)
        parts.append(folded)
        places += [place] * len(folded)
    return Folded("".join(parts), (*places, len(text)))


@lru_cache(maxsize=2048)
def _fold(character: str) -> str:
    if character in _TWINS:
        return _TWINS[character]
    category = unicodedata.category(character)
    if category in ("Cc", "Cs", "No", "Zs", "Zl", "Zp"):
        return " "
    if category in ("Cf", "Mn", "Me"):
        return ""
    if category == "Nd":
        return str(unicodedata.digit(character))
    parts = unicodedata.normalize("NFKD", character).casefold()
    return "".join(part for part in parts if not unicodedata.combining(part))


def tokens(folded: str) -> tuple[Token, ...]:
    """Return the words of a folded text; punctuation within a sentence is left out."""
    return tuple(
        Token(TokenKind(str(match.lastgroup)), match[0], match.start(), match.end())
        for match in _TOKEN.finditer(folded)
    )


# Patterns ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Words:
    """One of several wordings, each a row of tokens, the longest first."""

    any_of: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A few words of any kind, up to the nearest place where what follows fits."""


Element = Words | Slot | Gap

_PIECE = re.compile(r"\{([^{}]*)\}|(\*)|([^{}*\s]+)|\s+|(.)", re.DOTALL)


@lru_cache(maxsize=1024)
def elements(pattern: str) -> tuple[Element, ...]:
    """Return the elements of a pattern such as `solde|credit * {credit}`.

    `|` parts wordings of which any will do, `_` stands for a blank within one, `*` for a few words.

    Raises:
        ValueError: If it is no pattern; its words say why.
    """
    found = [element for match in _PIECE.finditer(pattern) for element in _of_piece(match)]
    if len(found) > MOST_ELEMENTS:
        raise ValueError("a pattern has at most 40 parts")
    if not any(isinstance(each, Words) for each in found) or not any(isinstance(each, Slot) for each in found):
        raise ValueError("a pattern needs a word and a placeholder such as {credit}")
    if Gap() in (found[0], found[-1]):
        raise ValueError("a pattern neither begins nor ends with *")
    if any(pair == (Gap(), Gap()) for pair in itertools.pairwise(found)):
        raise ValueError("one * is enough")
    named = [each for each in found if isinstance(each, Slot) and each not in PASSED_OVER]
    if len(named) != len(set(named)):
        raise ValueError("a placeholder stands twice in the pattern")
    return tuple(found)


def _of_piece(match: re.Match[str]) -> Iterator[Element]:
    name, gap, words, stray = match.groups()
    if stray is not None:
        raise ValueError("a brace is not closed")
    if name is not None:
        if name not in set(Slot):
            raise ValueError(f"no such placeholder; known are: {', '.join(Slot)}")
        yield Slot(name)
    elif gap is not None:
        yield Gap()
    elif words is not None:
        yield from _of_words(words)


def _of_words(words: str) -> Iterator[Words]:
    wordings = [tuple(token.text for token in tokens(fold(each).text)) for each in words.split("|")]
    if len(wordings) > 1:
        if not all(wordings):
            raise ValueError("on either side of | stands a word")
        yield Words(tuple(sorted(wordings, key=len, reverse=True)))
    else:
        yield from (Words(((token,),)) for token in wordings[0])
