from __future__ import annotations

import time
from collections.abc import Hashable, Sequence
from typing import ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.pilot import Pilot

from simtui.tui.widgets.rows import NoRows, RowList
from simtui.tui.widgets.spans import Line


class Names:
    """Rows of plain names; each name is its id."""

    def __init__(self, names: Sequence[str], *, height: int = 1) -> None:
        self.names = names
        self.height = height
        self.asked = 0

    @property
    def count(self) -> int:
        return len(self.names)

    def header(self, _width: int) -> Line | None:
        return [("Line", "muted")]

    def row(self, index: int, _width: int) -> list[Line]:
        self.asked += 1
        lines: list[Line] = [[(self.names[index], "due")], [("below", "muted")]]
        return lines[: self.height]

    def id_at(self, index: int) -> str:
        return self.names[index]


class Many:
    """A hundred thousand rows that exist only when they are asked for."""

    count = 100_000

    def header(self, _width: int) -> Line | None:
        return None

    def row(self, index: int, _width: int) -> list[Line]:
        return [[(f"line {index}", "")]]

    def id_at(self, index: int) -> int:
        return index


class Listing(App[None]):
    animation_level = "none"
    CSS = "RowList { width: 30; height: 7; }"

    def __init__(self, rows: RowList) -> None:
        super().__init__()
        self.rows = rows
        self.told: list[Message] = []

    def compose(self) -> ComposeResult:
        yield self.rows

    def on_row_list_highlighted(self, message: RowList.Highlighted) -> None:
        self.told.append(message)

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        self.told.append(message)

    def on_row_list_marked(self, message: RowList.Marked) -> None:
        self.told.append(message)

    def opened(self) -> list[Hashable]:
        return [message.id for message in self.told if isinstance(message, RowList.Opened)]


def drawn(rows: RowList) -> list[str]:
    return [rows.render_line(y).text.rstrip() for y in range(rows.size.height)]


def listing(*names: str, **options: int) -> Listing:
    return Listing(RowList(Names(names or [f"n{i}" for i in range(20)]), **options))  # type: ignore[arg-type]


async def press(pilot: Pilot[None], keys: str) -> None:
    await pilot.press(*keys.split())


async def test_cursor_and_header_show_without_colour() -> None:
    app = listing("a", "b")
    async with app.run_test():
        assert drawn(app.rows) == ["  Line", "> a", "  b", "", "", "", ""]


@pytest.mark.parametrize(
    ("keys", "index"),
    [
        ("down down up", 1),
        ("j j j k", 2),
        ("up", 0),
        ("G", 19),
        ("end g", 0),
        ("G down", 19),
        ("end home", 0),
        ("pagedown", 5),
        ("pagedown pagedown pageup", 5),
    ],
)
async def test_keys_move_the_cursor(keys: str, index: int) -> None:
    app = listing()
    async with app.run_test() as pilot:
        await press(pilot, keys)
        assert app.rows.cursor == index
        assert f"> n{index}" in "\n".join(drawn(app.rows))


async def test_leaving_the_page_scrolls_by_half_a_page() -> None:
    app = listing()
    async with app.run_test() as pilot:
        await press(pilot, "down " * 5)
        assert app.rows.top == 0
        await press(pilot, "down")
        assert app.rows.top == 3
        assert app.rows.cursor == 6
        await press(pilot, "down down")
        assert app.rows.top == 3


async def test_a_scroll_bar_shows_only_if_rows_do_not_fit() -> None:
    app = listing()
    async with app.run_test() as pilot:
        assert drawn(app.rows)[1].endswith("┃")
        app.rows.show(Names("ab"))
        await pilot.pause()
        assert "┃" not in "".join(drawn(app.rows))


async def test_the_cursor_stays_on_its_id_when_rows_are_sorted_or_removed() -> None:
    app = listing("a", "b", "c")
    async with app.run_test() as pilot:
        await press(pilot, "down")
        app.rows.show(Names("cab"))
        assert (app.rows.cursor, app.rows.current) == (2, "b")
        await pilot.pause()
        assert len(app.told) == 1
        app.rows.show(Names("ca"))
        assert (app.rows.cursor, app.rows.current) == (1, "a")
        await pilot.pause()
        assert len(app.told) == 2


async def test_replacing_the_rows_keeps_the_scroll_position() -> None:
    app = listing()
    async with app.run_test() as pilot:
        await press(pilot, "down " * 9)
        top = app.rows.top
        app.rows.show(Names([f"n{i}" for i in range(20)]))
        assert app.rows.top == top
        app.rows.show(Names([f"n{i}" for i in range(20)]), keep=False)
        assert (app.rows.top, app.rows.cursor) == (0, 0)


async def test_an_empty_list_says_so_and_no_key_fails() -> None:
    app = listing("a")
    async with app.run_test() as pilot:
        app.rows.show(NoRows(), empty=[[("No lines yet: press a.", "")]])
        await press(pilot, "down G g pagedown space V n N enter")
        assert drawn(app.rows)[0] == "No lines yet: press a."
        assert app.rows.current is None
        assert app.opened() == []


async def test_enter_opens_the_row_under_the_cursor() -> None:
    app = listing("a", "b")
    async with app.run_test() as pilot:
        await press(pilot, "down enter")
        assert app.opened() == ["b"]


async def test_space_marks_and_goes_on_and_v_marks_all_or_none() -> None:
    app = listing("a", "b", "c")
    async with app.run_test() as pilot:
        await press(pilot, "space space")
        assert app.rows.marked == {"a", "b"}
        assert drawn(app.rows)[1:4] == [" *a", " *b", "> c"]
        await press(pilot, "V")
        assert app.rows.marked == {"a", "b", "c"}
        assert drawn(app.rows)[3] == ">*c"
        await press(pilot, "V")
        assert app.rows.marked == frozenset()


async def test_marks_on_rows_that_are_gone_are_forgotten() -> None:
    app = listing("a", "b", "c")
    async with app.run_test() as pilot:
        await press(pilot, "V")
        app.rows.show(Names("bx"))
        assert app.rows.marked == {"b"}


async def test_n_goes_from_hit_to_hit_round_the_ends() -> None:
    app = listing()
    async with app.run_test() as pilot:
        assert app.rows.search(lambda index: index in {4, 15})
        assert app.rows.cursor == 4
        await press(pilot, "n")
        assert app.rows.cursor == 15
        await press(pilot, "n")
        assert app.rows.cursor == 4
        await press(pilot, "N")
        assert app.rows.cursor == 15
        assert not app.rows.search(lambda _index: False)


class Noting(Listing):
    """A screen with its own meaning of n and Space, as the walkthrough has."""

    BINDINGS: ClassVar[list[BindingType]] = [("n", "note('n')"), ("space", "note('space')")]

    def action_note(self, key: str) -> None:
        self.noted = [*getattr(self, "noted", []), key]


async def test_keys_that_a_list_has_no_use_for_go_to_the_screen() -> None:
    app = Noting(RowList(Names("ab"), can_mark=False))
    async with app.run_test() as pilot:
        await press(pilot, "n space")
        assert app.noted == ["n", "space"]
        app.rows.search(lambda index: index == 1)
        await press(pilot, "n")
        assert app.noted == ["n", "space"]


async def test_a_click_selects_and_a_second_one_opens() -> None:
    app = listing("a", "b", "c")
    async with app.run_test() as pilot:
        await pilot.click(RowList, offset=(3, 2))
        assert app.rows.cursor == 1
        assert app.opened() == []
        await pilot.click(RowList, offset=(3, 2))
        assert app.opened() == ["b"]
        await pilot.click(RowList, offset=(3, 0))
        await pilot.click(RowList, offset=(3, 5))
        assert app.rows.cursor == 1


async def test_the_click_that_brings_the_focus_opens_nothing() -> None:
    app = listing("a", "b")
    async with app.run_test() as pilot:
        app.screen.set_focus(None)
        await pilot.click(RowList, offset=(3, 1))
        assert app.opened() == []
        await pilot.click(RowList, offset=(3, 1))
        assert app.opened() == ["a"]


async def test_the_wheel_scrolls_and_takes_the_cursor_along() -> None:
    app = listing()
    async with app.run_test() as pilot:
        await pilot._post_mouse_events([_wheel_down()], RowList, offset=(3, 3), button=0)
        assert app.rows.top == 3
        assert app.rows.cursor == 3


def _wheel_down() -> type:
    from textual.events import MouseScrollDown

    return MouseScrollDown


async def test_rows_of_two_lines_for_a_phone() -> None:
    app = Listing(RowList(Names("abc", height=2), row_height=2, gutter=1))
    async with app.run_test() as pilot:
        assert drawn(app.rows)[1:5] == [">a", " below", " b", " below"]
        await press(pilot, "space space")
        assert drawn(app.rows)[1:6:2] == ["*a", "*b", ">c"]
        await press(pilot, "up")
        assert drawn(app.rows)[3] == "#b"
        await pilot.click(RowList, offset=(3, 6))
        assert app.rows.current == "c"


async def test_an_arrow_key_asks_for_two_rows_only() -> None:
    app = listing()
    async with app.run_test() as pilot:
        names = app.rows.rows
        assert isinstance(names, Names)
        names.asked = 0
        await press(pilot, "down")
        assert names.asked == 2


async def test_a_follower_is_told_before_the_message() -> None:
    app = listing()
    seen: list[int] = []
    app.rows.follow = lambda rows: seen.append(rows.cursor)
    async with app.run_test():
        app.rows.move_to(3)
        assert seen == [3]
        assert app.told == []


async def test_a_hundred_thousand_rows_cost_what_twenty_do() -> None:
    app = Listing(RowList(Many()))
    async with app.run_test():
        start = time.perf_counter()
        for index in (99_999, 50_000, 1, 99_998):
            app.rows.move_to(index)
        assert app.rows.current == 99_998
        # Four jumps take about a millisecond; the bound only tells "flat" from "all rows".
        assert time.perf_counter() - start < 0.1
