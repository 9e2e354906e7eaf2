"""The one list of the dashboard: lines, plans, acts and help all use it.

Rows are virtual: the list asks its provider for the few rows that are visible, so 100,000 rows cost what
twenty do. The cursor and the marks belong to ids, not to places, and survive new data and another order.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import ClassVar

from textual import events
from textual.actions import SkipAction
from textual.binding import BindingType
from textual.message import Message

from simtui.tui.keys import bindings
from simtui.tui.widgets.rowpane import NoRows, RowPane, Rows
from simtui.tui.widgets.spans import Line

__all__ = ["NoRows", "RowList", "Rows"]


class RowList(RowPane, can_focus=True):
    """A list with a cursor, marks and search hits."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("list", "move")

    class Highlighted(Message):
        """The cursor stands on another row, or the row under it is another one; `id` is None in an empty list."""

        def __init__(self, rows: RowList, index: int, id: Hashable | None) -> None:  # noqa: A002 - what it is
            super().__init__()
            self.rows, self.index, self.id = rows, index, id

        @property
        def control(self) -> RowList:
            """The list, for `on(..., selector)`."""
            return self.rows

        def can_replace(self, message: Message) -> bool:
            """Only the last of a burst counts: a held arrow key must not queue up redraws."""
            return isinstance(message, RowList.Highlighted) and message.rows is self.rows

    class Opened(Message):
        """Enter, or a second click, on a row."""

        def __init__(self, rows: RowList, index: int, id: Hashable) -> None:  # noqa: A002 - what it is
            super().__init__()
            self.rows, self.index, self.id = rows, index, id

        @property
        def control(self) -> RowList:
            """The list, for `on(..., selector)`."""
            return self.rows

    class Marked(Message):
        """The marks changed; `ids` are all that are marked now."""

        def __init__(self, rows: RowList, ids: frozenset[Hashable]) -> None:
            super().__init__()
            self.rows, self.ids = rows, ids

        @property
        def control(self) -> RowList:
            """The list, for `on(..., selector)`."""
            return self.rows

    def __init__(
        self,
        rows: Rows | None = None,
        *,
        row_height: int = 1,
        gutter: int = 2,
        can_mark: bool = True,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        """Take a provider and how its rows are laid out.

        Args:
            rows: The provider; None is an empty list.
            row_height: Lines per row; 2 on a phone.
            gutter: Cells left of each row: 2 holds cursor and mark, 1 both in one cell, 0 nothing.
            can_mark: Whether Space and V mark rows.
            id: The widget's id.
            classes: The widget's CSS classes.
        """
        super().__init__(rows, row_height=row_height, gutter=gutter, id=id, classes=classes)
        self._can_mark = can_mark
        self._match: Callable[[int], bool] | None = None
        self._just_focused = False
        self.follow: Callable[[RowList], None] | None = None
        """Called as soon as the cursor has moved, before `Highlighted` is delivered.

        What a follower draws goes out in the same update as the cursor itself. A message arrives one frame
        later: two updates, and 30 ms until the screen is at rest.
        """

    def show(self, rows: Rows, *, empty: Sequence[Line] = (), keep: bool = True) -> None:
        """Show other rows, with the cursor on the same id if it is still there.

        Args:
            rows: The new provider.
            empty: The lines to show instead if it has no rows.
            keep: False puts the cursor on the first row.
        """
        before, at = self.current, self._cursor
        offset = at - self._top
        self._rows, self._empty = rows, empty
        found = self._find(before, near=at) if keep and before is not None else None
        self._cursor = found if found is not None else min(at if keep else 0, max(0, rows.count - 1))
        self._top = self._cursor - offset if keep else 0
        self._keep_marks()
        self.redraw()
        if self.current != before:
            self._tell()

    # Moving

    def move_to(self, index: int) -> None:
        """Put the cursor on the row `index`, or on the nearest there is."""
        if not self._rows.count:
            return
        before, top = self._cursor, self._top
        self._cursor = max(0, min(index, self._rows.count - 1))
        if self._cursor == before:
            return
        self._scroll_into_view()
        if self._top != top:
            self.paint(self._visible())
        else:
            self._paint_row(before)
            self._paint_row(self._cursor)
        self._tell()

    def move_to_id(self, wanted: Hashable) -> bool:
        """Put the cursor on the row of an id; False if there is no such row."""
        found = self._find(wanted, near=self._cursor)
        if found is not None:
            self.move_to(found)
        return found is not None

    def search(self, match: Callable[[int], bool] | None) -> bool:
        """Say which rows are hits, for n and N, and go to the first from the cursor on; False if none is."""
        self._match = match
        if match is None or not self._rows.count:
            return False
        return match(self._cursor) or self._to_hit(1)

    def action_move(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.move_to(self._cursor + rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor by a page less one row."""
        self.move_to(self._cursor + pages * max(1, self.page - 1))

    def action_edge(self, end: int) -> None:
        """Move the cursor to the first (-1) or the last row (1)."""
        self.move_to(0 if end < 0 else self._rows.count - 1)

    def action_hit(self, step: int) -> None:
        """Move the cursor to the next (1) or the previous hit (-1), round the ends.

        Without a search the key is the screen's: `n` writes a note in the walkthrough.
        """
        if self._match is None:
            raise SkipAction
        self._to_hit(step)

    def action_open(self) -> None:
        """Say that the row under the cursor is to be opened."""
        if self._rows.count:
            self.post_message(self.Opened(self, self._cursor, self._rows.id_at(self._cursor)))

    # Marks

    def mark(self, ids: frozenset[Hashable]) -> None:
        """Make exactly these ids the marked ones."""
        if ids == self._marks:
            return
        self._marks = ids
        self.redraw()
        self.post_message(self.Marked(self, ids))

    def action_mark(self) -> None:
        """Mark the row under the cursor or take its mark away, and go on to the next."""
        self._need_marks()
        if self._rows.count:
            self.mark(self._marks ^ {self._rows.id_at(self._cursor)})
            self.action_move(1)

    def action_mark_all(self) -> None:
        """Mark all rows, or none if all are marked."""
        self._need_marks()
        every = frozenset(self._rows.id_at(index) for index in range(self._rows.count))
        self.mark(frozenset() if every == self._marks else every)

    def _need_marks(self) -> None:
        """In a list without marks their keys are the screen's."""
        if not self._can_mark:
            raise SkipAction

    # Mouse and events

    def on_resize(self) -> None:
        """Lay the rows out to the new width."""
        self.redraw()
        if self.resized is not None:
            self.resized()

    def on_focus(self) -> None:
        """Remember it: the click that brings the focus selects, it does not open."""
        self._just_focused = True

    def on_key(self) -> None:
        """Any key ends the time in which a click only brings the focus."""
        self._just_focused = False

    def on_click(self, event: events.Click) -> None:
        """Select the row that was clicked; open it if it was selected already."""
        index = self._row_under(event)
        if index is None:
            return
        event.stop()
        if index == self._cursor and not self._just_focused:
            self.action_open()
        self._just_focused = False
        self.move_to(index)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Three rows down."""
        self._wheel(event, 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Three rows up."""
        self._wheel(event, -3)

    # Inside

    def _wheel(self, event: events.MouseEvent, rows: int) -> None:
        """Scroll, and take the cursor along so that it stays in sight."""
        event.stop()
        before, top = self._cursor, self._top
        self._top = max(0, min(top + rows, self._rows.count - self.page))
        if self._top == top:
            return
        self._cursor = max(self._top, min(before, self._top + self.page - 1))
        self.paint(self._visible())
        if self._cursor != before:
            self._tell()

    def _to_hit(self, step: int) -> bool:
        """Go to the nearest hit in the direction of `step`, round the ends; False if there is no other."""
        count = self._rows.count
        if self._match is None:
            return False
        for distance in range(1, count):
            index = (self._cursor + step * distance) % count
            if self._match(index):
                self.move_to(index)
                return True
        return False

    def _find(self, wanted: Hashable, near: int) -> int | None:
        """The index of an id, looked for from `near` outwards: it has seldom gone far."""
        count = self._rows.count
        for distance in range(max(near, count - near) + 1):
            for index in (near + distance, near - distance):
                if 0 <= index < count and self._rows.id_at(index) == wanted:
                    return index
        return None

    def _keep_marks(self) -> None:
        """Forget marks on rows that are gone: a bulk act must not touch what cannot be seen."""
        if self._marks:
            kept = self._marks & {self._rows.id_at(index) for index in range(self._rows.count)}
            if kept != self._marks:
                self._marks = kept
                self.post_message(self.Marked(self, kept))

    def _tell(self) -> None:
        """Say that the cursor stands on another row."""
        if self.follow is not None:
            self.follow(self)
        self.post_message(self.Highlighted(self, self._cursor, self.current))
