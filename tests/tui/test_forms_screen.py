from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from simtui.desk import Desk, NewLine
from simtui.domain.line import Line
from simtui.tui.board import Board
from simtui.tui.keys import Keymap
from simtui.tui.screens.confirm import Confirm
from simtui.tui.screens.form import act_screen, add_line_screen, edit_line_screen
from simtui.tui.screens.form_screen import FormScreen
from simtui.tui.views.layout import Look
from tests.tui.filling import desk_in, held, top_up
from tests.tui.screens_text import screen_text


class Behind(App[object]):
    """Something for forms to open over."""

    animation_level = "none"
    ENABLE_COMMAND_PALETTE = False
    keymap_of_user = Keymap()
    board = Board(look=Look())

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.answers: list[object] = []

    def compose(self) -> ComposeResult:
        yield Static("behind")

    async def open(self, screen: Screen[Any]) -> None:
        await self.push_screen(screen, self.answers.append)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_in(tmp_path / "data")


async def test_a_line_is_added_key_by_key(desk: Desk) -> None:
    app = Behind(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(add_line_screen(desk))
        await pilot.press(*"M[/]", "enter", *"giff", *["enter"] * 3, *"-3d")
        await pilot.pause()
        assert "last day 2027-05-18" in screen_text(app)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert app.answers == [1]
        assert screen_text(app).startswith("behind")
    assert desk.holding(1).line.label == "M[/]"


async def test_enter_in_the_last_field_saves_and_tab_does_not(desk: Desk) -> None:
    line = held(desk, "orange-fr-mobicarte", top_up("2026-05-25"))
    app = Behind(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = act_screen(desk, [line], amount=None)
        await app.open(screen)
        await pilot.pause()
        screen.state.focus("note")
        await pilot.press("tab")
        assert screen.state.index == 0
        screen.state.focus("note")
        await pilot.press("enter")
        await pilot.pause()
        assert len(app.answers) == 1
    assert len(desk.holding(line.id).acts) == 2


async def test_leaving_asks_only_where_something_was_typed(desk: Desk) -> None:
    app = Behind(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(add_line_screen(desk))
        await pilot.press("escape")
        await pilot.pause()
        assert app.answers == [None]
        await app.open(add_line_screen(desk))
        await pilot.press("x", "escape", "enter")
        await pilot.pause()
        assert isinstance(app.screen, FormScreen)
        await pilot.press("escape", "y")
        await pilot.pause()
        assert app.answers == [None, None]


async def test_a_refused_save_goes_to_the_first_fault_and_loses_nothing(desk: Desk) -> None:
    app = Behind(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = add_line_screen(desk, "Mum")
        await app.open(screen)
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert screen.state.at == "offer"
        assert "choose an offer" in screen_text(app)
        assert screen.state.values["name"] == "Mum"


async def test_what_another_session_saved_is_shown_field_by_field(desk: Desk) -> None:
    line = held(desk, "orange-fr-mobicarte")
    app = Behind(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(edit_line_screen(desk, line))
        desk.edit_line(line.id, line.rev, line.line.model_copy(update={"label": "Theirs", "notes": "n"}))
        await pilot.press("end", "!", "ctrl+s")
        await pilot.pause()
        text = screen_text(app)
        assert "(x) mine    Mine!" in text
        assert "( ) theirs  Theirs" in text
        await pilot.press("escape")
        await pilot.pause()
        assert "Not saved" in screen_text(app)
        await pilot.press("ctrl+s", "space", "enter")
        await pilot.pause()
        assert app.answers == [line.id]
    now = desk.holding(line.id).line
    assert (now.label, now.notes) == ("Theirs", "n")


async def test_a_likely_double_entry_asks(desk: Desk) -> None:
    line = held(desk, "orange-fr-mobicarte", top_up("2026-11-21"))
    app = Behind(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(act_screen(desk, [line], amount=top_up("2026-11-21").amount))
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, Confirm)
        await pilot.press("y")
        await pilot.pause()
        assert len(app.answers) == 1


async def test_a_failed_save_is_told_and_keeps_the_form(desk: Desk) -> None:
    line = held(desk, "orange-fr-mobicarte")
    app = Behind(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = act_screen(desk, [line], amount=top_up("2026-11-21").amount)
        await app.open(screen)
        await pilot.pause()
        desk.delete_lines([line.id])
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert isinstance(app.screen, FormScreen)
        assert "Not saved" in screen_text(app)


async def test_pasted_text_and_clicks_reach_the_field(desk: Desk) -> None:
    from textual.events import Paste

    app = Behind(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = add_line_screen(desk)
        await app.open(screen)
        await pilot.pause()
        assert app.focused is not None
        app.focused.post_message(Paste("+33612\x1b345678\n"))
        await pilot.click(offset=(24, 3))
        assert screen.state.at == "offer"
        assert screen.state.values["name"].startswith("+33612")
        rows = screen_text(app).split("\n")
        await pilot.click(offset=(24, next(y for y, row in enumerate(rows) if "Mobicarte" in row)))
        assert screen.state.values["offer"] == "orange-fr-mobicarte"


@pytest.mark.parametrize("size", [(80, 24), (45, 20), (120, 40)])
async def test_a_form_stays_within_the_screen(desk: Desk, size: tuple[int, int]) -> None:
    line = held(desk, "orange-fr-mobicarte", top_up("2026-05-25"), label="妈妈的号码\x1b[/x]")
    app = Behind(desk)
    async with app.run_test(size=size) as pilot:
        await app.open(edit_line_screen(desk, line))
        await pilot.pause()
        text = screen_text(app)
        assert "妈妈的号码\\x1b[/x]" in text
        assert "Ctrl+S save" in text
        await pilot.resize_terminal(45, 20)
        await pilot.pause()
        assert "Ctrl+S save" in screen_text(app)


async def test_the_whole_form_is_one_widget(desk: Desk) -> None:
    line = held(desk, "orange-fr-mobicarte")
    app = Behind(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.open(edit_line_screen(desk, line))
        await pilot.pause()
        assert len(app.screen.children) == 1
        assert not app.screen.children[0].children


async def test_a_title_hides_the_number_that_is_a_line_s_only_name(desk: Desk) -> None:
    line = desk.add_line(NewLine(Line(number="+33612345678", offer="orange-fr-mobicarte")))
    for private, name in ((False, "+33 6 12 34 56 78"), (True, "+33*******78")):
        app = Behind(desk)
        app.board = Board(look=Look(private=private))
        async with app.run_test(size=(80, 24)):
            await app.open(edit_line_screen(desk, desk.holding(line)))
            assert f"Edit {name}" in screen_text(app)
