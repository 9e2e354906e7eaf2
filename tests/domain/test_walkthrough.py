"""The walkthrough as a state machine: moves, the fast lane, a payment that fails, and laws that hold for any answers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whenever import Instant, TimeDelta

from simtui.domain import walkthrough
from simtui.domain.calendar import Day, Period
from simtui.domain.line import Knowledge
from simtui.domain.offer import Offer, OfferKind, PaymentMethod
from simtui.domain.procedure import FieldType, Procedure, StepKind
from simtui.domain.record import Text
from simtui.domain.renewal import Branch, Check, Renewal, RenewalItem, RenewalState
from simtui.domain.walkthrough import Lack, Why
from simtui.procedures import procedures

AT = "2026-11-21T12:00:00Z"
TODAY = Day(2026, 11, 21)
EVERY = procedures().all
PROCEDURE = procedures().get("keep-online")
TEN = RenewalItem(amount=Decimal(10), currency="EUR")


def begun(procedure: Procedure = PROCEDURE, **fields: Any) -> Renewal:
    return walkthrough.begin(procedure, TODAY, line=1).model_copy(update=fields)


def at(kind: StepKind, procedure: Procedure = PROCEDURE, **fields: Any) -> Renewal:
    step = procedure.first_of(kind)
    assert step is not None
    return begun(procedure, step=step.id, **fields)


def gone_on(renewal: Renewal, procedure: Procedure = PROCEDURE) -> Renewal:
    done = walkthrough.forward(procedure, renewal, AT)
    assert isinstance(done, Renewal), done
    return done


def answered(renewal: Renewal, procedure: Procedure) -> Renewal:
    """What the step requires, filled in."""
    step = walkthrough.place(procedure, renewal).step
    for each in step.fields:
        if each.required:
            renewal = walkthrough.fill(renewal, each.id, "something" if each.id != "offer" else "airalo")
    if step.kind is StepKind.CHOOSE:
        renewal = walkthrough.choose(renewal, [TEN])
    if step.kind is StepKind.VERIFY:
        renewal = walkthrough.fill(renewal, "checks", "sms,mail")
    return renewal


@pytest.mark.parametrize("procedure", EVERY, ids=lambda each: each.id)
def test_every_procedure_leads_from_begin_to_verified(procedure: Procedure) -> None:
    renewal, states = begun(procedure), []
    for number in range(1, len(procedure.steps) + 1):
        assert walkthrough.place(procedure, renewal).number == number
        states.append(renewal.state)
        renewal = gone_on(answered(renewal, procedure), procedure)
    assert renewal.state is RenewalState.VERIFIED
    assert renewal.paid_at == AT
    paid_at = next(number for number, step in enumerate(procedure.steps) if step.kind is StepKind.PAY)
    assert states == [RenewalState.DRAFT] * (paid_at + 1) + [RenewalState.PAID] * (len(states) - paid_at - 1)


def test_a_step_says_what_it_lacks_and_stays() -> None:
    assert walkthrough.forward(PROCEDURE, at(StepKind.CHOOSE), AT) == (Lack(Why.NOTHING_CHOSEN),)
    assert walkthrough.forward(PROCEDURE, at(StepKind.VERIFY), AT) == (Lack(Why.NOT_CHECKED, "checks"),)
    buying = procedures().get("travel-buy")
    lacks = walkthrough.forward(buying, at(StepKind.OFFER, buying), AT)
    assert lacks == (Lack(Why.EMPTY, "offer"), Lack(Why.EMPTY, "label"))
    failed = walkthrough.failed(at(StepKind.PAY))
    assert walkthrough.forward(PROCEDURE, failed, AT) == (Lack(Why.BRANCH_OPEN),)
    for over in (RenewalState.VERIFIED, RenewalState.GIVEN_UP):
        assert walkthrough.forward(PROCEDURE, begun(state=over), AT) == (Lack(Why.CLOSED),)


def test_a_second_way_past_the_payment_does_not_pay_again() -> None:
    paid = gone_on(at(StepKind.PAY, items=(TEN,)))
    again = walkthrough.forward(PROCEDURE, walkthrough.back(PROCEDURE, paid), "2026-12-24T00:00:00Z")
    assert again == paid


def test_what_is_chosen_together_is_the_amount() -> None:
    plan = RenewalItem(plan="week", amount=Decimal("2.50"), currency="EUR")
    both = walkthrough.choose(begun(), [TEN, plan])
    assert (both.amount, both.currency) == (Decimal("12.50"), "EUR")
    unpriced = walkthrough.choose(both, [TEN, RenewalItem(plan="month")])
    assert (unpriced.amount, unpriced.currency) == (None, None)
    mixed = walkthrough.choose(both, [TEN, RenewalItem(amount=Decimal(1), currency="USD")])
    assert mixed.amount is None


def test_another_offer_sells_other_things() -> None:
    buying = walkthrough.choose(begun(offer="airalo"), [TEN])
    assert walkthrough.fill(buying, "offer", "airalo") == buying
    other = walkthrough.fill(buying, "offer", "holiday")
    assert (other.offer, other.items, other.amount) == ("holiday", (), None)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("order-number", "A-1"),
        ("receipt", "a/b"),
        ("confirmation", "well done"),
        ("method", "alipay"),
        ("amount", "10.50 EUR"),
        ("checks", "sms,call"),
        ("offer", "airalo"),
        ("read-credit", "3 EUR"),
    ],
)
def test_what_was_filled_in_is_there_and_can_be_emptied(field: str, text: str) -> None:
    filled = walkthrough.fill(begun(), field, text)
    assert walkthrough.value(filled, field) == text
    assert walkthrough.value(walkthrough.fill(filled, field, ""), field) == ""
    assert walkthrough.fill(filled, field, "") == begun()


def test_a_tick_that_is_there_changes_nothing() -> None:
    ticked = walkthrough.tick(walkthrough.tick(begun(), "a", on=True), "b", on=True)
    assert walkthrough.tick(ticked, "a", on=True) == ticked
    assert walkthrough.tick(walkthrough.tick(ticked, "a", on=False), "a", on=False).ticked == ("b",)


def test_only_what_may_be_skipped_is() -> None:
    skipped = walkthrough.skip(PROCEDURE, at(StepKind.STATUS))
    assert skipped.skipped == ("status",)
    assert walkthrough.place(PROCEDURE, skipped).step.kind is StepKind.CHANNEL
    assert gone_on(walkthrough.back(PROCEDURE, skipped)).skipped == ()
    for kind in (StepKind.PAY, StepKind.VERIFY):
        assert walkthrough.skip(PROCEDURE, at(kind)) == at(kind)


def test_one_goes_back_to_what_was_passed_and_nowhere_else() -> None:
    paying = at(StepKind.PAY, items=(TEN,))
    assert walkthrough.go_to(PROCEDURE, paying, "status").step == "status"
    assert walkthrough.go_to(PROCEDURE, paying, "verify") == paying
    assert walkthrough.back(PROCEDURE, begun()) == begun()


# The fast lane -------------------------------------------------------------------------------------------------------


def test_already_paid_asks_what_was_bought_and_marks_the_rest_as_skipped() -> None:
    choosing = walkthrough.already_paid(PROCEDURE, begun())
    assert walkthrough.place(PROCEDURE, choosing).step.kind is StepKind.CHOOSE
    assert choosing.skipped == ("line", "status", "channel", "ready", "do")
    chosen = walkthrough.choose(choosing, [TEN])
    for paying in (gone_on(chosen), walkthrough.already_paid(PROCEDURE, chosen)):
        assert walkthrough.place(PROCEDURE, paying).step.kind is StepKind.PAY
        assert paying.skipped == ("line", "status", "channel", "ready", "do")


def test_already_paid_keeps_what_was_answered() -> None:
    read = walkthrough.fill(begun(), "read-credit", "3 EUR")
    assert "status" not in walkthrough.already_paid(PROCEDURE, read).skipped


def test_already_paid_of_a_first_purchase_asks_for_the_offer_first() -> None:
    buying = procedures().get("travel-buy")
    renewal = walkthrough.already_paid(buying, walkthrough.begin(buying, TODAY))
    assert walkthrough.place(buying, renewal).step.kind is StepKind.OFFER
    named = walkthrough.fill(walkthrough.fill(renewal, "offer", "airalo"), "label", "Trip")
    assert walkthrough.place(buying, walkthrough.already_paid(buying, named)).step.kind is StepKind.CHOOSE
    assert walkthrough.place(buying, gone_on(named, buying)).step.kind is StepKind.CHOOSE


def test_already_paid_changes_nothing_where_it_is_known() -> None:
    paid = gone_on(at(StepKind.PAY, items=(TEN,)))
    assert walkthrough.already_paid(PROCEDURE, paid) == paid


# When the payment fails ----------------------------------------------------------------------------------------------


def test_no_payment_can_fail_before_anything_is_chosen() -> None:
    assert not walkthrough.may_fail(PROCEDURE, begun())
    assert not walkthrough.may_fail(PROCEDURE, at(StepKind.READY))
    for kind in (StepKind.CHOOSE, StepKind.DO, StepKind.PAY, StepKind.VERIFY):
        assert walkthrough.may_fail(PROCEDURE, at(kind))


def test_charged_all_the_same_is_paid() -> None:
    failed = walkthrough.failed(at(StepKind.PAY, items=(TEN,)))
    assert (failed.branch, failed.tries) == (Branch.CHARGED, 1)
    paid = walkthrough.charged(PROCEDURE, failed, Knowledge.YES, AT)
    assert (paid.state, paid.paid_at, paid.branch) == (RenewalState.PAID, AT, None)
    assert walkthrough.place(PROCEDURE, paid).step.kind is StepKind.VERIFY


@pytest.mark.parametrize("answer", [Knowledge.NO, Knowledge.UNKNOWN])
def test_not_charged_goes_on_by_another_means_or_later(answer: Knowledge) -> None:
    failed = walkthrough.failed(at(StepKind.PAY, items=(TEN,), method=PaymentMethod.CARD))
    asked = walkthrough.charged(PROCEDURE, failed, answer, AT)
    assert (asked.state, asked.branch, asked.charged) == (RenewalState.DRAFT, Branch.GO_ON, answer)
    other = walkthrough.try_again(PROCEDURE, asked, other_method=True)
    same = walkthrough.try_again(PROCEDURE, asked, other_method=False)
    assert (other.method, same.method) == (None, PaymentMethod.CARD)
    assert walkthrough.place(PROCEDURE, other).step.kind is StepKind.PAY
    put_off = walkthrough.later(asked, Day(2026, 11, 23))
    assert (put_off.state, put_off.resume_on, put_off.branch) == (RenewalState.FAILED, Day(2026, 11, 23), None)
    assert walkthrough.resume(put_off).state is RenewalState.DRAFT


def test_a_payment_that_failed_after_all_is_no_payment() -> None:
    paid = gone_on(at(StepKind.PAY, items=(TEN,)))
    failed = walkthrough.charged(PROCEDURE, walkthrough.failed(paid), Knowledge.NO, AT)
    for after in (
        walkthrough.try_again(PROCEDURE, failed, other_method=True),
        walkthrough.later(failed, Day(2026, 11, 23)),
    ):
        assert after.paid_at is None
        assert after.state is not RenewalState.PAID


# After the payment ---------------------------------------------------------------------------------------------------


def offer(**fields: Any) -> Offer:
    return Offer(
        id="o",
        kind=OfferKind.KEEP_NUMBER,
        name=Text(en="o"),
        country="FR",
        zone="Europe/Paris",
        currency="EUR",
        **fields,
    )


def test_a_tick_that_says_what_was_seen_is_a_check() -> None:
    procedure = procedures().get("keep-online")
    at_last = begun(step="verify")
    seen = walkthrough.tick_seen(procedure, at_last, "seen-balance", on=True)
    both = walkthrough.tick_seen(procedure, seen, "seen-validity", on=True)
    assert (both.ticked, both.checks) == (("seen-balance", "seen-validity"), (Check.SITE_OR_APP,))
    one = walkthrough.tick_seen(procedure, both, "seen-balance", on=False)
    assert one.checks == (Check.SITE_OR_APP,)
    assert walkthrough.tick_seen(procedure, one, "seen-validity", on=False).checks == ()
    assert walkthrough.tick_seen(procedure, at_last, "log-in", on=True).checks == ()


def test_a_day_without_effect_is_a_case_for_support() -> None:
    paid = begun(state=RenewalState.PAID, paid_at=AT)
    then = Instant.parse_iso(AT)
    found = walkthrough.follow_up(paid, offer(), then + TimeDelta(hours=23, minutes=59))
    assert found is not None
    assert (found.overdue, found.support_at) == (False, then + TimeDelta(hours=24))
    late = walkthrough.follow_up(paid, offer(), then + TimeDelta(hours=24))
    assert late is not None
    assert late.overdue


def test_a_payment_that_is_told_of_later_waits_since_its_own_day() -> None:
    told = Instant.parse_iso("2026-11-25T11:00:00Z")
    paid = begun(state=RenewalState.PAID, paid_at=told.format_iso(), answers={"paid-on": "2026-11-23"})
    assert walkthrough.paid_day(paid, "Europe/Paris") == Day(2026, 11, 23)
    found = walkthrough.follow_up(paid, offer(), told)
    assert found is not None
    assert (found.on, found.paid_at) == (Day(2026, 11, 23), Instant.parse_iso("2026-11-23T23:00:00Z"))
    assert found.overdue
    today = begun(state=RenewalState.PAID, paid_at=told.format_iso(), answers={"paid-on": "2026-11-25"})
    at_once = walkthrough.follow_up(today, offer(), told)
    assert at_once is not None
    assert (at_once.on, at_once.paid_at, at_once.overdue) == (None, told, False)


def test_the_day_of_a_payment_ends_in_the_lines_own_zone() -> None:
    told = Instant.parse_iso("2026-11-25T11:00:00Z")
    paid = begun(state=RenewalState.PAID, paid_at=told.format_iso(), answers={"paid-on": "2026-11-23"})
    found = walkthrough.follow_up(paid, offer(), told, "Asia/Hong_Kong")
    assert found is not None
    assert found.paid_at == Instant.parse_iso("2026-11-23T16:00:00Z")


def test_an_offer_that_takes_days_is_given_them() -> None:
    paid = begun(state=RenewalState.PAID, paid_at=AT)
    slow = offer(effective_within=Period(days=3))
    found = walkthrough.follow_up(paid, slow, Instant.parse_iso("2026-11-23T12:00:00Z"))
    assert found is not None
    assert not found.overdue
    assert found.support_at == Instant.parse_iso("2026-11-24T12:00:00Z")


def test_only_what_is_paid_and_open_is_waited_for() -> None:
    for state in (RenewalState.DRAFT, RenewalState.VERIFIED, RenewalState.FAILED, RenewalState.GIVEN_UP):
        assert walkthrough.follow_up(begun(state=state, paid_at=AT), offer(), Instant.parse_iso(AT)) is None


def test_a_paid_renewal_of_an_unknown_step_is_to_be_checked() -> None:
    old = begun(state=RenewalState.PAID, paid_at=AT, step="long-gone")
    assert walkthrough.place(PROCEDURE, old).step.kind is StepKind.VERIFY
    assert walkthrough.place(PROCEDURE, begun(step="long-gone")).number == 1


def test_another_way_keeps_the_answers_that_fit_it() -> None:
    shop = procedures().get("keep-shop")
    renewal = walkthrough.fill(at(StepKind.CHANNEL, ticked=("log-in", "number-ready")), "read-credit", "3 EUR")
    switched = walkthrough.switch(PROCEDURE, shop, renewal)
    assert (switched.procedure, switched.channel) == ("keep-shop", shop.channel)
    assert walkthrough.value(switched, "read-credit") == "3 EUR"
    assert switched.ticked == ("number-ready",)
    assert walkthrough.place(shop, switched).step.kind is StepKind.CHANNEL


# Laws ----------------------------------------------------------------------------------------------------------------

_TEXTS = {
    FieldType.DAY: st.sampled_from(["2026-11-20", "2027-02-28"]),
    FieldType.MONEY: st.sampled_from(["10 EUR", "2.50 USD"]),
    FieldType.COUNT: st.sampled_from(["0", "48"]),
    FieldType.DATA: st.sampled_from(["512", "1024"]),
}
_OWN = {
    "method": st.sampled_from([each.value for each in PaymentMethod]),
    "checks": st.sampled_from([each.value for each in Check]),
    "offer": st.sampled_from(["airalo", "holiday"]),
}
MOVES = ("forward", "back", "skip", "failed", "charged", "try_again", "later", "resume", "already_paid", "give_up")


@st.composite
def walks(draw: st.DrawFn) -> tuple[Procedure, list[Renewal]]:
    """Any answers and moves, in any order, and every state that they lead through."""
    procedure = draw(st.sampled_from(EVERY))
    renewal = walkthrough.begin(procedure, TODAY, line=None if procedure.makes_line else 1)
    states = [renewal]
    for _ in range(draw(st.integers(1, 40))):
        renewal = _changed(draw, procedure, renewal)
        states.append(renewal)
    return procedure, states


def _changed(draw: st.DrawFn, procedure: Procedure, renewal: Renewal) -> Renewal:
    match draw(st.sampled_from(("fill", "tick", "choose", "required", *MOVES, "forward", "forward", "required"))):
        case "fill":
            fields = [each for step in procedure.steps for each in step.fields if each.type is not FieldType.SECRET]
            field = draw(st.sampled_from(fields))
            text = draw(_OWN.get(field.id, _TEXTS.get(field.type, st.sampled_from(["words", ""]))))
            return walkthrough.fill(renewal, field.id, text)
        case "tick":
            items = [each.id for step in procedure.steps for each in step.items]
            return walkthrough.tick(renewal, draw(st.sampled_from(items)), on=draw(st.booleans()))
        case "choose":
            return walkthrough.choose(renewal, draw(st.sampled_from([(), (TEN,), (TEN, RenewalItem(plan="week"))])))
        case "required":
            return answered(renewal, procedure)
        case "forward":
            done = walkthrough.forward(procedure, renewal, AT)
            return done if isinstance(done, Renewal) else renewal
        case "charged":
            return walkthrough.charged(procedure, renewal, draw(st.sampled_from(Knowledge)), AT)
        case "try_again":
            return walkthrough.try_again(procedure, renewal, other_method=draw(st.booleans()))
        case "later":
            return walkthrough.later(renewal, Day(2026, 11, 23))
        case "back" | "skip" | "already_paid" as move:
            return Renewal.model_validate(getattr(walkthrough, move)(procedure, renewal))
        case move:
            return Renewal.model_validate(getattr(walkthrough, move)(renewal))


def _answers(renewal: Renewal) -> dict[str, object]:
    kept = renewal.model_dump(exclude={"step", "state", "paid_at", "skipped", "resume_on", "acts"})
    assert isinstance(kept, dict)
    return kept


@given(walks())
def test_any_answers_in_any_order_leave_a_renewal_that_can_be_kept_and_shown(
    walk: tuple[Procedure, list[Renewal]],
) -> None:
    procedure, states = walk
    for renewal in states:
        again = Renewal.model_validate(renewal.model_dump(mode="json", exclude_defaults=True))
        assert again == renewal
        assert walkthrough.place(procedure, renewal).step.id == renewal.step
        assert (renewal.state is RenewalState.PAID) <= (renewal.paid_at is not None)


@given(walks())
def test_going_on_loses_no_answer_and_back_and_on_again_ends_where_it_was(
    walk: tuple[Procedure, list[Renewal]],
) -> None:
    procedure, states = walk
    for renewal in states:
        done = walkthrough.forward(procedure, renewal, AT)
        if not isinstance(done, Renewal):
            continue
        assert _answers(done) == _answers(renewal)
        passed = walkthrough.place(procedure, done).number - walkthrough.place(procedure, renewal).number
        if passed == 1:  # none that was skipped lies between
            back = walkthrough.back(procedure, done)
            assert back.step == renewal.step
            assert walkthrough.forward(procedure, back, "2027-01-01T00:00:00Z") == done
