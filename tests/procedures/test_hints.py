from __future__ import annotations

from typing import NamedTuple

import pytest

from simtui.domain.calendar import Day
from simtui.domain.hints import Situation, holds, searchable
from simtui.domain.offer import Offer
from simtui.domain.procedure import Condition
from simtui.procedures import procedures
from tests.domain.build import act
from tests.procedures.situations import (
    TODAY,
    catalogue,
    first_purchase,
    items_at,
    real,
    shown_at,
    situation,
    topped_up,
)

KNOWN = procedures()
LYCA = "lycamobile-fr"
AIRALO = "airalo-discover-global"
DATASIM = "transatel-datasim"


class Case(NamedTuple):
    """Where a question opens, and where it does not: a step with a situation, each."""

    step: str
    shows: Situation
    not_step: str
    hidden: Situation


def held(offer: str, **fields: object) -> Situation:
    return situation(offer, acts=topped_up(), **fields)  # type: ignore[arg-type]  # fields of a line


def without_promotions() -> Offer:
    return real("csl-prepaid-711").model_copy(update={"promotions": ()})


PLAIN = situation(acts=topped_up())
SHOP = situation(procedure="keep-shop", acts=topped_up())
PAID = situation(acts=topped_up(), paid=True)
DATA = situation(DATASIM, "data-card", acts=topped_up())
TRAVEL = situation(AIRALO, "travel-renew", number=None, label="journey")
BUYING = first_purchase()

CASES = {
    # A branch that is not tied to the line opens where it may arise, and nowhere else.
    "password-lost": Case("do", PLAIN, "choose", PLAIN),
    "payment-failed": Case("pay", PLAIN, "verify", PLAIN),
    "network-lost": Case("pay", PLAIN, "pay", SHOP),
    "wrong-plan": Case("do", PLAIN, "line", PLAIN),
    "bills": Case("line", PLAIN, "pay", PLAIN),
    "when-effective": Case("verify", PAID, "pay", PLAIN),
    "not-renewed": Case("verify", PAID, "pay", PLAIN),
    "code-did-not-arrive": Case("wait", BUYING, "device", BUYING),
    "keep-proof": Case("pay", PLAIN, "choose", PLAIN),
    # A fresh line of which nothing is recorded has no last day, but the number may still be lost.
    "forgot-to-renew": Case("line", PLAIN, "line", situation(DATASIM, "data-card", number=None, label="card")),
    "share-a-card": Case("choose", DATA, "choose", PLAIN),
    "device-support": Case(
        "ready", situation(procedure="esim-app", sim="esim"), "ready", situation(procedure="esim-app", sim="sim")
    ),
    "plan-ahead": Case("status", PLAIN, "status", situation()),
    "check-balance": Case("status", PLAIN, "status", situation("free-mobile-2eur")),
    "auto-renew": Case(
        "channel", situation("free-mobile-2eur", auto_renew="no"), "channel", situation(auto_renew="no")
    ),
    "compare-contents": Case("choose", TRAVEL, "choose", PLAIN),
    "promotions": Case("choose", held("csl-prepaid-711"), "choose", situation(without_promotions())),
    "longer-is-cheaper": Case("choose", situation(acts=topped_up(amount=5)), "choose", PLAIN),
    "cashback": Case("choose", PLAIN, "choose", SHOP),
    "agents-risk": Case("channel", PLAIN, "channel", PAID),
    "stable-network": Case("pay", PLAIN, "pay", PAID),
    "safe-online": Case("channel", PLAIN, "channel", SHOP),
    "read-back": Case("pay", PLAIN, "pay", PAID),
    "backup-channel": Case("verify", PAID, "verify", situation(paid=True, backup={"other": "VoIP"})),
    "know-the-terms": Case("line", PLAIN, "line", PAID),
    "coverage": Case("choose", TRAVEL, "choose", situation("base-prepaid")),
    "what-is-bound": Case("line", PLAIN, "line", situation(DATASIM, procedure="esim-app", number=None, label="card")),
}


@pytest.mark.parametrize("question", [question.id for question in KNOWN.questions])
def test_a_question_shows_where_it_is_true_and_not_where_it_is_not(question: str) -> None:
    case = CASES[question]
    assert question in shown_at(case.step, case.shows)
    assert question not in shown_at(case.not_step, case.hidden)


def test_nothing_but_the_known_questions_has_a_case() -> None:
    assert set(CASES) == {question.id for question in KNOWN.questions}


# Single lines of an answer -----------------------------------------------------------------------------------------


def lines_of(question: str, step: str, at: Situation) -> list[str]:
    return [line.en for line in shown_at(step, at)[question].lines]


def test_a_number_without_stages_is_not_said_to_be_suspended_first() -> None:
    (lost, dates) = lines_of("forgot-to-renew", "line", situation("giffgaff-payg", acts=topped_up()))
    assert lost.startswith("In the end the number")
    assert dates.startswith("The dates")
    first, *_rest = lines_of("forgot-to-renew", "line", PLAIN)
    assert first.startswith("First the line is suspended")


def test_data_is_said_to_be_void_where_the_rule_says_so() -> None:
    assert lines_of("forgot-to-renew", "line", TRAVEL) == [
        "The data plan stops at its end, and data that is left is void."
    ]


def test_an_esim_is_to_be_renewed_a_week_ahead() -> None:
    week = "An eSIM a week ahead."
    assert week in lines_of("plan-ahead", "status", situation(acts=topped_up(), sim="esim"))
    assert week not in lines_of("plan-ahead", "status", situation(acts=topped_up(), sim="sim"))
    assert week not in lines_of("plan-ahead", "status", PLAIN)


def test_automatic_renewal_is_called_off_only_where_it_is_known_to_be() -> None:
    (off,) = lines_of("auto-renew", "channel", situation("free-mobile-2eur", auto_renew="no"))
    assert "is off" in off
    (unknown,) = lines_of("auto-renew", "channel", situation("free-mobile-2eur"))
    assert "not recorded" in unknown
    assert "auto-renew" not in shown_at("channel", situation("free-mobile-2eur", auto_renew="yes"))


def test_a_failed_payment_is_another_thing_at_a_counter() -> None:
    online, counter = lines_of("payment-failed", "pay", PLAIN), lines_of("payment-failed", "pay", SHOP)
    assert len(online) == len(counter) == 5
    assert [line for line in online if line not in counter] == [online[2]]
    assert "cash" in counter[2]
    assert online[0].startswith("First of all: was your account charged?")


def test_going_back_helps_only_before_the_payment() -> None:
    back = "Not paid yet: go one step back and choose anew."
    assert back in lines_of("wrong-plan", "do", PLAIN)
    assert back not in lines_of("wrong-plan", "verify", PAID)


def test_what_is_bound_is_announced_where_something_is() -> None:
    bank = situation(acts=topped_up(), bound_services=[{"name": "a bank"}])
    assert "Bound to this one:" in lines_of("what-is-bound", "line", bank)
    assert "Bound to this one:" not in lines_of("what-is-bound", "line", PLAIN)


def test_the_day_after_the_payment_is_named_when_it_has_come() -> None:
    late = situation(acts=topped_up(), paid=True, overdue=True)
    assert lines_of("when-effective", "verify", late)[-1] == "That is so now."
    assert "That is so now." not in lines_of("when-effective", "verify", PAID)


def test_the_text_for_support_is_announced_once_it_can_be_written() -> None:
    announced = "This text for support is ready to copy:"
    assert lines_of("not-renewed", "verify", PAID)[-1] == announced
    assert announced not in lines_of("not-renewed", "verify", PLAIN)


def test_a_code_is_read_back_where_one_comes() -> None:
    (code,) = lines_of("read-back", "install", first_purchase(paid=True))
    assert code.startswith("The activation code")
    (number,) = lines_of("read-back", "pay", PLAIN)
    assert number.startswith("The number")


def test_the_network_matters_to_the_payment_and_to_the_installation() -> None:
    (paying,) = lines_of("stable-network", "pay", BUYING)
    (installing,) = lines_of("stable-network", "install", first_purchase(paid=True))
    assert paying.startswith("Pay over")
    assert "installed" in installing


def test_where_plans_work_is_told_as_far_as_it_is_known() -> None:
    look, varies = lines_of("coverage", "choose", situation(LYCA))
    assert look.startswith("Look before you pay")
    assert varies.startswith("The plans of this offer")
    monaco = situation("monaco-telecom-travel-esim", "travel-renew", number=None, label="Monaco")
    assert any(line.startswith("A Monaco data card") for line in lines_of("coverage", "choose", monaco))
    # Airalo's card for Monaco says where it works.
    assert len(lines_of("coverage", "choose", TRAVEL)) == 1


# Conditions at their edges -----------------------------------------------------------------------------------------


def test_a_card_without_a_number_needs_no_second_one() -> None:
    card = situation(DATASIM, "data-card", number=None, label="card", paid=True)
    assert "backup-channel" not in shown_at("verify", card)
    assert "backup-channel" in shown_at("verify", situation(DATASIM, "data-card", paid=True))


def test_a_promotion_runs_up_to_its_last_day() -> None:
    last = Day(2026, 12, 31)
    assert holds(Condition.PROMOTION_RUNS, situation("csl-prepaid-711", today=last))
    assert not holds(Condition.PROMOTION_RUNS, situation("csl-prepaid-711", today=last.next_day()))


def test_credit_that_was_read_is_credit() -> None:
    read = [act("2026-09-01", "balance_reading", credit=4)]
    assert holds(Condition.HAS_CREDIT, situation("free-mobile-2eur", acts=read))


def test_packs_of_unknown_content_are_not_said_to_differ() -> None:
    assert not holds(Condition.SEVERAL_PLANS, PLAIN)
    # Its top-ups last three, six and twelve months.
    assert holds(Condition.SEVERAL_PLANS, DATA)


def test_plans_that_are_no_longer_sold_are_no_choice() -> None:
    over = [plan.model_copy(update={"ends_on": Day(2026, 9, 30)}) for plan in real(AIRALO).plans]
    ended = real(AIRALO).model_copy(update={"plans": tuple(over)})
    buying = first_purchase()
    assert holds(Condition.SEVERAL_PLANS, buying)
    late = Situation(None, (), ended, buying.procedure, buying.renewal, None, (), TODAY)
    assert not holds(Condition.SEVERAL_PLANS, late)


def test_a_line_that_is_lost_is_not_told_how_to_save_money() -> None:
    assert not holds(Condition.LONGER_IS_CHEAPER, situation(acts=topped_up("2020-01-01")))


def test_at_a_first_purchase_nothing_is_known_of_a_line() -> None:
    about_lines = (
        Condition.AUTO_RENEW_OFF,
        Condition.AUTO_RENEW_UNKNOWN,
        Condition.HAS_BOUND_SERVICES,
        Condition.HAS_NO_BACKUP,
        Condition.HAS_LAST_DAY,
        Condition.LONGER_IS_CHEAPER,
        Condition.NUMBER_MAY_DIE,
    )
    assert not [condition for condition in about_lines if holds(condition, BUYING)]
    assert holds(Condition.ESIM, BUYING)
    assert holds(Condition.TRAVEL, BUYING)


def test_an_offer_whose_rule_nobody_knows_promises_and_threatens_nothing() -> None:
    bare = Offer.model_validate(
        {"id": "bare", "kind": "keep_number", "name": {"en": "bare"}, "country": "FR", "zone": "Europe/Paris"}
        | {"currency": "EUR"}
    )
    at = situation(bare)
    known = {condition for condition in Condition if holds(condition, at)}
    assert known == {
        Condition.AUTO_RENEW_UNKNOWN,
        Condition.KEEPS_A_NUMBER,
        Condition.HAS_NO_BACKUP,
        Condition.ONLINE,
        Condition.PAPERS_NOT_RULED_OUT,
        Condition.NOT_PAID_YET,
    }


@pytest.mark.parametrize("offer_id", catalogue().ids)
def test_every_step_can_be_shown_for_every_offer(offer_id: str) -> None:
    usual, other, *_more = KNOWN.fitting(real(offer_id).kind)
    for followed in (usual, other):
        at = situation(offer_id, followed.id, acts=topped_up())
        for step in followed.steps:
            shown = shown_at(step.id, at)
            assert all(question.lines for question in shown.values())
            assert set(shown) <= set(step.questions)
            assert set(items_at(step.id, at)) <= {item.id for item in step.items}


# Items -------------------------------------------------------------------------------------------------------------


def test_papers_are_asked_for_unless_the_operator_asks_for_none() -> None:
    assert "papers-ready" in items_at("ready", PLAIN)
    assert "papers-ready" not in items_at("ready", situation("giffgaff-payg"))


def test_codes_are_named_where_the_operator_has_them() -> None:
    assert "status-code" in items_at("status", situation(LYCA))
    assert "status-code" not in items_at("status", situation("giffgaff-payg"))
    assert "enter-voucher" in items_at("pay", situation(LYCA, "recharge-shop"))
    assert "enter-voucher" not in items_at("pay", situation("free-mobile-2eur", "recharge-shop"))


# Search ------------------------------------------------------------------------------------------------------------


def test_a_search_at_a_line_finds_what_is_true_for_it_at_whatever_step() -> None:
    shop = situation(procedure="keep-shop", acts=topped_up(amount=5))
    found = {question.id for question in searchable(KNOWN.questions, shop)}
    assert {"password-lost", "payment-failed", "longer-is-cheaper", "bills"} <= found
    assert not found & {"share-a-card", "safe-online", "promotions", "device-support"}


def test_a_search_without_a_line_finds_everything_with_what_holds_for_everybody() -> None:
    found = {question.id: question for question in searchable(KNOWN.questions, None)}
    assert list(found) == [question.id for question in KNOWN.questions]
    assert [line.en for line in found["when-effective"].lines][-1].startswith("Nothing after 24 hours")
    # Of this one nothing holds for everybody, so it is told whole.
    assert len(found["forgot-to-renew"].lines) == 4
