"""The plan for some lines, as plain text and as plain JSON values."""

from __future__ import annotations

from collections.abc import Sequence

from simtui.domain.calendar import Day
from simtui.domain.money import Money, shown_amount
from simtui.domain.planner import PlannedAct
from simtui.i18n import _
from simtui.planning import Planned, by_day, price, problem, quiet, remarks, total_lines, totals_of, unplanned, what
from simtui.report.data import Data
from simtui.report.plain import marked, name_shown, number_shown, part, table
from simtui.text import shown


def plan_lines(planned: Sequence[Planned], *, private: bool, width: int | None) -> list[str]:
    """Return the acts by day, what they cost together, what was paid before, and what could not be planned."""
    acts = by_day(planned)
    heading = (_("Day"), _("Line"), _("To do"), _("Price"), _("Keeps until"))
    rows = [heading, *(_row(each, act, private=private) for each, act in acts)] if acts else []
    parts = [
        table(rows, width=width, shrink=(1, 2)),
        part(_("Together"), [*table(total_lines(planned)), *remarks(planned)]),
        part(_("Lasts without an act"), table([_quiet(each, private=private) for each in quiet(planned)])),
        part(_("Cannot be planned"), [_refused(each, private=private) for each in unplanned(planned)]),
        part(_("Left out, as no date is known"), _left_out(planned, private=private)),
    ]
    lines: list[str] = []
    for one in parts:
        if one:
            lines += [*([""] if lines else []), *one]
    return lines


def _row(each: Planned, act: PlannedAct, *, private: bool) -> tuple[str, ...]:
    keeps = marked(act.kept_until, act.certainty)
    return act.day.format_iso(), _name(each, private=private), what(act), price(act), keeps


def _quiet(each: Planned, *, private: bool) -> tuple[str, str]:
    until = each.plan.kept_until
    keeps = _("renews itself") if until is None else marked(until, each.plan.certainty)
    return _name(each, private=private), keeps


def _refused(each: Planned, *, private: bool) -> str:
    return shown(_("{name}: {problem}").format(name=_name(each, private=private), problem=problem(each.plan)))


def _left_out(planned: Sequence[Planned], *, private: bool) -> list[str]:
    from simtui import words

    return [
        shown(_("{name}: {problem}").format(name=_name(each, private=private), problem=words.text(clock)))
        for each in planned
        for clock in each.plan.unknown
    ]


def _name(each: Planned, *, private: bool) -> str:
    name = name_shown(each.holding, private=private)
    return _("{name} (line {id})").format(name=name, id=each.holding.id)


# JSON --------------------------------------------------------------------------------------------------------------


def plan_data(planned: Sequence[Planned], *, private: bool) -> Data:
    """Return the plans as the documented JSON (docs/json.md)."""
    found = totals_of(planned)
    paid = {money.currency: money for money in found.paid}
    cost = {money.currency: money for money in found.money}
    return {
        "lines": [_line(each, private=private) for each in planned],
        "totals": [
            {
                "currency": currency,
                "amount": _amount(cost.get(currency)) or "0",
                "at_least": currency in found.at_least,
                "paid_last_year": _amount(paid.get(currency)) or "0",
            }
            for currency in found.currencies
        ],
        "unpriced": found.unpriced,
        "uses": found.uses,
    }


def _line(each: Planned, *, private: bool) -> Data:
    held, plan = each.holding, each.plan
    total = plan.total
    return {
        "id": held.id,
        "name": name_shown(held, private=private),
        "number": number_shown(held, private=private) or None,
        "offer": held.offer.id,
        "today": _day(held.today),
        "until": _day(plan.until),
        "acts": [_act(act) for act in plan.acts],
        "amount": _amount(total),
        "currency": None if total is None else total.currency,
        "at_least": plan.at_least,
        "unpriced": plan.unpriced,
        "uses": plan.uses,
        "kept_until": _day(plan.kept_until),
        "certainty": None if plan.kept_until is None else plan.certainty.name.lower(),
        "counts_receive_only_time": plan.receive_only,
        "clocks_without_date": [name.en for name in plan.unknown],
        "paid_last_year": [{"amount": _amount(money), "currency": money.currency} for money in each.paid],
        "problem": None if plan.problem is None else plan.problem.value,
        "why": None if plan.why is None else plan.why.value,
        "words": problem(plan) or None,
    }


def _act(act: PlannedAct) -> Data:
    return {
        "date": _day(act.day),
        "kind": act.kind.value,
        "plan": None if act.plan is None else act.plan.id,
        "channel": None if act.channel is None else act.channel.value,
        "price": _amount(act.price),
        "currency": None if act.price is None else act.price.currency,
        "at_least": act.at_least,
        "is_use": act.is_use,
        "by_itself": act.by_itself,
        "keeps_until": _day(act.kept_until),
        "certainty": act.certainty.name.lower(),
        "words": what(act),
    }


def _day(day: Day | None) -> str | None:
    return None if day is None else day.format_iso()


def _amount(money: Money | None) -> str | None:
    return None if money is None else shown_amount(money.amount)
