"""What all intents of the dashboard share: what the screen provides, and how they ask, attempt and tell."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

from simtui.errors import SimtuiError
from simtui.i18n import _
from simtui.text import fit, one_line, shown
from simtui.tui.lean import LeanScreen
from simtui.tui.refusals import refusal
from simtui.tui.views.layout import shown_name

if TYPE_CHECKING:
    from simtui.desk import Desk
    from simtui.holding import HeldAct, HeldRenewal, Holding
    from simtui.tui.app import SimtuiApp
    from simtui.tui.board import Board
    from simtui.tui.screens.dashboard import DashboardScreen
    from simtui.tui.widgets.rows import RowList

Result = TypeVar("Result")
WITHOUT_DESK = frozenset({"quit", "move", "page", "edge", "pane", "sort", "sort_reverse", "zoom", "leave"})
"""What works from the first frame on."""
_NAMED = 40
"""The cells in which what was copied is named, where it stands on the screen."""


class Acting(LeanScreen[None]):
    """The dashboard as its intents see it; `DashboardScreen` has the widgets and draws."""

    board: Board
    active: str
    side: str
    zoomed: bool
    saved: str
    _said_last: str = ""
    lines: RowList
    plans: RowList
    history: RowList

    # What the dashboard provides ---------------------------------------------------------------------------------

    @property
    def simtui(self) -> SimtuiApp:
        """The app with its settings."""
        return cast("SimtuiApp", self.app)

    @property
    def desk(self) -> Desk:
        """The desk behind the board; keys that need it are ignored until it is there (`check_action`)."""
        assert self.board.desk is not None
        return self.board.desk

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let keys that need the desk wait until everything is loaded, a fraction of a second after the start."""
        if self.board.desk is None and action not in WITHOUT_DESK:
            return False
        return super().check_action(action, parameters)

    @property
    def holding(self) -> Holding | None:
        """The line under the cursor."""
        raise NotImplementedError

    def reload(self) -> None:
        """Ask the desk again and draw what changed."""
        raise NotImplementedError

    def show_board(self) -> None:
        """Give the list its rows and draw everything."""
        raise NotImplementedError

    def draw(self) -> None:
        """Draw everything to the present widths."""
        raise NotImplementedError

    def place_panes(self) -> None:
        """Show the panes that belong on the screen now."""
        raise NotImplementedError

    def go_to(self, pane: str) -> None:
        """Bring a pane to the screen and give it the focus."""
        raise NotImplementedError

    # Shared ------------------------------------------------------------------------------------------------------

    def say(self, message: str, *, wrong: bool = False) -> None:
        """Tell something in passing; the text is data, never markup. What is said twice stands there once."""
        if message == self._said_last:
            self.app.clear_notifications()
        self._said_last = message
        severity = "error" if wrong else "information"
        self.notify(shown(message), severity=severity, markup=False, timeout=8 if wrong else 4)  # type: ignore[arg-type]

    def copy_out(self, text: str, *, in_sight: bool = False) -> None:
        """Hand a text to the terminal's clipboard; show it, too, as nobody says whether it arrived.

        What is `in_sight` anyway is only named by how it begins: a long notice would hide what stands beside it.
        """
        import os

        from simtui.tui.clipboard import obstacle

        text = one_line(text)
        self.app.copy_to_clipboard(text)
        told = fit(text, _NAMED).rstrip() if in_sight else text
        told_of = _("Sent to the terminal to copy: {text}").format(text=told)
        self.say(" ".join(part for part in (told_of, obstacle(os.environ)) if part))

    def attempt(self, deed: Callable[[], Result]) -> Result | None:
        """Do something that may be refused; show why if it is."""
        try:
            return deed()
        except SimtuiError as refused:
            self.say(refusal(refused), wrong=True)
            return None

    def marked_or_current(self) -> list[Holding]:
        """Return the marked lines, else the one under the cursor."""
        marked = [held for each in self.lines.marked if (held := self.board.holding(each)) is not None]
        if marked:
            return sorted(marked, key=lambda held: held.id)
        return [] if self.holding is None else [self.holding]

    def called(self, holding: Holding) -> str:
        """Return what a line is called, masked where its number is its name and is not to be seen."""
        return one_line(shown_name(holding.line.name, holding.line.number, self.board.look))

    def changed(self, message: str = "") -> None:
        """Show the new state after a commit."""
        self.saved = _("saved {time}").format(time=self.simtui.time_of_day())
        self.reload()
        if message:
            self.say(message)

    def held_act(self) -> HeldAct | None:
        """Return the act under the cursor, while the history has the focus."""
        from simtui.tui import side

        return side.act_under_cursor(cast("DashboardScreen", self)) if self.active == "history" else None

    def held_renewal(self) -> HeldRenewal | None:
        """Return the renewal under the cursor, while the history has the focus."""
        from simtui.tui import side

        return side.renewal_under_cursor(cast("DashboardScreen", self)) if self.active == "history" else None

    async def store(self, deed: Callable[[], Result]) -> Result | None:
        """Do something that writes to the store, waiting for another session if need be; show why if it is refused."""
        from simtui.tui.screens.waiting import patiently

        try:
            return await patiently(self.simtui, deed)
        except SimtuiError as refused:
            self.say(refusal(refused), wrong=True)
            return None

    async def carry_out(self, deed: Callable[[], object]) -> bool:
        """Do something that changes what is stored, and show the new state; tell whether it was done."""
        done = await self.store(deed) is not None
        if done:
            self.changed()
        return done
