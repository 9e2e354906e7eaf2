"""Finds patterns in a message, in time that grows with its length and no faster.

Each element of a pattern is looked for once, from left to right: a gap ends at the nearest place where what follows it
fits, and nothing is tried again. What begins at a place is read once, whoever asks.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from simtui.domain.calendar import FIRST_DAY, Day
from simtui.domain.money import Money
from simtui.domain.wording import PASSED_OVER, Element, Folded, Gap, Slot, Token, TokenKind, Words, elements, tokens
from simtui.sms import amounts, dates
from simtui.sms.habits import Habits

Value = Money | int | Day

_GAP = 24
"""How much a gap may pass over."""
_NAME = 3
"""How many tokens a currency's name or a month may take before its number."""
_COST = {TokenKind.WORD: 2, TokenKind.NUMBER: 3, TokenKind.SIGN: 1, TokenKind.WIDE: 1}

_LIMITS = (
    "si|offert|offerts|offerte|offertes|offre|offres|promo|gratuit|gratuits|profitez|gagnez|recevez|get|free|offer|win"
    "|优惠|送|活动|moins|inferieur|inferieure|superieur|superieure|plus de|minimum|maximum|sans|pas|aucun|aucune|lorsque|quand"
    "|less|below|under|over|than|above|more|at least|if|not|without|unless|when"
    "|低于|不足|少于|小于|高于|大于|超过|至少|最低|最高|没有|无法|若|如|满"
)
_BARRIERS = tuple(tuple(token.text for token in tokens(words)) for words in _LIMITS.split("|"))
_FIRST_OF_BARRIERS = frozenset(row[0] for row in _BARRIERS)
"""Words that a gap never passes over: after "less than" or "if" an amount is a limit, not what is left."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read at a place: every value it can mean, and where it stands in the folded text."""

    values: tuple[Value, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern that was found: what its placeholders read, how far its gaps reached, how many words it has."""

    reads: tuple[tuple[Slot, Read], ...]
    gap: int
    words: int


class MessageText:
    """A message as its patterns look at it."""

    def __init__(self, folded: Folded, habits: Habits) -> None:
        self._text = folded.text
        self._habits = habits
        self.tokens: Sequence[Token] = tokens(folded.text)
        self._places: dict[str, list[int]] = {}
        for at, token in enumerate(self.tokens):
            self._places.setdefault(token.text, []).append(at)
        self._number_at = self._next_numbers()
        self._known: dict[tuple[Slot, int, bool], tuple[Read, int] | None] = {}

    def _next_numbers(self) -> Sequence[int]:
        """Return for each token where the next number stands: every amount and date has one within its first tokens."""
        found = [len(self.tokens) + _GAP + _NAME]
        for at in range(len(self.tokens) - 1, -1, -1):
            found.append(at if self.tokens[at].kind is TokenKind.NUMBER else found[-1])
        return found[::-1]

    def find(self, pattern: str, *, bare: bool) -> Iterator[Hit]:
        """Yield every place where a pattern fits; `bare` lets a number stand for an amount without its unit."""
        parts = elements(pattern)
        for at in self._beginnings(parts[0]):
            hit = self._match(parts, at, bare=bare)
            if hit is not None:
                yield hit

    def _beginnings(self, first: Element) -> Iterable[int]:
        """Return the places where a pattern can begin."""
        if not isinstance(first, Words):
            return range(len(self.tokens))
        return dict.fromkeys(at for wording in first.any_of for at in self._places.get(wording[0], ()))

    def _match(self, parts: Sequence[Element], at: int, *, bare: bool) -> Hit | None:
        reads: list[tuple[Slot, Read]] = []
        passed, words = 0, 0
        is_open = False
        for part in parts:
            if isinstance(part, Gap):
                is_open = True
                continue
            found = self._next(part, at, _GAP if is_open else 0, bare=bare and not is_open)
            if found is None:
                return None
            read, at, cost = found
            passed += cost
            is_open = False
            if isinstance(part, Slot) and read is not None:
                reads.append((part, read))
            else:
                words += 1
        return Hit(tuple(reads), passed, words)

    def _next(self, part: Words | Slot, at: int, room: int, *, bare: bool) -> tuple[Read | None, int, int] | None:
        """Return what fits at `at` or within `room` after it: what was read, the next token, how far it was."""
        if not self._can_come(part, at, room):
            return None
        cost = 0
        while at < len(self.tokens):
            found = self._words(part, at) if isinstance(part, Words) else self._read(part, at, bare=bare)
            if found is not None:
                return (*found, cost)
            token = self.tokens[at]
            if token.kind is TokenKind.END or self._is_barrier(at):
                return None
            cost += _COST[token.kind]
            if cost > room:
                return None
            at += 1
        return None

    def _can_come(self, part: Words | Slot, at: int, room: int) -> bool:
        """Tell whether what is looked for stands near enough at all, before it is looked for token by token."""
        if isinstance(part, Slot):
            return self._number_at[at] - at <= room + _NAME
        places = (self._places.get(wording[0], ()) for wording in part.any_of)
        return any((at_next := bisect_left(each, at)) < len(each) and each[at_next] - at <= room for each in places)

    def _words(self, part: Words, at: int) -> tuple[None, int] | None:
        for wording in part.any_of:
            if self._stands(wording, at):
                return None, at + len(wording)
        return None

    def _stands(self, wording: Sequence[str], at: int) -> bool:
        there = self.tokens[at : at + len(wording)]
        return len(there) == len(wording) and all(a.text == b for a, b in zip(there, wording, strict=True))

    def _is_barrier(self, at: int) -> bool:
        first = self.tokens[at].text
        return first in _FIRST_OF_BARRIERS and any(self._stands(row, at) for row in _BARRIERS)

    def _read(self, slot: Slot, at: int, *, bare: bool) -> tuple[Read, int] | None:
        key = (slot, at, bare)
        if key not in self._known:
            self._known[key] = self._read_anew(slot, at, bare=bare)
        return self._known[key]

    def _read_anew(self, slot: Slot, at: int, *, bare: bool) -> tuple[Read, int] | None:
        start = self.tokens[at].start
        if slot in PASSED_OVER:
            end = self._end_of_any(start) if slot is Slot.OTHER else amounts.number_end(self._text, start)
            values: tuple[Value, ...] = ()
        elif slot in _DATED:
            dated = _DATED[slot](self._text, start, self._habits)
            values, end = dated if dated is not None else ((), None)
        else:
            counted = _AMOUNTS[slot](self._text, start, self._habits, bare=bare)
            values, end = counted if counted is not None else ((), None)
        if end is None:
            return None
        after = at + 1
        while after < len(self.tokens) and self.tokens[after].start < end:
            after += 1
        return Read(values, start, end), after

    def _end_of_any(self, start: int) -> int | None:
        """Return where a date, an amount or a number ends, whatever it is; the longest reading counts."""
        found = [read(self._text, start, self._habits) for read in (*_DATED.values(), *_AMOUNTS.values())]
        ends = [each[1] for each in found if each is not None]
        if not ends and (end := amounts.number_end(self._text, start)) is not None:
            ends = [end]
        return max(ends, default=None)


_INCLUDED = re.compile(r" ?[(,]? ?(?:inclus|inclu|compris|included|inclusive)(?![a-z])")
_Dated = Callable[[str, int, Habits], tuple[tuple[Day, ...], int] | None]


def _before(text: str, at: int, habits: Habits) -> tuple[tuple[Day, ...], int] | None:
    """Return the day before a date, and the date: "before the 12th" may include the 12th or not, if it does not say."""
    found = dates.date_at(text, at, habits)
    if found is None or _INCLUDED.match(text, found[1]):
        return found
    return tuple(
        dict.fromkeys(each for day in found[0] for each in (max(day.subtract(days=1), FIRST_DAY), day))
    ), found[1]


_DATED: Mapping[Slot, _Dated] = {
    Slot.VALID_UNTIL: dates.date_at,
    Slot.VALID_BEFORE: _before,
    Slot.VALID_FOR: dates.period_at,
}
_AMOUNTS: Mapping[Slot, Callable[..., tuple[tuple[Value, ...], int] | None]] = {
    Slot.CREDIT: amounts.money_at,
    Slot.AMOUNT: amounts.money_at,
    Slot.DATA: amounts.data_at,
    Slot.MINUTES: amounts.minutes_at,
    Slot.SMS: amounts.texts_at,
}
