"""The timeline: its cells and bars without an app, each of its keys, and what it looks like."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.events import MouseScrollDown

from simtui.config import Settings
from simtui.desk import Desk
from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day
from simtui.domain.forecast import forecast
from simtui.domain.reckoning import Certainty
from simtui.domain.rule import StageName
from simtui.domain.standing import Phase
from simtui.holding import Holding, outlook_of
from simtui.session import Options, open_desk
from simtui.text import cell_width
from simtui.tui.futures import Futures, all_on_day, on_day
from simtui.tui.screens.timeline import TimelineScreen
from simtui.tui.views import timeline
from simtui.tui.views.bars import OVER, TODAY, State, Stretch, bar, phase_of, state_of, stretches
from simtui.tui.views.layout import Line
from simtui.tui.views.window import ZOOMS, Window
from simtui.tui.widgets.spans import plain
from tests.tui.dashboards import TODAY as NOW
from tests.tui.dashboards import Dashboard, app_on, demo_app, filled, on_file, running
from tests.tui.filling import desk_in, held, top_up
from tests.tui.test_screens import SIZES

LINES = {
    "Paris": "+33612345678 mobicarte 10EUR 2026-05-24",
    "UK": "+447700900123 giffgaff sms 2026-11-01",
    "Mum": "Mum club sim until 2027-02-11",
}
NOT_FULL = (State.RESTRICTED, State.SUSPENDED)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_in(tmp_path / "data")


@pytest.fixture(scope="module")
def demo() -> Iterator[list[Holding]]:
    desk = open_desk(Options(demo=True, today=NOW), Settings())
    yield desk.holdings()
    desk.repository.close()


@pytest.fixture
async def board(data_file: Path) -> AsyncIterator[Dashboard]:
    """Three lines on the timeline: Paris is due in three days, the others are safe."""
    async with running(app_on(on_file(filled(data_file, LINES)))) as dashboard:
        await dashboard.press("t")
        yield dashboard


def text(lines: Sequence[Line]) -> list[str]:
    return [plain(line).rstrip() for line in lines]


def bar_of(holding: Holding, window: Window, day: Day = NOW) -> str:
    ahead = forecast(holding.line, holding.plain_acts, holding.offer, NOW, window.last)
    return plain(bar(ahead, window, day))


def screen(board: Dashboard) -> TimelineScreen:
    found = board.app.screen
    assert isinstance(found, TimelineScreen)
    return found


def phases(board: Dashboard) -> dict[str, str]:
    """The word before each name, as it stands on the screen."""
    rows = (row.strip("│> ").split() for row in board.text.split("\n"))
    return {row[1]: row[0] for row in rows if len(row) > 2 and row[1] in LINES}


# Cells


@pytest.mark.parametrize("months", ZOOMS)
@pytest.mark.parametrize("width", [24, 37, 76, 131, 400])
def test_every_day_has_a_cell_and_months_begin_with_one_of_their_own(months: int, width: int) -> None:
    window = Window.around(NOW, NOW, months, width)
    assert len(window.starts) == width + 1
    assert list(window.starts) == sorted(window.starts)
    day = window.first
    before = 0
    while day <= window.last:
        cell = window.cell_of(day)
        assert cell is not None
        assert before <= cell < width
        assert window.starts[cell] <= day
        if day.day == 1:
            assert window.starts[cell] == day
        before, day = cell, day.next_day()
    assert window.cell_of(day) is None
    assert cell_width(plain(window.scale())) == width


def test_the_window_begins_with_this_month_and_follows_today_when_it_leaves() -> None:
    assert Window.around(NOW, NOW, 12, 48).first == Day(2026, 11, 1)
    assert Window.around(NOW, Day(2027, 7, 31), 12, 48).first == Day(2026, 11, 1)
    assert Window.around(NOW, Day(2027, 8, 1), 12, 48).first == Day(2026, 12, 1)
    assert Window.around(NOW, Day(2036, 11, 1), 3, 48).first == Day(2036, 10, 1)


@pytest.mark.parametrize("months", ZOOMS)
def test_the_calendar_may_end_within_the_window(months: int) -> None:
    window = Window.around(Day(9999, 11, 21), Day(9999, 12, 30), months, 60)
    assert window.cell_of(Day(9999, 12, 30)) is not None
    assert len(window.starts) == 61


@pytest.mark.parametrize(("width", "named"), [(120, 12), (48, 6), (36, 6), (24, 4)])
def test_the_scale_names_the_months_that_fit_and_the_year_for_january(width: int, named: int) -> None:
    names = plain(Window.around(NOW, NOW, 12, width).scale()).split()
    assert len(names) == named
    assert "2027" in names
    assert "Jan" not in names


# Bars


def test_a_bar_goes_from_full_service_through_its_stage_to_the_end(desk: Desk) -> None:
    line = held(desk, "sfr-la-carte", top_up("2026-11-10"))
    signs = bar_of(line, Window.around(NOW, NOW, 24, 240))
    runs = "".join(sign for at, sign in enumerate(signs) if at == 0 or signs[at - 1] != sign)
    assert runs == f" {TODAY}█▒·"


def test_an_unknown_rule_reads_without_colour(desk: Desk) -> None:
    signs = bar_of(held(desk, "lycamobile-fr", top_up("2026-10-12")), Window.around(NOW, NOW, 12, 48))
    assert set(signs) == {" ", TODAY, "?"}


def test_the_last_good_day_is_never_drawn_as_lost_and_today_hides_no_day(desk: Desk) -> None:
    line = held(desk, "orange-fr-mobicarte", top_up("2026-05-24"), identity={"state": "yes"})
    assert line.standing.next_day == Day(2026, 11, 24)
    window = Window.around(NOW, NOW, 24, 24)
    signs = bar_of(line, window)
    assert signs[:4] == f"{TODAY}█··"


def test_right_of_today_stands_what_holds_from_then_on(desk: Desk) -> None:
    line = held(desk, "orange-fr-mobicarte", top_up("2026-05-24"), identity={"state": "yes"})
    window = Window.around(NOW, NOW, 24, 24)
    assert bar_of(line, window, Day(2026, 11, 24))[:3] == f"{TODAY}█·"
    assert bar_of(line, window, Day(2026, 11, 25))[:3] == f"{TODAY}··"


def test_a_stage_shorter_than_a_cell_is_not_skipped(demo: list[Holding]) -> None:
    povo = next(each for each in demo if each.offer.id == "povo2")
    assert "░" in bar_of(povo, Window.around(NOW, NOW, 24, 24))


def test_data_that_is_used_up_is_over_though_no_number_is_lost(demo: list[Holding]) -> None:
    travel = next(each for each in demo if each.offer.id == "airalo-discover-global")
    later = on_day(travel, Day(2026, 12, 1))
    assert later.phase is Phase.SAFE
    assert (state_of(later), phase_of(later)) == (State.OVER, OVER)


@pytest.mark.parametrize(("months", "width"), [(3, 200), (12, 53), (24, 30)])
def test_each_cell_shows_what_holds_on_one_of_its_days(demo: list[Holding], months: int, width: int) -> None:
    window = Window.around(NOW, NOW, months, width)
    for holding in demo:
        signs = bar_of(holding, window, Day(2020, 1, 1))[1:]
        for cell, (first, following) in enumerate(pairwise(window.starts)):
            days = [first]
            while days[-1].next_day() < following:
                days.append(days[-1].next_day())
            held_then = {state_of(on_day(holding, day)).value for day in days if day >= NOW} or {" "}
            assert signs[cell] in held_then, (holding.line.name, first)
            if signs[cell] == State.OVER.value:
                assert held_then == {State.OVER.value}


def test_the_line_under_the_cursor_is_told_in_words_with_signs_of_certainty(desk: Desk) -> None:
    stated = Act(line=1, kind=ActKind.STATEMENT, day=NOW, valid_until=Day(2027, 2, 1))
    line = held(desk, "sfr-la-carte", top_up("2026-11-10"), stated)
    future = Futures().of(line, NOW, Window.around(NOW, NOW, 12, 48))
    assert future is not None
    told = text(timeline.detail(future, "Mine", NOW, 120))
    assert told == [" Mine  full service until =2027-02-01 → receive only until ~2027-08-01 → lost"]
    late = text(timeline.detail(future, "Mine", Day(2027, 9, 1), 120))
    assert late[0].startswith(" Mine  lost")


def test_an_end_that_nobody_knows_is_not_told_as_one_beyond_the_window(desk: Desk) -> None:
    line = held(desk, "lycamobile-fr", top_up("2026-10-12"))
    future = Futures().of(line, NOW, Window.around(NOW, NOW, 12, 48))
    assert future is not None
    assert text(timeline.detail(future, "Mine", NOW, 120)) == [" Mine  unknown"]
    found = Stretch(State.RESTRICTED, "rescue", StageName.RECEIVE_ONLY, NOW, None, Certainty.GUESS, endless=True)
    assert timeline._sentence(found, future, first=True) == "receive only, for how long is not known"


def test_states_follow_one_another_without_a_gap(demo: list[Holding]) -> None:
    for holding in demo:
        found = stretches(holding.year_ahead)
        assert found[0].first == NOW
        assert found[-1].last is None
        for before, after in pairwise(found):
            assert before.last is not None
            assert before.last.next_day() == after.first
            assert before.name != after.name


@pytest.mark.parametrize("width", [20, 43, 80, 200])
def test_the_lines_around_the_rows_fit(width: int) -> None:
    counts = dict.fromkeys(timeline.PHASES, 1234)
    for lines in (timeline.top_lines(NOW, NOW, counts, width, 9), timeline.legend_lines(width)):
        assert max(cell_width(row) for row in text(lines)) <= width


# Futures


def test_what_was_foretold_is_kept_and_a_later_end_adds_to_it(demo: list[Holding]) -> None:
    for holding in demo:
        futures = Futures(budget=60)
        short = futures.of(holding, NOW, Window.around(NOW, NOW, 3, 40))
        wide = Window.around(NOW, NOW, 24, 40)
        long = futures.of(holding, NOW, wide)
        assert short is not None
        assert long is not None
        assert long is futures.of(holding, NOW, wide)
        assert long is futures.of(holding, NOW, Window.around(NOW, NOW, 3, 40))
        afresh = forecast(holding.line, holding.plain_acts, holding.offer, NOW, wide.last)
        assert bar(long.ahead, wide, NOW) == bar(afresh, wide, NOW)


def test_a_turn_that_is_used_up_leaves_the_rest_to_the_next(demo: list[Holding]) -> None:
    told: list[bool] = []
    futures = Futures(budget=0, on_starved=lambda: told.append(True))
    window = Window.around(NOW, NOW, 12, 40)
    assert futures.of(demo[0], NOW, window) is None
    assert futures.of(demo[1], NOW, window) is None
    assert futures.starved
    assert told
    futures.budget = 60
    futures.rest()
    assert futures.of(demo[0], NOW, window) is not None
    assert not futures.starved


def test_only_rows_that_are_asked_for_are_reckoned(demo: list[Holding]) -> None:
    rows = [outlook_of(demo[0], "")._replace(id=each) for each in range(10_000)]
    asked: list[object] = []

    def holding_of(line_id: object) -> Holding:
        asked.append(line_id)
        return demo[0]

    provider = timeline.TimelineRows(rows, holding_of, Futures(), NOW, NOW, 12)
    provider.header(100)
    for index in range(20):
        provider.row(index, 100)
    assert asked == list(range(20))


def test_all_lines_are_counted_a_turn_at_a_time(demo: list[Holding]) -> None:
    parts = list(all_on_day(demo, Day(2027, 3, 1), budget=0))
    assert len(parts) == len(demo) + 1
    assert [each.phase for part in parts for each in part] == [on_day(each, Day(2027, 3, 1)).phase for each in demo]


# Keys


async def test_t_opens_the_timeline_on_the_line_under_the_cursor_and_enter_comes_back(data_file: Path) -> None:
    async with running(app_on(on_file(filled(data_file, LINES)))) as board:
        await board.press("G", "t")
        here = screen(board).lines.current
        assert here == board.screen.lines.current
        await board.press("k", "enter")
        assert board.app.screen is board.screen
        assert board.screen.lines.current not in (None, here)


async def test_today_moves_by_weeks_and_months_and_lines_die(board: Dashboard) -> None:
    assert phases(board) == {"Paris": "due", "UK": "safe", "Mum": "safe"}
    await board.press("]")
    assert screen(board).day == Day(2026, 11, 28)
    assert phases(board)["Paris"] == "lost"
    assert "2026-11-28, in 7 days" in board.text
    await board.press("}", "}", "}")
    assert screen(board).day == Day(2027, 2, 28)
    assert phases(board)["Mum"] == "lost"
    assert board.text.startswith(" 2027-02-28  1 safe  2 lost")
    await board.press("{")
    assert phases(board)["Mum"] == "soon"
    await board.press("[")
    assert screen(board).day == Day(2027, 1, 21)


@pytest.mark.parametrize("key", ["0", "０", "escape"])
async def test_today_comes_back(board: Dashboard, key: str) -> None:
    before = board.text
    await board.press("】", key)
    assert isinstance(board.app.screen, TimelineScreen)
    assert board.text == before


async def test_today_goes_no_further_back_than_it_is(board: Dashboard) -> None:
    before = board.text
    await board.press("[", "{")
    assert board.text == before


@pytest.mark.parametrize("key", ["escape", "t"])
async def test_with_today_in_its_place_the_screen_is_left(board: Dashboard, key: str) -> None:
    await board.press("j", key)
    assert board.app.screen is board.screen
    assert board.screen.lines.cursor == 0


async def test_today_moves_on_by_ten_years_at_most(board: Dashboard) -> None:
    await board.type("G" + "}" * 125)
    assert screen(board).day == Day(2036, 11, 21)
    assert "Nov" in board.text
    assert set(phases(board).values()) == {"lost"}


async def test_zoom(board: Dashboard) -> None:
    found = []
    for key in ("+", "+", "+", "-", "-", "-", "-", "z", "z"):
        await board.press(key)
        found.append(screen(board).months)
    assert found == [6, 3, 3, 6, 12, 24, 24, 3, 6]
    assert "6 months" in board.text


async def test_the_filter_and_the_order_are_the_dashboards(data_file: Path) -> None:
    async with running(app_on(on_file(filled(data_file, LINES)))) as board:
        await board.press("s", "S", "/")
        await board.type("phase:safe")
        await board.press("enter", "t")
        assert list(phases(board)) == ["UK", "Mum"]
        assert "/ phase:safe" in board.text


async def test_a_tap_selects_and_a_second_one_opens(board: Dashboard) -> None:
    await board.pilot.click("#timeline", offset=(10, 2))
    assert screen(board).lines.cursor == 1
    chosen = screen(board).lines.current
    await board.pilot.click("#timeline", offset=(10, 2))
    await board.pilot.pause()
    assert board.app.screen is board.screen
    assert board.screen.lines.current == chosen


async def test_rows_that_the_wheel_brings_are_filled_in(data_file: Path) -> None:
    lines = {f"Line {number}": f"+44770090{number:04d} giffgaff sms 2026-11-01" for number in range(60)}
    async with running(app_on(on_file(filled(data_file, lines))), size=(80, 24)) as board:
        await board.press("t", "g", *["j"] * 8)
        futures = screen(board)._futures
        futures.budget = 0.0001
        screen(board).lines._wheel(MouseScrollDown(screen(board).lines, 0, 0, 0, 0, 0, False, False, False), 5)
        await board.pilot.pause(0.05)
        while futures.starved:
            await board.pilot.pause(0.01)
        await board.pilot.pause()
        assert " … " not in board.text
        assert board.text.count("safe ") > 10


async def test_what_is_undone_on_the_timeline_is_drawn_at_once(board: Dashboard) -> None:
    await board.press("u", "y")
    assert "There is no line yet." in board.text
    await board.press("U")
    assert phases(board)["Paris"] == "due"


async def test_privacy_masks_a_name_that_is_a_number(data_file: Path) -> None:
    file = filled(data_file, {"": LINES["Paris"]})
    async with running(app_on(on_file(file))) as board:
        await board.press("t", "p")
        assert "12345678" not in board.text.replace(" ", "")


async def test_help_and_palette_name_the_keys_of_the_timeline(board: Dashboard) -> None:
    await board.press("?")
    assert "what becomes of each line" in board.text
    assert "Move today on by a week" in board.text
    await board.press("escape", ":")
    await board.type("month")
    assert "Move today on by a month" in board.text
    await board.press("escape", "escape")


async def test_a_list_without_lines(data_file: Path) -> None:
    async with running(app_on(on_file(data_file))) as board:
        await board.press("t", "]", "z", "j", "enter")
        assert "There is no line yet." in board.text
        await board.press("escape", "escape")
        assert board.app.screen is board.screen


# Looks


async def shown_at(language: str, size: tuple[int, int], *keys: str) -> str:
    async with running(demo_app(), size=size) as board:
        if language == "zh":
            await board.press("L", "2")
        await board.press("t", *keys)
        while screen(board)._futures.starved:
            await board.pilot.pause(0.01)
        await board.pilot.pause()
        return board.text


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_timeline(size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    found = await shown_at("en", size)
    assert found == snapshot
    assert max(cell_width(row) for row in found.split("\n")) <= size[0]


@pytest.mark.parametrize("keys", ["]]]]]]", "}}}}", "-", "++", "}}}}}}}}}}}}"])
async def test_today_moved_and_other_zooms(keys: str, snapshot: SnapshotAssertion) -> None:
    assert await shown_at("en", (80, 24), *keys) == snapshot


async def test_the_timeline_in_chinese(snapshot: SnapshotAssertion) -> None:
    found = await shown_at("zh", (80, 24), "}")
    assert found == snapshot
    assert max(cell_width(row) for row in found.split("\n")) <= 80


async def test_borders_in_ascii() -> None:
    async with running(app_on(demo_app().options, Settings(borders="ascii")), size=(80, 24)) as board:
        await board.press("t", "}")
        assert not set(board.text) & set("╭╮╰╯│─┃█▒░▪▼")
