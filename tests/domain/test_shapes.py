"""Every shape of rule of the design, each followed through the life of a line on a real operator.

The figures are those of `operators.py`; each date was reckoned by hand from what the operator's sources say.
"""

from __future__ import annotations

from typing import Any

import pytest

from simtui.domain.act import Act
from simtui.domain.calendar import Day
from simtui.domain.reckoning import Certainty, ClockState, RemarkKind
from simtui.domain.rule import Loses, StageName, Undo, Works
from simtui.domain.standing import Phase, standing
from tests.domain.build import act, end, line, look, only
from tests.domain.operators import operators


def phases(of: str, acts: list[Act], days: dict[str, str], **fields: Any) -> None:
    """Assert the phase on each of the days."""
    found = {day: look(of, acts, day, **fields).phase.value for day in days}
    assert found == days


def test_sfr_la_carte_credit_by_amount_then_receive_only() -> None:
    acts = [act("2026-05-01", "top_up", 95)]

    # 150 days: 28 September; six months of receiving: 28 March 2027.
    phases(
        "sfr-la-carte",
        acts,
        {
            "2026-08-28": "safe",
            "2026-08-29": "soon",
            "2026-09-20": "soon",
            "2026-09-21": "due",
            "2026-09-28": "due",
            "2026-09-29": "rescue",
            "2027-03-28": "rescue",
            "2027-03-29": "lost",
        },
    )
    found = look("sfr-la-carte", acts, "2026-10-15")
    assert str(found.full_service_until) == "2026-09-28"
    assert str(found.number_safe_until) == str(found.final_day) == "2027-03-28"
    assert found.works == (Works.CALLS_IN,)
    assert found.certainty is Certainty.GUESS


@pytest.mark.parametrize(
    ("amount", "until"),
    [(5, "2026-05-08"), (10, "2026-05-16"), (25, "2026-06-30"), (65, "2026-08-29"), (7, None), (100, None)],
)
def test_sfr_la_carte_knows_the_amounts_of_its_table_and_no_others(amount: int, until: str | None) -> None:
    assert end("sfr-la-carte", [act("2026-05-01", "top_up", amount)], "2026-05-02") == until


def test_monaco_telecom_lives_from_what_the_operator_says() -> None:
    acts = [act("2026-05-02", "statement", valid_until="2026-07-01")]

    phases("monaco-telecom", acts, {"2026-07-01": "due", "2026-07-02": "rescue", "2027-01-02": "lost"})
    found = look("monaco-telecom", acts, "2026-06-01")
    assert found.certainty is Certainty.STATED
    assert (str(found.final_day), found.final_certainty) == ("2027-01-01", Certainty.GUESS)


def test_mobicarte_line_and_credit_are_two_things() -> None:
    found = look("mobicarte", [act("2026-05-01", "top_up", 10)], "2026-05-02", identity={"state": "yes"})

    assert str(only(found, "line").ends_on) == "2026-11-01"
    assert only(found, "credit").state is ClockState.UNKNOWN
    assert found.next_loses is Loses.NUMBER


def test_mobicarte_papers_in_two_stages_of_thirty_days() -> None:
    acts = [act("2026-03-02", "top_up", 10)]
    nobody: dict[str, Any] = {"activated_on": "2026-03-01", "identity": {"state": "no"}}

    phases(
        "mobicarte",
        acts,
        {"2026-03-31": "due", "2026-04-01": "rescue", "2026-04-30": "rescue", "2026-05-01": "lost"},
        **nobody,
    )
    in_time = [*acts, act("2026-04-30", "identification", order=1)]
    late = [*acts, act("2026-05-01", "identification", order=1)]
    assert look("mobicarte", in_time, "2026-05-02", **nobody).phase is Phase.SAFE
    assert look("mobicarte", late, "2026-05-02", **nobody).late_acts


def test_lebara_fr_has_two_clocks_with_different_acts() -> None:
    acts = [act("2026-05-01", "call_out"), act("2026-07-01", "top_up", 10)]
    found = look("lebara-fr", acts, "2026-07-02")

    assert str(only(found, "use").ends_on) == "2026-07-30"
    assert str(only(found, "credit").ends_on) == "2026-09-29"
    phases("lebara-fr", acts, {"2026-07-31": "rescue", "2030-01-01": "rescue"})
    late = look("lebara-fr", acts, "2030-01-01")
    assert (late.next_day, late.final_day, str(late.number_safe_until)) == (None, None, "2026-07-30")


def test_lebara_fr_top_ups_below_five_euro_do_not_count() -> None:
    assert only(look("lebara-fr", [act("2026-07-01", "top_up", "4.99")], "2026-07-02"), "credit").ends_on is None


@pytest.mark.parametrize("kind", ["call_out", "sms_out", "data", "top_up", "plan_purchase"])
def test_giffgaff_any_act_of_a_list_within_six_months(kind: str) -> None:
    acts = [act("2026-01-31", "activation"), act("2026-03-31", kind, order=1)]

    assert end("giffgaff", acts, "2026-04-01") == "2026-09-30"


@pytest.mark.parametrize("kind", ["call_in", "sms_in", "balance_reading", "promo", "note", "transfer"])
def test_giffgaff_nothing_else_counts(kind: str) -> None:
    fields: dict[str, Any] = {"credit": 5} if kind == "balance_reading" else {}
    acts = [act("2026-01-31", "activation"), act("2026-03-31", kind, order=1, **fields)]

    assert end("giffgaff", acts, "2026-04-01") == "2026-07-31"


def test_transatel_sim_lives_from_its_last_use_whatever_the_credit_does() -> None:
    acts = [act("2025-12-01", "data"), act("2026-01-10", "top_up", 100)]
    found = look("transatel", acts, "2026-05-01")

    assert str(only(found, "credit").ends_on) == "2027-01-10"
    assert str(only(found, "sim").ends_on) == "2027-06-01"
    assert str(found.next_day) == "2027-01-10"
    assert str(found.number_safe_until) == "2027-06-01"


def test_transatel_credit_bought_for_a_sim_that_was_lost_asks_the_user_to_check() -> None:
    acts = [act("2024-01-01", "data"), act("2026-03-10", "top_up", 25, order=1)]
    found = look("transatel", acts, "2026-03-11")

    assert (found.phase, found.late_acts) == (Phase.LOST, True)
    assert [(str(remark.act.day), remark.kind) for remark in found.remarks] == [("2026-03-10", RemarkKind.TOO_LATE)]


def test_lefrenchmobile_idle_fee_until_the_credit_is_gone() -> None:
    acts = [act("2026-01-31", "call_out"), act("2026-01-31", "balance_reading", credit="2.70", order=1)]

    # 28 February, 31 March and 30 April take the EUR 2.70; the fee of 31 May cannot be paid.
    assert end("lefrenchmobile", acts, "2026-02-01") == "2026-05-31"
    phases("lefrenchmobile", acts, {"2026-05-31": "due", "2026-06-01": "rescue", "2027-06-01": "rescue"})


def test_ultra_paygo_a_fee_every_thirty_days_from_the_wallet() -> None:
    acts = [act("2026-01-01", "balance_reading", credit=3, currency="USD")]
    days = {"2026-03-02": "due", "2026-03-03": "rescue", "2026-04-01": "rescue", "2026-04-02": "lost"}

    # Activated and paid on 1 January; 31 January is paid from the USD 3, 2 March is not; + 30 days = 1 April.
    phases("ultra-paygo", acts, days, activated_on="2026-01-01")
    found = look("ultra-paygo", acts, "2026-03-10", activated_on="2026-01-01")
    assert found.stage is not None
    assert found.stage.name is StageName.EMERGENCY_ONLY


def test_ultra_paygo_after_the_grace_behind_a_stated_day_a_payment_comes_too_late() -> None:
    stated = act("2026-01-10", "statement", valid_until="2026-01-31")
    in_time, late = (act(day, "payment", 3, currency="USD", order=1) for day in ("2026-03-02", "2026-03-03"))

    # 31 January + 30 days with emergency calls only = 2 March.
    assert end("ultra-paygo", [stated, in_time], "2026-03-03") == "2026-04-01"
    found = look("ultra-paygo", [stated, late], "2026-03-04")
    assert (found.phase, found.late_acts) == (Phase.LOST, True)


def test_ultra_paygo_a_top_up_of_more_than_the_fee_brings_it_back_although_the_credit_is_unknown() -> None:
    stated = act("2026-01-10", "statement", valid_until="2026-01-31")

    for amount, until in ((3, "2026-03-12"), (2, "2026-01-31")):
        refill = act("2026-02-10", "top_up", amount, currency="USD", order=1)
        assert end("ultra-paygo", [stated, refill], "2026-02-11") == until


def test_ultra_paygo_credit_read_after_the_owed_fee_was_taken_does_not_deny_it() -> None:
    acts = [
        act("2026-01-31", "balance_reading", credit=0, currency="USD"),
        act("2026-03-10", "top_up", 5, currency="USD", order=1),
        act("2026-03-10", "balance_reading", credit=2, currency="USD", order=2),
    ]

    # The USD 5 pay the fee that was owed since 2 March; the USD 2 do not pay the one 30 days later.
    assert end("ultra-paygo", acts, "2026-03-11", activated_on="2026-01-01") == "2026-04-09"


def test_free_subscription_keeps_its_anniversary_and_its_ladder_of_arrears() -> None:
    acts = [act("2026-02-28", "payment", 2), act("2026-03-31", "payment", 2, order=1)]
    fields: dict[str, Any] = {"activated_on": "2026-01-31"}

    assert end("free-2-eur", acts, "2026-04-01", **fields) == "2026-04-30"
    found = [
        look("free-2-eur", acts, day, **fields) for day in ("2026-05-02", "2026-05-10", "2026-05-30", "2026-06-19")
    ]
    assert [str(one.next_day) for one in found] == ["2026-05-02", "2026-05-10", "2026-05-30", "2026-06-19"]
    assert look("free-2-eur", acts, "2026-06-20", **fields).phase is Phase.LOST


def test_free_renewed_by_itself_is_never_due() -> None:
    fields: dict[str, Any] = {"activated_on": "2026-01-31", "auto_renew": "yes"}
    days = ("2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01", "2027-02-28", "2028-02-29")
    found = {day: look("free-2-eur", [], day, **fields) for day in days}

    assert [str(one.next_day) for one in found.values()] == [
        "2026-02-28",
        "2026-03-31",
        "2026-03-31",
        "2026-04-30",
        "2027-02-28",
        "2028-02-29",
    ]
    assert {one.phase for one in found.values()} <= {Phase.SOON, Phase.SAFE}
    assert all(one.by_itself for one in found.values())


def test_travel_esim_has_only_a_plan_whose_rest_is_void() -> None:
    bought = [act("2026-03-01", "plan_purchase", plan="month")]
    used = [*bought, act("2026-04-10", "data", order=1)]

    assert end("travel-esim", bought, "2026-04-09") is None
    assert end("travel-esim", used, "2026-04-11") == "2026-05-10"
    running, ended = (look("travel-esim", used, day) for day in ("2026-05-10", "2026-05-11"))
    assert (running.phase, running.next_loses) == (Phase.DUE, Loses.DATA)
    assert (ended.phase, ended.next_day, only(ended).state) == (Phase.SAFE, None, ClockState.SPENT)


@pytest.mark.parametrize("told", ["act", "line"])
def test_travel_esim_bought_before_it_was_activated_abroad(told: str) -> None:
    acts = [act("2026-03-01", "plan_purchase", plan="week"), act("2026-03-10", "data", order=2)]
    fields: dict[str, Any] = {"activated_on": "2026-03-10"} if told == "line" else {}
    if told == "act":
        acts.append(act("2026-03-10", "activation", order=1))
    found = look("travel-esim", acts, "2026-03-11", **fields)

    assert (str(found.next_day), found.remarks) == ("2026-03-17", ())


@pytest.mark.parametrize("first", ["plan_purchase", "data"])
def test_travel_esim_bought_and_used_on_one_day_counts_once(first: str) -> None:
    bought, used = act("2026-03-02", "plan_purchase", plan="week"), act("2026-03-02", "data")
    second = {"plan_purchase": used, "data": bought}[first].model_copy(update={"order": 1})

    assert end("travel-esim", [bought if first == "plan_purchase" else used, second], "2026-03-03") == "2026-03-09"


def test_u_mobile_a_day_for_every_ringgit_with_a_cap() -> None:
    first = act("2026-01-01", "top_up", "30.90", currency="MYR")
    second = act("2026-01-31", "top_up", 400, currency="MYR", order=1)

    assert end("u-mobile", [first], "2026-01-02") == "2026-01-31"
    assert end("u-mobile", [first, second], "2026-02-01") == "2027-01-31"
    assert end("u-mobile", [act("2026-01-01", "top_up", "0.99", currency="MYR")], "2026-01-02") is None


def test_u_mobile_the_cap_takes_nothing_away() -> None:
    acts = [
        act("2026-01-01", "statement", valid_until="2028-01-01"),
        act("2026-02-01", "top_up", 30, currency="MYR", order=1),
    ]

    assert end("u-mobile", acts, "2026-02-02") == "2028-01-01"


def test_flow_cayman_by_the_resulting_balance() -> None:
    def until(credit: str, amount: int) -> str | None:
        acts = [
            act("2026-01-04", "balance_reading", credit=credit, currency="KYD"),
            act("2026-01-05", "top_up", amount, currency="KYD", order=1),
        ]
        return end("flow-cayman", acts, "2026-01-06")

    assert until("0", 5) == "2026-04-05"
    assert until("4.99", 5) == "2026-04-05"
    assert until("5", 5) == "2026-05-05"
    assert until("15", 5) == "2026-07-04"
    assert until("45", 5) == "2027-01-05"


def test_flow_cayman_a_balance_read_after_the_top_up_will_do() -> None:
    acts = [
        act("2026-01-05", "top_up", 5, currency="KYD", order=1),
        act("2026-01-05", "balance_reading", credit=25, currency="KYD", order=2),
    ]

    assert end("flow-cayman", acts, "2026-01-06") == "2026-07-04"


def test_orange_ro_both_windows_by_amount() -> None:
    small, large = [act("2026-05-01", "top_up", 1)], [act("2026-05-01", "top_up", 4)]

    phases("orange-ro", small, {"2026-05-16": "due", "2026-05-17": "lost"})
    phases("orange-ro", large, {"2026-06-01": "rescue", "2026-11-27": "rescue", "2026-11-28": "lost"})


def test_orange_ro_keeps_the_grace_of_the_last_amount_under_the_operators_date() -> None:
    acts = [act("2026-05-01", "top_up", 4), act("2026-05-03", "statement", valid_until="2026-06-02", order=1)]

    assert str(look("orange-ro", acts, "2026-05-04").final_day) == "2026-11-29"


def test_orange_ro_a_small_top_up_beside_a_longer_one_leaves_the_notice_as_it_was() -> None:
    acts = [act("2026-05-01", "top_up", 4), act("2026-05-16", "top_up", 1, order=1)]

    # 1 May + 30 = 31 May, and 16 May + 15 = 31 May at the same time: a quarter of 15 days is 3.
    phases("orange-ro", acts, {"2026-05-27": "soon", "2026-05-28": "due"})
    # 15 May + 15 = 30 May comes first: the 30 days of 1 May stand, and a quarter of them is 7.
    earlier = [acts[0], act("2026-05-15", "top_up", 1, order=1)]
    phases("orange-ro", earlier, {"2026-05-23": "soon", "2026-05-24": "due", "2026-11-27": "rescue"})


def test_movistar_several_stages_and_an_early_end_at_zero() -> None:
    acts = [act("2026-01-10", "top_up", 5), act("2026-03-01", "balance_reading", credit=0, order=1)]

    phases(
        "movistar",
        acts,
        {
            "2026-02-28": "safe",
            "2026-03-01": "due",
            "2026-03-02": "rescue",
            "2026-04-24": "rescue",
            "2026-04-25": "lost",
        },
    )
    first, second = look("movistar", acts, "2026-04-10"), look("movistar", acts, "2026-04-11")
    assert [found.stage.name for found in (first, second) if found.stage] == [
        StageName.RECEIVE_ONLY,
        StageName.SMS_ONLY,
    ]
    assert [str(first.next_day), first.next_loses] == ["2026-04-10", Loses.SERVICE]
    assert [str(second.next_day), second.next_loses] == ["2026-04-24", Loses.NUMBER]


def test_movistar_without_a_reading_the_six_months_hold() -> None:
    assert end("movistar", [act("2026-01-10", "top_up", 5)], "2026-03-05") == "2026-07-10"


def test_movistar_an_empty_balance_filled_up_on_the_same_day_ends_nothing_for_long() -> None:
    acts = [
        act("2026-01-10", "top_up", 5),
        act("2026-03-01", "balance_reading", credit=0, order=1),
        act("2026-03-01", "top_up", 5, order=2),
    ]

    assert end("movistar", acts, "2026-03-02") == "2026-09-01"


def test_club_sim_buys_within_a_year_after_the_last_plan() -> None:
    acts = [act("2026-01-01", "plan_purchase", plan="sms")]
    again = [*acts, act("2027-01-31", "plan_purchase", plan="sms", order=1)]
    late = [*acts, act("2027-02-01", "plan_purchase", plan="sms", order=1)]

    assert end("club-sim", acts, "2026-01-02") == "2027-01-31"
    assert end("club-sim", again, "2027-02-01") == "2028-03-01"
    assert look("club-sim", late, "2027-02-02").phase is Phase.LOST


def test_go_malta_activity_inside_a_top_up_year() -> None:
    acts = [act("2026-01-01", "top_up", 10), act("2026-02-01", "call_in", order=1)]

    phases(
        "go-malta", acts, {"2026-05-02": "due", "2026-05-03": "rescue", "2027-02-01": "rescue", "2027-02-02": "lost"}
    )
    assert str(only(look("go-malta", acts, "2026-03-01"), "credit").ends_on) == "2027-01-01"


@pytest.mark.parametrize(
    ("kind", "channel", "wakes"),
    [
        ("top_up", "online", False),
        ("top_up", "shop", True),
        ("call_out", None, False),
        ("payment", "shop", True),
        ("identification", "shop", True),
        ("payment", "phone", False),
        ("note", "shop", False),
    ],
)
def test_go_malta_is_woken_in_a_shop_only(kind: str, channel: str | None, wakes: bool) -> None:
    acts = [act("2026-01-01", "top_up", 10), act("2026-06-01", kind, order=1, channel=channel)]
    found = look("go-malta", acts, "2026-06-02")

    assert (only(found).state is ClockState.RUNNING) == wakes
    assert wakes or found.stage is not None
    assert wakes or found.stage is None or found.stage.undo == (Undo.SHOP_VISIT,)


def test_povo_counts_from_the_day_after_the_topping() -> None:
    acts = [act("2026-01-10", "plan_purchase", 250, currency="JPY", plan="day")]
    fields: dict[str, Any] = {"activated_on": "2026-01-01"}

    assert end("povo", [], "2026-01-05", **fields) == "2026-07-01"
    phases("povo", acts, {"2026-07-11": "due", "2026-07-12": "rescue", "2026-08-11": "lost"}, **fields)


def test_povo_only_support_unlocks_a_suspended_line() -> None:
    first = act("2026-01-10", "plan_purchase", 250, currency="JPY", plan="day")
    online = act("2026-07-20", "plan_purchase", 250, currency="JPY", plan="day", order=1, channel="app")
    phone = online.model_copy(update={"channel": "phone"})

    assert look("povo", [first, online], "2026-07-21", activated_on="2026-01-01").phase is Phase.RESCUE
    assert end("povo", [first, phone], "2026-07-21", activated_on="2026-01-01") == "2027-01-18"


def test_povo_spending_counts_within_the_window_only() -> None:
    def calls(*days: str) -> list[Act]:
        return [act(day, "call_out", 331, currency="JPY", order=order) for order, day in enumerate(days)]

    # 331 + 331 = 662; 1 February to 30 July are 179 days apart, to 31 July 180.
    fields: dict[str, Any] = {"activated_on": "2026-01-31"}
    inside, outside = calls("2026-02-01", "2026-07-30"), calls("2026-02-01", "2026-07-31")
    assert end("povo", inside, "2026-07-30", **fields) == "2027-01-27"
    assert end("povo", outside, "2026-07-31", **fields) == "2026-07-31"


def test_povo_free_toppings_do_not_count() -> None:
    acts = [act("2026-03-01", "plan_purchase", plan="day", mark="free"), act("2026-03-02", "promo", order=1)]
    found = look("povo", acts, "2026-03-03", activated_on="2026-01-01")

    assert str(found.next_day) == "2026-07-01"
    assert [remark.reason.en for remark in found.remarks if remark.reason] == ["free toppings", "promotion codes"]


def test_lycamobile_uk_a_paid_hold_makes_the_clock_wait() -> None:
    call, hold = act("2026-01-01", "call_out"), act("2026-02-01", "hold", 15, currency="GBP", order=1)
    text = act("2026-12-31", "sms_out", order=2)

    assert end("lycamobile-uk", [call], "2026-01-02") == "2026-05-01"
    assert end("lycamobile-uk", [call, hold], "2026-02-02") == "2027-02-01"
    # 31 December + 120 = 30 April 2027, later than the hold.
    assert end("lycamobile-uk", [call, hold, text], "2027-01-01") == "2027-04-30"


def test_lycamobile_uk_a_hold_comes_too_late_after_the_end() -> None:
    acts = [act("2026-01-01", "call_out"), act("2026-05-02", "hold", 15, currency="GBP", order=1)]
    found = look("lycamobile-uk", acts, "2026-05-03")

    assert found.phase is Phase.LOST
    assert found.late_acts


def test_mucho_drains_down_to_a_minimum() -> None:
    acts = [
        act("2026-01-10", "call_out"),
        act("2026-01-10", "balance_reading", credit="5.50", currency="CHF", order=1),
    ]
    days = {"2026-04-10": "due", "2026-04-11": "rescue", "2026-06-09": "rescue", "2026-06-10": "lost"}

    # 5.50 pay 10 February and 10 March; a third fee would leave CHF -0.50. 10 April + 60 days = 9 June.
    phases("mucho", acts, days)


def test_mucho_a_refill_brings_it_back_and_ends_the_idleness() -> None:
    acts = [
        act("2026-01-10", "call_out"),
        act("2026-01-10", "balance_reading", credit="5.50", currency="CHF", order=1),
        act("2026-05-01", "top_up", 10, currency="CHF", order=2),
    ]

    # 5.50 - 4 = 1.50; + 10 - 2 owed = 9.50; idle again from 1 June: 1 June, July, August, September; not 1 October.
    assert end("mucho", acts, "2026-05-02") == "2026-10-01"


def test_a_line_without_a_rule_says_so() -> None:
    found = look("nobody-knows", [act("2026-01-01", "top_up", 10)], "2026-01-02")

    assert found.phase is Phase.UNKNOWN
    assert found.clocks == ()
    assert (found.next_day, found.final_day, found.number_safe_until) == (None, None, None)


def test_every_operator_has_an_answer_without_any_act() -> None:
    for held in operators().values():
        assert standing(line(), [], held, Day(2026, 1, 1)).phase is Phase.UNKNOWN, held.id
