"""A box to paste a message of the operator into; what it says appears beneath while it is typed or pasted."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.events import Key, Paste
from textual.geometry import Size

from simtui.holding import Holding
from simtui.i18n import _
from simtui.sms import telling
from simtui.sms.acts import read_for
from simtui.sms.reading import MOST_CHARACTERS
from simtui.text import cell_width, fit, one_line, shown_lines
from simtui.tui.screens.dialog import Dialog, hint, keys_called, leave_hint
from simtui.tui.views.layout import Line, wrapped
from simtui.tui.widgets.canvas import Painted

_LEAST_ROWS = 3


class PasteView(Painted, can_focus=True):
    """What was pasted so far; keys that edit it and what is pasted come here first."""

    def __init__(self, box: PasteBox) -> None:
        super().__init__()
        self._box = box
        self._content: list[Line] = []

    def show(self, lines: list[Line]) -> None:
        """Show other lines, in a box as tall as they are."""
        is_taller = len(lines) != len(self._content)
        self._content = lines
        if is_taller:
            self.refresh(layout=True)
        self.paint(lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As tall as the lines, for `height: auto`."""
        return len(self._content)

    def on_resize(self) -> None:
        """Draw to the new size."""
        self.paint(self._content)

    def on_key(self, event: Key) -> None:
        """Take what is typed."""
        if self._box.take_key(event):
            event.stop()
            event.prevent_default()

    def on_paste(self, event: Paste) -> None:
        """Take what is pasted."""
        event.stop()
        self._box.take_text(event.text)


class PasteBox(Dialog[str | None]):
    """A text of several lines; Enter goes on with it, Esc leaves.

    It is only ever added to or taken back from the end: a message is pasted, not written.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*keys_called("leave_form"), ("enter", "take")]
    WIDEST = 84

    def __init__(self, name: str, holding: Holding) -> None:
        """Take the line that the message is about and what it is called on the screen."""
        super().__init__(_("A message about {name}").format(name=name))
        self._holding = holding
        self._view = PasteView(self)
        self._text = ""

    @property
    def box(self) -> PasteView:
        """The text with what it says beneath."""
        return self._view

    def on_mount(self) -> None:
        """Give the box the keys."""
        self._view.focus()

    def fill(self, width: int) -> int:
        """Lay the text out, its end in sight, and beneath it what it says."""
        beneath = [*self._said(width), [], self._hints()]
        rows = max(_LEAST_ROWS, self.app.size.height - len(beneath) - 4)
        text = self._laid(width)
        text += [[] for _row in range(_LEAST_ROWS - len(text))]
        self._view.show([*text[-rows:], [], *beneath])
        return width

    def take_key(self, event: Key) -> bool:
        """Do what a key does to the text; False for a key that is the screen's."""
        if event.is_printable and event.character is not None:
            self.take_text(event.character)
        elif event.key == "backspace":
            self._set(self._text[:-1])
        elif event.key == "ctrl+u":
            self._set("")
        else:
            return False
        return True

    def take_text(self, text: str) -> None:
        """Add to the text, as far as it is read."""
        self._set((self._text + text)[:MOST_CHARACTERS])

    def action_take(self) -> None:
        """Go on with the text, if there is any."""
        if self._text.strip():
            self.answer(self._text)

    def action_leave(self) -> None:
        """Leave without a text."""
        self.answer(None)

    def _set(self, text: str) -> None:
        self._text = text
        self._lay_out(self.app.size)

    def _laid(self, width: int) -> list[Line]:
        """Return the text line by line with the cursor after it, or what belongs here."""
        cursor = (" ", "reverse")
        if not self._text:
            lines = wrapped(_("Paste the operator's message here."), width - 1, "muted")
            return [[cursor, *lines[0]], *lines[1:]]
        lines = [row for line in shown_lines(self._text) for row in wrapped(line, width - 1)]
        return [*lines[:-1], [*lines[-1], cursor]]

    def _said(self, width: int) -> list[Line]:
        """Return what was read, or that nothing was."""
        reading = read_for(self._holding, self._text, self._holding.today)
        if len(self._text) >= MOST_CHARACTERS:
            return wrapped(_("Only the first {n} characters are read.").format(n=MOST_CHARACTERS), width, "soon")
        if not self._text.strip():
            return wrapped(
                _("Balance, validity and top-ups are read from it; you check them before saving."), width, "muted"
            )
        if not reading.findings:
            return wrapped(_("Nothing is understood yet."), width, "muted")
        labels = [telling.part_word(each.part) for each in reading.findings]
        label = max(map(cell_width, labels)) + 2
        lines: list[Line] = []
        for name, finding in zip(labels, reading.findings, strict=True):
            each = _(" or ").join(
                telling.choice_text(finding.part, choice, self._holding.offer) for choice in finding.choices
            )
            told = f"{each} ?" if finding.why is not None else each
            first, *rest = wrapped(one_line(told), width - label, "" if finding.why is None else "soon")
            lines += [[(fit(name, label), "muted"), *first], *([(" " * label, ""), *row] for row in rest)]
        return lines

    def _hints(self) -> Line:
        return [*hint("enter", _("next")), ("   ", ""), *hint("ctrl+u", _("empty it")), ("   ", ""), *leave_hint()]
