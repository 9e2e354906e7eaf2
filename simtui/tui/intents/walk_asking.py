"""Boxes over the walkthrough: asking for what the offer does not list, reading tips and questions, copying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from simtui import typed as reading
from simtui import words
from simtui.domain.line import Knowledge
from simtui.domain.procedure import Fact, FieldType
from simtui.i18n import _
from simtui.tui.intents.walk_base import refused_by
from simtui.tui.intents.walk_filling import Filling
from simtui.tui.views.renewal_rows import Target, What
from simtui.tui.views.renewal_step import PRIVATE_FACTS
from simtui.walk import facts, of_each
from simtui.walk.entering import channels_of
from simtui.walk.fields import MASK
from simtui.walk.known import Known
from simtui.walk.scene import QuestionLine
from simtui.walk.staging import known_of, searchable

if TYPE_CHECKING:
    from simtui.walk.letters import Problem, Tongue

_SUPPORT = (Fact.PHONE, Fact.PHONE_ABROAD, Fact.HOURS, Fact.MAIL)


class Asking(Filling):
    """What opens a box of its own; each saves its answer through the walk."""

    @work
    async def choose_other(self, amount: str = "", name: str = "") -> None:
        """Ask for an amount, or a thing, that the offer does not list."""
        from simtui.tui.screens.prompt import Prompt

        currency = self.walk.some_offer.currency

        def wrong(text: str) -> str:
            return refused_by(lambda: reading.money(text, currency, field=_("amount"))) if text else ""

        hint = _("with the currency: 15 {currency}").format(currency=currency)
        sum_typed = await self.ask(Prompt(_("Another amount"), amount, hint=hint, check=wrong))
        if not sum_typed:
            return
        hint = _("such as roaming pass; empty: it is a top-up")
        typed = await self.ask(Prompt(_("What is it?"), name, hint=hint))
        if typed is not None:
            self.answer(
                lambda: self.walk.choose_other(sum_typed, typed),
                typed=f"{sum_typed} {typed}",
                then=lambda: self.sheet.move_to(Target(What.NEXT)),
                refused=self.or_again(lambda: self.choose_other(sum_typed, typed)),
            )

    @work
    async def enter_fact(self, fact: Fact, initial: str = "") -> None:
        """Ask for what nobody knows yet; it is kept in the user's own file."""
        from simtui.tui.screens.prompt import Prompt

        line, hint = facts.fact_line(fact, known_of(self.walk)), _("kept in your own file, for all lines on this offer")
        label = line.label

        def wrong(text: str) -> str:
            return refused_by(lambda: channels_of(fact, text, label)) if text else ""

        typed = await self.app.push_screen_wait(Prompt(label, initial or line.value, hint=hint, check=wrong))
        typed = None if typed == line.value else typed
        before = self.attempt(self.simtui.own_changes.content) if typed else None
        if not typed or before is None:
            return

        def remember() -> None:
            name = _("{what} of {offer}").format(what=label, offer=words.text(self.walk.some_offer.name))
            self.simtui.own_changes.remember(name, before, self.desk.repository.seq)

        self.answer(
            lambda: self.walk.enter_fact(fact, typed),
            typed=typed,
            then=remember,
            refused=self.or_again(lambda: self.enter_fact(fact, typed)),
        )

    @work
    async def action_walk_leave_out(self) -> None:
        """Choose a line that goes its own way from here, out of a walk over several."""
        from simtui.tui.screens.choose import Choose, Option

        lines = [held.renewal.line for held in self.walk.members if held.renewal.line is not None]
        if len(lines) < 2:
            self.say(_("Only one line is renewed here."))
            return
        options = [Option(line, self.called(self.desk.holding(line))) for line in lines]
        chosen = await self.ask(Choose(_("Which line goes its own way?"), options))
        if chosen is not None:
            told_of = _("Its renewal goes on by itself: R lists it.")
            self.answer(lambda: self.walk.leave_out(chosen), then=lambda: self.say(told_of))

    def open_question(self, question: QuestionLine) -> None:
        """Show a tip or question with its answer in full."""
        from simtui.tui.screens.message import Message
        from simtui.tui.views.renewal_questions import question_lines

        look = self.board.look
        _pushed = self.app.push_screen(Message(question.title, lambda width: question_lines(question, look, width)))

    @work
    async def action_help(self) -> None:
        """Tips and questions of this step, then all others, to be searched; and the keys."""
        from simtui.tui.screens.questions import Questions

        here = self.scene.questions
        found = [each for each in searchable(self.walk) if each.id not in {one.id for one in here}]
        known = {each.id: words.text(each.words) for each in self.walk.procedures.questions}
        box = Questions(here, found, known, self.simtui.keymap_of_user, self.board.look)
        await self.app.push_screen_wait(box)

    @work
    async def action_walk_copy(self) -> None:
        """Choose what to copy; the text stays on the screen, as nobody says whether it arrived."""
        from simtui.tui.screens.choose import Choose, Option

        items = self._copyable()
        if not items:
            self.say(_("There is nothing to copy here."))
            return
        options = [Option(number, label, seen) for number, (label, seen, _copies) in enumerate(items)]
        codes = [code for _label, code in self.codes() if code.startswith("LPA:")]
        if codes and not self.board.look.private:
            options.append(Option(len(items), _("the activation code as a picture"), _("for a phone's camera")))
        chosen = await self.app.push_screen_wait(Choose(_("Copy"), options))
        if chosen is not None and chosen < len(items):
            self.copy_out(items[chosen][2])
        elif chosen is not None:
            self.show_picture(codes[0])

    def _copyable(self) -> list[tuple[str, str, str]]:
        """Return (label, what is seen of it, what is copied); private texts are left out where the user masks them."""
        private = self.board.look.private
        told = facts.told(tuple(Fact), known_of(self.walk))
        found = [
            (each.label, each.copies, each.copies)
            for each in told
            if each.copies and not (private and each.fact in PRIVATE_FACTS)
        ]
        if not private:
            found += self._proofs()
        # What belongs together, such as who sells and what to look for there, may copy the same.
        found = list({copies: (label, seen, copies) for label, seen, copies in found}.values())
        return [*found, *((label, MASK, code) for label, code in self.codes() if not private)]

    def _proofs(self) -> list[tuple[str, str, str]]:
        """Return what proves the payment, as it is copied; of several lines with the name of each."""
        found: list[tuple[str, str, str]] = []
        for known in self._each():
            proof = known.renewal.proof
            named = () if proof is None else ((_("Order number"), proof.order_number), (_("Receipt"), proof.receipt))
            of = f" · {known.called}" if known.called else ""
            found += [(label + of, text, text) for label, text in named if text]
        return found

    def _each(self) -> list[Known]:
        """Return what is known of every line of the walk."""
        known = known_of(self.walk)
        return [known, *known.others]

    def codes(self) -> list[tuple[str, str]]:
        """Return (label, code) of the codes of an eSIM that are kept for this walk."""
        steps = self.walk.procedure.steps
        asked = [field for step in steps for field in step.fields if field.type is FieldType.SECRET]
        found = [(words.text(field.label), self.walk.secret(field.id)) for field in asked]
        return [(label, code) for label, code in found if code]

    def show_picture(self, code: str) -> None:
        """Draw the activation code for a phone's camera: dark on light, whatever the theme is."""
        from simtui.tui.screens.message import Message
        from simtui.walk.qr import qr_lines

        ink = "reverse" if self.app.current_theme.dark else ""
        lines = [[(line, ink)] for line in qr_lines(code)]
        _pushed = self.app.push_screen(Message(_("For a phone's camera"), lambda _width: lines))

    def action_walk_card(self) -> None:
        """Show what to say in the shop or on the phone, a sentence a line, with what it means beneath."""
        from simtui.tui.screens.message import Message
        from simtui.tui.views.renewal_questions import card_lines
        from simtui.walk.phrases import card

        lines = list(of_each.lines(self.walk))
        if not lines or self.board.look.private:
            self.say(_("There is no card to show here."))
            return
        cards = [card(holding, renewal) for holding, renewal in lines]
        title = cards[0].language
        _pushed = self.app.push_screen(
            Message(title, lambda width: [line for each in cards for line in card_lines(each, width)])
        )

    @work
    async def action_walk_support(self) -> None:
        """Choose what went wrong and a language; how to reach support is shown with the text, which is copied."""
        from simtui.tui.screens.choose import Choose, Option
        from simtui.walk.fact_words import PROBLEMS
        from simtui.walk.letters import Problem, Tongue
        from simtui.walk.support import problems_of, tongue_of

        known = await self._whose()
        if known is None:
            return
        problems = [Option(each.value, _(PROBLEMS[each])) for each in problems_of(known.renewal)]
        problem = await self.app.push_screen_wait(Choose(_("Write to support: what went wrong?"), problems))
        to_bank = False if problem is None else await self._is_for_the_bank()
        if problem is None or to_bank is None:
            return
        usual = tongue_of(self.walk.some_offer.country)
        names = {Tongue.FR: "Français", Tongue.EN: "English", Tongue.ZH: "中文"}
        tongues = [Option(each.value, names[each]) for each in sorted(names, key=lambda each: each is not usual)]
        tongue = await self.app.push_screen_wait(Choose(_("In which language?"), tongues))
        if tongue is not None:
            self._show_letter(known, Problem(problem), Tongue(tongue), to_bank=to_bank)

    async def _whose(self) -> Known | None:
        """Return the line that is written about; of several one is chosen, None where none is."""
        from simtui.tui.screens.choose import Choose, Option

        each = self._each()
        if len(each) == 1:
            return each[0]
        options = [Option(at, known.called) for at, known in enumerate(each)]
        chosen = await self.app.push_screen_wait(Choose(_("Write to support: about which line?"), options))
        return None if chosen is None else each[chosen]

    async def _is_for_the_bank(self) -> bool | None:
        """Ask who is written to, where something was paid that a bank can take back; None if that is left."""
        from simtui.tui.screens.choose import Choose, Option

        renewal = self.walk.renewal
        if renewal.paid_at is None and renewal.charged is not Knowledge.YES:
            return False
        bank = Option("bank", _("the bank or PayPal"), _("disputes the payment, with what proof there is"))
        support = Option("support", _("the operator's support"))
        chosen = await self.app.push_screen_wait(Choose(_("Who is written to?"), [support, bank]))
        return None if chosen is None else chosen == bank.value

    def _show_letter(self, known: Known, problem: Problem, tongue: Tongue, *, to_bank: bool) -> None:
        from simtui.walk.fact_words import affair
        from simtui.walk.support import dispute_text, support_text

        written = affair(known)
        if self.board.look.private:
            written = written._replace(line=None)
        text = (dispute_text if to_bank else support_text)(written, problem, tongue)
        reached = () if to_bank else facts.told(_SUPPORT, known)
        lines = [text] if reached or to_bank else [text, _("Nothing is known of this operator's support.")]
        title = _("Dispute the payment") if to_bank else _("Ask support")
        self.copy_out(text, in_sight=True)
        self.open_question(QuestionLine("", title, is_tip=False, lines=tuple(lines), facts=reached))

    @work
    async def forget(self) -> None:
        """Ask whether codes of an eSIM that is installed are to be forgotten."""
        from simtui.tui.screens.confirm import Confirm

        detail = [_("A code mostly works once. Without it the line can lose nothing more.")]
        if await self.ask(Confirm(_("Installed: forget the activation code?"), detail, yes=_("forget it"))):
            self.answer(self.walk.forget_secrets)
