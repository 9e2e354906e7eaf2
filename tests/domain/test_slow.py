"""The engine against the second, slow one: on random rules and histories they must agree on every date.

`HYPOTHESIS_PROFILE=explore pytest tests/domain/test_slow.py` lives through twenty times as many lines, new ones each time.
"""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import settings

from simtui.domain.act import Act, ActKind, Balances
from simtui.domain.calendar import Day, Period
from simtui.domain.line import Line
from simtui.domain.offer import Plan
from simtui.domain.rule import (
    Anchor,
    Clock,
    EarlyEnd,
    Fee,
    FixedLength,
    Loses,
    PlanKind,
    PlanLength,
    Rule,
    Stacking,
    Stage,
    StageName,
    Start,
    Trigger,
    Undo,
)
from simtui.domain.standing import standing
from tests.domain.slow import Answer, answer
from tests.domain.slow_cases import SHAPES, Case, case, simpler
from tests.domain.slow_world import world
from tests.domain.strategies import NAME, offer_with

CASES = 100


def quick(given: Case) -> Answer:
    """Return the engine's own answer in the second one's words."""
    found = standing(given.line, given.acts, given.offer, given.today)
    return Answer(
        found.phase.value, found.next_day, found.final_day, {clock.clock: clock.ends_on for clock in found.clocks}
    )


def slow(given: Case) -> Answer:
    """Return the second engine's answer."""
    return answer(given.line, given.acts, given.offer, given.today)


def has_rule(given: Case) -> bool:
    """Tell whether any rule holds: where none does only what the operator stated counts; that is tested by hand."""
    rule = world(given.line, given.acts, given.offer, given.today).rule_on(given.today)
    return rule is not None and bool(rule.countdowns)


def differs(given: Case) -> bool:
    """Tell whether the engines disagree."""
    return has_rule(given) and quick(given) != slow(given)


def simplest(given: Case) -> Case:
    """Leave out of a case all that is not needed for the engines to disagree."""
    barer = next((one for one in simpler(given) if differs(one)), None)
    return given if barer is None else simplest(barer)


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_both_engines_agree(shape: str) -> None:
    profile = settings()
    first = 0 if profile.derandomize else random.SystemRandom().randrange(2**48)
    count = CASES * profile.max_examples // 100
    for number in range(first, first + count):
        if differs(case(shape, number)):
            found = simplest(case(shape, number))
            assert quick(found) == slow(found), f"{shape} {number}: {found}"


def test_they_agree_on_an_operators_date_that_comes_while_a_line_without_credit_is_in_a_stage() -> None:
    stage = Stage(name=StageName.RECEIVE_ONLY, length=FixedLength(period=Period(months=2)), undo=(Undo.TOP_UP,))
    fee = Fee(id="fee", name=NAME, after=(stage,), amount=Decimal(3), on_day=30)
    said = [("2026-01-29", "2026-01-29"), ("2026-03-28", "2026-04-27")]
    acts = [
        Act.model_validate({"line": 1, "kind": ActKind.STATEMENT, "day": day, "valid_until": until})
        for day, until in said
    ]
    told = Case(offer_with(Rule(fees=(fee,))), Line(label="a line", offer="offer"), tuple(acts), Day(2026, 5, 9))
    assert quick(told) == slow(told) == Answer("rescue", Day(2026, 6, 27), Day(2026, 6, 27), {"fee": Day(2026, 4, 27)})


def test_a_payment_from_before_the_fee_was_brought_in_pays_none_of_its_days() -> None:
    fee = Fee(id="fee", name=NAME, after="none", amount=Decimal(3), every=Period(days=30))
    read = Act(
        line=1,
        kind=ActKind.BALANCE_READING,
        day=Day(2026, 2, 12),
        balances=Balances(credit=Decimal(20), currency="EUR"),
    )
    paid = Act(line=1, kind=ActKind.PAYMENT, day=Day(2026, 3, 14))
    offer = offer_with(Rule(), Rule(fees=(fee,), valid_from=Day(2026, 4, 12)))
    told = Case(
        offer, Line(label="a line", offer="offer", activated_on=Day(2026, 1, 29)), (read, paid), Day(2026, 4, 13)
    )
    # The fees count from the activation: 29 April is the first; 20 euros pay six of them, the seventh is missing.
    assert quick(told) == slow(told) == Answer("safe", Day(2026, 10, 26), Day(2026, 10, 26), {"fee": Day(2026, 10, 26)})


def test_a_payment_that_waits_for_the_first_use_leaves_alone_what_has_ended_early() -> None:
    clock = Clock(
        id="a",
        name=NAME,
        loses=Loses.SERVICE,
        length=PlanLength(),
        starts=(Start(on=Anchor.FIRST_USE),),
        restarts_on=(Trigger(acts=(ActKind.PAYMENT, ActKind.TOP_UP)),),
        ends_early=(EarlyEnd(plan_lapses=True),),
    )
    week = Plan(id="week", name=NAME, kind=PlanKind.DATA, validity=Period(days=7))
    offer = offer_with(Rule(clocks=(clock,))).model_copy(update={"plans": (week,)})
    bought = Act(line=1, kind=ActKind.PAYMENT, day=Day(2026, 1, 29), plan="week")
    topped_up = Act(line=1, kind=ActKind.TOP_UP, day=Day(2026, 5, 26))
    told = Case(offer, Line(label="a line", offer="offer"), (bought, topped_up), Day(2026, 6, 25))
    assert quick(told).ends == slow(told).ends == {"a": Day(2026, 2, 5)}


def test_a_second_purchase_of_a_day_finds_what_the_first_has_left_whatever_comes_after_both() -> None:
    clock = Clock(
        id="a",
        name=NAME,
        loses=Loses.DATA,
        length=FixedLength(period=Period(days=7)),
        restarts_on=(Trigger(acts=(ActKind.TOP_UP, ActKind.PLAN_PURCHASE)),),
        stacking=Stacking.EXTEND,
        ends_early=(EarlyEnd(plan_lapses=True),),
    )
    day = Day(2026, 1, 29)
    ended = Act(line=1, kind=ActKind.PLAN_PURCHASE, day=day, valid_until=day)
    topped_up = Act(line=1, kind=ActKind.TOP_UP, day=day, order=1, amount=Decimal(12), currency="EUR")
    unnamed = Act(line=1, kind=ActKind.PLAN_PURCHASE, day=day, order=2, amount=Decimal(20), currency="EUR")
    told = Case(
        offer_with(Rule(clocks=(clock,))), Line(label="a line", offer="offer"), (ended, topped_up, unnamed), day
    )
    # The plan lapses that day, so the top-up finds nothing left; then nobody knows how long the unnamed plan lasts.
    assert quick(told).ends == slow(told).ends == {"a": Day(2026, 2, 12)}


def test_a_fee_recorded_late_gives_back_only_what_it_was_thought_to_have_taken() -> None:
    fee = Fee(id="fee", name=NAME, after="none", amount=Decimal(1), every=Period(months=1))
    line = Line(label="a line", offer="offer", activated_on=Day(2026, 1, 23))
    read = Act(
        line=1,
        kind=ActKind.BALANCE_READING,
        day=Day(2026, 3, 23),
        balances=Balances(credit=Decimal(12), currency="EUR"),
    )
    called = Act(line=1, kind=ActKind.CALL_OUT, day=Day(2026, 6, 1), amount=Decimal(11), currency="EUR")
    late = Act(line=1, kind=ActKind.FEE, day=Day(2026, 6, 2), from_credit=False)
    told = Case(offer_with(Rule(fees=(fee,))), line, (read, called, late), Day(2026, 6, 3))
    # The fee of 23 April left 11 of the 12 euros, and the call took them all: nothing pays the fee of 2 July.
    assert quick(told).ends == slow(told).ends == {"fee": Day(2026, 7, 2)}
