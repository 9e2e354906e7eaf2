"""How much is known of the offers: by country, by how sure their rule is, with and without plans; and what has aged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from simtui.catalogue.problems import join
from simtui.catalogue.summary import CarrierEntry
from simtui.domain.calendar import Day, Period, after
from simtui.domain.offer import Offer, Source
from simtui.domain.reckoning import Certainty, certainty_of
from simtui.domain.rule import Clock, Countdown, UnknownLength

_YEAR = Period(years=1)
_MONTH = Period(months=1)


class Knownness(StrEnum):
    """How sure the rule of an offer is, by its weakest part on the way to losing the number."""

    OFFICIAL = "official"
    THIRD_PARTY = "third_party"
    GUESS = "guess"
    UNKNOWN = "unknown"


_OF_CERTAINTY = {
    Certainty.STATED: Knownness.OFFICIAL,
    Certainty.OFFICIAL: Knownness.OFFICIAL,
    Certainty.THIRD_PARTY: Knownness.THIRD_PARTY,
    Certainty.GUESS: Knownness.GUESS,
}


@dataclass(frozen=True, slots=True)
class Cover:
    """What is known of the offers of one country; `country` is empty for all of them together."""

    country: str
    offers: int
    known: Counter[Knownness]
    with_plans: int

    @property
    def without_plans(self) -> int:
        """How many offers have no plan and no top-up amount that could be compared."""
        return self.offers - self.with_plans


@dataclass(frozen=True, slots=True)
class OldSource:
    """A source that speaks for a time more than a year ago."""

    offer: str
    source: Source


def knownness(offer: Offer) -> Knownness:
    """Return how sure the newest rule of an offer is; unknown where none of its clocks has a length."""
    parts = [part for part in _parts(offer) if not (isinstance(part, Clock) and isinstance(part.length, UnknownLength))]
    if not parts:
        return Knownness.UNKNOWN
    return _OF_CERTAINTY[min(certainty_of(part, offer) for part in parts)]


def _parts(offer: Offer) -> list[Countdown]:
    """Return the clocks and fees that matter: those on the way to losing the number, else all but papers."""
    rules = [rule for rule in offer.rules if rule.variant is None] or list(offer.rules)
    if not rules:
        return []
    parts = [part for part in rules[-1].countdowns if not (isinstance(part, Clock) and part.is_met_once)]
    return [part for part in parts if part.leads_to_loss] or parts


def cover(offers: Iterable[Offer]) -> list[Cover]:
    """Return a row a country, the most offers first, and at the end one for all."""
    by_country: dict[str, list[Offer]] = {}
    every: list[Offer] = []
    for offer in offers:
        by_country.setdefault(offer.country, []).append(offer)
        every.append(offer)
    rows = [_cover(country, found) for country, found in by_country.items()]
    return [*sorted(rows, key=lambda row: (-row.offers, row.country)), _cover("", every)]


def _cover(country: str, offers: Sequence[Offer]) -> Cover:
    with_plans = sum(bool(offer.plans or offer.top_ups) for offer in offers)
    return Cover(country, len(offers), Counter(map(knownness, offers)), with_plans)


def untranslated(carriers: Iterable[CarrierEntry], offers: Iterable[Offer]) -> list[tuple[str, str]]:
    """Return every text without Chinese as (id of carrier or offer, place in it)."""
    texts = [(one.id, name, text) for one in carriers for name, text in (("name", one.name), ("note", one.note))]
    of_carriers = [(carrier, place) for carrier, place, text in texts if text is not None and text.zh is None]
    of_offers = [(offer.id, place) for offer in offers for place in _english_only(offer.model_dump(mode="json"), "")]
    return [*of_carriers, *of_offers]


def _english_only(value: object, place: str) -> Iterator[str]:
    if isinstance(value, list):
        for number, part in enumerate(value):
            yield from _english_only(part, f"{place}[{number}]")
    elif isinstance(value, dict):
        if value.keys() == {"en", "zh"}:
            if value["zh"] is None:
                yield place
            return
        for name, part in value.items():
            yield from _english_only(part, join(place, name) if place else name)


def old_sources(offers: Iterable[Offer], today: Day) -> list[OldSource]:
    """Return the sources that speak for a time more than a year before `today`; undated ones are not among them."""
    return [
        OldSource(offer.id, source)
        for offer in offers
        for source in offer.sources
        if source.as_of is not None and after(last_day(source.as_of), _YEAR) < today
    ]


def undated_sources(offers: Iterable[Offer]) -> int:
    """Return how many sources do not say for what time they speak."""
    return sum(source.as_of is None for offer in offers for source in offer.sources)


def last_day(as_of: str) -> Day:
    """Return the last day that a source's date can mean: of `2026` the last of December."""
    year, month, day = (*map(int, as_of.split("-")), 0, 0)[:3]
    if day:
        return Day(year, month, day)
    return after(Day(year, month or 12, 1), _MONTH).add(days=-1)
