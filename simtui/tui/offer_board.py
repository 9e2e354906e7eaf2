"""What the comparison of offers shows at one moment: which offers, in which order, under which filter. No Textual in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from simtui import comparing
from simtui.comparing import Comparison, Offering
from simtui.domain.offer_query import OfferQuery, parse
from simtui.tui.views.offers import LEARNED, SORTS, sort_offers


@dataclass(slots=True)
class OfferBoard:
    """The comparison's state; it outlives its screen, so that nothing is reckoned twice on a day.

    `filters` is what was typed before, the newest first; `here` the offer that the cursor was on.
    """

    comparison: Comparison
    sort: str = SORTS[0]
    backwards: bool = False
    filter_text: str = ""
    query: OfferQuery | None = None
    filters: list[str] = field(default_factory=list)
    here: str | None = None

    @property
    def rows(self) -> list[Offering]:
        """The offers to show, in their order."""
        query = self.query
        rows = self.comparison.rows
        kept = rows if query is None else [row for row in rows if query.matches(row)]
        return sort_offers(kept, self.sort, backwards=self.backwards)

    @property
    def needs_everything(self) -> bool:
        """Whether it depends on facts that are still being learned which rows stand where."""
        return self.query is not None or self.sort in LEARNED

    def set_filter(self, text: str) -> None:
        """Filter by what was typed; `QueryError` where it cannot be made sense of."""
        self.query = parse(text, comparing.filter_names()) if text.strip() else None
        self.filter_text = text.strip()

    def keep_filter(self) -> None:
        """Remember the filter, so that it can be brought back."""
        if self.filter_text:
            self.filters = [self.filter_text, *(each for each in self.filters if each != self.filter_text)][:20]

    def next_sort(self) -> None:
        """Sort by the next column."""
        self.sort = SORTS[(SORTS.index(self.sort) + 1) % len(SORTS)]
