"""The planner: the cheapest sequence of acts that keeps a number until a day, judged step by step by the engine.

A search over the places that acts lead to, cheapest first. Every place is a standing that the engine reckons from the
line's own acts and the planned ones, so that caps, stages, fees, stacking and the operator's dates count as they do
everywhere else. What makes it quick, and why nothing is lost by it, stands at `choices`, `days_for` and `compared`.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from simtui.domain.act import Act, ActKind, Channel, ordered
from simtui.domain.balance import CreditHistory
from simtui.domain.calendar import Day, days_between, next_day
from simtui.domain.choices import Choice, Cost, WaysOut, choices, moved, number_clocks, number_fees
from simtui.domain.line import Line
from simtui.domain.money import Money
from simtui.domain.offer import Offer, Plan
from simtui.domain.pace import Pace, pace, practical
from simtui.domain.reach import (
    Group,
    Helps,
    Reach,
    Traits,
    Vector,
    compared,
    days_for,
    is_behind,
    lead_of,
    reach,
    traits,
    way,
)
from simtui.domain.reckoning import Certainty, RemarkKind, StepKind, Why
from simtui.domain.record import Text
from simtui.domain.renewing import renewals
from simtui.domain.rule import BalanceLength
from simtui.domain.terms import Terms, terms_for

MOST_LOOKS = 3000
"""How many standings are reckoned for one line before the planner gives up, and says so."""


class Unplannable(StrEnum):
    """Why nothing can be planned."""

    NO_RULE = "no_rule"
    NO_NUMBER = "no_number"
    LOST = "lost"
    IN_PERSON = "in_person"
    LENGTH = "length"
    NO_AMOUNT = "no_amount"
    NOTHING_HELPS = "nothing_helps"
    TOO_MANY = "too_many"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class PlannedAct:
    """One act of a plan, on its day.

    `price` is absent where it is not known, and only the least that the rule asks for with `at_least`; `is_use` says that it is use or papers shown, for which an operator takes
    nothing or cents. `kept_until` is the day until which the number is kept once it is done. `by_itself` marks what the
    line pays of its own accord, where nobody has to act.
    """

    day: Day
    kind: ActKind
    price: Money | None
    plan: Plan | None
    channel: Channel | None
    is_use: bool
    kept_until: Day
    certainty: Certainty
    at_least: bool = False
    by_itself: bool = False


@dataclass(frozen=True, slots=True)
class KeepingPlan:
    """What keeping one number until `until` takes.

    `problem` says why nothing can be planned, with the engine's own reason (`why`) where it is a length that nobody knows.
    `kept_until` is the last day that the plan leads to. `receive_only` says that it counts time in which the line does not
    do all that it can. `unknown` names clocks of the number that no date is known for and that the plan leaves out.
    """

    until: Day
    acts: tuple[PlannedAct, ...] = ()
    kept_until: Day | None = None
    certainty: Certainty = Certainty.GUESS
    receive_only: bool = False
    unknown: tuple[Text, ...] = ()
    problem: Unplannable | None = None
    why: Why | None = None
    looks: int = field(default=0, compare=False)

    @property
    def total(self) -> Money | None:
        """The sum of all known prices; None where the plan has none."""
        prices = [act.price for act in self.acts if act.price is not None]
        if not prices:
            return None
        return Money(amount=sum((price.amount for price in prices), Decimal(0)), currency=prices[0].currency)

    @property
    def at_least(self) -> bool:
        """Whether the total may be more: some of its amounts are only the least that the rule asks for."""
        return any(act.at_least for act in self.acts)

    @property
    def unpriced(self) -> int:
        """How many things of unknown price the total leaves out."""
        return sum(1 for act in self.acts if act.price is None and not act.is_use)

    @property
    def uses(self) -> int:
        """How many acts of use the total leaves out: they usually cost nothing or cents."""
        return sum(1 for act in self.acts if act.is_use)


def plan_line(
    line: Line,
    acts: Sequence[Act],
    offer: Offer,
    today: Day,
    until: Day,
    lead_days: Mapping[str, int] | None = None,
) -> KeepingPlan:
    """Return the cheapest acts that keep the number of `line` until `until`, each planned its lead ahead.

    An act lies `lead` days before the last day on which it still helps (the line's or the kind's notice, at most a
    quarter of the time that the act before it bought), never after that day and never before `today`.
    """
    if until < today:
        return KeepingPlan(until, problem=Unplannable.NOT_NEEDED)
    terms = terms_for(line, offer)
    if not any(rule.countdowns for rule in terms.versions):
        return KeepingPlan(until, problem=Unplannable.NO_RULE)
    if not any(number_clocks(rule) or number_fees(rule) for rule in terms.versions):
        return KeepingPlan(until, problem=Unplannable.NO_NUMBER)
    return _Search(line, acts, terms, today, until, lead_days or {}).run()


def end_of_planning(line: Line, today: Day, until: Day | None) -> Day:
    """Return the day to plan to: the one asked for, but no longer than the line is needed; else that, else a year."""
    if until is None:
        return line.needed_until or today.add(years=1)
    return until if line.needed_until is None else min(until, line.needed_until)


def yearly_cost(offer: Offer, today: Day) -> KeepingPlan:
    """Return what keeping a fresh line of `offer` takes for a year, or why that cannot be said; for comparing offers.

    The line is activated today, identified, without credit and does not renew itself. Acts lie on their last days: a lead
    would charge a year with a part of the next.
    """
    line = Line.model_validate(
        {
            "label": offer.id,
            "offer": offer.id,
            "opened_on": today,
            "activated_on": today,
            "identity": {"state": "yes"},
            "lead_days": 0,
        }
    )
    return plan_line(line, _fresh_credit(line, offer, today), offer, today, today.add(years=1))


def _fresh_credit(line: Line, offer: Offer, today: Day) -> list[Act]:
    """Return the reading of an empty credit, where the number hangs on the credit and would else stay unknown."""
    rules = terms_for(line, offer).versions
    lengths = (length for rule in rules for clock in number_clocks(rule) for length in clock.lengths)
    by_balance = any(isinstance(length, BalanceLength) for length in lengths)
    if not by_balance and not any(number_fees(rule) for rule in rules):
        return []
    balances = {"credit": Decimal(0), "currency": offer.currency}
    return [Act.model_validate({"line": 1, "kind": ActKind.BALANCE_READING, "day": today, "balances": balances})]


# The search --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sequence of acts has led. `planned` are the choices made, `places` the reach after each."""

    cost: Cost
    here: Reach
    acts: tuple[Act, ...]
    compared: tuple[Group, Vector]
    planned: tuple[tuple[Choice, Act], ...] = ()
    path: tuple[Reach, ...] = ()
    passed: int = 0


_Rank = tuple[Cost, int, tuple[int, ...]]


class _Search:
    """One search for one line."""

    def __init__(
        self, line: Line, acts: Sequence[Act], terms: Terms, today: Day, until: Day, lead_days: Mapping[str, int]
    ) -> None:
        self.line, self.terms, self.offer = line, terms, terms.offer
        self.today, self.until, self.lead_days = today, until, lead_days
        self.recorded = tuple(ordered(acts))
        self.boundaries = _boundaries(line, self.recorded, terms, today, until)
        self.traits: Traits = traits(terms, self.boundaries)
        self.choices = practical(choices(terms, today), terms, today)
        self.in_person: list[Choice] = []
        self.ways = WaysOut(self.choices, self.offer)
        self.helps = Helps(self.offer)
        self.templates: dict[int, Act] = {}
        self.looks = 0
        self.why: Why | None = None
        # What is recorded for a later day gains time that costs nothing more.
        self.pace = Pace() if self.boundaries else pace(self.choices, terms, today, lead_of(line, terms, lead_days))
        self.kept: dict[tuple[Group, Group], list[tuple[Cost, Vector]]] = {}

    def run(self) -> KeepingPlan:
        """Follow the cheapest way first until one keeps the number."""
        here = self._look(self.recorded, self.today)
        start = _Place(Cost(), here, self.recorded, self._compared(here, self.recorded))
        if start.here.over:
            return self._failed(Unplannable.LOST)
        queue: list[tuple[_Rank, int, _Place]] = [(self._rank(start), 0, start)]
        number = 0
        while queue:
            _rank, _number, place = heapq.heappop(queue)
            if self._is_known(place):
                continue
            if self._has_arrived(place):
                return self._plan(place)
            for further in self._further(place):
                number += 1
                heapq.heappush(queue, (self._rank(further), number, further))
            if self.looks > MOST_LOOKS:
                return self._failed(Unplannable.TOO_MANY)
        return self._explained(start)

    def _rank(self, place: _Place) -> _Rank:
        """Return what decides which place is followed first: the least it can come to.

        Of places that promise the same, the one that has got further goes first, then the one that was safe for longer
        from the first act on.
        """
        until = place.here.until
        gap = days_between(until or place.here.day, self.until) if place.here.unknown or until else 0
        latest = min((bound.latest for bound in place.here.bounds if bound.until < self.until), default=place.here.day)
        wait = days_between(max(latest, place.here.day), self.until)
        left = tuple(days_between(here.until, self.until) for here in place.path if here.until is not None)
        return self.pace.least(place.cost, gap, wait), gap, left

    def _look(self, acts: Sequence[Act], day: Day) -> Reach:
        self.looks += 1
        here = reach(self.line, acts, self.terms, day, self.ways, self.lead_days)
        for clock in here.unknown:
            unknown = next((step.why for step in clock.steps if step.kind is StepKind.UNKNOWN), None)
            if unknown is not None and self.why in (None, Why.NOTHING_RECORDED):
                self.why = unknown
        return here

    def _has_arrived(self, place: _Place) -> bool:
        if place.passed < len(self.boundaries) or not place.here.keeps(self.until):
            return False
        return bool(place.here.bounds) or not place.here.unknown

    def _is_known(self, place: _Place) -> bool:
        """Tell whether a way that costs no more has got as far; keep this one in mind otherwise."""
        group, vector = place.compared
        planned = [act for _choice, act in place.planned]
        fellows = self.kept.setdefault((group, (place.passed, *way(place.here, place.acts, planned, self.traits))), [])
        if any(cost <= place.cost and is_behind(vector, fellow) for cost, fellow in fellows):
            return True
        fellows.append((place.cost, vector))
        return False

    def _compared(self, here: Reach, acts: tuple[Act, ...]) -> tuple[Group, Vector]:
        credit = None
        if self.traits.credit:
            point = CreditHistory([act for act in acts if act.day <= here.day], self.offer).at(here.day)
            credit = None if point is None else point.amount
        return compared(here, acts, credit, self.traits, self.offer)

    def _further(self, place: _Place) -> Iterator[_Place]:
        """Yield the places one act on, and the same place on the day on which something changes by itself."""
        here = place.here
        if here.over:
            return
        boundary = self.boundaries[place.passed] if place.passed < len(self.boundaries) else None
        for choice in self._possible(place):
            for day in days_for(choice, here, self.until, self.helps, place.acts, boundary):
                further = self._after(place, choice, day)
                if further is None:
                    continue
                if further.compared != place.compared or (self.traits.sums and _adds_up(further)):
                    yield further
        if boundary is not None and self._can_wait(here, boundary):
            waited = self._look(place.acts, boundary)
            state = self._compared(waited, place.acts)
            yield _Place(place.cost, waited, place.acts, state, place.planned, place.path, place.passed + 1)

    def _possible(self, place: _Place) -> list[Choice]:
        """Return what can be done: what only a shop or a call undoes is done there, first of all."""
        if place.planned or not place.here.in_person:
            return self.choices
        if not self.in_person:
            self.in_person = choices(self.terms, self.today, in_person=(Channel.PHONE, Channel.SHOP))
        return self.in_person

    def _can_wait(self, here: Reach, day: Day) -> bool:
        """Tell whether nothing has to be done before `day`; what is recorded for it is not bound to any lead."""
        recorded = any(act.day == day for act in self.recorded)
        return all(
            bound.until >= self.until or (bound.until if recorded else bound.latest) >= day for bound in here.bounds
        )

    def _after(self, place: _Place, choice: Choice, day: Day) -> _Place | None:
        if day > self.until or not choice.sold_on(day):
            return None
        act = moved(self._template(choice), day, len(place.planned))
        acts = (*place.acts, act)
        found = self._look(acts, day)
        if found.over or found.hides_a_date(place.here):
            return None
        return _Place(
            place.cost.plus(choice.cost),
            found,
            acts,
            self._compared(found, acts),
            (*place.planned, (choice, act)),
            (*place.path, found),
            place.passed,
        )

    def _template(self, choice: Choice) -> Act:
        if id(choice) not in self.templates:
            self.templates[id(choice)] = choice.on(self.today, self.offer)
        return self.templates[id(choice)]

    # What came out -------------------------------------------------------------------------------------------------

    def _plan(self, place: _Place) -> KeepingPlan:
        acts = [self._planned(choice, act, here) for (choice, act), here in zip(place.planned, place.path, strict=True)]
        by_itself = [
            PlannedAct(
                day=each.day,
                kind=ActKind.PAYMENT,
                price=self._money(each.price),
                plan=each.plan,
                channel=None,
                is_use=False,
                kept_until=each.until,
                certainty=Certainty.GUESS,
                by_itself=True,
            )
            for each in renewals(self.line, self.recorded, self.terms, self.today, self.until)
        ]
        reaches = (place.here, *place.path)
        return KeepingPlan(
            until=self.until,
            acts=tuple(sorted([*acts, *by_itself], key=lambda act: act.day)),
            kept_until=place.here.until,
            certainty=min(here.certainty for here in reaches) if place.here.bounds else Certainty.GUESS,
            receive_only=self._counts_receive_only(place),
            unknown=tuple(clock.name for clock in place.here.unknown),
            looks=self.looks,
        )

    def _planned(self, choice: Choice, act: Act, here: Reach) -> PlannedAct:
        return PlannedAct(
            day=act.day,
            kind=choice.kind,
            price=None if choice.is_use else self._money(choice.price),
            plan=choice.plan,
            channel=choice.channel,
            is_use=choice.is_use,
            kept_until=here.until or act.day,
            certainty=here.certainty,
            at_least=choice.at_least,
        )

    def _money(self, amount: Decimal | None) -> Money | None:
        return None if amount is None else Money(amount=amount, currency=self.offer.currency)

    def _counts_receive_only(self, place: _Place) -> bool:
        """Tell whether some clock ends before the next act, or before the day that the number is needed until."""
        first = self._look(self.recorded, self.today)
        then = [act.day for _choice, act in place.planned]
        pairs = zip((first, *place.path), (*then, self.until), strict=True)
        return any(here.ends is not None and here.ends < day for here, day in pairs)

    def _explained(self, start: _Place) -> KeepingPlan:
        if start.here.in_person:
            return self._failed(Unplannable.IN_PERSON)
        if self.why is not None:
            return self._failed(Unplannable.LENGTH, self.why)
        bare = any(choice.kind is ActKind.TOP_UP and choice.price is None for choice in self.choices)
        return self._failed(Unplannable.NO_AMOUNT if bare else Unplannable.NOTHING_HELPS)

    def _failed(self, problem: Unplannable, why: Why | None = None) -> KeepingPlan:
        return KeepingPlan(self.until, problem=problem, why=why, looks=self.looks)


def _adds_up(place: _Place) -> bool:
    """Tell whether the last act was too little by itself: together with the next it may be enough."""
    act = place.acts[-1]
    reckoned = (*(bound.found for bound in place.here.bounds), *place.here.unknown)
    return any(
        remark.act is act and remark.kind is RemarkKind.TOO_LITTLE for found in reckoned for remark in found.remarks
    )


def _boundaries(line: Line, acts: Sequence[Act], terms: Terms, today: Day, until: Day) -> tuple[Day, ...]:
    """Return the days up to `until` on which something changes without a planned act: rules, recorded acts, the line."""
    days = {act.day for act in acts}
    days.update(day for day in (line.activated_on, line.opened_on, line.identity.day) if day is not None)
    if terms.is_dated:
        for rule in terms.versions:
            days.update([] if rule.valid_from is None else [rule.valid_from])
            days.update([] if rule.valid_to is None else [next_day(rule.valid_to)])
    return tuple(sorted(day for day in days if today < day <= until))
