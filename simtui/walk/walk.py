"""A walk: one renewal, or several with one payment, gone through answer by answer; every answer is saved at once.

Both front ends drive it: they show `staging.scene(walk)` and call what the user answers. What is refused raises
InputError or Unfinished and changes nothing; a second session that was quicker raises Conflict, after which `reload`
takes what it saved.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from functools import cached_property

from whenever import Instant

from simtui import own_file, typed, words
from simtui.desk import Desk
from simtui.domain import walkthrough
from simtui.domain.act import Act
from simtui.domain.calendar import Day
from simtui.domain.line import Knowledge
from simtui.domain.offer import Channels, Offer
from simtui.domain.procedure import Fact, FieldType, Procedure, StepField, StepKind
from simtui.domain.renewal import Renewal, RenewalState
from simtui.domain.walkthrough import FollowUp, Lack, Place, Why
from simtui.errors import InputError, NotFound, SimtuiError
from simtui.holding import HeldRenewal, Holding
from simtui.i18n import N_, _
from simtui.numbers import name_of
from simtui.procedures import Procedures, procedures
from simtui.renewals import Renewals, latest_open
from simtui.store.repository import Conflict
from simtui.walk import choices, fields
from simtui.walk.entering import channels_of, entered
from simtui.walk.facts import LABELS, NO_OFFER
from simtui.walk.outcome_acts import acts_of
from simtui.walk.purchase import new_line
from simtui.walk.starting import fitting, suggested

SECRETS = {"code": "activation_code", "confirmation-code": "confirmation_code"}
"""The fields whose content is kept apart, and the name of the secret that each is."""
PER_LINE = frozenset(
    {
        "read-credit",
        "read-data",
        "data-used",
        "read-minutes",
        "read-sms",
        "valid-until",
        "order-number",
        "receipt",
        "new-credit",
        "new-data",
        "new-valid-until",
    }
)
"""What each line of a walk over several has of its own."""
_SAID = {
    Why.EMPTY: N_("still empty: {fields}"),
    Why.NOTHING_CHOSEN: N_("nothing is chosen yet"),
    Why.NOT_CHECKED: N_("at least one check is needed"),
    Why.BRANCH_OPEN: N_("first answer the question"),
    Why.CLOSED: N_("this renewal is over"),
}


class Unfinished(SimtuiError):
    """A step still lacks something; `lacks` says what."""

    def __init__(self, lacks: Sequence[Lack], procedure: Procedure) -> None:
        named = [procedure.field(lack.field) for lack in lacks if lack.why is Why.EMPTY]
        empty = words.listed(words.text(each.label) for each in named if each is not None)
        whys = dict.fromkeys(lack.why for lack in lacks)
        super().__init__(words.joined(*(_(_SAID[why]).format(fields=empty) for why in whys)))
        self.lacks = tuple(lacks)


class Walk:
    """One walk; `members` are its renewals as last saved, the first of them the one that is shown."""

    def __init__(self, desk: Desk, members: Sequence[HeldRenewal]) -> None:
        self.desk = desk
        self.members = list(members)
        self._renewals = Renewals(desk)
        self._begun: Sequence[HeldRenewal] = ()

    @classmethod
    def open(cls, desk: Desk, renewal_id: int) -> Walk:
        """Return the walk of a stored renewal; one that was put off after a failed payment goes on.

        Raises:
            NotFound: There is none of that id.
        """
        renewals = Renewals(desk)
        held = renewals.get(renewal_id)
        if held is None:
            raise NotFound(_("there is no renewal {id}").format(id=renewal_id))
        walk = cls(desk, renewals.batch(held))
        if held.renewal.state is RenewalState.FAILED:
            walk.keep(walkthrough.resume)
        return walk

    @classmethod
    def of(cls, desk: Desk, holdings: Sequence[Holding]) -> Walk:
        """Return the walk of one line or several, the open one where there is one, else a new one.

        Raises:
            InputError: The lines are on different offers, or one of them is being renewed by itself: they cannot be
                renewed in one go.
        """
        begun = cls.begun(holdings)
        if begun is not None:
            return cls.open(desk, begun.id)
        if len({holding.offer.id for holding in holdings}) > 1:
            hint = _("Mark lines of one offer.")
            raise InputError(_("only lines of one offer can be renewed together"), next_step=hint)
        procedure = suggested(holdings[0], procedures())
        batch = f"b-{uuid.uuid4().hex[:12]}" if len(holdings) > 1 else None
        begun_now = [walkthrough.begin(procedure, holding.today, line=holding.id, batch=batch) for holding in holdings]
        if batch is not None:
            # A reading of one line says nothing about another.
            begun_now = [walkthrough.without_reading(procedure, each) for each in begun_now]
        return cls._new(desk, begun_now)

    @classmethod
    def _new(cls, desk: Desk, begun_now: Sequence[Renewal]) -> Walk:
        walk = cls(desk, Renewals(desk).start(begun_now))
        walk._begun = list(walk.members)
        return walk

    @staticmethod
    def begun(holdings: Sequence[Holding]) -> HeldRenewal | None:
        """Return the open renewal of exactly these lines, None where none is open.

        Raises:
            InputError: One of several lines is being renewed already, alone or with others.
        """
        found = [held for holding in holdings if (held := latest_open(holding)) is not None]
        batches = {held.renewal.batch for held in found}
        is_one_walk = len(found) == len(holdings) and len(batches) == 1 and None not in batches
        if not found or len(holdings) == 1 or is_one_walk:
            return found[0] if found else None
        open_lines = [holding.line for holding in holdings if latest_open(holding) is not None]
        names = words.listed(name_of(line.label, line.number, private=True) for line in open_lines)
        hint = _("Finish that first, or give it up.")
        raise InputError(_("is being renewed already: {names}").format(names=names), next_step=hint)

    @classmethod
    def purchase(cls, desk: Desk, offer: Offer | None = None) -> Walk:
        """Return the walk of a first purchase, which ends in a new line."""
        procedure = next(each for each in procedures().all if each.makes_line)
        today = desk.today_in("Etc/UTC" if offer is None else offer.zone)
        new = walkthrough.begin(procedure, today, offer=None if offer is None else offer.id)
        return cls._new(desk, [new])

    # What there is -------------------------------------------------------------------------------------------------

    @property
    def held(self) -> HeldRenewal:
        """The renewal that is shown."""
        return self.members[0]

    @property
    def renewal(self) -> Renewal:
        """Its record."""
        return self.held.renewal

    @property
    def procedure(self) -> Procedure:
        """The procedure that it follows; one that this version does not know is gone on with in the usual one."""
        known = self.procedures
        if any(each.id == self.renewal.procedure for each in known.all):
            return known.get(self.renewal.procedure)
        holding = self.holding
        return next(each for each in known.all if each.makes_line) if holding is None else suggested(holding, known)

    @cached_property
    def procedures(self) -> Procedures:
        """All procedures."""
        return procedures()

    @property
    def place(self) -> Place:
        """Where it is."""
        return walkthrough.place(self.procedure, self.renewal)

    @property
    def holding(self) -> Holding | None:
        """The line; a first purchase has none yet."""
        line = self.renewal.line
        return None if line is None else self.desk.holding(line)

    @property
    def offer(self) -> Offer | None:
        """The line's offer, or the one that is bought; None as long as none is chosen."""
        if self.renewal.line is not None:
            return self.desk.holding(self.renewal.line).offer
        return None if self.renewal.offer is None else self.desk.offer(self.renewal.offer)

    @property
    def some_offer(self) -> Offer:
        """The offer, or one that knows nothing as long as none is chosen."""
        return self.offer or self.desk.offer(NO_OFFER)

    @property
    def today(self) -> Day:
        """Today where the line is."""
        holding = self.holding
        return self.desk.today_in(self.some_offer.zone) if holding is None else holding.today

    @property
    def last_day(self) -> Day | None:
        """The first of the lines' last days that has not passed, None where there is none."""
        lines = [held.renewal.line for held in self.members]
        days = [self.desk.holding(line).standing.next_day for line in lines if line is not None]
        return min((day for day in days if day is not None and self.today <= day), default=None)

    @property
    def asked(self) -> fields.Asked:
        """What the options of fields depend on."""
        travel = tuple(self._travel_offers() if self.procedure.makes_line else ())
        return fields.Asked(
            self.some_offer, self.today, self.procedures, fitting(self.holding, self.procedures), travel
        )

    @property
    def follow_up(self) -> FollowUp | None:
        """What a payment waits for."""
        zone = None if self.holding is None else self.holding.line.zone
        return walkthrough.follow_up(self.renewal, self.some_offer, self.desk.now(), zone)

    def _travel_offers(self) -> list[tuple[Offer, str]]:
        catalogue = self.desk.catalogue
        summaries = {offer_id: catalogue.summary(offer_id) for offer_id in catalogue.ids}
        wanted = [one for one, summary in summaries.items() if summary is not None and summary.kind in fields.TRAVEL]
        found = [offer for each in wanted if (offer := catalogue.offer(each)) is not None]
        carriers = [catalogue.carrier_of(offer.id) for offer in found]
        names = ["" if carrier is None else words.text(carrier.name) for carrier in carriers]
        return list(zip(found, names, strict=True))

    # Answers -------------------------------------------------------------------------------------------------------

    def fill(self, field_id: str, text: str, *, line: int | None = None) -> None:
        """Fill in a field, for all lines of the walk or for one.

        Raises:
            InputError: It is not what the field takes.
        """
        field = self._field(field_id)
        raw = fields.kept(field, text, self.asked)
        if field.type is FieldType.SECRET:
            self._renewals.keep_secret(self.held, SECRETS[field_id], raw)
            return
        if field_id == "procedure":
            self._switch(raw or self.procedure.id)
        self.keep(lambda renewal: walkthrough.fill(renewal, field_id, raw), line=line)

    def secret(self, field_id: str) -> str:
        """Return a code that was filled in, to be shown or copied because the user asks for it."""
        return str(getattr(self._renewals.secret(self.held), SECRETS[field_id]) or "")

    def forget_secrets(self) -> None:
        """Forget the codes, once the profile is installed."""
        self._renewals.forget_secrets(self.held)

    def tick(self, item: str, *, on: bool | None = None) -> None:
        """Tick an item, or take the tick away; without `on` whichever it is not."""
        now = item not in self.renewal.ticked if on is None else on
        procedure = self.procedure
        self.keep(lambda renewal: walkthrough.tick_seen(procedure, renewal, item, on=now))

    def choose(self, choice: str) -> None:
        """Choose something to buy, or take it back."""
        items = choices.toggled(self.renewal, choice, self.some_offer)
        self.keep(lambda renewal: walkthrough.choose(renewal, items))

    def choose_these(self, wanted: Collection[str]) -> None:
        """Choose just these of what is offered, and nothing that was chosen before."""
        renewal, before = self.renewal, [choices.id_of(item) for item in self.renewal.items]
        for choice in dict.fromkeys([*before, *wanted]):
            if (choice in before) is not (choice in wanted):
                renewal = walkthrough.choose(renewal, choices.toggled(renewal, choice, self.some_offer))
        if renewal.items != self.renewal.items:
            self.keep(lambda each: walkthrough.choose(each, renewal.items))

    def choose_other(self, amount: str, name: str = "", *, alone: bool = False) -> None:
        """Choose an amount, or by name a thing, that the offer does not list; raises InputError. `alone`: nothing else."""
        number, currency = typed.money(amount, self.some_offer.currency, field=_("amount"))
        before = walkthrough.choose(self.renewal, ()) if alone else self.renewal
        items = choices.with_other(before, number, currency, typed.note(name, field=_("name"))[:200])
        self.keep(lambda renewal: walkthrough.choose(renewal, items))

    def note(self, text: str) -> None:
        """Keep a remark."""
        label = _("note")
        words_ = typed.note(text, field=label)
        if len(words_) > fields.LONGEST:
            raise InputError(_("at most {n} characters").format(n=fields.LONGEST), place=label)
        self.keep(lambda renewal: walkthrough.note(renewal, words_))

    def enter_fact(self, fact: Fact, text: str) -> None:
        """Keep what the user knows of the offer and the catalogue does not: in the user's own file, for all lines of it.

        Raises:
            SimtuiError: It is not what the fact takes, the catalogue knows it, or nothing may be changed.
        """
        offer, label = self.some_offer, _(LABELS[fact])
        if self.desk.catalogue.offer(offer.id) is None:
            raise InputError(_("this offer is in no catalogue"), place=label)
        if fact in entered(offer.channels) and fact not in entered(self.own_channels):
            raise InputError(_("is known already"), place=label)
        channels, today = channels_of(fact, text, label), self.today
        self.desk.edit_own(lambda content: own_file.with_channels(content, offer, channels, today), today)

    @property
    def own_channels(self) -> Channels | None:
        """What the user has entered of the offer's channels."""
        offer = self.some_offer
        if self.desk.catalogue.is_own(offer.id):
            return offer.channels
        addition = self.desk.catalogue.addition(offer.id)
        return None if addition is None else addition.channels

    def leave_out(self, line: int) -> None:
        """Let one line go its own way from here, out of a walk over several."""
        own = [held for held in self.members if held.renewal.line == line]
        self._renewals.save([(held, walkthrough.alone(held.renewal)) for held in own])
        self.members = [held for held in self.members if held.renewal.line != line] or own
        self.reload()

    # Moves ---------------------------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """Finish the step.

        Raises:
            Unfinished: It still lacks something.
        """
        step = self.place.step
        done = walkthrough.forward(self.procedure, self.renewal, self._at())
        if isinstance(done, tuple):
            raise Unfinished(done, self.procedure)
        if step.kind is StepKind.VERIFY and self.renewal.line is None:
            self._end_purchase(done)
        else:
            self._finish(step.kind, self._forward)

    def skip(self) -> None:
        """Go past a step that is not wanted."""
        self._finish(self.place.step.kind, lambda renewal: walkthrough.skip(self.procedure, renewal))

    def back(self) -> None:
        """Go one step back."""
        self.keep(lambda renewal: walkthrough.back(self.procedure, renewal))

    def go_to(self, step: str) -> None:
        """Go back to a step that was finished."""
        self.keep(lambda renewal: walkthrough.go_to(self.procedure, renewal, step))

    def already_paid(self) -> None:
        """Go to the payment: the user has paid already."""
        if self.renewal.paid_at is None:
            procedure = self.procedure
            self._finish(StepKind.PAY, lambda renewal: walkthrough.already_paid(procedure, renewal), verb="paid")

    def failed(self) -> None:
        """Say that the payment failed.

        Raises:
            InputError: There can have been none yet.
        """
        if not walkthrough.may_fail(self.procedure, self.renewal):
            raise InputError(_("nothing can have been paid at this step yet"))
        self.keep(walkthrough.failed)

    def answer_charged(self, answer: Knowledge) -> None:
        """Say whether the account was charged all the same."""
        procedure, at = self.procedure, self._at()
        self._finish(StepKind.PAY, lambda renewal: walkthrough.charged(procedure, renewal, answer, at), verb="charged")

    def try_again(self, *, other_method: bool) -> None:
        """Pay anew."""
        procedure = self.procedure
        self._finish(
            StepKind.PAY,
            lambda renewal: walkthrough.try_again(procedure, renewal, other_method=other_method),
            verb="try_again",
        )

    def later(self, day: str) -> None:
        """Put it off until a day, which reminds; raises InputError as `reminding_day` does."""
        when = self.reminding_day(day)
        self._finish(StepKind.PAY, lambda renewal: walkthrough.later(renewal, when), verb="later")

    def reminding_day(self, day: str) -> Day:
        """Return the day that is meant to remind; never past the last day of the line, of several the first.

        Raises:
            InputError: That is no day, one that has passed, or one after the last day.
        """
        label = _("remind on")
        when = typed.day(day, self.today, field=label, ahead=True)
        if when < self.today:
            raise InputError(_("that day has passed"), place=label)
        last = self.last_day
        if last is not None and last < when:
            hint = _("At the latest on {day}, the last day of the line.").format(day=last.format_iso())
            raise InputError(_("that is after the last day"), place=label, next_step=hint)
        return when

    def give_up(self) -> None:
        """End it without a result."""
        self._finish(self.place.step.kind, walkthrough.give_up, verb="give_up")

    def forget_untouched(self) -> None:
        """Leave no trace of what this walk has begun, if nothing was done in it: it was opened by mistake."""
        if self._begun and self.members == self._begun:
            with suppress(Conflict, NotFound):
                self._renewals.forget(self.members)

    # Saving --------------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Take what is stored now, as after another session's change."""
        held = self._renewals.get(self.held.id)
        if held is None:
            raise NotFound(_("another session has deleted this renewal"))
        self.members = self._renewals.batch(held)

    def keep(self, change: Callable[[Renewal], Renewal], *, line: int | None = None) -> None:
        """Save a draft of what changes, on all lines of the walk or on one; a payment that is recorded follows it.

        Raises:
            Unfinished: The renewal is over.
        """
        self._refuse_closed()
        changed = [(held, change(held.renewal)) for held in self.members if line is None or held.renewal.line == line]
        changed = [(held, renewal) for held, renewal in changed if renewal != held.renewal]
        paid = [(held, renewal) for held, renewal in changed if StepKind.PAY.value in renewal.acts]
        acts = {held.id: {StepKind.PAY.value: self._paid_acts(renewal)} for held, renewal in paid}
        if changed:
            self._take(self._renewals.save(changed, acts))

    def _refuse_closed(self) -> None:
        if not self.renewal.is_open:
            raise Unfinished((Lack(Why.CLOSED),), self.procedure)

    def _finish(self, kind: StepKind, change: Callable[[Renewal], Renewal], *, verb: str = "") -> None:
        self._refuse_closed()
        changed = [(held, change(held.renewal)) for held in self.members]
        acts = {held.id: self._acts(kind, renewal) for held, renewal in changed}
        self._take(self._renewals.finish(verb or kind.value, changed, acts))

    def _end_purchase(self, done: Renewal) -> None:
        """Turn a first purchase into a line."""
        line, acts = new_line(done, self.some_offer, self.today)
        self.members = [self._renewals.purchased(self.held, done, line, acts)]

    def _forward(self, renewal: Renewal) -> Renewal:
        done = walkthrough.forward(self.procedure, renewal, self._at())
        if isinstance(done, tuple):
            raise Unfinished(done, self.procedure)
        return done

    def _acts(self, kind: StepKind, renewal: Renewal) -> dict[str, list[Act]]:
        """Return the acts that a renewal stands for after a step: also the payment's, whose proof may have come later."""
        if renewal.line is None:
            return {}
        found: dict[str, list[Act]] = {}
        if kind is StepKind.PAY or StepKind.PAY.value in renewal.acts:
            found[StepKind.PAY.value] = self._paid_acts(renewal)
        if kind in (StepKind.STATUS, StepKind.VERIFY):
            found[kind.value] = acts_of(kind, renewal, renewal.line, self.some_offer, self.today)
        return found

    def expected_acts(self) -> list[Act]:
        """Return the acts that paying for what is chosen would be, today."""
        if self.renewal.line is None:
            return []
        return acts_of(StepKind.PAY, self.renewal, self.renewal.line, self.some_offer, self.today)

    def _paid_acts(self, renewal: Renewal) -> list[Act]:
        if renewal.line is None or renewal.paid_at is None:
            return []
        zone = self.desk.holding(renewal.line).line.zone or self.some_offer.zone
        day = Instant.parse_iso(renewal.paid_at).to_tz(zone).date()
        return acts_of(StepKind.PAY, renewal, renewal.line, self.some_offer, day)

    def _take(self, saved: Sequence[HeldRenewal]) -> None:
        now = {held.id: held for held in saved}
        self.members = [now.get(held.id, held) for held in self.members]

    def _switch(self, procedure_id: str) -> None:
        new = self.procedures.get(procedure_id)
        if new.id != self.procedure.id:
            old = self.procedure
            self.keep(lambda renewal: walkthrough.switch(old, new, renewal))

    def _field(self, field_id: str) -> StepField:
        found = self.procedure.field(field_id)
        if found is None:
            raise InputError(_("this step asks for no such thing"), place=field_id)
        return found

    def _at(self) -> str:
        return self.desk.now().round("second").format_iso()
