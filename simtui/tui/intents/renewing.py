"""Renewing from the dashboard: opening a walk, going on with one, choosing among those that are open, buying an eSIM."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import on, work

from simtui.i18n import _
from simtui.text import cell_width, one_line
from simtui.tui.intents.changing import Changing
from simtui.tui.views.layout import shown_name
from simtui.tui.widgets.rows import RowList

if TYPE_CHECKING:
    from simtui.walk.pending import Pending
    from simtui.walk.walk import Walk


class Renewing(Changing):
    """The intents that open a walkthrough; `resume` is the renewal that the start has spoken of."""

    resume: Pending | None = None

    @work
    async def action_renew(self) -> None:
        """Renew the marked lines together, or the one under the cursor; one that was begun goes on."""
        await self._renew(fast=False)

    @work
    async def action_already_paid(self) -> None:
        """Go straight to the payment: it has been made already."""
        await self._renew(fast=True)

    async def _renew(self, *, fast: bool) -> None:
        holdings = self.marked_or_current()
        if not holdings:
            self.action_open_renewals()
            return
        from simtui.walk.walk import Walk

        await self._walk(lambda: Walk.of(self.desk, holdings), fast=fast)

    @work
    async def action_buy_esim(self) -> None:
        """Buy a travel eSIM; no line is needed."""
        from simtui.walk.walk import Walk

        await self._walk(lambda: Walk.purchase(self.desk))

    @work
    async def action_open_renewals(self) -> None:
        """Choose among the renewals and first purchases that are not finished."""
        from simtui.tui.screens.choose import Choose, Option

        found = self.pending()
        if not found:
            self.say(_("No renewal is open."))
            return
        options = [Option(each.id, self._named(each), each.told) for each in found]
        chosen = await self.app.push_screen_wait(Choose(_("Open renewals"), options))
        if chosen is not None:
            await self._open(chosen)

    @work
    async def open_renewal(self, renewal_id: int) -> None:
        """Open a renewal: one that is over is only shown."""
        await self._open(renewal_id)

    async def _open(self, renewal_id: int) -> None:
        from simtui.walk.walk import Walk

        await self._walk(lambda: Walk.open(self.desk, renewal_id))

    async def _walk(self, begin: Callable[[], Walk], *, fast: bool = False) -> None:
        """Open a walk on its screen; back here everything is shown as it is then."""
        from simtui.tui.screens.renewal import WalkScreen

        self.forget_resume()
        screen = await self.store(lambda: WalkScreen(self.board, begin(), fast=fast))
        if screen is None:
            return
        await self.app.push_screen_wait(screen)
        self.attempt(screen.walk.forget_untouched)
        self.reload()
        line = screen.walk.renewal.line
        if line is not None and self.active == "lines":
            self.lines.move_to_id(line)

    # On start ----------------------------------------------------------------------------------------------------

    def pending(self) -> Sequence[Pending]:
        """Return all open renewals, the newest first."""
        from simtui.walk.pending import pending

        held = [self.board.holding(row.id) for row in self.board.all_rows]
        return self.attempt(lambda: pending(self.desk, [each for each in held if each is not None])) or []

    def offer_to_resume(self) -> None:
        """Say where the user was, if a renewal is open that asks for attention; Enter goes on there."""
        self.resume = next((each for each in self.pending() if each.wants), None)
        if self.resume is not None:
            self.draw()

    def forget_resume(self) -> None:
        """Any other key than Enter has taken the offer away; R still lists the renewals."""
        if self.resume is not None:
            self.resume = None
            self.draw()

    def resume_text(self, room: int) -> str:
        """Return the sentence that brings a person back to where they were, empty where there is nothing to go on with."""
        if self.resume is None:
            return ""
        from simtui.walk.pending import resuming

        name = self._line_name(self.resume)
        text = one_line(resuming(self.resume, name))
        return text if cell_width(text) <= room else one_line(resuming(self.resume, name, short=True))

    @on(RowList.Opened, "#lines")
    def open_line(self) -> None:
        """Enter goes on with what the start has spoken of; else on a line to its standing."""
        if self.resume is not None:
            self.open_renewal(self.resume.id)
        else:
            self.go_to("standing")

    @on(RowList.Opened, "#history")
    def open_entry(self) -> None:
        """Enter in the history opens a renewal, and edits an act."""
        held = self.held_renewal()
        if held is not None:
            self.open_renewal(held.id)
        else:
            self.action_edit()

    def _line_name(self, each: Pending) -> str:
        return shown_name(each.name, each.number, self.board.look)

    def _named(self, each: Pending) -> str:
        return one_line(self._line_name(each)) + (f" +{each.others}" if each.others else "")
