"""The plan ahead: its rows and totals without an app, its keys and its screen with one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from simtui.config import Settings
from simtui.desk import Desk
from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day
from simtui.errors import InputError
from simtui.planning import MOST_YEARS, Planned, checked_end, plan_of, totals_of
from simtui.session import Options, open_desk
from simtui.text import cell_width
from simtui.tui.screens.ahead import AheadScreen
from simtui.tui.views.ahead import AheadRows, ahead_title, together
from simtui.tui.views.layout import Line, Look
from tests.tui.dashboards import TODAY, Dashboard, app_on, demo_app, filled, on_file, running

SIZES = ((80, 24), (120, 40), (200, 60), (45, 20))


@pytest.fixture
def desk() -> Iterator[Desk]:
    opened = open_desk(Options(demo=True, today=TODAY), Settings())
    yield opened
    opened.repository.close()


def text(lines: object) -> list[str]:
    found: list[Line] = list(lines)  # type: ignore[call-overload]
    return ["".join(part for part, _ink in line).rstrip() for line in found]


def named(desk: Desk, name: str) -> Planned:
    held = next(held for held in desk.holdings() if held.line.name == name)
    return plan_of(held)


def test_rows_are_acts_by_day_then_lines_that_last_then_those_without_a_plan(desk: Desk) -> None:
    planned = [named(desk, name) for name in ("Demo Lyca", "Demo router", "Demo Orange Paris")]
    rows = AheadRows.of(planned, Look())
    shown = [text(rows.row(index, 80))[0] for index in range(rows.count)]
    assert [row.split()[0] for row in shown] == ["2026-11-21", "2027-05-14", "2027-11-07", "-", "?"]
    assert "lasts without an act" in shown[3]
    assert "how long it lasts is not known" in shown[4]
    assert rows.line_at(rows.count - 1) == planned[0].holding.id


@pytest.mark.parametrize("width", [36, 43, 60, 78, 118, 198])
@pytest.mark.parametrize("two_lines", [False, True])
def test_rows_fit_their_width(desk: Desk, width: int, two_lines: bool) -> None:
    rows = AheadRows.of([plan_of(held) for held in desk.holdings()], Look(), two_lines=two_lines)
    if not two_lines and width < 60:
        return
    for index in range(rows.count):
        lines = text(rows.row(index, width))
        assert len(lines) == 1 + two_lines
        assert all(cell_width(line) <= width for line in lines), lines


def test_numbers_that_are_names_are_masked_with_privacy(tmp_path: Path) -> None:
    opened = open_desk(
        on_file(filled(tmp_path / "lines.json", {"": "+33612345678 mobicarte 10EUR 2026-09-01"})), Settings()
    )
    rows = AheadRows.of([plan_of(held) for held in opened.holdings()], Look(private=True))
    assert "12345678" not in "".join(text(rows.row(0, 80)))
    opened.repository.close()


def test_totals_stand_by_currency_beside_what_was_paid(desk: Desk) -> None:
    planned = [named(desk, name) for name in ("Demo Orange Paris", "Demo giffgaff", "Demo Lyca")]
    assert text(together(planned, 78, Look())) == [
        "EUR 25  last year you paid EUR 10",
        "2 acts of use, whose price is not known: usually nothing or cents",
        "1 line that cannot be planned is left out",
    ]
    found = totals_of(planned)
    assert (found.uses, found.unpriced, found.at_least) == (2, 0, frozenset())


def test_the_title_says_for_how_many_lines_and_until_when(desk: Desk) -> None:
    planned = [named(desk, "Demo giffgaff")]
    assert ahead_title(planned, 1, 1) == "Plan ahead: 1 line, until 2027-11-21"
    assert ahead_title(planned, 1, 9) == "Plan ahead: 1 of 9 lines"


def test_a_day_that_has_passed_or_lies_too_far_ahead_is_refused() -> None:
    assert checked_end(Day(2027, 1, 1), TODAY) == Day(2027, 1, 1)
    for day in (TODAY.subtract(days=1), TODAY.add(years=MOST_YEARS, days=1)):
        with pytest.raises(InputError):
            checked_end(day, TODAY)


# The screen --------------------------------------------------------------------------------------------------------


async def planned_text(board: Dashboard) -> str:
    """Wait until everything is planned; return the screen."""
    screen = board.app.screen
    assert isinstance(screen, AheadScreen)
    while any(worker.node is screen for worker in board.app.workers):
        await board.pilot.pause(0.01)
    await board.pilot.pause()
    return board.text


async def test_the_line_under_the_cursor_is_planned_first_and_all_are_one_key_away() -> None:
    async with running(demo_app()) as board:
        await board.press("j", "j", "c")
        one = await planned_text(board)
        await board.press("a")
        everything = await planned_text(board)
        await board.press("escape")
        assert board.app.screen is board.screen
    assert "Plan ahead: 1 line, until 2027-11-21" in one
    assert "Demo giffgaff" not in one
    assert "Plan ahead: 14 lines" in everything
    assert "Demo giffgaff" in everything


async def test_marked_lines_are_planned_together() -> None:
    async with running(demo_app()) as board:
        await board.press("j", "j", "space", "space", "c")
        assert "Plan ahead: 2 lines" in await planned_text(board)


async def test_another_day_can_be_planned_to() -> None:
    async with running(demo_app()) as board:
        await board.press("j", "j", "c", "e")
        await board.type("2026-12-31")
        await board.press("enter")
        assert "until 2026-12-31" in await planned_text(board)
        await board.press("e")
        await board.press(*["backspace"] * 10)
        await board.type("2020-01-01")
        await board.pilot.pause()
        assert "that day has passed" in board.text


async def test_enter_goes_to_the_line_of_a_row() -> None:
    async with running(demo_app()) as board:
        await board.press("j", "j", "c", "a")
        await planned_text(board)
        await board.press("G", "enter")
        assert board.app.screen is board.screen
        assert board.screen.holding is not None
        assert board.screen.holding.line.name == "Demo old SFR"


async def test_help_says_how_the_plan_is_made() -> None:
    async with running(demo_app()) as board:
        await board.press("c", "question_mark")
        assert "The cheapest acts that keep each number" in board.text


async def test_without_lines_it_says_so(tmp_path: Path) -> None:
    async with running(app_on(on_file(tmp_path / "none.json"))) as board:
        await board.press("c")
        assert "No active lines to plan for." in await planned_text(board)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_plan_ahead(size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    async with running(demo_app(), size=size) as board:
        await board.press("c", "a")
        shown = await planned_text(board)
    assert shown == snapshot
    assert max(cell_width(row) for row in shown.split("\n")) <= size[0]


async def test_the_plan_ahead_in_chinese(snapshot: SnapshotAssertion) -> None:
    async with running(demo_app(), size=(80, 24)) as board:
        await board.press("L", "2", "c", "a")
        shown = await planned_text(board)
    assert shown == snapshot


async def test_what_another_session_records_is_planned_anew(data_file: Path) -> None:
    file = filled(data_file, {"Paris": "+33612345678 mobicarte 10EUR 2026-05-24", "UK": "giffgaff sms 2026-11-01"})
    async with running(app_on(on_file(file))) as board:
        await board.press("c", "a")
        assert "2026-11-21  Paris" in await planned_text(board)
        other = open_desk(on_file(file), Settings())
        paid = Act(line=1, kind=ActKind.TOP_UP, day=TODAY, amount=Decimal(10), currency="EUR")
        other.record([paid])
        other.repository.close()
        board.app.look_around()
        assert "2026-11-21  Paris" not in await planned_text(board)


async def test_a_line_that_is_gone_leads_nowhere_and_says_so(data_file: Path) -> None:
    file = filled(data_file, {"Paris": "+33612345678 mobicarte 10EUR 2026-05-24", "UK": "giffgaff sms 2026-11-01"})
    async with running(app_on(on_file(file))) as board:
        await board.press("c")
        await planned_text(board)
        await board.press("escape", "/")
        await board.type("giff")
        await board.press("enter", "c", "a")
        await planned_text(board)
        await board.press("g", "enter")
        assert board.app.screen is board.screen
        assert board.notices[-1].startswith("This line is not in the list")


async def test_a_filter_that_nothing_fits_plans_nothing(data_file: Path) -> None:
    async with running(app_on(on_file(filled(data_file, {"UK": "giffgaff sms 2026-11-01"})))) as board:
        await board.press("/")
        await board.type("nothing such")
        await board.press("enter", "c")
        assert "No active lines to plan for." in await planned_text(board)


async def test_what_works_everywhere_works_here() -> None:
    async with running(demo_app(), size=(80, 24)) as board:
        await board.press("c", "L", "2")
        assert "Together" not in await planned_text(board)
        await board.press("?")
        assert board.app.screen is not board.app.screen_stack[1]
