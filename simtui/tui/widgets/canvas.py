"""A pane that is drawn line by line, and sends only the cells that changed.

`Painted` holds what is on the screen and compares; `Canvas` adds content taller than the pane. Neither uses
Textual's scroll bars or child widgets: each mounted widget costs a millisecond or two, each style change bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.color import Color
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from simtui.tui.keys import bindings
from simtui.tui.widgets.spans import Cell, Line, cells, changed, fit, line_width

ATTRIBUTES = frozenset({"bold", "dim", "italic", "underline", "reverse", "strike"})
SHOWS_ON_BLANKS = frozenset({"underline", "reverse", "strike"})
ASCII_TWINS = str.maketrans({"┃": "|", "█": "#", "░": "-", "▪": "#", "─": "-", "▒": "+", "▼": "v"})
"""What is drawn instead where the user asked for borders in ASCII: their terminal shows these two cells wide."""


def ink_of(widget: Widget, words: str) -> Style:
    """What the inks named in `words` look like on a widget in the current theme.

    The theme gives an ink a foreground (`ink-<word>`), a background (`paper-<word>`) and attributes (`attr-<word>`);
    the words bold, dim, italic, underline, reverse and strike mean themselves. Later words win; "plain" takes back the
    attributes of those before it: a bar in reverse would say the opposite.
    """
    variables = widget.app.theme_variables
    base = widget.visual_style.rich_style
    colour, paper, on = base.color, base.bgcolor, set[str]()
    for word in words.split():
        if word == "plain":
            on.clear()
        on.update([word] if word in ATTRIBUTES else variables.get(f"attr-{word}", "").split())
        if (name := variables.get(f"ink-{word}")) is not None:
            colour = Color.parse(name).rich_color
        if (name := variables.get(f"paper-{word}")) is not None:
            paper = Color.parse(name).rich_color
    return base + Style.combine([Style(color=colour, bgcolor=paper), *map(Style.parse, sorted(on & ATTRIBUTES))])


class Painted(Widget):
    """A widget whose visible lines are kept, compared and redrawn cell by cell; `ink_of` says how inks look."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Painted {
        height: 1fr;
        overflow: hidden hidden;
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, classes=classes)
        self._shown: list[Line] = []
        self._cells: list[list[Cell] | None] = []
        self._inks: dict[str, Style] = {}
        self._papers: dict[str, str] = {}
        self.resized: Callable[[], object] | None = None
        """Called when the pane has got another size: what it shows was laid out to the old one."""

    def paint(self, lines: Sequence[Line]) -> None:
        """Make `lines` what is visible, and redraw only the cells that differ."""
        for y in range(max(len(lines), len(self._shown))):
            self.paint_line(y, lines[y] if y < len(lines) else ())
        del self._shown[len(lines) :], self._cells[len(lines) :]

    def paint_line(self, y: int, line: Line) -> None:
        """Replace the visible line `y` (0 is the top of the pane)."""
        while len(self._shown) <= y:
            self._shown.append(())
            self._cells.append(None)
        if self.app.has_class("-ascii"):
            line = [(text.translate(ASCII_TWINS), words) for text, words in line]
        if self._shown[y] == line:
            return
        width = self.size.width
        old = self._cells[y]
        if old is None or len(old) != width:
            old = cells(self._shown[y], width, self._paper)
        new = cells(line, width, self._paper)
        self._shown[y], self._cells[y] = line, new
        regions = [Region(start, y, end - start, 1) for start, end in changed(old, new)]
        if regions:
            self.refresh(*regions)

    def render_line(self, y: int) -> Strip:
        """One line of the pane as Textual wants it."""
        if y >= len(self._shown):
            return Strip.blank(self.size.width, self.ink(""))
        line = self._shown[y]
        strip = Strip([Segment(text, self.ink(words)) for text, words in line if text], line_width(line))
        return strip.adjust_cell_length(self.size.width, self.ink(""))

    def ink(self, words: str) -> Style:
        """What the inks named in `words` look like on this pane in the current theme."""
        found = self._inks.get(words)
        if found is None:
            found = self._inks[words] = ink_of(self, words)
        return found

    def notify_style_update(self) -> None:
        """Forget the inks when theme or style changes."""
        super().notify_style_update()
        self._inks.clear()
        self._papers.clear()
        self._cells = [None] * len(self._cells)

    def _paper(self, words: str) -> str:
        """A key for what `words` look like on a blank: the background and the lines through it."""
        found = self._papers.get(words)
        if found is None:
            style = self.ink(words)
            lines = [name for name in SHOWS_ON_BLANKS if getattr(style, name)]
            # A line through a blank, and a reversed one, take the colour of the text.
            colour = style.color if lines else None
            found = self._papers[words] = f"{style.bgcolor} {colour} {lines}"
        return found


class Canvas(Painted):
    """A pane of ready-made lines, scrolled by keyboard and wheel when they do not fit.

    The last column shows where the visible part lies, only if there is more than fits; leave it blank.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("move")

    def __init__(
        self,
        lines: Sequence[Line] = (),
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._content: Sequence[Line] = lines
        self._top = 0

    @property
    def top(self) -> int:
        """The index of the first visible line."""
        return self._top

    def show(self, lines: Sequence[Line], *, top: int | None = None) -> None:
        """Show other lines; the scroll position stays where it is unless `top` says otherwise."""
        taller = len(lines) != len(self._content)
        self._content = lines
        if taller and self.styles.is_auto_height:
            self.refresh(layout=True)
        self.scroll_lines_to(self._top if top is None else top)

    def scroll_lines_to(self, top: int) -> None:
        """Bring the line `top` to the upper edge, or as near to it as there are lines."""
        height = self.size.height
        self._top = max(0, min(top, len(self._content) - height))
        visible = self._content[self._top : self._top + height]
        if len(self._content) > height > 0:
            visible = with_bar(visible, self.size.width, thumb_of(height, self._top, len(self._content)))
        self.paint(visible)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As tall as the lines, for `height: auto`."""
        return len(self._content)

    def action_move(self, lines: int) -> None:
        """Scroll by single lines."""
        self.scroll_lines_to(self._top + lines)

    def action_page(self, pages: int) -> None:
        """Scroll by a pane less one line, so that the eye finds its place again."""
        self.scroll_lines_to(self._top + pages * max(1, self.size.height - 1))

    def action_edge(self, end: int) -> None:
        """Scroll to the first (-1) or the last line (1)."""
        self.scroll_lines_to(0 if end < 0 else len(self._content))

    def on_resize(self) -> None:
        """Lay the visible part out again."""
        self.scroll_lines_to(self._top)
        if self.resized is not None:
            self.resized()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Three lines down, if there are any."""
        self._wheel(event, 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Three lines up."""
        self._wheel(event, -3)

    def _wheel(self, event: events.MouseEvent, lines: int) -> None:
        before = self._top
        self.scroll_lines_to(self._top + lines)
        if self._top != before:
            event.stop()


def with_bar(visible: Sequence[Line], width: int, thumb: range) -> list[Line]:
    """Draw a scroll bar over the last column."""
    return [barred(line, width, thumb, y) for y, line in enumerate(visible)]


def barred(line: Line, width: int, thumb: range, y: int) -> Line:
    """The line `y` with its cell of the scroll bar."""
    return [*fit(line, width - 1), ("┃", "muted") if y in thumb else (" ", "")]


def thumb_of(height: int, top: int, count: int) -> range:
    """Which of `height` bar cells show the part from `top` of `count` lines that do not all fit."""
    size = max(1, height * height // count)
    start = round((height - size) * top / max(1, count - height))
    return range(start, start + size)
