"""Plans for held lines, as both front ends show them: each line's acts, the totals, and the words for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from simtui import words
from simtui.domain.act import USES, ActKind, Channel
from simtui.domain.calendar import Day
from simtui.domain.money import Money, totals
from simtui.domain.planner import KeepingPlan, PlannedAct, Unplannable, end_of_planning, plan_line
from simtui.domain.spending import paid_last_year
from simtui.errors import InputError
from simtui.holding import Holding
from simtui.i18n import N_, _, ngettext

MOST_YEARS = 5
"""How far ahead can be planned: no operator's rule holds longer."""

_DONE = {
    ActKind.SMS_OUT: N_("send an SMS"),
    ActKind.CALL_OUT: N_("make a call"),
    ActKind.DATA: N_("use some data"),
    ActKind.CALL_IN: N_("receive a call"),
    ActKind.SMS_IN: N_("receive an SMS"),
    ActKind.IDENTIFICATION: N_("show your papers"),
    ActKind.TOP_UP: N_("top-up"),
    ActKind.PLAN_PURCHASE: N_("buy a plan"),
    ActKind.PAYMENT: N_("payment"),
}
_PROBLEMS = {
    Unplannable.NO_RULE: N_("nobody has found out the rule of this offer"),
    Unplannable.NO_NUMBER: N_("there is no number to keep: this is data only"),
    Unplannable.LOST: N_("the number is lost by the rule"),
    Unplannable.IN_PERSON: N_("only a visit to a shop or a call to support brings it back"),
    Unplannable.LENGTH: N_("how long an act keeps it is not known"),
    Unplannable.NO_AMOUNT: N_("only top-ups help, and no amount is known that the operator sells"),
    Unplannable.NOTHING_HELPS: N_("nothing that the offer lists keeps the number that long"),
    Unplannable.TOO_MANY: N_("too many acts to plan them all: choose an earlier day"),
    Unplannable.NOT_NEEDED: N_("not needed any more"),
}
_THROUGH = {Channel.SHOP: N_("{what}, in a shop"), Channel.PHONE: N_("{what}, by a call to support")}


@dataclass(frozen=True, slots=True)
class Planned:
    """A line with its plan and what was paid for it in the year before."""

    holding: Holding
    plan: KeepingPlan
    paid: tuple[Money, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """What some plans cost together: known money per currency, and how many acts it leaves out.

    `at_least` are the currencies in which some amounts are only the least that a rule asks for. `paid` is what was paid
    in the year before today for the lines that could be planned.
    """

    money: tuple[Money, ...]
    at_least: frozenset[str]
    unpriced: int
    uses: int
    paid: tuple[Money, ...]

    @property
    def currencies(self) -> list[str]:
        """All currencies that anything is known in."""
        return sorted({money.currency for money in (*self.money, *self.paid)})


def plan_of(holding: Holding, until: Day | None = None) -> Planned:
    """Return the plan of a line until a day, a year from today or as long as it is needed where none is given."""
    end = end_of_planning(holding.line, holding.today, until)
    plan = plan_line(holding.line, holding.plain_acts, holding.offer, holding.today, end, holding.lead_days)
    return Planned(holding, plan, paid_last_year(holding.plain_acts, holding.offer, holding.today))


def checked_end(until: Day, today: Day, *, field: str = "") -> Day:
    """Return the day to plan to; raises InputError where it has passed or lies too far ahead."""
    if until < today:
        raise InputError(_("that day has passed"), place=field)
    if until > today.add(years=MOST_YEARS):
        hint = _("At most {n} years ahead.").format(n=MOST_YEARS)
        raise InputError(_("that is too far ahead"), place=field, next_step=hint)
    return until


def totals_of(planned: Sequence[Planned]) -> Totals:
    """Return what the plans cost together; nothing is converted."""
    acts = [act for each in planned for act in each.plan.acts]
    return Totals(
        money=totals(act.price for act in acts if act.price is not None),
        at_least=frozenset(act.price.currency for act in acts if act.at_least and act.price is not None),
        unpriced=sum(each.plan.unpriced for each in planned),
        uses=sum(each.plan.uses for each in planned),
        paid=totals(money for each in planned if each.plan.problem is None for money in each.paid),
    )


def by_day(planned: Sequence[Planned]) -> list[tuple[Planned, PlannedAct]]:
    """Return all acts of the plans, the first to be done first."""
    pairs = [(each, act) for each in planned for act in each.plan.acts]
    return sorted(pairs, key=lambda pair: pair[1].day)


def quiet(planned: Sequence[Planned]) -> list[Planned]:
    """Return the lines that last until the end without any act."""
    return [each for each in planned if each.plan.problem is None and not each.plan.acts]


def unplanned(planned: Sequence[Planned]) -> list[Planned]:
    """Return the lines that nothing can be planned for."""
    return [each for each in planned if each.plan.problem is not None]


# In words ----------------------------------------------------------------------------------------------------------


def what(act: PlannedAct) -> str:
    """Return what is to be done."""
    done = words.text(act.plan.name) if act.plan is not None else _(_DONE[act.kind])
    if act.by_itself:
        return _("renews itself: {what}").format(what=done)
    through = _THROUGH.get(act.channel) if act.channel is not None else None
    return done if through is None else _(through).format(what=done)


def price(act: PlannedAct) -> str:
    """Return what an act costs; use costs cents that no catalogue names."""
    if act.is_use:
        return _("cents") if act.kind in USES else _("free")
    if act.price is None:
        return _("not known")
    known = words.money(act.price.amount, act.price.currency)
    return _("from {money}").format(money=known) if act.at_least else known


def problem(plan: KeepingPlan) -> str:
    """Return why nothing can be planned, nothing where something is."""
    if plan.problem is None:
        return ""
    if plan.problem is Unplannable.LENGTH and plan.why is not None:
        return words.word(plan.why)
    return _(_PROBLEMS[plan.problem])


def remarks(planned: Sequence[Planned]) -> Iterator[str]:
    """Yield what has to be said about the totals: what they leave out, and what they count."""
    found = totals_of(planned)
    if found.uses:
        yield ngettext(
            "{n} act of use, whose price is not known: usually nothing or cents",
            "{n} acts of use, whose price is not known: usually nothing or cents",
            found.uses,
        ).format(n=found.uses)
    if found.unpriced:
        yield ngettext(
            "{n} thing to pay for, whose price is not known",
            "{n} things to pay for, whose price is not known",
            found.unpriced,
        ).format(n=found.unpriced)
    left_out = len(unplanned(planned))
    if left_out:
        yield ngettext(
            "{n} line that cannot be planned is left out", "{n} lines that cannot be planned are left out", left_out
        ).format(n=left_out)
    if any(each.plan.receive_only for each in planned):
        yield _("counting time in which a line only receives")


def total_lines(planned: Sequence[Planned]) -> list[tuple[str, str]]:
    """Return for each currency what the plans cost and what was paid in the year before, in words."""
    found = totals_of(planned)
    cost = {money.currency: money.amount for money in found.money}
    paid = {money.currency: money.amount for money in found.paid}
    lines: list[tuple[str, str]] = []
    for currency in found.currencies:
        known = words.money(cost.get(currency, Decimal(0)), currency)
        if currency in found.at_least:
            known = _("from {money}").format(money=known)
        before = words.money(paid.get(currency, Decimal(0)), currency)
        lines.append((known, _("last year you paid {money}").format(money=before)))
    return lines
