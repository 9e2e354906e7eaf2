"""What is coming: the days on which a line's standing changes, if nobody does anything more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from simtui.domain.act import Act
from simtui.domain.calendar import Day, next_day
from simtui.domain.line import Line
from simtui.domain.offer import Offer
from simtui.domain.standing import Standing, notice, standing

_MOST_CHANGES = 400


@dataclass(frozen=True, slots=True)
class Transition:
    """From `day` on the standing is `standing`, until the next transition."""

    day: Day
    standing: Standing


def forecast(
    line: Line,
    acts: Sequence[Act],
    offer: Offer,
    today: Day,
    until: Day,
    lead_days: Mapping[str, int] | None = None,
) -> tuple[Transition, ...]:
    """Return the standing today and every change of it up to `until`, in order.

    Built from `standing` itself, so that the standing on a later day is what was forecast for it. Acts dated ahead
    take effect on their day. At most 400 changes are followed.
    """
    found: list[Transition] = []
    day: Day | None = today
    for _ in range(_MOST_CHANGES):
        if day is None or day > until:
            break
        now = standing(line, acts, offer, day, lead_days)
        if not found or _differs(found[-1].standing, now):
            found.append(Transition(day, now))
        later = (change for change in _changes(line, acts, offer, now, lead_days or {}) if change > day)
        day = min(later, default=None)
    return tuple(found)


def standing_on(transitions: Sequence[Transition], day: Day) -> Transition | None:
    """Return the transition in force on `day`, or None before the first."""
    return next((transition for transition in reversed(transitions) if transition.day <= day), None)


def _differs(before: Standing, after: Standing) -> bool:
    return _gist(before) != _gist(after)


def _gist(found: Standing) -> tuple[object, ...]:
    """Return what a standing says, without the day it was asked on and the sums behind it."""
    return (
        found.phase,
        found.next_day,
        found.next_clock,
        found.certainty,
        found.stage and found.stage.name,
        found.final_day,
        found.final_certainty,
        *((clock.state, clock.ends_on, clock.last_known, clock.certainty) for clock in found.clocks),
    )


def _changes(
    line: Line, acts: Sequence[Act], offer: Offer, now: Standing, lead_days: Mapping[str, int]
) -> Iterator[Day]:
    """Yield every day on which the standing may change; days in the past are the caller's to drop."""
    yield from (act.day for act in acts)
    yield from (day for day in (line.activated_on, line.opened_on, line.identity.day) if day is not None)
    for rule in offer.rules:
        if rule.valid_from is not None:
            yield rule.valid_from
        if rule.valid_to is not None:
            yield next_day(rule.valid_to)
    for clock in now.clocks:
        if clock.ends_on is None:
            continue
        lead, soon = notice(clock, line, offer, lead_days)
        yield next_day(clock.ends_on)
        yield _days_before(clock.ends_on, lead)
        yield _days_before(clock.ends_on, soon)
        yield from (next_day(span.ends_on) for span in clock.stages if span.ends_on is not None)


def _days_before(day: Day, days: int) -> Day:
    try:
        return day.subtract(days=days)
    except (ValueError, OverflowError):
        return Day.MIN
