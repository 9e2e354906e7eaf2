"""Adding, editing, recording, deleting and archiving; undo and redo."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import on, work

from simtui.i18n import _, ngettext
from simtui.tui.intents.base import Acting
from simtui.tui.widgets.rows import RowList

if TYPE_CHECKING:
    from simtui.domain.act import ActKind
    from simtui.holding import HeldAct, Holding
    from simtui.tui.screens.dashboard import DashboardScreen


class Changing(Acting):
    """The intents that change what is stored, each by one commit of the desk."""

    @work
    async def action_add(self) -> None:
        """Add a line; in the plans pane a plan of one's own."""
        from simtui.tui.screens.form import add_line_screen, own_plan_screen

        if self.active == "plans" and self.holding is not None:
            screen = own_plan_screen(self.desk, self.simtui.own_carriers_file, self.holding.offer)
            if await self.app.push_screen_wait(screen):
                self.simtui.reload_catalogue()
                self.changed()
            return
        added = await self.app.push_screen_wait(add_line_screen(self.desk))
        if added is not None:
            self.changed()
            self.lines.move_to_id(added)

    @work
    async def action_add_offer(self) -> None:
        """Add an offer of one's own to the user's own file."""
        from simtui.tui.screens.form import own_offer_screen

        screen = own_offer_screen(self.desk, self.simtui.own_carriers_file)
        if await self.app.push_screen_wait(screen):
            self.simtui.reload_catalogue()
            self.changed(_("The offer is yours now; a adds a line on it."))

    @work
    async def action_edit(self) -> None:
        """Edit the line, or in the history the act under the cursor."""
        from simtui.tui.screens.form import act_screen, edit_line_screen

        holding = self.holding
        if holding is None:
            return
        held = self.held_act()
        if held is not None:
            screen = act_screen(self.desk, [holding], held_act=held)
            if await self.app.push_screen_wait(screen):
                self.changed()
        elif await self.app.push_screen_wait(edit_line_screen(self.desk, holding)):
            self.changed()

    @work
    async def action_record(self) -> None:
        """Record what happened to the line or to the marked lines; in the plans pane, buying what is chosen there."""
        await self._record(None)

    @work
    async def action_told(self) -> None:
        """Enter the date that the operator told."""
        from simtui.domain.act import ActKind

        await self._record(ActKind.STATEMENT)

    @work
    async def action_reading(self) -> None:
        """Record a balance reading."""
        from simtui.domain.act import ActKind

        await self._record(ActKind.BALANCE_READING)

    async def _record(self, kind: ActKind | None) -> None:
        from simtui.tui import side
        from simtui.tui.screens.form import act_screen

        holdings = self.marked_or_current()
        if not holdings:
            return
        plan, amount = None, None
        chosen = side.outcome_under_cursor(cast("DashboardScreen", self))
        if kind is None and self.active == "plans" and chosen is not None:
            kind, amount, plan = chosen.act.kind, chosen.price, chosen.act.plan
        screen = act_screen(self.desk, holdings, kind=kind, plan=plan, amount=amount)
        if await self.app.push_screen_wait(screen):
            self.changed()

    @work
    async def action_delete(self) -> None:
        """Delete the line, the marked lines, or in the history the act; only `y` confirms."""
        from simtui import words
        from simtui.tui.screens.confirm import Confirm

        holding = self.holding
        held = self.held_act()
        if holding is not None and held is not None:
            title = words.act_title(held.act, holding.offer)
            question = _("Delete “{act}” of {day}?").format(act=title, day=held.act.day)
            detail = self._before_after(holding, held)
            if await self.app.push_screen_wait(Confirm(question, [detail])):
                self.carry_out(lambda: self.desk.delete_act(holding.id, held))
            return
        chosen = self.marked_or_current()
        if not chosen:
            return
        names = words.listed(self.called(each) for each in chosen[:5]) + (" …" if len(chosen) > 5 else "")
        question = ngettext("Delete this line?", "Delete {n} lines?", len(chosen)).format(n=len(chosen))
        acts = sum(len(each.acts) for each in chosen)
        detail = ngettext("{names}, with {n} act. u undoes it.", "{names}, with {n} acts. u undoes it.", acts)
        if await self.app.push_screen_wait(Confirm(question, [detail.format(names=names, n=acts)])):
            self.carry_out(lambda: self.desk.delete_lines([each.id for each in chosen]))

    def _before_after(self, holding: Holding, held: HeldAct) -> str:
        after = holding.without_act(held.id)
        before_day = holding.standing.next_day or _("none")
        after_day = after.next_day or _("none")
        return _("last day: {before} → {after}").format(before=before_day, after=after_day)

    @work
    async def action_state(self) -> None:
        """Archive lines, let them go, or make them active again."""
        from simtui import words
        from simtui.domain.line import LineState
        from simtui.tui.screens.choose import Choose, Option

        chosen = self.marked_or_current()
        if not chosen:
            return
        title = ngettext("This line is", "These {n} lines are", len(chosen)).format(n=len(chosen))
        state = await self.app.push_screen_wait(
            Choose(title, [Option(value, label) for value, label in words.choices(LineState)])
        )
        if state is not None:
            ids = [each.id for each in chosen]
            self.carry_out(lambda: self.desk.set_state(ids, LineState(state)))

    def action_undo(self) -> None:
        """Take back the last change, by its name."""
        from simtui import words

        name = self.attempt(self.desk.undo)
        if name is None:
            self.say(_("Nothing to undo."))
        else:
            self.changed(_("Undone: {what}").format(what=words.change_name(name, private=self.board.look.private)))

    def action_redo(self) -> None:
        """Do again what was undone."""
        from simtui import words

        name = self.attempt(self.desk.redo)
        if name is None:
            self.say(_("Nothing to redo."))
        else:
            self.changed(_("Done again: {what}").format(what=words.change_name(name, private=self.board.look.private)))

    @on(RowList.Opened, "#plans")
    def open_plan(self) -> None:
        """Enter on a plan records that it was bought."""
        self.action_record()

    @on(RowList.Opened, "#history")
    def open_act(self) -> None:
        """Enter on an act edits it."""
        self.action_edit()
