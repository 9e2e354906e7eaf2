"""Until when a line may be silent: as long as the user said, but never past its last day.

What is kept is the user's day; what holds is worked out anew from every standing, so that a last day that comes nearer
brings the alarm back by itself.
"""

from __future__ import annotations

from simtui.domain.calendar import Day
from simtui.domain.line import Line
from simtui.domain.standing import Phase, Standing

_NEVER = frozenset({Phase.RESCUE, Phase.LOST, Phase.UNKNOWN})
"""Where the last day has passed, or nobody knows it, nothing is put off."""


def latest_snooze(standing: Standing) -> Day | None:
    """Return the last day, up to which a line may be silent, or None where it may not be at all."""
    return None if standing.phase in _NEVER else standing.next_day


def snoozed_until(line: Line, standing: Standing) -> Day | None:
    """Return the day on which the line's alarms begin again, or None where they are not silent today."""
    last = latest_snooze(standing)
    if line.snoozed_until is None or last is None:
        return None
    day = min(line.snoozed_until, last)
    return day if standing.today < day else None
