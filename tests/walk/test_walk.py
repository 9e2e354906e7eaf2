"""A walk without a front end: every answer saved, steps as named undos, acts that follow the answers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from simtui.catalogue import Catalogue
from simtui.desk import Desk, NewLine
from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day
from simtui.domain.line import Knowledge
from simtui.domain.offer import Plan
from simtui.domain.procedure import StepKind
from simtui.domain.record import Text
from simtui.domain.renewal import Check, Renewal, RenewalItem, RenewalState
from simtui.domain.standing import Phase
from simtui.errors import InputError, NotFound
from simtui.exchange.csv_in import read_csv
from simtui.quick import parse
from simtui.report.explanation import change_lines
from simtui.store.repository import Conflict, ReadOnly
from simtui.store.tinydb_repository import open_repository
from simtui.walk.outcome_acts import paid_acts
from simtui.walk.searching import found
from simtui.walk.staging import scene
from simtui.walk.walk import Unfinished, Walk
from tests.walk.conftest import TODAY, Hold, acts, go_to

FIRST = "2026-05-24 top_up 10 EUR"


@pytest.fixture
def other(desk: Desk, data_file: Path, catalogue: Catalogue) -> Iterator[Desk]:
    """Another session on the same file."""
    repository = open_repository(data_file)
    yield Desk(repository, catalogue, today=TODAY)
    repository.close()


def paid(desk: Desk, hold: Hold) -> Walk:
    walk = Walk.of(desk, [hold()])
    go_to(walk, StepKind.PAY)
    walk.fill("method", "card")
    walk.fill("order-number", "A-1")
    walk.go_on()
    return walk


def test_the_change_that_a_choice_would_make_counts_after_a_date_that_was_read_today(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold()])
    go_to(walk, StepKind.STATUS)
    walk.fill("valid-until", "2026-12-05")
    go_to(walk, StepKind.CHOOSE)
    walk.choose("top-up:10")
    would = scene(walk).change
    go_to(walk, StepKind.PAY)
    before = desk.holding(1).standing
    walk.go_on()
    assert before.next_day != desk.holding(1).standing.next_day
    assert list(would) == change_lines(before, desk.holding(1).standing)


def test_every_answer_is_there_for_the_next_session(desk: Desk, other: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold()])
    go_to(walk, StepKind.STATUS)
    walk.fill("read-credit", "2.10 EUR")
    walk.note("asked twice")
    again = Walk.of(other, [other.holding(1)])
    assert again.renewal == walk.renewal
    assert scene(again).at == 2
    assert again.renewal.answers["read-credit"] == "2.10 EUR"


def test_what_is_refused_changes_nothing(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold()])
    before = walk.renewal
    for field, text in (
        ("read-credit", "ten"),
        ("valid-until", "2026-02-31"),
        ("read-at", "the moon"),
        ("no-field", "x"),
    ):
        with pytest.raises(InputError):
            walk.fill(field, text)
    with pytest.raises(InputError, match="payment card"):
        walk.note("4111 1111 1111 1111")
    with pytest.raises(InputError, match="at most 4000"):
        walk.note("x" * 4001)
    with pytest.raises(InputError, match="at most 4000"):
        walk.fill("confirmation", "x" * 4001)
    with pytest.raises(InputError, match="nothing can have been paid"):
        walk.failed()
    go_to(walk, StepKind.CHOOSE)
    with pytest.raises(Unfinished, match="nothing is chosen"):
        walk.go_on()
    assert walk.renewal == before.model_copy(update={"step": "choose"})


def test_paying_records_an_act_with_its_proof(desk: Desk, hold: Hold) -> None:
    walk = paid(desk, hold)
    assert acts(desk) == [FIRST, "2026-11-21 top_up 10 EUR"]
    act = desk.holding(1).plain_acts[-1]
    assert act.proof is not None
    assert (act.proof.order_number, act.channel) == ("A-1", walk.procedure.channel)
    assert desk.holding(1).paid_not_verified is not None


def test_going_back_and_changing_the_amount_changes_the_act(desk: Desk, hold: Hold) -> None:
    walk = paid(desk, hold)
    (act,) = [held.id for held in desk.holding(1).acts if held.act.day == TODAY]
    walk.back()
    walk.fill("amount", "5 EUR")
    walk.go_on()
    assert acts(desk) == [FIRST, "2026-11-21 top_up 5 EUR"]
    assert [held.id for held in desk.holding(1).acts][-1] == act


def test_a_proof_that_comes_later_is_the_acts_too(desk: Desk, hold: Hold) -> None:
    walk = paid(desk, hold)
    walk.fill("receipt", "mail of today")
    walk.fill("checks", "mail")
    walk.go_on()
    proof = desk.holding(1).plain_acts[-1].proof
    assert proof is not None
    assert proof.receipt == "mail of today"


def test_undo_of_a_finished_step_takes_its_acts_along(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold()])
    go_to(walk, StepKind.STATUS)
    walk.fill("read-credit", "2.10 EUR")
    walk.go_on()
    assert acts(desk) == [FIRST, "2026-11-21 balance_reading"]
    assert desk.undo() == "renew_status|Paris"
    assert acts(desk) == [FIRST]
    walk.reload()
    assert walk.place.step.kind is StepKind.STATUS
    go_to(walk, StepKind.PAY)
    walk.fill("method", "card")
    walk.go_on()
    assert desk.undo() == "renew_pay|Paris"
    walk.reload()
    assert (walk.renewal.state, walk.place.step.kind) == (RenewalState.DRAFT, StepKind.PAY)
    assert "2026-11-21 top_up 10 EUR" not in acts(desk)


def test_undo_of_a_payment_takes_along_the_act_whose_proof_came_later(desk: Desk, hold: Hold) -> None:
    walk = paid(desk, hold)
    walk.fill("receipt", "mail of today")
    proof = desk.holding(1).plain_acts[-1].proof
    assert proof is not None
    assert proof.receipt == "mail of today"
    assert desk.undo() == "renew_pay|Paris"
    assert acts(desk) == [FIRST]
    assert desk.redo() == "renew_pay|Paris"
    assert acts(desk) == [FIRST, "2026-11-21 top_up 10 EUR"]


def test_a_payment_that_failed_after_all_removes_its_act(desk: Desk, hold: Hold) -> None:
    walk = paid(desk, hold)
    walk.failed()
    assert acts(desk)[-1] == "2026-11-21 top_up 10 EUR"
    walk.answer_charged(Knowledge.NO)
    walk.try_again(other_method=True)
    assert acts(desk) == [FIRST]
    assert (walk.renewal.state, walk.renewal.method) == (RenewalState.DRAFT, None)
    walk.fill("method", "paypal")
    walk.go_on()
    assert acts(desk) == [FIRST, "2026-11-21 top_up 10 EUR"]


def test_charged_all_the_same_records_it(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold()])
    go_to(walk, StepKind.PAY)
    walk.failed()
    walk.answer_charged(Knowledge.YES)
    assert acts(desk) == [FIRST, "2026-11-21 top_up 10 EUR"]
    assert walk.renewal.state is RenewalState.PAID


def test_charged_all_the_same_asks_for_what_the_payment_did_not(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold()])
    go_to(walk, StepKind.PAY)
    walk.failed()
    walk.answer_charged(Knowledge.YES)
    assert [field.id for field in scene(walk).fields][:3] == ["order-number", "receipt", "checks"]
    walk.fill("order-number", "A-2")
    walk.fill("checks", "sms")
    assert "order-number" in [field.id for field in scene(walk).fields]
    walk.go_on()
    proof = desk.holding(1).plain_acts[-1].proof
    assert proof is not None
    assert proof.order_number == "A-2"


def test_charged_before_anything_was_chosen_asks_what_was_bought(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold()])
    while walk.place.step.kind is not StepKind.CHOOSE:
        walk.go_on()
    walk.failed()
    walk.answer_charged(Knowledge.YES)
    assert (walk.place.step.kind, walk.renewal.branch, acts(desk)) == (StepKind.CHOOSE, None, [FIRST])
    walk.choose_other("15 EUR")
    walk.go_on()
    walk.go_on()
    assert walk.renewal.state is RenewalState.PAID
    assert acts(desk)[-1] == "2026-11-21 top_up 15 EUR"


def test_a_purchase_that_was_charged_all_the_same_waits_for_its_code(desk: Desk) -> None:
    walk = Walk.purchase(desk, desk.offer("airalo-discover-global"))
    walk.fill("label", "Trip")
    while walk.place.step.kind is not StepKind.PAY:
        if walk.place.step.kind is StepKind.CHOOSE:
            walk.choose("plan:discover-1gb")
        walk.go_on()
    walk.failed()
    walk.answer_charged(Knowledge.YES)
    assert (walk.place.step.kind, walk.renewal.state) == (StepKind.WAIT, RenewalState.PAID)
    assert "order-number" in [field.id for field in scene(walk).fields]
    walk.go_on()
    walk.failed()
    walk.answer_charged(Knowledge.YES)
    assert walk.place.step.id == "install"


def test_a_plan_that_renews_itself_is_bought_first_and_paid_for_ever_after(desk: Desk, hold: Hold) -> None:
    plan = Plan(
        id="monthly", name=Text(en="Monthly", zh="包月"), price=Decimal(5), kind="data", renews_itself=Knowledge.YES
    )
    offer = desk.offer("airalo-discover-global").model_copy(update={"plans": (plan,)})
    chosen = Renewal(procedure="travel-buy", items=(RenewalItem(plan="monthly"),))
    found = [paid_acts(chosen.model_copy(update={"line": line}), 1, offer, TODAY) for line in (None, 1)]
    assert [act.kind for acts_ in found for act in acts_] == [ActKind.PLAN_PURCHASE, ActKind.PAYMENT]


def test_putting_off_ends_on_the_last_day_at_the_latest(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold()])
    go_to(walk, StepKind.PAY)
    walk.failed()
    walk.answer_charged(Knowledge.NO)
    for day, why in (("2026-11-25", "after the last day"), ("2026-11-20", "has passed"), ("soon", "no such day")):
        with pytest.raises(InputError, match=why):
            walk.later(day)
    walk.later("2026-11-24")
    assert (walk.renewal.state, walk.renewal.resume_on) == (RenewalState.FAILED, Day(2026, 11, 24))
    assert Walk.of(desk, [desk.holding(1)]).renewal.state is RenewalState.DRAFT


def test_what_was_read_before_the_payment_does_not_undo_it(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold()])
    go_to(walk, StepKind.STATUS)
    walk.fill("valid-until", "2026-11-24")
    go_to(walk, StepKind.PAY)
    walk.go_on()
    standing = desk.holding(1).standing
    assert standing.next_day == Day(2027, 5, 21)


def test_what_is_bought_on_the_day_a_line_was_added_with_the_operators_date_counts(desk: Desk) -> None:
    quick = parse("Paris: mobicarte until 2026-12-05", desk.catalogue, desk.today_in)
    holding = desk.holding(desk.add_line(NewLine(quick.line, quick.acts)))
    walk = Walk.of(desk, [holding])
    go_to(walk, StepKind.CHOOSE)
    found = {choice.id: choice.safe_until for choice in scene(walk).choices}
    assert found["top-up:10"].lstrip("~=") > "2027-05"


def test_what_is_bought_on_the_day_a_line_was_imported_with_the_operators_date_counts(desk: Desk) -> None:
    rows = read_csv(
        "label,offer,valid_until\nParis,mobicarte,2026-12-05\n", desk.catalogue, lambda _zone: TODAY, place="a.csv"
    )
    holding = desk.holding(desk.add_line(NewLine(rows.lines[0].line, rows.lines[0].acts)))
    walk = Walk.of(desk, [holding])
    go_to(walk, StepKind.CHOOSE)
    found = {choice.id: choice.safe_until for choice in scene(walk).choices}
    assert found["top-up:10"].lstrip("~=") > "2027-05"


def test_the_operators_date_wins_over_the_sum_and_says_so(desk: Desk, hold: Hold) -> None:
    walk = paid(desk, hold)
    assert desk.holding(1).standing.next_day == Day(2027, 5, 21)
    walk.fill("new-valid-until", "2027-04-30")
    assert any("2027-04-30" in each and "2027-05-21" in each for each in scene(walk).remarks)
    walk.fill("checks", "site or app")
    walk.go_on()
    assert desk.holding(1).standing.next_day == Day(2027, 4, 30)
    assert walk.renewal.state is RenewalState.VERIFIED


def test_what_was_read_keeps_its_day_when_its_step_is_passed_again(
    desk: Desk, data_file: Path, catalogue: Catalogue, hold: Hold
) -> None:
    walk = Walk.of(desk, [hold()])
    go_to(walk, StepKind.STATUS)
    walk.fill("read-credit", "2 EUR")
    walk.fill("valid-until", "2026-11-24")
    walk.go_on()
    tomorrow = Desk(desk.repository, catalogue, today=Day(2026, 11, 22))
    again = Walk.of(tomorrow, [tomorrow.holding(1)])
    again.back()
    again.go_on()
    assert acts(tomorrow)[1:] == ["2026-11-21 balance_reading", "2026-11-21 statement until 2026-11-24"]
    again.back()
    again.fill("read-credit", "1 EUR")
    again.go_on()
    days = [each.partition(" ")[0] for each in acts(tomorrow)[1:]]
    assert sorted(days) == ["2026-11-21", "2026-11-22"]


def test_money_in_another_currency_leaves_the_credit_that_was_bought(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold()])
    go_to(walk, StepKind.PAY)
    walk.fill("amount", "86.50 CNY")
    walk.go_on()
    assert acts(desk)[-1] == "2026-11-21 top_up 10 EUR"
    walk.back()
    walk.fill("amount", "10.79 EUR")
    walk.go_on()
    assert acts(desk)[-1] == "2026-11-21 top_up 10 EUR"
    walk.back()
    walk.fill("amount", "5 EUR")
    walk.go_on()
    assert acts(desk)[-1] == "2026-11-21 top_up 5 EUR"


def test_an_amount_that_no_list_names_is_what_was_paid(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold("Monaco", "monaco-telecom-prepaid", acts=())])
    go_to(walk, StepKind.CHOOSE)
    walk.choose_other("20 EUR")
    go_to(walk, StepKind.PAY)
    walk.fill("amount", "25 EUR")
    walk.go_on()
    assert acts(desk) == ["2026-11-21 top_up 25 EUR"]


# Sessions ------------------------------------------------------------------------------------------------------------


def test_a_second_session_is_never_overwritten(desk: Desk, other: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold()])
    theirs = Walk.of(other, [other.holding(1)])
    go_to(theirs, StepKind.CHOOSE)
    with pytest.raises(Conflict):
        walk.fill("read-credit", "9 EUR")
    with pytest.raises(Conflict):
        walk.go_on()
    walk.reload()
    assert walk.renewal == theirs.renewal
    go_to(walk, StepKind.PAY)


def test_a_renewal_that_was_deleted_meanwhile_says_so(desk: Desk, other: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold()])
    other.delete_lines([1])
    with pytest.raises(NotFound):
        walk.reload()


def test_nothing_is_begun_where_nothing_can_be_saved(
    desk: Desk, data_file: Path, catalogue: Catalogue, hold: Hold
) -> None:
    hold()
    repository = open_repository(data_file, read_only=True)
    reader = Desk(repository, catalogue, today=TODAY)
    with pytest.raises(ReadOnly):
        Walk.of(reader, [reader.holding(1)])
    repository.close()


def test_what_is_ticked_as_seen_is_a_check_that_it_worked(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold()])
    go_to(walk, StepKind.VERIFY)
    walk.tick("seen-balance")
    walk.tick("seen-validity")
    walk.tick("seen-sms")
    assert set(walk.renewal.checks) == {Check.SITE_OR_APP, Check.SMS}
    walk.tick("seen-balance")
    assert Check.SITE_OR_APP in walk.renewal.checks
    walk.tick("seen-validity")
    assert [each.value for each in walk.renewal.checks] == ["sms"]
    walk.go_on()
    assert walk.renewal.state is RenewalState.VERIFIED


# Several lines -------------------------------------------------------------------------------------------------------


def test_several_lines_are_one_walk_that_is_come_back_to(desk: Desk, hold: Hold) -> None:
    both = [hold("Paris"), hold("Lyon")]
    walk = Walk.of(desk, both)
    go_to(walk, StepKind.CHOOSE)
    again = Walk.of(desk, [desk.holding(each.id) for each in both])
    assert [held.id for held in again.members] == [held.id for held in walk.members]
    again.choose_other("10 EUR")
    go_to(again, StepKind.PAY)
    again.fill("order-number", "P", line=1)
    again.fill("order-number", "L", line=2)
    again.go_on()
    assert acts(desk, 1)[-1] == acts(desk, 2)[-1] == "2026-11-21 top_up 10 EUR"
    proofs = [desk.holding(line).plain_acts[-1].proof for line in (1, 2)]
    assert [proof.order_number for proof in proofs if proof is not None] == ["P", "L"]
    assert desk.undo() == "renew_pay_many|2"
    assert acts(desk, 1) == acts(desk, 2) == [FIRST]


def test_several_lines_are_put_off_no_longer_than_the_first_of_them_lasts(desk: Desk, hold: Hold) -> None:
    late = Act(line=1, kind=ActKind.TOP_UP, day=Day(2026, 6, 20), amount=Decimal(10), currency="EUR")
    walk = Walk.of(desk, [hold("Lyon", acts=(late,)), hold("Paris")])
    go_to(walk, StepKind.PAY)
    walk.failed()
    walk.answer_charged(Knowledge.NO)
    with pytest.raises(InputError, match="after the last day"):
        walk.later("2026-11-25")
    walk.later("2026-11-24")


def test_what_is_read_of_one_of_several_lines_is_said_of_that_line_alone(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold("Paris"), hold("Lyon")])
    go_to(walk, StepKind.VERIFY)
    own = [(field.id, field.line) for field in scene(walk).fields if field.line is not None]
    assert ("new-credit", 1) in own
    walk.fill("new-credit", "12 EUR", line=2)
    walk.fill("checks", "sms")
    walk.go_on()
    assert [any(act.balances for act in desk.holding(line).plain_acts) for line in (1, 2)] == [False, True]


def test_a_line_that_is_being_renewed_is_not_begun_again_among_others(desk: Desk, hold: Hold) -> None:
    paris, lyon = hold("Paris"), hold("Lyon")
    Walk.of(desk, [paris])
    with pytest.raises(InputError, match="is being renewed already: Paris"):
        Walk.of(desk, [desk.holding(paris.id), lyon])
    Walk.of(desk, [desk.holding(paris.id)]).give_up()
    assert len(Walk.of(desk, [desk.holding(paris.id), lyon]).members) == 2


def test_only_lines_of_one_offer_go_together(desk: Desk, hold: Hold) -> None:
    with pytest.raises(InputError, match="only lines of one offer"):
        Walk.of(desk, [hold("Paris"), hold("Monaco", "monaco-telecom-prepaid")])


# What is shown -------------------------------------------------------------------------------------------------------


def test_a_renewal_of_a_procedure_that_is_gone_goes_on_in_the_usual_one(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold()])
    walk.keep(lambda renewal: renewal.model_copy(update={"procedure": "keep-number-online", "step": None}))
    again = Walk.of(desk, [desk.holding(1)])
    assert again.procedure.id == "recharge-online"
    go_to(again, StepKind.VERIFY)


def test_questions_are_found_by_words_of_either_language(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold()])
    assert next(each.id for each in found(walk, "password")) == "password-lost"
    assert [each.id for each in found(walk, "忘记密码")] == ["password-lost"]
    assert found(walk, "ＰＡＳＳＷＯＲＤ forgotten") == found(walk, "password forgotten") != ()
    assert found(walk, "nothing of the kind") == ()


def bought(desk: Desk, *seen: str) -> Walk:
    walk = Walk.purchase(desk)
    walk.fill("offer", "airalo-discover-global")
    walk.fill("label", "Rome")
    go_to(walk, StepKind.CHOOSE)
    walk.choose("plan:discover-200mb")
    go_to(walk, StepKind.VERIFY)
    for item in seen:
        walk.tick(item)
    walk.fill("checks", "mail")
    walk.go_on()
    return walk


def test_a_page_opened_over_a_new_esim_is_its_first_use_from_which_the_days_count(desk: Desk) -> None:
    assert bought(desk, "seen-network").renewal.line == 1
    assert acts(desk)[-1] == "2026-11-21 data"
    assert str(desk.holding(1).standing.next_day) == "2026-12-21"


def test_a_new_esim_that_nobody_has_used_yet_has_no_date(desk: Desk) -> None:
    bought(desk)
    assert desk.holding(1).standing.next_day is None


def test_of_a_lost_line_it_is_said_before_the_payment_that_it_may_bring_nothing_back(desk: Desk, hold: Hold) -> None:
    gone = Act(line=1, kind=ActKind.STATEMENT, day=Day(2025, 1, 1), valid_until=Day(2025, 1, 2))
    walk = Walk.of(desk, [hold(acts=(gone,))])
    assert desk.holding(1).standing.phase is Phase.LOST
    for kind in (StepKind.LINE, StepKind.CHOOSE, StepKind.PAY):
        go_to(walk, kind)
        assert "is gone since" in scene(walk).remarks[0]
        assert "a payment may bring nothing back" in scene(walk).remarks[0]
        assert scene(walk).is_lost
    walk.go_on()
    assert "nothing back" not in " ".join(scene(walk).remarks)
    assert not scene(walk).is_lost


@pytest.mark.parametrize("state", ["archived", "letting_go", "ported_out"])
def test_it_is_said_that_a_line_without_alarms_stays_silent(desk: Desk, hold: Hold, state: str) -> None:
    walk = Walk.of(desk, [hold(state=state)])
    told = "it stays so after the renewal, and nothing reminds you of it."
    assert told in scene(walk).remarks[0]
    go_to(walk, StepKind.PAY)
    assert scene(walk).remarks == ()
    walk.go_on()
    assert told in scene(walk).remarks[0]


def test_a_line_with_alarms_is_not_told_to_be_silent(desk: Desk, hold: Hold) -> None:
    assert scene(Walk.of(desk, [hold()])).remarks == ()


def test_of_a_travel_plan_that_counts_from_its_first_use_it_is_said_that_no_date_changes_yet(
    desk: Desk, hold: Hold
) -> None:
    read = Act(line=1, kind=ActKind.STATEMENT, day=TODAY, valid_until=Day(2026, 12, 5))
    walk = Walk.of(desk, [hold(offer="airalo-discover-global", acts=(read,))])
    go_to(walk, StepKind.CHOOSE)
    walk.choose(scene(walk).choices[0].id)
    assert scene(walk).change == ("No date changes yet: the days count from the first use of what is bought.",)


def test_the_first_date_of_an_offer_without_a_rule_differs_from_no_sum(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold(offer="gone-offer", acts=())])
    go_to(walk, StepKind.VERIFY)
    walk.fill("new-valid-until", "2027-06-01")
    assert scene(walk).differences == ()
    walk.fill("checks", "sms")
    walk.go_on()
    assert desk.holding(1).standing.next_day == Day(2027, 6, 1)


def test_an_example_of_an_amount_has_the_currency_of_the_offer(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold(offer="giffgaff-payg", acts=())])
    go_to(walk, StepKind.STATUS)
    hint = next(each.hint for each in scene(walk).fields if each.id == "read-credit")
    assert hint.endswith("7.40 GBP")
