"""The retention rule of an offer, as data: clocks, stages, fees (DESIGN.md, 4.1).

Everything an operator can demand is written down here and nothing is computed; `clock.py` and `fees.py`
compute with it. Every class is part of the file format of carriers.json.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from simtui.domain.act import ActKind, Channel, Mark
from simtui.domain.calendar import RecordedDay, RecordedPeriod
from simtui.domain.money import Amount
from simtui.domain.record import Few, Identifier, Record, Text, at_most


class Loses(StrEnum):
    """What is gone once a clock has run out."""

    NUMBER = "number"
    SERVICE = "service"
    BALANCE = "balance"
    DATA = "data"


class PlanKind(StrEnum):
    """What kind of thing a plan is."""

    DATA = "data"
    VOICE = "voice"
    COMBO = "combo"
    ROAMING = "roaming"
    VALUE_ADDED = "value_added"
    VALIDITY = "validity"


class StageName(StrEnum):
    """What a line can pass through once a clock has run out."""

    RECEIVE_ONLY = "receive_only"
    SMS_ONLY = "sms_only"
    EMERGENCY_ONLY = "emergency_only"
    SUSPENDED = "suspended"
    HIBERNATED = "hibernated"
    MAY_END = "may_end"
    QUARANTINE = "quarantine"


class Works(StrEnum):
    """What still works in a stage."""

    CALLS_IN = "calls_in"
    SMS_IN = "sms_in"
    CALLS_OUT = "calls_out"
    SMS_OUT = "sms_out"
    DATA = "data"
    EMERGENCY = "emergency"
    SUPPORT = "support"


class Undo(StrEnum):
    """What brings a line back out of a stage.

    `support_call` and `shop_visit` are met by any restarting act done over the phone or in a shop, and by an
    activation, identification or payment there; a balance read over the phone is none of these.
    """

    TOP_UP = "top_up"
    PLAN_PURCHASE = "plan_purchase"
    PAYMENT = "payment"
    USE = "use"
    IDENTIFICATION = "identification"
    SUPPORT_CALL = "support_call"
    SHOP_VISIT = "shop_visit"


class Stacking(StrEnum):
    """What a new act does with the time that is left."""

    RESTART = "restart"
    EXTEND = "extend"
    KEEP_LATER = "keep_later"


class Anchor(StrEnum):
    """The day from which a clock counts."""

    ACTIVATION = "activation"
    FIRST_USE = "first_use"
    PURCHASE = "purchase"
    PLAN_END = "plan_end"


class RuleCertainty(StrEnum):
    """How well a rule is known; `guess` also stands for old and assumed rules."""

    OFFICIAL = "official"
    THIRD_PARTY = "third_party"
    GUESS = "guess"


class AmountTier(Record):
    """One row of a table by amount: exactly `at`, or `from` (included) up to `below` (excluded).

    `period` absent means that the table names the amount and not its length: unknown.
    """

    at: Amount | None = None
    from_: Amount | None = Field(default=None, alias="from")
    below: Amount | None = None
    period: RecordedPeriod | None = None

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if (self.at is None) == (self.from_ is None) or (self.at is not None and self.below is not None):
            raise ValueError("give either `at`, or `from` with or without `below`")
        return self


class FixedLength(Record):
    """Always the same length."""

    by: Literal["fixed"] = "fixed"
    period: RecordedPeriod


class AmountLength(Record):
    """Longer for more money; an amount outside the tiers has an unknown length, never the nearest tier's."""

    by: Literal["amount"] = "amount"
    tiers: Annotated[tuple[AmountTier, ...], at_most(100)] = Field(min_length=1, max_length=100)


class UnitLength(Record):
    """`period` for every whole `unit` of money (U Mobile: a day a ringgit)."""

    by: Literal["unit"] = "unit"
    unit: Annotated[Amount, Field(gt=0)]
    period: RecordedPeriod


class BalanceLength(Record):
    """By the balance that the top-up leads to, not by the amount (Flow Cayman)."""

    by: Literal["balance"] = "balance"
    tiers: Annotated[tuple[AmountTier, ...], at_most(100)] = Field(min_length=1, max_length=100)


class PlanLength(Record):
    """As long as the plan that was bought is valid (travel eSIM)."""

    by: Literal["plan"] = "plan"


class UnknownLength(Record):
    """Nobody could find out how long; only the operator's own date helps."""

    by: Literal["unknown"] = "unknown"


Length = Annotated[
    FixedLength | AmountLength | UnitLength | BalanceLength | PlanLength | UnknownLength, Field(discriminator="by")
]


class Spending(Record):
    """A sum of charged acts within a window: more than `amount`, or at least it (`strictly` false)."""

    amount: Amount
    within: RecordedPeriod
    strictly: bool


class Trigger(Record):
    """Acts that restart a clock. All conditions given must hold.

    `also` lists marks (free, Wi-Fi, emergency use) that count here; by default such use does not. `marks` asks for one:
    calls received count at GO Malta while roaming.
    `counts_from` is where the new length begins: at the act, or at the end of the last plan bought.
    `length` is what these acts give where that is not the clock's own: Day Give-Away of dtac sells 90 days for 6 baht,
    a top-up of any amount gives 30.
    """

    acts: Few[ActKind] = Field(min_length=1)
    min_amount: Amount | None = None
    plan_kinds: Few[PlanKind] = ()
    plans: Few[Identifier] = ()
    channels: Few[Channel] = ()
    spending: Spending | None = None
    marks: Few[Mark] = ()
    also: Few[Mark] = ()
    counts_from: Literal["act", "plan_end"] = "act"
    length: Length | None = None


class Exclusion(Record):
    """Acts that look as if they counted and do not, with the reason to show (Wi-Fi calling at Three UK)."""

    acts: Few[ActKind] = Field(min_length=1)
    marks: Few[Mark] = ()
    channels: Few[Channel] = ()
    plan_kinds: Few[PlanKind] = ()
    plans: Few[Identifier] = ()
    reason: Text


class Start(Record):
    """How a clock begins before any restarting act; `length` absent means the clock's own.

    Of several starts the earliest day counts, except that the end of a plan follows the last plan. Where a clock by plan
    starts at the first use, a plan bought before it waits (a travel eSIM bought at home and connected abroad), also where
    it was bought before the activation. What begins the clock and restarts it too counts once. `certainty` and `source`
    are the clock's unless they stand here: what a new card has is often known from elsewhere (Orange Romania's table is
    on the operator's page, the first 60 days are from a brochure).
    """

    on: Anchor
    length: Length | None = None
    certainty: RuleCertainty | None = None
    source: Identifier | None = None


class Stage(Record):
    """What follows a clock's end. `length` unknown: nobody knows when it ends, so the number is not called lost.

    `undo` names what brings the line back; empty means nothing does. `undo_from` is the least that must be paid at once
    where that is paid (Telekom Deutschland: EUR 15 revive a card that was switched off). `undo_all` asks for all that
    `undo` names, one after the other; one act can be several (Lidl Connect: support unlocks, a top-up must follow).
    `recall` is for quarantine: whether the former
    holder can ask for the number back (only then is it rescue).
    """

    name: StageName
    length: Length
    works: Few[Works] = ()
    undo: Few[Undo] = ()
    undo_from: Annotated[Amount, Field(gt=0)] | None = None
    undo_all: bool = False
    recall: bool = False
    source: Identifier | None = None
    note: Text | None = None

    @property
    def can_be_saved(self) -> bool:
        """Whether something in this stage saves the number."""
        return self.recall if self.name is StageName.QUARANTINE else bool(self.undo)


class EarlyEnd(Record):
    """What ends a clock before its time: the balance at or under an amount, or no active plan.

    A clock of unknown length that ends early in this way has a known end.
    """

    balance_at_most: Amount | None = None
    balance_below: Amount | None = None
    plan_lapses: bool = False


class HoldOffer(Record):
    """A paid hold makes the clock wait for `period` from the payment; the later end counts.

    `ended_by_restart`: an act that restarts the clock ends the hold as well, and the clock goes on as if it had not been
    held any longer (China Unicom: paying for the plan ends the suspension).
    """

    period: RecordedPeriod
    ended_by_restart: bool = False


AfterEnd = Literal["none", "unknown"] | Few[Stage]


class Countdown(Record):
    """What clocks and fees share: an end that takes something away, and what follows it.

    `loses` is what the end takes away. `after` says what follows on the way to losing the number: `none` (lost the
    next day), `unknown` (may be terminated: no final date), or stages. Absent, the end does not lead to losing the
    number: what has run out is merely spent. `source` is the id of one of the offer's sources; `certainty` goes before
    the source's own.
    """

    id: Identifier
    name: Text
    loses: Loses
    after: AfterEnd | None = None
    certainty: RuleCertainty | None = None
    source: Identifier | None = None
    note: Text | None = None

    @property
    def leads_to_loss(self) -> bool:
        """Whether the end is a step on the way to losing the number."""
        return self.after is not None


class Clock(Countdown):
    """A countdown that certain acts restart.

    `day_after` counts from the day after the anchor. `stacking` absent is an assumption: where the ways differ, the earliest result is used and marked as a guess.
    `cap` is counted from the act. `auto_renews`: while the line renews itself the clock rolls on by its fixed length.
    `registration` marks the clock that identification drops for good, `activation` one that the line's activation does:
    a card that has to be activated by a date after its purchase (SoSIM, 3HK: 60 days). The purchase is the day that the
    line itself tells, as plans are bought later, too.
    """

    starts: Few[Start] = ()
    restarts_on: Few[Trigger] = ()
    excludes: Few[Exclusion] = ()
    length: Length
    day_after: bool = False
    stacking: Stacking | None = None
    cap: RecordedPeriod | None = None
    ends_early: Few[EarlyEnd] = ()
    hold: HoldOffer | None = None
    auto_renews: bool = False
    registration: bool = False
    activation: bool = False

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.loses is Loses.NUMBER and self.after is None:
            raise ValueError("a clock that loses the number must say what comes after it")
        if self.auto_renews and not isinstance(self.length, FixedLength):
            raise ValueError("only a clock of fixed length can renew itself")
        return self

    def length_by(self, trigger: Trigger | None) -> Length:
        """Return what an act gives that restarts the clock in this way; None stands for any other way."""
        return self.length if trigger is None or trigger.length is None else trigger.length

    @property
    def is_met_once(self) -> bool:
        """Whether the clock is done with for good once something was done: papers shown, the line activated."""
        return self.registration or self.activation

    @property
    def lengths(self) -> tuple[Length, ...]:
        """The clock's own length, and those that some acts give instead."""
        return (self.length, *(trigger.length for trigger in self.restarts_on if trigger.length is not None))


class Fee(Countdown):
    """An amount that the operator takes, every `every` or on day `on_day` of each month.

    `idle_after`: only once the line was idle for so long (`reset_by` names the acts that end idleness). The first fee
    is due `first_after` after the start (default: at once when `in_advance`, else after one period); for an idle fee
    the start is the day on which the line has been idle long enough, and the default is that day. A line with fees ends on
    the first fee day that cannot be paid in full, or that would leave less than `minimum_left`; below that it ends at once.
    """

    loses: Loses = Loses.SERVICE
    amount: Annotated[Amount, Field(gt=0)]
    every: RecordedPeriod | None = None
    on_day: int | None = Field(default=None, ge=1, le=31)
    idle_after: RecordedPeriod | None = None
    reset_by: Few[ActKind] = ()
    in_advance: bool = True
    first_after: RecordedPeriod | None = None
    minimum_left: Amount | None = None

    @model_validator(mode="after")
    def _one_rhythm(self) -> Self:
        if (self.every is None) == (self.on_day is None):
            raise ValueError("a fee is taken either `every` period or `on_day`")
        if self.every is not None and self.every.sign() <= 0:
            raise ValueError("a fee needs a period longer than nothing")
        return self


class Rule(Record):
    """One version of an offer's retention rule.

    A version governs the acts dated from `valid_from` to `valid_to`, on lines opened from `opened_from` to `opened_to`,
    of cohort `variant`. Clocks of the same id in several versions are one clock. `stated` names the clock that the
    operator's "valid until" speaks of; absent, the first clock. An empty rule is an unknown rule.
    """

    clocks: Annotated[tuple[Clock, ...], at_most(20)] = Field(default=(), max_length=20)
    fees: Annotated[tuple[Fee, ...], at_most(10)] = Field(default=(), max_length=10)
    stated: Identifier | None = None
    valid_from: RecordedDay | None = None
    valid_to: RecordedDay | None = None
    opened_from: RecordedDay | None = None
    opened_to: RecordedDay | None = None
    variant: Identifier | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        ids = [part.id for part in self.countdowns]
        if len(ids) != len(set(ids)):
            raise ValueError("two clocks or fees of one rule share an id")
        if self.stated is not None and self.stated not in ids:
            raise ValueError("`stated` names no clock of this rule")
        return self

    @property
    def countdowns(self) -> tuple[Countdown, ...]:
        """The clocks and the fees."""
        return (*self.clocks, *self.fees)
