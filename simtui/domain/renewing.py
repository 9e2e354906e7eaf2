"""What a line that renews itself will pay, without anybody's act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from simtui.domain.act import Act
from simtui.domain.calendar import Day, Period, next_day, repeated
from simtui.domain.fee_days import following
from simtui.domain.line import Knowledge, Line
from simtui.domain.offer import Offer, Plan
from simtui.domain.rule import Clock, Fee, FixedLength, PlanKind
from simtui.domain.standing import standing
from simtui.domain.terms import Terms

_MOST = 2000


@dataclass(frozen=True, slots=True)
class Renewed:
    """One payment that the line makes by itself; `price` is absent where nobody knows it."""

    day: Day
    until: Day
    price: Decimal | None
    plan: Plan | None


def renewals(line: Line, acts: Sequence[Act], terms: Terms, today: Day, until: Day) -> list[Renewed]:
    """Return the payments up to `until` by which a line renews itself, in order; none where it does not."""
    rule = terms.rule_on(today)
    if rule is None or line.auto_renew is not Knowledge.YES:
        return []
    parts: dict[str, Clock | Fee] = {part.id: part for part in rule.clocks}
    parts |= {part.id: part for part in rule.fees}
    found: list[Renewed] = []
    for clock in standing(line, acts, terms.offer, today).clocks:
        if clock.by_itself and clock.leads_to_loss and clock.ends_on is not None:
            plan = _plan_paid(acts, terms.offer)
            found += _payments(parts[clock.clock], clock.ends_on, until, plan)
    return sorted(found, key=lambda payment: payment.day)


def _payments(part: Clock | Fee, first: Day, until: Day, plan: Plan | None) -> Iterator[Renewed]:
    """Yield a payment on every end before `until`."""
    if isinstance(part, Clock):
        assert isinstance(part.length, FixedLength)
        days = _every(first, part.length.period)
        price = None if plan is None else plan.price
    else:
        days = _every(first, part.every) if part.every is not None else _monthly(part, first)
        price, plan = part.amount, None
    day = first
    for _number in range(_MOST):
        if day >= until:
            return
        then = next(days)
        yield Renewed(day, then, price, plan)
        if then <= day:
            return
        day = then


def _every(first: Day, period: Period) -> Iterator[Day]:
    yield from (repeated(first, period, number) for number in range(1, _MOST + 1))


def _monthly(fee: Fee, first: Day) -> Iterator[Day]:
    day = first
    while True:
        day = following(fee, day)
        yield day if day > first else next_day(first)


def _plan_paid(acts: Sequence[Act], offer: Offer) -> Plan | None:
    """Return the plan that the line pays for: the last one recorded, else the only one that renews itself."""
    for act in sorted(acts, key=lambda act: act.day, reverse=True):
        plan = offer.plan(act.plan)
        if plan is not None:
            return plan
    renewing = [
        plan for plan in offer.plans if plan.renews_itself is Knowledge.YES and plan.kind is not PlanKind.VALUE_ADDED
    ]
    return renewing[0] if len(renewing) == 1 else None
