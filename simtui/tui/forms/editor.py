"""One line of text being edited: what keys do to it, and which part of it is in sight."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from unicodedata import category

from simtui.text import MOST_MARKS, cell_width, shown
from simtui.tui.views.layout import Line

MOST = 4000
"""The most characters that a field takes: as long as the longest text of a record."""


@dataclass(slots=True)
class Editor:
    """A text with a cursor between two of its characters; `whole` marks all of it, so that typing replaces it."""

    text: str = ""
    at: int = 0
    whole: bool = False
    first: int = 0

    @classmethod
    def on(cls, text: str, *, whole: bool = False) -> Editor:
        """Return an editor with the cursor after the text."""
        return cls(text, len(text), whole=whole and bool(text))

    def insert(self, typed: str) -> None:
        """Put text where the cursor is; line breaks become blanks, as there is but one line."""
        if self.whole:
            self.text, self.at, self.whole = "", 0, False
        new = " ".join(typed.splitlines())[: MOST - len(self.text)]
        self.text = self.text[: self.at] + new + self.text[self.at :]
        self.at += len(new)

    def press(self, key: str) -> bool:
        """Do what a key does to the text; return False for a key that does nothing to it."""
        deed = _KEYS.get(key)
        if deed is None:
            return False
        if self.whole and key in ("backspace", "delete"):
            self.text, self.at = "", 0
        else:
            deed(self)
        self.whole = False
        return True

    def to(self, at: int) -> None:
        """Put the cursor before the character `at`."""
        self.at = max(0, min(at, len(self.text)))

    def view(self, width: int, ink: str) -> Line:
        """Return what is in sight in `width` cells, the cursor drawn as a reversed cell."""
        parts = [*_drawn(self.text), " "]
        sizes = [cell_width(part) for part in parts]
        self.first = min(self.first, self.at)
        while sum(sizes[self.first : self.at + 1]) > width and self.first < self.at:
            self.first += 1
        line: Line = []
        room = width
        for number in range(self.first, len(parts)):
            if sizes[number] > room:
                break
            room -= sizes[number]
            marked = number == self.at or (self.whole and number < len(self.text))
            line.append((parts[number], f"{ink} reverse" if marked else ink))
        return [*line, (" " * room, ink)]

    def cursor_cell(self) -> int:
        """Return the cell of the cursor in what `view` showed last."""
        return sum(cell_width(shown(character)) for character in self.text[self.first : self.at])


def _drawn(text: str) -> Iterator[str]:
    """Yield what is drawn for each character: nothing for combining marks beyond those that `shown` leaves in a row."""
    marks = 0
    for character in text:
        part = shown(character)
        is_mark = not cell_width(part) or category(character) in ("Mn", "Me")
        marks = marks + 1 if is_mark else 0
        yield part if marks <= MOST_MARKS else ""


def _left(editor: Editor) -> None:
    editor.to(editor.at - 1)
    while editor.at and cell_width(shown(editor.text[editor.at])) == 0:
        editor.at -= 1


def _right(editor: Editor) -> None:
    editor.to(editor.at + 1)
    while editor.at < len(editor.text) and cell_width(shown(editor.text[editor.at])) == 0:
        editor.at += 1


def _start(editor: Editor) -> None:
    editor.at = 0


def _end(editor: Editor) -> None:
    editor.at = len(editor.text)


def _word_left(editor: Editor) -> None:
    before = editor.text[: editor.at].rstrip()
    editor.at = max(before.rfind(sign) for sign in _BETWEEN) + 1


def _word_right(editor: Editor) -> None:
    rest = editor.text[editor.at :]
    word = rest.lstrip()
    end = next((number for number, character in enumerate(word) if character in _BETWEEN), len(word))
    editor.at += len(rest) - len(word) + max(end, 1 if word else 0)


def _cut(editor: Editor, start: int, end: int) -> None:
    editor.text, editor.at = editor.text[:start] + editor.text[end:], start


def _backspace(editor: Editor) -> None:
    end = editor.at
    _left(editor)
    _cut(editor, editor.at, end)


def _delete(editor: Editor) -> None:
    start = editor.at
    _right(editor)
    _cut(editor, start, editor.at)


def _cut_word(editor: Editor) -> None:
    end = editor.at
    _word_left(editor)
    _cut(editor, editor.at, end)


def _cut_to_start(editor: Editor) -> None:
    _cut(editor, 0, editor.at)


def _cut_to_end(editor: Editor) -> None:
    _cut(editor, editor.at, len(editor.text))


_BETWEEN = " -,"
_KEYS: dict[str, Callable[[Editor], None]] = {
    "left": _left,
    "right": _right,
    "home": _start,
    "end": _end,
    "ctrl+left": _word_left,
    "ctrl+right": _word_right,
    "backspace": _backspace,
    "delete": _delete,
    "ctrl+w": _cut_word,
    "ctrl+u": _cut_to_start,
    "ctrl+k": _cut_to_end,
}
