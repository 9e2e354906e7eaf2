"""What the intents of a walk share: the walk, its scene, and how an answer is given, refused, or met by another one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, TypeVar

from textual import work
from textual.screen import Screen

from simtui.errors import NotFound, SimtuiError
from simtui.holding import Holding
from simtui.i18n import _
from simtui.store.repository import Busy, Conflict, ReadOnly
from simtui.text import joined
from simtui.tui.intents.serving import Serving
from simtui.tui.keys import Context
from simtui.tui.refusals import refusal
from simtui.tui.views import renewal as views
from simtui.tui.views.renewal_rows import Target, What
from simtui.tui.widgets.sheet import Sheet
from simtui.walk import of_each
from simtui.walk.differing import Difference, differences, stored
from simtui.walk.scene import FieldLine, Scene
from simtui.walk.staging import scene
from simtui.walk.walk import Unfinished, Walk

_T = TypeVar("_T")
Deed = Callable[[], object]
Refused = Callable[[SimtuiError], object]


class Walked(Serving):
    """A walk on the screen; every answer goes through `answer`."""

    context: ClassVar[Context] = "walk"
    walk: Walk
    sheet: Sheet
    scene: Scene
    _waits = False
    """Whether an answer waits for another session: what it was given to stays on the screen until then."""
    _asked_of: Sequence[int] | None = None
    """The revisions that a box asks about whose answer is to be given to the walk."""

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

    def forget_typed(self) -> None:
        """Take away what was typed into a field: it is saved, or told of."""
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
        """Show what another session has changed, unless an answer is being given: then saving it will tell.

        What is deleted cannot wait for that: nothing of it can be drawn any more.
        """
        if self.is_writing or self._waits:
            if self._is_there():
                return
            self.forget_typed()
        revisions = self._revisions()
        if self._take_stored() and revisions != self._revisions():
            self.say(_("Another session has changed this renewal; this is how it is now."))

    def _revisions(self) -> Sequence[int]:
        return [held.rev for held in self.walk.members]

    def _is_there(self) -> bool:
        """Tell whether the renewal is still stored, and every one of its lines."""
        try:
            _theirs, _lines = stored(self.walk), list(of_each.lines(self.walk))
        except NotFound:
            return False
        return True

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
        """Leave, with the boxes that lie over the walk; every answer is saved already."""
        if self not in self.app.screen_stack:
            return
        while self.app.screen is not self:
            _box = self.app.screen.dismiss(None)
        # A screen cannot wait for its own end.
        _closed = self.dismiss(None)

    # Answering ---------------------------------------------------------------------------------------------------

    async def ask(self, box: Screen[_T]) -> _T | None:
        """Show a box whose answer is to be given to the walk next.

        What another session saves meanwhile appears beneath it; the answer then meets that, and does not go on top of it.
        """
        if self._asked_of is None:
            self._asked_of = self._revisions()
        given = await self.app.push_screen_wait(box)
        if given is None or given is False:
            self._asked_of = None
        return given

    def forget_asked(self) -> None:
        """Take it that what a box was asked changes nothing."""
        self._asked_of = None

    def answer(self, deed: Deed, *, typed: str = "", then: Deed | None = None, refused: Refused | None = None) -> None:
        """Give an answer to the walk; where it is saved go on with `then`.

        While another session writes, a box says so and tries again. What is refused, or given up there, is told, or
        handed to `refused`. Where another session was quicker nothing is overwritten: what differs is shown first, and
        what was `typed`, which would be lost.
        """
        from simtui.tui.screens.waiting import at_once, waiting

        asked_of, self._asked_of = self._asked_of, None
        if asked_of is not None and asked_of != self._revisions():
            self.settle(typed)
            return
        end = partial(self._end, typed, then, refused or self._tell)
        try:
            outcome = at_once(self.simtui, deed)
        except Busy as busy:
            self._waits = True
            _pushed = self.app.push_screen(waiting(self.simtui, deed, busy), end)
        else:
            end(outcome)

    def _end(self, typed: str, then: Deed | None, refused: Refused, outcome: Deed | None) -> None:
        """Go on from an answer that was saved or not; without an outcome everything ends."""
        waited, self._waits = self._waits, False
        if outcome is None:
            return
        try:
            outcome()
        except Conflict:
            self.forget_typed()
            self.settle(typed)
        except SimtuiError as error:
            refused(error)
            if waited:  # what another session has changed in the meantime was not shown
                self.show_board()
        else:
            # What was lacking before is not lacking any more.
            self.app.clear_notifications()
            self.fresh()
            if then is not None:
                then()

    def _tell(self, error: SimtuiError) -> None:
        """Say why an answer was not taken, with the cursor on what it lacks."""
        if isinstance(error, Unfinished):
            self._to_lack([lack.field for lack in error.lacks])
        self.say(refusal(error), wrong=True)

    def or_again(self, ask: Deed) -> Refused:
        """Return what tells why an answer was not taken, and asks for it again where it can be given again."""

        def tell(error: SimtuiError) -> None:
            self._tell(error)
            if not isinstance(error, (ReadOnly, Unfinished)):
                ask()

        return tell

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
