"""Comparing offers before buying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from simtui.tui.intents.base import Acting

if TYPE_CHECKING:
    from simtui.tui.offer_board import OfferBoard


class Comparing(Acting):
    """The intent that shows all offers side by side."""

    _offers: OfferBoard | None = None

    @work
    async def action_compare(self) -> None:
        """Show all offers; a line that was added there is the one to go to."""
        if not self.board.today:
            return
        from simtui.tui.screens.offers import OffersScreen

        screen = OffersScreen(self.board, self._offers)
        await self.app.push_screen_wait(screen)
        self._offers = screen.offers
        self.show_board()
        if screen.added is not None and self.lines.move_to_id(screen.added):
            self.go_to("lines")
