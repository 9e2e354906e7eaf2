"""Tips and questions of a walk, searched by typing; Enter reads one in full, Esc goes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Input

from simtui.i18n import _
from simtui.tui.keys import Keymap
from simtui.tui.lean import LeanModalScreen
from simtui.tui.screens.message import Message
from simtui.tui.views.help import walk_help
from simtui.tui.views.layout import Look
from simtui.tui.views.renewal_questions import QuestionRows, question_lines
from simtui.tui.widgets.field import SafeInput
from simtui.tui.widgets.rows import RowList
from simtui.walk.scene import QuestionLine


class Questions(LeanModalScreen[None]):
    """A list under one input; those of the present step come first."""

    DEFAULT_CSS = """
    Questions {
        align: center middle;
        background: transparent;
    }
    Questions > Container {
        width: 96;
        max-width: 100%;
        height: 26;
        max-height: 100%;
        border: round $primary;
        background: $surface;
    }
    Questions.-ascii > Container {
        border: ascii $primary;
    }
    Questions Input, Questions Input:focus {
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

    def __init__(
        self,
        here: Sequence[QuestionLine],
        others: Sequence[QuestionLine],
        also: Mapping[str, str],
        keymap: Keymap,
        look: Look,
    ) -> None:
        """Take the step's questions and all others, more words by which they are found, and the keys."""
        super().__init__()
        self._here, self._others, self._also = here, others, also
        self._keymap, self._look = keymap, look
        self._list = RowList(QuestionRows.of(here, others, also), can_mark=False)
        self._list.can_focus = False

    def compose(self) -> ComposeResult:
        """An input above the list."""
        self.set_class(self.app.has_class("-ascii"), "-ascii")
        with Container() as box:
            box.border_title = Content(_("Tips and questions"))
            typed = SafeInput(placeholder=_("Type words, such as: charged"), select_on_focus=False)
            typed.cursor_blink = False
            yield typed
            yield self._list

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Keep those that hold all that was typed."""
        rows = QuestionRows.of(self._here, self._others, self._also, event.value)
        self._list.show(rows, empty=[[(_("Nothing is known about that."), "muted")]], keep=False)

    @on(Input.Submitted)
    def read(self) -> None:
        """Read the one under the cursor."""
        self._read(self._list.cursor)

    @on(RowList.Opened)
    def read_row(self, event: RowList.Opened) -> None:
        """A click on the row under the cursor reads it."""
        self._read(event.index)

    def _read(self, index: int) -> None:
        rows = self._list.rows
        if not isinstance(rows, QuestionRows) or not rows.count:
            return
        question = rows.entries[index].question
        if question is None:
            box = Message(_("Help"), lambda width: walk_help(self._keymap, width))
        else:
            box = Message(question.title, lambda width: question_lines(question, self._look, width))
        _pushed = self.app.push_screen(box)

    def action_step(self, rows: int) -> None:
        """Move in the list while the input keeps the focus."""
        self._list.action_move(rows)

    def action_leave(self) -> None:
        """Back to the walk."""
        _closed = self.dismiss(None)
