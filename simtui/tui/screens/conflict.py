"""Two sessions changed the same thing: shows both versions field by field and lets a person choose."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.events import Key

from simtui.i18n import _
from simtui.text import fit, plain_keys, shown
from simtui.tui.forms.model import Field, Values
from simtui.tui.screens.dialog import Dialog, hint, keys_called, leave_hint, widest
from simtui.tui.widgets.rows import RowList
from simtui.tui.widgets.spans import Line


@dataclass(slots=True)
class Difference:
    """A field in which both versions differ; `mine` says which of them is to be kept."""

    field: str
    label: str
    my_value: str
    their_value: str
    my_word: str
    their_word: str
    mine: bool

    @property
    def value(self) -> str:
        """The value that is to be kept."""
        return self.my_value if self.mine else self.their_value


def differences(fields: Sequence[Field], before: Values, mine: Values, theirs: Values) -> list[Difference]:
    """Return the fields that differ now; what only the other session changed is theirs at first, the rest mine."""
    found = []
    for field in fields:
        old, my_value, their_value = (field.settled(each.get(field.id, "")) for each in (before, mine, theirs))
        if my_value != their_value:
            words = (field.word(my_value), field.word(their_value))
            found.append(Difference(field.id, field.label, my_value, their_value, *words, mine=my_value != old))
    return found


class ConflictScreen(Dialog[dict[str, str] | None]):
    """A row for each field that differs: Space changes whose value is kept, Enter saves, Esc goes back to the form."""

    BINDINGS: ClassVar[list[BindingType]] = keys_called("leave_form")
    WIDEST = 92

    def __init__(self, found: Sequence[Difference]) -> None:
        super().__init__(_("Another session has changed this meanwhile"))
        self._rows = _Differences(found)
        self._list = _List(self._rows)

    @property
    def box(self) -> RowList:
        """The rows."""
        return self._list

    def fill(self, width: int) -> int:
        """Show as many rows as fit."""
        self._list.styles.height = self._rows.count * 3 + 3
        return width

    def on_mount(self) -> None:
        """Give the rows the keys."""
        self._list.focus()

    def on_key(self, event: Key) -> None:
        """Take the keys that choose; they come here before the list's own."""
        key = plain_keys(event.character or "")
        if key == " ":
            self._rows.found[self._list.cursor].mine ^= True
        elif key in ("m", "t"):
            for each in self._rows.found:
                each.mine = key == "m"
        else:
            return
        event.stop()
        event.prevent_default()
        self._list.redraw()

    @on(RowList.Opened)
    def save(self) -> None:
        """Go back with what is to be kept of each field."""
        self.answer({each.field: each.value for each in self._rows.found})

    def action_leave(self) -> None:
        """Back to the form; nothing is chosen."""
        self.answer(None)


class _List(RowList):
    """Rows of three lines without marks."""

    def __init__(self, rows: _Differences) -> None:
        super().__init__(rows, row_height=3, can_mark=False)


class _Differences:
    """The rows: the field's label, my value, theirs; the one that is kept has a dot."""

    def __init__(self, found: Sequence[Difference]) -> None:
        self.found = found

    @property
    def count(self) -> int:
        """How many fields differ."""
        return len(self.found)

    def header(self, width: int) -> Line | None:
        """What the keys do, as many of them as there is room for; the way out is always among them."""
        first = [hint("space", _("switch")), hint("enter", _("save")), leave_hint()]
        more = [hint("m", _("all mine")), hint("t", _("all theirs"))]
        keys = [first[0], *more, *first[1:]]
        if sum(widest([each]) + 2 for each in keys) > width:
            keys = first
        return [(f"{text}  " if ink == "footer" else text, ink) for each in keys for text, ink in each]

    def id_at(self, index: int) -> Hashable:
        """The field's id."""
        return self.found[index].field

    def row(self, index: int, width: int) -> Sequence[Line]:
        """One field."""
        each = self.found[index]
        return [
            [(fit(each.label, width), "bold")],
            self._version(_("mine"), each.my_word, width, kept=each.mine),
            self._version(_("theirs"), each.their_word, width, kept=not each.mine),
        ]

    def _version(self, whose: str, value: str, width: int, *, kept: bool) -> Line:
        mark = "(x)" if kept else "( )"
        return [(f"  {mark} {fit(whose, 8)}", "mark" if kept else "muted"), (fit(shown(value) or "-", width - 14), "")]
