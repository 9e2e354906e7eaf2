"""Snoozing, and what hangs on a number, in the dashboard; what a line that renews itself asks for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import orjson
import pytest

from simtui.desk import NewLine
from simtui.domain.act import Act
from simtui.domain.line import Line
from simtui.outlook import Outlook
from simtui.tui.app import SimtuiApp
from simtui.tui.views.layout import Look
from simtui.tui.views.standing import standing_lines
from tests.tui.dashboards import TODAY, Dashboard, app_on, demo_app, filled, on_file, running

LINES = {"Paris": "orange-fr-mobicarte 10EUR 2026-05-24", "Mum": "giffgaff-payg sms 2026-11-18"}
FREE = Line(label="Free", offer="free-mobile-2eur", activated_on="2025-07-10", auto_renew="yes", card_expires="2026-11")


def dashboard(file: Path, lines: Mapping[str, str] = LINES) -> SimtuiApp:
    return app_on(on_file(filled(file, lines)))


def top(board: Dashboard) -> str:
    """The line that counts the lines that raise alarms."""
    return board.text.split("\n")[0]


async def test_a_line_is_snoozed_up_to_its_last_day(data_file: Path) -> None:
    async with running(dashboard(data_file)) as board:
        assert "1 due" in top(board)
        await board.press("Z")
        assert "at the latest 2026-11-24, the last day" in board.text
        await board.type("11-25")
        await board.press("enter")
        assert "that is after the last day" in board.text
        await board.press("escape", "Z")
        await board.type("+2d")
        await board.press("enter")
        assert "1 due" not in top(board)
        assert "snoozed until 2026-11-23" in board.text
        assert board.desk.holding(1).line.snoozed_until == TODAY.add(days=2)
        # It stands beneath those that raise alarms.
        assert [row.name for row in board.app.board.rows] == ["Mum", "Paris"]
        await board.press("u")
        assert "1 due" in top(board)
        assert "snooze: Paris" in board.notices[-1]


async def test_an_empty_answer_brings_the_alarms_back(data_file: Path) -> None:
    async with running(dashboard(data_file)) as board:
        await board.press("Z")
        await board.type("11-24")
        await board.press("enter", "g", "j", "Z")
        assert "2026-11-24" in board.text
        await board.press(*["backspace"] * 10, "enter")
        assert board.desk.holding(1).line.snoozed_until is None
        assert "1 due" in top(board)
        before = board.desk.repository.seq
        await board.press("Z", "enter")
        assert board.desk.repository.seq == before


async def test_marked_lines_are_snoozed_together(data_file: Path) -> None:
    async with running(dashboard(data_file)) as board:
        await board.press("V", "Z")
        await board.type("11-24")
        await board.press("enter")
        assert [board.desk.holding(each).snoozed_until is not None for each in (1, 2)] == [True, True]
        await board.press("u")
        assert "snooze: 2 lines" in board.notices[-1]


async def test_a_line_whose_last_day_has_passed_cannot_be_snoozed(data_file: Path) -> None:
    async with running(dashboard(data_file, {"Monaco": "monaco-telecom-prepaid until 2026-07-01"})) as board:
        await board.press("Z")
        await board.type("11-25")
        assert "its last day has passed" in board.text


async def test_what_hangs_on_a_number_is_in_the_palette() -> None:
    async with running(demo_app(), size=(80, 24)) as board:
        await board.press(":")
        await board.type("what is lost")
        await board.press("enter")
        for text in ("What is lost with the number", "Demo Monaco (line 1)", "Demo bank", "no second way"):
            assert text in board.text
        await board.press("escape")
        assert "1 Lines" in board.text


async def test_a_line_that_renews_itself_is_told_where_nothing_is_louder(data_file: Path) -> None:
    async with running(dashboard(data_file, {"Mum": LINES["Mum"]}), size=(160, 40)) as board:
        line = board.desk.add_line(NewLine(FREE))
        board.app.look_around()
        board.screen.changed()
        await board.pilot.pause()
        assert board.app.board.banner.startswith("Free: check that it renewed on ~2026-11-10")
        board.screen.lines.move_to_id(line)
        await board.pilot.pause()
        assert "mind    check that it renewed on ~2026-11-10" in board.text
        assert "the card that pays is good until 2026-11" in board.text
        reading = {"line": line, "kind": "balance_reading", "day": TODAY, "balances": {"data_mb": 1}}
        board.desk.record([Act.model_validate(reading)])
        board.screen.changed()
        await board.pilot.pause()
        assert board.app.board.banner == ""
        assert "check that it renewed" not in board.text


async def test_a_due_line_is_louder_than_one_that_renews_itself(data_file: Path) -> None:
    async with running(dashboard(data_file)) as board:
        board.desk.add_line(NewLine(FREE))
        board.screen.changed()
        assert board.app.board.banner.startswith("Save Paris by 2026-11-24")


async def test_the_credit_of_a_reminder_is_masked_with_the_balances(data_file: Path) -> None:
    ultra = Line(label="Ultra", offer="ultra-mobile-paygo", activated_on="2026-08-17", auto_renew="yes")
    reading = {"line": 1, "kind": "balance_reading", "day": TODAY, "balances": {"credit": "0.55", "currency": "USD"}}
    async with running(dashboard(data_file)) as board:
        line = board.desk.add_line(NewLine(ultra, (Act.model_validate(reading),)))
        holding = board.desk.holding(line)
        open_, masked = (
            "\n".join("".join(text for text, _ink in row) for row in standing_lines(holding, "", look, 100))
            for look in (Look(), Look(private=True))
        )
    assert "USD 0.55" in open_
    assert "does not pay" in masked
    assert "0.55" not in masked


def test_a_row_knows_what_is_kept_of_it_between_two_runs() -> None:
    assert Outlook._fields[-2:] == ("snoozed", "reminder")


@pytest.mark.parametrize("form", [2, 3])
async def test_rows_of_an_older_version_are_not_shown(data_file: Path, form: int) -> None:
    async with running(dashboard(data_file)) as board:
        await board.press("Z")
        await board.type("11-23")
        await board.press("enter")
    glance = data_file.with_name(f"{data_file.name}.glance")
    content = orjson.loads(glance.read_bytes())
    assert content["of"][0] == 3
    assert content["rows"][0][-2] == "2026-11-23"
    content["of"][0] = form
    glance.write_bytes(orjson.dumps(content))
    app = app_on(on_file(data_file))
    assert (app._glances.read() is not None) is (form == 3)
