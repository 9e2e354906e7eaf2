"""What an offer asks for to keep its number, in the few facts by which offers are compared before buying.

The whole rule stays where it is; what stands here is its clock that asks first on a new line, and what follows its end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from simtui.domain.act import USES, ActKind
from simtui.domain.calendar import Day, Period, approximate_days
from simtui.domain.choices import number_clocks, number_fees
from simtui.domain.line import Knowledge, Line
from simtui.domain.offer import Offer, OfferKind
from simtui.domain.planner import KeepingPlan
from simtui.domain.reckoning import Certainty, certainty_of
from simtui.domain.rule import (
    AfterEnd,
    AmountLength,
    BalanceLength,
    Clock,
    Fee,
    FixedLength,
    Length,
    PlanLength,
    Rule,
    Stage,
    StageName,
    UnknownLength,
    Works,
)
from simtui.domain.terms import terms_for

_RECEIVING = frozenset({StageName.RECEIVE_ONLY, StageName.SMS_ONLY})
_COMES_IN = frozenset({Works.CALLS_IN, Works.SMS_IN})
_ALWAYS_ESIM = frozenset({OfferKind.ESIM, OfferKind.TRAVEL_ESIM})
_NO_PAPERS = "no identity"
"""How the catalogue begins to say that no papers are asked for."""


class By(StrEnum):
    """What keeps a number, in one word."""

    TOP_UP = "top_up"
    PLAN = "plan"
    PAYMENT = "payment"
    USE = "use"
    FEE = "fee"
    PAPERS = "papers"
    OTHER = "other"


_BY = {
    ActKind.TOP_UP: By.TOP_UP,
    ActKind.PLAN_PURCHASE: By.PLAN,
    ActKind.PAYMENT: By.PAYMENT,
    ActKind.IDENTIFICATION: By.PAPERS,
    **dict.fromkeys((*USES, ActKind.CALL_IN, ActKind.SMS_IN), By.USE),
}


@dataclass(frozen=True, slots=True)
class Span:
    """How long something lasts, from the least to the most that money buys; equal where it is always the same."""

    least: Period
    most: Period

    @property
    def days(self) -> int:
        """About how many days it lasts at least, for comparing."""
        return round(approximate_days(self.least))

    def then(self, other: Span) -> Span:
        """Return this and then the other, unit by unit."""
        return Span(_together(self.least, other.least), _together(self.most, other.most))


def _together(first: Period, second: Period) -> Period:
    units: Counter[str] = Counter(dict(first.items()))
    units.update(dict(second.items()))
    return Period(**units)


@dataclass(frozen=True, slots=True)
class Keeping:
    """What keeps the number of a new line: the clock that asks first, or a fee where there is no clock.

    `part` is None where no rule is known, or where there is no number (`data_only`). `span` is None where the length is
    unknown or follows from something else: a plan, a unit of money. `grace` is the time after the end in which calls or
    messages still come in: no days where nothing does, None where nobody knows.
    """

    part: Clock | Fee | None = None
    data_only: bool = False
    span: Span | None = None
    by: tuple[By, ...] = ()
    grace: Span | None = None
    certainty: Certainty = Certainty.GUESS


def keeping_of(offer: Offer, today: Day) -> Keeping:
    """Return what keeps the number of a line of `offer` that is opened today."""
    line = Line.model_construct(label=offer.id, offer=offer.id, opened_on=today, activated_on=today, variant=None)
    rule = terms_for(line, offer).rule_on(today)
    if rule is None or not rule.countdowns:
        return Keeping()
    part = _asks_first(rule, offer)
    if part is None:
        return Keeping(data_only=True)
    return Keeping(
        part=part,
        span=_span(part, offer),
        by=_by(part),
        grace=_grace(part.after),
        certainty=certainty_of(part, offer),
    )


def esim_of(offer: Offer) -> Knowledge:
    """Return whether the offer comes as an eSIM; one that is nothing else does."""
    return Knowledge.YES if offer.kind in _ALWAYS_ESIM else offer.esim.available


def papers_of(offer: Offer) -> Knowledge:
    """Return whether papers are asked for: what the catalogue tells of them, else it is not known."""
    if offer.papers is None:
        return Knowledge.UNKNOWN
    return Knowledge.NO if offer.papers.en.casefold().startswith(_NO_PAPERS) else Knowledge.YES


def known_cost(plan: KeepingPlan) -> Decimal | None:
    """Return what the plan costs as far as it is known, use counting as nothing; None where it cannot be said."""
    if plan.problem is not None:
        return None
    total = plan.total
    if total is None:
        return None if plan.unpriced else Decimal(0)
    return total.amount


def costs_more(plan: KeepingPlan) -> bool:
    """Tell whether the known cost leaves something out."""
    return plan.at_least or plan.unpriced > 0


def _asks_first(rule: Rule, offer: Offer) -> Clock | Fee | None:
    """Return the clock that gives the least time, before clocks of unknown length a fee.

    Papers are shown once, and a line is activated once: neither counts as keeping.
    """
    clocks = [clock for clock in number_clocks(rule) if not clock.is_met_once]
    known = [(span, clock) for clock in clocks if (span := _span(clock, offer)) is not None]
    if known:
        return min(known, key=lambda pair: approximate_days(pair[0].least))[1]
    fees = number_fees(rule)
    if fees and all(isinstance(clock.length, UnknownLength) for clock in clocks):
        return fees[0]
    return next(iter(clocks), None)


def _span(part: Clock | Fee, offer: Offer) -> Span | None:
    if isinstance(part, Clock):
        each = [span for span in (_span_of(part.length), *_spans_of_some(part, offer)) if span is not None]
        return _around(each) if each else None
    every = part.idle_after or part.every or Period(months=1)
    return Span(every, every)


def _around(spans: Sequence[Span]) -> Span:
    """Return the span from the least of all to the most."""
    least = min((span.least for span in spans), key=approximate_days)
    return Span(least, max((span.most for span in spans), key=approximate_days))


def _spans_of_some(clock: Clock, offer: Offer) -> Iterator[Span | None]:
    """Yield what some acts give instead of the clock's own length; a plan that is named has its validity."""
    for trigger in clock.restarts_on:
        if isinstance(trigger.length, PlanLength):
            plans = [offer.plan(plan_id) for plan_id in trigger.plans]
            periods = [plan.validity for plan in plans if plan is not None and plan.validity is not None]
            yield from (Span(period, period) for period in periods)
        elif trigger.length is not None:
            yield _span_of(trigger.length)


def _span_of(length: Length) -> Span | None:
    match length:
        case FixedLength():
            return Span(length.period, length.period)
        case AmountLength() | BalanceLength():
            periods = [tier.period for tier in length.tiers if tier.period is not None]
            if periods:
                return Span(min(periods, key=approximate_days), max(periods, key=approximate_days))
    return None


def _by(part: Clock | Fee) -> tuple[By, ...]:
    if isinstance(part, Fee):
        reset = [_BY.get(kind, By.OTHER) for kind in part.reset_by]
        return tuple(dict.fromkeys([*reset, By.FEE]))
    found = [_BY.get(kind, By.OTHER) for trigger in part.restarts_on for kind in trigger.acts]
    if part.auto_renews and not found:
        found.append(By.PAYMENT)
    return tuple(dict.fromkeys(found))


def _grace(after: AfterEnd | None) -> Span | None:
    if after == "unknown":
        return None
    grace = Span(Period(days=0), Period(days=0))
    for stage in after if isinstance(after, tuple) else ():
        if not _receives(stage):
            break
        span = _span_of(stage.length)
        if span is None:
            return None
        grace = span if not grace.most.sign() else grace.then(span)
    return grace


def _receives(stage: Stage) -> bool:
    return stage.name in _RECEIVING or not _COMES_IN.isdisjoint(stage.works)
