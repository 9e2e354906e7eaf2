"""Offers side by side, before anything is bought: the list, and the offer under the cursor in full.

It opens with what a list can show at once. The rules and the costs of a year come in slices, those in sight first, while
keys get their turn; what is known is kept until the day or the catalogue is another one.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content

from simtui.comparing import Comparison, Offering
from simtui.domain.calendar import Day
from simtui.i18n import _, current
from simtui.text import shown
from simtui.tui.arrangement import Layout, layout_for
from simtui.tui.board import Board
from simtui.tui.intents.serving import Serving
from simtui.tui.keys import Context, bindings
from simtui.tui.offer_board import OfferBoard
from simtui.tui.views import offers
from simtui.tui.views.layout import Line
from simtui.tui.widgets.canvas import Canvas, Painted
from simtui.tui.widgets.rows import RowList

if TYPE_CHECKING:
    from simtui.catalogue import Catalogue

BUDGET = 0.005
"""Seconds that reckoning may take before keys get their turn; the last thing reckoned may take longer."""

TURN = 0.005
"""Seconds that keys get: one takes several rounds of the event loop."""

REORDER_EVERY = 0.4
"""Seconds between two new orders of the list while costs come in: it must not jump about under the eye."""


class OffersScreen(Serving):
    """The list and one offer in full; `added` is the line that was added from here, if any."""

    AUTO_FOCUS = "#offers"
    BINDINGS: ClassVar[list[BindingType]] = bindings("offers", "everywhere")
    DEFAULT_CSS = """
    OffersScreen { layout: vertical; }
    OffersScreen #offers-body { height: 1fr; layout: horizontal; }
    OffersScreen #offers { width: 1fr; }
    OffersScreen #offer { width: 36%; min-width: 44; }
    OffersScreen.layout-small #offers-body { layout: vertical; }
    OffersScreen.layout-small #offer, OffersScreen.layout-phone #offer { width: 100%; }
    """
    context: ClassVar[Context] = "offers"

    def __init__(self, board: Board, known: OfferBoard | None) -> None:
        super().__init__()
        self.board = board
        self.active = "offers"
        self.saved = ""
        self.added: int | None = None
        self.offers = self._current(known)
        self._reading = False
        self._drawn: tuple[str, bool, int, str] | None = None
        self.list = RowList(id="offers", classes="pane", can_mark=False, gutter=1)
        self.offer = Canvas(id="offer", classes="pane")
        self.footer = Painted(id="footer")

    def compose(self) -> ComposeResult:
        """The list, the offer, the keys."""
        yield Container(self.list, self.offer, id="offers-body")
        yield self.footer

    def on_mount(self) -> None:
        """Draw for the first time, on the offer that the cursor was on, and begin to learn the rest."""
        self.offer.can_focus = True
        self.list.follow = lambda _rows: self._draw_offer()
        self.offer.resized = self._draw_offer
        self._arrange()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self._show_rows()
        if self.offers.here is not None:
            self.list.move_to_id(self.offers.here)
        self._learn()

    @on(events.Resize)
    def rearrange(self) -> None:
        """Fit everything to the terminal, once the widgets have their new sizes."""
        self._arrange()
        self.call_after_refresh(self._show_rows)

    def _arrange(self) -> None:
        kind = self.layout_kind
        phone = kind is Layout.PHONE
        for each in Layout:
            self.set_class(each is kind, f"layout-{each.value}")
        self.set_class(self._reading, "reading")
        self.list.display = not phone or not self._reading
        self.offer.display = not phone or self._reading
        self.list.lay_out(row_height=2 if phone else 1)

    @property
    def layout_kind(self) -> Layout:
        """How much room there is."""
        return layout_for(self.size.width, self.size.height)

    @property
    def offering(self) -> Offering | None:
        """The offer under the cursor."""
        return self.offers.comparison.offering(self.list.current)

    # The board ---------------------------------------------------------------------------------------------------

    def _current(self, known: OfferBoard | None) -> OfferBoard:
        """Return what is known already, or begin anew on another day or with another catalogue."""
        today = Day.parse_iso(self.board.today)
        before = None if known is None else known.comparison
        if known is not None and before is not None and before.today == today and before.catalogue is self._catalogue:
            return known
        anew = OfferBoard(Comparison(self._catalogue, today))
        if known is not None:
            anew.sort, anew.backwards, anew.filters, anew.here = known.sort, known.backwards, known.filters, known.here
            anew.set_filter(known.filter_text)
        return anew

    @property
    def _catalogue(self) -> Catalogue:
        return self.desk.catalogue

    def reload(self) -> None:
        """Ask the desk again and draw what changed."""
        self.board.refresh()
        self.show_board()

    def show_board(self) -> None:
        """Show the offers as they are now; on another day, or after a change of the user's own, all over again."""
        before = self.offers
        self.offers = self._current(before)
        self._drawn = None
        self._show_rows()
        if self.offers is not before:
            self._learn()

    def _show_rows(self) -> None:
        rows = offers.OfferRows(self.offers.rows, two_lines=self.layout_kind is Layout.PHONE)
        empty = _("No offer fits the filter. Esc takes it away.")
        if not self.offers.comparison.complete:
            empty = _("Looking through the offers …")
        self.list.show(rows, empty=[[(empty, "muted")]])
        self.draw()

    @work(exclusive=True, group="learn")
    async def _learn(self) -> None:
        """Learn about the offers, those in sight first, and show what there is so far."""
        comparison = self.offers.comparison
        ordered = time.monotonic()
        while not comparison.complete:
            end = time.monotonic() + BUDGET
            for _one in comparison.steps(self._in_sight()):
                if time.monotonic() >= end:
                    break
            if self.offers.needs_everything and time.monotonic() - ordered > REORDER_EVERY:
                ordered = time.monotonic()
                self._show_rows()
            else:
                self.list.redraw()
                self._draw_title()
                self._draw_offer()
            await asyncio.sleep(TURN)
        self._show_rows()

    def _in_sight(self) -> list[str]:
        """Return the offers in sight, the one under the cursor first."""
        rows = self.list.rows
        if not isinstance(rows, offers.OfferRows) or not rows.count:
            return []
        last = min(rows.count, self.list.top + self.list.page)
        here = self.list.cursor
        return [rows.id_at(place) for place in (here, *range(self.list.top, last))]

    # Drawing -----------------------------------------------------------------------------------------------------

    def draw(self) -> None:
        """Draw everything around the list."""
        self._draw_title()
        self._draw_offer()
        asleep = ("open_offer",) if self._reading else ()
        self.footer.paint([self.simtui.keymap_of_user.footer("offers", self.size.width, asleep)])

    def _draw_title(self) -> None:
        board = self.offers
        total = len(board.comparison.rows)
        title = offers.title(
            self.list.rows.count, total, board.sort, backwards=board.backwards, filtered=board.filter_text
        )
        progress = offers.progress(board.comparison.done, total)
        self._set(self.list, title, progress)

    def _set(self, widget: RowList, title: str, subtitle: str) -> None:
        above, below = Content(shown(title)), Content(shown(subtitle)) if subtitle else None
        if widget.border_title != above:
            widget.border_title = above
        if widget.border_subtitle != below:
            widget.border_subtitle = below

    def _draw_offer(self) -> None:
        """Draw the offer under the cursor, if it is another one or more is known of it."""
        row, width = self.offering, self.offer.size.width
        if not self.offer.display or not width:
            return
        drawn = None if row is None else (row.id, row.plan is not None, width, current())
        if drawn is not None and drawn == self._drawn:
            return
        same = drawn is not None and self._drawn is not None and drawn[0] == self._drawn[0]
        self._drawn = drawn
        lines: list[Line] = [] if row is None else offers.detail(row, self.offers.comparison.catalogue, width - 1)
        self.offer.show(lines, top=None if same else 0)

    # Keys --------------------------------------------------------------------------------------------------------

    @work
    async def action_filter_offers(self) -> None:
        """Filter the offers while it is typed; Esc brings back the filter that was."""
        from simtui.tui.screens.prompt import Prompt

        before = self.offers.filter_text
        prompt = Prompt(
            _("Filter the offers"),
            before,
            hint=_("country:FR kind:travel esim:yes pay:alipay papers:no cost<20 grace>90 yours"),
            check=self._filter_error,
            history=self.offers.filters,
            changed=self._set_filter,
        )
        typed = await self.app.push_screen_wait(prompt)
        self._set_filter(before if typed is None else typed)
        self.offers.keep_filter()

    def _filter_error(self, typed: str) -> str:
        from simtui import comparing, words
        from simtui.domain.offer_query import parse
        from simtui.domain.query_terms import QueryError

        try:
            parse(typed, comparing.filter_names())
        except QueryError as refused:
            return words.filter_fault(refused)
        return ""

    def _set_filter(self, typed: str) -> None:
        self.offers.set_filter(typed)
        self._show_rows()

    def action_sort_offers(self) -> None:
        """Sort by the next column."""
        self.offers.next_sort()
        self._show_rows()

    def action_reverse_offers(self) -> None:
        """Reverse the order."""
        self.offers.backwards = not self.offers.backwards
        self._show_rows()

    def action_open_offer(self) -> None:
        """Go to the offer in full."""
        if self.offering is not None and not self._reading:
            self._read(reading=True)

    def action_offer_pane(self) -> None:
        """Go from the list to the offer, or back."""
        self._read(reading=not self._reading and self.offering is not None)

    @on(events.DescendantFocus)
    def focused_pane(self, event: events.DescendantFocus) -> None:
        """A click may bring the focus, too."""
        reading = event.widget is self.offer
        if reading is not self._reading:
            self._read(reading=reading)

    def _read(self, *, reading: bool) -> None:
        self._reading = reading
        self._arrange()
        (self.offer if reading else self.list).focus()
        self.call_after_refresh(self.draw)

    @on(RowList.Opened, "#offers")
    def open_row(self) -> None:
        """Enter, and a second tap, go to the offer in full."""
        self.action_open_offer()

    @work
    async def action_add_on_offer(self) -> None:
        """Add a line on the offer, and go to it."""
        from simtui.tui.screens.form import add_line_screen

        row = self.offering
        if row is None:
            return
        self.added = await self.app.push_screen_wait(add_line_screen(self.desk, offer=row.id))
        if self.added is not None:
            self.changed()
            self._leave()

    def action_copy_site(self) -> None:
        """Copy the carrier's site; nothing is started."""
        row = self.offering
        site = None if row is None or row.offer is None else row.offer.channels.site
        if site is None:
            self.say(_("No link known for this offer."))
            return
        self.copy_out(site)

    def action_leave(self) -> None:
        """Leave one level: the offer in full, the filter, the screen."""
        if self._reading:
            self._read(reading=False)
        elif self.offers.filter_text:
            self._set_filter("")
        else:
            self._leave()

    def _leave(self) -> None:
        here = self.list.current
        self.offers.here = here if isinstance(here, str) else None
        _closed = self.dismiss(None)
