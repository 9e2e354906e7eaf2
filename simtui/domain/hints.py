"""Which tips, questions and items are true for a line at a step of its walk.

What nobody knows is never taken for true: a tip that rests on it stays away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from simtui.domain.act import Act, Channel
from simtui.domain.calendar import Day
from simtui.domain.keeping import papers_of
from simtui.domain.line import Knowledge, Line, SimForm
from simtui.domain.offer import Offer, OfferKind, Plan, TopUp
from simtui.domain.procedure import Condition, Item, Procedure, ProcedureStep, Question
from simtui.domain.renewal import Renewal, RenewalState
from simtui.domain.rule import Countdown, Loses, PlanKind, Rule
from simtui.domain.savings import Savings, savings
from simtui.domain.standing import Phase, Standing
from simtui.domain.terms import terms_for
from simtui.domain.whatif import Outcome

_BY_HAND = frozenset({Channel.SHOP, Channel.PHONE})
_FOR_DATA = frozenset({OfferKind.DATA, OfferKind.TRAVEL_ESIM})
_ALWAYS_ESIM = frozenset({OfferKind.ESIM, OfferKind.TRAVEL_ESIM})
_DATA_PLANS = frozenset({PlanKind.DATA, PlanKind.ROAMING})
_PAID = frozenset({RenewalState.PAID, RenewalState.VERIFIED})


@dataclass(frozen=True)
class Situation:
    """Where a walk is: all that tips and questions may hang on.

    `line` and `standing` are None at a first purchase. `outcomes` are what can be bought for the line, with what it
    leads to. `overdue` says that a payment without effect is a case for support.
    """

    line: Line | None
    acts: Sequence[Act]
    offer: Offer
    procedure: Procedure
    renewal: Renewal
    standing: Standing | None
    outcomes: Sequence[Outcome]
    today: Day
    overdue: bool = False

    @cached_property
    def savings(self) -> Savings | None:
        """What longer renewals save on this line."""
        if self.line is None or (self.standing is not None and self.standing.phase is Phase.LOST):
            return None
        return savings(self.line, self.acts, self.offer, self.today)

    @cached_property
    def rule(self) -> Rule | None:
        """The version of the rule that holds today, None where nobody knows one."""
        line = self.line or Line(label=self.offer.id, offer=self.offer.id, opened_on=self.today)
        return terms_for(line, self.offer).rule_on(self.today)

    @property
    def countdowns(self) -> Sequence[Countdown]:
        """The clocks and fees of that rule."""
        return () if self.rule is None else self.rule.countdowns

    @property
    def plans(self) -> list[Plan]:
        """The plans that are sold today."""
        return [plan for plan in self.offer.plans if plan.ends_on is None or self.today <= plan.ends_on]

    @property
    def buyable(self) -> Sequence[TopUp | Plan]:
        """What can be bought: for a line what has an outcome, else what the offer sells."""
        return [outcome.item for outcome in self.outcomes] or [*self.offer.top_ups, *self.plans]


def holds(condition: Condition, situation: Situation) -> bool:
    """Tell whether a condition is known to hold."""
    return _HOLDS[condition](situation)


def applying(questions: Iterable[Question], step: ProcedureStep, situation: Situation) -> list[Question]:
    """Return the tips and questions that the step names and that are true here, with those of their lines that are."""
    known = {question.id: question for question in questions}
    named = [known[each] for each in step.questions if each in known]
    return _true_here(named, situation)


def items_of(step: ProcedureStep, situation: Situation) -> list[Item]:
    """Return the items of a step that are asked for here."""
    return [item for item in step.items if _all_hold(item.when, situation)]


def searchable(questions: Iterable[Question], situation: Situation | None) -> list[Question]:
    """Return what can be found by searching: all that is true here, at whatever step; without a situation everything.

    Without one a question keeps the lines that hold for everybody; where it has none of these, all.
    """
    if situation is not None:
        return _true_here(questions, situation)
    return [_general(question) for question in questions]


def _true_here(questions: Iterable[Question], situation: Situation) -> list[Question]:
    found = []
    for question in questions:
        if not _all_hold(question.when, situation):
            continue
        lines = tuple(line for line in question.lines if _all_hold(line.when, situation))
        if lines:
            found.append(question.model_copy(update={"lines": lines}))
    return found


def _general(question: Question) -> Question:
    general = tuple(line for line in question.lines if not line.when)
    return question.model_copy(update={"lines": general or question.lines})


def _all_hold(conditions: Iterable[Condition], situation: Situation) -> bool:
    return all(holds(condition, situation) for condition in conditions)


# The conditions ------------------------------------------------------------------------------------------------------


def _renews_itself(at: Situation) -> bool:
    """Tell whether the offer can renew itself: one of its plans does, or a clock rolls on while it does."""
    clocks = () if at.rule is None else at.rule.clocks
    return any(clock.auto_renews for clock in clocks) or any(plan.renews_itself is Knowledge.YES for plan in at.plans)


def _auto_renew(state: Knowledge) -> Callable[[Situation], bool]:
    return lambda at: at.line is not None and at.line.auto_renew is state


def _data_plans(at: Situation) -> list[Plan]:
    return [plan for plan in at.plans if plan.kind in _DATA_PLANS or plan.data_mb or "data" in plan.unlimited]


def _covered(at: Situation) -> set[str | None]:
    """Return the places that the plans with data name, None for a plan that names none."""
    return {None if plan.coverage is None else plan.coverage.en for plan in _data_plans(at)}


def _is_open_monaco_data(at: Situation) -> bool:
    """Tell whether it is a data card of a Monaco operator whose plans do not say where they work."""
    return at.offer.country == "MC" and at.offer.kind in _FOR_DATA and not _covered(at) - {None}


def _keeps_a_number(at: Situation) -> bool:
    return at.offer.kind is OfferKind.KEEP_NUMBER or (at.line is not None and at.line.number is not None)


def _has_credit(at: Situation) -> bool:
    read = any(act.balances is not None and act.balances.credit is not None for act in at.acts)
    return read or bool(at.offer.top_ups)


def _packs_differ(at: Situation) -> bool:
    """Tell whether what can be bought is known to differ in data, minutes or validity."""
    contents = {
        (item.data_mb, item.minutes, str(item.validity)) if isinstance(item, Plan) else (None, None, str(item.validity))
        for item in at.buyable
        if item.validity is not None or (isinstance(item, Plan) and (item.data_mb or item.minutes))
    }
    return len(contents) > 1


def _is_esim(at: Situation) -> bool:
    form = None if at.line is None else at.line.sim
    # What makes a line is a first purchase of an eSIM, also before it is said of which.
    return at.procedure.makes_line or at.offer.kind in _ALWAYS_ESIM if form is None else form is SimForm.ESIM


def _service_stops_first(at: Situation) -> bool:
    """Tell whether a time follows in which the number is not lost yet: a stage after the end of one of its clocks."""
    return any(isinstance(each.after, tuple) and each.after for each in at.countdowns)


def _number_may_die(at: Situation) -> bool:
    return _keeps_a_number(at) and any(each.leads_to_loss for each in at.countdowns)


def _has_code(does: str) -> Callable[[Situation], bool]:
    return lambda at: any(code.does == does for code in at.offer.channels.codes)


_HOLDS: Final[Mapping[Condition, Callable[[Situation], bool]]] = {
    Condition.AUTO_RENEW_OFFERED: _renews_itself,
    Condition.AUTO_RENEW_OFF: _auto_renew(Knowledge.NO),
    Condition.AUTO_RENEW_UNKNOWN: _auto_renew(Knowledge.UNKNOWN),
    Condition.LONGER_IS_CHEAPER: lambda at: at.savings is not None,
    Condition.PROMOTION_RUNS: lambda at: any(at.today <= each.ends_on for each in at.offer.promotions),
    Condition.DATA_IS_VOID_AT_THE_END: lambda at: any(
        each.loses is Loses.DATA and not each.leads_to_loss for each in at.countdowns
    ),
    Condition.DATA_ONLY: lambda at: at.offer.kind in _FOR_DATA,
    Condition.SELLS_DATA: lambda at: at.offer.kind in _FOR_DATA or bool(_data_plans(at)),
    Condition.MONACO_DATA: _is_open_monaco_data,
    Condition.KEEPS_A_NUMBER: _keeps_a_number,
    Condition.HAS_BOUND_SERVICES: lambda at: at.line is not None and bool(at.line.bound_services),
    Condition.HAS_NO_BACKUP: lambda at: at.line is not None and at.line.backup is None,
    Condition.HAS_CREDIT: _has_credit,
    Condition.HAS_BALANCE_CODE: _has_code("balance"),
    Condition.HAS_TOP_UP_CODE: _has_code("top_up"),
    Condition.HAS_LAST_DAY: lambda at: at.standing is not None and at.standing.next_day is not None,
    Condition.SEVERAL_PLANS: _packs_differ,
    Condition.COVERAGE_VARIES: lambda at: len(_covered(at)) > 1,
    Condition.ONLINE: lambda at: at.procedure.channel not in _BY_HAND,
    Condition.BY_PERSON: lambda at: at.procedure.channel in _BY_HAND,
    Condition.ESIM: _is_esim,
    Condition.TRAVEL: lambda at: at.offer.kind is OfferKind.TRAVEL_ESIM,
    Condition.PAPERS_NOT_RULED_OUT: lambda at: papers_of(at.offer) is not Knowledge.NO,
    Condition.NOT_PAID_YET: lambda at: at.renewal.state not in _PAID,
    Condition.PAID: lambda at: at.renewal.state in _PAID,
    Condition.OVERDUE: lambda at: at.overdue,
    Condition.NUMBER_MAY_DIE: _number_may_die,
    Condition.SERVICE_MAY_STOP: _service_stops_first,
}
