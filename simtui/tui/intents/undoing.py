"""Undo and redo, of lines and acts and of the user's own offers and plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from simtui.i18n import _
from simtui.tui.intents.base import Acting

if TYPE_CHECKING:
    from simtui.store.repository import Step

MANY = 5
"""How many lines a change may touch that is undone without a question."""


class Undoing(Acting):
    """The intents that take changes back, and make them again."""

    @work
    async def action_undo(self) -> None:
        """Take back the last change, by its name; one of many lines or of another session only after a question."""
        from simtui.change_words import change_name

        own = self.attempt(
            lambda: self.simtui.own_changes.undo(self.desk.repository.seq, self.desk.today_in("Etc/UTC"))
        )
        if own is not None:
            self.simtui.reload_catalogue()
            self.changed(_("Undone: {what}").format(what=own))
            return
        step = self.desk.repository.undo_step()
        if step is None:
            self.say(_("Nothing to undo."))
        elif await self._wants_undone(step):
            name = await self.store(lambda: self.desk.undo(step))
            if name is not None:
                self.changed(_("Undone: {what}").format(what=change_name(name, private=self.board.look.private)))

    async def _wants_undone(self, step: Step) -> bool:
        from simtui.change_words import change_name
        from simtui.tui.screens.confirm import Confirm

        subject = step.name.partition("|")[2]
        many = subject.isdigit() and int(subject) > MANY
        earlier = not self.desk.repository.is_own(step)
        if not many and not earlier:
            return True
        question = _("Undo “{what}”?").format(what=change_name(step.name, private=self.board.look.private))
        detail = [_("It was done in an earlier session, or in another one.")] if earlier else []
        wanted: bool = await self.app.push_screen_wait(Confirm(question, [*detail, _("U does it again.")]))
        return wanted

    @work
    async def action_redo(self) -> None:
        """Do again what was undone."""
        from simtui.change_words import change_name

        own = self.attempt(
            lambda: self.simtui.own_changes.redo(self.desk.repository.seq, self.desk.today_in("Etc/UTC"))
        )
        if own is not None:
            self.simtui.reload_catalogue()
            self.changed(_("Done again: {what}").format(what=own))
            return
        name = await self.store(self.desk.redo)
        if name is None:
            self.say(_("Nothing to redo."))
        else:
            self.changed(_("Done again: {what}").format(what=change_name(name, private=self.board.look.private)))
