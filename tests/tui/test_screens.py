"""What the dashboard looks like: whole screens as text, in the sizes that people use, in both languages.

`pytest tests/tui/test_screens.py --snapshot-update` takes them again; look at the difference before it is committed.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from simtui.config import Settings
from simtui.text import cell_width
from tests.tui.dashboards import Dashboard, app_on, demo_app, on_file, running

SIZES = ((80, 24), (120, 40), (200, 60), (45, 20))
PLACES = {
    "standing": ("2",),
    "plans": ("j", "j", "3"),
    "year": ("4",),
    "history": ("j", "5"),
    "zoomed standing": ("2", "z"),
    "help": ("question_mark",),
    "palette": (":",),
    "add": ("a",),
    "record": ("j", "j", "m"),
    "edit": ("e",),
    "operator's date": ("v",),
    "delete": ("D",),
    "filter": ("/",),
    "copy": ("j", "y"),
    "theme": ("T",),
}


async def at(board: Dashboard, language: str, *keys: str) -> str:
    if language == "zh":
        await board.press("L", "2")
    await board.press(*keys)
    await board.pilot.pause()
    return board.text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_dashboard(size: tuple[int, int], language: str, snapshot: SnapshotAssertion) -> None:
    async with running(demo_app(), size=size) as board:
        text = await at(board, language)
    assert text == snapshot
    assert max(cell_width(row) for row in text.split("\n")) <= size[0]


@pytest.mark.parametrize("place", PLACES)
async def test_a_place_at_80x24(place: str, snapshot: SnapshotAssertion) -> None:
    async with running(demo_app(), size=(80, 24)) as board:
        text = await at(board, "en", *PLACES[place])
    assert text == snapshot


@pytest.mark.parametrize("place", ["plans", "add", "record", "help", "palette"])
async def test_a_place_in_chinese(place: str, snapshot: SnapshotAssertion) -> None:
    async with running(demo_app(), size=(80, 24)) as board:
        text = await at(board, "zh", *PLACES[place])
    assert text == snapshot


@pytest.mark.parametrize("place", ["standing", "plans", "add", "record", "delete", "help"])
async def test_a_place_on_a_phone(place: str, snapshot: SnapshotAssertion) -> None:
    async with running(demo_app(), size=(45, 20)) as board:
        text = await at(board, "en", *PLACES[place])
    assert text == snapshot


@pytest.mark.parametrize("size", [(80, 24), (45, 20)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_first_run(size: tuple[int, int], data_file: Path, snapshot: SnapshotAssertion) -> None:
    async with running(app_on(on_file(data_file)), size=size) as board:
        assert board.text == snapshot


async def test_borders_in_ascii(snapshot: SnapshotAssertion) -> None:
    app = app_on(demo_app().options, Settings(borders="ascii"))
    async with running(app, size=(80, 24)) as board:
        assert board.text == snapshot
        assert not set(board.text) & set("╭╮╰╯│─┃█░▪")
