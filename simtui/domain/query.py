"""The filter language: `due<14 country:MC !verified tag:bank "old sim" orange` (DESIGN.md, 8).

Terms stand side by side and all must hold. A plain word is looked for in label, number, offer, holder and tags, forgiving left-out
letters; quotes take it as it stands; `!` before a term turns it round. Commas after a key mean "or": `phase:due,rescue`.
Full-width signs and letters of an input method work like their plain twins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from simtui.domain.line import LineState
from simtui.domain.offer import OfferKind
from simtui.domain.query_terms import QueryError, QueryFault, Term, plain_text, split
from simtui.domain.query_values import COMPARED, fits, in_values, one_of
from simtui.domain.reckoning import Certainty
from simtui.domain.standing import Phase

__all__ = ["MOST_CHARACTERS", "Query", "QueryError", "QueryFault", "Row", "parse"]

MOST_CHARACTERS = 500
_NUMBER = re.compile(r"[0-9]{1,6}")
_COUNTRY = re.compile(r"[a-z]{2}")


class Row(Protocol):
    """What a filter looks at: the plain fields of a line as a list shows it.

    Closed lists are their values as text (a `Phase` is one), so that a row need hold no records.
    """

    @property
    def label(self) -> str | None:
        """What the user calls the line."""

    @property
    def number(self) -> str | None:
        """The number in E.164 form."""

    @property
    def offer_words(self) -> str:
        """The names of offer and carrier, in all languages, and the offer's id."""

    @property
    def country(self) -> str:
        """The offer's country, two letters."""

    @property
    def kind(self) -> str:
        """The offer's kind."""

    @property
    def tags(self) -> Sequence[str]:
        """The user's tags, one by one or in one text."""

    @property
    def state(self) -> str:
        """What the user does with the line."""

    @property
    def phase(self) -> str:
        """How urgent the line is; `paid` where a payment waits to be verified and the row says so."""

    @property
    def days_left(self) -> int | None:
        """Days to the next date, None where there is none."""

    @property
    def verified(self) -> bool:
        """False while a payment was made that nobody has seen take effect."""

    @property
    def holder(self) -> str | None:
        """Who holds the line."""

    @property
    def certainty(self) -> int:
        """How sure the next date is, as a `Certainty`."""


Test = Callable[[Row], bool]


@dataclass(frozen=True, slots=True)
class Query:
    """A filter that was understood. `words` are the plain words that a hit must hold, for marking them."""

    tests: tuple[Test, ...] = ()
    words: tuple[str, ...] = ()

    def matches(self, row: Row) -> bool:
        """Tell whether all terms hold for `row`; an empty filter holds for every row."""
        return all(test(row) for test in self.tests)


Names = Mapping[str, Mapping[str, str]]
"""By key, what the values of a closed list are called in the user's language: `phase` → `抢救` → `rescue`."""


def parse(text: str, names: Names | None = None) -> Query:
    """Return the filter that `text` says; `names` are other words for the values of phase, state and kind.

    Raises:
        QueryError: an `InputError` that names the term it cannot make sense of.
    """
    if len(text) > MOST_CHARACTERS:
        raise QueryError(QueryFault.TOO_LONG, text[:40], MOST_CHARACTERS + 1)
    tests: list[Test] = []
    words: list[str] = []
    for term in split(text):
        test = _test(in_values(term, (names or {}).get(term.key, {})))
        tests.append(_turned(test) if term.turned else test)
        if not term.turned and not term.key:
            words.append(term.value)
    return Query(tuple(tests), tuple(words))


def _test(term: Term) -> Test:
    if not term.key:
        return _word_test(term)
    if term.key == "due":
        return _days_test(term)
    if term.sign != ":" or term.key not in _KEYS:
        raise term.fault(QueryFault.UNKNOWN_KEY, ("due<", "due>", *(f"{key}:" for key in _KEYS), "verified"))
    if not term.value.strip():
        raise term.fault(QueryFault.NO_VALUE)
    return _KEYS[term.key](term)


def _turned(test: Test) -> Test:
    return lambda row: not test(row)


def _word_test(term: Term) -> Test:
    word = term.value
    if word == "verified" and not term.quoted:
        return lambda row: row.verified
    digits = _digits(word)
    if term.quoted:
        return lambda row: any(word in plain_text(part) for part in _parts(row))
    return lambda row: (digits != "" and _in_number(digits, row)) or any(fits(word, part) for part in _parts(row))


def _parts(row: Row) -> tuple[str, ...]:
    return (row.label or "", row.number or "", row.offer_words, row.holder or "", *_tags(row))


def _tags(row: Row) -> Sequence[str]:
    return (row.tags,) if isinstance(row.tags, str) else row.tags


def _digits(word: str) -> str:
    """Return the digits of what is typed of a number, without the 0 of its national form; empty for other words."""
    digits = re.sub(r"[+().\-/]", "", word)
    return digits.removeprefix("00").removeprefix("0") if re.fullmatch(r"[0-9]{2,}", digits) else ""


def _in_number(digits: str, row: Row) -> bool:
    return row.number is not None and digits in row.number


def _days_test(term: Term) -> Test:
    if not _NUMBER.fullmatch(term.value):
        raise term.fault(QueryFault.NO_NUMBER, ("due<14", "due>30"))
    days = int(term.value)
    holds = COMPARED[term.sign]
    return lambda row: row.days_left is not None and holds(row.days_left, days)


def _country_test(term: Term) -> Test:
    countries = frozenset(part.strip() for part in term.value.split(","))
    if not all(_COUNTRY.fullmatch(country) for country in countries):
        raise term.fault(QueryFault.UNKNOWN_VALUE, ("country:MC", "country:FR,MC"))
    return lambda row: row.country.casefold() in countries


def _kind_test(term: Term) -> Test:
    kinds = one_of(term, [kind.value for kind in OfferKind])
    return lambda row: row.kind in kinds


def _phase_test(term: Term) -> Test:
    phases = one_of(term, [*(phase.value for phase in Phase), "paid"])
    return lambda row: row.phase in phases


def _state_test(term: Term) -> Test:
    states = one_of(term, [state.value for state in LineState])
    return lambda row: row.state in states


def _certainty_test(term: Term) -> Test:
    names = one_of(term, [certainty.name.casefold() for certainty in Certainty])
    chosen = {Certainty[name.upper()].value for name in names}
    return lambda row: row.certainty in chosen


def _offer_test(term: Term) -> Test:
    return lambda row: _holds(term, (row.offer_words,))


def _tag_test(term: Term) -> Test:
    return lambda row: _holds(term, _tags(row))


def _holder_test(term: Term) -> Test:
    return lambda row: _holds(term, (row.holder or "",))


def _holds(term: Term, texts: Sequence[str]) -> bool:
    """Tell whether one of the texts has one of the term's values; in quotes, commas are letters."""
    if term.quoted:
        return any(term.value in plain_text(text) for text in texts)
    values = [value.strip() for value in term.value.split(",") if value.strip()]
    return any(fits(value, text) for value in values for text in texts)


_KEYS: dict[str, Callable[[Term], Test]] = {
    "country": _country_test,
    "kind": _kind_test,
    "offer": _offer_test,
    "tag": _tag_test,
    "state": _state_test,
    "phase": _phase_test,
    "holder": _holder_test,
    "cert": _certainty_test,
}
