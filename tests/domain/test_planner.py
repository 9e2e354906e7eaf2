from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from simtui.domain.act import Act
from simtui.domain.calendar import Day
from simtui.domain.line import Line
from simtui.domain.offer import Offer
from simtui.domain.planner import KeepingPlan, Unplannable, end_of_planning, plan_line, yearly_cost
from simtui.domain.reckoning import Certainty, Why
from simtui.domain.standing import standing
from tests.domain.brute import Brute, TooMuch, acts_of, cost_of, first_day_unsafe
from tests.domain.build import act, clock, fee, line, offer, one_clock, stage
from tests.domain.operators import operators

TODAY = Day(2026, 1, 1)


def plan(of: Offer | str, acts: list[Act], until: str, today: str = "2026-01-01", **fields: Any) -> KeepingPlan:
    held = operators()[of] if isinstance(of, str) else of
    return plan_line(line(**fields), acts, held, Day.parse_iso(today), Day.parse_iso(until))


def told(found: KeepingPlan) -> list[str]:
    """Return each act as `day kind price kept-until`."""
    return [
        f"{each.day} {each.kind.value} {'?' if each.price is None else each.price.amount} {each.kept_until}"
        for each in found.acts
    ]


def tiers(*rows: tuple[str, str]) -> dict[str, Any]:
    return {"by": "amount", "tiers": [{"at": amount, "period": period} for amount, period in rows]}


# What it plans -----------------------------------------------------------------------------------------------------


def test_acts_lie_the_lead_before_the_end_and_the_cheapest_amount_is_taken() -> None:
    held = operators()["mobicarte"]
    found = plan(held, [act("2025-12-01", "top_up", 10)], "2027-01-01", identity={"state": "yes"})
    # Two top-ups of ten cost what one of ten and two of five cost, and lead further.
    assert told(found) == ["2026-05-25 top_up 10 2026-11-25", "2026-11-18 top_up 10 2027-05-18"]
    assert found.total is not None
    assert found.total.amount == 20
    assert found.certainty is Certainty.GUESS
    assert not found.receive_only


def test_nothing_is_planned_where_the_number_lasts_anyway() -> None:
    found = plan("mobicarte", [act("2025-12-01", "top_up", 10)], "2026-05-01", identity={"state": "yes"})
    assert found.acts == ()
    assert found.problem is None
    assert str(found.kept_until) == "2026-06-01"


def test_time_in_which_the_line_only_receives_is_counted_and_said() -> None:
    found = plan("sfr-la-carte", [act("2025-12-20", "top_up", 25)], "2027-01-01")
    assert told(found) == ["2026-08-11 top_up 5 2027-02-18"]
    assert found.receive_only


def test_use_that_costs_cents_goes_before_anything_paid() -> None:
    found = plan("giffgaff", [act("2025-12-01", "sms_out", currency="GBP")], "2026-12-31")
    assert told(found) == ["2026-05-25 sms_out ? 2026-11-25", "2026-11-18 sms_out ? 2027-05-18"]
    assert (found.uses, found.unpriced, found.total) == (2, 0, None)


def test_amounts_add_up_under_a_cap() -> None:
    found = plan("u-mobile", [act("2025-12-20", "top_up", 20, currency="MYR")], "2026-03-01")
    assert found.total is not None
    # Twenty days from 20 December, so 51 are missing: three times twenty, as nobody tops up for a day or ten.
    assert found.total.amount == 60
    assert found.at_least


def test_a_new_card_is_activated_in_time_and_then_kept() -> None:
    rule = {
        "clocks": [
            clock(length="P120D", starts=[{"on": "activation"}], stacking="restart"),
            clock("new", length="P60D", on=(), starts=[{"on": "purchase"}], activation=True, after="unknown"),
        ]
    }
    held = offer(rule, top_ups=[{"amount": 10}])
    found = plan(held, [], "2026-05-01", opened_on="2025-12-20")

    # 20 December + 60 = 18 February; activated a week before, 11 February + 120 = 11 June.
    assert told(found) == ["2026-02-11 activation ? 2026-06-11"]
    assert plan(held, [], "2026-05-01", activated_on="2026-01-01", opened_on="2025-12-20").acts == ()


def test_each_kind_of_act_is_planned_with_its_own_length() -> None:
    of_packs = {"acts": ["plan_purchase"], "plans": ["day-180"], "length": {"by": "plan"}}
    rule = {"clocks": [clock(length="P30D", on=[{"acts": ["top_up"]}, of_packs], stacking="extend", cap="P365D")]}
    pack = {"id": "day-180", "name": {"en": "180 days"}, "kind": "validity", "price": "12", "validity": "P180D"}
    held = offer(rule, top_ups=[{"amount": 5}], plans=[pack])
    last = [act("2025-12-20", "top_up", 5)]

    # 180 days for 12 are cheaper than six times 30 days for 5, but 30 days for 5 are enough for four weeks.
    assert told(plan(held, last, "2026-07-01")) == ["2026-01-12 plan_purchase 12 2026-07-18"]
    assert told(plan(held, last, "2026-02-10")) == ["2026-01-12 top_up 5 2026-02-18"]


def test_a_cap_counts_from_the_act() -> None:
    rule = {"clocks": [clock(length={"by": "unit", "unit": "1", "period": "P1D"}, stacking="extend", cap="P30D")]}
    held = offer(rule, top_ups=[{"amount": 20}, {"amount": 50}])
    found = plan(held, [act("2025-12-22", "top_up", 20)], "2026-02-20")
    assert all((each.kept_until.to_stdlib() - each.day.to_stdlib()).days <= 30 for each in found.acts)
    assert (
        first_day_unsafe(
            line(), [*acts_of(found, held), act("2025-12-22", "top_up", 20)], held, TODAY, Day(2026, 2, 20)
        )
        is None
    )


def test_fees_are_paid_from_the_credit() -> None:
    held = offer({"fees": [fee(first_after="P30D")]}, top_ups=[{"amount": 10}])
    reading = act("2026-01-01", "balance_reading", credit="4")
    found = plan(held, [reading], "2026-06-01", activated_on="2026-01-01")
    # One fee of 3 is covered; each ten euro pay three more, and what is left over counts.
    assert [each.day.format_iso() for each in found.acts] == ["2026-02-23", "2026-05-24"]
    assert found.total is not None
    assert found.total.amount == 20


def test_two_clocks_are_kept_each_by_its_own_act() -> None:
    rule = {
        "clocks": [
            clock("line", length="P1Y", on=("top_up",), stacking="restart"),
            clock("use", length="P3M", on=("sms_out", "top_up"), stacking="restart"),
        ]
    }
    held = offer(rule, top_ups=[{"amount": 10}])
    found = plan(held, [act("2025-12-01", "top_up", 10)], "2027-01-01")
    assert [each.split()[1] for each in told(found)].count("top_up") == 1
    # The top-up does for both, so it takes the place of the last SMS.
    assert found.uses == 3
    assert found.total is not None
    assert found.total.amount == 10


def test_a_stage_that_only_a_shop_undoes_is_not_planned_for() -> None:
    found = plan("go-malta", [act("2025-12-20", "top_up", 10)], "2026-12-31")
    ends = Day(2025, 12, 20)
    for each in found.acts:
        assert (each.day.to_stdlib() - ends.to_stdlib()).days <= 90
        ends = each.day


def test_a_line_in_such_a_stage_is_brought_back_there_first() -> None:
    found = plan("go-malta", [act("2025-08-01", "top_up", 10)], "2026-12-31")
    assert found.acts[0].day == TODAY
    assert found.acts[0].channel == "shop"
    assert all(each.channel is None for each in found.acts[1:])


def test_without_any_date_the_first_act_is_due_today() -> None:
    found = plan("mobicarte", [], "2026-12-31", identity={"state": "yes"})
    assert found.acts[0].day == TODAY


def test_what_renews_itself_is_named_and_asks_for_no_act() -> None:
    found = plan("free-2-eur", [], "2026-04-15", activated_on="2025-06-10", auto_renew="yes")
    assert [each.day.format_iso() for each in found.acts] == ["2026-01-10", "2026-02-10", "2026-03-10", "2026-04-10"]
    assert all(each.by_itself for each in found.acts)


def test_an_unpaid_subscription_is_no_way_to_save() -> None:
    found = plan("free-2-eur", [], "2026-06-01", activated_on="2025-12-20")
    assert len(found.acts) == 5
    assert not found.receive_only


def test_what_is_recorded_for_a_later_day_counts() -> None:
    recorded = [act("2025-12-01", "top_up", 10), act("2026-05-20", "top_up", 10)]
    found = plan("mobicarte", recorded, "2026-11-15", identity={"state": "yes"})
    assert found.acts == ()


def test_a_new_version_of_the_rule_counts_from_its_day() -> None:
    held = offer(
        {"clocks": [clock(length="P1Y", stacking="restart")], "valid_to": "2026-06-30"},
        {"clocks": [clock(length="P2M", stacking="restart")], "valid_from": "2026-07-01"},
        top_ups=[{"amount": 10}],
    )
    found = plan(held, [act("2025-09-01", "top_up", 10)], "2027-05-30")
    # The last day of the old rule buys a year; waiting for the end would buy two months at a time.
    assert told(found) == ["2026-06-30 top_up 10 2027-06-30"]


def test_the_lead_is_the_lines_own_but_never_more_than_a_quarter() -> None:
    held = offer({"clocks": [clock(length="P40D", stacking="restart")]}, top_ups=[{"amount": 5}])
    last = [act("2025-12-20", "top_up", 5)]
    ends = Day(2026, 1, 29)
    for lead, days in ((0, 0), (3, 3), (10, 10), (90, 10)):
        found = plan(held, last, "2026-03-01", lead_days=lead)
        assert found.acts[0].day == ends.subtract(days=days)


# Why nothing can be planned ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of", "acts", "problem", "why"),
    [
        ("nobody-knows", [], Unplannable.NO_RULE, None),
        ("travel-esim", [], Unplannable.NO_NUMBER, None),
        ("monaco-telecom", [act("2025-12-01", "top_up", 10)], Unplannable.LENGTH, Why.LENGTH_UNKNOWN),
        ("mobicarte", [act("2024-12-01", "top_up", 10)], Unplannable.LOST, None),
        ("ultra-paygo", [], Unplannable.LENGTH, Why.NOTHING_RECORDED),
    ],
)
def test_what_cannot_be_planned_says_so(of: str, acts: list[Act], problem: Unplannable, why: Why | None) -> None:
    found = plan(of, acts, "2026-12-31")
    assert (found.problem, found.why, found.acts) == (problem, why, ())


def test_where_only_top_ups_of_unknown_amount_help_that_is_the_reason() -> None:
    held = offer({"fees": [fee(idle_after="P1M", reset_by=["transfer"])]})
    found = plan(held, [act("2025-12-31", "balance_reading", credit="2")], "2026-12-31", activated_on="2025-12-31")
    assert found.problem is Unplannable.NO_AMOUNT


def test_a_plan_without_a_price_is_counted_apart_and_only_taken_if_nothing_else_helps() -> None:
    plans = [
        {"id": "a", "name": {"en": "a"}, "kind": "data"},
        {"id": "b", "name": {"en": "b"}, "kind": "data", "price": "90"},
    ]
    rule = {"clocks": [clock(on=("plan_purchase",), stacking="restart")]}
    dear = plan(offer(rule, plans=plans), [act("2025-12-01", "plan_purchase", 90, plan="b")], "2026-10-01")
    assert dear.total is not None
    assert (str(dear.total.amount), dear.unpriced) == ("90", 0)
    unknown = plan(offer(rule, plans=plans[:1]), [act("2025-12-01", "plan_purchase", plan="a")], "2026-10-01")
    assert (unknown.total, unknown.unpriced) == (None, 1)


def test_clocks_that_no_date_is_known_for_are_named() -> None:
    rule = {"clocks": [clock("line", stacking="restart"), clock("other", length={"by": "unknown"}, on=("data",))]}
    found = plan(offer(rule, top_ups=[{"amount": 10}]), [act("2025-12-01", "top_up", 10)], "2026-12-31")
    assert [name.en for name in found.unknown] == ["other"]


def test_needed_until_ends_the_plan() -> None:
    today, far = Day(2026, 1, 1), Day(2028, 1, 1)
    assert end_of_planning(line(), today, None) == Day(2027, 1, 1)
    assert end_of_planning(line(needed_until="2026-03-01"), today, None) == Day(2026, 3, 1)
    assert end_of_planning(line(needed_until="2029-03-01"), today, None) == Day(2029, 3, 1)
    assert end_of_planning(line(needed_until="2026-03-01"), today, far) == Day(2026, 3, 1)
    assert end_of_planning(line(), today, far) == far
    assert plan("mobicarte", [], "2025-12-31").problem is Unplannable.NOT_NEEDED


def test_a_year_of_a_fresh_line_is_priced_without_a_lead() -> None:
    found = yearly_cost(operators()["mobicarte"], TODAY)
    assert told(found) == ["2026-01-01 top_up 10 2026-07-01", "2026-07-01 top_up 10 2027-01-01"]
    fees = yearly_cost(offer({"fees": [fee(after="none")]}, top_ups=[{"amount": 10}]), TODAY)
    assert fees.total is not None
    # A fee of 3 at once and every 30 days: 13 in a year.
    assert fees.total.amount == 40
    assert yearly_cost(operators()["nobody-knows"], TODAY).problem is Unplannable.NO_RULE


# Exact -------------------------------------------------------------------------------------------------------------

_DAYS = ("P2D", "P3D", "P4D", "P6D")
_PERIODS = st.sampled_from(_DAYS)
_STACKING = st.sampled_from((None, "restart", "extend", "keep_later"))
_STAGES = st.one_of(
    st.sampled_from(("none", "unknown")),
    st.builds(
        lambda period, undo, name: [stage(name, period, *undo)],
        st.sampled_from(("P1D", "P2D", "P3D")),
        st.sampled_from((("top_up",), ("use",), ("top_up", "use"), ("plan_purchase",), ("shop_visit",))),
        st.sampled_from(("receive_only", "sms_only", "suspended")),
    ),
    st.builds(
        lambda undo, least, every: [stage("receive_only", "P3D", *undo, undo_from=least, undo_all=every)],
        st.sampled_from((("top_up",), ("use", "top_up"), ("plan_purchase", "top_up"), ("top_up", "shop_visit"))),
        st.sampled_from((None, "2", "3")),
        st.booleans(),
    ),
    st.builds(
        lambda one, two: [stage("receive_only", "P2D", *one), stage("sms_only", "P2D", *two)],
        st.sampled_from((("top_up",), ("use",))),
        st.sampled_from((("top_up",), ("use",), ("plan_purchase",))),
    ),
)
_LENGTHS = st.one_of(
    _PERIODS,
    _PERIODS,
    st.builds(lambda one, two, three: tiers(("1", one), ("2", two), ("3", three)), _PERIODS, _PERIODS, _PERIODS),
    st.just({"by": "unit", "unit": "1", "period": "P2D"}),
    st.just({"by": "plan"}),
    st.just({"by": "balance", "tiers": [{"from": "0", "below": "3", "period": "P2D"}, {"from": "3", "period": "P5D"}]}),
)
_TRIGGERS = st.sampled_from(
    (
        [{"acts": ["top_up"]}],
        [{"acts": ["top_up", "plan_purchase"]}],
        [{"acts": ["top_up"]}, {"acts": ["sms_out"]}],
        [{"acts": ["plan_purchase"], "counts_from": "plan_end"}],
        [{"acts": ["top_up"], "min_amount": "2"}, {"acts": ["plan_purchase"]}],
        [{"acts": ["top_up"], "spending": {"amount": "3", "within": "P5D", "strictly": False}}],
        [{"acts": ["top_up"]}, {"acts": ["sms_out"], "length": {"by": "fixed", "period": "P1D"}}],
        [{"acts": ["top_up"]}, {"acts": ["plan_purchase"], "length": {"by": "plan"}}],
        [{"acts": ["top_up"], "min_amount": "2", "length": {"by": "fixed", "period": "P5D"}}, {"acts": ["top_up"]}],
        [
            {"acts": ["plan_purchase"]},
            {"acts": ["top_up"], "length": {"by": "amount", "tiers": [{"at": "2", "period": "P3D"}, {"at": "3"}]}},
        ],
        [
            {"acts": ["sms_out"], "length": {"by": "unknown"}},
            {
                "acts": ["top_up"],
                "spending": {"amount": "3", "within": "P5D", "strictly": False},
                "length": {"by": "fixed", "period": "P6D"},
            },
        ],
    )
)


@st.composite
def _small_clocks(draw: st.DrawFn, clock_id: str) -> dict[str, Any]:
    made: dict[str, Any] = clock(
        clock_id,
        length=draw(_LENGTHS),
        on=draw(_TRIGGERS),
        stacking=draw(_STACKING),
        after=draw(_STAGES),
        starts=draw(st.sampled_from(([], [{"on": "activation"}]))),
    )
    if draw(st.integers(0, 3)) == 0:
        made["cap"] = draw(st.sampled_from(("P4D", "P7D")))
    if draw(st.integers(0, 5)) == 0:
        made["ends_early"] = [{"balance_at_most": "0"}]
    return made


@st.composite
def _small_offers(draw: st.DrawFn) -> Offer:
    def rule() -> dict[str, Any]:
        made: dict[str, Any] = {"clocks": [draw(_small_clocks("a"))]}
        if draw(st.booleans()):
            made["clocks"].append(draw(_small_clocks("b")))
        if draw(st.integers(0, 3)) == 0:
            made["fees"] = [
                fee(
                    amount="1",
                    every="P4D",
                    **draw(st.sampled_from(({}, {"idle_after": "P3D", "reset_by": ["sms_out"]}))),
                )
            ]
        return made

    rules = [rule()]
    if draw(st.integers(0, 4)) == 0:
        day = TODAY.add(days=draw(st.integers(1, 9)))
        rules = [{**rules[0], "valid_to": day.format_iso()}, {**rule(), "valid_from": day.add(days=1).format_iso()}]
    plans = [
        {"id": "p", "name": {"en": "p"}, "kind": "data", "price": "2", "validity": "P3D"},
        {"id": "q", "name": {"en": "q"}, "kind": "data", "price": None, "validity": "P6D"},
        {"id": "r", "name": {"en": "r"}, "kind": "data", "price": "1", "ends_on": TODAY.add(days=5).format_iso()},
    ]
    return offer(
        *rules,
        top_ups=[{"amount": amount} for amount in draw(st.sampled_from((("1", "2"), ("2",), ("1", "3"))))],
        plans=plans[: draw(st.integers(0, 3))],
    )


_PAST = st.lists(
    st.builds(
        lambda days, what: act(TODAY.add(days=days).format_iso(), *what[:2], **what[2]),
        st.sampled_from((-5, -3, -2, -1, -1, 0, 4)),
        st.sampled_from(
            (
                ("top_up", "1", {}),
                ("top_up", "3", {}),
                ("sms_out", None, {}),
                ("plan_purchase", "2", {"plan": "p"}),
                ("balance_reading", None, {"credit": "2"}),
            )
        ),
    ),
    max_size=3,
)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(_small_offers(), _PAST, st.integers(0, 2), st.integers(3, 8))
def test_no_sequence_of_acts_on_any_days_is_cheaper(of: Offer, past: list[Act], lead: int, days: int) -> None:
    held = Line(label="a line", offer="offer", activated_on=TODAY.subtract(days=6), lead_days=lead)
    until = TODAY.add(days=days)
    found = plan_line(held, past, of, TODAY, until)
    assume(found.problem is not Unplannable.TOO_MANY)
    bound = cost_of(found) if found.problem is None else cost_of(found).plus(cost_of(_DEAR))
    event(f"problem: {found.problem}, acts: {len(found.acts)}")
    try:
        cheaper = Brute(held, past, of, TODAY, until).cheaper_than(bound)
    except TooMuch:
        event("too much to try")
        return
    assert cheaper is None, (cheaper, told(found))


_DEAR = yearly_cost(offer({"clocks": [clock(length="P4M", stacking="restart")]}, top_ups=[{"amount": 2}]), TODAY)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(_small_offers(), _PAST, st.integers(0, 2), st.integers(5, 14))
def test_a_plan_keeps_the_number_safe_on_every_day(of: Offer, past: list[Act], lead: int, days: int) -> None:
    held = Line(label="a line", offer="offer", activated_on=TODAY.subtract(days=6), lead_days=lead)
    until = TODAY.add(days=days)
    found = plan_line(held, past, of, TODAY, until)
    assume(found.problem is None)
    now = standing(held, past, of, TODAY)
    assume(now.number_safe_until is None or now.number_safe_until >= TODAY)
    acts = [*past, *acts_of(found, of)]
    assert first_day_unsafe(held, acts, of, TODAY, until) is None, told(found)
    assert all(TODAY <= each.day <= until for each in found.acts)


# Quick -------------------------------------------------------------------------------------------------------------


def test_two_years_of_any_offer_take_few_looks_at_the_engine() -> None:
    until = TODAY.add(years=2)
    looks = [plan_line(line(), [], each, TODAY, until).looks for each in operators().values()]
    assert max(looks) < 400
    assert sum(looks) / len(looks) < 40


def test_amounts_that_make_change_in_many_ways_are_not_all_tried() -> None:
    rule = {"clocks": [clock(length={"by": "unit", "unit": "1", "period": "P1D"}, stacking="extend")]}
    held = offer(rule, top_ups=[{"amount": amount} for amount in (1, 3, 5, 10, 30, 50, 100)])
    found = plan(held, [act("2025-12-20", "top_up", 20)], "2027-12-31")
    assert found.looks < 400
    assert found.total is not None
    # 721 days are missing; what buys less than two weeks is left out where something longer is sold.
    assert found.total.amount == Decimal(730)


def test_an_act_that_alone_does_not_lead_out_of_a_stage_is_planned_before_it() -> None:
    both = stage("receive_only", "P3D", "plan_purchase", "top_up", undo_all=True)
    rule = {"clocks": [clock(length="P6D", starts=[{"on": "activation"}], stacking="restart", after=[both])]}
    pack = {"id": "p", "name": {"en": "p"}, "kind": "data", "price": "2", "validity": "P3D"}
    held = offer(rule, top_ups=[{"amount": 2}], plans=[pack])
    found = plan(held, [], "2026-01-08", activated_on="2025-12-26", lead_days=1)

    # On the first day the line still runs; in the three days of receiving a pack is needed as well.
    assert told(found) == ["2026-01-01 top_up 2 2026-01-10"]


def test_amounts_and_days_beyond_those_that_can_be_recorded_are_planned_with() -> None:
    by_unit = one_clock(length={"by": "unit", "unit": "2500000", "period": "P1D"})
    assert yearly_cost(by_unit, TODAY).problem is None
    assert yearly_cost(one_clock(length="P6M"), Day(2199, 9, 1)).acts[-1].day > Day(2199, 12, 31)
