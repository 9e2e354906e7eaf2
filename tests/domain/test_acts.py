"""Which acts count, in which order, and what is said of those that do not (DESIGN.md, 4.3)."""

from __future__ import annotations

from typing import Any

import pytest

from simtui.domain.act import Act
from simtui.domain.reckoning import Certainty, ClockState, RemarkKind, StepKind, Why
from simtui.domain.standing import Phase
from tests.domain.build import act, clock, end, fee, look, offer, one_clock, only, stage

USE = ("call_out", "sms_out", "data")


def test_acts_of_a_day_keep_their_recording_order() -> None:
    tiers = {"by": "amount", "tiers": [{"at": "5", "period": "P1M"}, {"at": "10", "period": "P6M"}]}
    table = one_clock(length=tiers, stacking="restart")
    small, large = act("2026-01-01", "top_up", 5), act("2026-01-01", "top_up", 10)

    assert end(table, [small, large.model_copy(update={"order": 1})], "2026-01-01") == "2026-07-01"
    assert end(table, [large, small.model_copy(update={"order": 1})], "2026-01-01") == "2026-02-01"


def test_a_statement_comes_last_on_its_day_and_beats_all_before_it() -> None:
    acts = [
        act("2026-01-01", "top_up"),
        act("2026-02-01", "statement", valid_until="2026-03-01", order=1),
        act("2026-02-01", "top_up", order=2),
    ]

    assert end(one_clock(), acts, "2026-02-02") == "2026-03-01"
    assert only(look(one_clock(), acts, "2026-02-02")).certainty is Certainty.STATED


@pytest.mark.parametrize(
    ("stacking", "until", "certainty"),
    [
        ("restart", "2026-08-02", Certainty.OFFICIAL),
        ("extend", "2027-03-01", Certainty.OFFICIAL),
        ("keep_later", "2026-09-01", Certainty.OFFICIAL),
        (None, "2026-08-02", Certainty.GUESS),
    ],
)
def test_later_acts_go_on_from_a_statement(stacking: str | None, until: str, certainty: Certainty) -> None:
    stacked = one_clock(stacking=stacking)
    acts = [act("2026-02-01", "statement", valid_until="2026-09-01"), act("2026-02-02", "top_up", order=1)]
    found = only(look(stacked, acts, "2026-02-03"))

    assert (str(found.ends_on), found.certainty) == (until, certainty)


def test_each_kind_of_act_may_give_a_length_of_its_own() -> None:
    by_amount = {"by": "amount", "tiers": [{"at": "5", "period": "P7D"}]}
    restarts = [
        {"acts": ["top_up"], "min_amount": "20", "length": {"by": "fixed", "period": "P1Y"}},
        {"acts": ["top_up"]},
        {"acts": ["plan_purchase"], "length": {"by": "plan"}},
        {"acts": ["payment"], "length": by_amount},
        {"acts": ["data"], "length": {"by": "unknown"}},
    ]
    week = {"id": "week", "name": {"en": "week"}, "kind": "data", "validity": "P7D"}
    held = one_clock(length="P30D", on=restarts, stacking="restart", plans=[week])

    assert end(held, [act("2026-01-01", "top_up", 20)], "2026-01-02") == "2027-01-01"
    assert end(held, [act("2026-01-01", "top_up", 19)], "2026-01-02") == "2026-01-31"
    assert end(held, [act("2026-01-01", "plan_purchase", plan="week")], "2026-01-02") == "2026-01-08"
    assert end(held, [act("2026-01-01", "payment", 5)], "2026-01-02") == "2026-01-08"
    assert end(held, [act("2026-01-01", "payment", 6)], "2026-01-02") is None
    assert end(held, [act("2026-01-01", "data")], "2026-01-02") is None


def test_only_what_lasts_as_its_plan_waits_for_the_first_use() -> None:
    restarts = [{"acts": ["plan_purchase"]}, {"acts": ["top_up"], "length": {"by": "fixed", "period": "P30D"}}]
    week = {"id": "week", "name": {"en": "week"}, "kind": "data", "validity": "P7D"}
    held = one_clock(length={"by": "plan"}, on=restarts, starts=[{"on": "first_use"}], plans=[week])

    assert end(held, [act("2026-01-01", "top_up", 5)], "2026-01-02") == "2026-01-31"
    assert end(held, [act("2026-01-01", "plan_purchase", plan="week")], "2026-01-02") is None
    bought_and_used = [act("2026-01-01", "plan_purchase", plan="week"), act("2026-01-05", "data", order=1)]
    assert end(held, bought_and_used, "2026-01-06") == "2026-01-12"


def test_a_statement_speaks_of_the_clock_that_it_names() -> None:
    both = offer({"clocks": [clock("credit", after=None, loses="balance"), clock("line")], "stated": "line"})
    acts = [act("2026-01-01", "top_up")]
    unnamed = [*acts, act("2026-01-02", "statement", valid_until="2026-12-01", order=1)]
    named = [*acts, act("2026-01-02", "statement", valid_until="2026-12-01", clock="credit", order=1)]

    assert [str(part.ends_on) for part in look(both, unnamed, "2026-01-03").clocks] == ["2026-07-01", "2026-12-01"]
    assert [str(part.ends_on) for part in look(both, named, "2026-01-03").clocks] == ["2026-12-01", "2026-07-01"]


def test_a_statement_without_a_name_speaks_of_the_first_clock_where_the_rule_does_not_say() -> None:
    both = offer({"clocks": [clock("credit", after=None, loses="balance"), clock("line")]})
    found = look(both, [act("2026-01-02", "statement", valid_until="2026-12-01")], "2026-01-03")

    assert [part.ends_on is None for part in found.clocks] == [False, True]


def test_a_statement_on_a_clock_that_the_rule_does_not_have_is_named_and_moves_nothing() -> None:
    acts = [
        act("2026-01-01", "top_up"),
        act("2026-01-02", "statement", valid_until="2028-12-01", clock="of-another-offer", order=1),
    ]
    found = look(one_clock(), acts, "2026-01-03")

    assert str(found.next_day) == "2026-07-01"
    assert [remark.kind for remark in found.remarks] == [RemarkKind.EXCLUDED]


def test_without_a_rule_every_statement_is_heard() -> None:
    acts = [act("2026-01-02", "statement", valid_until="2026-12-01", clock="of-another-offer")]
    found = look(offer(), acts, "2026-01-03")

    assert (str(found.next_day), found.certainty, found.remarks) == ("2026-12-01", Certainty.STATED, ())
    assert look(offer(), acts, "2026-12-02").phase is Phase.RESCUE
    assert look(offer(kind="travel_esim"), acts, "2026-12-02").phase is Phase.SAFE


def test_a_rule_with_nothing_in_it_is_a_rule_that_nobody_knows() -> None:
    acts = [act("2026-01-02", "statement", valid_until="2026-12-01")]

    assert look(offer({}), [], "2026-01-03").phase is Phase.UNKNOWN
    assert str(look(offer({}), acts, "2026-01-03").next_day) == "2026-12-01"


def test_future_acts_are_named_and_ignored_for_today() -> None:
    acts = [act("2026-01-01", "top_up"), act("2026-05-01", "statement", valid_until="2026-05-02", order=1)]
    found = look(one_clock(), acts, "2026-04-30")

    assert str(found.next_day) == "2026-07-01"
    assert [(remark.kind, str(remark.act.day)) for remark in found.remarks] == [(RemarkKind.FUTURE, "2026-05-01")]


def test_a_planned_activation_does_not_hide_what_happened_before_it() -> None:
    acts = [act("2026-01-01", "top_up"), act("2026-05-01", "activation", order=1)]

    assert str(look(one_clock(), acts, "2026-04-30").next_day) == "2026-07-01"


@pytest.mark.parametrize("told", ["act", "line"])
def test_acts_before_the_activation_are_named_and_ignored(told: str) -> None:
    acts = [act("2026-01-01", "top_up")]
    fields: dict[str, Any] = {}
    if told == "act":
        acts.append(act("2026-02-01", "activation", order=1))
    else:
        fields["activated_on"] = "2026-02-01"
    found = look(one_clock(), acts, "2026-03-01", **fields)

    assert found.next_day is None
    assert [remark.kind for remark in found.remarks] == [RemarkKind.BEFORE_ACTIVATION]


_WOKEN: dict[str, Any] = {"after": [stage("hibernated", "P275D", "shop_visit")]}


@pytest.mark.parametrize(
    "before",
    [
        act("2025-08-01", "call_out"),
        act("2025-08-01", "sms_in"),
        act("2025-08-01", "fee", 1),
        act("2025-08-01", "top_up", 10),
    ],
)
def test_an_activation_that_wakes_a_line_is_not_its_beginning(before: Act) -> None:
    held = one_clock(length="P90D", on=("call_out", "sms_in", "fee", "top_up"), stacking="restart", **_WOKEN)
    woken = act("2026-01-10", "activation", channel="shop", order=1)
    found = look(held, [before, woken], "2026-01-11")

    assert (str(found.next_day), found.remarks) == ("2026-04-10", ())


def test_a_top_up_before_any_other_activation_is_before_the_beginning() -> None:
    held = one_clock(length="P90D", stacking="restart", starts=[{"on": "activation"}], **_WOKEN)
    acts = [act("2025-08-01", "top_up", 10), act("2026-01-10", "activation", channel="online", order=1)]
    found = look(held, acts, "2026-01-11")

    assert str(found.next_day) == "2026-04-10"
    assert [remark.kind for remark in found.remarks] == [RemarkKind.BEFORE_ACTIVATION]


def test_a_line_that_was_woken_does_not_begin_then() -> None:
    papers = clock("papers", length="P30D", on=(), registration=True, starts=[{"on": "activation"}])
    held = offer({"clocks": [clock(length="P90D", on=("call_out",), **_WOKEN), papers], "fees": [fee()]})
    acts = [act("2025-08-01", "call_out"), act("2026-01-10", "activation", channel="shop", order=1)]
    found = look(held, acts, "2026-01-11", identity={"state": "no"})

    assert [part.ends_on for part in found.clocks[1:]] == [None, None]


@pytest.mark.parametrize("kind", USE)
def test_use_while_roaming_counts_as_any_other(kind: str) -> None:
    roaming = act("2026-02-01", kind, mark="roaming", order=1)
    held = one_clock(on=USE)
    reason = {"en": "Only use at home counts."}
    at_home = one_clock(on=USE, excludes=[{"acts": list(USE), "marks": ["roaming"], "reason": reason}])

    assert end(held, [act("2026-01-01", "call_out"), roaming], "2026-02-02") == "2026-08-01"
    assert end(at_home, [act("2026-01-01", "call_out"), roaming], "2026-02-02") == "2026-07-01"


def test_what_counts_only_with_a_mark() -> None:
    held = one_clock(length="P90D", on=[{"acts": ["sms_out"]}, {"acts": ["call_in"], "marks": ["roaming", "wifi"]}])
    sent = act("2026-01-01", "sms_out")

    def end_after(mark: str | None) -> str | None:
        return end(held, [sent, act("2026-02-01", "call_in", mark=mark, order=1)], "2026-02-02")

    assert [end_after(mark) for mark in ("roaming", "wifi")] == ["2026-05-02"] * 2
    assert [end_after(mark) for mark in (None, "free")] == ["2026-04-01"] * 2


def test_papers_shown_at_the_purchase_count_although_the_line_was_activated_later() -> None:
    papers = one_clock(length="P30D", on=("identification",), registration=True, starts=[{"on": "activation"}])
    acts = [act("2026-01-01", "identification")]
    found = look(papers, acts, "2026-03-15", activated_on="2026-02-01")

    assert only(found).state is ClockState.DROPPED
    assert found.remarks == ()


@pytest.mark.parametrize("mark", ["free", "emergency", "wifi"])
@pytest.mark.parametrize("kind", USE)
def test_marked_use_does_not_count_unless_the_rule_says_so(kind: str, mark: str) -> None:
    strict = one_clock(on=USE)
    lenient = one_clock(on=[{"acts": list(USE), "also": [mark]}])
    acts = [act("2026-01-01", "call_out"), act("2026-02-01", kind, mark=mark, order=1)]

    assert end(strict, acts, "2026-02-02") == "2026-07-01"
    assert [remark.kind for remark in look(strict, acts, "2026-02-02").remarks] == [RemarkKind.MARKED_USE]
    assert end(lenient, acts, "2026-02-02") == "2026-08-01"
    assert look(lenient, acts, "2026-02-02").remarks == ()


def test_a_look_alike_is_left_out_with_its_reason() -> None:
    three_uk = one_clock(
        on=[{"acts": ["call_out"], "also": ["wifi"]}],
        excludes=[{"acts": ["call_out"], "marks": ["wifi"], "reason": {"en": "Wi-Fi calling"}}],
    )
    acts = [act("2026-01-01", "call_out"), act("2026-02-01", "call_out", mark="wifi", order=1)]
    found = look(three_uk, acts, "2026-02-02")

    assert str(found.next_day) == "2026-07-01"
    assert [(remark.kind, remark.reason and remark.reason.en) for remark in found.remarks] == [
        (RemarkKind.EXCLUDED, "Wi-Fi calling")
    ]


def test_remarks_on_acts_that_have_become_history_are_dropped() -> None:
    acts = [
        act("2026-02-01", "call_out", mark="wifi"),
        act("2026-03-01", "call_out", order=1),
        act("2026-04-01", "call_out", mark="free", order=2),
    ]
    found = look(one_clock(on=USE), acts, "2026-04-02")

    assert [str(remark.act.day) for remark in found.remarks] == ["2026-04-01"]


@pytest.mark.parametrize(
    ("condition", "counts", "does_not"),
    [
        ({"min_amount": "5"}, {"amount": 5}, {"amount": "4.99"}),
        ({"min_amount": "5"}, {"amount": 5}, {"amount": 5, "currency": "USD"}),
        ({"min_amount": "5"}, {"amount": 5}, {}),
        ({"channels": ["shop"]}, {"channel": "shop"}, {"channel": "online"}),
        ({"channels": ["shop"]}, {"channel": "shop"}, {}),
        ({"plans": ["month"]}, {"plan": "month"}, {"plan": "week"}),
        ({"plan_kinds": ["voice"]}, {"plan": "month"}, {"plan": "week"}),
        ({"plan_kinds": ["voice"]}, {"plan": "month"}, {"plan": "not-in-the-offer"}),
    ],
)
def test_all_conditions_of_a_trigger_must_hold(
    condition: dict[str, Any], counts: dict[str, Any], does_not: dict[str, Any]
) -> None:
    plans = [
        {"id": "month", "name": {"en": "month"}, "kind": "voice"},
        {"id": "week", "name": {"en": "week"}, "kind": "data"},
    ]
    picky = one_clock(on=[{"acts": ["top_up", "plan_purchase"], **condition}], plans=plans)

    assert end(picky, [act("2026-01-01", "plan_purchase", **counts)], "2026-01-02") == "2026-07-01"
    assert end(picky, [act("2026-01-01", "plan_purchase", **does_not)], "2026-01-02") is None


def test_an_amount_that_nobody_recorded_is_not_called_too_little() -> None:
    picky = one_clock(on=[{"acts": ["top_up"], "min_amount": "5"}])

    assert [remark.kind for remark in look(picky, [act("2026-01-01", "top_up")], "2026-01-02").remarks] == [
        RemarkKind.EXCLUDED
    ]


def test_a_new_act_on_a_clock_of_unknown_length_hides_the_date_and_the_last_one_stays_visible() -> None:
    unknown = one_clock(length={"by": "unknown"})
    acts = [act("2026-01-01", "statement", valid_until="2026-07-01"), act("2026-02-01", "top_up", order=1)]
    found = only(look(unknown, acts, "2026-02-02"))

    assert (found.ends_on, str(found.last_known), found.state) == (None, "2026-07-01", ClockState.UNKNOWN)
    assert [step.kind for step in found.steps] == [StepKind.ACTED, StepKind.UNKNOWN]


@pytest.mark.parametrize("stacking", ["restart", "extend", "keep_later", None])
def test_an_amount_outside_the_tiers_is_unknown_however_acts_stack(stacking: str | None) -> None:
    tiers = {"by": "amount", "tiers": [{"at": "5", "period": "P1M"}, {"from": "10", "below": "20", "period": "P6M"}]}
    table = one_clock(length=tiers, stacking=stacking)

    for amount in ("4.99", "5.01", "7", "9.9999", "20", "1000"):
        acts = [act("2026-01-01", "top_up", 10), act("2026-01-02", "top_up", amount, order=1)]
        found = only(look(table, acts, "2026-01-03"))
        assert (found.ends_on, str(found.last_known)) == (None, "2026-07-01")
        assert found.steps[-1].why is Why.AMOUNT_OUTSIDE_TIERS


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({}, Why.AMOUNT_MISSING),
        ({"amount": 5, "currency": "USD"}, Why.OTHER_CURRENCY),
        ({"amount": 6}, Why.LENGTH_UNKNOWN),
    ],
)
def test_why_a_length_is_not_known(fields: dict[str, Any], why: Why) -> None:
    table = one_clock(length={"by": "amount", "tiers": [{"at": "5", "period": "P1M"}, {"at": "6"}]})

    assert only(look(table, [act("2026-01-01", "top_up", **fields)], "2026-01-02")).steps[-1].why is why


def test_after_an_unknown_end_a_known_length_is_the_earliest_that_can_be() -> None:
    tiers = {"by": "amount", "tiers": [{"at": "5", "period": "P1M"}]}
    acts = [act("2026-01-01", "top_up", 7), act("2026-01-10", "top_up", 5, order=1)]
    extends, restarts = one_clock(length=tiers, stacking="extend"), one_clock(length=tiers, stacking="restart")

    found, plain = only(look(extends, acts, "2026-01-11")), only(look(restarts, acts, "2026-01-11"))
    assert (str(found.ends_on), found.certainty) == ("2026-02-10", Certainty.GUESS)
    assert (str(plain.ends_on), plain.certainty) == ("2026-02-10", Certainty.OFFICIAL)


def test_what_is_extended_is_as_sure_as_what_it_hangs_on() -> None:
    guessed = one_clock(stacking="extend", starts=[{"on": "activation"}])
    acts = [act("2026-01-01", "statement", valid_until="2026-02-01"), act("2026-01-10", "top_up", order=1)]

    assert only(look(guessed, acts, "2026-01-11")).certainty is Certainty.OFFICIAL
    cohort = {"opened_to": "2020-01-01", "clocks": [clock(stacking="extend")]}
    unsure = offer(cohort)
    assert only(look(unsure, [act("2026-01-01", "top_up")], "2026-01-11")).certainty is Certainty.GUESS


@pytest.mark.parametrize(
    ("undo", "fields", "brings_back"),
    [
        ("top_up", {"kind": "top_up"}, True),
        ("top_up", {"kind": "call_out"}, False),
        ("top_up", {"kind": "top_up", "channel": "phone"}, True),
        ("use", {"kind": "call_out"}, True),
        ("use", {"kind": "call_out", "mark": "wifi"}, False),
        ("use", {"kind": "top_up"}, False),
        ("payment", {"kind": "payment"}, True),
        ("plan_purchase", {"kind": "plan_purchase"}, True),
        ("identification", {"kind": "identification"}, True),
        ("support_call", {"kind": "top_up", "channel": "phone"}, True),
        ("support_call", {"kind": "top_up"}, False),
        ("support_call", {"kind": "balance_reading", "credit": 1, "channel": "phone"}, False),
        ("shop_visit", {"kind": "call_out", "channel": "shop"}, True),
        ("shop_visit", {"kind": "note", "channel": "shop"}, False),
    ],
)
def test_only_what_a_stage_names_undoes_it(undo: str, fields: dict[str, Any], brings_back: bool) -> None:
    asleep = one_clock(on=("top_up", "call_out"), after=[stage("suspended", "P1Y", undo)])
    late = {**fields, "order": 1}
    acts = [act("2026-01-01", "top_up"), act("2026-08-01", late.pop("kind"), **late)]
    found = look(asleep, acts, "2026-08-02")

    assert found.phase is (Phase.SAFE if brings_back else Phase.RESCUE)
    assert str(only(found).ends_on) == ("2027-02-01" if brings_back else "2026-07-01")


def test_an_act_that_does_not_undo_the_stage_is_named() -> None:
    asleep = one_clock(on=("top_up", "call_out"), after=[stage("suspended", "P1Y", "top_up")])
    acts = [act("2026-01-01", "top_up"), act("2026-08-01", "call_out", order=1)]
    found = look(asleep, acts, "2026-08-02")

    assert [remark.kind for remark in found.remarks] == [RemarkKind.DOES_NOT_UNDO]
    assert not found.late_acts


def test_each_stage_has_its_own_ways_back() -> None:
    two = one_clock(after=[stage("receive_only", "P1M", "top_up"), stage("suspended", "P1M", "shop_visit")])
    first, second = ([act("2026-01-01", "top_up"), act(day, "top_up", order=1)] for day in ("2026-08-01", "2026-08-02"))

    assert look(two, first, "2026-08-02").phase is Phase.SAFE
    assert look(two, second, "2026-08-02").phase is Phase.RESCUE


def test_a_stage_that_nothing_undoes_cannot_save_the_number() -> None:
    doomed = one_clock(after=[stage("receive_only", "P1M", "top_up"), stage("suspended", "P1M")])
    found = look(doomed, [act("2026-01-01", "top_up")], "2026-07-15")

    assert str(found.final_day) == "2026-08-01"
    assert look(doomed, [act("2026-01-01", "top_up")], "2026-08-02").phase is Phase.LOST


def test_a_stage_that_is_only_waited_out_is_part_of_the_rescue() -> None:
    waiting = one_clock(after=[stage("suspended", "P10D"), stage("receive_only", "P1M", "top_up")])
    acts = [act("2026-01-01", "top_up")]
    found = look(waiting, acts, "2026-07-05")

    assert (found.phase, str(found.next_day), str(found.final_day)) == (Phase.RESCUE, "2026-07-11", "2026-08-11")
    assert look(waiting, [*acts, act("2026-07-05", "top_up", order=1)], "2026-07-06").phase is Phase.RESCUE


@pytest.mark.parametrize(
    ("recall", "phase", "final"), [(True, Phase.RESCUE, "2026-08-01"), (False, Phase.LOST, "2026-07-01")]
)
def test_a_quarantine_is_rescue_only_where_the_number_can_be_asked_for(recall: bool, phase: Phase, final: str) -> None:
    kept = one_clock(after=[stage("quarantine", "P1M", recall=recall)])
    found = look(kept, [act("2026-01-01", "top_up")], "2026-07-02")

    assert (found.phase, str(found.final_day)) == (phase, final)


def test_after_a_quarantine_without_recall_nothing_follows() -> None:
    odd = one_clock(after=[stage("quarantine", "P1M"), stage("receive_only", "P1M", "top_up")])

    assert {look(odd, [act("2026-01-01", "top_up")], day).phase for day in ("2026-07-02", "2026-08-15")} == {Phase.LOST}


def test_a_stage_of_unknown_length_is_rescue_without_a_final_date() -> None:
    vague = one_clock(after=[stage("receive_only", "P1M", "top_up"), stage("may_end", None, "top_up")])
    acts = [act("2026-01-01", "top_up")]
    first, second = look(vague, acts, "2026-07-15"), look(vague, acts, "2036-01-01")

    assert (first.phase, str(first.next_day), first.final_day) == (Phase.RESCUE, "2026-08-01", None)
    assert (second.phase, second.next_day, second.final_day) == (Phase.RESCUE, None, None)
    assert str(second.number_safe_until) == "2026-08-01"


def test_in_a_stage_that_may_end_any_day_the_number_is_not_safe_but_can_be_saved() -> None:
    found = look(one_clock(after=[stage("may_end", "P1M", "top_up")]), [act("2026-01-01", "top_up")], "2026-01-02")

    assert (str(found.number_safe_until), str(found.final_day)) == ("2026-07-01", "2026-08-01")


def test_lost_is_brought_back_by_a_newer_statement_only() -> None:
    acts = [act("2026-01-01", "top_up"), act("2026-08-01", "top_up", order=1)]
    older = act("2026-06-01", "statement", valid_until="2026-07-01", order=2)
    newer = act("2026-08-02", "statement", valid_until="2027-01-31", order=3)

    assert look(one_clock(), [*acts, older], "2026-08-03").phase is Phase.LOST
    found = look(one_clock(), [*acts, newer], "2026-08-03")
    assert (found.phase, found.late_acts, found.remarks) == (Phase.SAFE, False, ())


def test_late_acts_are_kept_and_named() -> None:
    acts = [act("2026-01-01", "top_up"), act("2026-08-01", "top_up", order=1), act("2026-09-01", "call_out", order=2)]
    found = look(one_clock(), acts, "2026-09-02")

    assert found.late_acts
    assert [(str(remark.act.day), remark.kind) for remark in found.remarks] == [("2026-08-01", RemarkKind.TOO_LATE)]


def test_a_payment_that_would_have_undone_the_stage_is_named_once_it_is_over() -> None:
    asleep = one_clock(after=[stage("suspended", "P1M", "payment")])
    late = [act("2026-01-01", "top_up"), act("2026-08-02", "payment", order=1)]
    found = look(asleep, late, "2026-08-03")

    assert (found.late_acts, [remark.kind for remark in found.remarks]) == (True, [RemarkKind.TOO_LATE])


def test_registration_counts_from_the_activation_and_ends_with_the_papers() -> None:
    papers = one_clock(length="P30D", on=(), registration=True, starts=[{"on": "activation"}])
    fields: dict[str, Any] = {"activated_on": "2026-01-01"}

    def state(answer: str, today: str = "2026-01-10", **more: Any) -> ClockState:
        return only(look(papers, [], today, identity={"state": answer, **more}, **fields)).state

    assert state("no") is ClockState.RUNNING
    assert state("yes") is ClockState.DROPPED
    assert state("yes", day="2026-01-20") is ClockState.RUNNING
    assert state("unknown") is ClockState.UNKNOWN
    assert state("unknown", "2026-06-01") is ClockState.UNKNOWN
    assert state("no", "2026-06-01") is ClockState.OVER


def test_a_dropped_clock_is_the_end_of_nothing() -> None:
    both = offer(
        {
            "clocks": [
                clock(),
                clock(
                    "papers", length="P30D", on=(), registration=True, starts=[{"on": "activation"}], loses="service"
                ),
            ]
        }
    )
    found = look(
        both, [act("2026-01-01", "top_up")], "2026-01-05", activated_on="2026-01-01", identity={"state": "yes"}
    )

    assert str(found.full_service_until) == "2026-07-01"
    assert only(found, "papers").ends_on is None


def test_papers_of_unknown_state_shown_late_were_accepted_all_the_same() -> None:
    papers = one_clock(length="P30D", on=(), registration=True, starts=[{"on": "activation"}])
    acts = [act("2026-06-01", "identification")]

    assert only(look(papers, acts, "2026-06-02", activated_on="2026-01-01")).state is ClockState.DROPPED
    known = look(papers, acts, "2026-06-02", activated_on="2026-01-01", identity={"state": "no"})
    assert (known.phase, known.late_acts) == (Phase.LOST, True)


def test_the_operators_date_for_papers_is_believed_although_the_state_is_unknown() -> None:
    papers = one_clock(length="P30D", on=(), registration=True, starts=[{"on": "activation"}])
    acts = [act("2026-01-05", "statement", valid_until="2026-02-10")]

    assert end(papers, acts, "2026-01-06", activated_on="2026-01-01") == "2026-02-10"


def test_the_final_date_and_the_safe_one_may_hang_on_different_clocks() -> None:
    loose = clock("use", length="P3M", after="unknown", source="old")
    both = offer({"clocks": [loose, clock("line", after=[stage("receive_only", "P1M", "top_up")])]})
    acts = [act("2026-01-01", "top_up")]
    running, ended = look(both, acts, "2026-01-02"), look(both, acts, "2026-05-01")

    assert (str(running.number_safe_until), running.safe_certainty) == ("2026-04-01", Certainty.GUESS)
    assert (str(running.final_day), running.final_certainty) == ("2026-08-01", Certainty.OFFICIAL)
    # Once the first has run out nobody knows how long the number can still be saved: the other's date is no promise.
    assert (ended.phase, ended.next_day, ended.final_day) == (Phase.RESCUE, None, None)


def test_a_hold_that_the_rule_excludes_makes_nothing_wait_and_says_why() -> None:
    reason = {"en": "Putting the line on hold does not stop the clock."}
    plain = one_clock(length="P90D", excludes=[{"acts": ["hold"], "reason": reason}])
    by_phone = {"acts": ["hold"], "channels": ["phone"], "reason": reason}
    some = one_clock(length="P90D", excludes=[by_phone], hold={"period": "P1Y"})
    topped_up = act("2026-01-01", "top_up", 10)
    holds = {channel: act("2026-01-10", "hold", channel=channel, order=1) for channel in ("phone", "online")}

    for held in (plain, some):
        found = look(held, [topped_up, holds["phone"]], "2026-01-11")
        assert str(found.next_day) == "2026-04-01"
        assert [(remark.kind, remark.reason) for remark in found.remarks] == [
            (RemarkKind.EXCLUDED, held.rules[0].clocks[0].excludes[0].reason)
        ]
    assert end(some, [topped_up, holds["online"]], "2026-01-11") == "2027-01-10"


def test_papers_that_the_rule_excludes_do_not_identify() -> None:
    online = {"acts": ["identification"], "channels": ["online"], "reason": {"en": "only in a shop"}}
    papers = one_clock(
        length="P30D", on=(), registration=True, starts=[{"on": "activation"}], excludes=[online], after="unknown"
    )
    shown = {
        channel: look(
            papers,
            [act("2026-01-05", "identification", channel=channel)],
            "2026-01-06",
            activated_on="2026-01-01",
            identity={"state": "no"},
        )
        for channel in ("online", "shop")
    }

    assert only(shown["online"]).state is ClockState.RUNNING
    assert [remark.kind for remark in shown["online"].remarks] == [RemarkKind.EXCLUDED]
    assert only(shown["shop"]).state is ClockState.DROPPED


def test_a_stage_may_ask_for_a_least_amount() -> None:
    switched_off = stage("suspended", "P112D", "top_up", "support_call", undo_from="15")
    held = one_clock(length="P30D", stacking="restart", after=[switched_off])
    topped_up = act("2026-01-01", "top_up", 5)

    def end_after(amount: str | None, **fields: Any) -> tuple[str, list[RemarkKind]]:
        found = look(held, [topped_up, act("2026-02-10", "top_up", amount, order=1, **fields)], "2026-02-10")
        return str(only(found).ends_on), [remark.kind for remark in found.remarks]

    assert end_after("15") == ("2026-03-12", [])
    assert end_after("14.99") == ("2026-01-31", [RemarkKind.TOO_LITTLE])
    assert end_after("15", currency="USD") == ("2026-01-31", [RemarkKind.TOO_LITTLE])
    # An amount that nobody knows is not called enough. Support unlocks whatever is paid.
    assert end_after(None) == ("2026-01-31", [RemarkKind.DOES_NOT_UNDO])
    assert end_after("5", channel="phone") == ("2026-03-12", [])
    # Before the end it is a top-up like any other.
    assert end(held, [topped_up, act("2026-01-20", "top_up", 5, order=1)], "2026-01-21") == "2026-02-19"


_TWO = one_clock(
    length="P30D", stacking="restart", after=[stage("suspended", "P90D", "support_call", "top_up", undo_all=True)]
)
_LOCKED = act("2026-01-01", "top_up", 5)


@pytest.mark.parametrize(
    ("acts", "until", "remarks"),
    [
        ([], "2026-01-31", []),
        ([act("2026-02-10", "payment", channel="phone")], "2026-01-31", [RemarkKind.PARTLY_UNDOES]),
        ([act("2026-02-10", "top_up", 5)], "2026-01-31", [RemarkKind.DOES_NOT_UNDO]),
        ([act("2026-02-10", "payment", channel="phone"), act("2026-02-20", "top_up", 5)], "2026-03-22", []),
        # One act can be both; the other way round is not what was asked for.
        ([act("2026-02-10", "top_up", 5, channel="phone")], "2026-03-12", []),
        (
            [act("2026-02-10", "top_up", 5), act("2026-02-20", "payment", channel="phone")],
            "2026-01-31",
            [RemarkKind.DOES_NOT_UNDO, RemarkKind.PARTLY_UNDOES],
        ),
    ],
)
def test_a_stage_may_ask_for_two_acts_one_after_the_other(
    acts: list[Act], until: str, remarks: list[RemarkKind]
) -> None:
    recorded = [_LOCKED, *(each.model_copy(update={"order": number}) for number, each in enumerate(acts, 1))]
    found = look(_TWO, recorded, "2026-02-25")

    assert str(only(found).ends_on) == until
    assert [remark.kind for remark in found.remarks] == remarks


def test_the_next_lock_asks_for_both_acts_again() -> None:
    first = [_LOCKED, act("2026-02-10", "payment", channel="phone"), act("2026-02-20", "top_up", 5, order=1)]
    # 20 February + 30 = 22 March; locked again after it.
    again = act("2026-04-01", "top_up", 5, order=2)

    assert end(_TWO, [*first, again], "2026-04-02") == "2026-03-22"
    called = act("2026-04-01", "payment", channel="phone", order=2)
    assert end(_TWO, [*first, called, again.model_copy(update={"order": 3})], "2026-04-02") == "2026-05-01"


def test_what_a_word_of_the_operator_sets_anew_is_left_anew() -> None:
    called = act("2026-02-10", "payment", channel="phone")
    told = act("2026-02-11", "statement", valid_until="2026-02-01", order=1)
    topped_up = act("2026-02-12", "top_up", 5, order=2)

    assert end(_TWO, [_LOCKED, called, told, topped_up], "2026-02-13") == "2026-02-01"


def test_a_fee_that_was_missed_may_ask_for_two_acts_or_for_more_money() -> None:
    stages = [stage("suspended", "P60D", "support_call", "top_up", undo_all=True, undo_from="10")]
    held = offer({"fees": [fee(after=stages)]})
    acts = [
        act("2026-01-01", "balance_reading", credit="0"),
        act("2026-02-05", "identification", channel="phone", order=1),
        act("2026-02-06", "top_up", 5, order=2),
    ]
    # The fee of 31 January is missed; + 60 days = 1 April.
    found = look(held, acts, "2026-02-10", activated_on="2026-01-01")
    assert (str(found.next_day), found.phase) == ("2026-04-01", Phase.RESCUE)
    assert [remark.kind for remark in found.remarks] == [RemarkKind.PARTLY_UNDOES, RemarkKind.TOO_LITTLE]

    enough = [*acts, act("2026-02-10", "top_up", 10, order=3)]
    assert look(held, enough, "2026-02-10", activated_on="2026-01-01").phase is not Phase.RESCUE


_NEW_CARD = offer(
    {
        "stated": "line",
        "clocks": [
            clock(length="P120D", starts=[{"on": "activation"}], stacking="restart"),
            clock("new", length="P60D", on=(), starts=[{"on": "purchase"}], activation=True, after="unknown"),
        ],
    }
)


@pytest.mark.parametrize(
    ("fields", "acts", "state", "ends_on"),
    [
        ({}, [], ClockState.UNKNOWN, None),
        ({"opened_on": "2026-01-01"}, [], ClockState.RUNNING, "2026-03-02"),
        ({"opened_on": "2025-11-01"}, [], ClockState.UNKNOWN, None),
        ({"opened_on": "2026-01-01", "activated_on": "2026-01-10"}, [], ClockState.DROPPED, None),
        ({"opened_on": "2026-01-01", "activated_on": "2026-02-10"}, [], ClockState.RUNNING, "2026-03-02"),
        ({"opened_on": "2025-11-01"}, [act("2026-01-20", "activation")], ClockState.DROPPED, None),
        ({"opened_on": "2025-11-01"}, [act("2026-01-20", "sms_in")], ClockState.DROPPED, None),
        ({"opened_on": "2025-11-01"}, [act("2026-01-20", "top_up", 5)], ClockState.DROPPED, None),
        ({"opened_on": "2026-01-01"}, [act("2026-01-20", "identification")], ClockState.RUNNING, "2026-03-02"),
        # A plan that is bought later is no purchase of the card.
        ({}, [act("2026-01-20", "plan_purchase", 5)], ClockState.UNKNOWN, None),
        ({"opened_on": "2026-01-01"}, [act("2026-01-20", "plan_purchase", 5)], ClockState.RUNNING, "2026-03-02"),
    ],
)
def test_a_new_card_is_to_be_activated_by_a_date(
    fields: dict[str, Any], acts: list[Act], state: ClockState, ends_on: str | None
) -> None:
    found = only(look(_NEW_CARD, acts, "2026-02-01", **fields), "new")

    assert (found.state, None if found.ends_on is None else str(found.ends_on)) == (state, ends_on)


def test_after_the_date_for_the_activation_its_last_known_date_stays_visible() -> None:
    found = look(_NEW_CARD, [], "2026-03-03", opened_on="2026-01-01")

    assert (found.phase, str(only(found, "new").last_known)) == (Phase.UNKNOWN, "2026-03-02")
    assert [step.why for step in only(found, "new").steps][-1] is Why.ACTIVATION_UNKNOWN


def test_the_operators_own_date_for_the_activation_counts() -> None:
    told = [act("2026-02-01", "statement", valid_until="2026-04-01", clock="new")]
    running = only(look(_NEW_CARD, told, "2026-02-02", opened_on="2026-01-01"), "new")
    over = only(look(_NEW_CARD, told, "2026-04-02", opened_on="2026-01-01"), "new")

    assert (running.state, str(running.ends_on)) == (ClockState.RUNNING, "2026-04-01")
    assert over.state is ClockState.MAY_BE_TERMINATED
    # A date for the line itself says that it is in use.
    told = [act("2026-02-01", "statement", valid_until="2026-04-01")]
    assert only(look(_NEW_CARD, told, "2026-02-02", opened_on="2026-01-01"), "new").state is ClockState.DROPPED
