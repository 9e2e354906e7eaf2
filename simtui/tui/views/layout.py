"""Small helpers that every pane's view uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simtui.i18n import _
from simtui.text import cell_width, fit, shown

_CLOSING = frozenset("，。、；：！？）」』】》”’…")
_OPENING = frozenset("（「『【《“‘")

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
    """Return `text` broken into lines of at most `width` cells; later lines are indented.

    Latin words stay whole; Chinese breaks between any two characters, but for the signs that close or open.
    """
    rows: list[str] = [""]
    for piece in _pieces(shown(text)):
        room = width - (indent if len(rows) > 1 else 0)
        if rows[-1] and cell_width(rows[-1]) + cell_width(piece.rstrip()) > room:
            rows.append(piece.lstrip())
        else:
            rows[-1] += piece
    blank = " " * indent
    return [[((blank if number else "") + row.rstrip(), ink)] for number, row in enumerate(rows)]


def _pieces(text: str) -> list[str]:
    """Split into what may not be broken: a Latin word with the blank after it, a single wide character."""
    if text.isascii():
        return [f"{word} " for word in text.split(" ")]
    pieces: list[str] = []
    word = ""
    for character in text:
        if character in _CLOSING:
            if not word and pieces:
                word = pieces.pop()
            pieces.append(word + character)
            word = ""
        elif character in _OPENING:
            pieces.append(word)
            word = character
        elif cell_width(character) > 1:
            opened = word if word[-1:] in _OPENING else ""
            pieces += [word.removesuffix(opened), opened + character]
            word = ""
        elif character == " ":
            pieces.append(word + character)
            word = ""
        else:
            word += character
    pieces.append(word)
    return [piece for piece in pieces if piece]


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
