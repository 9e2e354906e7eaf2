"""A clock on its way through a line's acts: which of them count, and what it comes to in the end.

The law of each step stands in DESIGN.md, 4.1 to 4.3; how an end moves in `ending.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day
from simtui.domain.case import Case, buys_plan, is_own_use
from simtui.domain.counting import excluded, verdict, waits_for_first_use
from simtui.domain.ending import Ending
from simtui.domain.lengths import plan_end
from simtui.domain.line import Knowledge
from simtui.domain.plain import row_of, take_row
from simtui.domain.reckoning import Certainty, ClockState, OnDemand, Reckoning, Remark, RemarkKind, Step, StepKind, Why
from simtui.domain.rule import Anchor, Clock, Length, Stage, Start, Trigger
from simtui.domain.stages import state_on
from simtui.domain.terms import Hearing
from simtui.domain.undoing import WayBack

_MOST_REMARKS = 10


@dataclass(slots=True)
class Run:
    """A clock on its way through the acts.

    `only_started` is true until an act has set the end. `waiting` are the acts that begin to count at the line's first
    use, `plans_end` is the end of the last plan, `dropped` says that the papers were shown. `past_saving` is an end after
    which an act has found nothing left to save, `way_back` how far acts have come on the way out of a stage.
    """

    case: Case
    ending: Ending
    hearing: Hearing
    dropped: bool = False
    past_saving: Day | None = None
    only_started: bool = True
    plans_end: Day | None = None
    waiting: list[tuple[Clock, Act, Length]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    way_back: WayBack | None = None

    def begin(self, day: Day, clock: Clock, start: Start) -> None:
        """Let an anchor start a clock that nothing has started yet."""
        if self.ending.end is not None or self.ending.unknown is not None or self.dropped:
            return
        length = start.length or clock.length
        bought = self._plan_before(day) if length.by == "plan" else None
        if bought is not None and any(restarts(clock, act, self.case) for act in self._plans_bought_on(day)):
            return
        self.ending.add(clock, day, day, length, bought, lambda: [_started(day, start, clock)], start)

    def hear_plain(self, acts: Sequence[Act], first: int) -> int:
        """Take the plain acts from number `first` on, as many as can be taken at once; return the number of the next."""
        ending, hearing = self.ending, self.hearing
        if self.dropped or self.waiting or ending.renews_itself():
            return first
        if ending.end is not None and ending.end is self.past_saving:
            at = row_of(acts, first, hearing)
            self.remarks += [
                Remark(RemarkKind.TOO_LATE, act) for act in acts[first:at] if act.kind in hearing.restarting
            ]
            return at
        if not hearing.in_rows or ending.held_until is not None:
            return first
        at, last = take_row(ending, acts, first, hearing)
        if last is not None:
            self._moved(last.day)
        return at

    def hear(self, clock: Clock, act: Act) -> None:
        """Take one act into account, if this clock listens to it."""
        if self.dropped:
            return
        if self.ending.clock.auto_renews:
            self.ending.renew_to(act.day)
        if self.waiting and is_own_use(act):
            self._begin_waiting(act.day)
        if act.kind is ActKind.STATEMENT:
            self._state(clock, act)
        elif act.kind is ActKind.HOLD:
            self._hold(clock, act)
        elif clock.registration and act.kind is ActKind.IDENTIFICATION:
            self._identify(clock, act)
        else:
            self._count(clock, act)

    def close(self) -> Reckoning:
        """Return what the clock comes to at the end of today."""
        ending, today = self.ending, self.case.today
        ending.renew_to(today)
        self._weigh_identity()
        self._weigh_activation()
        clock = ending.clock
        end = None if self.dropped else ending.on(today)
        early = end if end != ending.end else None
        if early is not None:
            ending.certainty = ending.rule_certainty(clock, today)
        stages = ending.stages(end)
        state, stage = (ClockState.DROPPED, None) if self.dropped else state_on(today, end, clock.after, stages)
        return Reckoning(
            clock=clock.id,
            name=clock.name,
            loses=clock.loses,
            leads_to_loss=clock.leads_to_loss,
            state=state,
            ends_on=end,
            certainty=Certainty.GUESS if end is None else ending.certainty,
            steps=OnDemand(partial(_written, ending, early)),
            stages=stages,
            stage=stage,
            last_known=ending.last_known if end is None and not self.dropped else None,
            length_days=None if end is None else ending.length_days(),
            by_itself=state is ClockState.RUNNING and end == ending.end and ending.renews_itself(),
            endless_after=clock.after == "unknown",
            remarks=tuple(self.remarks[-_MOST_REMARKS:]),
            assumed_on=ending.assumed_on(end),
        )

    def _count(self, clock: Clock, act: Act) -> None:
        """Restart the clock where the act is one that does."""
        judged = verdict(clock, act, self.case.acts, self.case.terms.offer)
        if judged.remark is not None:
            self.remarks.append(judged.remark)
        elif judged.trigger is None:
            self._count_unnamed(clock, act)
        elif not self._shut(act):
            self._restart(clock, act, judged.trigger)

    def _count_unnamed(self, clock: Clock, act: Act) -> None:
        """Take an act that does not restart the clock: it may undo the present stage, or move a plan's end."""
        state, stage = self.ending.state_on(act.day)
        in_stage = state is ClockState.IN_STAGE and stage is not None
        if state is ClockState.OVER:
            return
        if in_stage and stage is not None:
            refusal = self._refusal(act, stage, restarts=False)
            if refusal is not None:
                self.remarks += [Remark(refusal, act)] if refusal is not RemarkKind.DOES_NOT_UNDO else []
                return
        start = next((start for start in clock.starts if start.on is Anchor.PLAN_END), None)
        if start is None or not self.only_started or not buys_plan(act):
            if in_stage:
                self._restart(clock, act, None)
            return
        # The end of a plan goes before other starts, and before the end of an earlier plan: nothing is stacked.
        self.ending.last_known, self.ending.end = self.ending.end or self.ending.last_known, None
        length, plans_end = start.length or clock.length, self._last_plan_end(act)
        self.ending.add(clock, act.day, plans_end, length, act, lambda: [_started(act.day, start, clock)], start)

    def _restart(self, clock: Clock, act: Act, trigger: Trigger | None) -> None:
        length = clock.length_by(trigger)
        anchor: Day | None = act.day
        if trigger is not None and trigger.counts_from == "plan_end":
            anchor = self._last_plan_end(act)
        elif length.by == "plan" and waits_for_first_use(clock) and not self._was_used_by(act.day):
            self.waiting.append((clock, act, length))
            ended = self.ending.on(act.day)
            if self.ending.end is None and (ended is None or ended >= act.day):
                self.ending.lose_sight(clock, act.day, act, Why.NOTHING_RECORDED)
            return
        self.ending.add(clock, act.day, anchor, length, act)
        self._moved(act.day)

    def _begin_waiting(self, day: Day) -> None:
        for clock, act, length in self.waiting:
            self.ending.add(clock, day, day, length, act, partial(_bought_and_used, act, day))
        self.waiting = []
        self._moved(day)

    def _state(self, clock: Clock, act: Act) -> None:
        if self.case.terms.speaks_of(act, clock.id):
            self.ending.state(clock, act)
            self.past_saving = None
            self.only_started, self.plans_end, self.waiting, self.remarks = False, None, [], []

    def _hold(self, clock: Clock, act: Act) -> None:
        if not self._is_excluded(clock, act) and clock.hold is not None and not self._shut(act):
            self.ending.hold(clock, act)
            self.only_started = False

    def _identify(self, clock: Clock, act: Act) -> None:
        """Drop the registration clock; only where it is known to have run out can the papers come too late."""
        if self._is_excluded(clock, act) or (self.case.line.identity.state is Knowledge.NO and self._shut(act)):
            return
        self.dropped = True
        self.ending.sums = [lambda: [Step(StepKind.IDENTIFIED, day=act.day, act=act)]]

    def _weigh_identity(self) -> None:
        """Drop the registration clock of an identified holder; with unknown state its date is not asserted."""
        ending, identity = self.ending, self.case.line.identity
        if self.dropped or not ending.clock.registration:
            return
        if identity.state is Knowledge.YES and (identity.day is None or identity.day <= self.case.today):
            self.dropped = True
            ending.sums = [lambda: [Step(StepKind.IDENTIFIED, day=identity.day)]]
        elif identity.state is Knowledge.UNKNOWN and ending.end is not None and not ending.stated:
            ending.last_known, ending.end = ending.end, None
            ending.sums = [*ending.sums, lambda: [Step(StepKind.UNKNOWN, why=Why.IDENTITY_UNKNOWN)]]

    def _weigh_activation(self) -> None:
        """Drop the clock of a card to be activated once the line is; past its end, nobody has said whether it was."""
        ending = self.ending
        if self.dropped or not ending.clock.activation:
            return
        in_use = self.case.in_use(ending.clock.id)
        if in_use is not None:
            self.dropped = True
            ending.sums = [lambda: [in_use]]
        elif ending.end is not None and ending.end < self.case.today and not ending.stated:
            ending.last_known, ending.end = ending.end, None
            ending.sums = [*ending.sums, lambda: [Step(StepKind.UNKNOWN, why=Why.ACTIVATION_UNKNOWN)]]

    def _is_excluded(self, clock: Clock, act: Act) -> bool:
        """Tell whether the rule says that `act` does not count, and remark it."""
        remark = excluded(clock, act, self.case.terms.offer)
        if remark is not None:
            self.remarks.append(remark)
        return remark is not None

    def _shut(self, act: Act) -> bool:
        """Tell whether `act` comes too late to restart the clock, and remark it."""
        ending = self.ending
        # Most acts on a lost line come after others that were too late as well.
        over = self.past_saving is not None and ending.end is self.past_saving
        state, stage = (ClockState.OVER, None) if over else ending.state_on(act.day)
        if state is ClockState.OVER:
            self.past_saving = None if ending.clock.ends_early else ending.end
            self.remarks.append(Remark(RemarkKind.TOO_LATE, act))
            return True
        if state is not ClockState.IN_STAGE or stage is None:
            return False
        refusal = self._refusal(act, stage)
        if refusal is not None:
            self.remarks.append(Remark(refusal, act))
        return refusal is not None

    def _refusal(self, act: Act, stage: Stage, *, restarts: bool = True) -> RemarkKind | None:
        """Return why `act` does not lead out of `stage`, None where it does."""
        self.way_back = self.way_back or WayBack(self.case.terms.offer.currency)
        return self.way_back.refusal(act, stage, self.ending.end, self.ending.set_on, restarts=restarts)

    def _moved(self, day: Day) -> None:
        """Forget the remarks on acts that have become history."""
        self.only_started = False
        if self.remarks:
            self.remarks = [remark for remark in self.remarks if remark.act.day >= day]

    def _last_plan_end(self, act: Act) -> Day | None:
        """Return the end of the last plan, `act` included: a short one bought beside a long one ends no sooner."""
        end = plan_end(act, self.case.terms.offer)
        if end is None:
            return None
        self.plans_end = end if self.plans_end is None else max(end, self.plans_end)
        return self.plans_end

    def _plan_before(self, day: Day) -> Act | None:
        bought = (act for act in reversed(self.case.acts) if buys_plan(act) and act.day <= day)
        return next(bought, None)

    def _plans_bought_on(self, day: Day) -> list[Act]:
        return [act for act in self.case.acts if act.day == day and buys_plan(act)]

    def _was_used_by(self, day: Day) -> bool:
        first = self.case.anchor_day(Anchor.FIRST_USE)
        return first is not None and first <= day


def _written(ending: Ending, early: Day | None) -> list[Step]:
    """Return the lines of the sum, to the `early` end where there is one."""
    steps = ending.steps()
    if early is not None:
        steps.append(Step(StepKind.ENDED_EARLY, day=early, result=early, source=ending.clock.source))
    return steps or [Step(StepKind.UNKNOWN, why=Why.NOTHING_RECORDED)]


def _started(day: Day, start: Start, clock: Clock) -> Step:
    return Step(StepKind.STARTED, day=day, anchor=start.on.value, source=start.source or clock.source)


def _bought_and_used(act: Act, day: Day) -> list[Step]:
    """Return the lines of the sum for a plan that began on `day`, at the line's first use."""
    return [
        Step(StepKind.ACTED, day=act.day, act=act),
        Step(StepKind.STARTED, day=day, anchor=Anchor.FIRST_USE.value),
    ]


def restarts(clock: Clock, act: Act, case: Case) -> bool:
    """Tell whether `act`, one of those of the case, restarts the clock."""
    return verdict(clock, act, case.acts, case.terms.offer).trigger is not None
