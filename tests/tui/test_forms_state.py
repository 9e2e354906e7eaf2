from __future__ import annotations

from pathlib import Path

import pytest

from simtui.desk import Desk
from simtui.domain.act import ActKind
from simtui.tui.forms.act import ActForm, Start
from simtui.tui.forms.add_line import AddLineForm
from simtui.tui.forms.edit_line import EditLineForm
from simtui.tui.forms.state import FormState
from tests.tui.filling import desk_in, held, press, screen, top_up


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_in(tmp_path / "data")


def test_an_error_is_told_once_the_field_is_left(desk: Desk) -> None:
    state = FormState(AddLineForm(desk))
    press(state, "Mum", "enter", "mobic", "enter", "31-31")
    field = state.field
    assert state.complaint(field) == ""
    press(state, "enter")
    assert "31-31" in state.complaint(field)
    assert "Write 2026-11-20" in state.complaint(field)
    assert any(line.startswith("! ") for line in screen(state, 76, 21))


def test_typing_narrows_offers_and_arrows_choose(desk: Desk) -> None:
    state = FormState(AddLineForm(desk))
    press(state, "Mum", "enter", "sfr")
    first = state.values["offer"]
    assert first.startswith("sfr-la-carte")
    press(state, "down")
    assert state.values["offer"] != first
    press(state, "up", "up")
    assert state.at == "name"
    assert state.values["offer"] == first


def test_a_query_that_nothing_fits_chooses_nothing(desk: Desk) -> None:
    state = FormState(AddLineForm(desk))
    press(state, "Mum", "enter", "qqqqq")
    assert state.values["offer"] == ""
    assert any("Nothing fits" in line for line in screen(state, 76, 21))


def test_a_choice_can_be_taken_back(desk: Desk) -> None:
    state = FormState(AddLineForm(desk))
    press(state, "Mum", "enter", "mobic", "enter")
    state.focus("offer")
    press(state, "backspace")
    assert state.values["offer"] == ""


def test_nothing_is_suggested_where_nothing_is_known(desk: Desk) -> None:
    state = FormState(AddLineForm(desk))
    press(state, "Mum", "enter")
    assert state.option is None
    press(state, "enter")
    assert state.values.get("offer", "") == ""


def test_a_few_options_turn_round(desk: Desk) -> None:
    state = FormState(AddLineForm(desk))
    press(state, "Mum", "enter", "mobic", "enter")
    state.focus("identified")
    seen = []
    for key in (" ", "right", "right", "left"):
        press(state, key)
        seen.append(state.values["identified"])
    assert seen == ["yes", "no", "unknown", "no"]
    assert any("[no]" in line for line in screen(state, 76, 21))


def test_dates_are_typed_anew_and_names_amended(desk: Desk) -> None:
    line = held(desk, "orange-fr-mobicarte", top_up("2026-05-25"))
    act = FormState(ActForm(desk, [line]))
    press(act, "enter", "-3d")
    assert act.values["day"] == "-3d"
    edit = FormState(EditLineForm(desk, line))
    press(edit, "!")
    assert edit.values["label"] == "Mine!"


def test_how_a_value_was_read_stands_beside_it(desk: Desk) -> None:
    state = FormState(AddLineForm(desk))
    press(state, "Mum", "enter", "mobic", "enter", "11-20", "enter")
    assert any("11-20  = 2027-11-20" in line for line in screen(state, 76, 21))


def test_whether_something_would_be_lost(desk: Desk) -> None:
    line = held(desk, "orange-fr-mobicarte")
    state = FormState(EditLineForm(desk, line))
    press(state, "enter", "enter")
    assert not state.is_changed
    press(state, "backspace")
    assert state.is_changed


def test_the_field_with_the_cursor_is_always_in_sight(desk: Desk) -> None:
    line = held(desk, "orange-fr-mobicarte", top_up("2026-05-25"))
    for width, height in ((41, 12), (76, 15), (88, 27)):
        state = FormState(EditLineForm(desk, line))
        for _number in state.fields:
            assert any(line.startswith("> ") for line in screen(state, width, height))
            press(state, "enter")


def test_the_preview_keeps_some_room_on_a_small_screen(desk: Desk) -> None:
    line = held(desk, "orange-fr-mobicarte", top_up("2026-05-25"))
    state = FormState(ActForm(desk, [line], Start(ActKind.TOP_UP)))
    lines = screen(state, 76, 12)
    assert any(line.startswith("now ") for line in lines)
    assert any("PgUp PgDn" in line for line in lines)


def test_a_word_that_no_option_fits_is_not_taken_for_the_first(desk: Desk) -> None:
    line = held(desk, "orange-fr-mobicarte")
    state = FormState(ActForm(desk, [line]))
    press(state, "zzz")
    assert not state.accept()
    press(state, "backspace", "backspace", "backspace")
    assert state.accept()
