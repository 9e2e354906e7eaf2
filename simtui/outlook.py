"""A line at a glance: the plain facts of one row, without records behind them.

Lists, counts, the filter, the year strip and `due` need only this much. Being plain, it is kept between two starts
(`glance.py`), so that the first frame need not wait for records and rules: nothing here imports the domain.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

URGENCY = ("rescue", "due", "unknown", "paid", "soon", "safe", "lost")
"""The order of the list. `paid` is a renewal that was paid and that nobody has seen take effect."""


LOUD = ("rescue", "due", "unknown")
"""The phases in which the banner says what to do."""

GUESS, STATED = 0, 3
"""The weakest and the surest of `domain.reckoning.Certainty`, as its numbers."""


class Outlook(NamedTuple):
    """One row, which is also what a filter looks at (`domain.query.Row`). Days are ISO text, empty where unknown.

    `verified` is false while a payment was made that nobody has seen take effect. `revision` tells
    whether the line or its acts were changed since, `rule` whether the offer's rule is another one, `may_be_lost` that it
    was lost lately by a guessed date. `snoozed` is the day on which the alarms of a line that is silent today begin again,
    `reminder` the kind of what a line that renews itself asks for now. `last_day` is the day shown: the standing's next day. `certainty` and
    `final_certainty` are those of `domain.reckoning.Certainty`.
    """

    id: int
    phase: str
    name: str
    number: str
    grouped: str
    offer_en: str
    offer_zh: str
    offer_id: str
    carrier: str
    country: str
    kind: str
    state: str
    last_day: str
    days_left: int | None
    final_day: str
    loses: str
    certainty: int
    final_certainty: int
    by_itself: bool
    verified: bool
    paid_at: str
    holder: str
    tags: str
    has_proof: bool
    today: str
    revision: str
    rule: str
    may_be_lost: bool
    snoozed: str = ""
    reminder: str = ""

    @property
    def label(self) -> str:
        """What the user calls the line, else its number: what a filter's words are looked for in."""
        return self.name

    @property
    def offer_words(self) -> str:
        """The names of offer and carrier, in all languages, and the offer's id."""
        return f"{self.offer_en} {self.offer_zh} {self.carrier} {self.offer_id}"

    @property
    def is_held(self) -> bool:
        """Whether the line is still the user's: not archived, not ported away."""
        return self.state in ("active", "letting_go")

    @property
    def is_active(self) -> bool:
        """Whether the user wants to keep the line."""
        return self.state == "active"

    @property
    def alarms(self) -> bool:
        """Whether the user wants to hear about the line today."""
        return self.is_active and not self.snoozed

    @property
    def urgency(self) -> tuple[int, int, str]:
        """Sort key: the most urgent first; lines without alarms last."""
        rank = URGENCY.index(self.phase) + (0 if self.alarms else len(URGENCY))
        return rank, self.days_left if self.days_left is not None else 10**6, self.name


def most_urgent(rows: Iterable[Outlook]) -> Outlook | None:
    """Return the row that comes first by urgency among those that the user wants to hear about, None without any."""
    heard = [row for row in rows if row.alarms]
    for phase in URGENCY:
        found = [row for row in heard if row.phase == phase]
        if found:
            return min(found, key=lambda row: row.urgency)
    return None


def counts(rows: Iterable[Outlook]) -> dict[str, int]:
    """Return how many lines are in each phase, those without alarms left out."""
    found = dict.fromkeys(URGENCY, 0)
    for row in rows:
        if row.alarms:
            found[row.phase] += 1
    return found


def mark(certainty: int) -> str:
    """Return the sign before a date: `=` stated by the operator, `~` a guess."""
    return {STATED: "=", GUESS: "~"}.get(certainty, "")
