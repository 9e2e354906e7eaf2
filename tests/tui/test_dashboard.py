"""Each action of the dashboard, by its key, on a real data file."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.events import Key
from textual.keys import _character_to_key

from simtui import paths
from simtui.config import Settings
from simtui.domain.act import ActKind
from simtui.domain.line import LineState
from simtui.i18n import current
from simtui.outlook import Outlook
from simtui.session import open_desk
from simtui.tui.screens.confirm import Confirm
from simtui.tui.screens.dashboard import DashboardScreen
from tests.cli.test_real_lines import BY_HAND, FILE
from tests.tui.dashboards import Dashboard, app_on, demo_app, filled, on_file, running

LINES = {
    "Paris": "+33612345678 mobicarte 10EUR 2026-05-24",
    "UK": "+447700900123 giffgaff sms 2026-11-01",
    "Mum": "Mum club sim until 2027-02-11",
}


@pytest.fixture
async def board(data_file: Path) -> AsyncIterator[Dashboard]:
    """Three lines: Paris is due in three days, the others are safe."""
    async with running(app_on(on_file(filled(data_file, LINES)))) as dashboard:
        yield dashboard


def names(board: Dashboard) -> list[str]:
    return [row.name for row in board.app.board.rows]


# Lines and acts


async def test_a_adds_a_line_and_the_cursor_goes_to_it(board: Dashboard) -> None:
    await board.press("a")
    await board.type("Travel")
    await board.press("enter")
    await board.type("airalo")
    await board.press("ctrl+s")
    assert board.desk.holding(4).line.label == "Travel"
    assert board.screen.lines.current == 4
    assert "saved " in board.text


async def test_m_records_an_act_with_its_date(board: Dashboard) -> None:
    await board.press("m")
    assert "What happened to Paris" in board.text
    await board.press("enter")
    await board.type("-1d")
    await board.press("enter")
    await board.type("10")
    await board.press("ctrl+s")
    acts = [held.act for held in board.desk.holding(1).acts]
    assert [(act.kind, act.day.format_iso()) for act in acts][-1] == (ActKind.TOP_UP, "2026-11-20")
    assert "last day ~2027-05-20, 180 d left" in board.text


async def test_an_act_on_marked_lines_is_recorded_on_each(board: Dashboard) -> None:
    await board.press("V", "m")
    await board.type("SMS sent")
    await board.press("ctrl+s")
    assert [len(board.desk.holding(each).acts) for each in (1, 2, 3)] == [2, 2, 2]
    assert board.desk.undo() == "record_sms_out_many|3"


async def test_v_enters_the_date_that_the_operator_told(board: Dashboard) -> None:
    await board.press("v")
    field = board.app.screen.state  # type: ignore[attr-defined]
    field.focus("valid_until")
    await board.type("2027-03-01")
    await board.press("ctrl+s")
    assert board.desk.holding(1).standing.next_day.format_iso() == "2027-03-01"  # type: ignore[union-attr]
    assert "last day =2027-03-01, 100 d left" in board.text


async def test_e_edits_the_line(board: Dashboard) -> None:
    await board.press("e", "end", "!")
    assert "Edit Paris" in board.text
    await board.press("escape", "y")
    assert names(board)[0] == "Paris"
    await board.press("e", "end", "!", "ctrl+s")
    assert names(board)[0] == "Paris!"


async def test_e_in_the_history_edits_the_act(board: Dashboard) -> None:
    await board.press("5", "e")
    state = board.app.screen.state  # type: ignore[attr-defined]
    state.focus("amount")
    await board.press("ctrl+u")
    await board.type("5")
    await board.press("ctrl+s")
    assert [str(held.act.amount) for held in board.desk.holding(1).acts] == ["5"]


async def test_only_y_deletes_a_line_and_u_brings_it_back_by_name(board: Dashboard) -> None:
    await board.press("D", "enter")
    assert "Paris" in names(board)
    await board.press("D", "D", "d", "space", "escape")
    assert "Paris" in names(board)
    await board.press("D")
    assert isinstance(board.app.screen, Confirm)
    assert "Paris, with 1 act" in board.text
    await board.press("y")
    assert "Paris" not in names(board)
    await board.press("u")
    assert "Paris" in names(board)
    assert board.notices[-1].startswith("Undone: ")
    assert "Paris" in board.notices[-1]
    await board.press("U")
    assert "Paris" not in names(board)


async def test_d_in_the_history_deletes_the_act_and_shows_before_and_after(board: Dashboard) -> None:
    await board.press("5", "D")
    assert "2026-11-24 → none" in board.text
    await board.press("y")
    assert board.desk.holding(1).acts == ()


async def test_small_d_does_nothing(board: Dashboard) -> None:
    before = board.text
    await board.press("d")
    assert board.text == before


async def test_marked_lines_are_archived_together(board: Dashboard) -> None:
    await board.press("space", "space", "A", "3")
    states = [board.desk.holding(each).line.state for each in (1, 2, 3)]
    assert states.count(LineState.ARCHIVED) == 2
    assert len(names(board)) == 1
    await board.press("/")
    await board.type("state:archived")
    await board.press("enter")
    assert len(names(board)) == 2


async def test_nothing_to_undo_is_said(data_file: Path) -> None:
    async with running(app_on(on_file(data_file))) as board:
        await board.press("u")
        assert board.notices == ["Nothing to undo."]
        await board.press("U")
        assert board.notices[-1] == "Nothing to redo."


@pytest.mark.parametrize("form", ["m", "e"])
async def test_a_line_that_another_session_deletes_while_a_form_is_open(board: Dashboard, form: str) -> None:
    other = open_desk(board.app.options, Settings())
    await board.press(form)
    board.app.screen.state.focus("note" if form == "m" else "label")  # type: ignore[attr-defined]
    await board.type("x")
    other.delete_lines([1])
    other.repository.close()
    await board.press("ctrl+s")
    assert "another session has deleted this line meanwhile" in board.text
    assert "there is no line" not in board.text


async def test_a_plan_is_recorded_as_bought_from_the_plans(board: Dashboard) -> None:
    await board.press("3", "enter")
    assert "What happened to Paris" in board.text
    await board.press("ctrl+s")
    assert [str(held.act.amount) for held in board.desk.holding(1).acts] == ["10", "10"]


async def test_a_in_the_plans_adds_a_plan_of_ones_own(board: Dashboard) -> None:
    await board.press("3", "a")
    state = board.app.screen.state  # type: ignore[attr-defined]
    state.focus("name")
    await board.type("Forfait [/x]")
    state.focus("price")
    await board.type("7")
    await board.press("ctrl+s")
    assert board.app.own_carriers_file.exists()
    assert "Forfait [/… yours EUR 7" in board.text


async def test_an_own_offer_is_made_from_the_palette(board: Dashboard) -> None:
    await board.press(":")
    await board.type("own offer")
    await board.press("enter")
    state = board.app.screen.state  # type: ignore[attr-defined]
    values = {"name": "Corner SIM", "country": "MC", "carrier": "Corner"}
    for field, value in values.items():
        if field in {each.id for each in state.fields}:
            state.focus(field)
            await board.type(value)
    await board.press("ctrl+s")
    assert any("Corner SIM" in offer.name.en for offer in board.desk.catalogue.offers.values()), board.text


async def own_plan(board: Dashboard, name: str) -> None:
    await board.press("3", "a")
    state = board.app.screen.state  # type: ignore[attr-defined]
    state.focus("name")
    await board.type(name)
    await board.press("ctrl+s")


async def test_an_own_plan_is_edited_deleted_and_brought_back(board: Dashboard) -> None:
    await own_plan(board, "Weekly")
    await board.press("G", "e", "enter", "end", "!", "ctrl+s")
    assert "Weekly!" in board.text
    await board.press("G", "D")
    assert "Delete your plan “Weekly!” of Mobicarte?" in board.text
    await board.press("y")
    assert "Weekly" not in board.row_with("top-up 10") + board.text.partition("3 Plans")[2]
    await board.press("u")
    assert board.notices[-1] == "Undone: delete a plan of Mobicarte"
    assert "Weekly!" in board.text
    await board.press("u", "u")
    assert "Weekly" not in board.text
    await board.press("U")
    assert "Weekly" in board.text


async def test_undo_takes_back_what_was_done_last_own_plan_or_line(board: Dashboard) -> None:
    await own_plan(board, "Weekly")
    await board.press("1", "A", "3")
    assert len(names(board)) == 2
    await board.press("u")
    assert len(names(board)) == 3
    assert len(board.desk.holdings()) == 3


@pytest.mark.parametrize("pane", ["2", "3", "4"])
async def test_delete_never_falls_through_to_the_line(board: Dashboard, pane: str) -> None:
    await board.press(pane, "D")
    assert isinstance(board.app.screen, DashboardScreen)
    assert len(board.notices) == 1
    await board.press("y", "escape")
    assert len(names(board)) == 3


async def test_an_empty_history_has_nothing_to_delete(board: Dashboard) -> None:
    await board.press("5", "D", "y")
    await board.press("D")
    assert isinstance(board.app.screen, DashboardScreen)
    assert board.notices[-1] == "There is nothing to delete here."


async def test_undoing_an_earlier_session_or_many_lines_asks_first(data_file: Path) -> None:
    async with running(app_on(on_file(filled(data_file, LINES)))) as board:
        await board.press("u")
        assert "It was done in an earlier session" in board.text
        await board.press("enter")
        assert len(names(board)) == 3
        await board.press("u", "y")
        assert names(board) == []


# Looking


async def test_slash_filters_while_typing_and_escape_takes_it_away(board: Dashboard) -> None:
    await board.press("/")
    await board.type("giff")
    assert len(names(board)) == 1
    await board.press("escape")
    assert len(names(board)) == 3
    await board.press("/")
    await board.type("giff")
    await board.press("enter")
    assert "/ giff" in board.text
    await board.press("escape")
    assert len(names(board)) == 3


async def test_a_wrong_filter_is_named_and_cannot_be_taken(board: Dashboard) -> None:
    await board.press("/")
    await board.type("due<x")
    await board.press("enter")
    assert "due<" in board.text
    assert len(board.app.screen_stack) == 2
    await board.press("escape")
    assert len(names(board)) == 3


async def test_what_would_do_in_a_filter_is_told_in_full(board: Dashboard) -> None:
    await board.press("/")
    await board.type("colour:red")
    for choice in ("due<", "country:", "holder:", "cert:", "verified"):
        assert choice in board.text
    await board.press("escape")


async def test_a_filter_that_nothing_fits_says_so(board: Dashboard) -> None:
    await board.press("/")
    await board.type("nothing such")
    await board.press("enter")
    assert "No line fits the filter" in board.text
    await board.press("escape")
    assert "Paris" in board.text


async def test_filters_come_back_with_the_up_key(board: Dashboard) -> None:
    await board.press("/")
    await board.type("giff")
    await board.press("enter", "escape", "/", "up", "enter")
    assert board.app.board.filter_text == "giff"


async def test_n_goes_from_hit_to_hit_after_the_filter_is_gone(board: Dashboard) -> None:
    await board.press("/")
    await board.type("country:FR,HK")
    await board.press("enter", "escape")
    seen = [board.screen.lines.current]
    for key in ("n", "n", "N"):
        await board.press(key)
        seen.append(board.screen.lines.current)
    assert seen == [1, 3, 1, 3]


async def test_s_sorts_by_the_next_column_and_keeps_the_cursor_on_its_line(board: Dashboard) -> None:
    here = board.screen.lines.current
    await board.press("s")
    assert names(board) == sorted(names(board), key=str.casefold)
    assert "by name" in board.text
    assert board.screen.lines.current == here
    await board.press("S")
    assert names(board) == sorted(names(board), key=str.casefold, reverse=True)


async def test_numbers_and_tab_go_to_the_panes(board: Dashboard) -> None:
    visited = []
    for key in ("2", "3", "4", "5", "1", "tab", "shift+tab"):
        await board.press(key)
        visited.append(board.screen.active)
    assert visited == ["standing", "plans", "year", "history", "lines", "standing", "lines"]


async def test_enter_goes_to_the_standing_and_escape_comes_back(board: Dashboard) -> None:
    await board.press("enter")
    assert board.screen.active == "standing"
    await board.press("escape")
    assert board.screen.active == "lines"


async def test_z_zooms_and_escape_takes_it_back(board: Dashboard) -> None:
    await board.press("z")
    assert "Standing" not in board.text
    await board.press("escape")
    assert "Standing" in board.text


async def test_moving_shows_the_other_line_at_once(board: Dashboard) -> None:
    assert "+33 6 12 34 56 78  Mobicarte · Orange France" in board.text
    await board.press("j", "j")
    assert "+44 7700 900123  giffgaff pay as you go" in board.text
    assert "+33 6 12 34 56 78  Mobicarte ·" not in board.text
    await board.press("G")
    assert board.screen.lines.cursor == 2
    await board.press("g")
    assert board.screen.lines.cursor == 0


async def test_p_masks_numbers_everywhere(data_file: Path) -> None:
    lines = {"": LINES["Paris"], " ": LINES["UK"]}
    async with running(app_on(on_file(filled(data_file, lines)))) as board:
        assert "+33 6 12 34 56 78" in board.text
        await board.press("p")
        shown = board.text.replace(" ", "")
        assert "612345678" not in shown
        assert "7700900123" not in shown
        assert "+33" in shown
        await board.press("p")
        assert "+33 6 12 34 56 78" in board.text


async def test_slash_in_the_history_shows_payments_without_proof(board: Dashboard) -> None:
    await board.press("5", "/")
    assert "without proof" in board.text
    await board.press("j", "/")
    assert "without proof" not in board.row_with("History")


async def test_help_comes_from_the_live_keymap(data_file: Path) -> None:
    app = app_on(on_file(filled(data_file, LINES)), Settings(keys={"record": "W"}))
    async with running(app) as board:
        await board.press("question_mark")
        assert "W           Record what happened" in board.text
        await board.press("escape", "W")
        assert "What happened to Paris" in board.text


async def test_full_width_keys_of_an_input_method_do_the_same(board: Dashboard) -> None:
    await board.press("ｊ")
    assert board.screen.lines.cursor == 1
    await board.press("／")
    assert "Filter" in board.text


def burst(board: Dashboard, *keys: str) -> None:
    """Keys that arrive in one packet of a slow connection."""
    for key in keys:
        board.app.post_message(Key(_character_to_key(key) if len(key) == 1 else key, key if len(key) == 1 else None))


async def test_keys_that_come_at_once_wait_for_the_form_that_the_first_one_opens(board: Dashboard) -> None:
    burst(board, "a", *"Dupont", "enter", *"mobi", "enter", "enter", *"-1d", "enter", *"10", "ctrl+s")
    while len(board.desk.holdings()) < 4:
        await board.pilot.pause(0.02)
    await board.pilot.pause()
    added = board.desk.holding(4)
    assert (added.line.label, added.offer.id) == ("Dupont", "orange-fr-mobicarte")
    assert [(str(held.act.amount), str(held.act.day)) for held in added.acts] == [("10", "2026-11-20")]
    assert board.desk.undo() == "add_line|Dupont"


async def test_keys_that_come_at_once_never_confirm_a_question_with_the_key_that_asked(board: Dashboard) -> None:
    burst(board, "D", "D", "D", "escape", "j", "j")
    while board.screen.lines.cursor < 2:
        await board.pilot.pause(0.02)
    assert len(names(board)) == 3


async def test_keys_that_come_at_once_go_on_after_the_palette(board: Dashboard) -> None:
    burst(board, ":", *"archive", "enter", "3")
    while len(names(board)) == 3:
        await board.pilot.pause(0.02)
    assert board.desk.holding(1).line.state is LineState.ARCHIVED


# Copying, files, language, theme


async def test_y_copies_what_is_chosen_and_says_how(board: Dashboard) -> None:
    await board.press("y", "1")
    assert board.app.clipboard == "+33612345678"
    assert board.notices[-1] == "Sent to the terminal to copy: +33612345678"
    await board.press("Y")
    assert "Paris" in board.app.clipboard
    await board.press("o")
    assert board.app.clipboard.startswith("https://")


async def test_x_exports_to_a_new_file_and_never_over_another(board: Dashboard, tmp_path: Path) -> None:
    file = tmp_path / "o.json"
    told = []
    for _ in range(2):
        await board.press("x")
        await board.paste(str(file))
        await board.press("enter")
        told.append(board.notices[-1])
    assert len(json.loads(file.read_text("utf-8"))["lines"]) == 3
    assert told[0].startswith("3 lines written to ")
    assert told[1].endswith("There is already a file of that name. Choose another name.")


async def test_i_imports_after_a_preview_and_leaves_out_what_is_wrong(board: Dashboard, tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("offer,label,valid_until\ngiffgaff,Aunt,2027-01-01\nno-such,B,2027-01-01\n", "utf-8")
    await board.press("i")
    await board.paste(str(file))
    await board.press("enter")
    assert "Add 1 line?" in board.text
    assert "row 3" in board.text
    assert len(board.desk.holdings()) == 3
    await board.press("y")
    assert "Aunt" in names(board)
    await board.press("u")
    assert "Aunt" not in names(board)


async def test_a_long_preview_scrolls_and_its_answers_stay_in_sight(data_file: Path, tmp_path: Path) -> None:
    rows = "".join(f"giffgaff,Line {number},2027-01-01\n" for number in range(30))
    file = tmp_path / "in.csv"
    file.write_text(f"offer,label,valid_until\n{rows}no-such,B,2027-01-01\n", "utf-8")
    async with running(app_on(on_file(filled(data_file, LINES))), size=(80, 24)) as board:
        await board.press("i")
        await board.paste(str(file))
        await board.press("enter")
        assert "Line 0" in board.text
        assert "[ cancel ]   y yes" in board.text
        assert "row 32" not in board.text
        await board.press("end")
        assert "row 32, offer" in board.text
        assert "[ cancel ]   y yes" in board.text


async def test_a_file_that_cannot_be_imported_is_named(board: Dashboard, tmp_path: Path) -> None:
    await board.press("i")
    await board.paste(str(tmp_path / "no-such.csv"))
    await board.press("enter")
    assert "no-such.csv" in board.notices[-1]


async def test_the_language_switches_while_it_runs_and_is_remembered(board: Dashboard) -> None:
    await board.press("L", "2")
    assert current() == "zh"
    assert "号码" in board.text
    assert "待续费" in board.text
    assert "Lines" not in board.text
    remembered = json.loads((Path.home() / "state" / "simtui" / "dashboard.json").read_text("utf-8"))
    assert remembered == {"language": "zh"}


async def test_the_theme_switches_and_is_remembered(board: Dashboard) -> None:
    before = board.app.theme
    await board.press("T", "down", "enter")
    assert board.app.theme != before
    remembered = json.loads((Path.home() / "state" / "simtui" / "dashboard.json").read_text("utf-8"))
    assert remembered["theme"] == board.app.theme


async def test_m_gives_the_mouse_to_the_terminal(board: Dashboard) -> None:
    await board.press("M")
    assert board.notices[-1] == "The mouse selects text now."
    await board.press("M")
    assert board.notices[-1] == "The mouse works here again."


async def test_the_palette_runs_an_action_by_name(board: Dashboard) -> None:
    await board.press("ctrl+p")
    await board.type("archive")
    await board.press("enter")
    assert "This line is" in board.text


async def test_q_quits(board: Dashboard) -> None:
    await board.press("q")
    assert board.app.return_code == 0


# Other sessions, bad files, read-only


async def test_what_another_session_saves_appears_and_the_cursor_stays(board: Dashboard, data_file: Path) -> None:
    await board.press("G")
    here = board.screen.lines.current
    other = open_desk(on_file(data_file), Settings())
    other.set_state([1], LineState.ARCHIVED)
    other.repository.close()
    board.app.look_around()
    await board.pilot.pause()
    assert len(names(board)) == 2
    assert board.screen.lines.current == here


async def test_a_form_in_progress_is_left_alone_by_another_session(board: Dashboard, data_file: Path) -> None:
    await board.press("a")
    await board.type("Half")
    other = open_desk(on_file(data_file), Settings())
    other.set_state([2], LineState.ARCHIVED)
    other.repository.close()
    board.app.look_around()
    await board.pilot.pause()
    assert "Half" in board.text
    await board.press("escape", "y")
    assert len(names(board)) == 2


async def test_read_only_refuses_changes_and_says_why(data_file: Path) -> None:
    async with running(app_on(on_file(filled(data_file, LINES), read_only=True))) as board:
        await board.press("A", "3")
        assert "read" in board.notices[-1].lower()
        assert len(names(board)) == 3


async def test_keys_wait_while_the_lines_are_read(data_file: Path) -> None:
    app = app_on(on_file(filled(data_file, LINES)))
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("j", "D", "escape", "G", "A", "3"):
            app.post_message(Key(_character_to_key(key) if len(key) == 1 else key, key if len(key) == 1 else None))
        while len(app.board.rows) != 2:
            await pilot.pause(0.02)
    app.close_desk()


async def test_read_only_stands_in_the_header(data_file: Path) -> None:
    async with running(app_on(on_file(filled(data_file, LINES), read_only=True)), size=(80, 24)) as board:
        assert "READ ONLY" in board.text.split("\n")[0]


@pytest.mark.parametrize("size", [(80, 12), (80, 17), (60, 15), (40, 12)])
async def test_a_short_terminal_still_shows_lines(data_file: Path, size: tuple[int, int]) -> None:
    async with running(app_on(on_file(filled(data_file, LINES))), size=size) as board:
        assert all(name in board.text for name in LINES)
        await board.press("enter")
        assert "last day 2026-11-24, 3 d left" in board.text


async def test_without_colour_the_theme_without_colour_is_worn(
    data_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(app_on(on_file(data_file))) as board:
        assert board.app.theme == "mono"


async def test_a_bad_data_file_ends_with_its_error_and_is_left_as_it_is(data_file: Path) -> None:
    data_file.write_text("{ not json", "utf-8")
    data_file.chmod(0o600)
    app = app_on(on_file(data_file))
    async with running(app):
        assert app.refused is not None
        assert str(data_file) in str(app.refused)
    assert data_file.read_text("utf-8") == "{ not json"


async def test_the_first_run_offers_the_first_steps(data_file: Path) -> None:
    async with running(app_on(on_file(data_file))) as board:
        assert "add a line" in board.text
        assert "中文 / English" in board.text
        assert "simtui --demo" in board.text
        await board.press("m", "e", "D", "v", "y", "o", "enter", "3", "enter", "5", "e", "1")
        assert isinstance(board.app.screen, DashboardScreen)


async def test_hostile_names_are_shown_as_data(data_file: Path) -> None:
    evil = "[/x][bold]\x1b[31m\u202edanger"
    filled(data_file, LINES)
    desk = open_desk(on_file(data_file), Settings())
    held = desk.holding(1)
    desk.edit_line(1, held.rev, held.line.model_copy(update={"label": evil}))
    desk.repository.close()
    async with running(app_on(on_file(data_file)), size=(200, 60)) as board:
        assert "[/x][bold]\\x1b[31m\\u202edanger" in board.text
        for keys in ("D", "escape"), ("y", "escape"), ("m", "escape"), ("e", "escape"), ("A", "1"), ("u",):
            await board.press(*keys)
        assert "\x1b" not in board.text


async def test_the_rows_of_the_last_run_are_there_before_the_desk(data_file: Path) -> None:
    filled(data_file, LINES)
    async with running(app_on(on_file(data_file))):
        pass
    app = app_on(on_file(data_file))
    app.get_default_screen()
    assert [type(row) for row in app.board.all_rows] == [Outlook] * 3
    assert app.board.desk is None


async def test_dates_that_newer_facts_have_moved_are_listed_once(data_file: Path, tmp_path: Path) -> None:
    filled(data_file, LINES)
    async with running(app_on(on_file(data_file))):
        pass
    document = json.loads(paths.bundled("carriers.json").read_text("utf-8"))
    giffgaff = next(each for each in document["carriers"] if each["id"] == "giffgaff")
    giffgaff["offers"][0]["rules"][0]["clocks"][0]["length"]["period"] = "P3M"
    newer = tmp_path / "newer.json"
    newer.write_text(json.dumps(document), "utf-8")
    async with running(app_on(on_file(data_file, carriers=newer))) as board:
        assert "Rules changed for your lines" in board.text
        assert "last day: 2027-05-01 → 2027-02-01" in board.text
        await board.press("escape")
        assert isinstance(board.app.screen, DashboardScreen)
    async with running(app_on(on_file(data_file, carriers=newer))) as board:
        assert isinstance(board.app.screen, DashboardScreen)


async def test_the_real_lines_show_the_dates_that_were_reckoned_by_hand(data_file: Path) -> None:
    async with running(app_on(on_file(data_file)), size=(200, 60)) as board:
        await board.press("i")
        await board.paste(str(FILE))
        await board.press("enter", "y")
        shown = {row.name: (row.last_day or None, row.phase) for row in board.app.board.rows}
        assert shown.keys() == BY_HAND.keys()
        for name, expected in BY_HAND.items():
            if expected.next_date is not None:
                assert shown[name] == (expected.next_date, expected.phase), name
                assert expected.next_date in board.row_with(name), name


async def test_the_demo_leaves_the_users_own_offers_alone() -> None:
    async with running(demo_app()) as board:
        await own_plan(board, "Mine")
        assert board.app.own_carriers_file.exists()
    assert not paths.own_carriers_file().exists()


async def test_a_form_stays_on_a_field_that_nothing_fits(board: Dashboard) -> None:
    await board.press("m")
    await board.type("zzz")
    await board.press("enter", "ctrl+s")
    assert "Nothing fits “zzz”" in board.text
    assert len(board.desk.holding(1).acts) == 1


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_a_move_of_the_cursor_leaves_frames_alone(data_file: Path, size: tuple[int, int]) -> None:
    # A frame's title is drawn with the whole frame: naming the line there sent 4 kB for every arrow key.
    async with running(app_on(on_file(filled(data_file, LINES))), size=size) as board:
        panes = (board.screen.lines, board.screen.standing, board.screen.plan_box, board.screen.history)
        before = [pane.border_title for pane in panes]
        await board.press("j")
        assert [pane.border_title for pane in panes] == before


async def test_ctrl_c_says_which_key_quits_in_the_language_of_the_screen(data_file: Path) -> None:
    async with running(app_on(on_file(data_file, language="zh"), Settings(keys={"quit": "Q"}))) as board:
        await board.press("ctrl+c")
        assert board.notices == ["Q  退出；一切都已保存"]
