"""The palette: every action by name, with its key; typing narrows it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from simtui.i18n import _
from simtui.text import cell_width, fit, plain_keys
from simtui.tui.keys import PaletteEntry
from simtui.tui.screens.searching import Searching
from simtui.tui.widgets.rows import Rows
from simtui.tui.widgets.spans import Line


class Palette(Searching[str | None]):
    """A list of actions; Enter runs the one under the cursor."""

    def __init__(self, entries: Sequence[PaletteEntry]) -> None:
        super().__init__(asks=_("Type the name of an action"), nothing=_("No such action."), gutter=1)
        self._entries = self._kept = entries

    def rows_for(self, typed: str) -> Rows:
        """Return the actions whose words hold all that was typed, those first whose names do."""
        self._kept = found(self._entries, typed)
        return _Entries(self._kept)

    def take(self, index: int) -> None:
        """Run an action."""
        _closed = self.dismiss(self._kept[index].action)


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
