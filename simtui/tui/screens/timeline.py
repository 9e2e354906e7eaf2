"""The timeline: what becomes of each line over the coming months if nothing is done, and today moved on to see it.

The rows are those of the dashboard, in its order and under its filter. Only what is in sight is reckoned; what does not
fit one turn is filled in while keys get theirs, and so are the counts of all lines.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Hashable
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content

from simtui.domain.calendar import Day, Period, after
from simtui.holding import Holding
from simtui.i18n import _
from simtui.outlook import Outlook
from simtui.text import shown
from simtui.tui.arrangement import Layout, layout_for
from simtui.tui.board import Board
from simtui.tui.futures import Futures, all_on_day
from simtui.tui.intents.serving import Serving
from simtui.tui.keys import Context, bindings
from simtui.tui.views import line_list, timeline
from simtui.tui.views.layout import shown_name
from simtui.tui.views.window import ZOOMS
from simtui.tui.widgets.canvas import Painted
from simtui.tui.widgets.rows import RowList

TURN = 0.005
"""Seconds that keys get before the reckoning goes on: one key takes several rounds of the event loop."""

MOST_AHEAD = Period(years=10)
"""How far today can be moved on."""


class TimelineScreen(Serving):
    """A bar a line; `chosen` is the line to go back to, once Enter has left the screen."""

    AUTO_FOCUS = "#timeline"
    BINDINGS: ClassVar[list[BindingType]] = bindings("timeline", "everywhere")
    DEFAULT_CSS = """
    TimelineScreen { layout: vertical; }
    TimelineScreen #pointer, TimelineScreen #legend { height: 1; }
    TimelineScreen #what { height: 2; }
    TimelineScreen.layout-small #what { height: 1; }
    TimelineScreen.layout-phone #legend { height: 2; }
    """
    context: ClassVar[Context] = "timeline"

    def __init__(self, board: Board, here: Hashable | None) -> None:
        super().__init__()
        self.board = board
        self.active = "timeline"
        self.saved = ""
        self.chosen: int | None = None
        self.months = 12
        self.base = self.day = Day.parse_iso(board.today)
        self._here = here
        self._listed: list[Outlook] = []
        self._futures = Futures(on_starved=self._feed)
        self._filling = False
        self._counts: Counter[str] | None = None
        self.top_line, self.pointer, self.what = Painted(id="top"), Painted(id="pointer"), Painted(id="what")
        self.legend, self.footer = Painted(id="legend"), Painted(id="footer")
        self.lines = RowList(id="timeline", can_mark=False)
        self.box = Container(self.pointer, self.lines, id="timeline-box", classes="pane")

    def compose(self) -> ComposeResult:
        """One list under its scale, the line under the cursor in words, and what the signs mean."""
        yield from (self.top_line, self.box, self.what, self.legend, self.footer)

    def on_mount(self) -> None:
        """Draw for the first time, on the line that the dashboard was on."""
        self.lines.follow = lambda _rows: self._draw_what()
        self._arrange()

    @on(events.Resize)
    def rearrange(self) -> None:
        """Fit everything to the terminal, once the widgets have their new sizes."""
        self._arrange()
        self.call_after_refresh(self.show_board)

    def _arrange(self) -> None:
        for each in Layout:
            self.set_class(each is self.layout_kind, f"layout-{each.value}")
        phone = self.layout_kind is Layout.PHONE
        self.lines.lay_out(row_height=2 if phone else 1, gutter=1 if phone else 2)

    @property
    def layout_kind(self) -> Layout:
        """How much room there is."""
        return layout_for(self.size.width, self.size.height)

    # The board ---------------------------------------------------------------------------------------------------

    @property
    def holding(self) -> Holding | None:
        """The line under the cursor."""
        return self.board.holding(self.lines.current)

    def reload(self) -> None:
        """Ask the desk again and draw what changed."""
        self.board.refresh()
        self.show_board()

    def show_board(self) -> None:
        """Show the board's lines as they are now; a new day moves today along."""
        base = Day.parse_iso(self.board.today)
        if self.day == self.base or self.day < base:
            self.day = base
        self.base = base
        self._listed = self.board.rows
        self._show_rows()
        if self._here is not None and self.size.width:
            self.lines.move_to_id(self._here)
            self._here = None
        self._count()

    def _show_rows(self) -> None:
        phone = self.layout_kind is Layout.PHONE
        self._futures.rest()
        rows = timeline.TimelineRows(
            self._listed,
            self.board.holding,
            self._futures,
            self.base,
            self.day,
            self.months,
            self.board.look,
            two_lines=phone,
        )
        empty = _("No line fits the filter.") if self.board.filter_text else _("There is no line yet.")
        self.lines.show(rows, empty=[[(empty, "muted")]])
        self.draw()

    def _feed(self) -> None:
        """See to it that what did not fit this turn comes in the next ones."""
        if not self._filling:
            self._filling = True
            self._fill()

    @work(group="fill")
    async def _fill(self) -> None:
        """Reckon the rows in sight that did not fit one turn, a turn after the other."""
        while self._filling:
            await asyncio.sleep(TURN)
            self._futures.rest()
            self.lines.redraw()
            self._draw_what()
            self._filling = self._futures.starved

    @work(exclusive=True, group="count")
    async def _count(self) -> None:
        """Count the lines by phase on the day, a turn after the other; those that are let go are left out."""
        rows = [row for row in self._listed if row.is_active]
        holdings = [found for row in rows if (found := self.board.holding(row.id)) is not None]
        day = None if self.day == self.base else self.day
        counts: Counter[str] = Counter()
        done = 0
        for part in all_on_day(holdings, day):
            counts.update(
                timeline.shown_phase(holding, found)
                for holding, found in zip(holdings[done : done + len(part)], part, strict=True)
            )
            done += len(part)
            if done < len(holdings):
                self._show_counts(None)
                await asyncio.sleep(TURN)
        self._show_counts(counts)

    def _show_counts(self, counts: Counter[str] | None) -> None:
        self._counts = counts
        self._draw_top()

    # Drawing -----------------------------------------------------------------------------------------------------

    def draw(self) -> None:
        """Draw everything around the list."""
        width = self.size.width
        self._draw_top()
        order = line_list.sort_name(self.board.sort) + (" ↓" if self.board.backwards else "")
        title = "{} ({})  {}  {}".format(_("Timeline"), len(self._listed), order, timeline.months_word(self.months))
        if self.board.filter_text:
            title += f"  / {self.board.filter_text}"
        self.box.border_title = Content(shown(title))
        self._draw_what()
        self.legend.paint(timeline.legend_lines(width)[: self.legend.size.height])
        asleep = ("real_today", "week_back", "month_back") if self.day == self.base else ()
        self.footer.paint([self.simtui.keymap_of_user.footer("timeline", width, asleep)])

    def _draw_top(self) -> None:
        size = self.top_line.size
        self.top_line.paint(timeline.top_lines(self.day, self.base, self._counts, size.width, size.height))

    def _draw_what(self) -> None:
        """Draw the pointer above the bars, and the line under the cursor in words."""
        rows, width = self.lines.rows, self.lines.row_width
        if not isinstance(rows, timeline.TimelineRows) or not width:
            return
        gutter = self.lines.size.width - width if self.layout_kind is Layout.PHONE else 2
        before = gutter + rows.shape(width).before
        self.pointer.paint([timeline.pointer(rows.window(width), self.base, self.day, before, gutter + width)])
        holding = self.holding
        future = None if holding is None else rows.future(holding.id, width)
        if holding is None or future is None:
            self.what.paint([])
        else:
            name = shown_name(holding.line.name, holding.line.number, self.board.look)
            lines = timeline.detail(future, name, self.day, self.what.size.width)
            self.what.paint(lines[: self.what.size.height])

    # Keys --------------------------------------------------------------------------------------------------------

    def action_shift_weeks(self, weeks: int) -> None:
        """Move today by weeks."""
        self._move_to(after(self.day, Period(weeks=weeks)))

    def action_shift_months(self, months: int) -> None:
        """Move today by months."""
        self._move_to(after(self.day, Period(months=months)))

    def action_real_today(self) -> None:
        """Bring today back."""
        self._move_to(self.base)

    def action_rescale(self, step: int) -> None:
        """Show the next smaller (-1) or larger number of months."""
        self._zoom_to(ZOOMS.index(self.months) + step)

    def action_zoom_round(self) -> None:
        """Show the next larger number of months, after the largest the smallest."""
        self._zoom_to((ZOOMS.index(self.months) + 1) % len(ZOOMS))

    def action_leave(self) -> None:
        """Bring today back; with today in its place, go back to the dashboard."""
        if self.day != self.base:
            self.action_real_today()
        else:
            _closed = self.dismiss(None)

    def action_open_line(self) -> None:
        """Go back to the dashboard, on the line under the cursor."""
        self.chosen = None if self.holding is None else self.holding.id
        _closed = self.dismiss(None)

    @on(RowList.Opened, "#timeline")
    def open_row(self) -> None:
        """Enter, and a second tap, go back to the dashboard on that line."""
        self.action_open_line()

    def _move_to(self, day: Day) -> None:
        """Move today, never before the real one: what was is in the history."""
        day = max(self.base, min(day, after(self.base, MOST_AHEAD)))
        if day != self.day:
            self.day = day
            self._show_rows()
            self._count()

    def _zoom_to(self, place: int) -> None:
        months = ZOOMS[max(0, min(place, len(ZOOMS) - 1))]
        if months != self.months:
            self.months = months
            self._show_rows()
