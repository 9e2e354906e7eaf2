"""The case of a line on a day: what clocks and fees are reckoned from, and the days they count from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from simtui.domain.act import USES, Act, ActKind, Channel
from simtui.domain.balance import CreditHistory
from simtui.domain.calendar import Day
from simtui.domain.line import Line
from simtui.domain.offer import Offer
from simtui.domain.reckoning import Step, StepKind
from simtui.domain.rule import Anchor, Undo
from simtui.domain.terms import Terms

_BUYING = frozenset({ActKind.PLAN_PURCHASE, ActKind.PAYMENT})
_BEGUN_BY = {Anchor.ACTIVATION: frozenset({ActKind.ACTIVATION}), Anchor.PURCHASE: _BUYING, Anchor.FIRST_USE: USES}
_LIFE = USES | {ActKind.CALL_IN, ActKind.SMS_IN, ActKind.FEE}
"""What happens only to a line that has begun."""
_SHOWS_USE = _LIFE | {ActKind.ACTIVATION, ActKind.TOP_UP, ActKind.HOLD}
"""What shows that a line is activated, where nobody has said when it was."""
_PAYING = _BUYING | {ActKind.TOP_UP}
_IN_PERSON = {Channel.PHONE: Undo.SUPPORT_CALL, Channel.SHOP: Undo.SHOP_VISIT}


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
            day = self.activated
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

    def in_use(self, apart_from: str) -> Step | None:
        """Return what shows today that the line is activated: its own day, else the first act that only such a line has.

        That is also a date that the operator gave for any clock but `apart_from`, the one of the activation.
        """
        if self.activated is not None:
            return Step(StepKind.ACTIVATED, day=self.activated) if self.activated <= self.today else None
        stated = (act for act in self.acts if act.kind is ActKind.STATEMENT)
        of_others = [act for act in stated if not self.terms.speaks_of(act, apart_from)]
        shown = next((act for act in self.acts if act.kind in _SHOWS_USE or act in of_others), None)
        return None if shown is None else Step(StepKind.ACTIVATED, day=shown.day, act=shown)

    def _first(self, anchor: Anchor) -> Act | None:
        kinds = _BEGUN_BY.get(anchor)
        if kinds is None or kinds.isdisjoint(self.kinds):
            return None
        if anchor is Anchor.FIRST_USE:
            return next((act for act in self.acts if is_own_use(act)), None)
        if anchor is Anchor.ACTIVATION:
            begun = (act for act in self.acts if act.kind is ActKind.ACTIVATION and act.day == self.activated)
            return next(begun, None)
        return next((act for act in self.acts if act.kind in kinds), None)


def begun_on(line: Line, acts: Sequence[Act], offer: Offer, today: Day) -> Day | None:
    """Return the day on which the line was activated, as it says itself, else by the first activation in the ordered `acts`.

    An activation that wakes a line in a shop or over the phone is not its beginning: what was done before counts.
    """
    if line.activated_on is not None:
        return line.activated_on
    first = next((act for act in acts if act.kind is ActKind.ACTIVATION and act.day <= today), None)
    if first is None:
        return None
    earlier = {act.kind for act in acts if act.day < first.day}
    shows_life = _LIFE | _PAYING if _wakes(first, offer) else _LIFE
    return None if shows_life & earlier else first.day


def _wakes(act: Act, offer: Offer) -> bool:
    """Tell whether the act is what the rule asks for to bring a line back from a stage: a visit to a shop, a call."""
    way = _IN_PERSON.get(act.channel) if act.channel is not None else None
    parts = (part for rule in offer.rules for part in rule.countdowns)
    return any(way in stage.undo for part in parts if isinstance(part.after, tuple) for stage in part.after)


def is_before(act: Act, activated: Day | None) -> bool:
    """Tell whether the act lies before the activation; papers are shown before it as well."""
    return activated is not None and act.day < activated and act.kind is not ActKind.IDENTIFICATION


def is_own_use(act: Act) -> bool:
    """Tell whether the act is use of the line that operators count: not free, emergency or Wi-Fi use."""
    return act.kind in USES and act.is_ordinary


def buys_plan(act: Act) -> bool:
    """Tell whether the act bought a plan; one that renews itself is paid for, not bought again."""
    return act.kind is ActKind.PLAN_PURCHASE or (act.kind is ActKind.PAYMENT and act.plan is not None)
