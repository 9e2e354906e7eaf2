"""What the dashboard shows at one moment: rows, order, filter, the line under the cursor. No Textual in it.

It begins with the rows of the last run (`glance.py`) and gets its desk once everything is loaded; nothing here imports
the domain before that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from simtui.outlook import LOUD, Outlook, most_urgent
from simtui.tui.views.layout import Look
from simtui.tui.views.line_list import SORTS, sort_rows
from simtui.tui.views.year import Month, months_of

if TYPE_CHECKING:
    from simtui.desk import Desk
    from simtui.domain.query import Query
    from simtui.holding import Holding

SLICE = 16
"""How many lines are reckoned before keys get their turn: 2 to 3 ms, as a key needs several turns until it is drawn."""


@dataclass(slots=True)
class Board:
    """The dashboard's state. `refresh` asks the desk again; everything else is derived.

    `filter_text` is what the user typed, `query` what it means, `filters` what was typed before, the newest first.
    `complete` is false while rows are still coming in.
    """

    desk: Desk | None = None
    look: Look = field(default_factory=Look)
    sort: str = "urgency"
    backwards: bool = False
    filter_text: str = ""
    filters: list[str] = field(default_factory=list)
    query: Query | None = None
    without_proof: bool = False
    all_rows: Sequence[Outlook] = ()
    banner: str = ""
    today: str = ""
    complete: bool = False
    months: Mapping[str, Month] = field(default_factory=dict)
    _kept: dict[int, tuple[Holding, Outlook]] = field(default_factory=dict)

    def refresh(self) -> None:
        """Ask the desk for the lines as they stand; rows of unchanged lines are kept."""
        for _part in self.refresh_in_slices():
            pass

    def refresh_in_slices(self) -> Iterator[int]:
        """Refresh, and stop after every few lines so that keys get their turn; yields how many are done."""
        if self.desk is None:
            return
        kept: dict[int, tuple[Holding, Outlook]] = {}
        for number, holding in enumerate(self.desk.each_holding(), 1):
            before = self._kept.get(holding.id)
            row = before[1] if before is not None and before[0] is holding else self._row(holding)
            kept[holding.id] = (holding, row)
            if number % SLICE == 0:
                yield number
        self._kept = kept
        self.all_rows = [row for _holding, row in kept.values()]
        self.months = months_of(self.all_rows)
        self.complete = True
        self.today = self._today()
        self.banner = self._banner()

    def forget_words(self) -> None:
        """Make all rows anew, after a change of language."""
        self._kept = {}
        self.refresh()

    def holding(self, line_id: object) -> Holding | None:
        """Return the line of that id, None where there is none or it is not loaded yet."""
        found = self._kept.get(line_id) if isinstance(line_id, int) else None
        return None if found is None else found[0]

    def row(self, line_id: object) -> Outlook | None:
        """Return the row of a line."""
        found = self._kept.get(line_id) if isinstance(line_id, int) else None
        return None if found is None else found[1]

    def carrier(self, holding: Holding) -> str:
        """Return the name of a line's operator in the current language."""
        from simtui import words

        entry = None if self.desk is None else self.desk.catalogue.carrier_of(holding.offer.id)
        return "" if entry is None else words.text(entry.name)

    @property
    def days(self) -> Mapping[str, str]:
        """The day by time zone that the rows were made on."""
        zones = {held.line.zone or held.offer.zone: held.today for held, _row in self._kept.values()}
        return {zone: day.format_iso() for zone, day in zones.items()}

    @property
    def rows(self) -> list[Outlook]:
        """The rows to show: filtered and sorted. Without a filter, archived and ported lines stay away."""
        query = self.query
        if query is not None:
            kept = [row for row in self.all_rows if query.matches(row)]
        else:
            kept = [row for row in self.all_rows if row.is_held]
        return sort_rows(kept, self.sort, backwards=self.backwards)

    def keep_filter(self) -> None:
        """Remember the filter, so that it can be brought back."""
        if self.filter_text:
            self.filters = [self.filter_text, *(each for each in self.filters if each != self.filter_text)][:20]

    def next_sort(self) -> None:
        """Sort by the next column."""
        self.sort = SORTS[(SORTS.index(self.sort) + 1) % len(SORTS)]

    def _row(self, holding: Holding) -> Outlook:
        from simtui.holding import outlook_of

        return outlook_of(holding, self.carrier(holding))

    def _banner(self) -> str:
        from simtui.domain.whatif import cheapest
        from simtui.tui.views.banner import banner

        row = most_urgent([row for row in self.all_rows if row.phase in LOUD or row.may_be_lost])
        if row is None:
            row = most_urgent([row for row in self.all_rows if row.reminder])
        holding = None if row is None else self.holding(row.id)
        best = None if holding is None else cheapest(holding.outcomes)
        return banner(row, holding, best, self.look)

    def _today(self) -> str:
        """Return today for the year strip: in the zone of the first line, else in UTC."""
        first = next(iter(self._kept.values()), None)
        if first is not None:
            return first[0].today.format_iso()
        return "" if self.desk is None else self.desk.today_in("Etc/UTC").format_iso()
