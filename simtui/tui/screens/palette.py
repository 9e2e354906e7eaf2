"""The palette: every action by name, with its key; typing narrows it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Input

from simtui.i18n import _
from simtui.text import cell_width, fit, plain_keys
from simtui.tui.keys import PaletteEntry
from simtui.tui.lean import LeanModalScreen
from simtui.tui.widgets.field import SafeInput
from simtui.tui.widgets.rows import RowList
from simtui.tui.widgets.spans import Line


class Palette(LeanModalScreen[str | None]):
    """A list of actions under one input; Enter runs the one under the cursor, Esc leaves."""

    DEFAULT_CSS = """
    Palette {
        align: center middle;
        background: transparent;
    }
    Palette > Container {
        width: 76;
        max-width: 100%;
        height: 22;
        max-height: 100%;
        border: round $primary;
        background: $surface;
    }
    Palette Input, Palette Input:focus {
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

    def __init__(self, entries: Sequence[PaletteEntry]) -> None:
        super().__init__()
        self._entries = entries
        self._list = RowList(_Entries(entries), can_mark=False, gutter=1)
        self._list.can_focus = False

    def compose(self) -> ComposeResult:
        """An input above the list."""
        with Container():
            box = SafeInput(placeholder=_("Type the name of an action"), select_on_focus=False)
            box.cursor_blink = False
            yield box
            yield self._list

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Keep the actions whose words hold all that was typed, those first whose names do."""
        kept = found(self._entries, event.value)
        self._list.show(_Entries(kept), empty=[[(_("No such action."), "muted")]], keep=False)

    @on(Input.Submitted)
    def choose(self) -> None:
        """Run the action under the cursor."""
        found = self._list.current
        if found is not None:
            _closed = self.dismiss(str(found))

    @on(RowList.Opened)
    def choose_row(self, event: RowList.Opened) -> None:
        """A click on the row under the cursor runs it."""
        _closed = self.dismiss(str(event.id))

    def action_step(self, rows: int) -> None:
        """Move in the list while the input keeps the focus."""
        self._list.action_move(rows)

    def action_leave(self) -> None:
        """Leave without running anything."""
        _closed = self.dismiss(None)


def found(entries: Sequence[PaletteEntry], typed: str) -> list[PaletteEntry]:
    """Return the actions whose words hold all that was typed.

    First those with all of it in their names, at the beginning before elsewhere; among equals the order stays.
    """
    wanted = plain_keys(typed).casefold().split()
    kept = [entry for entry in entries if all(part in _haystack(entry) for part in wanted)]
    return sorted(kept, key=lambda entry: _rank(entry.name.casefold(), wanted))


def _rank(name: str, wanted: Sequence[str]) -> tuple[int, int]:
    """Return how many of the words the name has not, and how many do not begin one of its words."""
    missing = sum(part not in name for part in wanted)
    inside = sum(f" {part}" not in f" {name}" for part in wanted)
    return missing, inside


def _haystack(entry: PaletteEntry) -> str:
    return f"{entry.name} {entry.help} {entry.id}".casefold()


class _Entries:
    """The rows of the palette."""

    def __init__(self, entries: Sequence[PaletteEntry]) -> None:
        self.entries = entries

    @property
    def count(self) -> int:
        """How many actions are left."""
        return len(self.entries)

    def header(self, _width: int) -> Line | None:
        """No header."""
        return None

    def id_at(self, index: int) -> Hashable:
        """What Textual is to run."""
        return self.entries[index].action

    def row(self, index: int, width: int) -> Sequence[Line]:
        """Name, what it does, its key."""
        entry = self.entries[index]
        key = min(14, max(cell_width(entry.keys), 6))
        name = 18
        return [
            [
                (fit(entry.name, name), "bold"),
                (fit(entry.help, max(1, width - name - key - 1)), "muted"),
                (" " + fit(entry.keys, key), "key"),
            ]
        ]
