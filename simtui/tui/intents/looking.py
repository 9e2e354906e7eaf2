"""Filtering, sorting, going from pane to pane, opening what the cursor is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from simtui.i18n import _
from simtui.tui.arrangement import PANES
from simtui.tui.intents.base import Acting

if TYPE_CHECKING:
    from simtui.domain.query import Query


class Looking(Acting):
    """The intents that change what is shown, and nothing else."""

    _sought: Query | None = None

    @work
    async def action_filter(self) -> None:
        """Filter the lines; in the history, only payments without proof."""
        if self.active == "history":
            self.board.without_proof = not self.board.without_proof
            self.draw()
            return
        from simtui.tui.screens.prompt import Prompt

        before = self.board.filter_text
        prompt = Prompt(
            _("Filter"),
            before,
            hint=_("words, due<14, phase:rescue, country:MC, tag:…, state:archived, !…"),
            check=self._filter_error,
            history=self.board.filters,
            changed=self._set_filter,
        )
        typed = await self.app.push_screen_wait(prompt)
        self._set_filter(before if typed is None else typed)
        self.board.keep_filter()

    def _filter_error(self, typed: str) -> str:
        from simtui import words
        from simtui.domain.query import QueryError, parse

        try:
            parse(typed, words.filter_names())
        except QueryError as refused:
            return words.filter_fault(refused)
        return ""

    def _set_filter(self, typed: str) -> None:
        from simtui import words
        from simtui.domain.query import parse

        self.board.filter_text = typed.strip()
        self.board.query = parse(typed, words.filter_names()) if typed.strip() else None
        self.show_board()
        if self.board.query is not None:
            self._sought = self.board.query
            self.lines.search(self._is_hit)

    def _is_hit(self, index: int) -> bool:
        """Tell whether a row fits the last filter: after Esc has brought all rows back, n and N still go from hit to hit."""
        row = self.board.row(self.lines.rows.id_at(index))
        return row is not None and self._sought is not None and self._sought.matches(row)

    def action_sort(self) -> None:
        """Sort by the next column."""
        self.board.next_sort()
        self.show_board()

    def action_sort_reverse(self) -> None:
        """Reverse the order."""
        self.board.backwards = not self.board.backwards
        self.show_board()

    def action_pane(self, pane: str) -> None:
        """Go to a pane."""
        self.go_to(pane)

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self._step_pane(1)

    def action_previous_pane(self) -> None:
        """Go to the previous pane."""
        self._step_pane(-1)

    def _step_pane(self, step: int) -> None:
        place = PANES.index(self.active)
        self.go_to(PANES[(place + step) % len(PANES)])

    def action_zoom(self) -> None:
        """Give the pane the whole screen, or take it back."""
        self.zoomed = not self.zoomed
        self.place_panes()
        self.call_after_refresh(self.draw)

    def action_leave(self) -> None:
        """Leave one level: zoom, marks, filter, pane."""
        if self.zoomed:
            self.action_zoom()
        elif self.lines.marked:
            self.lines.mark(frozenset())
        elif self.board.filter_text:
            self._set_filter("")
        elif self.active != "lines":
            self.go_to("lines")

    @work
    async def action_timeline(self) -> None:
        """Show the months ahead; Enter there comes back to the line under its cursor."""
        if not self.board.today:
            return
        from simtui.tui.screens.timeline import TimelineScreen

        screen = TimelineScreen(self.board, self.lines.current)
        await self.app.push_screen_wait(screen)
        self.show_board()
        if screen.chosen is not None and self.lines.move_to_id(screen.chosen):
            self.go_to("lines")
