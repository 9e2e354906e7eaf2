"""The dashboard: lines by urgency on the left; standing, balances, plans on the right; the year below.

It draws a `Board` and turns keys into intents (`intents.py`). A move of the cursor redraws only what differs, in the
same update as the cursor itself.
"""

from __future__ import annotations

import asyncio
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget

from simtui.i18n import _, current
from simtui.text import shown
from simtui.tui.arrangement import NARROW, PANES, Layout, layout_for, shown_panes
from simtui.tui.board import Board
from simtui.tui.intents import Intents
from simtui.tui.keys import bindings
from simtui.tui.views import line_list, top, year
from simtui.tui.views.empty import first_steps
from simtui.tui.views.layout import Line, shown_name
from simtui.tui.widgets.canvas import Canvas, Painted
from simtui.tui.widgets.rows import RowList

if TYPE_CHECKING:
    from simtui.holding import Holding
    from simtui.tui.side import Side

NEED_LINES = frozenset({"record", "edit", "filter", "told", "copy", "sort", "timeline"})
"""Actions that the footer leaves out where there is no line yet."""

WARM = 120
"""How many lines are prepared ahead."""


class DashboardScreen(Intents):
    """One screen that tells all."""

    AUTO_FOCUS = "#lines"
    BINDINGS: ClassVar[list[BindingType]] = bindings("dashboard", "everywhere")

    def __init__(self, board: Board) -> None:
        super().__init__()
        self.board = board
        self.active = "lines"
        self.side = "standing"
        self.zoomed = False
        self.saved = ""
        self.top_line, self.detail, self.footer = Painted(id="top"), Painted(id="detail"), Painted(id="footer")
        self.lines = RowList(id="lines", classes="pane")
        self.standing = Canvas(id="standing", classes="pane")
        self.balances = Canvas(id="balances", classes="pane")
        self.plans = RowList(id="plans", can_mark=False, gutter=1)
        self.plan_box = Container(self.plans, self.detail, id="plan-box", classes="pane")
        self.history = RowList(id="history", classes="pane", can_mark=False, gutter=1)
        self.year = Canvas(id="year", classes="pane")

    def compose(self) -> ComposeResult:
        """Lay out the panes; which of them show is decided by `place_panes`."""
        yield self.top_line
        with Container(id="body"):
            yield self.lines
            with Container(id="side"):
                yield from (self.standing, self.balances, self.plan_box, self.history)
        yield self.year
        yield self.footer

    @property
    def holding(self) -> Holding | None:
        """The line under the cursor."""
        return self.board.holding(self.lines.current)

    def on_mount(self) -> None:
        """Draw for the first time."""
        self.standing.can_focus = self.year.can_focus = True
        self.lines.follow = lambda _rows: self.draw_side()
        self.plans.follow = lambda _rows: self.draw_detail()
        for pane in (self.standing, self.balances, self.plans, self.history, self.year):
            pane.resized = self.draw_side
        self.place_panes()
        self.show_board()

    @on(events.Resize)
    def rearrange(self) -> None:
        """Fit the panes to the terminal; the views are laid out to the new widths after that."""
        self.place_panes()
        self.call_after_refresh(self.draw)

    # Arranging ---------------------------------------------------------------------------------------------------

    @property
    def layout_kind(self) -> Layout:
        """How much room there is."""
        return layout_for(self.size.width, self.size.height)

    @property
    def two_line_rows(self) -> bool:
        """Whether a row of the list needs two lines."""
        return self.size.width < NARROW

    def place_panes(self) -> None:
        """Show the panes that belong on the screen now."""
        kind = self.layout_kind
        shown = shown_panes(kind, self.active, self.side, zoomed=self.zoomed)
        for each in Layout:
            self.set_class(each is kind, f"layout-{each.value}")
        self.set_class(self.zoomed, "zoomed")
        for name in ("lines", "standing", "balances", "plans", "history", "year"):
            self.query_one(f"#{name}").display = name in shown
        inside = {"standing", "balances", "plans", "history"} & shown
        self.plan_box.display = "plans" in shown
        self.query_one("#side").display = bool(inside)
        self.query_one("#body").display = bool(inside) or "lines" in shown
        tall = self.two_line_rows
        self.lines.lay_out(row_height=2 if tall else 1, gutter=1 if tall else 2)

    def go_to(self, pane: str) -> None:
        """Bring a pane to the screen and give it the focus."""
        self.active = pane
        if pane != "lines":
            self.side = pane
        self.place_panes()
        self.draw_side()
        self.query_one(f"#{pane}").focus()
        self.call_after_refresh(self.draw)

    @on(events.DescendantFocus)
    def focused_pane(self, event: events.DescendantFocus) -> None:
        """A click may bring the focus, too."""
        name = event.widget.id or ""
        if name in PANES and name != self.active:
            self.go_to(name)

    # Drawing -----------------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Ask the desk again and draw what changed."""
        self.board.refresh()
        self.show_board()

    def show_board(self) -> None:
        """Give the list its rows and draw everything."""
        rows = line_list.LineRows(self.board.rows, self.board.look, two_lines=self.two_line_rows)
        self.lines.show(rows, empty=self._empty())
        self.draw()

    def draw(self) -> None:
        """Draw everything to the present widths; widgets send only what differs."""
        self.draw_top()
        self.draw_side()
        self.draw_footer()

    def draw_top(self) -> None:
        """Draw the top line and the titles."""
        width = self.size.width
        board = self.board
        phone = self.layout_kind is Layout.PHONE
        # A list on a phone has no edge that could tell what was begun.
        banner = (self.resume_text(width - 1) if phone else "") or board.banner
        header = top.Header(board.all_rows, banner, self._state(), reading=not board.complete)
        if phone:
            lines: list[Line] = top.phone_top(header, width)
        else:
            lines = [top.top_line(header, width)]
        self.top_line.paint(lines)
        self._titles()

    def on_key(self, event: events.Key) -> None:
        """Any key but Enter takes the offer to go on with a renewal away; without any line no row takes the Enter."""
        if event.key != "enter":
            self.forget_resume()
        elif self.resume is not None and not self.board.all_rows:
            event.stop()
            self.open_renewal(self.resume.id)

    def _state(self) -> str:
        """That nothing can be changed, or when something was saved; and the languages there are."""
        desk = self.board.desk
        stuck = desk is not None and desk.repository.read_only_reason
        languages = "中文/EN" if current() == "zh" else "EN/中文"
        return "  ".join(part for part in (_("READ ONLY") if stuck else self.saved, languages) if part)

    def _titles(self) -> None:
        board = self.board
        order = line_list.sort_name(board.sort) + (" ↓" if board.backwards else "")
        lines = "1 {} ({})  {}".format(_("Lines"), len(board.rows), order)
        if board.filter_text:
            lines += f"  / {board.filter_text}"
        history = _("History")
        if board.without_proof:
            history += " ({})".format(_("without proof"))
        self._title(self.lines, lines)
        told = self.resume_text(max(20, self.lines.size.width - 4)) or (
            board.banner if self.layout_kind is Layout.SMALL else ""
        )
        self.lines.border_subtitle = Content(shown(told)) if told else None
        self._title(self.standing, self._pane_title("standing", _("Standing")))
        self._title(self.balances, _("Balances"))
        self._title(self.plan_box, self._pane_title("plans", _("Plans")))
        self._title(self.year, self._pane_title("year", _("Next twelve months")))
        self._title(self.history, self._pane_title("history", history))

    def _pane_title(self, pane: str, name: str) -> str:
        """The number that brings a pane, and its name.

        On a small screen also the panes that hide behind it; on a phone, which shows no list beside it, the line's name.
        """
        title = f"{PANES.index(pane) + 1} {name}"
        if self.layout_kind is Layout.PHONE:
            row = None if pane == "year" else self.board.row(self.lines.current)
            return title if row is None else f"{title}  {shown_name(row.name, row.number, self.board.look)}"
        if self.layout_kind is not Layout.SMALL:
            return title
        names = {"standing": _("Standing"), "plans": _("Plans"), "year": _("Year"), "history": _("History"), pane: name}
        tabs = [f"{PANES.index(key) + 1} {each}" for key, each in names.items()]
        return "  ".join(f"[{tab}]" if tab == title else tab for tab in tabs)

    def _title(self, widget: Widget, title: str) -> None:
        content = Content(shown(title))
        if widget.border_title != content:
            widget.border_title = content

    def draw_side(self) -> None:
        """Draw what belongs to the line under the cursor, as far as it is on the screen."""
        self.draw_year()
        if self.layout_kind is Layout.PHONE:
            self._titles()
        if self.board.desk is None:
            return
        holding = self.holding
        if holding is None:
            self.sides.clear(self)
        else:
            self.sides.draw(self, holding)

    def draw_detail(self) -> None:
        """Draw the lines beneath the plans."""
        if self.holding is not None:
            self.sides.draw_detail(self, self.holding)

    @cached_property
    def sides(self) -> Side:
        """The views of lines, loaded with the domain after the first frame."""
        from simtui.tui.side import Side

        return Side()

    async def warm_up(self) -> None:
        """Make the views of the first lines while nobody waits, so that the first moves are as quick as later ones."""
        for row in self.board.rows[:WARM]:
            holding = self.board.holding(row.id)
            if holding is not None:
                self.sides.prepare(self, holding)
            await asyncio.sleep(0)

    def draw_year(self) -> None:
        """Draw the year strip."""
        widget, board = self.year, self.board
        if widget.display and board.today:
            row = board.row(self.lines.current)
            here = "" if row is None else row.last_day[:7]
            lines = year.year_lines(board.months, board.today, here, widget.size.width)
            widget.set_class(len(lines) > 2, "-tall")
            widget.show(lines)

    def draw_footer(self) -> None:
        """Draw the keys that work now."""
        asleep = frozenset() if self.board.all_rows or not self.board.complete else NEED_LINES
        self.footer.paint([self.simtui.keymap_of_user.footer("dashboard", self.size.width, asleep)])

    def _empty(self) -> list[Line]:
        """Return what the list shows without rows: the first steps, or that the filter hides all."""
        width = max(20, self.lines.size.width or self.size.width - 4)
        if not self.board.complete:
            return [[(_("Reading your lines …"), "muted")]]
        if self.board.filter_text:
            return [[(_("No line fits the filter. Esc takes it away."), "muted")]]
        return first_steps(width, restricted=self.simtui.options.restricted)
