"""A second engine, written apart from the first and as plainly as can be: it lives through a line day by day.

It knows the records and the calendar and nothing of the engine. Where an end lies ahead it walks on, a day at a time and
without any further act, until the end is there. It leaves out what renews itself, certainty, the sums and the remarks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from simtui.domain.act import Act
from simtui.domain.calendar import Day, days_between, next_day
from simtui.domain.line import Line
from simtui.domain.offer import Offer, OfferKind
from tests.domain.slow_clocks import ClockLife, Lives
from tests.domain.slow_fees import FeeLife
from tests.domain.slow_world import World, world

HORIZON_DAYS = 365 * 15
RESCUE = ("stage", "may_end")
OVER = ("spent", "over", "may_end", "dropped")


@dataclass(frozen=True)
class Answer:
    """What the second engine says: the phase, the next and the final day, and every end by its clock."""

    phase: str
    next_day: Day | None
    final_day: Day | None
    ends: dict[str, Day | None]


@dataclass
class Seen:
    """A clock as it stands today, with the end that lies ahead."""

    name: str
    state: str
    end: Day | None
    stage_until: Day | None
    final: Day | None
    leads_to_loss: bool
    length: int | None


def answer(line: Line, acts: Sequence[Act], offer: Offer, today: Day) -> Answer:
    """Live through the line's days and say where it stands."""
    place = world(line, acts, offer, today)
    rule = place.rule_on(today)
    assert rule is not None
    lives: list[ClockLife | FeeLife] = [ClockLife(clock.id, place) for clock in rule.clocks]
    lives += [FeeLife(fee, place) for fee in rule.fees]
    by_day = {day: list(some) for day, some in groupby(place.acts, key=lambda act: act.day)}
    day = place.first_day()
    while day <= today:
        for life in lives:
            life.live(day, by_day.get(day, ()))
        day = next_day(day)
    return _weigh(place, [_see(life, today) for life in lives])


def _see(life: ClockLife | FeeLife, today: Day) -> Seen:
    """Look at a clock today, then live on without any act until nothing more can come."""
    if isinstance(life, ClockLife):
        life.answer()
    length = life.length_days() if isinstance(life, ClockLife) else None
    state, stage_until = _state(life, today), life.until
    end = life.due() if isinstance(life, FeeLife) and state == "running" and life.credit is None else None
    if isinstance(life, ClockLife) and life.ends_ahead():
        state = "running"
    day = today
    while state != "unknown" and life.state not in OVER and days_between(today, day) < HORIZON_DAYS and end is None:
        day = next_day(day)
        life.live(day, ())
    if end is not None:
        life.run_until(end, Day.MAX)
    final = life.savable if life.state == "over" else None
    ended = None if state in ("unknown", "dropped") else life.ended
    length = life.length_days() if isinstance(life, FeeLife) else length
    return Seen(life.id, state, ended, stage_until, final, life.leads_to_loss(), length)


def _state(life: Lives, today: Day) -> str:
    if life.state != "open":
        return life.state
    assert isinstance(life, FeeLife)
    due = life.due()
    return "running" if due is not None and (life.credit is not None or due >= today) else "unknown"


def _weigh(place: World, seen: Sequence[Seen]) -> Answer:
    number = [one for one in seen if one.leads_to_loss and one.state != "dropped"]
    running = [one for one in seen if one.state == "running"]
    phase = _phase(place, seen, number, running)
    next_day_: Day | None = None
    if phase == "rescue":
        next_day_ = min((one.stage_until for one in number if one.state == "stage" and one.stage_until), default=None)
    elif phase != "lost":
        next_day_ = min((one.end for one in running if one.end is not None), default=None)
    dated = [one.final for one in number if one.final is not None]
    vague = any(one.state in RESCUE and one.final is None for one in number)
    return Answer(phase, next_day_, None if vague else min(dated, default=None), {one.name: one.end for one in seen})


def _phase(place: World, seen: Sequence[Seen], number: Sequence[Seen], running: Sequence[Seen]) -> str:
    if any(one.state == "over" for one in number):
        return "lost"
    if any(one.state in RESCUE for one in number):
        return "rescue"
    deciding = number or ([] if place.offer.kind is OfferKind.KEEP_NUMBER else seen)
    if not any(one.end is not None for one in deciding):
        return "unknown"
    phases = {_urgency(place, one) for one in running}
    return next((phase for phase in ("due", "soon") if phase in phases), "safe")


def _urgency(place: World, one: Seen) -> str:
    assert one.end is not None
    left = days_between(place.today, one.end)
    lead, soon = 7, 30
    if one.length is not None:
        lead, soon = min(lead, one.length // 4), min(soon, one.length // 3)
    if place.line.lead_days is not None:
        lead = place.line.lead_days
    return "due" if left <= lead else "soon" if left <= soon else "safe"
