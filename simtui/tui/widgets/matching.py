"""Finds options by parts of their names, in the order in which a person would look at them. No Textual in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simtui.text import plain_keys


@dataclass(frozen=True)
class Option:
    """One entry: what it stands for, its name, a remark beside it, and other words that find it ("+377")."""

    value: str
    label: str
    note: str = ""
    also: str = ""


def matches(query: str, options: Sequence[Option]) -> list[Option]:
    """The options that every word of the query fits, best first; order of the options among equals."""
    wanted = plain_keys(query).casefold().split()
    scored = [(score(wanted, f"{each.label} {each.note} {each.also}".casefold()), each) for each in options]
    return [option for points, option in sorted(scored, key=lambda pair: -pair[0]) if points >= 0]


def score(words: Sequence[str], text: str) -> int:
    """How well words fit a text: 3 each for a word's beginning, 2 inside, 1 for its letters in order; -1 if one fails."""
    points = 0
    for word in words:
        if f" {word}" in f" {text}":
            points += 3
        elif word in text:
            points += 2
        elif _in_order(word, text):
            points += 1
        else:
            return -1
    return points


def _in_order(letters: str, text: str) -> bool:
    """Whether the letters come in the text in this order."""
    rest = iter(text)
    return all(letter in rest for letter in letters)
