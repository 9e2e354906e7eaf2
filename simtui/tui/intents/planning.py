"""Planning ahead."""

from __future__ import annotations

from textual import work

from simtui.i18n import _
from simtui.tui.intents.base import Acting


class Planning(Acting):
    """The intent that shows what keeping lines will take."""

    @work
    async def action_plan_ahead(self) -> None:
        """Show the cheapest acts for the marked lines, or the one under the cursor; all are one key away."""
        from simtui.tui.screens.ahead import AheadScreen

        screen = AheadScreen(self.board, frozenset(each.id for each in self.marked_or_current()))
        await self.app.push_screen_wait(screen)
        if screen.chosen is None:
            return
        if self.lines.move_to_id(screen.chosen):
            self.go_to("lines")
        else:
            self.say(_("This line is not in the list: it was filtered away, or another session has deleted it."))
