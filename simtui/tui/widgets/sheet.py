"""A tall sheet of rows, some of which the cursor can stand on; one of them may hold a text that is being edited.

It draws itself line by line and scrolls so that the cursor is always in sight.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Protocol

from textual import events
from textual.binding import BindingType
from textual.geometry import Offset
from textual.message import Message

from simtui.text import cell_width
from simtui.tui.keys import bindings
from simtui.tui.views.renewal_rows import Row, Target
from simtui.tui.widgets.canvas import Painted, barred, thumb_of


class Writing(Protocol):
    """Who takes the keys of a text that is being edited, and what is pasted."""

    def takes_key(self, event: events.Key) -> bool:
        """Do what a key does to the text; False for a key that is the screen's."""

    def takes_text(self, text: str) -> None:
        """Take what is pasted."""


class Sheet(Painted, can_focus=True):
    """The rows of one step; `lay_out` gives them for the target under the cursor and a width."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("move")

    class Chosen(Message):
        """A tap on what the cursor stood on already."""

    def __init__(
        self,
        lay_out: Callable[[Target | None, int], Sequence[Row]],
        order: Callable[[Sequence[Row]], list[Target]],
        writing: Writing,
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        """Take what makes the rows, in which order the cursor goes over them, and who takes keys of a text."""
        super().__init__(id=id, classes=classes)
        self._lay_out, self._order, self._writing = lay_out, order, writing
        self._rows: Sequence[Row] = ()
        self._top = 0
        self.cursor: Target | None = None

    @property
    def targets(self) -> list[Target]:
        """What the cursor can stand on, in its order."""
        return self._order(self._rows)

    def redraw(self, *, first: Callable[[Sequence[Target]], Target | None] | None = None) -> None:
        """Lay the rows out anew; `first` says where the cursor begins, from the top of the sheet.

        It begins there only where that is on the first page: what stands above is to be read before.
        """
        width = max(1, self.size.width - 1)
        self._rows = self._lay_out(self.cursor, width)
        found = self.targets
        if first is not None:
            self._top = 0
            wanted = first(found)
            near = [target for target in found if self._place(target)[1] < max(1, self.size.height)]
            self.cursor = wanted if wanted in near or not found else found[0]
            self._rows = self._lay_out(self.cursor, width)
        elif self.cursor not in found:
            self.cursor = found[0] if found else None
            self._rows = self._lay_out(self.cursor, width)
        self._show()

    def move_to(self, target: Target) -> bool:
        """Put the cursor somewhere; False where that is not on the sheet."""
        if target not in self.targets:
            return False
        self.cursor = target
        self.redraw()
        return True

    def action_move(self, step: int) -> None:
        """Go to the next (1) or the previous (-1) thing; at either end show what there is beyond it."""
        found = self.targets
        if self.cursor is None or not found:
            self._scroll(step)
            return
        at = found.index(self.cursor) + step
        if not 0 <= at < len(found):
            self._scroll_to_edge(step)
            return
        self.cursor = found[at]
        self.redraw()

    def action_page(self, pages: int) -> None:
        """Go about a page up or down."""
        found = self.targets
        if self.cursor is None or not found:
            self._scroll(pages * max(1, self.size.height - 1))
            return
        wanted = self._place(self.cursor)[0] + pages * max(1, self.size.height - 1)
        beyond = [each for each in found if (self._place(each)[0] - wanted) * pages <= 0]
        beyond = [each for each in beyond if (self._place(each)[0] - self._place(self.cursor)[0]) * pages > 0]
        if beyond:
            self.cursor = max(beyond, key=lambda each: self._place(each)[0] * pages)
            self.redraw()
        else:
            self.action_move(pages)

    def action_edge(self, end: int) -> None:
        """Go to the first (-1) or the last (1) thing."""
        found = self.targets
        if found:
            self.cursor = found[0 if end < 0 else -1]
            self.redraw()
        self._scroll_to_edge(end)

    # Keys of a text, mouse ---------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Give keys to the text that is being edited first."""
        if self._writing.takes_key(event):
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Put what is pasted where it belongs."""
        event.stop()
        self._writing.takes_text(event.text)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on what was tapped; another tap on it is taken as an answer."""
        at = event.get_content_offset(self)
        number = self._top + at.y if at is not None else -1
        if not 0 <= number < len(self._rows):
            return
        row = self._rows[number]
        target = row.side if row.side is not None and at is not None and at.x > self._side_at(row) else row.target
        if target is None:
            return
        if target == self.cursor:
            self.post_message(self.Chosen())
        else:
            self.move_to(target)

    def _side_at(self, row: Row) -> int:
        """Return the cell in which the column beside begins; it is set off by a rule."""
        used = 0
        for text, _ink in row.line:
            if text == "│ ":
                return used
            used += cell_width(text)
        return self.size.width

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Three lines down."""
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Three lines up."""
        event.stop()
        self._scroll(-3)

    def on_resize(self) -> None:
        """Lay out to the new size."""
        self.redraw()
        if self.resized is not None:
            self.resized()

    # Inside ------------------------------------------------------------------------------------------------------

    def _place(self, target: Target | None) -> tuple[int, int]:
        """Return the first and the last row of a target."""
        found = [
            number for number, row in enumerate(self._rows) if target is not None and target in (row.target, row.side)
        ]
        return (found[0], found[-1]) if found else (0, 0)

    def _show(self) -> None:
        """Show the part with the cursor; above the first thing what stands before it, beneath the last what follows."""
        height = self.size.height
        found = self.targets
        if self.cursor is not None and height:
            first, last = self._place(self.cursor)
            if first < self._top or last >= self._top + height:
                self._top = min(first, max(0, last - height * 2 // 3))
            if found and self.cursor == found[0] and last < height:
                self._top = 0
        self._top = max(0, min(self._top, len(self._rows) - height))
        self._paint()

    def _paint(self) -> None:
        height, width = self.size.height, self.size.width
        visible = self._rows[self._top : self._top + height]
        lines = [row.line for row in visible]
        if len(self._rows) > height > 0:
            thumb = thumb_of(height, self._top, len(self._rows))
            lines = [list(barred(line, width, thumb, y)) for y, line in enumerate(lines)]
        self.paint(lines)
        for y, row in enumerate(visible):
            if row.cursor is not None:
                self.app.cursor_position = self.content_region.offset + Offset(row.cursor, y)

    def _scroll(self, lines: int) -> None:
        """Scroll by lines, and take the cursor along so that it stays in sight."""
        height = self.size.height
        self._top = max(0, min(self._top + lines, len(self._rows) - height))
        within = range(self._top, self._top + height)
        if self.cursor is not None and self._place(self.cursor)[0] not in within:
            seen = [each for each in self.targets if self._place(each)[0] in within]
            if seen:
                self.cursor = seen[0] if lines > 0 else seen[-1]
                self._rows = self._lay_out(self.cursor, max(1, self.size.width - 1))
        self._top = max(0, min(self._top, len(self._rows) - height))
        self._paint()

    def _scroll_to_edge(self, end: int) -> None:
        """Show the very top or bottom, as far as the cursor stays in sight."""
        height = self.size.height
        first, last = self._place(self.cursor)
        top = 0 if end < 0 else max(0, len(self._rows) - height)
        self._top = max(last - height + 1, top) if end < 0 else min(first, top)
        self._paint()
