"""What both ways of sending an update leave on the screen must be the same."""

from __future__ import annotations

import pytest
from rich.color import ColorSystem
from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Input, Static

from simtui.tui.lean import LeanChops, LeanModalScreen, LeanScreen, codes_of
from simtui.tui.widgets.canvas import Canvas
from simtui.tui.widgets.rows import RowList
from simtui.tui.widgets.spans import Line
from tests.tui.terminal import Terminal

SIZE = (60, 20)


class Numbered:
    """Forty rows of wide and narrow text in several inks."""

    count = 40

    def header(self, width: int) -> Line:
        return [("Line".ljust(width), "muted")]

    def row(self, index: int, _width: int) -> list[Line]:
        name = "妈妈的号码" if index % 3 else "Orange Paris"
        return [[("due " if index % 2 else "RESCUE ", "due bold"), (name, ""), (f" {index:02} ", "dim underline")]]

    def id_at(self, index: int) -> int:
        return index


class Main(LeanScreen[None]):
    def compose(self) -> ComposeResult:
        yield RowList(Numbered())
        yield Canvas()
        yield Input("type here")

    def on_mount(self) -> None:
        self.query_one(RowList).follow = self.tell

    def tell(self, rows: RowList) -> None:
        lines: list[Line] = [[(f"line {rows.cursor}", "bold")], [("号码" * (rows.cursor % 4), "due"), ("end", "")]]
        self.query_one(Canvas).show(lines)


class Question(LeanModalScreen[None]):
    CSS = "Question { align: center middle; } Static { width: 20; height: 3; background: red; text-style: bold; }"

    def compose(self) -> ComposeResult:
        yield Static("Delete 号码?")


class BothWays(App[None]):
    """Feeds each update to two terminals, once as Textual would send it, once lean."""

    animation_level = "none"
    CSS = "RowList { height: 10; border: round $primary; } Canvas { height: 4; } Input { height: 3; }"

    def __init__(self) -> None:
        super().__init__()
        self.stock, self.lean = Terminal(*SIZE), Terminal(*SIZE)
        self.stock_size = self.lean_size = 0

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {"ink-due": "#ff0000", "ink-muted": "#808080", "paper-cursor": "#003366"}

    def get_default_screen(self) -> Screen[None]:
        return Main()

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        super()._display(screen, renderable)
        if isinstance(renderable, ChopsUpdate | LayoutUpdate):
            kind = ChopsUpdate if isinstance(renderable, ChopsUpdate) else LayoutUpdate
            stock = kind.render_segments(renderable, self.console)  # type: ignore[arg-type]
            lean = renderable.render_segments(self.console)
            self.stock.feed(stock)
            self.lean.feed(lean)
            self.stock_size += len(stock)
            self.lean_size += len(lean)


async def test_every_update_leaves_the_same_screen() -> None:
    app = BothWays()
    async with app.run_test(size=SIZE) as pilot:
        for keys in (["down"] * 9, ["G", "k"], ["tab", "x", "left", "号"]):
            await pilot.press(*keys)
            assert app.lean.grid == app.stock.grid
        await app.push_screen(Question())
        await pilot.pause()
        assert "Delete 号码?" in app.lean.text()
        assert app.lean.grid == app.stock.grid
        await app.pop_screen()
        await pilot.pause()
        assert "Delete" not in app.lean.text()
        assert app.lean.grid == app.stock.grid
    assert app.lean_size < 0.75 * app.stock_size


async def test_only_the_cells_that_changed_are_sent() -> None:
    app = BothWays()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("down")
        app.stock_size = app.lean_size = 0
        await pilot.press("down")
        assert 0 < app.lean_size < 400
        assert app.lean_size < 0.75 * app.stock_size
        assert "line 2" in app.lean.text()


@pytest.mark.parametrize(
    ("style", "codes"),
    [
        ("bold red", (("1",), "31", "49")),
        ("#112233 on #445566", ((), "38;2;17;34;51", "48;2;68;85;102")),
        ("underline dim", (("2", "4"), "39", "49")),
        ("none", ((), "39", "49")),
    ],
)
def test_a_style_is_split_into_attributes_and_colours(style: str, codes: object) -> None:
    assert codes_of(Style.parse(style), ColorSystem.TRUECOLOR) == codes


@pytest.mark.parametrize(
    ("span", "sent"), [((3, 6), (3, "、流")), ((2, 5), (3, "、流")), ((2, 4), (3, "、")), ((0, 3), (1, "额、"))]
)
def test_a_wide_character_that_was_half_covered_is_sent_whole(span: tuple[int, int], sent: tuple[int, str]) -> None:
    strip = Strip([Segment("额、流量")])
    console = Console(color_system="truecolor", force_terminal=True)
    told = LeanChops([{0: strip}], [(0, *span)], [[8]]).render_segments(console)
    column, text = sent
    assert told.replace("\x1b[1H", "\x1b[1;1H") == f"\x1b[1;{column}H{text}"
