"""The second engine's clocks: something runs until a day, then its stages follow, one day after the other."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day, Period, after, approximate_days, days_between, next_day
from simtui.domain.line import Knowledge
from simtui.domain.rule import Anchor, Clock, FixedLength, Length, PlanLength, Stacking, Stage, Start, Trigger, Undo
from tests.domain.slow_world import (
    LEFT_OUT,
    USE,
    World,
    buys,
    credit_after,
    excluded,
    hope,
    length_of,
    meant,
    plan_end,
    satisfied,
    takes_early_plans,
    ways_back,
)


class Lives:
    """What clocks and fees share: something runs until a day, then its stages follow, one after the other."""

    def __init__(self, place: World) -> None:
        self.place = place
        self.state = "unknown"
        self.stage = -1
        self.until: Day | None = None
        self.ended: Day | None = None
        self.savable: Day | None = None
        self.needed: list[Undo] = []

    def follows(self) -> str | tuple[Stage, ...] | None:
        """Return what follows the end."""
        raise NotImplementedError

    def stage_length(self, stage: Stage) -> Period | None:
        """Return how long a stage takes."""
        raise NotImplementedError

    def run_until(self, day: Day | None, today: Day) -> None:
        """Run until that day; it may have passed already."""
        self.state, self.stage, self.ended, self.savable = "unknown" if day is None else "running", -1, None, None
        self.until = day
        self.morning(today)

    def morning(self, day: Day) -> None:
        """Go on to what follows, where yesterday or an earlier day was the last."""
        while self.until is not None and day > self.until:
            self._pass_on(self.until)

    def _pass_on(self, last: Day) -> None:
        follows, self.savable, self.until = self.follows(), last, None
        if self.state == "running":
            self.ended = last
        if not isinstance(follows, tuple):
            self.state = {None: "spent", "none": "over", "unknown": "may_end"}[follows]
            return
        self.stage += 1
        if not hope(follows[self.stage :]):
            self.state = "over"
            return
        self.state = "stage"
        self.needed = list(follows[self.stage].undo)
        length = self.stage_length(follows[self.stage])
        self.until = None if length is None else after(last, length)

    def end(self) -> Day | None:
        """Return the end, behind or ahead."""
        return self.until if self.state == "running" else self.ended

    def leads_to_loss(self) -> bool:
        """Tell whether the number goes after it."""
        return self.follows() is not None

    def brings_back(self, act: Act, *, restarts: bool) -> bool:
        """Tell whether the act leads out of the present stage; one that asks for several things remembers what was done."""
        stage = self.present_stage()
        met = ways_back(act, stage, self.place.offer.currency, restarts=restarts)
        if not stage.undo_all or not stage.undo:
            return bool(met)
        while self.needed and self.needed[0] in met:
            self.needed.pop(0)
        return not self.needed and stage.undo[-1] in met

    def present_stage(self) -> Stage:
        """Return the stage that today lies in."""
        follows = self.follows()
        assert isinstance(follows, tuple)
        return follows[self.stage]


class ClockLife(Lives):
    """One clock, day by day."""

    def __init__(self, clock_id: str, place: World) -> None:
        super().__init__(place)
        self.id = clock_id
        now = place.clock_on(clock_id, place.today)
        assert now is not None
        self.now = self.clock = now
        self.touched = self.by_act = self.dropped = self.stated = self.is_waiting = False
        self.set_on: Day | None = None
        self.set_by: Act | None = None
        self.set_from: Day | None = None
        self.planned: Day | None = None
        self.held: Day | None = None
        self.unheld: Day | None = None
        self.waiting: list[tuple[Clock, Act, Length]] = []
        self.plans_last: Day | None = None
        self.covered: Day | None = None
        self.covered_since: Day | None = None
        self.credit: Decimal | None = None
        self.lows: list[Decimal] = []

    def follows(self) -> str | tuple[Stage, ...] | None:
        return self.clock.after

    def stage_length(self, stage: Stage) -> Period | None:
        found = length_of(stage.length, self.set_by, self.place)
        return found if isinstance(found, Period) else None

    def live(self, day: Day, acts: Sequence[Act]) -> None:
        """Live through one day."""
        self.morning(day)
        self.lows = []
        for start in self._starts(day):
            self._start(day, *start)
        for act in acts:
            before, self.credit = self.credit, credit_after(self.credit, act, self.place.offer)
            if buys(act):
                self._cover(act)
            clock = self.place.clock_on(self.id, act.day)
            early = buys(act) and act.day < self.place.begun
            if clock is not None and not self.dropped and (not early or takes_early_plans(clock)):
                self._hear(clock, act)
            if self.credit is not before and self._is_low():
                self.lows.append(self.credit or Decimal(0))
        self._evening(day)

    def _starts(self, day: Day) -> list[tuple[Clock, Start, Act | None]]:
        clock = (
            self.place.clock_on(self.id, day) if any(day in began for began in self.place.anchors.values()) else None
        )
        if clock is None:
            return []
        found = [(clock, start, *self.place.anchors[start.on]) for start in clock.starts if start.on != Anchor.PLAN_END]
        if clock.activation and self.place.line.opened_on is None:
            found = [one for one in found if one[1].on is not Anchor.PURCHASE]
        return [(clock, start, act) for clock, start, began, act in found if began == day]

    def _start(self, day: Day, clock: Clock, start: Start, act: Act | None) -> None:
        if self.touched or self.dropped or (act is not None and self._trigger(clock, act) is not None):
            return
        length, bought = start.length or clock.length, None
        if isinstance(length, PlanLength):
            buyers = [one for one in self.place.acts if one.day <= day and buys(one)]
            if any(one.day == day and self._trigger(clock, one) is not None for one in buyers):
                return
            bought = buyers[-1] if buyers else None
        self._add(clock, day, day, length, bought)

    def _trigger(self, clock: Clock, act: Act) -> Trigger | None:
        if excluded(clock, act, self.place.offer):
            return None
        found = (trigger for trigger in clock.restarts_on if meant(trigger, act, self.place.offer))
        return next((trigger for trigger in found if satisfied(trigger, clock, act, self.place)), None)

    def _hear(self, clock: Clock, act: Act) -> None:
        if self.waiting and act.kind in USE and act.mark not in LEFT_OUT:
            for of, bought, length in self.waiting:
                self._add(of, act.day, act.day, length, bought)
            self.waiting, self.by_act = [], True
        if act.kind is ActKind.STATEMENT:
            if self.place.is_stated(act, self.id):
                self._state(clock, act)
        elif excluded(clock, act, self.place.offer):
            return
        elif act.kind is ActKind.HOLD:
            self._hold(clock, act)
        elif clock.registration and act.kind is ActKind.IDENTIFICATION:
            self.dropped = self.place.line.identity.state is not Knowledge.NO or self._is_open(act)
        else:
            self._weigh(clock, act)

    def _state(self, clock: Clock, act: Act) -> None:
        self.clock, self.set_on, self.set_from, self.stated = clock, act.day, None, True
        self.held, self.covered_since, self.waiting, self.plans_last = None, None, [], None
        self.is_waiting = False
        self.touched = self.by_act = True
        self.lows = []
        self.run_until(act.valid_until, act.day)
        self.planned = act.valid_until

    def _hold(self, clock: Clock, act: Act) -> None:
        if clock.hold is None or not self._is_open(act):
            return
        until = act.valid_until or after(act.day, clock.hold.period)
        self.held = until if self.held is None else max(until, self.held)
        end = self.end()
        if end is None:
            self.clock, self.set_on = clock, act.day
        if end is None or self.held > end:
            self._wait(act.day)
        self.planned = self.end()
        self.touched = self.by_act = True

    def _wait(self, day: Day) -> None:
        """Let the hold set the end, and remember the one before."""
        if not self.is_waiting:
            self.unheld = self.end()
        self.is_waiting = True
        self.run_until(self.held, day)

    def _weigh(self, clock: Clock, act: Act) -> None:
        trigger = self._trigger(clock, act)
        look_alike = excluded(clock, act, self.place.offer) or any(
            meant(one, act, self.place.offer) for one in clock.restarts_on
        )
        if trigger is not None:
            if self._is_open(act):
                self._restart(clock, act, trigger.length or clock.length, from_plan=trigger.counts_from == "plan_end")
        elif look_alike:
            return
        elif any(start.on is Anchor.PLAN_END for start in clock.starts) and buys(act) and not self.by_act:
            if self.state == "over" or (self.state == "stage" and not self.brings_back(act, restarts=False)):
                return
            start = next(start for start in clock.starts if start.on is Anchor.PLAN_END)
            self.run_until(None, act.day)
            self._add(clock, act.day, self._last_plan(act), start.length or clock.length, act)
        elif self.state == "stage" and self.brings_back(act, restarts=False):
            self._restart(clock, act, clock.length, from_plan=False)

    def _is_open(self, act: Act) -> bool:
        if self.state == "stage":
            return self.brings_back(act, restarts=True)
        return self.state != "over"

    def _restart(self, clock: Clock, act: Act, length: Length, *, from_plan: bool) -> None:
        anchor: Day | None = act.day
        if from_plan:
            anchor = self._last_plan(act)
        elif (
            isinstance(clock.length, PlanLength)
            and isinstance(length, PlanLength)
            and any(start.on is Anchor.FIRST_USE and start.length is None for start in clock.starts)
        ):
            used, _act = self.place.anchors[Anchor.FIRST_USE]
            if used is None or used > act.day:
                self.waiting.append((clock, act, length))
                self.touched = True
                if self.end() is None:
                    self.clock, self.set_by, self.set_on, self.stated = clock, act, act.day, False
                return
        self.by_act = True
        self._add(clock, act.day, anchor, length, act)

    def _last_plan(self, act: Act) -> Day | None:
        end = plan_end(act, self.place)
        if end is None:
            return None
        self.plans_last = end if self.plans_last is None else max(end, self.plans_last)
        return self.plans_last

    def _add(self, clock: Clock, day: Day, anchor: Day | None, length: Length, act: Act | None) -> None:
        """Add a length from `anchor` to what is left on `day`."""
        self.touched = True
        if act is not None and clock.hold is not None and clock.hold.ended_by_restart and (self.held or Day.MIN) >= day:
            if self.is_waiting:
                self.run_until(self.unheld, day)
            self.held = None
        self.is_waiting = False
        found = length_of(length, act, self.place)
        if found is None or (anchor is None and not isinstance(found, Day)):
            self.clock, self.set_on, self.set_by, self.set_from, self.stated = clock, day, act, None, False
            self.planned = None
            self.run_until(None, day)
            return
        base = day if anchor is None else next_day(anchor) if clock.day_after else anchor
        limit = after(act.day, clock.cap) if clock.cap is not None and act is not None else Day.MAX
        fresh = min(found if isinstance(found, Day) else after(base, found), limit)
        left = self.until if self.state == "running" else None
        if left is not None and ((self.lows and self.set_on != day) or self._lapse() == day):
            left = day
        new = self._stacked(clock, fresh, left, base, found, limit)
        if new is not None:
            self.clock, self.set_by, self.set_from = clock, act, base
            self.run_until(new, day)
        self.set_on, self.stated, self.lows = day, False, []
        if self.held is not None and (self.end() or Day.MAX) < self.held:
            self._wait(day)
        self.planned = self.end()

    def _stacked(
        self, clock: Clock, fresh: Day, left: Day | None, base: Day, found: Period | Day, limit: Day
    ) -> Day | None:
        """Return the new end, None where the old one is kept with all that belongs to it."""
        if left is None or clock.stacking in (None, Stacking.RESTART):
            return fresh
        if clock.stacking is Stacking.KEEP_LATER or isinstance(found, Day) or left < base:
            return fresh if fresh >= left else None
        return max(left, min(after(left, found), limit))

    def _is_low(self) -> bool:
        for rule in self.clock.ends_early:
            if self.credit is not None and rule.balance_at_most is not None and self.credit <= rule.balance_at_most:
                return True
            if self.credit is not None and rule.balance_below is not None and self.credit < rule.balance_below:
                return True
        return False

    def _lapse(self) -> Day | None:
        """Return the last day of the plans, where the clock ends with them; the operator's date goes before old ones."""
        lapses = any(rule.plan_lapses for rule in self.clock.ends_early)
        return (self.covered_since if self.stated else self.covered) if lapses else None

    def _cover(self, act: Act) -> None:
        end = plan_end(act, self.place)
        self.covered = end if end is None or self.covered is None else max(end, self.covered)
        self.covered_since = end if end is None or self.covered_since is None else max(end, self.covered_since)

    def _evening(self, day: Day) -> None:
        """End before the time, where the credit or the plan is gone."""
        if self.state not in ("running", "unknown") or self.dropped:
            return
        low = bool(self.lows) if self.set_on != day else self._is_low() and not self.stated
        lapsed = self._lapse()
        if lapsed is not None and (self.set_on or Day.MIN) <= lapsed <= day:
            self.run_until(lapsed, day)
        elif low:
            self.run_until(day, day)

    def ends_ahead(self) -> bool:
        """Tell whether an end is coming although the length is not known: the end of a plan that must be active."""
        return self.state == "unknown" and (self._lapse() or Day.MIN) >= self.place.today

    def answer(self) -> None:
        """Weigh, at the end of today, what is known of the papers."""
        identity = self.place.line.identity
        if self.clock.registration and not self.dropped:
            if identity.state is Knowledge.YES:
                self.dropped = identity.day is None or identity.day <= self.place.today
            elif identity.state is Knowledge.UNKNOWN and not self.stated:
                self.run_until(None, self.place.today)
        if self.clock.activation and not self.dropped:
            self.dropped = self.place.is_in_use(self.id)
            if not self.stated and self.state not in ("running", "unknown"):
                self.run_until(None, self.place.today)
        if self.dropped:
            self.run_until(None, self.place.today)
            self.state = "dropped"

    def length_days(self) -> int | None:
        """Return how long the clock runs, in days; None where nobody knows."""
        if self.planned is None:
            return None
        if self.set_from is not None:
            return max(days_between(self.set_from, self.planned), 0)
        length = self.clock.length
        return round(approximate_days(length.period)) if isinstance(length, FixedLength) else None
