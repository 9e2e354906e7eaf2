"""Another session moves or deletes what is renewed while a list, a note or a field of the walkthrough is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from simtui.domain.procedure import FieldType, StepKind
from simtui.tui.views.renewal_rows import Target, What
from simtui.walk.walk import Walk
from tests.tui.dashboards import app_on, filled, on_file, running
from tests.tui.others import another
from tests.tui.test_renewal_waiting import TWO, stored, to
from tests.tui.walks import paris


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return paris(tmp_path / "lines.json")


@pytest.mark.parametrize("opens", ["list", "note"])
async def test_a_box_that_is_answered_after_another_session_went_on_overwrites_nothing(file: Path, opens: str) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.PAY)
        if opens == "list":
            choice = next(each for each in screen.scene.fields if each.type is FieldType.CHOICE)
            screen.begin(Target(What.FIELD, choice.id))
        else:
            await board.press("n")
            await board.type("mine")
        await board.pilot.pause()
        with another(file) as desk:
            theirs = Walk.open(desk, 1)
            theirs.note("theirs")
            theirs.back()
        board.app.look_around()
        await board.pilot.pause()
        assert screen.scene.kind is not StepKind.PAY
        await board.press("enter")
        await board.pilot.pause()
        assert "Two sessions" in board.text
        assert ("mine" in board.text) is (opens == "note")
        await board.press("y")
        assert board.app.screen is screen
        assert stored(file).renewal.note == "theirs"
        assert stored(file).renewal.method is None


async def test_a_box_that_is_left_lets_the_next_answer_be_given(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.PAY)
        await board.press("n", "escape")
        with another(file) as desk:
            Walk.open(desk, 1).note("theirs")
        board.app.look_around()
        await board.pilot.pause()
        await board.press("b")
        assert board.app.screen is screen
        assert screen.scene.kind is not StepKind.PAY


@pytest.mark.parametrize("opens", ["list", "note", "field"])
async def test_a_walk_whose_line_another_session_deletes_is_left_whatever_lies_over_it(file: Path, opens: str) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.PAY)
        wanted = FieldType.CHOICE if opens == "list" else FieldType.TEXT
        if opens == "note":
            await board.press("n")
        else:
            screen.begin(Target(What.FIELD, next(each.id for each in screen.scene.fields if each.type is wanted)))
        await board.pilot.pause()
        assert screen.is_writing is (opens == "field")
        with another(file) as desk:
            desk.delete_lines([1])
        board.app.look_around()
        await board.pilot.pause()
        await board.pilot.pause()
        assert board.app.screen is board.screen
        assert "deleted" in board.notices[-1]
        await board.press("question_mark")
        assert board.app.screen is not board.screen, "the dashboard goes on"


async def test_a_line_that_is_deleted_while_its_field_is_filled_in_is_out_of_the_walk(tmp_path: Path) -> None:
    file = filled(tmp_path / "lines.json", TWO)
    async with running(app_on(on_file(file))) as board:
        await board.press("space", "space")
        screen = await to(board, StepKind.PAY)
        lyon = next(each for each in screen.scene.fields if each.line == 2)
        screen.begin(Target(What.FIELD, lyon.id, line=2))
        await board.type("A-77")
        with another(file) as desk:
            desk.delete_lines([2])
        board.app.look_around()
        await board.pilot.pause()
        assert not screen.is_writing
        assert len(screen.walk.members) == 1
        assert "A-77" not in board.text
        await board.press("j", "k")
        assert board.app.screen is screen
