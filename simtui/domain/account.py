"""The credit of a line while fees are taken from it and acts fill it up."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from simtui.domain.act import Act, ActKind
from simtui.domain.balance import CreditPoint
from simtui.domain.calendar import Day, next_day
from simtui.domain.case import Case
from simtui.domain.fee_days import FeeDays, Rhythm, first_fee_day, following, rhythm_of
from simtui.domain.reckoning import ClockState, Remark, RemarkKind, StepKind
from simtui.domain.rule import Fee, Stage
from simtui.domain.stages import stage_on
from simtui.domain.undoing import WayBack

_PAYING = frozenset({ActKind.TOP_UP, ActKind.PAYMENT, ActKind.PLAN_PURCHASE})
_PAYING_FEE = frozenset({ActKind.PAYMENT, ActKind.FEE})
_PAYING_IDLE_FEE = frozenset({ActKind.FEE})


@dataclass(slots=True)
class Account:
    """The fees of a line and the credit that pays them, between two acts.

    `begun` is the day of the activation, `heard_on` that of the last act. `number` is the first fee day still open. `taken`
    is what was taken since the last reading without having been recorded, `trusted` the last day on which that happened,
    `spared` what it would be without that day's fee.
    `open_from` is the first day whose fee is still to be taken from the credit read. `ended` is the fee day that could not
    be paid, or the day on which the credit fell below its minimum (`below`). What is asked for every act is looked up once:
    `paid_by` are the kinds of act that pay the fee or say that it was taken, never a payment where the line must be idle;
    `is_read` tells whether any act says what the credit was, `is_dated` whether the rule has changed.
    """

    fee: Fee
    case: Case
    begun: Day | None
    renews: bool
    heard_on: Day | None = None
    days: FeeDays | None = None
    number: int = 0
    taken: Decimal = Decimal(0)
    spared: Decimal = Decimal(0)
    trusted: Day | None = None
    read_on: Day | None = None
    open_from: Day | None = None
    ended: Day | None = None
    below: bool = False
    remarks: list[Remark] = field(default_factory=list)
    currency: str = field(init=False)
    amount: Decimal = field(init=False)
    rhythm: Rhythm = field(init=False)
    paid_by: frozenset[ActKind] = field(init=False)
    is_read: bool = field(init=False)
    is_dated: bool = field(init=False)
    way_back: WayBack = field(init=False)

    def __post_init__(self) -> None:
        """Look up what is asked for every act, and begin with nothing done to leave any stage."""
        fee, terms, offer = self.fee, self.case.terms, self.case.terms.offer
        self.currency, self.amount, self.rhythm = offer.currency, fee.amount, rhythm_of(fee, offer)
        self.paid_by = _PAYING_FEE if fee.idle_after is None else _PAYING_IDLE_FEE
        self.is_read, self.is_dated = self.case.credit.was_ever_read, terms.is_dated
        self.way_back = WayBack(self.currency)

    def close(self, day: Day) -> None:
        """Come to the end of `day`, after the last act."""
        self._begin_by(day)
        self._charge_until(day)

    def _begin_by(self, day: Day) -> None:
        """Let the activation start the fees, where it was by `day` and nothing has yet."""
        if self.days is None and self.begun is not None and self.begun <= day:
            self._start(*first_fee_day(self.fee, self.begun), StepKind.STARTED, self.begun)

    def _charge_until(self, day: Day) -> None:
        """Take the fees that fall due up to the end of `day` from the credit, as far as it is known."""
        days = self.days
        if days is None or self.ended is not None or self.renews:
            return
        left = self.left(day) if self.is_read else None
        if left is None or self.open_from is None:
            if days.reason is StepKind.STATED:
                self._mind_stated_day(days, day)
            if self.is_dated:
                self._pass_over(days, day)
            return
        self.number = days.number_from(self.open_from, self.number)
        if self.is_dated:
            self._charge_each(days, day, left)
            return
        fallen_due = days.number_from(next_day(day), self.number) - self.number
        paid = min(fallen_due, self.pays(left))
        if paid > 0:
            self.trusted = days.due(self.number + paid - 1)
            self.spared = self.taken + (paid - 1) * self.amount
            self.taken = self.spared + self.amount
            self.number += paid
        if paid < fallen_due:
            self.ended = days.due(self.number)

    def _pass_over(self, days: FeeDays, day: Day) -> None:
        """Pass over the fee days up to `day` on which there was no such fee."""
        while self.ended is None and (due := days.due(self.number)) <= day and not self._existed_on(due):
            self.number += 1

    def _charge_each(self, days: FeeDays, day: Day, left: Decimal) -> None:
        """Take one fee after another at the price of the version that held on its day."""
        while (due := days.due(self.number)) <= day:
            then = self.case.terms.fee_on(self.fee.id, due)
            if then is None:
                self.number += 1
                continue
            left -= then.amount
            if left < (self.fee.minimum_left or 0):
                self.ended = due
                return
            self.spared, self.taken = self.taken, self.taken + then.amount
            self.number += 1
            self.trusted = due

    def _mind_stated_day(self, days: FeeDays, day: Day) -> None:
        """End the line on the operator's own date once it has passed, where no credit is known that pays on."""
        due = days.due(self.number)
        if due <= day and self.is_stated(due):
            self.ended = due

    def hear(self, act: Act) -> None:
        """Take one act into account, after the fees that fell due before its day."""
        kind, day = act.kind, act.day
        if day != self.heard_on:
            self._begin_by(day)
            self._charge_until(day.prev_day())
            self.heard_on = day
        if kind is ActKind.STATEMENT:
            self._state(act)
        if self.is_read and act.balances is not None and act.balances.credit is not None:
            self._read(act)
        if self.ended is not None and self.ended < day:
            self._bring_back(act)
        elif kind in self.paid_by and self._is_meant(act, kind):
            if kind is ActKind.FEE:
                self._was_taken(act, day)
            else:
                self._pay(act, day)
        elif self._ends_idleness(act):
            self._restart_idleness(act)
        if self.is_read:
            self._mind_empty_credit(act)
            self._mind_minimum(act)

    def _state(self, act: Act) -> None:
        if not self.case.terms.speaks_of(act, self.fee.id):
            return
        assert act.valid_until is not None
        self._start(act.valid_until, 0, StepKind.STATED, act.day, act)
        # A date that has passed says that the line has ended, whatever the credit was thought to be.
        self.ended, self.remarks = act.valid_until if act.valid_until < act.day else None, []
        self.open_from, self.below, self.way_back = act.valid_until, False, WayBack(self.currency)

    def _read(self, act: Act) -> None:
        """Begin to reckon from a reading. It refutes an end that was only reckoned from an older one."""
        # A fee of that day was taken already.
        self.taken, self.read_on, self.open_from, self.trusted = Decimal(0), act.day, next_day(act.day), None
        if self.days is None and self.fee.on_day is not None and self.fee.idle_after is None:
            self._start(following(self.fee, act.day), 0, StepKind.ACTED, act.day, act)
        left = self._less_fees(self.case.credit.up_to(act))
        if self.ended is None or left is None or self.pays(left) == 0:
            return
        state, _stage = self.state_on(act.day, self.ended)
        if state is not ClockState.OVER:
            self.ended, self.below = None, False

    def _bring_back(self, act: Act) -> None:
        """Let an act bring the line back after a fee that could not be paid, if it may and suffices."""
        assert self.ended is not None
        state, stage = self.state_on(act.day, self.ended)
        was_taken = act.kind is ActKind.FEE and self._is_meant(act, act.kind)
        if act.kind not in _PAYING and stage is None and not was_taken:
            return
        refused: RemarkKind | None = None
        if state is ClockState.OVER:
            refused = RemarkKind.TOO_LATE
        elif stage is not None and not was_taken:
            refused = self.way_back.refusal(act, stage, self.ended, None)
        if refused is None and not was_taken and not self._covers_fee(act):
            refused = RemarkKind.TOO_LITTLE
        if refused is None:
            self._resume(act)
        elif act.kind in _PAYING or was_taken or refused is RemarkKind.PARTLY_UNDOES:
            self.remarks.append(Remark(refused, act))

    def _resume(self, act: Act) -> None:
        self.ended, self.below, self.remarks = None, False, []
        if act.kind not in (ActKind.PAYMENT, ActKind.FEE):
            self.taken += self.amount
        if self._ends_idleness(act):
            self._restart_idleness(act)
        else:
            self._start_again(act, act.day)

    def _was_taken(self, act: Act, day: Day) -> None:
        """Take a recorded fee: the one that was due, or one on another day that the next ones follow."""
        days = self.days
        if days is not None and days.due(self.number) == day:
            self._go_on(days, act, day)
            return
        if self.trusted is not None and days is not None and day < days.due(self.number):
            # The fee that was only taken on trust is this one, a few days late.
            self.taken, self.trusted = self.spared, None
        self._start_again(act, day)

    def _pay(self, act: Act, day: Day) -> None:
        """Take a payment that covers the next fee; the fee days stay where they are unless one was missed."""
        amount, days = act.amount, self.days
        if amount is not None and amount < self.amount and act.currency == self.currency:
            self.remarks.append(Remark(RemarkKind.TOO_LITTLE, act))
        elif days is not None and day <= days.due(self.number):
            self._go_on(days, act, day)
        else:
            self._start_again(act, day)

    def _mind_empty_credit(self, act: Act) -> None:
        """Owe nothing once the credit is gone: what is topped up later is all there to be used."""
        point = self.case.credit.up_to(act) if self.taken else None
        if point is not None:
            self.taken, self.spared = min(self.taken, point.amount), min(self.spared, point.amount)

    def _mind_minimum(self, act: Act) -> None:
        """End the line on the day on which the credit gets below its minimum."""
        least = self.fee.minimum_left
        if least is None or self.ended is not None or self.renews:
            return
        point = self.case.credit.at(act.day)
        left = self._less_fees(point)
        if point is not None and left is not None and point.act is act and act.kind is not ActKind.STATEMENT:
            self.below = left < least
            self.ended = act.day if self.below else None

    def _ends_idleness(self, act: Act) -> bool:
        return self.fee.idle_after is not None and act.kind in self.fee.reset_by and act.is_ordinary

    def _restart_idleness(self, act: Act) -> None:
        self._start(*first_fee_day(self.fee, act.day), StepKind.ACTED, act.day, act)

    def _start(self, first: Day, number: int, reason: StepKind, day: Day, by: Act | None = None) -> None:
        self.days, self.number, self.trusted = FeeDays(self.rhythm, first, reason, day, by), number, None

    def _start_again(self, act: Act, day: Day) -> None:
        """Count the fee days from a fee that was paid by `act` on its `day`."""
        if self.rhythm.every is None:
            self._start(following(self.fee, day), 0, StepKind.ACTED, day, act)
        else:
            self._start(day, 1, StepKind.ACTED, day, act)

    def _go_on(self, days: FeeDays, act: Act, day: Day) -> None:
        """Leave the fee days where they are: the open one is paid by `act` on its `day`."""
        days.reason, days.day, days.by = StepKind.ACTED, day, act
        self.number += 1

    def left(self, day: Day) -> Decimal | None:
        """Return the credit at the close of `day` less the fees taken since it was read, None where it is not known."""
        return self._less_fees(self.case.credit.at(day))

    def _less_fees(self, point: CreditPoint | None) -> Decimal | None:
        return None if point is None else max(Decimal(0), point.amount - self.taken)

    def pays(self, left: Decimal) -> int:
        """Return how many fees `left` pays in full."""
        return max(0, int((left - (self.fee.minimum_left or 0)) // self.amount))

    def _covers_fee(self, act: Act) -> bool:
        if act.kind in self.paid_by and self._is_meant(act, act.kind):
            return act.amount is None or act.currency != self.currency or act.amount >= self.amount
        # What went out later that day does not matter: the fee was taken as soon as there was credit.
        left = self._less_fees(self.case.credit.up_to(act))
        if left is None and act.kind is ActKind.TOP_UP and act.currency == self.currency:
            # However little was left before, there is at least what was topped up.
            left = act.amount
        return left is not None and self.pays(left) > 0

    def _is_meant(self, act: Act, kind: ActKind) -> bool:
        """Tell whether an act of a `kind` that can pay the fee is for this one; nobody pays one that did not exist yet."""
        clock = act.clock
        if clock is not None and clock != self.fee.id:
            return False
        return not self.is_dated or kind is ActKind.FEE or self._existed_on(act.day)

    def _existed_on(self, day: Day) -> bool:
        return not self.is_dated or self.case.terms.fee_on(self.fee.id, day) is not None

    def state_on(self, day: Day, end: Day) -> tuple[ClockState, Stage | None]:
        """Return the state on `day` of a line whose fees ended on `end`, and the stage that it lies in."""
        return stage_on(day, end, self.fee.after, None, self.case.terms.offer, self.case.credit)

    def is_stated(self, end: Day) -> bool:
        """Tell whether `end` is the operator's own date."""
        days = self.days
        stated = days.by if days is not None and days.reason is StepKind.STATED else None
        return stated is not None and stated.valid_until == end
