"""What to ask about a line, read from its offer's rule: which acts count, whether plans matter, what can renew."""

from __future__ import annotations

from collections.abc import Sequence

from simtui import words
from simtui.domain.act import ActKind
from simtui.domain.calendar import Day
from simtui.domain.line import Knowledge, Line
from simtui.domain.offer import Offer, Plan
from simtui.domain.rule import Anchor, BalanceLength, Clock, Countdown, PlanLength, Rule, Trigger
from simtui.domain.terms import terms_for
from simtui.i18n import _
from simtui.tui.widgets.matching import Option

PURCHASES = frozenset({ActKind.TOP_UP, ActKind.PLAN_PURCHASE, ActKind.PAYMENT})


def rule_of(offer: Offer, line: Line | None, today: Day) -> Rule:
    """Return the rule that holds for a line, an empty one where nobody knows it; `line` absent: for a new one."""
    asked = line or Line.model_construct(offer=offer.id, label=offer.id)
    return terms_for(asked, offer).rule_on(today) or Rule()


def restarting_kinds(rule: Rule) -> list[ActKind]:
    """Return the acts that keep a line, those of the clocks that lose the number first; top-up where none is known."""
    clocks = [clock for clock in rule.clocks if not clock.is_met_once]
    keeping = [clock for clock in clocks if clock.leads_to_loss] or clocks
    kinds = [kind for clock in keeping for trigger in clock.restarts_on for kind in trigger.acts]
    kinds += [kind for fee in rule.fees for kind in fee.reset_by]
    return list(dict.fromkeys(kinds)) or [ActKind.TOP_UP]


def all_kinds(rule: Rule) -> list[ActKind]:
    """Return every kind of act, those that move one of the rule's clocks first."""
    moving = [kind for clock in rule.clocks for trigger in clock.restarts_on for kind in trigger.acts]
    return list(dict.fromkeys([*restarting_kinds(rule), *moving, *ActKind]))


def asks_plan(offer: Offer, rule: Rule, kind: ActKind) -> bool:
    """Tell whether the plan that was bought with such an act is worth asking for."""
    if not offer.plans or kind not in PURCHASES:
        return False
    if kind is ActKind.PLAN_PURCHASE:
        return True
    pairs = _pairs(rule, kind)
    return any(isinstance(clock.length_by(trigger), PlanLength) or _names_plans(trigger) for clock, trigger in pairs)


def asks_amount(rule: Rule, kind: ActKind) -> bool:
    """Tell whether what such an act cost matters: money that was paid, or use that counts by what it costs."""
    paid = PURCHASES | {ActKind.FEE, ActKind.HOLD, ActKind.TRANSFER, ActKind.PROMO}
    return kind in paid or any(
        trigger.spending is not None or trigger.min_amount is not None for _clock, trigger in _pairs(rule, kind)
    )


def asks_credit(rule: Rule) -> bool:
    """Tell whether dates hang on the credit that is left."""
    by_balance = any(
        any(isinstance(length, BalanceLength) for length in clock.lengths)
        or any(not early.plan_lapses for early in clock.ends_early)
        for clock in rule.clocks
    )
    return by_balance or bool(rule.fees)


def asks_opening(offer: Offer, rule: Rule) -> bool:
    """Tell whether the day of the contract or purchase matters."""
    starts = any(start.on is Anchor.PURCHASE for clock in rule.clocks for start in clock.starts)
    return starts or any(each.opened_from or each.opened_to for each in offer.rules)


def asks_identity(rule: Rule) -> bool:
    """Tell whether identity papers are asked for by a date."""
    return any(clock.registration for clock in rule.clocks)


def asks_renewal(offer: Offer, rule: Rule) -> bool:
    """Tell whether the offer can renew itself."""
    plans = any(plan.renews_itself is Knowledge.YES for plan in offer.plans)
    return plans or bool(rule.fees) or any(clock.auto_renews for clock in rule.clocks)


def variants(offer: Offer) -> list[str]:
    """Return the cohorts that the offer's rule distinguishes."""
    return list(dict.fromkeys(rule.variant for rule in offer.rules if rule.variant is not None))


def stated_countdown(rule: Rule) -> Countdown | None:
    """Return the clock that the operator's "valid until" speaks of, as in `Terms.stated_clock`."""
    return next((part for part in rule.countdowns if rule.stated in (None, part.id)), None)


def known_amounts(offer: Offer) -> str:
    """Return the amounts that the offer is topped up with, in a few words."""
    amounts = list(dict.fromkeys(top_up.amount for top_up in offer.top_ups))
    return words.listed(words.money(amount, None) for amount in amounts[:8])


def plan_options(offer: Offer) -> tuple[Option, ...]:
    """Return the offer's plans with price and validity."""
    return tuple(Option(plan.id, words.text(plan.name), _plan_note(offer, plan)) for plan in offer.plans)


def _plan_note(offer: Offer, plan: Plan) -> str:
    price = _("price not known") if plan.price is None else words.money(plan.price, offer.currency)
    return price if plan.validity is None else words.joined(price, words.period(plan.validity))


def _pairs(rule: Rule, kind: ActKind) -> Sequence[tuple[Clock, Trigger]]:
    """Return the clocks that such an act restarts, with how."""
    return [(clock, trigger) for clock in rule.clocks for trigger in clock.restarts_on if kind in trigger.acts]


def _names_plans(trigger: Trigger) -> bool:
    return bool(trigger.plans or trigger.plan_kinds) or trigger.counts_from == "plan_end"
