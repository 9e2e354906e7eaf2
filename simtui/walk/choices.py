"""What can be bought in a walk: each thing with what it leads to, the cheapest that suffices marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from simtui import planning, words
from simtui.domain.calendar import Day
from simtui.domain.money import shown_amount
from simtui.domain.offer import Offer, OfferKind, Plan, TopUp
from simtui.domain.planner import KeepingPlan
from simtui.domain.reckoning import Certainty
from simtui.domain.renewal import Renewal, RenewalItem
from simtui.domain.standing import Phase
from simtui.domain.walkthrough import value
from simtui.domain.whatif import Outcome, data_until
from simtui.errors import InputError
from simtui.holding import Holding
from simtui.i18n import _, ngettext
from simtui.own_offers import is_yours
from simtui.walk.scene import ChoiceLine

NEEDED_UNTIL, GIGABYTES, USE = "needed-until", "gigabytes", "use"
USES = {"light": 3 * 1024, "heavy": 20 * 1024}
"""The data that somebody needs who only says how it is used, as the field's hint says it."""
OTHER = "other"


def item_id(item: TopUp | Plan) -> str:
    """Return the id by which a front end chooses something: `top-up:10`, `plan:mini`."""
    return f"plan:{item.id}" if isinstance(item, Plan) else f"top-up:{shown_amount(item.amount)}"


def id_of(item: RenewalItem) -> str:
    """Return the same id for something that was chosen."""
    if item.plan is not None:
        return f"plan:{item.plan}"
    if item.name is not None:
        return f"{OTHER}:{item.name}"
    return "top-up:" + ("?" if item.amount is None else shown_amount(item.amount))


def lines(holdings: Sequence[Holding], renewal: Renewal) -> list[ChoiceLine]:
    """Return what can be bought for held lines of one offer: what suffices first, cheapest month first.

    Of several lines each gets the same; what is promised holds for all of them.
    """
    needed, data = _needed(renewal)
    outcomes = [_least(each) for each in zip(*map(_led_to, holdings), strict=True)]
    best = _cheapest(outcomes, needed, data)
    chosen = {id_of(item) for item in renewal.items}
    order = sorted(outcomes, key=lambda each: _rank(each, needed, data))
    dateless = any(_is_dateless(holding) for holding in holdings)
    found = [
        _line(each, holdings[0].offer, needed, data, best=best, chosen=chosen)._replace(
            remark=_remark(each, dateless=dateless)
        )
        for each in order
    ]
    return [*found, *_others(renewal, {line.id for line in found})]


def _is_dateless(holding: Holding) -> bool:
    """Tell whether nobody knows until when the number is safe: then nobody knows what does not keep it either."""
    return holding.standing.number_safe_until is None and holding.standing.phase is not Phase.LOST


def _led_to(holding: Holding) -> list[Outcome]:
    """Return what each thing leads to; dates that stay as they are would look as if it led to them.

    The days of a travel plan count from a first use that nobody knows: what is shown then is a guess, as if it were today.
    """
    now = holding.standing
    if holding.offer.kind is OfferKind.TRAVEL_ESIM and now.full_service_until is None:
        until = data_until(now)
        return [
            _from_today(each, holding.today) if each.service_until in (None, until) else each
            for each in holding.outcomes
        ]
    return [
        outcome
        if outcome.keeps_number or outcome.unknown or not outcome.has_number
        else replace(
            outcome,
            service_until=None if outcome.service_until == now.full_service_until else outcome.service_until,
            safe_until=None if outcome.safe_until == now.number_safe_until else outcome.safe_until,
        )
        for outcome in holding.outcomes
    ]


def _from_today(outcome: Outcome, today: Day) -> Outcome:
    until = None if outcome.validity is None else today.add(outcome.validity)
    return replace(outcome, service_until=until, service_certainty=Certainty.GUESS)


def differ(holdings: Sequence[Holding]) -> bool:
    """Tell whether the same purchase leads to other dates for one line than for another."""
    each = zip(*map(_led_to, holdings), strict=True)
    return any(len({(one.service_until, one.safe_until, one.per_month) for one in same}) > 1 for same in each)


def _least(found: Sequence[Outcome]) -> Outcome:
    """Return what one purchase does for every one of several lines at least: the first dates, the dearest month."""
    return replace(
        found[0],
        safe_until=_first([each.safe_until for each in found]),
        service_until=_first([each.service_until for each in found]),
        certainty=min(each.certainty for each in found),
        service_certainty=min(each.service_certainty for each in found),
        keeps_number=all(each.keeps_number for each in found),
        has_number=any(each.has_number for each in found),
        unknown=any(each.unknown for each in found),
        per_month=_dearest([each.per_month for each in found]),
        receive_only=all(each.keeps_number for each in found) and any(each.receive_only for each in found),
    )


def _first(days: Sequence[Day | None]) -> Day | None:
    known = [day for day in days if day is not None]
    return min(known) if len(known) == len(days) else None


def _dearest(prices: Sequence[Decimal | None]) -> Decimal | None:
    known = [price for price in prices if price is not None]
    return max(known) if len(known) == len(prices) else None


def offered(offer: Offer, renewal: Renewal, today: Day) -> list[ChoiceLine]:
    """Return what can be bought at a first purchase, where no line has a standing yet: the dates are a guess.

    Nobody knows when it will be used first; they say what holds if that is today.
    """
    needed, data = _needed(renewal)
    chosen = {id_of(item) for item in renewal.items}
    ends = {plan.id: None if plan.validity is None else today.add(plan.validity) for plan in offer.plans}
    enough = [plan for plan in offer.plans if _is_enough(plan, ends[plan.id], needed, data)]
    priced = [plan for plan in enough if plan.price is not None]
    best = min(priced, key=lambda plan: plan.price or Decimal(0), default=None)
    found = [
        ChoiceLine(
            id=item_id(plan),
            name=words.text(plan.name),
            price="" if plan.price is None else words.money(plan.price, offer.currency),
            valid="" if plan.validity is None else words.period(plan.validity),
            service_until=_marked(ends[plan.id], Certainty.GUESS),
            safe_until="",
            per_month="",
            data=_data(plan),
            suffices=plan in enough,
            cheapest=plan is best,
            chosen=item_id(plan) in chosen,
            receive_only=False,
            yours=is_yours(plan),
        )
        for plan in offer.plans
    ]
    return [*found, *_others(renewal, {line.id for line in found})]


def _is_enough(plan: Plan, ends_on: Day | None, needed: Day | None, data: int) -> bool:
    lasts = needed is None or (ends_on is not None and needed <= ends_on)
    return lasts and _holds(plan, data)


def toggled(renewal: Renewal, choice: str, offer: Offer) -> list[RenewalItem]:
    """Return what is chosen after choosing, or unchoosing, something: one top-up at most, plans beside it.

    Raises:
        InputError: If there is no such thing.
    """
    if any(id_of(item) == choice for item in renewal.items):
        return [item for item in renewal.items if id_of(item) != choice]
    plan = next((plan for plan in offer.plans if item_id(plan) == choice), None)
    if plan is not None:
        currency = None if plan.price is None else offer.currency
        return [*renewal.items, RenewalItem(plan=plan.id, amount=plan.price, currency=currency)]
    top_up = next((top_up for top_up in offer.top_ups if item_id(top_up) == choice), None)
    if top_up is None:
        raise InputError(_("there is nothing of that kind to choose"), place=choice)
    others = [each for each in renewal.items if each.plan is not None or each.name is not None]
    return [*others, RenewalItem(amount=top_up.amount, currency=offer.currency)]


def with_other(renewal: Renewal, amount: Decimal, currency: str, name: str) -> list[RenewalItem]:
    """Return what is chosen after adding an amount, or a thing, that the catalogue does not list."""
    new = RenewalItem(amount=amount, currency=currency, name=name or None)
    others = [each for each in renewal.items if id_of(each) != id_of(new)]
    if not name:
        others = [each for each in others if each.plan is not None or each.name is not None]
    return [*others, new]


def advice(holding: Holding, renewal: Renewal) -> str:
    """Return what to do where nothing that is sold lasts long enough alone: the cheapest acts one after the other."""
    needed, data = _needed(renewal)
    if needed is None or any(_suffices(outcome, needed, data) for outcome in holding.outcomes):
        return ""
    plan = planning.plan_of(holding, needed).plan
    if plan.problem is not None or not plan.acts:
        return _("Nothing that the catalogue lists lasts until {day}.").format(day=needed.format_iso())
    return _in_words(plan, needed)


def _in_words(plan: KeepingPlan, needed: Day) -> str:
    first = plan.acts[0]
    told = ngettext(
        "Nothing lasts until {day} alone. Cheapest: {n} act, first {what} on {first}.",
        "Nothing lasts until {day} alone. Cheapest: {n} acts, first {what} on {first}.",
        len(plan.acts),
    )
    what = words.joined(planning.what(first), planning.price(first))
    return told.format(day=needed.format_iso(), n=len(plan.acts), what=what, first=first.day.format_iso())


def _needed(renewal: Renewal) -> tuple[Day | None, int]:
    """Return how long the line is wanted and how much data, in mebibytes, 0 where nobody said."""
    until, data = value(renewal, NEEDED_UNTIL), value(renewal, GIGABYTES)
    usual = USES.get(value(renewal, USE), 0)
    return (Day.parse_iso(until) if until else None), (int(data) if data else usual)


def _line(
    outcome: Outcome, offer: Offer, needed: Day | None, data: int, *, best: Outcome | None, chosen: set[str]
) -> ChoiceLine:
    item = outcome.item
    return ChoiceLine(
        id=item_id(item),
        name=words.item_name(item),
        price="" if outcome.price is None else words.money(outcome.price, offer.currency),
        valid="" if outcome.validity is None else words.period(outcome.validity),
        service_until=_marked(outcome.service_until, outcome.service_certainty),
        safe_until=_marked(outcome.safe_until, outcome.certainty),
        per_month="" if outcome.per_month is None else words.money(outcome.per_month, offer.currency),
        data=_data(item),
        suffices=_suffices(outcome, needed, data),
        cheapest=outcome is best,
        chosen=item_id(item) in chosen,
        receive_only=outcome.receive_only,
        yours=is_yours(item),
    )


def _marked(day: Day | None, certainty: Certainty) -> str:
    return "" if day is None else f"{words.certainty_mark(certainty)}{day.format_iso()}"


def _remark(outcome: Outcome, *, dateless: bool) -> str:
    if outcome.unknown and outcome.service_until is not None:
        return _("the number's own day is not known")
    if outcome.unknown:
        return _("for how long is not known")
    if outcome.keeps_number or not outcome.has_number:
        return ""
    return _("whether it keeps the number is not known") if dateless else _("does not keep the number longer")


def _others(renewal: Renewal, listed: set[str]) -> list[ChoiceLine]:
    """Return what was chosen that the offer does not list."""
    return [
        ChoiceLine(
            id=id_of(item),
            name=item.name or _("top-up"),
            price="" if item.amount is None else words.money(item.amount, item.currency),
            valid="",
            service_until="",
            safe_until="",
            per_month="",
            data="",
            suffices=False,
            cheapest=False,
            chosen=True,
            receive_only=False,
            yours=False,
        )
        for item in renewal.items
        if id_of(item) not in listed
    ]


def _data(item: TopUp | Plan) -> str:
    return words.data(item.data_mb) if isinstance(item, Plan) and item.data_mb is not None else ""


def _holds(item: TopUp | Plan, data: int) -> bool:
    if not data:
        return True
    return isinstance(item, Plan) and ("data" in item.unlimited or (item.data_mb or 0) >= data)


def _suffices(outcome: Outcome, needed: Day | None, data: int) -> bool:
    """Tell whether one thing alone does; with neither a day nor data asked for, all that keeps the number does."""
    lasts = outcome.safe_until or (outcome.service_until if data or not outcome.has_number else None)
    if needed is not None and (lasts is None or lasts < needed):
        return False
    if data:
        return _holds(outcome.item, data)
    return outcome.keeps_number or not outcome.has_number


def _cheapest(found: Sequence[Outcome], needed: Day | None, data: int) -> Outcome | None:
    enough = [each for each in found if each.price is not None and _suffices(each, needed, data)]
    if data or any(each.per_month is None for each in enough):
        return min(enough, key=lambda each: each.price or Decimal(0), default=None)
    return min(enough, key=lambda each: (each.per_month or Decimal(0), each.price or Decimal(0)), default=None)


def _rank(outcome: Outcome, needed: Day | None, data: int) -> tuple[bool, bool, Decimal, Decimal]:
    most = Decimal(10**9)
    month = most if outcome.per_month is None else outcome.per_month
    price = most if outcome.price is None else outcome.price
    return not _suffices(outcome, needed, data), not outcome.keeps_number, month, price
