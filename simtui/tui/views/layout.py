"""Small helpers that every pane's view uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simtui.i18n import _
from simtui.text import broken, cell_width, fit, shown

Span = tuple[str, str]
Line = list[Span]


@dataclass(frozen=True, slots=True)
class Look:
    """How the user wants things shown: numbers, balances and codes masked or not."""

    private: bool = False


def shown_name(name: str, number: str | None, look: Look) -> str:
    """Return what a line is called; one without a label by its number, in groups or masked."""
    if name and name == number:
        from simtui.numbers import name_of

        return name_of(None, number, private=look.private)
    return shown(name)


def columns(parts: Sequence[tuple[str, int, str]]) -> Line:
    """Return a line of cells: (text, width, ink); each is fitted to its width, CJK-true, with a blank at its end."""
    line: Line = []
    for text, width, ink in parts:
        if width > 0:
            cell = fit(text, width - 1)
            word = cell.rstrip()
            # The blanks take no ink: a line under a word ends with it.
            line += [(word, ink), (cell[len(word) :] + " ", "")]
    return line


def right(text: str, width: int) -> str:
    """Return `text` set flush right in `width` cells."""
    cut = fit(text, width).rstrip()
    return " " * max(0, width - cell_width(cut)) + cut


def wrapped(text: str, width: int, ink: str = "", indent: int = 0) -> list[Line]:
    """Return `text` broken into lines of at most `width` cells, as `broken` does."""
    return [[(row, ink)] for row in broken(text, width, indent)]


def labelled(label: str, label_width: int, text: str, width: int, ink: str = "") -> list[Line]:
    """Return `label  text`, the text wrapped beside its muted label."""
    body = wrapped(text, max(8, width - label_width), ink)
    first: Line = [(fit(label, label_width), "muted"), *body[0]]
    return [first, *([(" " * label_width, ""), *line] for line in body[1:])]


def phase_word(phase: str) -> str:
    """Return the word of a row's phase; rescue in capitals, the loudest."""
    return {
        "rescue": _("rescue").upper(),
        "due": _("due"),
        "unknown": _("unknown"),
        "paid": _("paid?"),
        "soon": _("soon"),
        "safe": _("safe"),
        "lost": _("lost"),
    }[phase]
