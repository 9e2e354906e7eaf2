"""Boxes that are searched by typing: the palette, and tips and questions. They share frame, keys and search line."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.widgets import Input

from simtui.config import Settings
from tests.tui.dashboards import Dashboard, app_on, on_file, running
from tests.tui.walks import paris

KEYS = {"palette": (":",), "questions": ("r", "?")}


@pytest.fixture(params=KEYS)
async def opened(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Dashboard]:
    """A dashboard with one of the boxes open."""
    settings = Settings(borders="ascii")
    async with running(app_on(on_file(paris(tmp_path / "lines.json")), settings), (80, 24)) as board:
        await board.press(*KEYS[request.param])
        yield board


def marked(board: Dashboard) -> str:
    """The row under the cursor, without the frames around it."""
    return next((row for row in board.text.split("\n") if "|>" in row and "RESCUE" not in row), "").split("|>")[1]


async def test_the_frame_is_ascii_where_frames_are(opened: Dashboard) -> None:
    assert not set("╭╮╰╯│─┃█░▪") & set(opened.text)


async def test_arrows_move_in_the_list_while_letters_go_to_the_search_line(opened: Dashboard) -> None:
    first = marked(opened)
    await opened.press("down")
    assert marked(opened) != first
    await opened.press("up")
    assert marked(opened) == first
    await opened.type("jk")
    assert opened.app.screen.query_one(Input).value == "jk"


async def test_what_nothing_has_is_said_and_enter_does_nothing(opened: Dashboard) -> None:
    box = opened.app.screen
    await opened.type("zzzzz")
    assert "No such action." in opened.text or "Nothing is known about that." in opened.text
    await opened.press("enter", "down", "enter")
    assert opened.app.screen is box
    await opened.press("escape")
    assert opened.app.screen is not box


async def test_a_paste_reaches_no_terminal(opened: Dashboard) -> None:
    opened.app.screen.query_one(Input).insert_text_at_cursor("\x1b[31mx\u202e")
    await opened.pilot.pause()
    assert opened.app.screen.query_one(Input).value == "[31mx"
