"""What the second, slow engine knows of a line: its acts, its rule, its credit, how long acts last and which count.

Written apart from the engine and as plainly as can be, from DESIGN.md, 2 to 4, and the words in `rule.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from simtui.domain.act import Act, ActKind, Channel, Mark
from simtui.domain.calendar import Day, Period, after, times_over
from simtui.domain.line import Line
from simtui.domain.offer import Offer
from simtui.domain.rule import (
    AmountLength,
    AmountTier,
    Anchor,
    BalanceLength,
    Clock,
    Exclusion,
    FixedLength,
    Length,
    PlanLength,
    Rule,
    Spending,
    Stage,
    StageName,
    Trigger,
    Undo,
    UnitLength,
)

LEFT_OUT = (Mark.FREE, Mark.EMERGENCY, Mark.WIFI)
USE = (ActKind.CALL_OUT, ActKind.SMS_OUT, ActKind.DATA)
_WAYS_BACK = {
    Undo.TOP_UP: (ActKind.TOP_UP,),
    Undo.PLAN_PURCHASE: (ActKind.PLAN_PURCHASE,),
    Undo.PAYMENT: (ActKind.PAYMENT,),
    Undo.IDENTIFICATION: (ActKind.IDENTIFICATION,),
    Undo.USE: USE,
}
_PLACES = {Undo.SUPPORT_CALL: Channel.PHONE, Undo.SHOP_VISIT: Channel.SHOP}
_OF_LINES_IN_USE = (
    ActKind.ACTIVATION,
    ActKind.TOP_UP,
    ActKind.CALL_IN,
    ActKind.SMS_IN,
    ActKind.FEE,
    ActKind.STATEMENT,
    ActKind.HOLD,
    *USE,
)
_DEALINGS = (ActKind.ACTIVATION, ActKind.IDENTIFICATION, ActKind.PAYMENT)


@dataclass
class World:
    """A line with the acts that count on `today`, in the order in which they happened."""

    line: Line
    offer: Offer
    acts: tuple[Act, ...]
    today: Day
    begun: Day

    @cached_property
    def versions(self) -> list[Rule]:
        """Return the versions of the rule for lines like this one, the closest fit last, and of those the newest."""
        opened = self.line.opened_on or self.line.activated_on
        mine = [rule for rule in self.offer.rules if rule.variant in (None, self.line.variant)]
        if opened is not None:
            mine = [rule for rule in mine if (rule.opened_from or Day.MIN) <= opened <= (rule.opened_to or Day.MAX)]
        elif any(not _is_cohort(rule) for rule in mine):
            mine = [rule for rule in mine if not _is_cohort(rule)]
        else:
            mine = [
                rule
                for rule in mine
                if (rule.opened_from, rule.opened_to) == (mine[-1].opened_from, mine[-1].opened_to)
            ]
        return sorted(mine, key=lambda rule: (rule.variant is not None, _is_cohort(rule), rule.valid_from or Day.MIN))

    def rule_on(self, day: Day) -> Rule | None:
        """Return the version in force; between two the one before, before all the first."""
        began = [rule for rule in self.versions if (rule.valid_from or Day.MIN) <= day]
        runs = [rule for rule in began if day <= (rule.valid_to or Day.MAX)]
        if runs:
            return runs[-1]
        if began:
            return max(began, key=lambda rule: rule.valid_from or Day.MIN)
        return min(self.versions, key=lambda rule: rule.valid_from or Day.MIN, default=None)

    def clock_on(self, clock_id: str, day: Day) -> Clock | None:
        """Return the clock as the version of that day has it."""
        rule = self.rule_on(day)
        return next((clock for clock in rule.clocks if clock.id == clock_id), None) if rule else None

    def is_stated(self, act: Act, countdown_id: str) -> bool:
        """Tell whether the operator's date is that of this clock or fee."""
        if act.clock is not None:
            return act.clock == countdown_id
        rule = self.rule_on(act.day)
        if rule is None or not rule.countdowns:
            return False
        return (rule.stated or rule.countdowns[0].id) == countdown_id

    @cached_property
    def anchors(self) -> dict[Anchor, tuple[Day | None, Act | None]]:
        """Return what every clock may start from, as far as it has come."""
        found = {anchor: self._anchor(anchor) for anchor in Anchor}
        return {anchor: one if one[0] and one[0] <= self.today else (None, None) for anchor, one in found.items()}

    def _anchor(self, anchor: Anchor) -> tuple[Day | None, Act | None]:
        """Return the day on which something began, and the act that it was, if it was one."""
        told = {Anchor.ACTIVATION: self.line.activated_on, Anchor.PURCHASE: self.line.opened_on}.get(anchor)
        for act in self.acts:
            if (
                (anchor is Anchor.ACTIVATION and act.kind is ActKind.ACTIVATION and self.begun != Day.MIN)
                or (anchor is Anchor.FIRST_USE and act.kind in USE and act.mark not in LEFT_OUT)
                or (anchor is Anchor.PURCHASE and act.kind in (ActKind.PLAN_PURCHASE, ActKind.PAYMENT))
            ):
                return told or act.day, act if told in (None, act.day) else None
        return told, None

    def is_in_use(self, activation: str) -> bool:
        """Tell whether the line is known to be activated, or something happened that only happens to such a line.

        The operator's date for the clock of the activation itself says nothing of that.
        """
        if self.begun != Day.MIN:
            return self.begun <= self.today
        others = [act for act in self.acts if act.kind is not ActKind.STATEMENT or not self.is_stated(act, activation)]
        return any(act.kind in _OF_LINES_IN_USE for act in others)

    def first_day(self) -> Day:
        """Return the day on which the story begins."""
        days = [act.day for act in self.acts] + [self.today]
        days += [day for day in (self.line.activated_on, self.line.opened_on) if day is not None]
        return min(days)


def world(line: Line, acts: Sequence[Act], offer: Offer, today: Day) -> World:
    """Return what counts today: no acts of the future, and before the activation only papers and plans that wait."""
    told = [act for act in acts if act.day <= today]
    told.sort(key=lambda act: (act.day.format_iso(), act.kind is ActKind.STATEMENT and not act.in_turn, act.order))
    begun = line.activated_on or _first_activation(told, offer)
    early_plans = any(takes_early_plans(clock) for rule in offer.rules for clock in rule.clocks)
    counted = [
        act for act in told if act.day >= begun or act.kind is ActKind.IDENTIFICATION or (early_plans and buys(act))
    ]
    return World(line, offer, tuple(counted), today, begun)


def _first_activation(told: Sequence[Act], offer: Offer) -> Day:
    """Return the day of the first activation, the beginning of time where that only woke a line that had lived before."""
    activations = [act for act in told if act.kind is ActKind.ACTIVATION]
    if not activations:
        return Day.MIN
    first = activations[0]
    ways = [way for rule in offer.rules for part in rule.countdowns for way in _all_ways(part.after)]
    in_person = any(_PLACES.get(way) is first.channel for way in ways if way in _PLACES)
    for act in told:
        lived = act.kind in (*USE, ActKind.CALL_IN, ActKind.SMS_IN, ActKind.FEE)
        paid = act.kind in (ActKind.TOP_UP, ActKind.PAYMENT, ActKind.PLAN_PURCHASE)
        if act.day < first.day and (lived or (paid and in_person)):
            return Day.MIN
    return first.day


def _all_ways(after: object) -> Sequence[Undo]:
    return [way for stage in after for way in stage.undo] if isinstance(after, tuple) else []


def takes_early_plans(clock: Clock) -> bool:
    """Tell whether the clock begins with a plan that was bought before the line was activated or used."""
    begins = [start for start in clock.starts if start.on in (Anchor.ACTIVATION, Anchor.FIRST_USE)]
    return any(isinstance(start.length or clock.length, PlanLength) for start in begins)


def _is_cohort(rule: Rule) -> bool:
    return rule.opened_from is not None or rule.opened_to is not None


# What the balance is.


def moves(act: Act, offer: Offer) -> bool:
    """Tell whether the act's amount goes into the line's credit or out of it."""
    if act.kind is ActKind.TOP_UP:
        return True
    if act.kind in (ActKind.PLAN_PURCHASE, ActKind.PAYMENT, ActKind.HOLD):
        default = act.kind is ActKind.PLAN_PURCHASE and bool(offer.top_ups)
        return default if act.from_credit is None else act.from_credit
    return act.kind in (ActKind.FEE, *USE) and act.from_credit is not False


def credit_after(credit: Decimal | None, act: Act, offer: Offer) -> Decimal | None:
    """Return the credit after one act; other money makes it unknown until it is read again."""
    if act.balances is not None and act.balances.credit is not None:
        return act.balances.credit if act.balances.currency == offer.currency else None
    if credit is None or act.amount is None or not moves(act, offer):
        return credit
    if act.currency != offer.currency:
        return None
    return credit + act.amount if act.kind is ActKind.TOP_UP else max(Decimal(0), credit - act.amount)


def resulting_balance(act: Act, place: World) -> Decimal | None:
    """Return the balance that an act led to: as it was read later that day before anything else, else as reckoned."""
    credit: Decimal | None = None
    past, reckoned = False, act.amount is not None and moves(act, place.offer)
    for other in place.acts:
        read = other.balances is not None and other.balances.credit is not None
        if past and other.day != act.day:
            break
        if past and read:
            return credit_after(None, other, place.offer)
        if past and other.amount is not None and moves(other, place.offer):
            break
        if not past:
            credit = credit_after(credit, other, place.offer)
        past = past or other is act
    return credit if reckoned or (act.balances is not None and act.balances.credit is not None) else None


# How long.


def length_of(length: Length, act: Act | None, place: World) -> Period | Day | None:
    """Return how long an act makes a clock run, or until when; None where nobody knows."""
    amount = act.amount if act is not None and act.currency == place.offer.currency else None
    if isinstance(length, FixedLength):
        return length.period
    if isinstance(length, AmountLength):
        return _tier(length.tiers, amount)
    if isinstance(length, BalanceLength):
        return None if act is None else _tier(length.tiers, resulting_balance(act, place))
    if isinstance(length, UnitLength):
        units = 0 if amount is None else int(amount / length.unit)
        return times_over(length.period, units) if units else None
    if isinstance(length, PlanLength) and act is not None:
        plan = place.offer.plan(act.plan)
        if act.valid_until is not None or plan is None:
            return act.valid_until
        return plan.validity if plan.validity is not None else plan.ends_on
    return None


def _tier(tiers: Sequence[AmountTier], amount: Decimal | None) -> Period | None:
    if amount is None:
        return None
    exact = [tier for tier in tiers if tier.at == amount]
    within = [
        tier
        for tier in tiers
        if tier.from_ is not None and tier.from_ <= amount and (tier.below is None or amount < tier.below)
    ]
    return (exact + within)[0].period if exact or within else None


def plan_end(act: Act, place: World) -> Day | None:
    """Return the last day of the plan bought."""
    found = length_of(PlanLength(), act, place)
    return after(act.day, found) if isinstance(found, Period) else found


def buys(act: Act) -> bool:
    """Tell whether the act bought a plan or paid for one."""
    return act.kind is ActKind.PLAN_PURCHASE or (act.kind is ActKind.PAYMENT and act.plan is not None)


# What counts.


def excluded(clock: Clock, act: Act, offer: Offer) -> bool:
    """Tell whether the act is one of the look-alikes."""

    def fits(rule: Exclusion) -> bool:
        right = act.kind in rule.acts and (not rule.marks or act.mark in rule.marks)
        right = right and (not rule.channels or act.channel in rule.channels)
        return right and _plan_fits(rule, act, offer)

    return any(fits(rule) for rule in clock.excludes)


def _plan_fits(rule: Exclusion | Trigger, act: Act, offer: Offer) -> bool:
    plan = offer.plan(act.plan)
    return (not rule.plans or act.plan in rule.plans) and (
        not rule.plan_kinds or (plan is not None and plan.kind in rule.plan_kinds)
    )


def meant(trigger: Trigger, act: Act, offer: Offer) -> bool:
    """Tell whether the act is of the kind that a trigger names; how much and how marked is another question."""
    return (
        act.kind in trigger.acts
        and (not trigger.marks or act.mark in trigger.marks)
        and (not trigger.channels or act.channel in trigger.channels)
        and _plan_fits(trigger, act, offer)
    )


def satisfied(trigger: Trigger, clock: Clock, act: Act, place: World) -> bool:
    """Tell whether an act that is meant is also enough."""
    if act.mark in LEFT_OUT and act.mark not in (*trigger.also, *trigger.marks):
        return False
    amount = act.amount if act.currency == place.offer.currency else None
    if trigger.min_amount is not None and (amount is None or amount < trigger.min_amount):
        return False
    return trigger.spending is None or _spent(trigger.spending, trigger, clock, act, place)


def _spent(spending: Spending, trigger: Trigger, clock: Clock, act: Act, place: World) -> bool:
    total = Decimal(0)
    for other in place.acts[: next(number for number, one in enumerate(place.acts) if one is act) + 1]:
        counts = meant(trigger, other, place.offer) and not excluded(clock, other, place.offer)
        counts = counts and (other.mark not in LEFT_OUT or other.mark in (*trigger.also, *trigger.marks))
        if counts and other.currency == place.offer.currency and after(other.day, spending.within) > act.day:
            total += other.amount or 0
    return total > spending.amount if spending.strictly else total >= spending.amount


def ways_back(act: Act, stage: Stage, currency: str, *, restarts: bool) -> list[Undo]:
    """Return all that the act is of what leads back out of the stage."""
    found: list[Undo] = []
    for way in stage.undo:
        if way in _PLACES:
            counts = act.channel is _PLACES[way] and (restarts or act.kind in _DEALINGS)
        else:
            counts = act.mark not in LEFT_OUT and act.kind in _WAYS_BACK[way]
        if counts and way in (Undo.TOP_UP, Undo.PAYMENT, Undo.PLAN_PURCHASE) and stage.undo_from is not None:
            counts = act.currency == currency and (act.amount or Decimal(0)) >= stage.undo_from
        if counts:
            found.append(way)
    return found


def hope(stages: Sequence[Stage]) -> bool:
    """Tell whether the number can be saved in the first of these stages or in one after it."""
    for stage in stages:
        if stage.name is StageName.QUARANTINE:
            return stage.recall
        if stage.undo:
            return True
    return False
