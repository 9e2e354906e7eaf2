"""What a newer version's facts do to lines that nobody touched: "rules changed for your lines: old date → new date".

The rows of the last run say what each line came to, on which day, from which acts and by which rule. Where only the rule
is another one now, the line is reckoned once more for that same day; what differs is the new rule's doing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simtui.domain.calendar import Day
from simtui.holding import outlook_of, standing_on

if TYPE_CHECKING:
    from simtui.desk import Desk
    from simtui.holding import Holding
    from simtui.outlook import Outlook


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A line whose dates another rule has moved; days are ISO text, empty where there is none."""

    holding: Holding
    last_day: tuple[str, str]
    final_day: tuple[str, str]


def rule_changes(before: Iterable[Outlook], desk: Desk) -> Sequence[RuleChange]:
    """Return the lines whose dates differ from those of the last run because of their rule alone, by id."""
    old_rows = {row.id: row for row in before}
    found = []
    for holding in desk.each_holding():
        old = old_rows.get(holding.id)
        if old is None or (old.rule, old.revision) == (holding.rule_digest, holding.revision):
            continue
        if old.revision != holding.revision or old.offer_id != holding.offer.id:
            continue
        now = outlook_of(standing_on(holding, Day.parse_iso(old.today)), "")
        change = RuleChange(holding, (old.last_day, now.last_day), (old.final_day, now.final_day))
        if change.last_day[0] != change.last_day[1] or change.final_day[0] != change.final_day[1]:
            found.append(change)
    return found
