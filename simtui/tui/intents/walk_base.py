"""What the intents of a walk share: the walk, its scene, and how an answer is given, refused, or met by another one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import work

from simtui.errors import NotFound, SimtuiError
from simtui.holding import Holding
from simtui.i18n import _
from simtui.store.repository import Conflict
from simtui.text import joined
from simtui.tui.intents.serving import Serving
from simtui.tui.keys import Context
from simtui.tui.refusals import refusal
from simtui.tui.views import renewal as views
from simtui.tui.views.renewal_rows import Target, What
from simtui.tui.widgets.sheet import Sheet
from simtui.walk.differing import Difference, differences, stored
from simtui.walk.scene import FieldLine, Scene
from simtui.walk.staging import scene
from simtui.walk.walk import Unfinished, Walk

MOST_WAITING = 1.0
"""Seconds that an answer waits for another session's commit."""


class Walked(Serving):
    """A walk on the screen; every answer goes through `answer`."""

    context: ClassVar[Context] = "walk"
    walk: Walk
    sheet: Sheet
    scene: Scene

    @property
    def holding(self) -> Holding | None:
        """The line that is renewed; a first purchase has none yet."""
        return self.walk.holding

    @property
    def is_writing(self) -> bool:
        """Whether a field is being filled in."""
        raise NotImplementedError

    def stop_writing(self) -> None:
        """Leave the field that is being filled in as it was."""
        raise NotImplementedError

    # Showing -----------------------------------------------------------------------------------------------------

    def fresh(self) -> None:
        """Show what is so now; at another step the cursor begins anew."""
        before = self.scene
        self.scene = scene(self.walk)
        self.draw()
        moved = (before.step, before.branch, before.is_over, before.procedure) != (
            self.scene.step,
            self.scene.branch,
            self.scene.is_over,
            self.scene.procedure,
        )
        self.sheet.redraw(first=self._first if moved else None)

    def _first(self, found: Sequence[Target]) -> Target | None:
        return views.first_target(self.scene, found)

    def reload(self) -> None:
        """Take what is stored now, after a change that was made here."""
        self.board.refresh()
        self._take_stored()

    def show_board(self) -> None:
        """Show what another session has changed, unless a field is being filled in: then saving it will tell."""
        if self.is_writing:
            return
        revisions = [held.rev for held in self.walk.members]
        if self._take_stored() and revisions != [held.rev for held in self.walk.members]:
            self.say(_("Another session has changed this renewal; this is how it is now."))

    def _take_stored(self) -> bool:
        """Read the renewal again; where it is gone, say so and leave."""
        try:
            self.walk.reload()
            self.fresh()
        except SimtuiError as refused:
            self.say(refusal(refused), wrong=True)
            self.action_leave()
            return False
        return True

    def action_leave(self) -> None:
        """Leave; every answer is saved already."""
        # A screen cannot wait for its own end.
        _closed = self.dismiss(None)

    # Answering ---------------------------------------------------------------------------------------------------

    def answer(self, deed: Callable[[], object], typed: str = "") -> bool:
        """Give an answer to the walk; tell why, where it is refused. `typed` is what would be lost with it.

        Where another session was quicker nothing is overwritten: what differs is shown first.
        """
        try:
            # Every key waits for this: a session that writes for longer is told of, and the answer can be given again.
            with self.desk.repository.waiting_at_most(MOST_WAITING):
                deed()
        except Conflict:
            self.settle(typed)
            return False
        except Unfinished as unfinished:
            self._to_lack([lack.field for lack in unfinished.lacks])
            self.say(refusal(unfinished), wrong=True)
            return False
        except SimtuiError as refused:
            self.say(refusal(refused), wrong=True)
            return False
        # What was lacking before is not lacking any more.
        self.app.clear_notifications()
        self.fresh()
        return True

    def _to_lack(self, fields: Sequence[str]) -> None:
        """Put the cursor on what is still asked for."""
        wanted = [each for each in self.sheet.targets if each.what in (What.FIELD, What.OPTION) and each.id in fields]
        choice = [each for each in self.sheet.targets if each.what in (What.WAY, What.CHOICE, What.OTHER)]
        for target in [*wanted, *choice][:1]:
            self.sheet.move_to(target)

    @work
    async def settle(self, typed: str) -> None:
        """Another session is at the same renewal: say what differs, and take theirs or leave."""
        from simtui.tui.screens.confirm import Confirm

        try:
            theirs = stored(self.walk)
            found = differences(self.walk, theirs)
        except NotFound as gone:
            self.say(refusal(gone), wrong=True)
            self.action_leave()
            return
        lines = [_("Another session has changed it meanwhile. Your last answer is not saved.")]
        lines += [typed] if typed else []
        lines += [_told(each) for each in found] or [_("Nothing else differs.")]
        question = _("Take what the other session has saved, and go on there?")
        asked = Confirm(question, lines, yes=_("take theirs"), no=_("leave the renewal"), title=_("Two sessions"))
        if await self.app.push_screen_wait(asked):
            self._take_stored()
        else:
            self.action_leave()

    # Finding -----------------------------------------------------------------------------------------------------

    def field_at(self, target: Target | None) -> FieldLine | None:
        """Return the field that a target is, or belongs to."""
        if target is None or target.what not in (What.FIELD, What.OPTION):
            return None
        found = (each for each in self.scene.fields if each.id == target.id and each.line == target.line)
        return next(found, None)


def refused_by(deed: Callable[[], object]) -> str:
    """Return why something is refused, empty where it is not: for what is still being typed."""
    try:
        deed()
    except SimtuiError as refused:
        return joined(refused.problem, refused.next_step)
    return ""


def _told(each: Difference) -> str:
    return _("{what}: here {mine}, there {theirs}").format(what=each.what, mine=each.mine, theirs=each.theirs)
