"""What the terms of a filter are compared with: words that forgive left-out letters, and members of closed lists."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from simtui.domain.query_terms import QueryFault, Term, plain_text

COMPARED: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
    "=": operator.eq,
    ":": operator.eq,
}
"""What the signs after a key mean, where its values can be compared."""


def fits(word: str, text: str) -> bool:
    """Tell whether the word stands in the text, or its letters in order in one of the text's words: `gifgaf`."""
    plain = plain_text(text)
    if word in plain:
        return True
    return len(word) > 2 and any(word[0] == part[0] and _in_order(word, part) for part in plain.split())


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


def in_values(term: Term, names: Mapping[str, str]) -> Term:
    """Return the term with the user's words for values as those values; the beginning of a word is enough."""
    if not names or not term.value:
        return term
    plain = {plain_text(name): value for name, value in names.items()}

    def meant(word: str) -> str:
        if word in names.values() or not word:
            return word
        fitting = {value for name, value in plain.items() if name.startswith(word)}
        return plain.get(word) or (fitting.pop() if len(fitting) == 1 else word)

    return replace(term, value=",".join(meant(part.strip()) for part in term.value.split(",")))


def one_of(term: Term, choices: Sequence[str]) -> frozenset[str]:
    """Return the members of a closed list that the term's values begin: `kind:travel` is `travel_esim`."""
    chosen: set[str] = set()
    for value in term.value.split(","):
        wanted = value.strip().replace("-", "_").replace(" ", "_")
        exact = [choice for choice in choices if choice == wanted]
        fitting = exact or [choice for choice in choices if wanted and choice.startswith(wanted)]
        if not fitting:
            raise term.fault(QueryFault.UNKNOWN_VALUE, choices)
        chosen.update(fitting)
    return frozenset(chosen)
