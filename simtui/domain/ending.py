"""The end of one clock while acts move it: set, extended, stated, held, renewed, lost from sight."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from simtui.domain.act import Act
from simtui.domain.calendar import Day, after, approximate_days, days_between, next_day
from simtui.domain.case import Case
from simtui.domain.cycle import Cycle
from simtui.domain.early import early_end
from simtui.domain.lengths import length_of, told_end
from simtui.domain.line import Knowledge
from simtui.domain.reckoning import Certainty, ClockState, StageSpan, Step, StepKind, Why, certainty_of
from simtui.domain.rule import Clock, FixedLength, Length, Stacking, Stage, Start
from simtui.domain.stacking import Stretch, extending, stack
from simtui.domain.stages import stage_on, stages_after
from simtui.domain.sums import Sum, added, hidden, renewed


@dataclass(slots=True)
class Ending:
    """When a clock ends, as far as is known between two acts.

    `clock` is the version that set the end, `set_on` the day on which it was set, `set_by` the act that bought it,
    `anchor` the day that its length counts from. `unknown` says why there is no end, `last_known` is then the end
    before. `held_until` is how long a paid hold makes the clock wait, `unheld` what was known of the end before it.
    `cycle` is how an end that renews itself recurs, `paid_certainty` how sure its last end is that was not assumed.
    `sums` are the lines that led here.
    """

    case: Case
    clock: Clock
    end: Day | None = None
    last_known: Day | None = None
    unknown: Why | None = None
    certainty: Certainty = Certainty.GUESS
    anchor: Day | None = None
    set_on: Day | None = None
    set_by: Act | None = None
    stated: bool = False
    held_until: Day | None = None
    held_by: Act | None = None
    unheld: tuple[Day | None, Why | None, Certainty] | None = None
    cycle: Cycle | None = None
    paid_certainty: Certainty = Certainty.GUESS
    sums: list[Sum] = field(default_factory=list)
    rule: tuple[Clock, Certainty] | None = None

    def on(self, day: Day) -> Day | None:
        """Return the end as known at the close of `day`, early ends included."""
        early = self._early(day) if self.clock.ends_early else None
        if early is None or (self.end is not None and self.end <= early):
            return self.end
        return early

    def state_on(self, day: Day) -> tuple[ClockState, Stage | None]:
        """Return the state on `day`, and the stage that it lies in."""
        clock = self.clock
        if self.end is not None and day <= self.end and not clock.ends_early:
            return ClockState.RUNNING, None
        return stage_on(day, self.on(day), clock.after, self.set_by, self.case.terms.offer, self.case.credit)

    def stages(self, end: Day | None) -> tuple[StageSpan, ...]:
        """Return the stages that follow `end`, dated."""
        if end is None:
            return ()
        certainty = self.rule_certainty(self.clock, self.set_on or end)
        return stages_after(end, self.clock.after, self.set_by, self.case.terms.offer, self.case.credit, certainty)

    def steps(self) -> list[Step]:
        """Write down the sum."""
        steps = [step for lines in self.sums for step in lines()]
        return steps if self.cycle is None or not self.cycle.assumed else [*steps, renewed(self.cycle)]

    def rule_certainty(self, clock: Clock, day: Day) -> Certainty:
        """Return how well the rule that held on `day` is known."""
        terms = self.case.terms
        if self.rule is None or self.rule[0] is not clock or terms.is_dated:
            certainty = Certainty.GUESS if terms.assumed_on(day) else certainty_of(clock, terms.offer)
            self.rule = clock, certainty
        return self.rule[1]

    def renews_itself(self) -> bool:
        """Tell whether the end moves on without any act."""
        return self.clock.auto_renews and self.case.line.auto_renew is Knowledge.YES

    def assumed_on(self, end: Day | None) -> Day | None:
        """Return the last day on which the line is assumed to have renewed itself, where `end` rests on that."""
        assumed = end is not None and end == self.end and self.cycle is not None and self.cycle.assumed
        return self.cycle.previous_end if assumed and self.cycle is not None else None

    def length_days(self) -> int | None:
        """Return how long the clock runs, in days, for the notice before its end; None where that is not known."""
        if self.end is None:
            return None
        if self.anchor is None or (self.cycle is not None and self.cycle.assumed):
            length = self.clock.length
            return round(approximate_days(length.period)) if isinstance(length, FixedLength) else None
        return max(days_between(self.anchor, self.end), 0)

    def renew_to(self, day: Day) -> None:
        """Roll an end that renews itself on by whole periods to `day` or later."""
        if self.end is None or self.end >= day or not self.renews_itself() or self.on(day) != self.end:
            return
        assert isinstance(self.clock.length, FixedLength)
        cycle = self.cycle or Cycle(self.end, self.clock.length.period, 0)
        rolled = cycle.renewed_to(day)
        if rolled.assumed:
            self.paid_certainty = self.paid_certainty if cycle.assumed else self.certainty
            self.cycle, self.end, self.certainty = rolled, rolled.end, Certainty.GUESS

    def add(
        self,
        clock: Clock,
        day: Day,
        anchor: Day | None,
        length: Length,
        act: Act | None,
        opening: Sum | None = None,
        start: Start | None = None,
    ) -> None:
        """Give the clock a length from `anchor`, as `give` does; an unknown one hides the end."""
        if act is not None and clock.hold is not None and clock.hold.ended_by_restart:
            self._end_hold(day)
        stretch = self._stretch(clock, anchor, length, act)
        if isinstance(stretch, Why):
            self.lose_sight(clock, day, act, stretch, opening)
        else:
            self.give(clock, day, stretch, act, opening, start)

    def give(
        self,
        clock: Clock,
        day: Day,
        stretch: Stretch,
        act: Act | None,
        opening: Sum | None = None,
        start: Start | None = None,
    ) -> None:
        """Give the clock a stretch, stacked on what is left on `day`.

        `start` is what began it, where no act did: it can be known from elsewhere than the clock. `opening` begins the
        sum where that is more than the act.
        """
        (base, period, until), stacking, cap = stretch, clock.stacking, clock.cap
        left = extended = grown = None
        if self.end is not None and day <= self.end:
            left, extended, grown = self._left(clock, stretch, day, self.end, act)
        limit = None if cap is None or act is None else after(act.day, cap)
        stacked = end, reached, uses_left, assumed = stack(stacking, until, left, extended, limit)
        was_unknown = self.unknown is not None and self.unknown is not Why.NOTHING_RECORDED
        blind = was_unknown and stacking is not Stacking.RESTART
        rule, source = self.rule_certainty(clock, day), clock.source
        if start is not None:
            source = start.source or source
            if not self.case.terms.assumed_on(day):
                rule = certainty_of(start, self.case.terms.offer, rule)
        self.sums = [partial(added, opening or act, clock, stretch, left, stacked, limit, source, blind)]
        if blind or assumed:
            self.certainty = Certainty.GUESS
        elif uses_left:
            confirms = grown is not None and self.cycle is not None and self.cycle.assumed
            self.certainty = min(rule, self.paid_certainty if confirms else self.certainty)
        else:
            self.certainty = rule
        if not uses_left or (reached is not None and period is not None):
            self.clock, self.set_by, self.anchor = clock, act, base
            if grown is None or end != extended:
                grown = _cycle(stretch, end, reached, left) if clock.auto_renews else None
            self.cycle = grown
        self.end, self.unknown, self.stated, self.set_on, self.unheld = end, None, False, day, None
        if self.held_until is not None:
            self._wait()

    def lose_sight(self, clock: Clock, day: Day, act: Act | None, why: Why, opening: Sum | None = None) -> None:
        """Take an act whose length is not known: the end is unknown from now on, and the last one stays visible."""
        self.last_known = self.on(day) or self.last_known
        self.clock, self.end, self.unknown, self.certainty, self.unheld = clock, None, why, Certainty.GUESS, None
        self.anchor, self.set_on, self.set_by, self.stated, self.cycle = None, day, act, False, None
        self.sums = [partial(hidden, opening, act, clock, day, why)]

    def state(self, clock: Clock, act: Act) -> None:
        """Take the operator's own date: it goes before everything up to its day, even if it shortens.

        What the last amount bought beyond the end, a longer grace, it leaves alone.
        """
        self.clock, self.end, self.unknown, self.certainty = clock, act.valid_until, None, Certainty.STATED
        self.anchor, self.set_on, self.stated, self.cycle = None, act.day, True, None
        self.held_until, self.held_by, self.unheld = None, None, None
        self.sums = [lambda: [Step(StepKind.STATED, day=act.day, act=act, result=act.valid_until)]]

    def hold(self, clock: Clock, act: Act) -> None:
        """Take a paid hold: the clock waits, and whatever else is done, the later end counts."""
        assert clock.hold is not None
        until = act.valid_until or after(act.day, clock.hold.period)
        if self.held_until is None or until > self.held_until:
            self.held_until, self.held_by = until, act
        if self.end is None:
            self.clock, self.set_on = clock, act.day
        self._wait()

    def _wait(self) -> None:
        if self.held_until is None or self.held_by is None or (self.end is not None and self.held_until <= self.end):
            return
        self.unheld = self.unheld or (self.end, self.unknown, self.certainty)
        rule = self.rule_certainty(self.clock, self.held_by.day)
        self.certainty = Certainty.GUESS if self.unknown is not None else rule
        until, held_by, cycle = self.held_until, self.held_by, self.cycle
        self.sums = [] if self.end is None else list(self.sums)
        if cycle is not None and cycle.assumed:
            self.sums.append(lambda: [renewed(cycle)])
        self.sums.append(lambda: [Step(StepKind.HELD, day=held_by.day, act=held_by, result=until)])
        self.end, self.unknown, self.cycle = until, None, None

    def _end_hold(self, day: Day) -> None:
        """Let a hold that still lasts on `day` end: what is left is what was there before it."""
        if self.held_until is None or self.held_until < day:
            return
        if self.unheld is not None:
            self.end, self.unknown, self.certainty = self.unheld
        self.held_until, self.held_by, self.unheld = None, None, None

    def _stretch(self, clock: Clock, anchor: Day | None, length: Length, act: Act | None) -> Stretch | Why:
        offer = self.case.terms.offer
        if length.by == "plan" and act is not None:
            told = told_end(act, offer)
            if told is not None:
                return anchor or act.day, None, told
        period = length_of(length, act, offer, self.case.credit)
        if isinstance(period, Why):
            return period
        if anchor is None:
            return Why.PLAN_UNKNOWN
        base = next_day(anchor) if clock.day_after else anchor
        return base, period, after(base, period)

    def _left(
        self, clock: Clock, stretch: Stretch, day: Day, end: Day, act: Act | None
    ) -> tuple[Day | None, Day | None, Cycle | None]:
        """Return what of `end` is left when `act` comes on `day`, what extending it comes to, and the cycle that this goes on with.

        A renewal that was only assumed is not left: the act is the payment that was assumed.
        """
        left = end
        if self.clock.ends_early:
            early = self._early(day, act if act is not None and act.day == day else None)
            if early is not None and early < day:
                return None, None, None
            left = end if early is None or early > day else min(end, early)
        cycle, period = self.cycle, stretch[1]
        # To tell that two periods are the same takes longer than all of the rest, and mostly they are one object.
        if (
            cycle is not None
            and clock.auto_renews
            and left == end
            and (cycle.period is period or cycle.period == period)
        ):
            grown = cycle.extended()
            return (grown.previous_end if cycle.assumed else left), grown.end, grown
        return left, extending(left, stretch), None

    def _early(self, day: Day, until: Act | None = None) -> Day | None:
        return early_end(self.clock, self.case, self.set_on, day, stated=self.stated, until=until)


def _cycle(stretch: Stretch, end: Day, reached: Day | None, left: Day | None) -> Cycle | None:
    """Return how the end recurs where the clock renews itself, None where it follows no whole period.

    `reached` is the end to which the one that was `left` was extended.
    """
    base, period, until = stretch
    if period is None:
        return None
    if left is not None and left >= base and reached == end:
        return Cycle(left, period, 1)
    return Cycle(base, period, 1) if end == until else None
