"""Shows a text that is longer than a notice: an error, an explanation, help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType

from simtui.tui.screens.dialog import keys_called, leave_hint
from simtui.tui.screens.reading import Reading
from simtui.tui.views.layout import wrapped
from simtui.tui.widgets.spans import Line

Laid = Callable[[int], Sequence[Line]]
"""Lays lines out to so many cells."""


class Message(Reading[None]):
    """A text to be read, scrolled where it is taller than the screen; Esc, Enter and `q` leave."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys_called("leave_form"), ("enter,q,ｑ", "leave")]
    WIDEST = 84

    def __init__(self, title: str, content: str | Sequence[str] | Laid) -> None:
        """Take a text, or its paragraphs, or a function that lays lines out to a width (for columns and inks)."""
        super().__init__(title)
        self._content = content

    def text(self, width: int) -> Sequence[Line]:
        """Return the content, laid out."""
        if callable(self._content):
            return self._content(width)
        parts = self._content.split("\n") if isinstance(self._content, str) else self._content
        return [line for part in parts for line in wrapped(part, width)]

    def answers(self) -> Line:
        """Return the way back."""
        return leave_hint()

    def action_leave(self) -> None:
        """Go back."""
        self.answer(None)
