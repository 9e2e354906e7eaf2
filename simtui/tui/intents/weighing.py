"""Putting lines off for a while, and what hangs on a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from simtui.errors import SimtuiError
from simtui.i18n import _, ngettext
from simtui.tui.intents.base import Acting
from simtui.tui.refusals import refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simtui.domain.calendar import Day
    from simtui.holding import Holding


class Weighing(Acting):
    """The intents about what can wait, and what would be lost."""

    @work
    async def action_snooze(self) -> None:
        """Let the line, or the marked ones, raise no alarm until a day; an empty answer lets them raise alarms again."""
        chosen = self.marked_or_current()
        known = [held.snoozed_until for held in chosen if held.snoozed_until is not None]
        typed: str | None = known[0].format_iso() if known else ""
        while chosen and typed is not None:
            typed = await self._ask_until(chosen, typed)
            if typed is None or await self._snooze(chosen, typed) or self.desk.repository.read_only_reason:
                return  # else it was not saved, and is there to be given again

    async def _snooze(self, chosen: Sequence[Holding], typed: str) -> bool:
        until = _day(typed, chosen[0]) if typed.strip() else None
        if until is None and not any(held.line.snoozed_until for held in chosen):
            return True
        ids = [held.id for held in chosen]
        return await self.carry_out(lambda: self.desk.snooze(ids, until))

    async def _ask_until(self, chosen: Sequence[Holding], initial: str) -> str | None:
        from simtui.domain.snooze import latest_snooze
        from simtui.tui.screens.prompt import Prompt

        last = [day for held in chosen if (day := latest_snooze(held.standing)) is not None]
        hint = _("such as +7d or 11-20; empty: alarms again")
        if last:
            hint = _("at the latest {day}, the last day; empty: alarms again").format(day=min(last))
        title = ngettext("No alarm from this line until", "No alarm from {n} lines until", len(chosen))
        prompt = Prompt(
            title.format(n=len(chosen)),
            initial,
            hint=hint,
            check=lambda typed: self._why_not(typed, chosen),
        )
        typed: str | None = await self.app.push_screen_wait(prompt)
        return typed

    def _why_not(self, typed: str, chosen: Sequence[Holding]) -> str:
        """Return why the lines cannot be put off until what was typed, nothing where they can."""
        if not typed.strip():
            return ""
        try:
            until = _day(typed, chosen[0])
            for held in chosen:
                self.desk.check_snooze(held, until)
        except SimtuiError as refused:
            return refusal(refused)
        return ""

    @work
    async def action_losses(self) -> None:
        """Show what hangs on the number of the line, or of all marked ones."""
        from simtui.report.losses import by_weight, loss_lines
        from simtui.tui.screens.message import Message

        chosen = by_weight(self.marked_or_current())
        if not chosen:
            return
        private, find = self.board.look.private, self.board.holding
        lines = [line for held in chosen for line in (*loss_lines(held, find, private=private), "")]
        await self.app.push_screen_wait(Message(_("What is lost with the number"), lines[:-1]))


def _day(typed: str, holding: Holding) -> Day:
    from simtui.typed import day

    return day(typed, holding.today, ahead=True)
