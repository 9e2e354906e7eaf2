"""Adding, editing, recording, deleting and archiving."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from textual import on, work

from simtui.i18n import _, ngettext
from simtui.tui.intents.base import Acting
from simtui.tui.widgets.rows import RowList

if TYPE_CHECKING:
    from simtui.domain.act import ActKind
    from simtui.domain.offer import Plan, TopUp
    from simtui.holding import HeldAct, HeldRenewal, Holding
    from simtui.tui.screens.dashboard import DashboardScreen
    from simtui.tui.screens.form_screen import FormScreen


class Changing(Acting):
    """The intents that change what is stored, each by one commit of the desk."""

    @work
    async def action_add(self) -> None:
        """Add a line; in the plans pane a plan of one's own."""
        from simtui.tui.screens.form import add_line_screen, own_plan_screen

        if self.active == "plans" and self.holding is not None:
            screen = own_plan_screen(self.desk, self.simtui.own_carriers_file, self.holding.offer)
            await self._change_own(_("add a plan to {offer}"), screen)
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
        if await self._change_own(_("add an offer"), screen):
            self.say(_("The offer is yours now; a adds a line on it."))

    async def _change_own(self, name: str, screen: FormScreen[Any, Any]) -> bool:
        """Open a form that changes the user's own file; remember the change for undo."""
        before = self.attempt(self.simtui.own_changes.content)
        if before is None or not await self.app.push_screen_wait(screen):
            return False
        self._own_file_changed(name, before)
        return True

    def _own_file_changed(self, name: str, before: dict[str, Any]) -> None:
        from simtui import words

        offer = "" if self.holding is None else words.text(self.holding.offer.name)
        self.simtui.own_changes.remember(name.format(offer=offer), before, self.desk.repository.seq)
        self.simtui.reload_catalogue()
        self.changed()

    @work
    async def action_edit(self) -> None:
        """Edit what the cursor is on: the line, in the history the act, in the plans a plan of one's own."""
        from simtui.tui.screens.form import act_screen, edit_line_screen, own_plan_screen

        holding = self.holding
        if holding is None:
            return
        if self.active == "plans":
            item = self.own_item()
            if item is not None:
                screen = own_plan_screen(self.desk, self.simtui.own_carriers_file, holding.offer, item)
                await self._change_own(_("edit a plan of {offer}"), screen)
            return
        if self.active == "history":
            held = self.held_act()
            if held is None:
                return
            form = act_screen(self.desk, [holding], held_act=held)
            if await self.app.push_screen_wait(form):
                self.changed()
            return
        if await self.app.push_screen_wait(edit_line_screen(self.desk, holding)):
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

    @work
    async def action_read_sms(self) -> None:
        """Read a message of the operator that is pasted, and record what it says once that is agreed to."""
        from simtui.tui.screens.form import message_screen
        from simtui.tui.screens.paste import PasteBox

        holding = self.holding
        if holding is None:
            return
        pasted = await self.app.push_screen_wait(PasteBox(self.called(holding), holding))
        if not pasted:
            return
        if await self.app.push_screen_wait(message_screen(self.desk, holding, pasted)):
            self.changed()

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
        """Delete what the cursor is on: lines, in the history the act, in the plans a plan of one's own; `y` confirms."""
        if self.active == "history":
            await self._delete_act()
        elif self.active == "plans":
            await self._delete_plan()
        elif self.active == "lines":
            await self._delete_lines()
        else:
            self.say(_("Nothing is deleted here: 1 goes to the lines, 5 to the history."))

    async def _delete_act(self) -> None:
        from simtui import words
        from simtui.tui.screens.confirm import Confirm

        renewal = self.held_renewal()
        if renewal is not None:
            await self._delete_renewal(renewal)
            return
        holding, held = self.holding, self.held_act()
        if holding is None or held is None:
            self.say(_("There is nothing to delete here."))
            return
        title = words.act_title(held.act, holding.offer)
        question = _("Delete “{act}” of {day}?").format(act=title, day=held.act.day)
        if await self.app.push_screen_wait(Confirm(question, [self._before_after(holding, held)])):
            await self.carry_out(lambda: self.desk.delete_act(holding.id, held))

    async def _delete_renewal(self, held: HeldRenewal) -> None:
        from simtui.renewals import Renewals
        from simtui.tui.screens.confirm import Confirm

        detail = [_("The acts that it has recorded stay. u undoes it.")]

        def delete() -> bool:
            Renewals(self.desk).delete(held)
            return True

        if await self.app.push_screen_wait(Confirm(_("Delete this renewal?"), detail)):
            await self.carry_out(delete)

    async def _delete_plan(self) -> None:
        from simtui import own_file, words
        from simtui.tui.screens.confirm import Confirm

        holding, item = self.holding, self.own_item()
        if holding is None or item is None:
            return
        name = words.item_name(item)
        question = _("Delete your plan “{plan}” of {offer}?").format(plan=name, offer=words.text(holding.offer.name))
        if not await self.app.push_screen_wait(Confirm(question)):
            return
        own, offer = self.simtui.own_carriers_file, holding.offer
        before = self.attempt(self.simtui.own_changes.content)

        def delete() -> bool:
            own_file.edit(own, lambda content: own_file.without_part(content, offer.id, item), holding.today)
            return True

        if before is not None and await self.store(delete):
            self._own_file_changed(_("delete a plan of {offer}"), before)

    def own_item(self) -> Plan | TopUp | None:
        """Return the user's own plan or top-up under the cursor of the plans; say so where it is the operator's."""
        from simtui.own_offers import is_yours
        from simtui.tui import side

        chosen = side.outcome_under_cursor(cast("DashboardScreen", self))
        if chosen is not None and is_yours(chosen.item):
            return chosen.item
        self.say(_("Only plans of your own can be changed; a adds one."))
        return None

    async def _delete_lines(self) -> None:
        from simtui import words
        from simtui.tui.screens.confirm import Confirm

        chosen = self.marked_or_current()
        if not chosen:
            return
        names = words.listed(self.called(each) for each in chosen[:5]) + (" …" if len(chosen) > 5 else "")
        question = ngettext("Delete this line?", "Delete {n} lines?", len(chosen)).format(n=len(chosen))
        acts = sum(len(each.acts) for each in chosen)
        detail = ngettext("{names}, with {n} act. u undoes it.", "{names}, with {n} acts. u undoes it.", acts)
        if await self.app.push_screen_wait(Confirm(question, [detail.format(names=names, n=acts)])):
            await self.carry_out(lambda: self.desk.delete_lines([each.id for each in chosen]))

    def _before_after(self, holding: Holding, held: HeldAct) -> str:
        from simtui.tui.views.marks import marked_date

        after = holding.without_act(held.id)
        before_day, after_day = (
            _("none") if each.next_day is None else marked_date(each.next_day, each.certainty)
            for each in (holding.standing, after)
        )
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
            await self.carry_out(lambda: self.desk.set_state(ids, LineState(state)))

    @on(RowList.Opened, "#plans")
    def open_plan(self) -> None:
        """Enter on a plan records that it was bought."""
        self.action_record()
