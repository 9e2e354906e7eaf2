"""Planning ahead."""

from __future__ import annotations

from textual import work

from simtui.tui.intents.base import Acting


class Planning(Acting):
    """The intent that shows what keeping lines will take."""

    @work
    async def action_plan_ahead(self) -> None:
        """Show the cheapest acts for the marked lines, or the one under the cursor; all are one key away."""
        from simtui.tui.screens.ahead import AheadScreen

        held = (self.board.holding(row.id) for row in self.board.all_rows if row.alarms)
        everything = [holding for holding in held if holding is not None]
        chosen = self.marked_or_current()
        line_id = await self.app.push_screen_wait(AheadScreen(chosen, everything, self.board.look))
        if line_id is not None and self.lines.move_to_id(line_id):
            self.go_to("lines")
