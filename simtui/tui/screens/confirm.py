"""Asks before something is done that is hard to take back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.events import Click

from simtui.i18n import _
from simtui.text import cell_width
from simtui.tui.screens.dialog import hint, keys_called
from simtui.tui.screens.reading import Reading
from simtui.tui.views.layout import wrapped
from simtui.tui.widgets.spans import Line

GAP = "   "


class Confirm(Reading[bool]):
    """A question that only `y` answers with yes: Cancel has the focus, and Enter, Esc and `n` cancel.

    The key that asks (`D`, Enter) is never the key that confirms, so a key held down too long does nothing.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*keys_called("confirm", "cancel"), ("enter", "cancel")]

    def __init__(
        self, question: str, detail: Sequence[str] = (), *, yes: str = "", no: str = "", title: str = ""
    ) -> None:
        """Take the words.

        Args:
            question: What is asked, in a sentence.
            detail: More sentences beneath it, such as what goes with a line.
            yes: What `y` does, in a word ("delete"); absent, "yes".
            no: What Enter, Esc and `n` do, in a word ("leave"); absent, "cancel".
            title: What stands in the border; absent, nothing.
        """
        super().__init__(title)
        self._question, self._detail, self._yes, self._no = question, detail, yes, no

    def text(self, width: int) -> list[Line]:
        """Return the question and its details."""
        lines: list[Line] = [*wrapped(self._question, width, "bold")]
        for sentence in self._detail:
            lines += wrapped(sentence, width, "muted")
        return lines

    def answers(self) -> Line:
        """Return the two answers; cancel has the focus."""
        return [(self._cancel, "cursor bold"), (GAP, ""), *hint("y", self._yes or _("yes"))]

    @property
    def _cancel(self) -> str:
        return "[ {} ]".format(self._no or _("cancel"))

    def action_confirm(self) -> None:
        """Yes."""
        self.answer(True)

    def action_cancel(self) -> None:
        """No."""
        self.answer(False)

    def on_click(self, event: Click) -> None:
        """Take a tap on one of the answers; a tap elsewhere does nothing."""
        at = event.get_content_offset(self.foot)
        if at is None or at.y != self.foot.size.height - 1:
            return
        end = cell_width(self._cancel)
        if at.x < end:
            self.answer(False)
        elif at.x >= end + len(GAP):
            self.answer(True)
