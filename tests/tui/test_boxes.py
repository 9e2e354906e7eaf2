from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Static

from simtui.tui.screens.choose import Choose, Option
from simtui.tui.screens.confirm import Confirm
from simtui.tui.screens.message import Message
from simtui.tui.screens.prompt import Prompt
from tests.tui.screens_text import screen_text


class Behind(App[object]):
    """Something for boxes to open over."""

    animation_level = "none"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[object] = []

    def compose(self) -> ComposeResult:
        yield Static("behind")


async def answer(screen: Screen[Any], *keys: str) -> tuple[Sequence[object], str]:
    """What a box is dismissed with after some keys, and how it looked before them."""
    app = Behind()
    async with app.run_test(size=(60, 16)) as pilot:
        await app.push_screen(screen, app.answers.append)
        text = screen_text(app)
        await pilot.press(*keys)
        await pilot.pause()
    return app.answers, text


@pytest.mark.parametrize(
    ("key", "said"), [("y", True), ("ｙ", True), ("enter", False), ("n", False), ("escape", False)]
)
async def test_only_y_confirms(key: str, said: bool) -> None:
    answers, text = await answer(Confirm("Delete 妈妈 [/x]?", ["2 acts go with it."], yes="delete"), key)
    assert answers == [said]
    assert "Delete 妈妈 [/x]?" in text
    assert "[ cancel ]   y delete" in text


async def test_a_tap_answers_a_question() -> None:
    app = Behind()
    async with app.run_test(size=(60, 16)) as pilot:
        await app.push_screen(Confirm("Sure?", yes="delete"), app.answers.append)
        await pilot.pause()
        rows = screen_text(app).split("\n")
        y = next(number for number, row in enumerate(rows) if "cancel" in row)
        await pilot.click(offset=(rows[y].index("delete"), y))
        await pilot.pause()
    assert app.answers == [True]


def copying() -> Choose[str]:
    options = [Option("number", "number", "+33 [b]", "n"), Option("name", "name"), Option("code", "code", key="j")]
    return Choose("Copy", options, "name")


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [
        (["enter"], "name"),
        (["n"], "number"),
        (["j"], "code"),
        (["2"], "name"),
        (["up", "enter"], "number"),
        (["escape"], None),
    ],
)
async def test_letters_numbers_and_arrows_choose(keys: list[str], chosen: str | None) -> None:
    answers, text = await answer(copying(), *keys)
    assert answers == [chosen]
    assert "> 2 name" in text
    assert "+33 [b]" in text


async def test_a_message_scrolls_and_is_left() -> None:
    app = Behind()
    async with app.run_test(size=(60, 16)) as pilot:
        await app.push_screen(Message("Help", [f"line {number} [/x] \x1b" for number in range(40)]), app.answers.append)
        await pilot.pause()
        assert "line 0 [/x] \\x1b" in screen_text(app)
        await pilot.press("end")
        assert "line 39" in screen_text(app)
        assert "Esc leave" in screen_text(app)
        await pilot.press("q")
        await pilot.pause()
    assert app.answers == [None]


async def test_a_prompt_checks_while_typing_and_remembers() -> None:
    seen: list[str] = []
    prompt = Prompt(
        "Filter [/x]",
        "due<14",
        check=lambda typed: "no such field" if "?" in typed else "",
        history=["tag:home"],
        changed=seen.append,
    )
    app = Behind()
    async with app.run_test(size=(60, 16)) as pilot:
        await app.push_screen(prompt, app.answers.append)
        await pilot.press("?", "enter")
        await pilot.pause()
        assert "no such field" in screen_text(app)
        assert app.answers == []
        await pilot.press("up", "!", "enter")
        await pilot.pause()
    assert app.answers == ["tag:home!"]
    assert "due<14?" not in seen
    assert seen[-1] == "tag:home!"


async def test_a_prompt_can_be_left() -> None:
    answers, _text = await answer(Prompt("Where to?"), "x", "escape")
    assert answers == [None]


async def test_a_note_that_has_no_room_says_that_it_goes_on() -> None:
    app = Behind()
    async with app.run_test(size=(34, 12)) as pilot:
        note = "不清楚这家运营商是否支持"
        await app.push_screen(Choose("付款方式", [Option("card", "银行卡", note)]), app.answers.append)
        await pilot.pause()
        assert "不清楚这" in screen_text(app)
        assert "…" in screen_text(app)
        assert note not in screen_text(app)
