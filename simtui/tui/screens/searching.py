"""A list that is narrowed by typing, under one input: what the palette and the tips and questions share."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.screen import ScreenResultType
from textual.widgets import Input

from simtui.tui.lean import LeanModalScreen
from simtui.tui.widgets.field import SafeInput
from simtui.tui.widgets.rows import RowList, Rows


class Searching(LeanModalScreen[ScreenResultType]):
    """Letters go to the input and arrows to the list; Enter or a click takes the row under the cursor, Esc leaves."""

    DEFAULT_CSS = """
    Searching {
        align: center middle;
        background: transparent;
    }
    Searching > Container {
        width: 76;
        max-width: 100%;
        height: 22;
        max-height: 100%;
        border: round $primary;
        background: $surface;
    }
    Searching.-ascii > Container {
        border: ascii $primary;
    }
    Searching Input, Searching Input:focus {
        border: none;
        height: 1;
        padding: 0 1;
        background: $surface;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("down", "step(1)", show=False, priority=True),
        Binding("up", "step(-1)", show=False, priority=True),
    ]

    def __init__(self, *, asks: str, nothing: str, title: str = "", gutter: int = 2) -> None:
        """Take what the empty input asks for, what is said where nothing is found, and what stands in the border."""
        super().__init__()
        self._asks, self._nothing, self._title = asks, nothing, title
        self._list = RowList(can_mark=False, gutter=gutter)
        self._list.can_focus = False

    def compose(self) -> ComposeResult:
        """An input above the list."""
        self.set_class(self.app.has_class("-ascii"), "-ascii")
        with Container() as box:
            if self._title:
                box.border_title = Content(self._title)
            typed = SafeInput(placeholder=self._asks, select_on_focus=False)
            typed.cursor_blink = False
            yield typed
            yield self._list

    def on_mount(self) -> None:
        """Show all there is."""
        self._list.show(self.rows_for(""))

    def rows_for(self, typed: str) -> Rows:
        """Return the rows that hold all that was typed."""
        raise NotImplementedError

    def take(self, index: int) -> None:
        """Do what a row of those that were given last is for."""
        raise NotImplementedError

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Keep what holds all that was typed."""
        self._list.show(self.rows_for(event.value), empty=[[(self._nothing, "muted")]], keep=False)

    @on(Input.Submitted)
    def take_current(self) -> None:
        """Take the row under the cursor."""
        self._take(self._list.cursor)

    @on(RowList.Opened)
    def take_clicked(self, event: RowList.Opened) -> None:
        """Take the row that was clicked."""
        self._take(event.index)

    def _take(self, index: int) -> None:
        if index < self._list.rows.count:
            self.take(index)

    def action_step(self, rows: int) -> None:
        """Move in the list while the input keeps the focus."""
        self._list.action_move(rows)

    def action_leave(self) -> None:
        """Leave without a result."""
        _closed = self.dismiss(None)
