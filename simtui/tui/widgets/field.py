"""A labelled input of one line, with a hint or an error beneath: one widget, because each mounted one costs time."""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from textual.content import Content
from textual.events import Key
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets._input import Input

from simtui.i18n import _
from simtui.text import one_line, showable
from simtui.tui.views.layout import wrapped
from simtui.tui.widgets.canvas import ink_of
from simtui.tui.widgets.spans import Line, fit

WIDE_BLANK = "\u3000"


class SafeInput(Input):
    """Textual's input, which by itself would send pasted control characters to the terminal."""

    def validate_value(self, value: str) -> str:
        """Take out what cannot be shown: Textual asks this for every new value."""
        return showable(value)


class Field(SafeInput):
    """An input whose label stands in the rule above it and whose hint, or error, stands beneath.

    It posts what `Input` posts: `Changed` at every key, `Submitted` at Enter. What is typed or pasted is made
    printable first, so that no pasted control character reaches the terminal, and goes through `normalise`.
    """

    DEFAULT_CSS = """
    Field, Field:focus {
        height: 3;
        padding: 0 1;
        border: none;
        border-top: solid $border-blurred;
        background: $background;
        background-tint: transparent;
    }
    Field:focus {
        border-top: solid $border;
    }
    Field.-error, Field.-error:focus {
        border-top: solid $error;
    }
    .-ascii Field, .-ascii Field:focus {
        border-top: ascii $border;
    }
    """

    def __init__(
        self,
        label: str,
        value: str = "",
        *,
        hint: str = "",
        normalise: Callable[[str], str] | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        """Take what the field asks for.

        Args:
            label: What is to be typed, as plain text.
            value: What stands there at first.
            hint: What stands beneath while there is no error.
            normalise: Applied to the whole text at every change: `simtui.text.plain_keys` for numbers, dates and
                amounts, nothing for names.
            id: The widget's id.
        """
        self._normalise = normalise
        self._error = ""
        self._hint = hint
        super().__init__(value, id=id, select_on_focus=False)
        self.cursor_blink = False
        self.border_title = Content(one_line(label))

    @property
    def error(self) -> str:
        """What is wrong with the value, or nothing."""
        return self._error

    def show_error(self, problem: str) -> None:
        """Say beneath the field what is wrong; an empty text brings the hint back."""
        self._error = problem
        self.set_class(bool(problem), "-error")
        self._refresh_message()

    def show_hint(self, hint: str) -> None:
        """Replace the hint, for example with how the value was understood."""
        if hint != self._hint:
            self._hint = hint
            self._refresh_message()

    def on_key(self, event: Key) -> None:
        """Take the wide blank of an input method, which Textual takes for no sign at all."""
        if event.character == WIDE_BLANK:
            event.stop()
            event.prevent_default()
            self.insert_text_at_cursor(WIDE_BLANK)

    def validate_value(self, value: str) -> str:
        """Take out what cannot be shown, and normalise."""
        plain = super().validate_value(value)
        return self._normalise(plain) if self._normalise else plain

    def render_line(self, y: int) -> Strip:
        """The input, and beneath it the error with its word, or the hint, in as many rows as there are."""
        if y < 1:
            return super().render_line(y)
        text, words = self._hint, "muted"
        if self._error:
            text, words = _("wrong: {problem}").format(problem=self._error), "error"
        spans = fit(self._row(one_line(text), words, y - 1), self.size.width)
        return Strip([Segment(part, ink_of(self, ink)) for part, ink in spans], self.size.width)

    def _row(self, text: str, ink: str, at: int) -> Line:
        """Return one row of a message; the last one takes what is left, cut where it does not fit."""
        rows = wrapped(text, self.size.width, ink)
        last = self.size.height - 2
        if at == last and len(rows) > last + 1:
            return [(" ".join(part for row in rows[last:] for part, _ink in row), ink)]
        return rows[at] if at < len(rows) else []

    def _refresh_message(self) -> None:
        self.refresh(Region(0, 1, self.size.width, self.size.height - 1))
