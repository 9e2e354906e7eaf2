"""A box above the screen that asked for it: what the small modal screens share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Resize
from textual.geometry import Size
from textual.screen import ScreenResultType
from textual.widget import Widget

from simtui.i18n import _
from simtui.text import cell_width, one_line
from simtui.tui.keys import bindings, key_label
from simtui.tui.lean import LeanModalScreen
from simtui.tui.widgets.spans import Line

FRAME = 4
"""The cells left and right of the content: a border and a blank on either side."""


class Dialog(LeanModalScreen[ScreenResultType]):
    """A box in the middle of the screen, as wide as its content asks for; what lies around it stays as it was.

    Nothing is dimmed: on a slow connection that would send the whole screen again.
    """

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: transparent;
        overflow: hidden hidden;
    }
    .dialog-box {
        border: round $primary;
        background: $surface;
        padding: 0 1;
        max-height: 100%;
        height: auto;
    }
    Dialog.-ascii .dialog-box {
        border: ascii $primary;
    }
    """
    WIDEST: ClassVar[int] = 72
    """The most cells that the box takes."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        """The one widget of the box."""
        self.set_class(self.app.has_class("-ascii"), "-ascii")
        box = self.box
        box.add_class("dialog-box")
        box.border_title = Content(one_line(self._title))
        self._lay_out(self.app.size)
        yield box

    @property
    def box(self) -> Widget:
        """The widget that the box consists of."""
        raise NotImplementedError

    def fill(self, width: int) -> int:
        """Lay the content out in at most `width` cells, show it in the box, and return how many cells it takes."""
        raise NotImplementedError

    def answer(self, result: ScreenResultType) -> None:
        """Close the box with a result; nothing is awaited, as a screen cannot wait for its own end."""
        _closed = self.dismiss(result)

    def on_resize(self, event: Resize) -> None:
        """Lay the content out to the new width."""
        self._lay_out(event.size)

    def _lay_out(self, size: Size) -> None:
        room = max(10, min(size.width, self.WIDEST) - FRAME)
        title = cell_width(one_line(self._title)) + FRAME
        self.box.styles.width = max(min(self.fill(room), room), min(title, room)) + FRAME


def keys_called(*ids: str) -> list[BindingType]:
    """Return the bindings of single actions from the registry, for screens that know only some of a context."""
    found = bindings("form", "question", "list")
    return [each for each in found if isinstance(each, Binding) and each.id in ids]


def hint(key: str, name: str) -> Line:
    """Return a key with what it does, as in the footer."""
    return [(key_label(key), "key"), (f" {name}", "footer")]


def leave_hint() -> Line:
    """Return the hint that Esc leaves."""
    return hint("escape", _("leave"))


def widest(lines: Sequence[Line]) -> int:
    """Return the cells that the longest of some lines takes."""
    return max((sum(cell_width(text) for text, _ink in line) for line in lines), default=0)
