"""A box with a text that may be taller than the screen, above one line of answers that is always in sight."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import Container
from textual.screen import ScreenResultType

from simtui.tui.screens.dialog import Dialog, widest
from simtui.tui.widgets.canvas import Canvas, Painted
from simtui.tui.widgets.spans import Line

BORDERS, FOOT = 2, 2
"""The rows of a box's borders, and of its foot: an empty one and the answers."""


class Page(Canvas, can_focus=True):
    """A canvas that takes the keys that scroll it."""


class Reading(Dialog[ScreenResultType]):
    """The text is scrolled by the keys that move a cursor; what else the keys do stands in the foot."""

    DEFAULT_CSS = """
    Reading Painted.foot {
        height: 2;
    }
    """

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.page = Page()
        self.foot = Painted(classes="foot")
        self._box = Container(self.page, self.foot)

    @property
    def box(self) -> Container:
        """The text and the answers."""
        return self._box

    def text(self, width: int) -> Sequence[Line]:
        """Return the text, laid out to at most `width` cells."""
        raise NotImplementedError

    def answers(self) -> Line:
        """Return the line at the foot."""
        raise NotImplementedError

    def fill(self, width: int) -> int:
        """Lay the text out; its last column is left to the scroll bar."""
        lines = self.text(width - 1)
        foot = self.answers()
        self.page.styles.height = max(1, min(len(lines), self.app.size.height - BORDERS - FOOT))
        self.page.show(lines)
        self.foot.paint([[], foot])
        return max(widest(lines) + 1, widest([foot]))

    def on_mount(self) -> None:
        """Give the text the keys that scroll."""
        self.page.focus()
