from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from simtui import i18n
from simtui.desk import Desk, NewLine
from simtui.domain.act import ActKind
from simtui.domain.calendar import Day
from simtui.domain.line import Knowledge
from simtui.text import cell_width
from simtui.tui.forms.add_line import AddLineForm
from simtui.tui.forms.state import FormState
from tests.tui.filling import desk_in, held, press, preview, screen


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_in(tmp_path / "data")


@pytest.fixture
def form(desk: Desk) -> AddLineForm:
    return AddLineForm(desk)


def made(form: AddLineForm, **values: str) -> NewLine:
    checked = form.check({**form.initial(), **values})
    assert checked.result is not None, (checked.errors, checked.missing)
    return checked.result


def labels(form: AddLineForm, **values: str) -> Mapping[str, str]:
    return {field.id: field.label for field in form.fields({**form.initial(), **values})}


def test_a_number_an_offer_and_the_last_top_up_make_a_line(form: AddLineForm, desk: Desk) -> None:
    new = made(form, name="+33 6 12 34 56 78", offer="orange-fr-mobicarte", day="-3d", amount="10")
    assert new.line.number == "+33612345678"
    assert new.line.label is None
    [act] = new.acts
    assert (act.kind, act.day, act.amount, act.currency) == (ActKind.TOP_UP, Day(2026, 11, 18), Decimal(10), "EUR")
    line_id = form.save(new)
    assert desk.holding(line_id).standing.next_day == Day(2027, 5, 18)


def test_anything_but_a_number_is_a_name(form: AddLineForm) -> None:
    new = made(form, name="妈妈的号码 [/x]", offer="giffgaff-payg")
    assert (new.line.number, new.line.label) == (None, "妈妈的号码 [/x]")


@pytest.mark.parametrize("typed", ["+37760", "+33612345678x", "336123456789"])
def test_a_mistyped_number_is_no_name(form: AddLineForm, typed: str) -> None:
    checked = form.check({**form.initial(), "name": typed, "offer": "orange-fr-mobicarte"})
    assert checked.result is None
    assert checked.errors["name"].next_step


def test_a_number_may_have_a_name_too(form: AddLineForm) -> None:
    assert "label" not in labels(form, name="Mum")
    assert made(form, name="+33612345678", label="Mum", offer="orange-fr-mobicarte").line.name == "Mum"


def test_a_national_number_takes_the_country_of_its_offer(form: AddLineForm) -> None:
    assert made(form, name="06 12 34 56 78", offer="orange-fr-mobicarte").line.number == "+33612345678"
    assert "name" in form.check({"name": "06 12 34 56 78"}).errors


def test_full_width_digits_are_plain_ones(form: AddLineForm) -> None:
    new = made(
        form,
        name="＋３３６１２３４５６７８",
        offer="orange-fr-mobicarte",
        day="２０２６－１１－１８",
        amount="１０．５",
    )
    assert new.line.number == "+33612345678"
    assert (new.acts[0].day, new.acts[0].amount) == (Day(2026, 11, 18), Decimal("10.5"))


def test_valid_until_is_what_the_operator_says_and_lies_ahead(form: AddLineForm) -> None:
    new = made(form, name="Mum", offer="monaco-telecom-prepaid", valid_until="01-05")
    [act] = new.acts
    assert (act.kind, act.valid_until) == (ActKind.STATEMENT, Day(2027, 1, 5))


def test_the_sum_of_a_mobicarte(form: AddLineForm) -> None:
    text = preview(form, offer="orange-fr-mobicarte", day="2026-11-18", amount="10")
    assert "safe" in text
    assert "last day 2027-05-18, 178 d left" in text
    assert "+ 6 months" in text


def test_the_sum_of_a_giffgaff_line_counts_any_use(form: AddLineForm) -> None:
    assert labels(form, offer="giffgaff-payg")["kind"] == "or last act"
    new = made(form, name="UK", offer="giffgaff-payg", kind="sms_out", day="2026-11-01")
    assert new.acts[0].kind is ActKind.SMS_OUT
    assert "2027-05-01" in preview(form, offer="giffgaff-payg", kind="sms_out", day="2026-11-01")


def test_a_subscription_asks_for_its_last_payment_and_its_renewal(form: AddLineForm) -> None:
    found = labels(form, offer="free-mobile-2eur")
    assert found["day"] == "or last payment"
    assert "auto_renew" in found
    new = made(form, name="Free", offer="free-mobile-2eur", day="2026-11-01", auto_renew="yes")
    assert (new.acts[0].kind, new.line.auto_renew) == (ActKind.PAYMENT, Knowledge.YES)


def test_an_unknown_length_says_so_and_takes_the_operators_date(form: AddLineForm) -> None:
    text = preview(form, offer="monaco-telecom-prepaid", day="2026-11-18", amount="20")
    assert text.startswith("unknown no date follows from this yet")
    stated = preview(form, offer="monaco-telecom-prepaid", day="2026-11-18", amount="20", valid_until="2027-01-05")
    assert "=2027-01-05" in stated


def test_identity_papers_are_asked_only_where_they_matter(form: AddLineForm) -> None:
    assert "identified" in labels(form, offer="orange-fr-mobicarte")
    assert "identified" not in labels(form, offer="giffgaff-payg")


def test_credit_is_asked_where_fees_eat_it(form: AddLineForm) -> None:
    new = made(form, name="US", offer="ultra-mobile-paygo", activated_on="2026-01-01", credit="6")
    [act] = new.acts
    assert act.balances is not None
    assert (act.kind, act.balances.credit, act.balances.currency) == (ActKind.BALANCE_READING, Decimal(6), "USD")


def test_a_wrong_field_is_named_and_stops_only_itself(form: AddLineForm) -> None:
    values = {
        "name": "Mum",
        "offer": "orange-fr-mobicarte",
        "day": "2026-11-18",
        "amount": "10",
        "activated_on": "2026-02-31",
    }
    checked = form.check(values)
    assert checked.result is None
    assert list(checked.errors) == ["activated_on"]
    assert "2027-05-18" in preview(form, **values)


def test_what_is_missing_is_named_at_its_field(form: AddLineForm) -> None:
    assert set(form.check(form.initial()).missing) == {"name", "offer"}
    assert set(form.check({"name": "Mum", "offer": "orange-fr-mobicarte", "amount": "10"}).missing) == {"day"}


def test_amounts_in_no_currency_and_card_numbers_are_refused(form: AddLineForm) -> None:
    errors = form.check(
        {"name": "4111 1111 1111 1111 Visa", "offer": "orange-fr-mobicarte", "day": "today", "amount": "10 ZZZ"}
    ).errors
    assert "card" in errors["name"].problem
    assert "ZZZ" in errors["amount"].problem


def test_what_was_typed_for_another_offer_does_not_count(form: AddLineForm) -> None:
    new = made(
        form, name="UK", offer="giffgaff-payg", kind="call_out", day="today", amount="nonsense", identified="yes"
    )
    assert new.acts[0].amount is None


def test_a_second_line_with_the_same_number_is_asked_about(form: AddLineForm, desk: Desk) -> None:
    held(desk, "orange-fr-mobicarte", number="+33612345678", label="Orange")
    new = made(form, name="+33612345678", offer="orange-fr-mobicarte")
    assert len(form.doubts(new)) == 1
    assert "Orange" in form.doubts(new)[0]


def test_a_line_is_added_with_few_keys(form: AddLineForm) -> None:
    state = FormState(form)
    press(state, "+37761234567", "enter")
    assert state.options[0].value == "monaco-telecom-prepaid"
    press(state, "enter", "enter", "-3d", "enter", "20")
    assert state.checked.result is not None
    assert state.checked.result.line.offer == "monaco-telecom-prepaid"


def test_how_it_looks_at_80_columns(form: AddLineForm) -> None:
    state = FormState(form)
    press(state, "+33612345678", "enter", "mobic", "enter", "enter", "-3d", "enter", "10")
    assert [line.rstrip() for line in screen(state, 76, 21)][:9] == [
        "  number or name  +33612345678  = +33 6 12 34 56 78",
        "  offer           Mobicarte",
        "  valid until     ·",
        "  or last top-up  -3d  = 2026-11-18",
        "> amount          10                                               = EUR 10",
        "                  known amounts: 5, 10",
        "  activated on    ·",
        "  identified      not known",
        "  name            ·",
    ]


def test_how_it_looks_on_a_phone(form: AddLineForm) -> None:
    state = FormState(form)
    press(state, "+33612345678", "enter", "mobic")
    lines = [line.rstrip(" ┃") for line in screen(state, 45, 18)]
    assert lines[:6] == [
        "  number or name",
        "    +33612345678  = +33 6 12 34 56 78",
        "> offer",
        "    mobic",
        "    type a part of its name, its operator or",
        "    its country",
    ]
    assert lines[6].startswith("    > Mobicarte  Orange France")


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize(("width", "height"), [(40, 12), (45, 18), (76, 21), (88, 27)])
def test_nothing_is_wider_or_taller_than_the_screen(form: AddLineForm, language: str, width: int, height: int) -> None:
    i18n.use(language)
    state = FormState(form)
    for keys in (("妈妈\x1b[/x]", "enter"), ("o",), ("enter", "99-99", "enter"), ("1", "enter", "x", "up")):
        press(state, *keys)
        lines = screen(state, width, height)
        assert len(lines) <= height
        assert max(cell_width(line) for line in lines) <= width
