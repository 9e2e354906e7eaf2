"""Reading a message of the operator in the dashboard: the box to paste it into, and the form that it fills."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.events import Paste

from simtui.domain.act import ActKind
from simtui.text import cell_width
from simtui.tui.screens.paste import PasteBox
from tests.tui.dashboards import Dashboard, app_on, filled, on_file, running

BOTH = "Votre crédit est de 5,20€ valable\njusqu'au 12/05/2027. Votre ligne est valable jusqu'au 12/11/2027."
OPEN = "Vous avez rechargé 10 €.\nNouveau solde : 15,20 €. Il vous reste 3,1 Go. Valable jusqu'au 12/05/2027."
SIZES = ((80, 24), (120, 40), (200, 60), (45, 20))


@pytest.fixture
def paris(data_file: Path) -> Path:
    return filled(data_file, {"Paris": "+33639980001 mobicarte 10EUR 2026-05-24"})


@pytest.fixture
async def board(paris: Path) -> AsyncIterator[Dashboard]:
    async with running(app_on(on_file(paris)), size=(80, 24)) as found:
        yield found


async def paste(board: Dashboard, text: str) -> None:
    focused = board.app.focused
    assert focused is not None
    focused.post_message(Paste(text))
    await board.pilot.pause()
    await board.pilot.pause()


async def open_box(board: Dashboard) -> None:
    await board.press(":")
    await board.type("read an")
    await board.press("enter")
    assert isinstance(board.app.screen, PasteBox)


def kinds(board: Dashboard) -> list[ActKind]:
    return [held.act.kind for held in board.desk.holding(1).acts]


async def test_the_palette_opens_a_box_that_reads_what_is_pasted(board: Dashboard) -> None:
    await open_box(board)
    assert "Paste the operator's message here." in board.text
    await paste(board, BOTH)
    assert "credit       EUR 5.20" in board.text
    assert "valid until  2027-11-12, Line validity" in board.text
    await board.press("enter")
    assert "A message about Paris" in board.text
    await board.press("ctrl+s")
    assert kinds(board) == [ActKind.TOP_UP, ActKind.BALANCE_READING, ActKind.STATEMENT, ActKind.STATEMENT]
    assert "last day =2027-05-12" in board.text
    await board.press("u")
    assert kinds(board) == [ActKind.TOP_UP]


async def test_the_box_can_be_emptied_and_left(board: Dashboard) -> None:
    await open_box(board)
    await board.press("enter")
    assert isinstance(board.app.screen, PasteBox)
    await board.type("hi 1")
    await board.press("backspace")
    assert "hi " in board.text
    assert "Nothing is understood yet." in board.text
    await board.press("ctrl+u", "tab")
    assert "Paste the operator's message here." in board.text
    await board.press("escape")
    assert not isinstance(board.app.screen, PasteBox)
    assert kinds(board) == [ActKind.TOP_UP]


async def test_leaving_the_form_records_nothing(board: Dashboard) -> None:
    await open_box(board)
    await paste(board, BOTH)
    await board.press("enter", "escape")
    assert kinds(board) == [ActKind.TOP_UP]


async def test_control_characters_are_shown_and_a_long_text_is_cut(board: Dashboard) -> None:
    await open_box(board)
    await paste(board, "a\x1b[31m\u202eb [/x]\n" + "y" * 3000)
    assert "Only the first 2000 characters are read." in board.text
    await board.press("ctrl+u")
    await paste(board, "a\x1b[31m\u202eb [/x] 5")
    assert "a\\x1b[31m\\u202eb [/x] 5" in board.text


async def test_a_message_pasted_into_the_record_form_is_read(board: Dashboard) -> None:
    await board.press("m")
    await paste(board, BOTH)
    assert "read from the message" in board.text
    assert "A message about Paris" in board.text
    await board.press("ctrl+s")
    assert kinds(board)[1:] == [ActKind.BALANCE_READING, ActKind.STATEMENT, ActKind.STATEMENT]


async def test_a_word_pasted_into_the_record_form_looks_for_what_happened(board: Dashboard) -> None:
    await board.press("m")
    await paste(board, "note")
    assert "What happened to Paris" in board.text
    assert board.app.screen.state.values["kind"] == "note"  # type: ignore[attr-defined]


async def test_without_a_line_there_is_nothing_to_read_for(data_file: Path) -> None:
    async with running(app_on(on_file(data_file))) as board:
        board.screen.action_read_sms()
        await board.pilot.pause()
        assert board.app.screen is board.screen


@pytest.mark.parametrize("place", ["empty", "box", "form"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_how_it_looks(size: tuple[int, int], place: str, paris: Path, snapshot: SnapshotAssertion) -> None:
    async with running(app_on(on_file(paris)), size=size) as board:
        text = await look(board, place)
    assert text == snapshot
    assert max(cell_width(row) for row in text.split("\n")) <= size[0]


@pytest.mark.parametrize("place", ["empty", "box", "form"])
async def test_how_it_looks_in_chinese(place: str, paris: Path, snapshot: SnapshotAssertion) -> None:
    async with running(app_on(on_file(paris)), size=(80, 24)) as board:
        await board.press("L", "2")
        assert await look(board, place) == snapshot


async def look(board: Dashboard, place: str) -> str:
    board.screen.action_read_sms()
    await board.pilot.pause()
    await board.pilot.pause()
    if place != "empty":
        await paste(board, OPEN)
    if place == "form":
        await board.press("enter")
        await board.pilot.pause()
    return board.text
