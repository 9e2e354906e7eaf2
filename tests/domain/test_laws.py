"""What holds for every rule and every history."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from simtui.domain.act import Act, ActKind, Balances, in_order
from simtui.domain.calendar import LAST_DAY, Day, Period, repeated
from simtui.domain.forecast import forecast, standing_on
from simtui.domain.line import Line
from simtui.domain.offer import Offer, OfferKind
from simtui.domain.reckoning import Certainty, ClockState
from simtui.domain.rule import Anchor, Clock, Fee, FixedLength, Loses, Rule, Stacking, Start, Trigger, UnknownLength
from simtui.domain.standing import Phase, Standing, standing
from simtui.domain.whatif import outcomes
from tests.domain import strategies as some
from tests.domain.slow_world import world


def tries(count: int) -> settings:
    """Return settings for `count` examples, or as many more as the profile asks for."""
    some_more = count * settings().max_examples // 100
    return settings(max_examples=some_more, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


LINE = Line(label="a line", offer="offer")


def one_clock(clock: Clock) -> Offer:
    return some.offer_with(Rule(clocks=(clock,)))


def end_of(line: Line, acts: Sequence[Act], offer: Offer, today: Day) -> Day | None:
    return standing(line, acts, offer, today).clocks[0].ends_on


def gist(found: Standing) -> tuple[Any, ...]:
    return (
        found.phase,
        found.next_day,
        found.next_loses,
        found.next_clock,
        found.final_day,
        found.full_service_until,
        found.number_safe_until,
        found.stage.name if found.stage else None,
        found.by_itself,
        found.certainty,
        found.final_certainty,
        [(clock.state, clock.ends_on, clock.last_known, clock.certainty) for clock in found.clocks],
    )


@tries(60)
@given(some.lines, some.histories(), some.offers, some.days, some.days)
def test_nothing_that_can_be_recorded_makes_it_fail(
    line: Line, acts: list[Act], offer: Offer, today: Day, until: Day
) -> None:
    found = standing(line, acts, offer, today, {"keep_number": 400})
    outcomes(line, acts, offer, today)
    forecast(line, acts, offer, today, min(until, today.add(months=18)))

    assert found.days_left is None or found.days_left >= 0
    assert found.phase is not Phase.LOST or found.next_day is None
    for clock in found.clocks:
        assert (clock.ends_on is None) == (clock.state in (ClockState.UNKNOWN, ClockState.DROPPED))
        assert clock.steps


@pytest.mark.parametrize("today", [Day.MIN, Day(1969, 12, 31), LAST_DAY, Day.MAX])
@tries(20)
@given(line=some.lines, acts=some.histories(), offer=some.offers)
def test_no_day_is_too_far(line: Line, acts: list[Act], offer: Offer, today: Day) -> None:
    found = standing(line, acts, offer, today)

    assert found.days_left is None or found.days_left >= 0
    assert forecast(line, acts, offer, today, today)[0].standing == found


@tries(120)
@given(some.lines, some.histories(when=some.near_days), some.offers, some.near_days, st.integers(0, 365))
def test_the_standing_is_what_the_forecast_of_an_earlier_day_said(
    line: Line, acts: list[Act], offer: Offer, today: Day, later: int
) -> None:
    day = today.add(days=later)
    foretold = standing_on(forecast(line, acts, offer, today, day), day)

    assert foretold is not None
    assert gist(foretold.standing) == gist(standing(line, acts, offer, day))


@tries(60)
@given(some.lines, some.histories(), some.offers, some.days, st.randoms(use_true_random=False))
def test_the_order_in_which_acts_are_handed_over_does_not_matter(
    line: Line, acts: list[Act], offer: Offer, today: Day, chance: random.Random
) -> None:
    mixed = list(acts)
    chance.shuffle(mixed)

    assert standing(line, mixed, offer, today) == standing(line, acts, offer, today)


# One clock that acts of known length move. What an early end, a paper or a renewal by itself does is not stacking, and no
# act counts only because the line has fallen into a stage that it undoes.
COUNTED = (
    ActKind.TOP_UP,
    ActKind.PLAN_PURCHASE,
    ActKind.PAYMENT,
    ActKind.CALL_OUT,
    ActKind.SMS_OUT,
    ActKind.DATA,
    ActKind.IDENTIFICATION,
    ActKind.ACTIVATION,
)
stacked_clocks = some.clocks(
    length=FixedLength(period=Period.parse_iso("P1M")),
    restarts_on=(Trigger(acts=COUNTED),),
    registration=False,
    activation=False,
    auto_renews=False,
    ends_early=(),
    excludes=(),
    starts=(Start(on=Anchor.ACTIVATION),),
)


@tries(120)
@given(
    st.sampled_from((Stacking.KEEP_LATER, Stacking.EXTEND)),
    stacked_clocks,
    some.near_periods,
    some.histories(when=some.near_days),
    some.near_days,
    some.near_days,
)
def test_one_more_act_that_counts_never_brings_an_end_forward(
    stacking: Stacking, clock: Clock, period: Period, acts: list[Act], day: Day, today: Day
) -> None:
    assume(day <= today)
    line = LINE.model_copy(update={"activated_on": Day(2025, 1, 1)})
    changes: dict[str, Any] = {"stacking": stacking, "length": FixedLength(period=period)}
    offer = one_clock(clock.model_copy(update=changes))
    more = Act(line=1, kind=ActKind.TOP_UP, day=day, order=99)
    before, after = end_of(line, acts, offer, today), end_of(line, [*acts, more], offer, today)

    assert before is None or (after is not None and after >= before)


@tries(60)
@given(stacked_clocks, some.near_periods, some.near_days, some.near_days, st.sampled_from((None, *Stacking)))
def test_all_ways_of_stacking_agree_where_nothing_was_left(
    clock: Clock, period: Period, day: Day, today: Day, stacking: Stacking | None
) -> None:
    changes: dict[str, Any] = {"length": FixedLength(period=period), "starts": (), "auto_renews": False, "after": None}
    clock = clock.model_copy(update=changes | {"loses": Loses.SERVICE})
    first = Act(line=1, kind=ActKind.TOP_UP, day=day)
    again = Act(line=1, kind=ActKind.TOP_UP, day=day.add(months=24), order=1)
    today = max(today, again.day)
    ways = [one_clock(clock.model_copy(update={"stacking": way})) for way in (stacking, Stacking.RESTART)]
    found, restarted = (standing(LINE, [first, again], offer, today).clocks[0] for offer in ways)

    assert found.ends_on == restarted.ends_on
    assert found.certainty == restarted.certainty


@tries(120)
@given(some.clocks(ends_early=(), registration=False, activation=False, auto_renews=False), some.lines, st.data())
def test_a_statement_beats_every_act_not_later_than_itself(clock: Clock, line: Line, data: st.DataObject) -> None:
    day = data.draw(some.near_days)
    assume(line.activated_on is None or line.activated_on <= day)
    until_then = st.dates(max_value=day.to_stdlib(), min_value=Day(2024, 1, 1).to_stdlib()).map(
        lambda date: Day(date.year, date.month, date.day)
    )
    acts = data.draw(some.histories(when=until_then))
    stated = Act(line=1, kind=ActKind.STATEMENT, day=day, order=99, valid_until=data.draw(some.near_days), clock="a")
    found = standing(line, [*acts, stated], one_clock(clock), day.add(days=data.draw(st.integers(0, 400))))

    assert found.clocks[0].ends_on == stated.valid_until
    assert found.clocks[0].certainty is Certainty.STATED
    assert not found.late_acts


NOBODY_KNOWS = Clock(id="unknown", name=some.NAME, loses=Loses.NUMBER, length=UnknownLength(), after="unknown")


@tries(60)
@given(some.rules(), some.lines, some.histories(), some.days)
def test_an_unknown_clock_never_hides_a_known_date(rule: Rule, line: Line, acts: list[Act], today: Day) -> None:
    assume(rule.clocks or rule.fees)
    more = rule.model_copy(update={"clocks": (*rule.clocks, NOBODY_KNOWS), "stated": rule.countdowns[0].id})
    rule = rule.model_copy(update={"stated": rule.countdowns[0].id})
    before = standing(line, acts, some.offer_with(rule), today)
    after = standing(line, acts, some.offer_with(more), today)

    assert (after.next_day, after.final_day) == (before.next_day, before.final_day)
    if any(clock.leads_to_loss and clock.ends_on for clock in before.clocks):
        assert after.phase is before.phase
        assert after.number_safe_until == before.number_safe_until


FOR_EVERYBODY = {"variant": None, "opened_from": None, "opened_to": None}


@tries(60)
@given(some.rules(), some.lines, some.histories(), some.days, st.sampled_from(OfferKind))
def test_only_clocks_on_the_way_to_losing_the_number_lose_or_rescue_a_line(
    rule: Rule, line: Line, acts: list[Act], today: Day, kind: OfferKind
) -> None:
    harmless: dict[str, Any] = {"after": None, "loses": Loses.DATA}
    rule = rule.model_copy(
        update={
            "clocks": tuple(clock.model_copy(update=harmless) for clock in rule.clocks),
            "fees": tuple(fee.model_copy(update=harmless) for fee in rule.fees),
            **FOR_EVERYBODY,
        }
    )
    assume(rule.clocks or rule.fees)
    found = standing(line, acts, some.offer_with(rule, kind=kind), today)

    assert found.phase not in (Phase.LOST, Phase.RESCUE)
    assert found.final_day is None


@tries(60)
@given(some.offers, some.lines, some.histories(), some.days)
def test_the_phase_is_unknown_only_where_no_number_clock_has_a_date(
    offer: Offer, line: Line, acts: list[Act], today: Day
) -> None:
    found = standing(line, acts, offer, today)
    dated = [clock for clock in found.clocks if clock.leads_to_loss and clock.ends_on is not None]

    assert found.phase is not Phase.UNKNOWN or not dated
    assert not dated or found.phase is not Phase.UNKNOWN


@tries(60)
@given(some.fees(), some.lines, some.near_days, st.integers(0, 60), st.integers(0, 60), st.integers(0, 700))
def test_more_credit_never_ends_a_line_with_fees_sooner(
    fee: Fee, line: Line, day: Day, credit: int, more: int, later: int
) -> None:
    offer, today = some.offer_with(Rule(fees=(fee,))), day.add(days=later)

    def ends(amount: int) -> Day | None:
        reading = Balances(credit=Decimal(amount), currency="EUR")
        act = Act(line=1, kind=ActKind.BALANCE_READING, day=day, balances=reading)
        return end_of(line, [act], offer, today)

    less, rich = ends(credit), ends(credit + more)
    assert less is not None or rich is None
    assert less is None or rich is None or rich >= less


@tries(60)
@given(some.lines, some.histories(when=some.near_days), some.offers, some.near_days, st.integers(1, 400))
def test_without_any_act_a_final_day_stays_where_it_is(
    line: Line, acts: list[Act], offer: Offer, today: Day, later: int
) -> None:
    acts = [act for act in acts if act.day <= today]
    line = line.model_copy(update={"auto_renew": "no", "activated_on": None, "opened_on": None})
    offer = offer.model_copy(update={"rules": offer.rules[:1]})
    now, then = standing(line, acts, offer, today), standing(line, acts, offer, today.add(days=later))

    if now.phase is not Phase.UNKNOWN and then.phase is not Phase.UNKNOWN and now.final_day and then.final_day:
        assert then.final_day == now.final_day


@example(acts=[])
@tries(50)
@given(some.histories())
def test_a_line_without_any_rule_is_unknown_until_the_operator_speaks(acts: list[Act]) -> None:
    today = LAST_DAY
    found = standing(LINE, acts, some.offer_with(), today)
    statements = sorted((act for act in acts if act.kind is ActKind.STATEMENT), key=in_order)
    usable = [act for act in statements if act.day >= world(LINE, acts, some.offer_with(), today).begun]

    assert [clock.ends_on for clock in found.clocks] == [act.valid_until for act in usable[-1:]]
    assert usable or found.phase is Phase.UNKNOWN


plain_fees = some.fees(after="none", idle_after=None, first_after=None, minimum_left=None, amount=Decimal(3))


@tries(60)
@given(plain_fees, st.data())
def test_fees_come_to_what_living_through_every_day_comes_to(fee: Fee, data: st.DataObject) -> None:
    fee = fee.model_copy(update={"every": fee.every and data.draw(some.near_periods)})
    begun = data.draw(some.near_days)
    days = st.integers(0, 400).map(lambda number: begun.add(days=number))
    readings = st.builds(_reading, days, st.integers(0, 20))
    refills = st.builds(_refill, days, st.integers(0, 10))
    history = [data.draw(readings), *data.draw(st.lists(st.one_of(readings, refills), max_size=4))]
    acts = [act.model_copy(update={"order": order}) for order, act in enumerate(history)]
    today = data.draw(days)
    line = LINE.model_copy(update={"activated_on": begun})
    lived = _live_through(fee, begun, sorted((act for act in acts if act.day <= today), key=in_order))

    assert lived is None or end_of(line, acts, some.offer_with(Rule(fees=(fee,))), today) == lived


def _reading(day: Day, credit: int) -> Act:
    return Act(line=1, kind=ActKind.BALANCE_READING, day=day, balances=Balances(credit=Decimal(credit), currency="EUR"))


def _refill(day: Day, amount: int) -> Act:
    return Act(line=1, kind=ActKind.TOP_UP, day=day, amount=Decimal(amount), currency="EUR")


def _live_through(fee: Fee, begun: Day, acts: Sequence[Act]) -> Day | None:
    """Return the first fee day that cannot be paid; None where the credit is not known or lasts for ten years."""
    credit: Decimal | None = None
    fee_days = {repeated(begun, fee.every, number) for number in range(4000)} if fee.every is not None else set()
    for number in range(3650):
        day, was_read = begun.add(days=number), False
        for act in (act for act in acts if act.day == day):
            if act.balances is not None and act.balances.credit is not None:
                credit, was_read = act.balances.credit, True
            elif credit is not None:
                credit += act.amount or 0
        is_due = day in fee_days or (fee.on_day is not None and day.day == min(fee.on_day, day.days_in_month()))
        if credit is None or was_read or not is_due or (number == 0 and not fee.in_advance):
            continue
        if credit < fee.amount:
            return day
        credit -= fee.amount
    return None
