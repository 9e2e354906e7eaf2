"""Restricted mode in the dashboard: what reaches for other files is offered nowhere, and says why if its key is pressed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from simtui.config import Settings
from tests.tui.dashboards import Dashboard, app_on, filled, on_file, running


@pytest.fixture
async def board(data_file: Path) -> AsyncIterator[Dashboard]:
    file = filled(data_file, {"Paris": "+33612345678 mobicarte 10EUR 2026-05-24"})
    settings = Settings(keys={"export": "E"})
    async with running(app_on(on_file(file, restricted=True), settings)) as dashboard:
        yield dashboard


@pytest.mark.parametrize("key", ["E", "i"])
async def test_a_key_that_reaches_for_a_file_says_why_not(board: Dashboard, key: str) -> None:
    await board.press(key)
    assert board.notices == ["restricted mode opens no file but the data file"]
    assert board.app.screen is board.screen


async def test_they_are_not_offered(board: Dashboard) -> None:
    assert " import " not in board.text
    await board.press("?")
    for _page in range(6):
        assert "Export to a file" not in board.text
        assert "Import lines" not in board.text
        await board.press("pagedown")
    await board.press("escape", ":")
    for word in ("export", "import", "screenshot", "suspend", "shell"):
        await board.type(word)
        assert "No such action." in board.text, word
        await board.press("ctrl+u")


async def test_the_first_steps_name_neither(data_file: Path) -> None:
    async with running(app_on(on_file(data_file, restricted=True))) as empty:
        assert "Welcome. No line is kept here yet." in empty.text
        assert "import a CSV" not in empty.text
        assert "--demo" not in empty.text


async def test_without_it_they_are_there(data_file: Path) -> None:
    async with running(app_on(on_file(data_file))) as empty:
        assert "import a CSV" in empty.text
        await empty.press(":")
        await empty.type("export")
        assert "Export to a file" in empty.text
