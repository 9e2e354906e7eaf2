"""Asks before something is done that is hard to take back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.events import Click

from simtui.i18n import _
from simtui.text import cell_width
from simtui.tui.screens.dialog import Dialog, hint, keys_called, widest
from simtui.tui.views.layout import wrapped
from simtui.tui.widgets.canvas import Canvas
from simtui.tui.widgets.spans import Line


class Confirm(Dialog[bool]):
    """A question that only `y` answers with yes: Cancel has the focus, and Enter, Esc and `n` cancel.

    The key that asks (`D`, Enter) is never the key that confirms, so a key held down too long does nothing.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*keys_called("confirm", "cancel"), ("enter", "cancel")]

    def __init__(self, question: str, detail: Sequence[str] = (), *, yes: str = "", title: str = "") -> None:
        """Take the words.

        Args:
            question: What is asked, in a sentence.
            detail: More sentences beneath it, such as what goes with a line.
            yes: What `y` does, in a word ("delete"); absent, "yes".
            title: What stands in the border; absent, nothing.
        """
        super().__init__(title)
        self._question, self._detail, self._yes = question, detail, yes
        self._canvas = Canvas()
        self._zones: tuple[int, int, int] = (0, 0, 0)

    @property
    def box(self) -> Canvas:
        """The text with the two answers beneath."""
        return self._canvas

    def fill(self, width: int) -> int:
        """Lay out question, details and answers."""
        lines: list[Line] = [*wrapped(self._question, width, "bold")]
        for sentence in self._detail:
            lines += wrapped(sentence, width, "muted")
        cancel = "[ {} ]".format(_("cancel"))
        answers: Line = [(cancel, "cursor bold"), ("   ", ""), *hint("y", self._yes or _("yes"))]
        lines += [[], answers]
        self._zones = (len(lines) - 1, cell_width(cancel), cell_width(cancel) + 3)
        self._canvas.show(lines)
        return widest(lines)

    def action_confirm(self) -> None:
        """Yes."""
        self.answer(True)

    def action_cancel(self) -> None:
        """No."""
        self.answer(False)

    def on_click(self, event: Click) -> None:
        """Take a tap on one of the answers; a tap elsewhere does nothing."""
        at = event.get_content_offset(self._canvas)
        row, cancel_end, yes_start = self._zones
        if at is None or at.y + self._canvas.top != row:
            return
        if at.x < cancel_end:
            self.answer(False)
        elif at.x >= yes_start:
            self.answer(True)
