"""The drawing half of a list: which rows are visible, and what one row looks like with cursor and mark."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Protocol

from textual import events

from simtui.tui.widgets.canvas import Painted, barred, thumb_of
from simtui.tui.widgets.spans import Line, fit


class Rows(Protocol):
    """What a list shows. Rows are laid out by the provider, to the width it is given."""

    @property
    def count(self) -> int:
        """How many rows there are."""

    def header(self, width: int, /) -> Line | None:
        """The line above the rows, or None for no header."""

    def row(self, index: int, width: int, /) -> Sequence[Line]:
        """The lines of one row, as many as the list's `row_height`, each at most `width` cells."""

    def id_at(self, index: int, /) -> Hashable:
        """What the row stands for: unique, and the same after a sort."""


class NoRows:
    """A provider without rows."""

    count = 0

    def header(self, _width: int) -> Line | None:
        """No header either."""
        return None

    def row(self, index: int, _width: int) -> Sequence[Line]:
        """There is no row to ask for."""
        raise IndexError(index)

    def id_at(self, index: int) -> Hashable:
        """There is no row to ask for."""
        raise IndexError(index)


class RowPane(Painted):
    """Draws the visible rows of a provider, flat in their number.

    The cursor shows as `>` and marks as `*` in the gutter left of each row, so both show without colour. The
    inks it uses itself: "cursor" (added to every span of the cursor's row), "mark", "muted".
    """

    def __init__(
        self,
        rows: Rows | None,
        *,
        row_height: int,
        gutter: int,
        id: str | None,  # noqa: A002 - Textual's name
        classes: str | None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._rows: Rows = rows or NoRows()
        self._empty: Sequence[Line] = ()
        self._row_height = row_height
        self._gutter = gutter
        self._cursor = 0
        self._top = 0
        self._marks: frozenset[Hashable] = frozenset()
        self._header_height = 0

    @property
    def rows(self) -> Rows:
        """The provider whose rows are shown."""
        return self._rows

    @property
    def cursor(self) -> int:
        """The index of the row under the cursor; 0 in an empty list."""
        return self._cursor

    @property
    def current(self) -> Hashable | None:
        """The id under the cursor, or None in an empty list."""
        return self._rows.id_at(self._cursor) if self._rows.count else None

    @property
    def marked(self) -> frozenset[Hashable]:
        """The ids that are marked."""
        return self._marks

    @property
    def top(self) -> int:
        """The index of the first visible row."""
        return self._top

    @property
    def page(self) -> int:
        """How many whole rows are visible."""
        return max(1, (self.size.height - self._header_height) // self._row_height)

    @property
    def _overflows(self) -> bool:
        return self._rows.count > self.page

    @property
    def row_width(self) -> int:
        """The cells that a row is laid out to, beside gutter and scroll bar."""
        return max(0, self.size.width - self._gutter - self._overflows)

    def lay_out(self, *, row_height: int | None = None, gutter: int | None = None) -> None:
        """Change how rows are laid out, for a narrower or wider terminal."""
        self._row_height = self._row_height if row_height is None else row_height
        self._gutter = self._gutter if gutter is None else gutter
        self.redraw()

    def redraw(self) -> None:
        """Ask the provider again for the visible rows, and draw what differs."""
        self._header_height = 0 if self._rows.header(max(0, self.size.width - self._gutter)) is None else 1
        self._scroll_into_view()
        self.paint(self._visible())

    def _row_under(self, event: events.MouseEvent) -> int | None:
        """The index of the row that the mouse points at."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y < self._header_height:
            return None
        index = self._top + (offset.y - self._header_height) // self._row_height
        return index if index < min(self._rows.count, self._top + self.page) else None

    def _scroll_into_view(self) -> None:
        """Put the cursor's row into the middle if it is out of sight.

        By half a page instead of row by row: most arrow keys then redraw two rows, not all of them.
        """
        page = self.page
        if not self._top <= self._cursor < self._top + page:
            self._top = self._cursor - page // 2
        self._top = max(0, min(self._top, self._rows.count - page))

    def _visible(self) -> list[Line]:
        """Every visible line, header first."""
        width = self.size.width
        header = self._rows.header(self.row_width)
        out: list[Line] = [] if header is None else [[(" " * self._gutter, ""), *fit(header, self.row_width)]]
        if not self._rows.count:
            out.extend(fit(line, width) for line in self._empty)
        for index in range(self._top, min(self._top + self.page, self._rows.count)):
            out.extend(self._row_lines(index))
        return out[: self.size.height]

    def _paint_row(self, index: int) -> None:
        """Draw the lines of one visible row."""
        y = self._header_height + (index - self._top) * self._row_height
        for line in self._row_lines(index):
            self.paint_line(y, line)
            y += 1

    def _row_lines(self, index: int) -> list[Line]:
        """The lines of one row with gutter, cursor and scroll bar."""
        width = self.row_width
        lines = list(self._rows.row(index, width))[: self._row_height]
        lines += [()] * (self._row_height - len(lines))
        gutter = self._gutter_text(index)
        y = self._header_height + (index - self._top) * self._row_height
        out: list[Line] = []
        for at, line in enumerate(lines):
            spans = [(gutter if at == 0 else " " * self._gutter, "mark"), *fit(line, width)]
            if index == self._cursor:
                spans = [(text, f"{words} cursor") for text, words in spans]
            out.append(self._with_bar(spans, y + at))
        return out

    def _with_bar(self, line: Line, y: int) -> Line:
        """The line `y` with its cell of the scroll bar, if not all rows fit."""
        if not self._overflows:
            return line
        top = self._header_height
        thumb = thumb_of(self.page * self._row_height, self._top, self._rows.count)
        return barred(line, self.size.width, thumb, y - top)

    def _gutter_text(self, index: int) -> str:
        """Cursor and mark in as many cells as the gutter has."""
        on, marked = index == self._cursor, self._rows.id_at(index) in self._marks
        if self._gutter == 1:
            return "#" if on and marked else ">" if on else "*" if marked else " "
        return ((">" if on else " ") + ("*" if marked else " ")).ljust(self._gutter)[: self._gutter]
