"""The case of a line on a day: what clocks and fees are reckoned from, and the days they count from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from simtui.domain.act import USES, Act, ActKind
from simtui.domain.balance import CreditHistory
from simtui.domain.calendar import Day
from simtui.domain.line import Line
from simtui.domain.rule import Anchor
from simtui.domain.terms import Terms

_BEGUN_BY = {
    Anchor.ACTIVATION: frozenset({ActKind.ACTIVATION}),
    Anchor.PURCHASE: frozenset({ActKind.PLAN_PURCHASE, ActKind.PAYMENT}),
    Anchor.FIRST_USE: USES,
}


class Case(NamedTuple):
    """All that a clock needs to know: the line, its rule, and its acts up to today, in order.

    Acts before the day of activation (`activated`) are only for the clocks that take plans bought to begin later. `kinds`
    are those of the acts, and perhaps more: most clocks ask for one that is not there.
    """

    line: Line
    terms: Terms
    acts: Sequence[Act]
    credit: CreditHistory
    today: Day
    kinds: frozenset[ActKind]
    activated: Day | None = None

    def anchor_day(self, anchor: Anchor) -> Day | None:
        """Return the day from which clocks count, as far as it is known today.

        A plan's end is not one day but moves with each plan: the clock follows it itself.
        """
        day: Day | None = None
        if anchor is Anchor.ACTIVATION:
            day = self.line.activated_on
        elif anchor is Anchor.PURCHASE:
            day = self.line.opened_on
        if day is None:
            first = self._first(anchor)
            day = None if first is None else first.day
        return day if day is not None and day <= self.today else None

    def anchor_act(self, anchor: Anchor) -> Act | None:
        """Return the act that the anchor is: the one that was recorded on its day, if any."""
        first = self._first(anchor)
        return first if first is not None and first.day == self.anchor_day(anchor) else None

    def _first(self, anchor: Anchor) -> Act | None:
        kinds = _BEGUN_BY.get(anchor)
        if kinds is None or kinds.isdisjoint(self.kinds):
            return None
        if anchor is Anchor.FIRST_USE:
            return next((act for act in self.acts if is_own_use(act)), None)
        return next((act for act in self.acts if act.kind in kinds), None)


def is_before(act: Act, activated: Day | None) -> bool:
    """Tell whether the act lies before the activation; papers are shown before it as well."""
    return activated is not None and act.day < activated and act.kind is not ActKind.IDENTIFICATION


def is_own_use(act: Act) -> bool:
    """Tell whether the act is use of the line that operators count: not free, emergency or Wi-Fi use."""
    return act.kind in USES and act.mark is None


def buys_plan(act: Act) -> bool:
    """Tell whether the act bought a plan; one that renews itself is paid for, not bought again."""
    return act.kind is ActKind.PLAN_PURCHASE or (act.kind is ActKind.PAYMENT and act.plan is not None)
