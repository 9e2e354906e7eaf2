"""What an act would lead to, without saving it: for plans, forms and the banner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from simtui.domain.act import LAST_PLACE, Act, ActKind
from simtui.domain.calendar import Day, Period, months_between
from simtui.domain.line import Knowledge, Line
from simtui.domain.offer import Offer, Plan, TopUp
from simtui.domain.reckoning import Certainty, StepKind
from simtui.domain.record import Text
from simtui.domain.rule import Loses
from simtui.domain.standing import Phase, Standing, standing

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What buying one thing today leads to.

    `item` is the top-up or plan, `act` the act that buying it would be. `safe_until` is the day until which the number
    would then be safe, absent when unknown, and `certainty` how sure that is; `keeps_number` tells whether that is later than now;
    `has_number` that there is one to be lost: of a data card only the data last, until `service_until`. `per_month` is the
    price over the months that it buys, in the offer's currency: from today, or where it adds to time that is left, from
    the end of that; `receive_only` says that it counts time in which the line only receives.
    """

    item: TopUp | Plan
    act: Act
    name: Text | None
    price: Decimal | None
    validity: Period | None
    safe_until: Day | None
    service_until: Day | None
    certainty: Certainty
    service_certainty: Certainty
    keeps_number: bool
    has_number: bool
    unknown: bool
    per_month: Decimal | None
    receive_only: bool


def outcomes(line: Line, acts: Sequence[Act], offer: Offer, today: Day) -> list[Outcome]:
    """Return what each top-up and plan of the offer would lead to if it were bought today."""
    before = standing(line, acts, offer, today)
    bought = [(item, _top_up(item, offer, today)) for item in offer.top_ups]
    items: list[tuple[TopUp | Plan, Act]] = [*bought, *((plan, _purchase(plan, offer, today)) for plan in offer.plans)]
    return [_outcome(item, act, before, standing(line, [*acts, act], offer, today), today) for item, act in items]


def cheapest(found: Sequence[Outcome]) -> Outcome | None:
    """Return the outcome that keeps the number at the least cost per month, or None where nothing priced does."""
    priced = [outcome for outcome in found if outcome.keeps_number and outcome.per_month is not None]
    return min(priced, key=lambda outcome: (outcome.per_month or Decimal(0), outcome.price or Decimal(0)), default=None)


def _top_up(item: TopUp, offer: Offer, today: Day) -> Act:
    return Act(line=1, kind=ActKind.TOP_UP, day=today, order=LAST_PLACE, amount=item.amount, currency=offer.currency)


def _purchase(plan: Plan, offer: Offer, today: Day) -> Act:
    # A plan that renews itself is not bought again: it is paid for.
    kind = ActKind.PAYMENT if plan.renews_itself is Knowledge.YES else ActKind.PLAN_PURCHASE
    currency = None if plan.price is None else offer.currency
    return Act(line=1, kind=kind, day=today, order=LAST_PLACE, plan=plan.id, amount=plan.price, currency=currency)


def _outcome(item: TopUp | Plan, act: Act, before: Standing, after: Standing, today: Day) -> Outcome:
    price = act.amount
    keeps = _gains(before, after)
    safe = after.number_safe_until if keeps else None
    months = None if safe is None else max(months_between(_bought_from(before, after, today), safe), 0.0)
    per_month = None if price is None or not months else (price / Decimal(months)).quantize(_CENT)
    service = after.full_service_until or data_until(after)
    return Outcome(
        item=item,
        act=act,
        name=item.name if isinstance(item, Plan) else None,
        price=price,
        validity=item.validity,
        safe_until=safe,
        service_until=service,
        certainty=after.safe_certainty,
        service_certainty=after.full_service_certainty,
        keeps_number=keeps,
        has_number=any(clock.leads_to_loss or clock.loses is Loses.NUMBER for clock in after.clocks),
        unknown=_loses_sight(before, after),
        per_month=per_month,
        receive_only=safe is not None and service is not None and service < safe,
    )


def _bought_from(before: Standing, after: Standing, today: Day) -> Day:
    """Return the day from which the time counts that was bought: not what the line had already.

    Of the number's clocks that the purchase moved, the one that comes first decides.
    """
    had = {clock.clock: clock.ends_on for clock in before.clocks}
    moved = [clock for clock in after.clocks if clock.leads_to_loss and clock.ends_on != had.get(clock.clock)]
    deciding = min(moved, key=lambda clock: clock.ends_on or Day.MAX, default=None)
    lengths = [] if deciding is None else [step for step in deciding.steps if step.kind is StepKind.LENGTH]
    base = lengths[-1].day if lengths else None
    return today if base is None else max(today, base)


def _gains(before: Standing, after: Standing) -> bool:
    if after.number_safe_until is None or after.phase is Phase.LOST:
        return False
    return before.number_safe_until is None or after.number_safe_until > before.number_safe_until


def data_until(after: Standing) -> Day | None:
    """Return how long the data lasts, which is all that a card without a number has."""
    ends = [clock.ends_on for clock in after.clocks if clock.loses is Loses.DATA and clock.ends_on is not None]
    return min(ends, default=None)


def _loses_sight(before: Standing, after: Standing) -> bool:
    """Tell whether the purchase counts, but for how long is not known."""
    sights = {clock.clock: clock.steps for clock in before.clocks}
    return any(
        clock.leads_to_loss and clock.ends_on is None and sights.get(clock.clock) != clock.steps
        for clock in after.clocks
    )
