"""What can be done to keep a number: the offer's top-ups, plans and free acts, and which of them differ at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from simtui.domain.act import USES, Act, ActKind, Channel
from simtui.domain.balance import CreditHistory
from simtui.domain.calendar import FIRST_DAY, Day, Period
from simtui.domain.counting import excluded, verdict
from simtui.domain.lengths import length_of
from simtui.domain.line import Knowledge
from simtui.domain.offer import Offer, Plan
from simtui.domain.reckoning import Why
from simtui.domain.rule import (
    AmountLength,
    AmountTier,
    BalanceLength,
    Clock,
    Fee,
    Length,
    PlanLength,
    Rule,
    Stage,
    Trigger,
    Undo,
    UnitLength,
)
from simtui.domain.terms import Terms
from simtui.domain.undoing import PAID_WAYS, Undone, is_undone_by, leads_out, ways_met

_PLANNED = 2**53 - 1_000_000
"""The place of the first planned act among the acts of its day: after all that are recorded."""

# In the order in which they are offered where several do the same.
_FREE = (ActKind.SMS_OUT, ActKind.CALL_OUT, ActKind.DATA, ActKind.CALL_IN, ActKind.SMS_IN, ActKind.IDENTIFICATION)
# How many units of money are tried where a length is so much a unit and no amounts are listed.
_SERIES = (1, 2, 5, 10, 20, 50, 100, 200, 500)
_PAYING = frozenset({ActKind.TOP_UP, ActKind.PAYMENT, ActKind.PLAN_PURCHASE})
_PLANNED_WAYS = frozenset({*PAID_WAYS, Undo.IDENTIFICATION, Undo.USE})
"""The ways out of a stage that are planned for: nobody plans to be cut off until a visit to a shop or a call."""


class Cost(NamedTuple):
    """What acts cost, compared from left to right.

    A thing of unknown price may cost anything and is only taken where nothing else helps; use costs cents and counts
    after all known money.
    """

    unpriced: int = 0
    amount: Decimal = Decimal(0)
    uses: int = 0

    def plus(self, other: Cost) -> Cost:
        """Return both together; the order of two costs stays the same whatever is added to both."""
        return Cost(self.unpriced + other.unpriced, self.amount + other.amount, self.uses + other.uses)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be done on any day: an act without its date.

    `price` is absent where it is not known; `at_least` says that it is only what the rule asks for, as the operator's
    own amounts are not known. `is_use` marks what costs nothing or cents: an SMS, a call, papers shown.
    """

    kind: ActKind
    price: Decimal | None = None
    plan: Plan | None = None
    channel: Channel | None = None
    is_use: bool = False
    at_least: bool = False

    @property
    def cost(self) -> Cost:
        """What doing it once costs."""
        if self.is_use:
            return Cost(uses=1)
        return Cost(unpriced=1) if self.price is None else Cost(amount=self.price)

    def sold_on(self, day: Day) -> bool:
        """Tell whether it can be done on `day`: a plan that ends on a fixed day is worth nothing afterwards."""
        return self.plan is None or self.plan.ends_on is None or day <= self.plan.ends_on

    def on(self, day: Day, offer: Offer, number: int = 0) -> Act:
        """Return the act that doing it on `day` would be, the `number`th of those planned.

        What is bought is paid with new money: the credit that is there pays fees and nothing else.
        """
        # Nobody checks it: amounts and days may be larger than those that a person can record.
        return _blank().model_copy(
            update={
                "kind": self.kind,
                "day": day,
                "order": _PLANNED + number,
                "amount": self.price,
                "currency": None if self.price is None else offer.currency,
                "plan": None if self.plan is None else self.plan.id,
                "channel": self.channel,
                "from_credit": False if self.plan is not None else None,
            }
        )


@cache
def _blank() -> Act:
    """Return the act that planned ones are made from."""
    return Act(line=1, kind=ActKind.NOTE, day=FIRST_DAY)


def moved(act: Act, day: Day, number: int) -> Act:
    """Return a choice's act on another day, as the `number`th of those planned; quicker than a new one."""
    return act.like(act.line, day, _PLANNED + number)


def choices(terms: Terms, day: Day, *, in_person: Sequence[Channel] = ()) -> list[Choice]:
    """Return what can be done about the line's number, only the cheapest of what does the same.

    `in_person` are the channels through which everything is offered as well, because nothing else leads out of the
    stage that the line is in.
    """
    everything = [*_with_channels(list(_offered(terms)), terms, in_person)]
    found: dict[object, Choice] = {}
    for choice in everything:
        effect = _effect(choice, terms, day)
        if effect is None:
            continue
        known = found.get(effect)
        if known is None or choice.cost < known.cost:
            found[effect] = choice
    return list(found.values())


def number_clocks(rule: Rule) -> list[Clock]:
    """Return the clocks on the way to losing the number."""
    return [clock for clock in rule.clocks if clock.leads_to_loss]


def number_fees(rule: Rule) -> list[Fee]:
    """Return the fees on the way to losing the number."""
    return [fee for fee in rule.fees if fee.leads_to_loss]


class WaysOut:
    """What the choices can do about stages; found out once for each, as no day changes it."""

    def __init__(self, found: Sequence[Choice], offer: Offer) -> None:
        acts = (choice.on(FIRST_DAY, offer) for choice in found)
        self._acts = list({(act.kind, act.amount): act for act in acts}.values())
        self._currency = offer.currency
        self._known: dict[tuple[object, ...], bool] = {}

    def lead_out(self, stage: Undone) -> bool:
        """Tell whether some of the choices, without a visit or a call, lead out of the stage together."""
        key = stage.undo, stage.undo_from, stage.undo_all
        if key not in self._known:
            met = frozenset(way for act in self._acts for way in ways_met(act, stage, self._currency))
            self._known[key] = is_undone_by(met & _PLANNED_WAYS, stage)
        return self._known[key]


def helps_running(choice: Choice, part: Clock | Fee, offer: Offer, day: Day) -> bool:
    """Tell whether the choice can do anything for a clock or fee that runs."""
    if isinstance(part, Fee):
        return _pays(choice, part, offer) or choice.kind in part.reset_by
    act = choice.on(day, offer)
    if any(trigger.spending is not None and choice.kind in trigger.acts for trigger in part.restarts_on):
        return True
    if part.activation and choice.kind is ActKind.ACTIVATION:
        return True
    return verdict(part, act, (act,), offer).trigger is not None or (
        part.registration and choice.kind is ActKind.IDENTIFICATION and excluded(part, act, offer) is None
    )


def _pays(choice: Choice, fee: Fee, offer: Offer) -> bool:
    """Tell whether the choice pays a fee: through the credit, or by itself where the offer has no top-ups."""
    if choice.kind is ActKind.TOP_UP:
        return True
    return choice.kind is ActKind.PAYMENT and not offer.top_ups and fee.idle_after is None


def helps_in(stage: Undone, choice: Choice, offer: Offer, day: Day, *, restarts: bool, alone: bool) -> bool:
    """Tell whether the choice leads out of a stage, or at least is a part of what does unless it must `alone`."""
    act = choice.on(day, offer)
    if alone:
        return leads_out(act, stage, offer.currency, restarts=restarts)
    return bool(ways_met(act, stage, offer.currency, restarts=restarts))


def minds_credit(terms: Terms) -> bool:
    """Tell whether the number hangs on how much credit there is."""
    return any(
        number_fees(rule)
        or any(
            any(isinstance(length, BalanceLength) for length in clock.lengths)
            or any(end.balance_at_most is not None or end.balance_below is not None for end in clock.ends_early)
            for clock in number_clocks(rule)
        )
        for rule in terms.versions
    )


# What the offer has ------------------------------------------------------------------------------------------------


def _offered(terms: Terms) -> Iterator[Choice]:
    yield from (Choice(kind, is_use=True) for kind in _FREE)
    if any(clock.activation for rule in terms.versions for clock in number_clocks(rule)):
        yield Choice(ActKind.ACTIVATION, is_use=True)
    yield from _top_ups(terms)
    for plan in terms.offer.plans:
        # A plan that renews itself is not bought again: it is paid for.
        kind = ActKind.PAYMENT if plan.renews_itself is Knowledge.YES else ActKind.PLAN_PURCHASE
        yield Choice(kind, plan.price, plan)
    if not terms.offer.plans:
        yield Choice(ActKind.PLAN_PURCHASE)
    if not any(plan.renews_itself is Knowledge.YES for plan in terms.offer.plans):
        fees = [] if terms.offer.top_ups else [fee for rule in terms.versions for fee in number_fees(rule)]
        yield Choice(ActKind.PAYMENT, max((fee.amount for fee in fees if fee.idle_after is None), default=None))


def _top_ups(terms: Terms) -> Iterator[Choice]:
    """Yield the amounts that the offer lists; where it lists none, those that its rule names, else any amount."""
    listed = [Choice(ActKind.TOP_UP, item.amount) for item in terms.offer.top_ups]
    named = listed or sorted(_named(terms), key=lambda choice: choice.price or Decimal(0))
    yield from named or [Choice(ActKind.TOP_UP)]


def _named(terms: Terms) -> Iterator[Choice]:
    """Yield the amounts that the rule names: exact ones are sold, others are the least that the rule asks for."""
    for rule in terms.versions:
        for clock in number_clocks(rule):
            yield from _of_length(clock.length)
            for trigger in clock.restarts_on:
                if ActKind.TOP_UP not in trigger.acts:
                    continue
                if trigger.min_amount:
                    yield Choice(ActKind.TOP_UP, trigger.min_amount, at_least=True)
                if trigger.length is not None:
                    yield from _of_length(trigger.length)
        for part in (*number_clocks(rule), *number_fees(rule)):
            for stage in _stages(part.after):
                if stage.undo_from is not None and Undo.TOP_UP in stage.undo:
                    yield Choice(ActKind.TOP_UP, stage.undo_from, at_least=True)


def _of_length(length: Length) -> Iterator[Choice]:
    if isinstance(length, UnitLength):
        yield from (Choice(ActKind.TOP_UP, length.unit * times, at_least=True) for times in _SERIES)
    elif isinstance(length, AmountLength | BalanceLength):
        yield from (choice for tier in length.tiers if (choice := _of_tier(tier)).price)


def _of_tier(tier: AmountTier) -> Choice:
    if tier.at is not None:
        return Choice(ActKind.TOP_UP, tier.at)
    return Choice(ActKind.TOP_UP, tier.from_, at_least=True)


def _with_channels(found: list[Choice], terms: Terms, in_person: Sequence[Channel]) -> Iterator[Choice]:
    """Yield the choices, and again through each channel that decides whether they count."""
    yield from found
    asked = dict.fromkeys(
        channel
        for rule in terms.versions
        for clock in number_clocks(rule)
        for trigger in clock.restarts_on
        for channel in trigger.channels
    )
    for channel in dict.fromkeys((*asked, *in_person)):
        for each in found:
            # Nobody sends an SMS through a shop.
            if not each.is_use or each.kind is ActKind.IDENTIFICATION:
                yield replace(each, channel=channel)


# What a choice does ------------------------------------------------------------------------------------------------


def _effect(choice: Choice, terms: Terms, day: Day) -> object | None:
    """Return all that can make a difference to the number, None where the choice makes none.

    Two choices of the same effect lead to the same standings on every day, so only the cheaper one is needed.
    """
    parts: list[object] = []
    moves = False
    for rule in terms.versions:
        for clock in number_clocks(rule):
            moved, effect = _on_clock(choice, clock, terms.offer, day)
            moves |= moved
            parts.append(effect)
        for fee in number_fees(rule):
            moved = helps_running(choice, fee, terms.offer, day)
            moves |= moved
            pays = choice.kind if choice.kind in _PAYING else None
            parts.append((moved, choice.kind in fee.reset_by, pays, choice.price if pays else None))
    if minds_credit(terms) and choice.kind is ActKind.TOP_UP:
        parts.append(choice.price)
        moves = True
    return tuple(parts) if moves else None


def _on_clock(choice: Choice, clock: Clock, offer: Offer, day: Day) -> tuple[bool, object]:
    act = choice.on(day, offer)
    judged = verdict(clock, act, (act,), offer)
    helps = helps_running(choice, clock, offer, day)
    ways = _ways_out(choice, clock.after, offer, day)
    spends = any(trigger.spending is not None for trigger in clock.restarts_on)
    lapses = any(end.plan_lapses for end in clock.ends_early)
    follows_plans = lapses or any(start.on.value in ("plan_end", "first_use") for start in clock.starts)
    if judged.trigger is not None:
        follows_plans |= judged.trigger.counts_from == "plan_end"
    of_plan = choice.plan is not None and follows_plans
    if not helps and not any(ways) and not of_plan and not (follows_plans and choice.kind in USES):
        return False, None
    lengths, no_credit = _lengths(choice, clock, judged.trigger), CreditHistory((), offer)
    effect = (
        helps,
        None if judged.trigger is None else judged.trigger.counts_from,
        tuple(_period(length_of(length, act, offer, no_credit)) for length in lengths),
        ways,
        tuple(_period(length_of(stage.length, act, offer, no_credit)) for stage in _stages(clock.after)),
        choice.price if spends or any(isinstance(length, BalanceLength) for length in lengths) else None,
        _as_plan(choice) if follows_plans or any(isinstance(length, PlanLength) for length in lengths) else None,
    )
    return True, effect


def _as_plan(choice: Choice) -> str:
    """Return what a choice is to a clock that follows plans and the line's first use."""
    if choice.plan is not None:
        return choice.plan.id
    return "use" if choice.kind in USES else choice.kind.value


def _lengths(choice: Choice, clock: Clock, trigger: Trigger | None) -> list[Length]:
    """Return what the choice may give the clock: by itself, where amounts are added up, and on the way out of a stage."""
    adding = [each for each in clock.restarts_on if each.spending is not None and choice.kind in each.acts]
    return [clock.length_by(each) for each in (trigger, *adding)]


def _period(found: Period | Why) -> str:
    return found.value if isinstance(found, Why) else found.format_iso()


def _stages(after: object) -> tuple[Stage, ...]:
    return after if isinstance(after, tuple) else ()


def _ways_out(choice: Choice, after: object, offer: Offer, day: Day) -> tuple[tuple[frozenset[Undo], ...], ...]:
    """Return for each stage in which ways the choice leads out of it, also where it would not restart the clock."""
    act = choice.on(day, offer)
    found = (
        tuple(_ways_met(act, stage, offer, restarts=restarts) for restarts in (True, False)) for stage in _stages(after)
    )
    return tuple(ways if any(ways) else () for ways in found)


def _ways_met(act: Act, stage: Stage, offer: Offer, *, restarts: bool) -> frozenset[Undo]:
    """Return the ways that an act is; where one is enough, no more than whether it is one."""
    met = ways_met(act, stage, offer.currency, restarts=restarts)
    return met if stage.undo_all or not met else frozenset(stage.undo)
