"""Two sessions on one file, as the dashboard shows it: waiting for a lock, conflicts, what others change."""

from __future__ import annotations

import resource
import time
from pathlib import Path

import pytest

from simtui.config import Settings
from simtui.domain.line import LineState
from simtui.i18n import _
from simtui.store import purging, restoring
from simtui.traces import forget
from simtui.tui.app import LOOK_EVERY
from tests.tui.dashboards import Dashboard, app_on, filled, on_file, running
from tests.tui.others import another, anothers, held, until

LINES = {"Paris": "mobicarte 10EUR 2026-05-24", "Monaco": "monaco-telecom-prepaid until 2026-07-01"}
AT_HOME = Settings(home_zone="Asia/Shanghai")
SIZES = [(45, 20), (80, 24), (120, 40)]


@pytest.fixture
def file(data_file: Path) -> Path:
    return filled(data_file, LINES)


def labels(file: Path) -> list[str]:
    with another(file) as desk:
        return [held.line.label or "" for held in desk.holdings()]


async def edited(board: Dashboard, text: str) -> None:
    """Put a text behind the name of the line under the cursor, in its form, and save."""
    await board.press("e")
    await board.type(text)
    await board.press("ctrl+s")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_a_held_lock_is_waited_for_in_sight(file: Path, size: tuple[int, int], language: str) -> None:
    async with running(app_on(on_file(file, language=language), AT_HOME), size) as board:
        title = _("Not saved yet")
        with held(file):
            await edited(board, "x")
            await until(board, title)
            assert "4711" in board.text
            assert "elsewhere" in board.text
            assert "18:00" in board.text, "the time where the user is at home"
            assert _("give up, nothing is saved") in board.text
            assert labels(file) == ["Paris", "Monaco"]
        await until(board, title, gone=True)
        await board.pilot.pause()
        assert labels(file) == ["Paris", "Monacox"], "saved by itself, once"


async def test_waiting_can_be_given_up_and_keeps_what_was_typed(file: Path) -> None:
    async with running(app_on(on_file(file), AT_HOME)) as board:
        with held(file):
            await edited(board, "x")
            await until(board, "Not saved yet")
            await board.press("escape")
            await until(board, "Not saved: Process 4711")
            assert "18:00" in board.text, "on the clock at home"
            assert "10:00" not in board.text
            assert "Monacox" in board.text
            assert ".lock" not in board.text
        assert labels(file) == ["Paris", "Monaco"]
        await board.press("ctrl+s")
        await until(board, "saved")
        assert labels(file) == ["Paris", "Monacox"]


async def test_what_is_done_without_a_form_waits_as_well(file: Path) -> None:
    async with running(app_on(on_file(file), AT_HOME)) as board:
        with held(file):
            await board.press("D", "y")
            await until(board, "Not saved yet")
        await until(board, "Not saved yet", gone=True)
        assert labels(file) == ["Paris"]
        with held(file):
            await board.press("u")
            await until(board, "Not saved yet")
        await until(board, "Not saved yet", gone=True)
        assert labels(file) == ["Paris", "Monaco"]
        with held(file):
            await board.press("D", "y")
            await until(board, "Not saved yet")
            await board.press("escape")
            await until(board, "Not saved yet", gone=True)
            assert "18:00" in board.notices[-1]
        assert labels(file) == ["Paris", "Monaco"]


async def test_after_the_wait_there_may_be_a_conflict(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        with another(file) as desk:
            await board.press("e")
            await board.type("x")
            seen = desk.holding(2)
            desk.edit_line(2, seen.rev, seen.line.model_copy(update={"label": "Fontvieille"}))
        with held(file):
            await board.press("ctrl+s")
            # What another session has changed is noticed before the lock is asked for, or after the wait.
            await board.pilot.pause(0.4)
        await until(board, "Another session has changed this")
        assert labels(file) == ["Paris", "Fontvieille"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_a_conflict_shows_both_versions_field_by_field(file: Path, size: tuple[int, int], language: str) -> None:
    async with running(app_on(on_file(file, language=language)), size) as board, anothers(file) as desk:
        await board.press("e")
        await board.type("x")
        seen = desk.holding(2)
        theirs = {"label": "Fontvieille", "notes": "ask for Anne"}
        desk.edit_line(2, seen.rev, seen.line.model_copy(update=theirs))
        await board.press("ctrl+s")
        await until(board, "Fontvieille")

        shown = board.text
        mine, others = _("mine"), _("theirs")
        assert f"(x) {mine}" in shown, "what I changed is mine at first"
        assert f"(x) {others}" in shown, "what only they changed is theirs"
        for text in ("Monacox", "Fontvieille", "ask for Anne", _("switch"), _("save"), _("leave")):
            assert text in shown, text
        await board.press("enter")
        await board.pilot.pause()
    with another(file) as desk:
        line = desk.holding(2).line
    assert (line.label, line.notes) == ("Monacox", "ask for Anne"), "merged: nothing of either is lost"


async def test_a_conflict_can_be_left_and_the_form_keeps_what_was_typed(file: Path) -> None:
    async with running(app_on(on_file(file))) as board, anothers(file) as desk:
        await board.press("e")
        await board.type("x")
        seen = desk.holding(2)
        desk.edit_line(2, seen.rev, seen.line.model_copy(update={"label": "Fontvieille"}))
        await board.press("ctrl+s")
        await until(board, "Fontvieille")
        await board.press("escape")
        await until(board, "Not saved: Another session")
        assert "Monacox" in board.text
        assert "line 2:" not in board.text, "numbers of the store say nothing to a person"
        await board.press("ctrl+s")
        await until(board, "(x) mine")
        await board.press("space", "enter")
        await until(board, "saved")
    assert labels(file) == ["Paris", "Fontvieille"], "theirs, as it was chosen"


async def test_what_another_session_changes_appears_without_a_key(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        await board.press("down")
        with another(file) as desk:
            desk.set_state([1], LineState.ARCHIVED)
            desk.undo()
            seen = desk.holding(1)
            desk.edit_line(1, seen.rev, seen.line.model_copy(update={"label": "Lyon"}))
        started = time.monotonic()
        await until(board, "Lyon")
        assert time.monotonic() - started < LOOK_EVERY + 0.5, "the machine may be busy"
        assert board.row_with("Lyon").startswith("│>"), "the cursor stays on its line"


async def test_it_leaves_a_form_in_progress_alone(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        await board.press("e")
        await board.type("x")
        before = board.text
        with another(file) as desk:
            seen = desk.holding(2)
            desk.edit_line(2, seen.rev, seen.line.model_copy(update={"label": "Fontvieille"}))
        board.app.look_around()
        await board.pilot.pause()
        assert board.text.split("\n")[4:30] == before.split("\n")[4:30]
        await board.type("y")
        assert "Monacoxy" in board.text


async def test_going_back_to_a_backup_elsewhere_reaches_an_open_dashboard(file: Path) -> None:
    with another(file) as desk:
        backup = desk.repository.backup()
        desk.delete_lines([1])
    async with running(app_on(on_file(file))) as board:
        assert "Paris" not in board.text
        await board.press("e")
        await board.type("x")
        restoring.restore(restoring.plan(file, backup), "restore", txid="back")
        await board.press("ctrl+s")
        await until(board, "saved")
        board.app.look_around()
        await until(board, "Paris")
    assert labels(file) == ["Paris", "Monacox"], "nothing of the backup and nothing of the form is lost"


async def test_undo_does_not_take_back_what_another_session_did_without_a_question(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        with another(file) as desk:
            desk.set_state([1], LineState.ARCHIVED)
        await board.press("u")
        await until(board, "in another one")
        await board.press("n")
        with another(file) as desk:
            assert desk.holding(1).line.state is LineState.ARCHIVED


async def test_redo_does_not_make_again_what_another_session_took_back_without_a_question(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        with another(file) as desk:
            desk.set_state([1], LineState.ARCHIVED)
            desk.undo()
        await board.press("U")
        await until(board, "It was undone in an earlier session, or in another one.")
        assert "Do “" in board.text
        assert "again?" in board.text
        await board.press("n")
        with another(file) as desk:
            assert desk.holding(1).line.state is LineState.ACTIVE
        await board.press("U", "y")
        await board.pilot.pause()
        with another(file) as desk:
            assert desk.holding(1).line.state is LineState.ARCHIVED
        await board.press("u")
        await board.pilot.pause()
        await board.press("U")
        await board.pilot.pause()
        assert "Done again" in board.notices[-1], "one's own is not asked about"


async def test_a_line_purged_meanwhile_is_not_written_down_at_the_end(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        await board.press("down")
        purging.purge(file, "line", 1, txid="purge")
        forget(file)
    kept = [path for path in file.parent.rglob("*") if path.is_file() and b"Paris" in path.read_bytes()]
    assert kept == []


async def test_a_full_disk_is_said_and_nothing_is_lost(file: Path) -> None:
    before = file.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    async with running(app_on(on_file(file))) as board:
        resource.setrlimit(resource.RLIMIT_FSIZE, (256, hard))
        try:
            await edited(board, "x")
            await until(board, "Not saved")
            assert "File too large" in board.text
            assert "Monacox" in board.text
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert file.read_bytes() == before
        assert [path.name for path in file.parent.glob(".*.tmp")] == []
        await board.press("ctrl+s")
        await until(board, "saved")
    assert labels(file) == ["Paris", "Monacox"]


@pytest.mark.parametrize("why", ["asked", "newer", "protected"])
async def test_what_is_open_for_reading_only_says_so_and_stays(file: Path, why: str) -> None:
    if why == "newer":
        file.write_bytes(file.read_bytes().replace(b'"schema":1', b'"schema":99'))
    if why == "protected":
        file.chmod(0o400)
    before = file.read_bytes()
    async with running(app_on(on_file(file, read_only=why == "asked"))) as board:
        assert any("reading only" in notice for notice in board.notices)
        await edited(board, "x")
        await until(board, "Not saved")
        await board.press("escape", "y", "D", "y")
        await board.pilot.pause()
        assert "reading only" in board.notices[-1]
        assert "Monaco" in board.text
    assert file.read_bytes() == before


@pytest.mark.parametrize("size", SIZES)
async def test_a_link_in_place_of_the_file_is_followed_and_a_lost_lock_file_is_no_loss(
    file: Path, home: Path, size: tuple[int, int]
) -> None:
    link = home / "link.json"
    link.symlink_to(file)
    async with running(app_on(on_file(link)), size) as board:
        file.with_name(file.name + ".lock").unlink()
        await edited(board, "x")
        await board.pilot.pause(0.1)
        with another(file) as desk:
            seen = desk.holding(1)
            desk.edit_line(1, seen.rev, seen.line.model_copy(update={"label": "Lyon"}))
        await until(board, "Lyon")
    assert link.is_symlink()
    assert labels(file) == ["Lyon", "Monacox"]


async def test_a_file_that_is_damaged_meanwhile_is_said_once_and_what_was_read_stays(file: Path) -> None:
    good = file.read_bytes()
    async with running(app_on(on_file(file))) as board:
        before = len(board.notices)
        for _turn in range(3):
            file.write_bytes(good[:-40])
            board.app.look_around()
            await board.pilot.pause()
        assert len(board.notices) == before + 1
        assert "cut" in board.notices[-1]
        assert "Monaco" in board.text
        await edited(board, "x")
        await until(board, "Not saved")
        await board.press("escape", "y")
        assert file.read_bytes() == good[:-40], "never overwritten"
        file.write_bytes(good)
        board.app.look_around()
        await edited(board, "x")
        await board.pilot.pause(0.1)
    assert labels(file) == ["Paris", "Monacox"]
