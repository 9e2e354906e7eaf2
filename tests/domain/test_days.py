"""Calendar traps: month ends, leap days, recurring days, the end of the calendar, and how early a line asks for an act."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.domain.calendar import Day, Period, after, repeated
from simtui.domain.cycle import Cycle, first_from
from simtui.domain.forecast import forecast, standing_on
from simtui.domain.offer import OfferKind
from simtui.domain.reckoning import Certainty, StepKind
from simtui.domain.standing import Phase
from tests.domain.build import act, clock, end, fee, line, look, offer, one_clock, only, stage
from tests.domain.strategies import near_days, periods


@pytest.mark.parametrize(
    ("start", "period", "until"),
    [
        ("2026-01-31", "P1M", "2026-02-28"),
        ("2028-01-31", "P1M", "2028-02-29"),
        ("2026-08-31", "P6M", "2027-02-28"),
        ("2027-08-31", "P6M", "2028-02-29"),
        ("2026-03-31", "P1M", "2026-04-30"),
        ("2028-02-29", "P1Y", "2029-02-28"),
        ("2028-02-29", "P4Y", "2032-02-29"),
        ("2026-02-28", "P1M", "2026-03-28"),
        ("2026-08-31", "P180D", "2027-02-27"),
        ("2026-12-31", "P1D", "2027-01-01"),
        ("2026-05-01", "P0D", "2026-05-01"),
        ("2026-01-30", "P1M1D", "2026-03-01"),
        ("2026-05-01", "P2W", "2026-05-15"),
        ("2199-12-31", "P100Y", "2299-12-31"),
    ],
)
def test_a_length_is_added_as_the_calendar_has_it(start: str, period: str, until: str) -> None:
    assert end(one_clock(length=period), [act(start, "top_up")], start) == until


def test_periods_that_come_and_go_are_never_taken_for_one_another() -> None:
    """Their units are kept by which object it is, and an object's place in memory is used again."""
    start = Day(2026, 1, 1)
    for days in range(12_000):
        assert after(start, Period(days=days)) == start.add(days=days)


def test_stages_chain_from_the_end_before_them() -> None:
    months = one_clock(
        length="P1M", after=[stage("receive_only", "P1M", "top_up"), stage("suspended", "P1M", "top_up")]
    )
    found = only(look(months, [act("2026-01-31", "top_up")], "2026-02-01"))

    # 31 January, 28 February, 28 March, 28 April: the 31st is not remembered, each stage follows the end before.
    assert [str(span.ends_on) for span in found.stages] == ["2026-03-28", "2026-04-28"]
    assert [str(span.starts_on) for span in found.stages] == ["2026-03-01", "2026-03-29"]


@pytest.mark.parametrize(
    ("today", "due"),
    [
        ("2026-02-01", "2026-02-28"),
        ("2026-03-01", "2026-03-31"),
        ("2026-04-01", "2026-04-30"),
        ("2028-02-01", "2028-02-29"),
        ("2028-03-01", "2028-03-31"),
        ("2026-03-31", "2026-03-31"),
    ],
)
def test_a_recurring_day_is_the_anchor_plus_whole_periods_in_one_step(today: str, due: str) -> None:
    renewing = one_clock(length="P1M", on=("payment",), auto_renews=True, starts=[{"on": "activation"}])
    monthly = offer({"fees": [fee(every="P1M")]})
    from_activation: dict[str, Any] = {"activated_on": "2026-01-31", "auto_renew": "yes"}

    assert end(renewing, [], today, **from_activation) == due
    assert end(monthly, [], today, **from_activation) == due


def test_what_happens_in_between_does_not_move_the_recurring_day() -> None:
    renewing = one_clock(length="P1M", on=("payment",), auto_renews=True, starts=[{"on": "activation"}])
    acts = [act("2026-03-05", "call_out"), act("2026-03-07", "statement", valid_until="2026-03-31", clock="other")]

    assert end(renewing, acts, "2026-05-02", activated_on="2026-01-31", auto_renew="yes") == "2026-05-31"


@pytest.mark.parametrize(
    ("stacking", "until"),
    [("restart", "2026-04-05"), ("extend", "2026-03-31"), ("keep_later", "2026-04-05"), (None, "2026-03-31")],
)
def test_a_payment_that_was_assumed_before_takes_the_earliest_way_where_nobody_knows_how_they_add_up(
    stacking: str | None, until: str
) -> None:
    renewing = one_clock(length="P1M", on=("payment",), auto_renews=True, stacking=stacking)
    # 31 January + 1 month = 28 February; the payment of that day is recorded on 5 March.
    acts = [act("2026-01-31", "payment"), act("2026-03-05", "payment", order=1)]
    found = only(look(renewing, acts, "2026-03-05", auto_renew="yes"))

    assert str(found.ends_on) == until
    length = next(step for step in found.steps if step.kind is StepKind.LENGTH)
    counted_from = "2026-02-28" if until == "2026-03-31" else "2026-03-05"
    assert (str(length.day), str(length.result)) == (counted_from, until)
    assert (StepKind.ASSUMED in [step.kind for step in found.steps]) == (stacking is None)
    assert stacking is not None or found.certainty is Certainty.GUESS


def test_a_payment_confirms_the_renewal_that_was_assumed_before_it() -> None:
    renewing = one_clock(length="P1M", on=("payment",), auto_renews=True, stacking="extend", certainty="official")
    acts = [act("2026-01-31", "payment"), act("2026-03-05", "payment", order=1)]
    assumed, paid = (only(look(renewing, acts[:count], "2026-03-05", auto_renew="yes")) for count in (1, 2))

    assert (str(assumed.ends_on), assumed.certainty) == ("2026-03-31", Certainty.GUESS)
    assert (str(paid.ends_on), paid.certainty) == ("2026-03-31", Certainty.OFFICIAL)


@pytest.mark.parametrize(
    ("on_day", "days"),
    [
        (29, ["2026-01-29", "2026-02-28", "2026-03-29"]),
        (30, ["2026-01-30", "2026-02-28", "2026-03-30"]),
        (31, ["2026-01-31", "2026-02-28", "2026-03-31"]),
        (1, ["2026-02-01", "2026-03-01", "2026-04-01"]),
        (10, ["2026-01-10", "2026-02-10", "2026-03-10"]),
    ],
)
def test_a_fee_on_a_day_of_the_month_that_some_months_lack(on_day: int, days: list[str]) -> None:
    monthly = offer({"fees": [fee(on_day=on_day)]})
    found = [
        end(monthly, [act("2026-01-05", "balance_reading", credit=credit)], "2026-01-06", activated_on="2026-01-02")
        for credit in (0, 3, 6)
    ]

    assert found == days


def test_a_fee_on_a_day_of_the_month_after_many_years() -> None:
    monthly = offer({"fees": [fee(on_day=31)]})

    assert end(monthly, [], "2196-02-01", activated_on="1990-01-01", auto_renew="yes") == "2196-02-29"


@pytest.mark.parametrize("today", ["2199-12-31", "9999-12-31"])
def test_the_end_of_the_calendar_stands_for_all_beyond_it(today: str) -> None:
    century = one_clock(length="P100Y", stacking="extend", after=[stage("receive_only", "P100Y", "top_up")])
    acts = [act("2199-12-31", "top_up", order=number) for number in range(80)]

    assert end(century, acts, today) == "9999-12-31"
    assert only(look(century, acts, today)).stages[0].ends_on == Day.MAX
    assert look(century, acts, today).phase is not Phase.LOST


def test_a_very_old_line_that_renews_itself_every_day() -> None:
    daily = one_clock(length="P1D", on=("payment",), auto_renews=True, starts=[{"on": "activation"}])
    fees = offer({"fees": [fee(every="P1D")]})

    assert end(daily, [], "2199-06-01", activated_on="1970-01-01", auto_renew="yes") == "2199-06-01"
    assert end(fees, [], "2199-06-01", activated_on="1970-01-01", auto_renew="yes") == "2199-06-01"


def test_endless_credit_ends_with_the_calendar() -> None:
    tiny = offer({"fees": [fee(amount="0.0001", every="P1D")]})

    assert end(tiny, [act("2026-01-01", "balance_reading", credit=10**9)], "2026-01-02", activated_on="2026-01-01") == (
        "9999-12-31"
    )


@given(near_days, periods.filter(lambda period: period.sign() > 0), near_days, st.integers(0, 3))
def test_the_first_period_that_reaches_a_day_is_the_first(first: Day, period: Period, day: Day, lowest: int) -> None:
    number = first_from(first, period, day, lowest)

    assert repeated(first, period, number) >= day
    assert number == lowest or repeated(first, period, number - 1) < day


@given(near_days, periods.filter(lambda period: period.sign() > 0), near_days)
def test_a_payment_confirms_what_was_assumed(first: Day, period: Period, day: Day) -> None:
    cycle = Cycle(first, period, 1)
    rolled = cycle.renewed_to(day)

    assert rolled.extended().end == (rolled.end if rolled.assumed else repeated(first, period, 2))
    assert rolled.extended().assumed == 0


# How early a line asks for an act.


@pytest.mark.parametrize(
    ("left", "phase"),
    [(31, "safe"), (30, "soon"), (8, "soon"), (7, "due"), (1, "due"), (0, "due"), (-1, "lost")],
)
def test_soon_from_thirty_days_and_due_from_seven(left: int, phase: str) -> None:
    today = after(Day(2026, 1, 1), Period(months=6)).subtract(days=left)

    assert look(one_clock(), [act("2026-01-01", "top_up")], today.format_iso()).phase == phase


@pytest.mark.parametrize(
    ("period", "lead", "soon"),
    [("P0D", 0, 0), ("P1D", 0, 0), ("P3D", 0, 1), ("P4D", 1, 1), ("P7D", 1, 2), ("P15D", 3, 5), ("P28D", 7, 9)],
)
def test_a_short_validity_asks_later(period: str, lead: int, soon: int) -> None:
    ends_on = after(Day(2026, 1, 1), Period.parse_iso(period))

    def phase(left: int) -> Phase:
        return look(one_clock(length=period), [act("2026-01-01", "top_up")], str(ends_on.subtract(days=left))).phase

    assert phase(lead) is Phase.DUE
    if soon > lead:
        assert phase(soon) is Phase.SOON
    if ends_on.subtract(days=soon + 1) >= Day(2026, 1, 1):
        assert phase(soon + 1) is Phase.SAFE


def test_the_lead_is_the_users_per_line_and_per_kind() -> None:
    acts = [act("2026-01-01", "top_up")]

    def phase(days_left: int, kind: OfferKind = OfferKind.KEEP_NUMBER, **fields: Any) -> str:
        today = Day(2026, 7, 1).subtract(days=days_left).format_iso()
        lead = {"keep_number": 20, "data": 3}
        return look(one_clock(kind=kind), acts, today, lead, **fields).phase.value

    assert [phase(21), phase(20)] == ["soon", "due"]
    assert [phase(4, OfferKind.DATA), phase(3, OfferKind.DATA)] == ["soon", "due"]
    assert [phase(8, OfferKind.ESIM), phase(7, OfferKind.ESIM)] == ["soon", "due"]
    assert [phase(61, lead_days=60), phase(60, lead_days=60)] == ["safe", "due"]
    assert [phase(1, lead_days=0), phase(0, lead_days=0)] == ["soon", "due"]


def test_a_lead_for_a_kind_is_at_most_a_quarter_of_a_short_validity_but_the_lines_own_is_obeyed() -> None:
    month, acts = one_clock(length="P28D"), [act("2026-01-01", "top_up")]

    assert look(month, acts, "2026-01-21", {"keep_number": 20}).phase is Phase.SOON
    assert look(month, acts, "2026-01-22", {"keep_number": 20}).phase is Phase.DUE
    assert look(month, acts, "2026-01-09", {"keep_number": 20}, lead_days=20).phase is Phase.DUE


def test_the_loudest_clock_makes_the_phase_and_the_earliest_end_the_date() -> None:
    both = offer({"clocks": [clock("long", length="P6M"), clock("short", length="P7D", after=None, loses="data")]})
    found = look(both, [act("2026-01-01", "top_up")], "2026-01-03")

    assert (found.phase, str(found.next_day), found.next_clock) == (Phase.SAFE, "2026-01-08", "short")
    assert str(found.number_safe_until) == "2026-07-01"


def test_of_two_ends_on_one_day_the_one_that_leads_to_losing_the_number_is_named() -> None:
    both = offer({"clocks": [clock("credit", after=None, loses="balance"), clock("number")]})

    assert look(both, [act("2026-01-01", "top_up")], "2026-01-03").next_clock == "number"


def test_a_forecast_tells_every_change() -> None:
    months = one_clock(after=[stage("receive_only", "P1M", "top_up")])
    told = forecast(line(), [act("2026-01-01", "top_up")], months, Day(2026, 1, 2), Day(2027, 1, 1))

    assert [(str(change.day), change.standing.phase.value) for change in told] == [
        ("2026-01-02", "safe"),
        ("2026-06-01", "soon"),
        ("2026-06-24", "due"),
        ("2026-07-02", "rescue"),
        ("2026-08-02", "lost"),
    ]


def test_a_forecast_takes_planned_acts_on_their_day() -> None:
    acts = [act("2026-01-01", "top_up"), act("2026-06-30", "top_up", order=1)]
    told = forecast(line(), acts, one_clock(), Day(2026, 1, 2), Day(2026, 7, 31))

    assert [(str(change.day), str(change.standing.next_day)) for change in told][-1] == ("2026-06-30", "2026-12-30")
    assert len(told[0].standing.remarks) == 1
    assert told[-1].standing.remarks == ()


def test_what_renews_itself_asks_for_nothing_beside_a_clock_that_does_not() -> None:
    monthly = clock("month", length="P1M", on=("payment",), auto_renews=True, after=None, loses="service")
    both = offer({"clocks": [{**monthly, "starts": [{"on": "activation"}]}, clock("number", length="P1Y")]})
    acts = [act("2026-01-01", "top_up")]
    found = look(both, acts, "2026-03-30", activated_on="2026-01-01", auto_renew="yes")

    assert (found.phase, found.next_clock, str(found.next_day)) == (Phase.SAFE, "number", "2027-01-01")
    assert not found.by_itself
    assert str(found.full_service_until) == "2026-04-01"


@pytest.mark.parametrize("lead", [-1, 0, 10**6, 10**30])
def test_no_lead_is_too_long(lead: int) -> None:
    told = forecast(
        line(), [act("2026-01-01", "top_up")], one_clock(), Day(2026, 1, 2), Day(2027, 1, 1), {"keep_number": lead}
    )

    assert told[-1].standing.phase is Phase.LOST


def test_a_forecast_tells_when_another_version_of_the_rule_begins() -> None:
    dated = offer(
        {"clocks": [clock(), clock("credit", after=None, loses="balance")], "valid_to": "2026-02-28"},
        {"clocks": [clock()], "valid_from": "2026-03-15"},
    )
    told = forecast(line(), [act("2026-01-01", "top_up")], dated, Day(2026, 1, 2), Day(2026, 4, 1))

    assert [(str(change.day), len(change.standing.clocks)) for change in told] == [("2026-01-02", 2), ("2026-03-15", 1)]
    before, between = standing_on(told, Day(2026, 1, 1)), standing_on(told, Day(2026, 3, 1))
    assert before is None
    assert between is told[0]


def test_a_number_in_quarantine_is_not_safe_though_it_can_be_asked_back() -> None:
    # TIM Italy: 12 months, one more of receiving, then 11 in which the former holder can ask for the number back.
    stages = [stage("receive_only", "P1M", "top_up"), stage("quarantine", "P11M", "shop_visit", recall=True)]
    tim = offer({"clocks": [clock("line", length="P12M", after=stages)]})

    found = look(tim, [act("2026-01-10", "top_up", 10)], "2026-02-01")
    assert str(found.number_safe_until) == "2027-02-10"
    assert str(found.final_day) == "2028-01-10"
