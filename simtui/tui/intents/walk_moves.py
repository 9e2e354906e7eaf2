"""What the keys of the walkthrough do, but for filling in: going on and back, ticking, choosing, paying, failing."""

from __future__ import annotations

from textual import on, work

from simtui.domain.line import Knowledge
from simtui.domain.procedure import Fact, StepKind
from simtui.domain.renewal import Branch
from simtui.i18n import _
from simtui.tui.intents.walk_asking import Asking
from simtui.tui.intents.walk_base import Deed, refused_by
from simtui.tui.views.renewal_rows import Target, What
from simtui.tui.widgets.sheet import Sheet

_MAY_FAIL = frozenset({StepKind.DO, StepKind.PAY, StepKind.WAIT, StepKind.VERIFY})
"""At these steps something may have been paid, or tried to be."""


class Moving(Asking):
    """The actions of the walk; none of them does anything to a renewal that is over."""

    fast = False
    """Whether the user has paid already: once it is said what was bought, the payment is next."""

    # Enter and Space ---------------------------------------------------------------------------------------------

    def action_walk_next(self) -> None:
        """Take what the cursor is on, or finish the step: beneath what can be ticked something may still be asked."""
        target = self.sheet.cursor
        asked = self.first_empty() if target is not None and target.what is What.ITEM else None
        if asked is not None:
            self.open_field(asked)
        elif target is None or target.what in (What.ITEM, What.NEXT):
            self.go_on()
        else:
            self._take(target)

    def _take(self, target: Target) -> None:
        match target.what:
            case What.STEP:
                self.answer(lambda: self.walk.go_to(target.id))
            case What.FACT:
                self.enter_fact(Fact(target.id))
            case What.FIELD:
                self.begin(target)
            case What.OPTION:
                self._past_option(target)
            case What.CHOICE if not any(each.chosen for each in self.scene.choices):
                self.answer(lambda: self.walk.choose(target.id))
            case What.OTHER:
                self.choose_other()
            case What.WAY:
                self.go_way(target.id)
            case What.QUESTION:
                self.open_question(next(each for each in self.scene.questions if each.id == target.id))
            case _:
                self.go_on()

    def action_walk_tick(self) -> None:
        """Tick or choose what the cursor is on; on anything else as Enter."""
        target = self.sheet.cursor
        if target is None or target.what is What.NEXT:
            return
        match target.what:
            case What.ITEM:
                self.answer(lambda: self.walk.tick(target.id), then=lambda: self._past_ticked(target))
            case What.OPTION if not self._is_one_of(target):
                self._toggle(target)
            case What.OPTION:
                self._pick(target)
            case What.CHOICE:
                self.answer(lambda: self.walk.choose(target.id))
            case _:
                self.action_walk_next()

    @on(Sheet.Chosen)
    def tapped(self) -> None:
        """Another tap on the same thing ticks it or opens it; on the row that goes on, it goes on."""
        if self.sheet.cursor is not None and self.sheet.cursor.what is What.NEXT:
            self.go_on()
        else:
            self.action_walk_tick()

    def go_on(self) -> None:
        """Finish the step; say what has become of the renewal where that is more than the next step."""
        if self.scene.is_over:
            self.action_leave()
            return
        kind, was_paid = self.scene.kind, self.scene.is_paid
        self.answer(self.walk.go_on, then=lambda: self._gone_on(kind, was_paid=was_paid))

    def _gone_on(self, kind: StepKind, *, was_paid: bool) -> None:
        if kind is StepKind.CHOOSE and self.fast:
            self.answer(self.walk.already_paid)
        elif self.scene.is_over:
            self.say(_("Done: it was seen to work. Enter leaves; u undoes it."))
            self._offer_to_forget()
        elif kind is StepKind.PAY and not was_paid:
            self.say(_("Paid, not verified yet. u undoes it."))

    def _say_if_paid(self) -> None:
        if self.scene.is_paid:
            self.say(_("Paid, not verified yet. u undoes it."))

    def _offer_to_forget(self) -> None:
        if self.codes():
            self.forget()

    def _past_option(self, target: Target) -> None:
        """Pick one of a few and finish the step; from what is ticked go first to what is asked beneath and is empty."""
        field, beneath = self.field_at(target), self.empty_after(target)
        if self._is_one_of(target):
            self._pick(target, self.go_on)
        elif field is not None and field.raw and beneath is not None:
            self.open_field(beneath)
        else:
            self.go_on()

    def _past_ticked(self, item: Target) -> None:
        """Go from what was ticked to what follows it; facts that belong to it can be filled in, and need not be."""
        if not any(each.id == item.id and each.ticked for each in self.scene.items):
            return
        found = self.sheet.targets
        after = [each for each in found[found.index(item) + 1 :] if each.what is not What.FACT]
        for target in after[:1]:
            self.sheet.move_to(target)

    def _is_one_of(self, target: Target) -> bool:
        return self.scene.kind is StepKind.CHANNEL

    def _toggle(self, target: Target) -> None:
        """Tick one of several, or take the tick away."""
        field = self.field_at(target)
        if field is None:
            return
        before = [each for each in field.raw.split(",") if each]
        kept = [each for each in before if each != target.part]
        new = kept if target.part in before else [*before, target.part]
        self.answer(lambda: self.walk.fill(field.id, ",".join(new), line=field.line))

    def _pick(self, target: Target, then: Deed = lambda: None) -> None:
        """Pick one of a few that stand on the screen, and go on with `then`; what can be ticked stays as it is."""
        field = self.field_at(target)
        if field is None:
            return
        if not self._is_one_of(target) or field.raw == target.part:
            then()
        else:
            self.answer(lambda: self.walk.fill(field.id, target.part, line=field.line), then=then)

    # Back, skip, note, paid, failed ------------------------------------------------------------------------------

    def action_walk_back(self) -> None:
        """One step back; all answers stay."""
        if self.scene.at == 1 and self.scene.branch is None:
            self.say(_("This is the first step. Esc leaves."))
        else:
            self.answer(self.walk.back)

    def action_walk_skip(self) -> None:
        """Go past the step; it is marked as skipped."""
        if self.scene.may_skip and self.scene.branch is None:
            self.answer(self.walk.skip)
        else:
            self.say(_("This step cannot be skipped."))

    def action_walk_note(self) -> None:
        """Write a note; an empty one takes it away."""
        self.note(self.scene.note)

    @work
    async def note(self, initial: str) -> None:
        """Ask for a note."""
        from simtui.tui.screens.prompt import Prompt

        typed = await self.ask(Prompt(_("Note"), initial, hint=_("it stays with this renewal")))
        if typed is not None:
            again = self.or_again(lambda: self.note(typed))
            self.answer(lambda: self.walk.note(typed), typed=typed, refused=again)

    def action_walk_paid(self) -> None:
        """Go straight to the payment: it has been made."""
        if self.scene.is_paid or self.scene.kind is StepKind.PAY:
            self.say(_("You are at the payment already."))
            return
        self.hurry()

    def hurry(self) -> None:
        """Go to the payment; what was bought has to be said first, where it was not."""
        self.fast = True
        self.answer(self.walk.already_paid, then=self._ask_what_was_bought)

    def _ask_what_was_bought(self) -> None:
        if self.scene.kind is StepKind.CHOOSE:
            self.say(_("First say what you bought; the payment comes next."))

    def action_walk_failed(self) -> None:
        """Say that the payment failed; was it charged?"""
        if self.scene.kind not in _MAY_FAIL:
            self.say(_("Nothing has been paid yet."))
        elif self.scene.branch is None:
            self.answer(self.walk.failed)

    @work
    async def action_walk_give_up(self) -> None:
        """End the renewal without a result."""
        from simtui.tui.screens.confirm import Confirm

        detail = [_("It stays in the history. u undoes it.")]
        if await self.ask(Confirm(_("Give this renewal up?"), detail, yes=_("give up"))):
            self.answer(self.walk.give_up, then=self.action_leave)

    def go_way(self, way: str) -> None:
        """Answer the question after a failed payment."""
        if self.scene.branch is None:
            return
        if self.walk.renewal.branch is Branch.CHARGED:
            self.answer(lambda: self.walk.answer_charged(Knowledge(way)), then=self._say_if_paid)
        elif way == "later":
            self.put_off(self.walk.today.add(days=1).format_iso())
        elif way == "support":
            self.action_walk_support()
        else:
            self.answer(lambda: self.walk.try_again(other_method=way == "other-method"))

    @work
    async def put_off(self, initial: str) -> None:
        """Ask for the day that reminds; the walk goes on then."""
        from simtui.tui.screens.prompt import Prompt

        hint = _("the day on which you are reminded")
        walk = self.walk

        def wrong(text: str) -> str:
            return refused_by(lambda: walk.reminding_day(text))

        day = await self.ask(Prompt(_("Later, on"), initial, hint=hint, check=wrong))
        if day is not None:
            again = self.or_again(lambda: self.put_off(day))
            self.answer(lambda: self.walk.later(day), typed=day, then=self._leave_until_then, refused=again)

    def _leave_until_then(self) -> None:
        self.say(_("Put off until {day}; nothing is lost.").format(day=self.walk.renewal.resume_on))
        self.action_leave()
