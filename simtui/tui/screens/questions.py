"""Tips and questions of a walk, searched by typing; Enter reads one in full, Esc goes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simtui.i18n import _
from simtui.tui.keys import Keymap
from simtui.tui.screens.message import Message
from simtui.tui.screens.searching import Searching
from simtui.tui.views.help import walk_help
from simtui.tui.views.layout import Look
from simtui.tui.views.renewal_questions import QuestionRows, question_lines
from simtui.tui.widgets.rows import Rows
from simtui.walk.scene import QuestionLine


class Questions(Searching[None]):
    """Those of the present step come first."""

    DEFAULT_CSS = """
    Questions > Container {
        width: 96;
        height: 26;
    }
    """

    def __init__(
        self,
        here: Sequence[QuestionLine],
        others: Sequence[QuestionLine],
        also: Mapping[str, str],
        keymap: Keymap,
        look: Look,
    ) -> None:
        """Take the step's questions and all others, more words by which they are found, and the keys."""
        asks, nothing = _("Type words, such as: charged"), _("Nothing is known about that.")
        super().__init__(title=_("Tips and questions"), asks=asks, nothing=nothing)
        self._here, self._others, self._also = here, others, also
        self._keymap, self._look = keymap, look
        self._kept = QuestionRows.of(here, others, also)

    def rows_for(self, typed: str) -> Rows:
        """Return those that hold all that was typed."""
        self._kept = QuestionRows.of(self._here, self._others, self._also, typed)
        return self._kept

    def take(self, index: int) -> None:
        """Read one."""
        question = self._kept.entries[index].question
        if question is None:
            box = Message(_("Help"), lambda width: walk_help(self._keymap, width))
        else:
            box = Message(question.title, lambda width: question_lines(question, self._look, width))
        _pushed = self.app.push_screen(box)
