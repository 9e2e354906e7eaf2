"""What is wrong with a carriers file, as values: which file, offer and place, and what.

Findings keep how to say it rather than words, so that a list shown after a switch of language is in that language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

Words = Callable[[], str]
"""Says what is wrong, in the language of the moment."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, for people: all four are plain text and may hold a file's words (`simtui.text.shown`).

    `offer` is the offer's id, or empty where it concerns a carrier or the whole file. `place` is a JSON path such as
    `carriers[3].offers[1].rules[0].clocks[0].length.period`, or a line and column in a file that is not JSON.
    """

    file: str
    offer: str
    place: str
    what: str

    def told(self) -> str:
        """Return the problem on one line: file, offer, place, what is wrong."""
        where = ": ".join(part for part in (self.file, self.offer, self.place) if part)
        return f"{where}: {self.what}" if where else self.what


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at a place within whatever was looked at."""

    place: str
    words: Words


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault with its file and offer; becomes a `Problem` when it is read."""

    file: str
    offer: str
    place: str
    words: Words

    def told(self) -> Problem:
        """Return the problem in the current language."""
        return Problem(self.file, self.offer, self.place, self.words())


def placed(faults: Iterable[Fault], file: str, offer: str, within: str) -> list[Finding]:
    """Return the faults as findings, their places made absolute by the place they lie `within`."""
    return [Finding(file, offer, join(within, fault.place), fault.words) for fault in faults]


def join(within: str, place: str) -> str:
    """Return the JSON path of `place` inside `within`."""
    if not within or not place:
        return within or place
    return f"{within}{place}" if place.startswith("[") else f"{within}.{place}"


def key(name: str) -> str:
    """Return one key as a JSON path writes it: plain where it is a word, quoted (and cut at 80) where it is not."""
    return f".{name}" if name.isidentifier() and len(name) <= 80 else f'["{name[:80]}"]'
