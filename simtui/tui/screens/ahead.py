"""The plan ahead on a screen of its own: acts by day above, what they come to below."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from simtui import planning, typed
from simtui.errors import InputError
from simtui.i18n import _
from simtui.planning import Planned
from simtui.text import shown, told
from simtui.tui.arrangement import NARROW
from simtui.tui.intents.serving import Serving
from simtui.tui.keys import Context, bindings
from simtui.tui.views import ahead
from simtui.tui.views.ahead import AheadRows
from simtui.tui.widgets.canvas import Canvas, Painted
from simtui.tui.widgets.rows import RowList

if TYPE_CHECKING:
    from simtui.domain.calendar import Day
    from simtui.holding import Holding
    from simtui.tui.board import Board

TELL_EVERY = 50
"""After how many lines the title says how far the planning has come: about every fifth of a second."""

MOST_TOTALS = 8


class AheadScreen(Serving):
    """The acts by day; `chosen` is the line to go back to, once Enter has left the screen."""

    AUTO_FOCUS = "#acts"
    BINDINGS: ClassVar[list[BindingType]] = bindings("planning", "everywhere")
    DEFAULT_CSS = """
    AheadScreen {
        layout: vertical;
    }
    AheadScreen #acts {
        height: 1fr;
    }
    AheadScreen #together {
        height: 4;
    }
    AheadScreen #keys {
        height: 1;
    }
    """

    context: ClassVar[Context] = "planning"

    def __init__(self, board: Board, chosen: Collection[int]) -> None:
        """Take the board, and the ids of the lines that were chosen; all active ones are one key away."""
        super().__init__()
        self.board = board
        self.active = "planning"
        self.saved = ""
        self.chosen: int | None = None
        self._ids = chosen
        self._all = not chosen and board.query is None
        self._until: Day | None = None
        self._planned: list[Planned] = []
        self.lines = RowList(id="acts", classes="pane", can_mark=False, gutter=1)
        self._together = Canvas(id="together", classes="pane")
        self._keys = Painted(id="keys")

    def compose(self) -> ComposeResult:
        """The list, the totals, the keys."""
        yield from (self.lines, self._together, self._keys)

    def on_mount(self) -> None:
        """Begin to plan."""
        self.show_board()

    @property
    def _meant(self) -> Sequence[Holding]:
        """The lines to plan for, as they are now."""
        rows = [row for row in self.board.all_rows if (row.is_active if self._all else row.id in self._ids)]
        held = (self.board.holding(row.id) for row in rows)
        return [holding for holding in held if holding is not None]

    @property
    def holding(self) -> Holding | None:
        """The line that the act under the cursor is for."""
        rows = self.lines.rows
        return (
            self.board.holding(rows.line_at(self.lines.cursor)) if isinstance(rows, AheadRows) and rows.count else None
        )

    def reload(self) -> None:
        """Ask the desk again and plan anew."""
        self.board.refresh()
        self.show_board()

    def show_board(self) -> None:
        """Plan anew for the board's lines, after a change in this or another session."""
        self._together.border_title = Content(shown(_("Together")))
        self.plan()

    @work(exclusive=True, group="planning")
    async def plan(self) -> None:
        """Plan line by line, so that keys get their turn, and show what there is so far."""
        self._planned = []
        next_drawn = TELL_EVERY
        for number, holding in enumerate(self._meant, 1):
            self._planned.append(planning.plan_of(holding, self._until))
            if number == next_drawn:
                # Ever more rarely: all acts are sorted anew.
                next_drawn *= 2
                self.draw()
            elif number % TELL_EVERY == 0:
                self._tell_progress()
            await asyncio.sleep(0)
        self.draw()

    def draw(self) -> None:
        """Draw what has been planned so far."""
        phone = self.size.width < NARROW
        self.set_class(phone, "-phone")
        self.lines.lay_out(row_height=2 if phone else 1)
        self._tell_progress()
        rows = AheadRows.of(self._planned, self.board.look, two_lines=phone)
        self.lines.show(rows, empty=[[(_("No active lines to plan for."), "muted")]])
        lines = ahead.together(self._planned, max(20, self.size.width - (1 if phone else 5)), self.board.look)
        frame = 1 if phone else 2
        self._together.styles.height = min(len(lines), MOST_TOTALS, max(2, self.size.height // 3)) + frame
        self._together.show(lines, top=0)
        keymap = self.simtui.keymap_of_user
        self._keys.paint([keymap.footer("planning", self.size.width)])

    def _tell_progress(self) -> None:
        title = ahead.ahead_title(self._planned, len(self._planned), len(self._meant))
        self.lines.border_title = Content(shown(title))

    @on(events.Resize)
    def rearrange(self) -> None:
        """Lay everything out to the new size."""
        self.call_after_refresh(self.draw)

    @on(RowList.Opened)
    def open_line(self, message: RowList.Opened) -> None:
        """Go to the line of a row."""
        rows = self.lines.rows
        if isinstance(rows, AheadRows):
            self._leave(rows.line_at(message.index))

    def action_plan_all(self) -> None:
        """Plan for all active lines, or for those that were chosen."""
        if self._ids:
            self._all = not self._all
            self.plan()

    @work
    async def action_plan_until(self) -> None:
        """Ask for the day to plan to."""
        from simtui.tui.screens.prompt import Prompt

        hint = _("such as 2027-06-30; empty: a year")
        before = "" if self._until is None else self._until.format_iso()
        answer = await self.app.push_screen_wait(Prompt(_("Plan until"), before, hint=hint, check=self._wrong))
        if answer is not None:
            self._until = self._day(answer)
            self.plan()

    @work
    async def action_help(self) -> None:
        """The keys of this screen, and how the plan is made."""
        from simtui.tui.screens.message import Message
        from simtui.tui.views.help import planning_help

        keymap = self.simtui.keymap_of_user
        await self.app.push_screen_wait(Message(_("Help"), lambda width: planning_help(keymap, width)))

    def action_leave(self) -> None:
        """Go back to the dashboard."""
        self._leave(None)

    def _leave(self, line_id: int | None) -> None:
        self.chosen = line_id
        self.workers.cancel_node(self)
        # A screen cannot wait for its own end.
        _closed = self.dismiss(None)

    def _day(self, text: str) -> Day | None:
        if not text.strip() or not self._meant:
            return None
        today = min(holding.today for holding in self._meant)
        return planning.checked_end(typed.day(text, today, ahead=True), today)

    def _wrong(self, text: str) -> str:
        try:
            self._day(text)
        except InputError as refused:
            return told(refused)
        return ""
