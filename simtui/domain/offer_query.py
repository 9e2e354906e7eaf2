"""The filter over offers: `country:FR kind:travel esim:yes pay:alipay papers:no cost<20 grace>90 yours orange`.

The language is that of the lines' filter (`query.py`): terms side by side, `!` turns one round, commas mean "or", quotes
take a word as it stands. What is not known about an offer fits no term that asks for it: `cost<20` is no promise about
offers whose cost nobody knows, and `!cost<20` none either way, it shows all the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from simtui.domain.keeping import By
from simtui.domain.line import Knowledge
from simtui.domain.offer import OfferKind, PaymentMethod
from simtui.domain.query_terms import QueryError, QueryFault, Term, plain_text, split
from simtui.domain.query_values import COMPARED, fits, in_values, one_of
from simtui.domain.reckoning import Certainty

MOST_CHARACTERS = 500
OWN = "yours"
"""The word for offers that the user added or added to."""

_COUNTRY = re.compile(r"[a-z]{2}")
_DAYS = re.compile(r"[0-9]{1,5}")
_COST = re.compile(r"([a-z]{3})? ?([0-9]{1,9}(?:[.][0-9]{1,4})?) ?([a-z]{3})?")
_RULE_CERTAINTIES = (Certainty.OFFICIAL, Certainty.THIRD_PARTY, Certainty.GUESS)


class OfferRow(Protocol):
    """What the filter looks at. None and empty mean: not known."""

    @property
    def words(self) -> str:
        """The names of offer, carrier and country in all languages, and the offer's id."""

    @property
    def country(self) -> str:
        """Two letters."""

    @property
    def kind(self) -> str:
        """The offer's kind."""

    @property
    def own(self) -> bool:
        """Whether the user added it, or added something to it."""

    @property
    def currency(self) -> str:
        """The currency of `cost`."""

    @property
    def esim(self) -> str | None:
        """Whether it comes as an eSIM, a `Knowledge`."""

    @property
    def papers(self) -> str | None:
        """Whether papers are asked for, a `Knowledge`."""

    @property
    def pays(self) -> AbstractSet[str]:
        """The means of payment, confirmed or not."""

    @property
    def by(self) -> Sequence[str]:
        """What keeps the number."""

    @property
    def cost(self) -> Decimal | None:
        """What keeping it for a year costs."""

    @property
    def costs_more(self) -> bool:
        """Whether `cost` is only the least."""

    @property
    def grace_days(self) -> int | None:
        """How many days the line still receives after its end."""

    @property
    def certainty(self) -> int | None:
        """How well the rule is known, as a `Certainty`."""


Test = Callable[[OfferRow], bool]
Names = Mapping[str, Mapping[str, str]]
"""By key, what the values of a closed list are called in the user's language."""


@dataclass(frozen=True, slots=True)
class OfferQuery:
    """A filter that was understood."""

    tests: tuple[Test, ...] = ()

    def matches(self, row: OfferRow) -> bool:
        """Tell whether all terms hold for `row`."""
        return all(test(row) for test in self.tests)


def parse(text: str, names: Names | None = None) -> OfferQuery:
    """Return the filter that `text` says; `names` are other words for the values of closed lists.

    Raises:
        QueryError: an `InputError` that names the term it cannot make sense of.
    """
    if len(text) > MOST_CHARACTERS:
        raise QueryError(QueryFault.TOO_LONG, text[:40], MOST_CHARACTERS + 1)
    tests: list[Test] = []
    for term in split(text):
        test = _test(term, names or {})
        tests.append(_turned(test) if term.turned else test)
    return OfferQuery(tuple(tests))


def _turned(test: Test) -> Test:
    return lambda row: not test(row)


def _test(term: Term, names: Names) -> Test:
    if not term.key:
        return _word_test(term, names)
    if term.key in _NUMBERS:
        return _NUMBERS[term.key](term)
    if term.sign != ":" or (term.key != "country" and term.key not in _LISTS):
        keys = ("country", *_LISTS)
        raise term.fault(QueryFault.UNKNOWN_KEY, (*(f"{key}:" for key in keys), "cost<", "grace>", OWN))
    if not term.value.strip():
        raise term.fault(QueryFault.NO_VALUE)
    return _country_test(term) if term.key == "country" else _list_test(term, names.get(term.key, {}))


def _word_test(term: Term, names: Names) -> Test:
    word = term.value
    if not term.quoted and word in (OWN, *map(plain_text, names.get(OWN, {}))):
        return lambda row: row.own
    if term.quoted:
        return lambda row: word in plain_text(row.words)
    return lambda row: fits(word, row.words)


def _country_test(term: Term) -> Test:
    countries = frozenset(part.strip() for part in term.value.split(","))
    if not all(_COUNTRY.fullmatch(country) for country in countries):
        raise term.fault(QueryFault.UNKNOWN_VALUE, ("country:MC", "country:FR,MC"))
    return lambda row: row.country.casefold() in countries


def _list_test(term: Term, names: Mapping[str, str]) -> Test:
    choices, values_of = _LISTS[term.key]
    chosen = one_of(in_values(term, names), choices)
    return lambda row: not chosen.isdisjoint(values_of(row))


def _cost_test(term: Term) -> Test:
    found = _COST.fullmatch(term.value.strip())
    if found is None or (found[1] and found[3]):
        raise term.fault(QueryFault.UNKNOWN_VALUE, ("cost<20", "cost<20EUR"))
    amount, currency = Decimal(found[2]), (found[1] or found[3] or "").upper()
    holds = COMPARED[term.sign]
    sure_with_more = term.sign in (">", ">=")

    def test(row: OfferRow) -> bool:
        if row.cost is None or (row.costs_more and not sure_with_more):
            return False
        # Nothing is converted; nothing costs the same in every currency.
        return holds(row.cost, amount) and (not currency or not row.cost or currency == row.currency)

    return test


def _grace_test(term: Term) -> Test:
    if not _DAYS.fullmatch(term.value):
        raise term.fault(QueryFault.NO_NUMBER, ("grace>90", "grace>0"))
    days = int(term.value)
    holds = COMPARED[term.sign]
    return lambda row: row.grace_days is not None and holds(row.grace_days, days)


def _certainty_names(row: OfferRow) -> tuple[str, ...]:
    return () if row.certainty is None else (Certainty(row.certainty).name.casefold(),)


_NUMBERS: Mapping[str, Callable[[Term], Test]] = {"cost": _cost_test, "grace": _grace_test}
_KNOWLEDGE = tuple(each.value for each in Knowledge)
_LISTS: Mapping[str, tuple[Sequence[str], Callable[[OfferRow], Sequence[str] | AbstractSet[str]]]] = {
    "kind": ([kind.value for kind in OfferKind], lambda row: (row.kind,)),
    "esim": (_KNOWLEDGE, lambda row: (row.esim,) if row.esim is not None else ()),
    "pay": ([method.value for method in PaymentMethod], lambda row: row.pays),
    "papers": (_KNOWLEDGE, lambda row: (row.papers,) if row.papers is not None else ()),
    "by": ([each.value for each in By], lambda row: row.by),
    "cert": ([each.name.casefold() for each in _RULE_CERTAINTIES], _certainty_names),
}
