"""Another session holds the lock while a walkthrough is answered: the same box waits as for forms, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from simtui.config import Settings
from simtui.domain.procedure import StepKind
from simtui.domain.renewal import RenewalState
from simtui.i18n import _
from simtui.renewals import Renewals
from simtui.tui.screens.renewal import WalkScreen
from simtui.tui.views.renewal_rows import Target, What
from simtui.walk.walk import Walk
from tests.tui.dashboards import Dashboard, app_on, filled, on_file, running
from tests.tui.others import another, held, until
from tests.tui.walks import paris, walk_screen

WAITING = "Not saved yet"
SIZES = [(45, 20), (80, 24), (120, 40)]
TWO = {"Paris": "+33612345678 mobicarte 10EUR 2026-05-24", "Lyon": "+33612345679 mobicarte 10EUR 2026-05-24"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return paris(tmp_path / "lines.json")


async def to(board: Dashboard, kind: StepKind) -> WalkScreen:
    """Open the walk, and go on to the first step of a kind."""
    await board.press("r")
    screen = walk_screen(board)
    for _step in screen.walk.procedure.steps:
        if screen.scene.kind is kind:
            break
        if screen.scene.kind is StepKind.CHOOSE:
            await board.press("space")
        screen.sheet.move_to(Target(What.NEXT))
        await board.press("enter")
    assert screen.scene.kind is kind
    return screen


async def waited(board: Dashboard) -> None:
    """Wait until the box is there, and until it is gone; the lock is let go of in between by the caller."""
    await until(board, WAITING, gone=True)
    await board.pilot.pause()


def stored(file: Path, renewal_id: int = 1) -> Walk:
    """The walk as another session reads it."""
    with another(file) as desk:
        found = Renewals(desk).get(renewal_id)
        assert found is not None
        return Walk(desk, [found])


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_an_answer_waits_in_sight_and_is_saved_by_itself(
    file: Path, size: tuple[int, int], language: str
) -> None:
    async with running(app_on(on_file(file, language=language), Settings(home_zone="Asia/Shanghai")), size) as board:
        screen = await to(board, StepKind.READY)
        first, second = [item.id for item in screen.scene.items][:2]
        with held(file):
            await board.press("space")
            await until(board, _(WAITING))
            assert "4711" in board.text
            assert "18:00" in board.text, "the time where the user is at home"
            assert stored(file).renewal.ticked == ()
        await until(board, _(WAITING), gone=True)
        await board.pilot.pause()
        assert stored(file).renewal.ticked == (first,), "saved by itself, once"
        assert screen.sheet.cursor == Target(What.ITEM, second), "and it has gone on as always"


async def test_giving_up_leaves_the_answer_to_be_given_again(file: Path) -> None:
    async with running(app_on(on_file(file), Settings(home_zone="Asia/Shanghai"))) as board:
        screen = await to(board, StepKind.READY)
        first = screen.scene.items[0].id
        with held(file):
            await board.press("space")
            await until(board, WAITING)
            await board.press("escape")
            await until(board, WAITING, gone=True)
            assert "4711" in board.notices[-1]
            assert "18:00" in board.notices[-1]
            assert "10:00" not in board.notices[-1]
            assert screen.sheet.cursor == Target(What.ITEM, first)
        await board.press("space")
        assert stored(file).renewal.ticked == (first,)


async def test_a_field_keeps_what_was_typed_until_it_is_saved(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.STATUS)
        with held(file):
            await board.press("enter")
            await board.type("2.10 EUR")
            await board.press("enter")
            await until(board, WAITING)
            await board.press("escape")
            await until(board, WAITING, gone=True)
            assert screen.is_writing
            assert "2.10 EUR" in board.text
            assert "4711" in screen.complaint
            await board.press("enter")
            await until(board, WAITING)
        await waited(board)
        assert stored(file).renewal.answers["read-credit"] == "2.10 EUR"
        assert screen.is_writing, "in the next field, as always"
        assert "2.10 EUR" not in (screen.editor.text if screen.editor else "")


async def test_a_finished_step_waits_and_what_follows_it_follows(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.PAY)
        screen.sheet.move_to(Target(What.NEXT))
        with held(file):
            await board.press("enter")
            await until(board, WAITING)
        await waited(board)
        assert screen.scene.kind is StepKind.VERIFY
        assert "Paid, not verified yet" in board.notices[-1]
        assert stored(file).renewal.state is RenewalState.PAID
        with another(file) as desk:
            assert len(desk.holding(1).acts) == 2, "the payment once"


async def test_a_choice_among_a_few_waits_and_goes_on(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.CHANNEL)
        await board.press("j")
        with held(file):
            await board.press("enter")
            await until(board, WAITING)
        await waited(board)
        assert screen.walk.renewal.procedure == "recharge-shop"
        assert screen.scene.kind is StepKind.READY


async def test_a_note_is_there_again_after_giving_up(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        await to(board, StepKind.READY)
        with held(file):
            await board.press("n")
            await board.type("card of Anna")
            await board.press("enter")
            await until(board, WAITING)
            await board.press("escape")
            await until(board, WAITING, gone=True)
            await until(board, "card of Anna")
        await board.press("enter")
        await board.pilot.pause()
        assert stored(file).renewal.note == "card of Anna"


async def test_the_day_of_a_payment_that_was_put_off_is_there_again_after_giving_up(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        await to(board, StepKind.PAY)
        await board.press("F")
        for way in ("no", "later"):
            walk_screen(board).sheet.move_to(Target(What.WAY, way))
            await board.press("enter")
        await board.press("ctrl+u")
        await board.type("2026-11-23")
        with held(file):
            await board.press("enter")
            await until(board, WAITING)
            await board.press("escape")
            await until(board, WAITING, gone=True)
            await until(board, "2026-11-23")
            await board.press("enter")
            await until(board, WAITING)
        await waited(board)
        assert board.app.screen is board.screen, "put off: back on the dashboard"
        assert str(stored(file).renewal.resume_on) == "2026-11-23"


async def test_another_amount_is_there_again_after_giving_up(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.CHOOSE)
        screen.sheet.move_to(Target(What.OTHER))
        with held(file):
            await board.press("enter")
            await board.type("15 EUR")
            await board.press("enter")
            await board.type("roaming pass")
            await board.press("enter")
            await until(board, WAITING)
            await board.press("escape")
            await until(board, WAITING, gone=True)
            await until(board, "15 EUR")
        await board.press("enter")
        await until(board, "roaming pass")
        await board.press("enter")
        await board.pilot.pause()
        [item] = stored(file).renewal.items
        assert (str(item.amount), item.name) == ("15", "roaming pass")


@pytest.mark.parametrize("key", ["r", "P"])
async def test_opening_a_walk_waits_as_well(file: Path, key: str) -> None:
    async with running(app_on(on_file(file))) as board:
        with held(file):
            await board.press(key)
            await until(board, WAITING)
            await board.press("escape")
            await until(board, WAITING, gone=True)
            assert board.app.screen is board.screen
            await board.press(key)
            await until(board, WAITING)
        await waited(board)
        expected = StepKind.CHOOSE if key == "P" else StepKind.LINE
        assert walk_screen(board).scene.kind is expected
        assert len(board.desk.holding(1).renewals) == 1, "begun once"


async def test_a_purchase_waits_as_well(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        with held(file):
            await board.screen.run_action("buy_esim")
            await until(board, WAITING)
        await waited(board)
        assert walk_screen(board).walk.procedure.makes_line


async def test_several_lines_wait_together_and_leaving_one_out_waits_too(tmp_path: Path) -> None:
    file = filled(tmp_path / "lines.json", TWO)
    async with running(app_on(on_file(file))) as board:
        await board.press("space", "space")
        with held(file):
            await board.press("r")
            await until(board, WAITING)
        await waited(board)
        screen = walk_screen(board)
        assert len(screen.walk.members) == 2
        with held(file):
            screen.action_walk_leave_out()
            await board.pilot.pause()
            await board.press("enter")
            await until(board, WAITING)
        await waited(board)
        assert len(screen.walk.members) == 1
        with another(file) as desk:
            batches = [held.renewal.batch for id_ in (1, 2) for held in desk.holding(id_).renewals]
        assert batches.count(None) == 1, "it goes its own way in the file, too"


async def test_a_day_to_be_reminded_on_is_there_again_after_giving_up(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        with held(file):
            await board.press("Z")
            await board.press("ctrl+u")
            await board.type("2026-11-23")
            await board.press("enter")
            await until(board, WAITING)
            await board.press("escape")
            await until(board, WAITING, gone=True)
            await until(board, "2026-11-23")
        await board.press("enter")
        await board.pilot.pause()
    with another(file) as desk:
        assert str(desk.holding(1).line.snoozed_until) == "2026-11-23"


async def test_what_another_session_has_done_is_met_after_the_wait_and_not_overwritten(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.READY)
        with another(file) as desk:
            Walk.open(desk, 1).note("theirs")
        with held(file):
            await board.press("space")
            await until(board, WAITING)
            board.app.look_around()
            await board.pilot.pause()
            assert screen.walk.renewal.note is None, "beneath the box stands what the answer was given to"
        await until(board, "Two sessions")
        assert "theirs" in board.text
        await board.press("y")
        await board.pilot.pause()
        assert screen.walk.renewal.note == "theirs"
        assert stored(file).renewal.ticked == ()
