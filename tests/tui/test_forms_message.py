from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from simtui.desk import Desk
from simtui.domain.act import Act, ActKind, Balances, ReadingSource
from simtui.domain.calendar import Day
from simtui.holding import Holding
from simtui.tui.forms.act import ActForm, Start
from simtui.tui.forms.message import MessageForm, is_message
from simtui.tui.forms.state import FormState
from tests.tui.filling import TODAY, desk_in, held, press, preview, screen, top_up

BOTH = "Votre crédit est de 5,20€ valable jusqu'au 12/05/2027. Votre ligne est valable jusqu'au 12/11/2027."
OPEN = "Votre crédit est de 5,20€. Il vous reste 2 Go. Valable jusqu'au 12/05/2027."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_in(tmp_path / "data")


@pytest.fixture
def orange(desk: Desk) -> Holding:
    return held(desk, "orange-fr-mobicarte", top_up("2026-05-25"), label="Orange")


def made(form: MessageForm, **values: str) -> list[Act]:
    checked = form.check({**form.initial(), **values})
    assert checked.result is not None, (checked.errors, checked.missing)
    return checked.result


def test_what_was_read_stands_in_the_fields(desk: Desk, orange: Holding) -> None:
    form = MessageForm(desk, orange, BOTH)
    values = form.initial()
    assert (values["credit"], values["valid_until-0"], values["valid_until-1"]) == (
        "EUR 5.20",
        "2027-11-12",
        "2027-05-12",
    )
    fields = {field.id: field for field in form.fields(values)}
    assert fields["credit"].heading == "read from the message"
    assert fields["credit"].hint == "read from “Votre crédit est de 5,20€”"
    assert (fields["valid_until-0"].label, fields["valid_until-1"].label) == ("Line validity", "Credit validity")
    assert "amount" not in fields


def test_a_reading_and_its_dates_are_recorded_together(desk: Desk, orange: Holding) -> None:
    form = MessageForm(desk, orange, BOTH)
    reading, line, credit = made(form)
    assert (reading.kind, reading.read_at, reading.day) == (ActKind.BALANCE_READING, ReadingSource.SMS, TODAY)
    assert (line.kind, line.clock, line.valid_until) == (ActKind.STATEMENT, "line", Day(2027, 11, 12))
    assert (credit.clock, credit.valid_until) == ("credit", Day(2027, 5, 12))
    assert len(form.save([reading, line, credit])) == 3
    assert desk.undo() is not None
    assert len(desk.holding(orange.id).acts) == 1


def test_what_can_mean_two_things_has_to_be_picked(desk: Desk, orange: Holding) -> None:
    form = MessageForm(desk, orange, OPEN)
    assert form.begins_at == "valid_until-0"
    assert form.check(form.initial()).missing == {"valid_until-0": "choose one, or leave it out"}
    field = next(each for each in form.fields(form.initial()) if each.id == "valid_until-0")
    assert [(option.label, option.note) for option in field.found("")] == [
        ("2027-05-12", "Line validity"),
        ("2027-05-12", "Credit validity"),
        ("leave it out", ""),
    ]
    assert (field.word("1"), field.word("-")) == ("2027-05-12, Credit validity", "leave it out")
    assert "does not say what the date is about" in field.hint
    assert [act.clock for act in made(form, **{"valid_until-0": "1"})] == [None, "credit"]
    assert [act.kind for act in made(form, **{"valid_until-0": "-"})] == [ActKind.BALANCE_READING]


def test_what_was_read_can_be_corrected_or_emptied(desk: Desk, orange: Holding) -> None:
    form = MessageForm(desk, orange, BOTH)
    [reading] = made(form, **{"credit": "4", "data": "1 GB", "minutes": "3", "sms": "4", "note": "n"} | NO_DATES)
    assert reading.balances == Balances(credit=Decimal(4), currency="EUR", data_mb=1024, minutes=3, sms=4)
    assert reading.note == "n"
    assert "credit" in form.check({**form.initial(), "credit": ""} | NO_DATES).missing
    assert "credit" in form.check({**form.initial(), "credit": "x"}).errors
    assert "day" in form.check({**form.initial(), "day": ""}).missing


NO_DATES = {"valid_until-0": "", "valid_until-1": ""}


def test_a_top_up_comes_before_what_was_left(desk: Desk, orange: Holding) -> None:
    form = MessageForm(desk, orange, "Vous avez rechargé 10 €. Nouveau solde : 15,20 €.")
    assert [act.kind for act in made(form)] == [ActKind.TOP_UP, ActKind.BALANCE_READING]
    assert "then    safe ~2027-05-21" in preview(form)


def test_a_period_is_counted_from_the_day_of_the_message(desk: Desk) -> None:
    line = held(desk, "monaco-telecom-prepaid")
    form = MessageForm(desk, line, "Votre crédit est de 5€, valable 30 jours.")
    assert form.initial()["valid_until-0"] == "2026-12-21"
    earlier = form.adjusted({**form.initial(), "day": "2026-11-01"}, "day")
    assert earlier["valid_until-0"] == "2026-12-01"
    assert made(form, **earlier)[1].valid_until == Day(2026, 12, 1)
    typed = {**form.initial(), "valid_until-0": "2027-01-01"}
    assert form.adjusted({**typed, "day": "2026-11-02"}, "day")["valid_until-0"] == "2027-01-01"
    assert form.adjusted(typed, "credit") == typed


def test_a_message_that_says_nothing_leaves_a_form_to_fill_in(desk: Desk, orange: Holding) -> None:
    form = MessageForm(desk, orange, "Bonjour 1")
    assert form.begins_at == "credit"
    assert [field.heading for field in form.fields(form.initial()) if field.heading] == [
        "nothing was understood: fill in what it says"
    ]
    assert "The standing before and after appears here." in preview(form)
    [reading, said] = made(form, credit="3", valid_until="2027-01-01")
    assert (reading.kind, said.valid_until, said.clock) == (ActKind.BALANCE_READING, Day(2027, 1, 1), None)


def test_the_standing_before_and_after_stands_beneath(desk: Desk, orange: Holding) -> None:
    now, then = preview(MessageForm(desk, orange, BOTH)).splitlines()[:2]
    assert now.startswith("now     due 2026-11-25")
    assert then.startswith("then    safe =2027-05-12")


def test_what_is_recorded_already_is_asked_about(desk: Desk, orange: Holding) -> None:
    form = MessageForm(desk, orange, BOTH)
    acts = made(form)
    assert form.doubts(acts) == []
    form.save(acts)
    assert len(form.doubts(acts)) == 3


def test_a_text_of_several_words_pasted_into_what_happened_is_a_message(desk: Desk, orange: Holding) -> None:
    form = ActForm(desk, [orange])
    found = form.pasted("kind", BOTH)
    assert isinstance(found, MessageForm)
    assert found.title == "A message about Orange"
    assert form.pasted("kind", "top up") is None
    assert form.pasted("note", BOTH) is None
    assert form.pasted("day", "12 mai 2027") is None
    uk = held(desk, "giffgaff-payg")
    assert ActForm(desk, [orange, uk]).pasted("kind", BOTH) is None
    assert ActForm(desk, [orange], edited=orange.acts[0]).pasted("kind", BOTH) is None
    assert found.pasted("credit", BOTH) is None


def test_a_message_pasted_where_a_date_or_a_balance_is_asked_is_read_too(desk: Desk, orange: Holding) -> None:
    form = ActForm(desk, [orange], Start(ActKind.STATEMENT))
    assert isinstance(form.pasted("valid_until", BOTH), MessageForm)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("top-up", False),
        ("10", False),
        ("solde 10€", True),
        ("solde\n10€", True),
        ("您的账户余额为23.45元，有效期至2027年5月12日。", True),
    ],
)
def test_what_is_a_message(text: str, is_one: bool) -> None:
    assert is_message("kind", text) is is_one


def test_the_pick_is_made_in_a_list(desk: Desk, orange: Holding) -> None:
    state = FormState(MessageForm(desk, orange, OPEN))
    assert state.at == "valid_until-0"
    assert any("2027-05-12    Line validity" in row for row in screen(state, 76, 20))
    press(state, "down", "down")
    assert state.checked.result is not None
    assert state.checked.result[1].clock == "credit"
    assert any("Credit validity" in row for row in screen(state, 76, 20))
