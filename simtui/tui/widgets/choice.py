"""Picks one of many by typing a part of its name: a carrier's offer out of two hundred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message

from simtui.i18n import _, ngettext
from simtui.text import one_line
from simtui.tui.widgets.canvas import Painted
from simtui.tui.widgets.matching import Option, matches
from simtui.tui.widgets.spans import Line, fit

SHOWN = 5
"""How many matches stand beneath the input."""


class Choice(Painted, can_focus=True):
    """A field that narrows its options as one types; arrow keys choose among the best, Enter takes.

    It is two lines high, and shows the matches only while it has the focus.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        ("up", "move(-1)"),
        ("down", "move(1)"),
        ("enter", "take"),
        ("backspace", "erase"),
        ("ctrl+u", "clear"),
    ]
    DEFAULT_CSS = """
    Choice { height: 2; padding: 0 1; }
    Choice:focus { height: 8; }
    """

    @dataclass
    class Changed(Message):
        """Another option is the best match, or none is; read `choice.value`."""

        choice: Choice

        @property
        def control(self) -> Choice:
            """The field, for `on(..., selector)`."""
            return self.choice

    @dataclass
    class Taken(Message):
        """Enter: the option under the cursor is the answer, and the next field's turn comes."""

        choice: Choice

        @property
        def control(self) -> Choice:
            """The field, for `on(..., selector)`."""
            return self.choice

    def __init__(
        self,
        label: str,
        options: Sequence[Option],
        value: str | None = None,
        *,
        hint: str = "",
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        """Take what there is to choose from; `value` is chosen at first, nothing if it is no option's."""
        super().__init__(id=id)
        self._label, self._hint, self._error = label, hint, ""
        self._options = options
        self._query = ""
        self._chosen = next((option for option in options if option.value == value), None) if value else None
        self._matches: list[Option] = list(options)
        self._at = self._matches.index(self._chosen) if self._chosen else 0

    @property
    def value(self) -> str | None:
        """What is chosen: the option under the cursor once something was typed or moved, else the first value."""
        return self._chosen.value if self._chosen else None

    @property
    def typed(self) -> str:
        """What was typed to narrow the options."""
        return self._query

    def show_options(self, options: Sequence[Option]) -> None:
        """Offer other options, for example those of the country that the number shows."""
        self._options = options
        self._narrow(self._query)

    def show_error(self, problem: str) -> None:
        """Say what is wrong; an empty text brings the hint back."""
        self._error = problem
        self._draw()

    def action_move(self, step: int) -> None:
        """Go to the next or the previous match."""
        if self._matches:
            self._choose(max(0, min(self._at + step, len(self._matches) - 1)))

    def action_take(self) -> None:
        """Answer with the match under the cursor."""
        if self._matches:
            self._choose(self._at)
            self.post_message(self.Taken(self))

    def action_erase(self) -> None:
        """Take back the last character."""
        self._narrow(self._query[:-1])

    def action_clear(self) -> None:
        """Take back all that was typed."""
        self._narrow("")

    def on_key(self, event: events.Key) -> None:
        """Narrow by what is typed."""
        if event.is_printable and event.character:
            event.stop()
            event.prevent_default()
            self._narrow(self._query + event.character)

    def on_paste(self, event: events.Paste) -> None:
        """Narrow by what is pasted."""
        event.stop()
        self._narrow(self._query + " ".join(event.text.split()))

    def on_focus(self) -> None:
        """Show the matches."""
        self._draw()

    def on_blur(self) -> None:
        """Show the answer alone."""
        self._draw()

    def on_resize(self) -> None:
        """Lay out to the new width."""
        self._draw()

    def _narrow(self, query: str) -> None:
        self._query = query
        self._matches = matches(query, self._options)
        if self._matches:
            self._choose(0)
        else:
            self._set(None)

    def _choose(self, at: int) -> None:
        self._at = at
        self._set(self._matches[at])

    def _set(self, option: Option | None) -> None:
        before, self._chosen = self._chosen, option
        self._draw()
        if before is not option:
            self.post_message(self.Changed(self))

    def _draw(self) -> None:
        self.paint(self._lines(self.size.width)[: self.size.height])

    def _lines(self, width: int) -> list[Line]:
        """Label, input and matches; without the focus label and answer."""
        label: Line = [(one_line(self._label), "title"), *self._message()]
        if not self.has_focus:
            return [fit(label, width), fit([(f"  {_name(self._chosen)}", "")], width)]
        first = max(0, min(self._at - SHOWN // 2, len(self._matches) - SHOWN))
        lines: list[Line] = [fit(label, width), fit([("/ ", "key"), (one_line(self._query), ""), ("_", "key")], width)]
        for at, option in enumerate(self._matches[first : first + SHOWN], first):
            spans = [
                ("> " if at == self._at else "  ", "mark"),
                (_name(option), ""),
                (f"  {one_line(option.note)}", "muted"),
            ]
            ink = " cursor" if at == self._at else ""
            lines.append([(text, words + ink) for text, words in fit(spans, width, "")])
        more = len(self._matches) - SHOWN
        if not self._matches:
            lines.append([("  " + _("Nothing fits “{query}”.").format(query=one_line(self._query)), "muted")])
        elif more > 0:
            lines.append([("  " + ngettext("{n} more", "{n} more", more).format(n=more), "muted")])
        return lines

    def _message(self) -> Line:
        """The error with its word, or the hint."""
        if self._error:
            return [("  " + _("wrong: {problem}").format(problem=one_line(self._error)), "error")]
        return [(f"  {one_line(self._hint)}", "muted")] if self._hint else []


def _name(option: Option | None) -> str:
    return one_line(option.label) if option else "-"
