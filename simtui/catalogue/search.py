"""Finds offers as a person types them: "mobic", "法国 预付", "+377", a whole number with a name.

Every word must be found somewhere in an offer; where one is found nowhere at all, near misses stand in for it. A calling
code or number only moves its country to the top, because people hold numbers of one country on offers of another.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from simtui.catalogue.countries import KIN, NAMES
from simtui.catalogue.summary import Summary

_NUMBER = re.compile(r"(?:\+|(?<!\w)00)[1-9][\d\s().-]*")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Entry:
    """What of one offer is searched, folded: fields with their weights."""

    id: str
    country: str
    own: bool
    fields: tuple[tuple[int, str], ...]

    @classmethod
    def of(cls, offer: Summary) -> Entry:
        """Return the entry of an offer's summary."""
        fields = (
            (4, f"{offer.name.en} {offer.name.zh or ''}"),
            (3, f"{offer.carrier_name.en} {offer.carrier_name.zh or ''}"),
            (2, offer.id),
            (1, f"{offer.country} {NAMES.get(offer.country, '')} {offer.kind.replace('_', ' ')}"),
        )
        return cls(offer.id, offer.country, offer.own, tuple((weight, folded(text)) for weight, text in fields))


def ranked(entries: Sequence[Entry], text: str, region: str | None = None) -> list[str]:
    """Return the ids of the offers that fit, best first; all of them for an empty text.

    `region` (`MC`), a calling code or a number within the text brings its country to the top.
    """
    text = unicodedata.normalize("NFKC", text)
    number = _NUMBER.search(text)
    near_by = _regions(number.group() if number else "", region)
    words = _WORD.findall(folded(_NUMBER.sub(" ", text)))
    spellings = [_spellings(word, entries) for word in words]
    found = []
    for order, entry in enumerate(entries):
        scores = [max((_score(entry, spelling) for spelling in spelt), default=0) for spelt in spellings]
        if all(scores):
            found.append((near_by.get(entry.country, len(near_by)), -sum(scores), not entry.own, order, entry.id))
    return [entry_id for *_rank, entry_id in sorted(found)]


def folded(text: str) -> str:
    """Return the text as it is compared: no case, accents or full-width forms."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(char for char in parts if not unicodedata.combining(char)).casefold()


def _spellings(word: str, entries: Iterable[Entry]) -> list[str]:
    """Return the word, or if no offer has it the words nearest to it."""
    texts = [text for entry in entries for _weight, text in entry.fields]
    if len(word) < 3 or any(word in text for text in texts):
        return [word]
    vocabulary = {known for text in texts for known in _WORD.findall(text)}
    return difflib.get_close_matches(word, sorted(vocabulary), n=5, cutoff=0.7)


def _score(entry: Entry, word: str) -> int:
    return max(weight * _fit(text, word) for weight, text in entry.fields)


def _fit(text: str, word: str) -> int:
    """Return how well a word fits: 3 as a whole word, 2 at the start of one, 1 inside one, 0 not at all."""
    at = text.find(word)
    best = 0
    while at >= 0 and best < 3:
        starts = at == 0 or not text[at - 1].isalnum()
        ends = at + len(word) == len(text) or not text[at + len(word)].isalnum()
        best = max(best, 3 if starts and ends else 2 if starts else 1)
        at = text.find(word, at + 1)
    return best


def _regions(number: str, region: str | None) -> dict[str, int]:
    """Return countries with their rank: the number's own first, then those that share its calling code, then kin."""
    named = [region] if region else []
    if number:
        named += _regions_of(number)
    named += [KIN[country] for country in named if country in KIN]
    return {country: rank for rank, country in enumerate(dict.fromkeys(named))}


def _regions_of(number: str) -> list[str]:
    """Return the countries that a number or the beginning of one may belong to, the likeliest first."""
    import phonenumbers  # 12 ms, and only needed once somebody types a number

    digits = re.sub(r"\D", "", number.removeprefix("00"))
    codes = phonenumbers.COUNTRY_CODE_TO_REGION_CODE
    code = next((int(digits[:size]) for size in (1, 2, 3) if int(digits[:size]) in codes), None)
    if code is None:
        return []
    sharing = list(codes[code])
    if len(sharing) > 1 and len(digits) > 6:
        exact = phonenumbers.region_code_for_number(phonenumbers.parse(f"+{digits[:15]}"))
        return [exact, *sharing] if exact else sharing
    return sharing
