"""Undo and redo, of lines and acts and of the user's own offers and plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from simtui.i18n import _
from simtui.tui.intents.base import Acting

if TYPE_CHECKING:
    from collections.abc import Callable

    from simtui.domain.calendar import Day
    from simtui.store.repository import Step

MANY = 5
"""How many lines a change may touch that is undone without a question."""


class Undoing(Acting):
    """The intents that take changes back, and make them again."""

    @work
    async def action_undo(self) -> None:
        """Take back the last change, by its name; one of many lines or of another session only after a question."""
        from simtui.change_words import change_name

        if self.simtui.own_changes.has_undo(self.desk.repository.seq):
            await self._turn_own(self.simtui.own_changes.undo, _("Undone: {what}"))
            return
        step = self.desk.repository.undo_step()
        if step is None:
            self.say(_("Nothing to undo."))
        elif await self._is_meant(step):
            name = await self.store(lambda: self.desk.undo(step))
            if name is not None:
                self.changed(_("Undone: {what}").format(what=change_name(name, private=self.board.look.private)))

    @work
    async def action_redo(self) -> None:
        """Do again what was undone; of many lines, or what another session has undone, only after a question."""
        from simtui.change_words import change_name

        if self.simtui.own_changes.has_redo(self.desk.repository.seq):
            await self._turn_own(self.simtui.own_changes.redo, _("Done again: {what}"))
            return
        step = self.desk.repository.redo_step()
        if step is None:
            self.say(_("Nothing to redo."))
        elif await self._is_meant(step, redo=True):
            name = await self.store(lambda: self.desk.redo(step))
            if name is not None:
                done_again = _("Done again: {what}")
                self.changed(done_again.format(what=change_name(name, private=self.board.look.private)))

    async def _turn_own(self, turn: Callable[[Day], str], told: str) -> None:
        """Take a change of the own file back, or make it again."""
        name = await self.store(lambda: turn(self.desk.today_in("Etc/UTC")))
        if name is not None:
            self.simtui.reload_catalogue()
            self.changed(told.format(what=name))

    async def _is_meant(self, step: Step, *, redo: bool = False) -> bool:
        """Ask before a change of many lines is taken back or made again, or what another session has done or undone."""
        from simtui.change_words import change_name
        from simtui.tui.screens.confirm import Confirm

        subject = step.name.partition("|")[2]
        many = subject.isdigit() and int(subject) > MANY
        elsewhere = not self.desk.repository.is_own(step)
        if not many and not elsewhere:
            return True
        if redo:
            question, back = _("Do “{what}” again?"), _("u takes it back.")
            whose = _("It was undone in an earlier session, or in another one.")
        else:
            question, back = _("Undo “{what}”?"), _("U does it again.")
            whose = _("It was done in an earlier session, or in another one.")
        told = question.format(what=change_name(step.name, private=self.board.look.private))
        wanted: bool = await self.app.push_screen_wait(Confirm(told, [*([whose] if elsewhere else []), back]))
        return wanted
