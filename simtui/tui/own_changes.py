"""What this session did to the user's own offers and plans, so that `u` takes that back, too.

The own file stands beside the store and has no undo of its own. A change of it is remembered with the number of the newest
commit at that time: while no commit has come after it, it is the last thing that was done.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simtui import own_file
from simtui.domain.calendar import Day
from simtui.errors import SimtuiError
from simtui.i18n import _


@dataclass(frozen=True, slots=True)
class OwnChange:
    """One change: its name for people, the file's content before and after it, and the newest commit then."""

    name: str
    before: dict[str, Any]
    after: dict[str, Any]
    seq: int


class OwnChanges:
    """The changes of this session, oldest first, and those that were taken back."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._done: list[OwnChange] = []
        self._undone: list[OwnChange] = []

    def content(self) -> dict[str, Any]:
        """Return what the file holds now."""
        return own_file.read(self._file)

    def remember(self, name: str, before: dict[str, Any], seq: int) -> None:
        """Keep a change that was just made."""
        self._done.append(OwnChange(name, before, self.content(), seq))
        self._undone.clear()

    def has_undo(self, seq: int) -> bool:
        """Tell whether a change of the own file is the last thing that was done, where `seq` is the newest commit."""
        return bool(self._done) and self._done[-1].seq == seq

    def has_redo(self, seq: int) -> bool:
        """Tell whether a change of the own file is the last thing that was taken back."""
        return bool(self._undone) and self._undone[-1].seq == seq

    def undo(self, today: Day) -> str:
        """Take back the last change; return its name.

        Raises:
            SimtuiError: If the file was changed by somebody else since, or cannot be written.
        """
        return self._turn(self._done, self._undone, today, back=True)

    def redo(self, today: Day) -> str:
        """Make the change again that was taken back last, under the same conditions."""
        return self._turn(self._undone, self._done, today, back=False)

    def _turn(self, taken: list[OwnChange], given: list[OwnChange], today: Day, *, back: bool) -> str:
        change = taken[-1]
        old, new = (change.after, change.before) if back else (change.before, change.after)

        def restored(content: dict[str, Any]) -> dict[str, Any]:
            if _said(content) != _said(old):
                taken.clear()  # none of these can be turned any more; what the store has done still can
                raise SimtuiError(_("your own offers were changed since"), place=str(self._file))
            return new

        own_file.edit(self._file, restored, today)
        given.append(taken.pop())
        return change.name


def _said(content: dict[str, Any]) -> dict[str, Any]:
    """Return what a file says, without the day it was written on."""
    return {key: value for key, value in content.items() if key != "updated"}
