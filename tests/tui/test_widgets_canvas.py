from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Region

from simtui.tui.widgets.canvas import Canvas, thumb_of
from simtui.tui.widgets.spans import Line


class Recording(Canvas):
    """Remembers which regions it asked Textual to redraw."""

    def __init__(self, lines: list[Line]) -> None:
        super().__init__(lines)
        self.regions: list[Region] = []
        self.can_focus = True

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Recording:
        if hasattr(self, "regions"):
            self.regions += regions
        super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        return self


class Drawing(App[None]):
    animation_level = "none"
    CSS = "Canvas { width: 30; height: 5; }"

    def __init__(self, lines: list[Line]) -> None:
        super().__init__()
        self.canvas = Recording(lines)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {"ink-due": "#ff0000", "attr-due": "bold", "paper-cursor": "#003366", "attr-gone": "reverse"}

    def compose(self) -> ComposeResult:
        yield self.canvas


def drawn(canvas: Canvas) -> list[str]:
    return [canvas.render_line(y).text.rstrip() for y in range(canvas.size.height)]


def numbered(count: int) -> list[Line]:
    return [[(f"line {at}", "")] for at in range(count)]


async def test_lines_are_drawn_as_they_are_never_as_markup() -> None:
    app = Drawing([[("plan [5GB] ", "due"), ("[/x]", "")]])
    async with app.run_test():
        assert drawn(app.canvas)[0] == "plan [5GB] [/x]"


async def test_only_changed_cells_are_refreshed() -> None:
    app = Drawing([[("credit until 2026-07-01", "")], [("same", "due")]])
    async with app.run_test():
        app.canvas.regions.clear()
        app.canvas.show([[("credit until 2026-07-02", "")], [("same", "due")]])
        assert app.canvas.regions == [Region(22, 0, 1, 1)]
        app.canvas.regions.clear()
        app.canvas.show([[("credit until 2026-07-02", "")]])
        assert app.canvas.regions == [Region(0, 1, 4, 1)]
        assert drawn(app.canvas)[1] == ""


async def test_inks_come_from_the_theme_and_later_words_win() -> None:
    app = Drawing([])
    async with app.run_test():
        due = app.canvas.ink("due cursor italic")
        assert due.color is not None
        assert due.bgcolor is not None
        assert (due.color.name, due.bgcolor.name, due.bold, due.italic) == ("#ff0000", "#003366", True, True)
        assert app.canvas.ink("gone").reverse
        assert app.canvas.ink("unheard-of") == app.canvas.ink("")


async def test_a_change_of_theme_changes_the_inks() -> None:
    app = Drawing([])
    async with app.run_test() as pilot:
        before = app.canvas.ink("")
        app.theme = "textual-light"
        await pilot.pause()
        assert app.canvas.ink("") != before


@pytest.mark.parametrize(
    ("keys", "top"),
    [("down down", 2), ("j k", 0), ("pagedown", 4), ("end", 15), ("G g", 0), ("end pageup", 11), ("up", 0)],
)
async def test_a_taller_content_scrolls(keys: str, top: int) -> None:
    app = Drawing(numbered(20))
    async with app.run_test() as pilot:
        app.canvas.focus()
        await pilot.press(*keys.split())
        assert app.canvas.top == top
        assert drawn(app.canvas)[0].startswith(f"line {top}")
        assert "┃" in "".join(drawn(app.canvas))


async def test_shorter_content_pulls_the_position_back_and_hides_the_bar() -> None:
    app = Drawing(numbered(20))
    async with app.run_test() as pilot:
        app.canvas.focus()
        await pilot.press("end")
        app.canvas.show(numbered(3))
        assert drawn(app.canvas) == ["line 0", "line 1", "line 2", "", ""]


async def test_an_automatic_height_follows_the_content() -> None:
    app = Drawing(numbered(2))
    async with app.run_test() as pilot:
        app.canvas.styles.height = "auto"
        await pilot.pause()
        assert app.canvas.size.height == 2
        app.canvas.show(numbered(4))
        await pilot.pause()
        assert drawn(app.canvas) == ["line 0", "line 1", "line 2", "line 3"]


@pytest.mark.parametrize(
    ("height", "top", "count", "thumb"),
    [(10, 0, 20, range(5)), (10, 10, 20, range(5, 10)), (5, 0, 100_000, range(1)), (5, 99_995, 100_000, range(4, 5))],
)
def test_the_bar_shows_which_part_is_visible(height: int, top: int, count: int, thumb: range) -> None:
    assert thumb_of(height, top, count) == thumb
