"""Asks for one line of text: a filter, the path of a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Container

from simtui.tui.screens.dialog import Dialog, keys_called
from simtui.tui.widgets.field import Field


class Prompt(Dialog[str | None]):
    """One input; Enter takes what stands there, Esc leaves, arrow keys bring back what was typed before."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *keys_called("leave_form"),
        Binding("up", "recall(1)", show=False, priority=True),
        Binding("down", "recall(-1)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    Prompt Field, Prompt Field:focus, Prompt Field.-error, Prompt Field.-error:focus {
        height: 3;
        padding: 0;
        border: none;
        background: $surface;
    }
    """
    WIDEST = 84
    NARROW = 60

    def __init__(
        self,
        title: str,
        initial: str = "",
        *,
        hint: str = "",
        check: Callable[[str], str] | None = None,
        history: Sequence[str] = (),
        changed: Callable[[str], None] | None = None,
    ) -> None:
        """Take the question.

        Args:
            title: What is asked, in the border.
            initial: What stands there at first.
            hint: What stands beneath while nothing is wrong.
            check: Returns what is wrong with a text, or nothing; a wrong text cannot be taken.
            history: What was typed before, the newest first.
            changed: Called with every text that is typed and not wrong, for a live filter.
        """
        super().__init__(title)
        self._check, self._changed = check, changed
        self._past = [initial, *(each for each in history if each != initial)]
        self._at = 0
        self._hint = hint

    @cached_property
    def field(self) -> Field:
        """The input; made when the app is there, as Textual's own asks for it."""
        return Field("", self._past[0], hint=self._hint)

    @cached_property
    def box(self) -> Container:
        """The frame around the input."""
        return Container(self.field)

    def fill(self, width: int) -> int:
        """As wide as there is room; a narrow box has one more row for what is said beneath the input."""
        self.field.styles.height = 3 if width >= self.NARROW else 4
        return width

    def on_mount(self) -> None:
        """Give the input the keys."""
        self.field.focus()

    @on(Field.Changed)
    def look(self, message: Field.Changed) -> None:
        """Say at once what is wrong, and pass on what is not."""
        problem = self._check(message.value) if self._check is not None else ""
        self.field.show_error(problem)
        if not problem and self._changed is not None:
            self._changed(message.value)

    @on(Field.Submitted)
    def take(self, message: Field.Submitted) -> None:
        """Go back with the text, unless it is wrong."""
        if not self.field.error:
            self.answer(message.value)

    def action_recall(self, step: int) -> None:
        """Bring back what was typed before."""
        self._at = max(0, min(self._at + step, len(self._past) - 1))
        self.field.value = self._past[self._at]
        self.field.cursor_position = len(self.field.value)

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.answer(None)
