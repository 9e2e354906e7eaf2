"""The planner without any cleverness: every thing on every day, to hold the real one against on small cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simtui.domain.act import Act, ActKind, in_order
from simtui.domain.calendar import Day
from simtui.domain.choices import Choice, Cost, WaysOut, _offered
from simtui.domain.line import Line
from simtui.domain.offer import Offer
from simtui.domain.planner import KeepingPlan, _boundaries
from simtui.domain.reach import Helps, Reach, latest_day, reach
from simtui.domain.standing import Phase, standing
from simtui.domain.terms import terms_for

MOST_ACTS = 6
"""Use costs nothing that counts against a price, so its number is bounded here."""


_TRIED = frozenset({ActKind.TOP_UP, ActKind.PLAN_PURCHASE, ActKind.SMS_OUT})


class TooMuch(Exception):
    """The case is too large to be tried out in full."""


class Brute:
    """Tries all sequences cheaper than a bound, day by day, with no two ways ever compared."""

    def __init__(self, line: Line, acts: Sequence[Act], offer: Offer, today: Day, until: Day) -> None:
        self.line, self.offer, self.today, self.until = line, offer, today, until
        self.acts = tuple(sorted(acts, key=in_order))
        self.terms = terms_for(line, offer)
        self.choices = [
            choice
            for choice in _offered(self.terms)
            if choice.kind in _TRIED and (choice.price or choice.is_use or choice.plan)
        ]
        self.ways = WaysOut(self.choices, offer)
        self.boundaries = _boundaries(line, self.acts, self.terms, today, until)
        self.helps = Helps(offer)
        self.left = 600

    def cheaper_than(self, bound: Cost) -> Cost | None:
        """Return the cost of any sequence that costs less than `bound`, None where there is none."""
        return self._search(self._look(self.acts, self.today), self.acts, Cost(), bound, 0)

    def _look(self, acts: Sequence[Act], day: Day) -> Reach:
        self.left -= 1
        if self.left < 0:
            raise TooMuch
        return reach(self.line, acts, self.terms, day, self.ways, {})

    def _search(self, here: Reach, acts: tuple[Act, ...], cost: Cost, bound: Cost, passed: int) -> Cost | None:
        if here.over:
            return None
        boundary = self.boundaries[passed] if passed < len(self.boundaries) else None
        if boundary is None and here.keeps(self.until) and (here.bounds or not here.unknown):
            return cost if cost < bound else None
        for choice, day in self._moves(here, boundary):
            total = cost.plus(choice.cost)
            if total >= bound or len(acts) >= len(self.acts) + MOST_ACTS:
                continue
            further = (*acts, choice.on(day, self.offer, len(acts)))
            found = self._look(further, day)
            # Use that changes nothing is no step: it would only make "now" of a day that lies after the lead.
            if choice.is_use and _dates(found) == _dates(here):
                continue
            if not found.hides_a_date(here):
                cheaper = self._search(found, further, total, bound, passed)
                if cheaper is not None:
                    return cheaper
        if boundary is not None and self._can_wait(here, boundary):
            return self._search(self._look(acts, boundary), acts, cost, bound, passed + 1)
        return None

    def _moves(self, here: Reach, boundary: Day | None) -> Iterator[tuple[Choice, Day]]:
        for choice in self.choices:
            day = here.day
            latest = min(latest_day(choice, here, self.until, self.helps) if here.bounds else day, self.until)
            while day <= latest and (day == here.day or boundary is None or day < boundary):
                if choice.sold_on(day):
                    yield choice, day
                day = day.next_day()

    def _can_wait(self, here: Reach, day: Day) -> bool:
        recorded = any(act.day == day for act in self.acts)
        return all(
            bound.until >= self.until or (bound.until if recorded else bound.latest) >= day for bound in here.bounds
        )


def _dates(here: Reach) -> list[object]:
    return [[(bound.ends, bound.until, bound.latest) for bound in here.bounds], [each.clock for each in here.unknown]]


def cost_of(plan: KeepingPlan) -> Cost:
    """Return what a plan costs, in the order in which plans are compared."""
    total = plan.total
    amount = Cost() if total is None else Cost(amount=total.amount)
    return amount.plus(Cost(unpriced=plan.unpriced, uses=plan.uses))


def acts_of(plan: KeepingPlan, offer: Offer) -> list[Act]:
    """Return a plan's acts as they would be recorded."""
    return [
        Choice(
            each.kind, None if each.price is None else each.price.amount, each.plan, each.channel, is_use=each.is_use
        ).on(each.day, offer, number)
        for number, each in enumerate(plan.acts)
        if not each.by_itself
    ]


def first_day_unsafe(line: Line, acts: Sequence[Act], offer: Offer, today: Day, until: Day) -> Day | None:
    """Return the first day up to `until` on which the engine does not call the number safe."""
    day = today
    while day <= until:
        found = standing(line, acts, offer, day)
        if found.phase is Phase.LOST or (found.number_safe_until is not None and found.number_safe_until < day):
            return day
        day = day.next_day()
    return None
