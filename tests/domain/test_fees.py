"""Fees from the credit: when they fall due, how long the credit pays them, and how a line comes back."""

from __future__ import annotations

from typing import Any

import pytest

from simtui.domain.act import Act
from simtui.domain.reckoning import Certainty, ClockState, RemarkKind, StepKind, Why
from simtui.domain.standing import Phase
from tests.domain.build import act, clock, end, fee, look, offer, only, stage

GRACE = [stage("suspended", "P30D", "top_up", "payment")]


def with_fee(**fields: Any) -> Any:
    return offer({"fees": [fee(**fields)]})


def read(day: str, credit: str | int, **fields: Any) -> Act:
    return act(day, "balance_reading", credit=credit, **fields)


@pytest.mark.parametrize(
    ("fields", "first"),
    [
        ({"in_advance": True}, "2026-01-10"),
        ({"in_advance": False}, "2026-02-09"),
        ({"first_after": "P3M"}, "2026-04-10"),
        ({"first_after": "P0D", "in_advance": False}, "2026-01-10"),
        ({"on_day": 5}, "2026-02-05"),
        ({"on_day": 10}, "2026-01-10"),
        ({"on_day": 10, "in_advance": False}, "2026-02-10"),
        ({"on_day": 31, "first_after": "P1M"}, "2026-02-28"),
        ({"idle_after": "P2M", "reset_by": ["call_out"]}, "2026-03-10"),
        ({"idle_after": "P2M", "first_after": "P1M"}, "2026-04-10"),
        ({"idle_after": "P2M", "first_after": "P1M", "on_day": 1}, "2026-05-01"),
    ],
)
def test_the_first_fee_in_advance_in_arrears_and_after_a_while(fields: dict[str, Any], first: str) -> None:
    assert end(with_fee(**fields), [], "2026-01-10", activated_on="2026-01-10") == first


@pytest.mark.parametrize(
    ("credit", "until"),
    [("0", "2026-01-31"), ("2.99", "2026-01-31"), ("3", "2026-03-02"), ("5.99", "2026-03-02"), ("6", "2026-04-01")],
)
def test_the_line_ends_on_the_first_fee_day_that_cannot_be_paid_in_full(credit: str, until: str) -> None:
    assert end(with_fee(), [read("2026-01-01", credit)], "2026-01-02", activated_on="2026-01-01") == until


def test_the_sum_says_what_is_left_and_how_many_fees_it_pays() -> None:
    found = only(look(with_fee(), [read("2026-01-01", 10)], "2026-02-15", activated_on="2026-01-01"))
    had, fees = found.steps[1:]

    assert (had.kind, str(had.day), str(had.amount)) == (StepKind.HAD, "2026-01-01", "7")
    assert (fees.kind, fees.count, str(fees.result)) == (StepKind.FEES, 2, "2026-05-01")


def test_as_time_passes_the_end_stays_where_it_is() -> None:
    days = [
        "2026-01-01",
        "2026-01-31",
        "2026-02-28",
        "2026-03-02",
        "2026-03-31",
        "2026-04-01",
        "2026-04-02",
        "2026-05-01",
    ]
    ends = {end(with_fee(after=GRACE), [read("2026-01-01", 6)], day, activated_on="2026-01-01") for day in days}

    assert ends == {"2026-04-01"}


def test_without_a_known_credit_only_a_day_that_was_paid_for_is_certain() -> None:
    paid = [act("2026-03-05", "payment", 3)]

    assert end(with_fee(), paid, "2026-04-04", activated_on="2026-01-01") == "2026-04-04"
    found = only(look(with_fee(), paid, "2026-04-05", activated_on="2026-01-01"))
    assert (found.state, str(found.last_known)) == (ClockState.UNKNOWN, "2026-04-04")
    assert found.steps[-1].why is Why.BALANCE_UNKNOWN


def test_without_anything_known_nothing_is_said() -> None:
    found = only(look(with_fee(), [], "2026-01-01"))

    assert (found.state, found.steps[-1].why) == (ClockState.UNKNOWN, Why.NOTHING_RECORDED)


def test_a_stated_day_stands_although_the_credit_is_unknown() -> None:
    acts = [act("2026-03-05", "statement", valid_until="2026-04-20")]
    before, after = look(with_fee(after=GRACE), acts, "2026-04-20"), look(with_fee(after=GRACE), acts, "2026-04-21")

    assert (str(before.next_day), before.certainty, before.phase) == ("2026-04-20", Certainty.STATED, Phase.DUE)
    assert (str(after.next_day), after.phase) == ("2026-05-20", Phase.RESCUE)


def test_from_a_stated_day_the_credit_pays_on() -> None:
    acts = [act("2026-03-05", "statement", valid_until="2026-04-20"), read("2026-03-05", 4)]
    found = only(look(with_fee(), acts, "2026-03-06"))

    assert (str(found.ends_on), found.certainty) == ("2026-05-20", Certainty.OFFICIAL)
    broke = [act("2026-03-05", "statement", valid_until="2026-04-20"), read("2026-03-05", 2)]
    assert only(look(with_fee(), broke, "2026-03-06")).certainty is Certainty.STATED


def test_a_stated_day_that_has_passed_goes_before_credit_read_earlier() -> None:
    acts = [read("2026-03-01", 30), act("2026-03-20", "statement", valid_until="2026-03-15", order=1)]
    found = look(with_fee(after=GRACE), acts, "2026-03-20")

    assert (found.phase, str(only(found).ends_on)) == (Phase.RESCUE, "2026-03-15")
    assert only(found).certainty is Certainty.STATED
    assert [step.kind for step in only(found).steps] == [StepKind.STATED]


def test_the_fee_of_a_stated_day_is_still_open_although_credit_was_read_that_day() -> None:
    acts = [read("2026-03-20", 3), act("2026-03-20", "statement", valid_until="2026-03-20", order=1)]

    # The EUR 3 pay 20 March; 30 days later nothing is left.
    assert end(with_fee(), acts, "2026-03-20") == "2026-04-19"


def test_from_a_stated_day_the_days_of_the_month_go_on() -> None:
    acts = [act("2026-04-01", "statement", valid_until="2026-04-24"), read("2026-04-01", 3)]

    assert end(with_fee(on_day=30), acts, "2026-04-02") == "2026-04-30"
    assert end(with_fee(on_day=15), acts, "2026-04-02") == "2026-05-15"


def test_a_payment_before_the_day_covers_the_next_fee_and_moves_no_day() -> None:
    first = act("2026-01-10", "payment", 3)
    acts = [first, act("2026-02-05", "payment", 3, order=1), act("2026-02-06", "payment", 3, order=2)]

    assert end(with_fee(), [first], "2026-01-11", activated_on="2026-01-10") == "2026-02-09"
    assert end(with_fee(), acts, "2026-02-07", activated_on="2026-01-10") == "2026-04-10"


def test_a_payment_of_too_little_covers_nothing() -> None:
    found = look(with_fee(), [act("2026-01-10", "payment", 1)], "2026-01-10", activated_on="2026-01-10")

    assert str(found.next_day) == "2026-01-10"
    assert [remark.kind for remark in found.remarks] == [RemarkKind.TOO_LITTLE]


def test_a_recorded_fee_is_not_taken_twice() -> None:
    acts = [read("2026-01-01", 10), act("2026-01-31", "fee", 3, order=1)]
    late = [read("2026-01-01", 10), act("2026-02-02", "fee", 3, order=1)]

    # 10 - 3 = 7 pay 2 March and 1 April; taken two days late, the next ones follow two days later.
    assert end(with_fee(), acts, "2026-02-10", activated_on="2026-01-01") == "2026-05-01"
    assert end(with_fee(), late, "2026-02-10", activated_on="2026-01-01") == "2026-05-03"


def test_a_reading_starts_the_reckoning_anew() -> None:
    acts = [read("2026-01-01", 100), read("2026-02-15", 4, order=1)]

    assert end(with_fee(), acts, "2026-02-16", activated_on="2026-01-01") == "2026-04-01"


def test_credit_that_was_used_up_owes_nothing_to_the_next_top_up() -> None:
    acts = [
        read("2026-01-01", 10),
        act("2026-02-10", "call_out", 10, order=1),
        act("2026-02-20", "top_up", 3, order=2),
    ]

    # 31 January took EUR 3 on trust, the calls took all that was left; the EUR 3 pay 2 March.
    assert end(with_fee(), acts, "2026-02-21", activated_on="2026-01-01") == "2026-04-01"


def test_a_fee_that_a_later_version_brought_in_was_not_taken_before() -> None:
    dated = offer(
        {"clocks": [clock()], "valid_to": "2026-03-31"}, {"fees": [fee(every="P1M")], "valid_from": "2026-04-01"}
    )

    # EUR 6 pay 1 April and 1 May.
    assert end(dated, [read("2026-01-02", 6)], "2026-04-02", activated_on="2026-01-01") == "2026-06-01"


def test_each_fee_was_taken_at_the_price_of_its_day() -> None:
    dated = offer(
        {"fees": [fee(amount="2", every="P1M")], "valid_to": "2026-03-31"},
        {"fees": [fee(amount="3", every="P1M")], "valid_from": "2026-04-01"},
    )

    # 7 - 2 on 1 February - 2 on 1 March = 3, which pay 1 April.
    assert end(dated, [read("2026-01-15", 7)], "2026-04-02", activated_on="2026-01-01") == "2026-05-01"


def test_a_top_up_on_the_fee_day_is_in_time_and_a_day_later_it_is_rescue() -> None:
    broke = read("2026-01-01", 0)
    fields: dict[str, Any] = {"activated_on": "2026-01-01"}
    in_time = [broke, act("2026-01-31", "top_up", 3, order=1)]
    late = [broke, act("2026-02-01", "top_up", 3, order=1)]

    assert end(with_fee(after=GRACE), in_time, "2026-02-02", **fields) == "2026-03-02"
    assert look(with_fee(after=GRACE), [broke], "2026-02-02", **fields).phase is Phase.RESCUE
    # The owed fee is taken on 1 February, and the next 30 days count from there.
    assert end(with_fee(after=GRACE), late, "2026-02-02", **fields) == "2026-03-03"


@pytest.mark.parametrize(
    ("undo", "kind", "amount", "back"),
    [
        ("top_up", "top_up", 3, True),
        ("top_up", "top_up", 2, False),
        ("top_up", "payment", 3, False),
        ("payment", "payment", 3, True),
        ("payment", "payment", 2, False),
        ("payment", "top_up", 100, False),
        ("top_up", "call_out", None, False),
    ],
)
def test_only_what_the_stage_names_and_suffices_brings_the_line_back(
    undo: str, kind: str, amount: int | None, back: bool
) -> None:
    acts = [read("2026-01-01", 0), act("2026-02-10", kind, amount, order=1)]
    found = look(with_fee(after=[stage("suspended", "P30D", undo)]), acts, "2026-02-11", activated_on="2026-01-01")

    assert found.phase is (Phase.SAFE if back else Phase.RESCUE)


def test_after_the_last_stage_a_top_up_comes_too_late_and_is_named() -> None:
    acts = [read("2026-01-01", 0), act("2026-03-10", "top_up", 30, order=1)]
    found = look(with_fee(after=GRACE), acts, "2026-03-11", activated_on="2026-01-01")

    assert (found.phase, found.late_acts) == (Phase.LOST, True)
    stated = [*acts, act("2026-03-11", "statement", valid_until="2026-04-11", order=2)]
    assert look(with_fee(after=GRACE), stated, "2026-03-11", activated_on="2026-01-01").phase is Phase.SAFE


def test_a_reading_in_the_suspension_refutes_what_was_only_reckoned() -> None:
    first, grace = read("2026-01-01", 0), with_fee(after=GRACE)
    fields: dict[str, Any] = {"activated_on": "2026-01-01"}

    assert look(grace, [first, read("2026-02-10", 9, order=1)], "2026-02-11", **fields).phase is Phase.SAFE
    assert look(grace, [first, read("2026-02-10", 2, order=1)], "2026-02-11", **fields).phase is Phase.RESCUE
    assert look(grace, [first, read("2026-03-10", 9, order=1)], "2026-03-11", **fields).phase is Phase.LOST


def test_where_nobody_knows_what_follows_any_payment_may_bring_it_back() -> None:
    acts = [read("2026-01-01", 0), act("2026-06-10", "top_up", 30, order=1)]

    assert look(with_fee(after="unknown"), acts[:1], "2026-06-11", activated_on="2026-01-01").phase is Phase.RESCUE
    assert look(with_fee(after="unknown"), acts, "2026-06-11", activated_on="2026-01-01").phase is Phase.SAFE


def test_automatic_top_up_pays_for_ever() -> None:
    fields: dict[str, Any] = {"activated_on": "2026-01-01", "auto_renew": "yes"}
    found = look(with_fee(), [read("2026-01-01", 0)], "2031-01-01", **fields)

    assert found.by_itself
    assert found.phase in (Phase.SAFE, Phase.SOON)
    assert found.certainty is Certainty.GUESS
    for answer in ("no", "unknown"):
        assert look(
            with_fee(), [read("2026-01-01", 0)], "2031-01-01", activated_on="2026-01-01", auto_renew=answer
        ).phase is (Phase.LOST)


def test_a_stated_day_stays_stated_under_automatic_top_up() -> None:
    acts = [act("2026-03-05", "statement", valid_until="2026-04-20")]

    assert look(with_fee(), acts, "2026-04-01", auto_renew="yes").certainty is Certainty.STATED
    assert str(look(with_fee(), acts, "2026-04-21", auto_renew="yes").next_day) == "2026-05-20"


def test_fees_on_a_day_of_the_month_need_no_activation() -> None:
    assert end(with_fee(on_day=15), [read("2026-01-20", 7)], "2026-01-21") == "2026-04-15"


def test_use_ends_idleness_unless_it_is_free() -> None:
    idle = with_fee(idle_after="P3M", reset_by=["call_out"], every="P1M")
    first = [act("2026-01-10", "call_out"), read("2026-01-10", 0, order=1)]

    assert end(idle, first, "2026-01-11") == "2026-04-10"
    assert end(idle, [*first, act("2026-02-10", "call_out", order=2)], "2026-02-11") == "2026-05-10"
    assert end(idle, [*first, act("2026-02-10", "call_out", mark="free", order=2)], "2026-02-11") == "2026-04-10"
    assert end(idle, [*first, act("2026-02-10", "payment", 3, order=2)], "2026-02-11") == "2026-04-10"


def test_an_unused_new_card_does_not_age() -> None:
    idle = with_fee(idle_after="P3M", reset_by=["call_out"], every="P1M")

    assert only(look(idle, [read("2026-01-10", 5)], "2027-01-11")).state is ClockState.UNKNOWN


@pytest.mark.parametrize(("credit", "until"), [("1", "2026-01-31"), ("3.99", "2026-01-31"), ("4", "2026-03-02")])
def test_a_minimum_must_be_left_after_each_fee(credit: str, until: str) -> None:
    kept = with_fee(minimum_left="1")

    assert end(kept, [read("2026-01-01", credit)], "2026-01-02", activated_on="2026-01-01") == until


def test_below_the_minimum_the_line_ends_on_that_day() -> None:
    kept = with_fee(minimum_left="1", after=GRACE)
    spent = [read("2026-01-01", 10), act("2026-01-20", "call_out", "9.50", order=1)]
    refilled = [*spent, act("2026-01-20", "top_up", 10, order=2)]

    found = look(kept, spent, "2026-01-25", activated_on="2026-01-01")
    assert (str(only(found).ends_on), found.phase) == ("2026-01-20", Phase.RESCUE)
    assert [step.kind for step in only(found).steps] == [StepKind.STARTED, StepKind.HAD, StepKind.ENDED_EARLY]
    assert end(kept, refilled, "2026-01-25", activated_on="2026-01-01") == "2026-05-01"


def test_a_statement_beats_a_balance_read_before_it() -> None:
    kept = with_fee(minimum_left="1", after=GRACE)
    acts = [read("2026-01-01", "0.50"), act("2026-01-05", "statement", valid_until="2026-06-01", order=1)]

    assert end(kept, acts, "2026-01-06") == "2026-06-01"
    assert end(kept, [*acts, act("2026-02-01", "call_out", order=2)], "2026-02-02") == "2026-06-01"


def test_credit_in_another_currency_makes_the_balance_unknown() -> None:
    acts = [read("2026-01-01", 9), act("2026-01-02", "top_up", 5, currency="USD", order=1)]

    assert only(look(with_fee(), acts, "2026-02-05", activated_on="2026-01-01")).state is ClockState.UNKNOWN


def test_an_act_may_name_the_fee_that_it_pays() -> None:
    two = offer({"fees": [fee(), fee(id="number", name={"en": "number"}, amount="1", every="P1M")]})
    acts = [act("2026-02-01", "fee", 1, clock="number")]
    found = look(two, acts, "2026-02-02", activated_on="2026-01-31")

    assert str(only(found, "number").ends_on) == "2026-03-01"
    assert only(found, "fee").state is ClockState.UNKNOWN


def test_a_fee_and_a_clock_are_weighed_together() -> None:
    both = offer({"clocks": [clock()], "fees": [fee(after=GRACE, loses="service")]})
    acts = [act("2026-01-01", "top_up", 10), read("2026-01-01", 10, order=1)]
    found = look(both, acts, "2026-01-02", activated_on="2026-01-01")

    assert [str(part.ends_on) for part in found.clocks] == ["2026-07-01", "2026-05-01"]
    assert (str(found.next_day), str(found.number_safe_until)) == ("2026-05-01", "2026-05-31")


PHASES_OF_DAILY = {
    "2026-02-01": Phase.SAFE,
    "2026-02-15": Phase.SOON,
    "2026-02-24": Phase.DUE,
}


def test_a_daily_fee_gives_notice_by_how_long_the_credit_lasts() -> None:
    # Beeline Russia takes RUB 5 a day: a wallet of 300 lasts 60 days, so it is soon at 20 and due at 7.
    daily = with_fee(amount="5", every="P1D", in_advance=False, after="unknown")
    acts = [read("2026-01-01", 300)]

    phases = {day: look(daily, acts, day, activated_on="2025-12-31").phase for day in PHASES_OF_DAILY}
    assert phases == PHASES_OF_DAILY
