"""Lets a person pick one of a few things: a language, a theme, what to copy."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.binding import BindingType
from textual.events import Key

from simtui.text import cell_width, fit, one_line, plain_keys
from simtui.tui.screens.dialog import Dialog, keys_called
from simtui.tui.widgets.rows import RowList
from simtui.tui.widgets.spans import Line

Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Option(Generic[Value]):
    """One thing to pick. `key` is a letter that picks it at once; absent, its number in the list does."""

    value: Value
    label: str
    note: str = ""
    key: str = ""


class Choose(Dialog[Value | None], Generic[Value]):
    """A short list: arrows and Enter, or the letter before an option, pick it; Esc leaves without a choice."""

    BINDINGS: ClassVar[list[BindingType]] = keys_called("leave_form")

    def __init__(self, title: str, options: Sequence[Option[Value]], current: Value | None = None) -> None:
        """Take the options; the cursor begins on `current`, or on the first."""
        super().__init__(title)
        self._rows = _OptionRows(options)
        self._list = _OptionList(self._rows)
        self._current = current

    @property
    def box(self) -> RowList:
        """The list."""
        return self._list

    def fill(self, width: int) -> int:
        """Show all options; the list scrolls where they do not fit."""
        self._list.styles.height = self._rows.count + 2
        return min(width, self._rows.width + 3)

    def on_mount(self) -> None:
        """Put the cursor on what holds now."""
        self._list.focus()
        if self._current is not None:
            self._list.move_to_id(self._current)

    @on(RowList.Opened)
    def pick(self, message: RowList.Opened) -> None:
        """Enter or a tap on the row under the cursor."""
        self._pick(message.index)

    def on_key(self, event: Key) -> None:
        """Take the letters; they come here before the keys that move."""
        index = self._rows.index_of(plain_keys(event.character or ""))
        if index is not None:
            event.stop()
            self._pick(index)

    def action_leave(self) -> None:
        """Leave without a choice."""
        self.answer(None)

    def _pick(self, index: int) -> None:
        self.answer(self._rows.options[index].value)


class _OptionList(RowList):
    """The list of a choice; its marks are off."""

    def __init__(self, rows: _OptionRows[Value]) -> None:
        super().__init__(rows, can_mark=False)


class _OptionRows(Generic[Value]):
    """The rows: key, label, note."""

    def __init__(self, options: Sequence[Option[Value]]) -> None:
        self.options = options
        self._label_width = max((cell_width(one_line(each.label)) for each in options), default=0)

    @property
    def count(self) -> int:
        """How many options there are."""
        return len(self.options)

    @property
    def width(self) -> int:
        """The cells that the widest row takes."""
        notes = max((cell_width(one_line(each.note)) for each in self.options), default=0)
        return 2 + self._label_width + (notes + 2 if notes else 0)

    def header(self, _width: int) -> Line | None:
        """No header."""
        return None

    def id_at(self, index: int) -> Hashable:
        """The value that the row stands for."""
        return self.options[index].value

    def row(self, index: int, width: int) -> Sequence[Line]:
        """One option in a line."""
        option = self.options[index]
        label = fit(one_line(option.label), min(self._label_width, max(4, width - 2)))
        note = fit(one_line(option.note), width - 4 - cell_width(label)).rstrip()
        return [[(f"{self._key(index):<2}", "key"), (label, ""), (f"  {note}", "muted")]]

    def index_of(self, key: str) -> int | None:
        """The option that a key picks."""
        return next((at for at in range(self.count) if key and self._key(at) == key), None)

    def _key(self, index: int) -> str:
        return self.options[index].key or (str(index + 1) if index < 9 else "")
