"""Clocks that hang on plans and balances: the plan's own length, its end, its first use, and early ends."""

from __future__ import annotations

from typing import Any

import pytest

from simtui.domain.act import Act
from simtui.domain.reckoning import Certainty, ClockState, StepKind, Why
from simtui.domain.standing import Phase
from tests.domain.build import act, end, look, one_clock, only, stage

PLANS = [
    {"id": "week", "name": {"en": "week"}, "kind": "data", "validity": "P7D"},
    {"id": "month", "name": {"en": "month"}, "kind": "data", "validity": "P1M"},
    {"id": "summer", "name": {"en": "summer"}, "kind": "data", "ends_on": "2026-09-15"},
    {"id": "vague", "name": {"en": "vague"}, "kind": "data"},
]
BY_PLAN = {"by": "plan"}


def plan_clock(**fields: Any) -> Any:
    return one_clock(**{"length": BY_PLAN, "on": ("plan_purchase",), "plans": PLANS, **fields})


def buy(day: str, plan: str, order: int = 0, **fields: Any) -> Any:
    return act(day, "plan_purchase", plan=plan, order=order, **fields)


@pytest.mark.parametrize(
    ("plan", "fields", "until"),
    [
        ("week", {}, "2026-01-08"),
        ("month", {}, "2026-02-01"),
        ("summer", {}, "2026-09-15"),
        ("vague", {}, None),
        ("not-in-the-offer", {}, None),
        ("week", {"valid_until": "2026-01-20"}, "2026-01-20"),
        ("vague", {"valid_until": "2026-01-20"}, "2026-01-20"),
        ("not-in-the-offer", {"valid_until": "2026-01-20"}, "2026-01-20"),
    ],
)
def test_a_clock_lasts_as_long_as_the_plan_that_was_bought(
    plan: str, fields: dict[str, Any], until: str | None
) -> None:
    assert end(plan_clock(), [buy("2026-01-01", plan, **fields)], "2026-01-02") == until


@pytest.mark.parametrize(
    ("stacking", "told", "until"),
    [
        ("extend", "2026-01-20", "2026-01-20"),
        ("extend", "2026-01-05", "2026-01-08"),
        ("keep_later", "2026-01-05", "2026-01-08"),
        ("restart", "2026-01-05", "2026-01-05"),
    ],
)
def test_an_end_that_was_told_is_not_extended(stacking: str, told: str, until: str) -> None:
    acts = [buy("2026-01-01", "week"), buy("2026-01-03", "week", 1, valid_until=told)]

    assert end(plan_clock(stacking=stacking), acts, "2026-01-04") == until


def test_a_plan_of_unknown_length_hides_the_date() -> None:
    found = only(look(plan_clock(), [buy("2026-01-01", "week"), buy("2026-01-03", "vague", 1)], "2026-01-04"))

    assert (found.ends_on, str(found.last_known), found.steps[-1].why) == (None, "2026-01-08", Why.PLAN_UNKNOWN)


# Plans that begin at the first use.

FIRST_USE = [{"on": "first_use"}]


def test_a_plan_waits_for_the_first_use() -> None:
    waiting = plan_clock(starts=FIRST_USE)
    bought = [buy("2026-01-01", "week")]
    found = only(look(waiting, bought, "2026-03-01"))

    assert (found.state, found.steps[-1].why) == (ClockState.UNKNOWN, Why.NOTHING_RECORDED)
    assert end(waiting, [*bought, act("2026-03-02", "data", order=1)], "2026-03-03") == "2026-03-09"
    assert end(waiting, [*bought, act("2026-03-02", "data", mark="wifi", order=1)], "2026-03-03") is None
    assert end(waiting, [act("2025-12-01", "data"), *bought], "2026-01-02") == "2026-01-08"


@pytest.mark.parametrize(("stacking", "until"), [("extend", "2026-04-09"), ("restart", "2026-04-02")])
def test_several_plans_wait_together(stacking: str, until: str) -> None:
    acts = [buy("2026-01-01", "week"), buy("2026-01-05", "month", 1), act("2026-03-02", "data", order=2)]

    # 2 March + 7 = 9 March; + a month = 9 April. Or the last one alone: 2 March + a month.
    assert end(plan_clock(starts=FIRST_USE, stacking=stacking), acts, "2026-03-03") == until


def test_a_plan_does_not_wait_where_the_start_has_a_length_of_its_own() -> None:
    credit = plan_clock(starts=[{"on": "first_use", "length": {"by": "fixed", "period": "P5D"}}])

    assert end(credit, [buy("2026-01-01", "week")], "2026-01-02") == "2026-01-08"


def test_a_start_at_the_first_use_takes_the_plan_bought_before_it() -> None:
    started = plan_clock(on=(), starts=[{"on": "first_use"}])

    assert end(started, [buy("2026-01-01", "week"), act("2026-03-02", "data", order=1)], "2026-03-03") == "2026-03-09"
    assert end(started, [act("2026-03-02", "data", order=1)], "2026-03-03") is None


# Clocks by the balance.


def test_of_two_top_ups_before_a_reading_only_the_last_led_to_what_was_read() -> None:
    tiers = {"by": "balance", "tiers": [{"from": "5", "period": "P30D"}]}
    by_balance = one_clock(length=tiers, stacking="extend", top_ups=[{"amount": 10}])
    acts = [act("2026-01-01", "top_up", 5), act("2026-01-01", "top_up", 5, order=1), reading("2026-01-01", 10, 2)]
    found = only(look(by_balance, acts, "2026-01-02"))

    assert (str(found.ends_on), found.certainty.name) == ("2026-01-31", "GUESS")


# Clocks that begin at the end of a plan.


def after_plan(**fields: Any) -> Any:
    trigger = {"acts": ["plan_purchase"], "counts_from": "plan_end"}
    return one_clock(**{"length": "P30D", "on": [trigger], "plans": PLANS, "stacking": "restart", **fields})


def test_a_clock_counts_from_the_end_of_the_last_plan() -> None:
    assert end(after_plan(), [buy("2026-01-01", "week")], "2026-01-02") == "2026-02-07"
    assert end(after_plan(day_after=True), [buy("2026-01-01", "week")], "2026-01-02") == "2026-02-08"
    assert end(after_plan(), [buy("2026-01-01", "month"), buy("2026-01-05", "week", 1)], "2026-01-06") == "2026-03-03"
    assert end(after_plan(), [buy("2026-01-01", "vague")], "2026-01-02") is None


def test_a_clock_that_starts_at_a_plans_end_follows_the_last_plan() -> None:
    started = one_clock(
        length="P30D",
        on=("top_up",),
        plans=PLANS,
        starts=[{"on": "activation"}, {"on": "plan_end"}],
        stacking="restart",
    )
    fields: dict[str, Any] = {"activated_on": "2026-01-01"}
    week, month = buy("2026-01-10", "week"), buy("2026-01-12", "month", 1)
    top_up = act("2026-01-20", "top_up", 5, order=2)

    assert end(started, [], "2026-01-05", **fields) == "2026-01-31"
    assert end(started, [week], "2026-01-15", **fields) == "2026-02-16"
    assert end(started, [week, month], "2026-01-15", **fields) == "2026-03-14"
    assert end(started, [week, month, top_up], "2026-01-21", **fields) == "2026-02-19"
    assert end(started, [week, month, top_up, buy("2026-01-22", "month", 3)], "2026-01-23", **fields) == "2026-02-19"
    assert look(started, [buy("2026-02-10", "week")], "2026-02-11", **fields).phase is Phase.LOST


def test_a_plan_that_brings_a_line_back_is_followed_like_any_other() -> None:
    started = one_clock(
        length="P30D",
        on=(),
        plans=PLANS,
        starts=[{"on": "plan_end"}],
        after=[stage("suspended", "P30D", "plan_purchase")],
    )
    acts = [buy("2026-01-01", "week"), buy("2026-02-15", "month", 1)]

    # 8 January + 30 = 7 February, back on 15 February; a month to 15 March + 30 = 14 April.
    assert end(started, acts, "2026-02-16") == "2026-04-14"
    assert look(started, [buy("2026-01-01", "week"), buy("2026-06-15", "month", 1)], "2026-06-16").late_acts


@pytest.mark.parametrize(("told", "final"), [("2026-02-15", "2026-03-30"), ("2026-03-15", "2026-04-15")])
def test_a_grace_by_amount_is_that_of_the_plan_that_ends_last(told: str, final: str) -> None:
    by_amount = {"by": "amount", "tiers": [{"at": "5", "period": "P30D"}, {"at": "10", "period": "P1M"}]}
    graced = plan_clock(stacking="extend", after=[{"name": "receive_only", "length": by_amount, "undo": ["top_up"]}])
    first = act("2026-01-01", "plan_purchase", 5, valid_until="2026-02-28")
    second = act("2026-01-05", "plan_purchase", 10, order=1, valid_until=told)

    # 28 February + 30 days = 30 March, or 15 March + a month.
    assert str(look(graced, [first, second], "2026-01-06").final_day) == final


# Other starts.


@pytest.mark.parametrize(
    ("anchor", "acts", "fields", "until"),
    [
        ("activation", [], {"activated_on": "2026-01-10"}, "2026-02-09"),
        ("activation", [act("2026-01-11", "activation")], {}, "2026-02-10"),
        ("first_use", [act("2026-01-12", "sms_out")], {}, "2026-02-11"),
        ("first_use", [act("2026-01-12", "sms_in"), act("2026-01-13", "data", order=1)], {}, "2026-02-12"),
        ("purchase", [], {"opened_on": "2026-01-14"}, "2026-02-13"),
        ("purchase", [buy("2026-01-15", "week")], {}, "2026-02-14"),
        ("purchase", [], {}, None),
    ],
)
def test_what_a_clock_starts_from(anchor: str, acts: list[Any], fields: dict[str, Any], until: str | None) -> None:
    started = one_clock(length="P30D", starts=[{"on": anchor}], plans=PLANS)

    assert end(started, acts, "2026-01-31", **fields) == until


def test_a_start_may_have_a_length_of_its_own_and_a_day_after() -> None:
    started = one_clock(
        length="P30D", starts=[{"on": "activation", "length": {"by": "fixed", "period": "P5D"}}], day_after=True
    )

    assert end(started, [], "2026-01-02", activated_on="2026-01-01") == "2026-01-07"


@pytest.mark.parametrize(
    ("anchor", "kind", "fields"),
    [
        ("activation", "activation", {}),
        ("activation", "activation", {"activated_on": "2026-01-10"}),
        ("first_use", "data", {}),
        ("purchase", "plan_purchase", {}),
        ("purchase", "plan_purchase", {"opened_on": "2026-01-10"}),
    ],
)
def test_an_act_that_starts_a_clock_does_not_extend_it_as_well(anchor: str, kind: str, fields: dict[str, Any]) -> None:
    started = one_clock(length="P30D", starts=[{"on": anchor}], on=(kind,), stacking="extend")
    acts = [act("2026-01-10", kind), act("2026-01-20", kind, order=1)]

    assert end(started, acts[:1], "2026-01-11", **fields) == "2026-02-09"
    assert end(started, acts, "2026-01-21", **fields) == "2026-03-11"


def test_of_several_starts_the_earliest_counts_and_an_act_goes_before_all() -> None:
    started = one_clock(length="P30D", starts=[{"on": "first_use"}, {"on": "purchase"}])
    used = act("2026-01-20", "data")

    assert end(started, [used], "2026-01-31", opened_on="2026-01-10") == "2026-02-09"
    assert end(started, [used], "2026-01-31", opened_on="2026-01-25") == "2026-02-19"
    assert end(started, [act("2026-01-05", "top_up"), used], "2026-01-31", opened_on="2026-01-10") == "2026-02-04"


# Early ends.


def drained(**fields: Any) -> Any:
    base = {"ends_early": [{"balance_at_most": "0"}], "after": [stage("receive_only", "P30D", "top_up")]}
    return one_clock(**{**base, "plans": PLANS, "top_ups": [{"amount": 10}], **fields})


def reading(day: str, credit: str | int, order: int = 0) -> Any:
    return act(day, "balance_reading", credit=credit, order=order)


@pytest.mark.parametrize(
    ("limit", "credit", "early"),
    [
        ({"balance_at_most": "0"}, "0", True),
        ({"balance_at_most": "0"}, "0.01", False),
        ({"balance_at_most": "1"}, "1", True),
        ({"balance_below": "1"}, "1", False),
        ({"balance_below": "1"}, "0.99", True),
    ],
)
def test_at_zero_or_below_a_minimum_on_the_day_the_balance_gets_there(
    limit: dict[str, str], credit: str, early: bool
) -> None:
    acts = [act("2026-01-01", "top_up", 10), reading("2026-02-01", credit, 1)]
    found = only(look(drained(ends_early=[limit]), acts, "2026-02-15"))

    assert str(found.ends_on) == ("2026-02-01" if early else "2026-07-01")
    assert (found.steps[-1].kind is StepKind.ENDED_EARLY) == early


@pytest.mark.parametrize(("kind", "fields"), [("call_out", {}), ("fee", {}), ("plan_purchase", {"plan": "week"})])
def test_the_balance_gets_there_by_known_charges(kind: str, fields: dict[str, Any]) -> None:
    acts = [
        act("2026-01-01", "top_up", 10),
        reading("2026-01-02", 10, 1),
        act("2026-02-01", kind, 10, order=2, **fields),
    ]

    assert end(drained(), acts, "2026-02-15") == "2026-02-01"
    paid_otherwise = [*acts[:2], acts[2].model_copy(update={"from_credit": False})]
    assert end(drained(), paid_otherwise, "2026-02-15") == "2026-07-01"


def test_without_a_reading_no_balance_is_assumed() -> None:
    acts = [act("2026-01-01", "top_up", 10), act("2026-02-01", "call_out", 10, order=1)]

    assert end(drained(), acts, "2026-02-15") == "2026-07-01"


def test_a_clock_of_unknown_length_that_ends_early_has_a_known_end() -> None:
    unknown = drained(length={"by": "unknown"}, on=("call_out",))
    acts = [act("2026-01-01", "call_out"), reading("2026-02-01", 0, 1)]

    assert end(unknown, acts, "2026-01-15") is None
    assert end(unknown, acts, "2026-02-15") == "2026-02-01"
    assert end(unknown, acts[1:], "2026-02-15") == "2026-02-01"


def test_a_statement_beats_the_empty_balance_before_it_but_not_the_one_after() -> None:
    acts = [reading("2026-01-01", 0), act("2026-01-05", "statement", valid_until="2026-06-01", order=1)]

    assert end(drained(), acts, "2026-01-06") == "2026-06-01"
    assert end(drained(), [*acts, reading("2026-02-01", 0, 2)], "2026-02-02") == "2026-02-01"


def test_a_balance_that_was_gone_before_a_refill_is_history() -> None:
    acts = [act("2026-01-01", "top_up", 10), reading("2026-02-01", 0, 1), act("2026-02-10", "top_up", 10, order=2)]

    assert end(drained(), acts, "2026-02-15") == "2026-08-10"


def lapsing(**fields: Any) -> Any:
    return drained(**{"ends_early": [{"plan_lapses": True}], **fields})


def test_it_ends_when_a_plan_that_must_be_active_lapses() -> None:
    acts = [act("2026-01-01", "top_up", 10), buy("2026-01-02", "week", 1)]

    assert end(lapsing(), acts[:1], "2026-01-05") == "2026-07-01"
    assert end(lapsing(), acts, "2026-01-05") == "2026-01-09"
    assert look(lapsing(), acts, "2026-01-10").phase is Phase.RESCUE


def test_a_plan_bought_in_time_carries_on_and_one_bought_late_does_not() -> None:
    first = [act("2026-01-01", "top_up", 10), buy("2026-01-02", "week", 1)]

    assert end(lapsing(), [*first, buy("2026-01-09", "month", 2)], "2026-01-10") == "2026-02-09"
    assert end(lapsing(), [*first, buy("2026-01-10", "month", 2)], "2026-01-11") == "2026-01-09"
    refilled = [*first, buy("2026-01-10", "month", 2), act("2026-01-12", "top_up", 5, order=3)]
    assert end(lapsing(), refilled, "2026-01-13") == "2026-02-10"


def test_the_last_known_day_is_the_one_on_which_the_balance_was_gone() -> None:
    tiers = {"by": "amount", "tiers": [{"at": "5", "period": "P6M"}]}
    acts = [act("2026-01-10", "top_up", 5), reading("2026-03-01", 0, 1), act("2026-03-20", "top_up", 7, order=2)]
    found = only(look(drained(length=tiers), acts, "2026-03-21"))

    assert (found.ends_on, str(found.last_known)) == (None, "2026-03-01")


def test_a_plan_that_has_not_lapsed_yet_does_not_shorten_what_is_left() -> None:
    acts = [act("2026-01-01", "top_up", 10), buy("2026-01-02", "week", 1), act("2026-01-05", "top_up", 10, order=2)]
    kept = lapsing(stacking="extend")

    # 1 July + six months; the plan's end on 9 January comes first.
    assert end(kept, acts, "2026-01-06") == "2026-01-09"
    assert end(kept, [*acts, buy("2026-01-07", "summer", 3)], "2026-01-08") == "2026-09-15"


def test_a_payment_for_a_plan_that_renews_itself_keeps_it_active() -> None:
    acts = [
        act("2026-01-01", "top_up", 10),
        buy("2026-01-02", "month", 1),
        act("2026-02-02", "payment", 5, plan="month", order=2),
    ]

    assert end(lapsing(), acts, "2026-02-03") == "2026-03-02"


# Paid holds.


def held(**fields: Any) -> Any:
    return one_clock(**{"hold": {"period": "P1Y"}, "stacking": "restart", **fields})


def hold(day: str, order: int = 1, **fields: Any) -> Any:
    return act(day, "hold", 5, order=order, **fields)


def test_a_hold_never_shortens_and_outlasts_later_acts() -> None:
    first, again = act("2026-01-01", "top_up"), act("2026-03-01", "top_up", order=2)

    assert end(held(), [first, hold("2026-02-01")], "2026-02-02") == "2027-02-01"
    assert end(held(), [first, hold("2026-02-01", valid_until="2026-03-01")], "2026-02-02") == "2026-07-01"
    assert end(held(), [first, hold("2026-02-01"), again], "2026-03-02") == "2027-02-01"
    assert end(held(stacking="extend"), [first, hold("2026-02-01"), again], "2026-03-02") == "2027-08-01"


def test_a_statement_beats_a_hold_before_it() -> None:
    acts = [act("2026-01-01", "top_up"), hold("2026-02-01"), act("2026-02-03", "statement", valid_until="2026-05-01")]

    assert end(held(), acts, "2026-02-04") == "2026-05-01"


def test_a_hold_on_an_unknown_end_is_what_is_known() -> None:
    assert end(held(), [hold("2026-02-01")], "2026-02-02") == "2027-02-01"
    unknown = [act("2026-01-01", "top_up"), hold("2026-02-01")]
    assert end(held(length={"by": "unknown"}), unknown, "2026-02-02") == "2027-02-01"


def test_a_clock_that_knows_no_hold_does_not_wait() -> None:
    assert end(one_clock(), [act("2026-01-01", "top_up"), hold("2026-02-01")], "2026-02-02") == "2026-07-01"


# Renewal by itself.


def monthly(**fields: Any) -> Any:
    base = {"length": "P1M", "on": ("payment",), "starts": [{"on": "activation"}], "auto_renews": True}
    return one_clock(**{**base, "stacking": "extend", **fields})


SUBSCRIBED: dict[str, Any] = {"activated_on": "2026-01-31", "auto_renew": "yes"}


@pytest.mark.parametrize("day", ["2026-02-20", "2026-02-28", "2026-03-02"])
def test_a_recorded_debit_is_the_one_that_was_assumed(day: str) -> None:
    assert end(monthly(), [act(day, "payment", 2)], "2026-03-05", **SUBSCRIBED) == "2026-03-31"


def test_two_recorded_debits_are_two_months() -> None:
    acts = [act("2026-02-28", "payment", 2), act("2026-03-31", "payment", 2, order=1)]

    assert end(monthly(), acts, "2026-04-02", **SUBSCRIBED) == "2026-04-30"
    assert end(monthly(), acts, "2026-04-02", activated_on="2026-01-31", auto_renew="no") == "2026-04-30"


def test_renewal_goes_on_from_the_operators_date() -> None:
    acts = [act("2026-03-01", "statement", valid_until="2026-03-30")]

    assert end(monthly(), acts, "2026-04-20", **SUBSCRIBED) == "2026-04-30"
    assert end(monthly(), acts, "2026-05-20", **SUBSCRIBED) == "2026-05-30"


def test_nothing_renews_itself_unless_the_line_does() -> None:
    for answer in ("no", "unknown"):
        assert look(monthly(), [], "2026-03-05", activated_on="2026-01-31", auto_renew=answer).phase is Phase.LOST


@pytest.mark.parametrize(
    ("known", "certainty", "source"),
    [
        ({}, Certainty.OFFICIAL, "official"),
        ({"source": "third-party"}, Certainty.THIRD_PARTY, "third-party"),
        ({"source": "third-party", "certainty": "guess"}, Certainty.GUESS, "third-party"),
        ({"certainty": "third_party"}, Certainty.THIRD_PARTY, "official"),
    ],
)
def test_a_start_can_be_known_from_elsewhere_than_the_clock(
    known: dict[str, str], certainty: Certainty, source: str
) -> None:
    start = {"on": "activation", "length": {"by": "fixed", "period": "P60D"}, **known}
    held = one_clock(length="P30D", starts=[start], stacking="restart", after=[stage("receive_only", "P10D", "top_up")])
    fresh = look(held, [], "2026-01-02", activated_on="2026-01-01")

    assert (fresh.certainty, {step.source for step in fresh.steps}) == (certainty, {source})
    # A stage says of itself how well it is known; the first act is the clock's own matter again.
    assert only(fresh).stages[0].certainty is Certainty.OFFICIAL
    topped_up = look(held, [act("2026-01-10", "top_up", 5)], "2026-01-11", activated_on="2026-01-01")
    assert topped_up.certainty is Certainty.OFFICIAL


def test_what_extends_a_start_is_no_surer_than_the_start() -> None:
    start = {"on": "activation", "length": {"by": "fixed", "period": "P60D"}, "source": "old"}
    held = one_clock(length="P30D", starts=[start], stacking="extend")
    found = look(held, [act("2026-01-10", "top_up", 5)], "2026-01-11", activated_on="2026-01-01")

    assert (str(found.next_day), found.certainty) == ("2026-04-01", Certainty.GUESS)


def test_a_start_names_a_source_that_there_is() -> None:
    with pytest.raises(ValueError, match="no such source: nowhere"):
        one_clock(starts=[{"on": "activation", "source": "nowhere"}])


@pytest.mark.parametrize(
    ("acts", "until"),
    [
        # The end before the hold, 31 January, has passed: counted from the act.
        ([act("2026-05-10", "payment", order=2)], "2026-06-09"),
        # It lies ahead: the act adds to it. 31 January + 30 = 2 March.
        ([act("2026-01-20", "payment", order=2)], "2026-03-02"),
        # The hold has run out by itself: 10 July, and the act comes after it.
        ([act("2026-07-11", "payment", order=2)], "2026-08-10"),
        # Held again after it was ended: 1 June + 6 months.
        ([act("2026-05-10", "payment", order=2), act("2026-06-01", "hold", order=3)], "2026-12-01"),
    ],
)
def test_a_hold_can_end_with_the_act_that_restarts_the_clock(acts: list[Act], until: str) -> None:
    hold = {"period": "P6M", "ended_by_restart": True}
    held = one_clock(length="P30D", on=("payment",), stacking="extend", hold=hold, after="unknown")
    before = [act("2026-01-01", "payment"), act("2026-01-10", "hold", order=1)]

    assert end(held, before, "2026-01-11") == "2026-07-10"
    assert end(held, [*before, *acts], "2026-07-11") == until


def test_a_hold_that_no_act_ends_goes_before_shorter_lengths() -> None:
    held = one_clock(length="P30D", on=("payment",), stacking="extend", hold={"period": "P6M"}, after="unknown")
    acts = [act("2026-01-01", "payment"), act("2026-01-10", "hold", order=1), act("2026-05-10", "payment", order=2)]

    # What is left is the held time, and the payment adds to it: 10 July + 30 = 9 August.
    assert end(held, acts, "2026-05-11") == "2026-08-09"
