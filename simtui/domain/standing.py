"""Where a line stands today: phase, dates, what is lost, the sum, how certain (DESIGN.md, 4.2).

`standing` is the one pure function behind the dashboard, the forecast, "what if" and the planner:
(line, acts, offer, today) → standing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple

from simtui.domain.act import Act, ActKind, ordered
from simtui.domain.balance import CreditHistory
from simtui.domain.calendar import Day, days_between
from simtui.domain.case import Case, begun_on
from simtui.domain.clock import run_clock
from simtui.domain.fees import run_fee
from simtui.domain.left_out import all_remarks, homeless, usable_acts
from simtui.domain.line import Line
from simtui.domain.offer import Offer, OfferKind
from simtui.domain.reckoning import Certainty, ClockState, OnDemand, Reckoning, Remark, RemarkKind, StageSpan, Step
from simtui.domain.rule import Loses, Works
from simtui.domain.terms import stated_terms, terms_for

SOON_DAYS = 30
DEFAULT_LEAD_DAYS = 7
DOUBT_DAYS = 30
"""How long a line that was lost by a guessed date is asked about: the operator may have kept it."""


class Phase(StrEnum):
    """How urgent a line is."""

    RESCUE = "rescue"
    DUE = "due"
    UNKNOWN = "unknown"
    SOON = "soon"
    SAFE = "safe"
    LOST = "lost"


_TO_BE_RESCUED = frozenset({ClockState.IN_STAGE, ClockState.MAY_BE_TERMINATED})


class Standing(NamedTuple):
    """Where a line is on `today`.

    `next_day` is the last day on which acting still helps (in rescue: of the current stage), `next_loses` what goes
    after it, `next_clock` the clock it comes from. `final_day` is the last day on which the number can still be saved,
    where the rule states one; `full_service_until` and `number_safe_until` are two other dates and never mixed.
    `clocks` are all clocks one by one, `remarks` acts that were left out and why.
    """

    today: Day
    phase: Phase
    next_day: Day | None
    next_loses: Loses | None
    next_clock: str | None
    certainty: Certainty
    final_day: Day | None
    stage: StageSpan | None
    clocks: tuple[Reckoning, ...]
    remarks: Sequence[Remark]
    by_itself: bool

    @property
    def late_acts(self) -> bool:
        """Whether something was done too late, as far as is known, so that the user has to check."""
        return any(remark.kind is RemarkKind.TOO_LATE for remark in self.remarks)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The sum behind `next_day`: that of its clock, and the stages up to the current one."""
        return _sum(next((clock for clock in self.clocks if clock.clock == self.next_clock), None))

    @property
    def days_left(self) -> int | None:
        """Days from today to the next day, or None where there is none."""
        return None if self.next_day is None else days_between(self.today, self.next_day)

    @property
    def final_certainty(self) -> Certainty:
        """How sure the final day is, or the safe one where there is no final day."""
        final, final_day = _final_day(_number_clocks(self.clocks))
        return self.safe_certainty if final is None else final.certainty_until(final_day)

    @property
    def number_safe_until(self) -> Day | None:
        """The last day on which the rule promises the number, also where nobody knows when it ends after that."""
        return _safe(_number_clocks(self.clocks))[1]

    @property
    def safe_certainty(self) -> Certainty:
        """How sure that day is."""
        safe, day = _safe(_number_clocks(self.clocks))
        return Certainty.GUESS if safe is None else safe.certainty_until(day)

    @property
    def full_service_until(self) -> Day | None:
        """The first end among clocks that take the service or the number, or begin the way there."""
        ends = [
            clock.ends_on
            for clock in self.clocks
            if clock.ends_on is not None and (clock.leads_to_loss or clock.loses in (Loses.NUMBER, Loses.SERVICE))
        ]
        return min(ends, default=None)

    @property
    def full_service_certainty(self) -> Certainty:
        """How sure the end of the full service is: the best of those clocks that end on that day."""
        known = [clock.certainty for clock in self.clocks if clock.ends_on == self.full_service_until]
        return max(known, default=Certainty.GUESS)

    @property
    def may_be_lost(self) -> bool:
        """Whether the line was lost lately, and by a date that is a guess: only the operator can tell."""
        if self.phase is not Phase.LOST or self.final_day is None or self.final_certainty is not Certainty.GUESS:
            return False
        return days_between(self.final_day, self.today) <= DOUBT_DAYS

    @property
    def works(self) -> tuple[Works, ...] | None:
        """What still works in the current stage; None outside stages, where nothing is restricted."""
        return None if self.stage is None else self.stage.works


def standing(
    line: Line,
    acts: Sequence[Act],
    offer: Offer,
    today: Day,
    lead_days: Mapping[str, int] | None = None,
) -> Standing:
    """Return where `line` stands on `today` after `acts` (in any order) under the offer's rule.

    `lead_days` maps offer kinds to the user's notice in days; the line's own notice goes before it.
    """
    case, remarks = _case(line, acts, offer, today)
    found = [run_clock(clock.id, case) for clock in case.terms.clocks_on(today)]
    clocks = [reckoning for reckoning in found if reckoning is not None]
    clocks += [run_fee(fee, case) for fee in case.terms.fees_on(today)]
    if ActKind.STATEMENT in case.kinds:
        remarks += homeless(case.acts, case.terms, clocks)
    return _weigh(line, offer, today, case.acts, tuple(clocks), remarks, lead_days or {})


def number_reckonings(line: Line, acts: Sequence[Act], offer: Offer, today: Day) -> list[Reckoning]:
    """Return, of the clocks and fees that `standing` weighs, those on the way to losing the number: what a planner asks."""
    case, _remarks = _case(line, acts, offer, today)
    terms = case.terms
    leading = {part.id for rule in terms.versions for part in rule.countdowns if part.leads_to_loss}
    found = [run_clock(clock.id, case) for clock in terms.clocks_on(today) if clock.id in leading]
    fees = [run_fee(fee, case) for fee in terms.fees_on(today) if fee.id in leading]
    return [*(reckoning for reckoning in found if reckoning is not None), *fees]


def _case(line: Line, acts: Sequence[Act], offer: Offer, today: Day) -> tuple[Case, list[Remark]]:
    """Return what every clock of the line asks, and the acts that are left out of all of them."""
    in_order = ordered(acts)
    kinds = frozenset([act.kind for act in in_order])
    activated = begun_on(line, in_order, offer, today) if ActKind.ACTIVATION in kinds else line.activated_on
    usable, remarks = usable_acts(in_order, offer, activated, today)
    terms = terms_for(line, offer)
    stated = ActKind.STATEMENT in kinds and any(act.kind is ActKind.STATEMENT for act in usable)
    if stated and not (terms.clocks_on(today) or terms.fees_on(today)):
        # Where nobody knows a rule, what the operator stated is all there is.
        terms = stated_terms(offer)
    return Case(line, terms, usable, CreditHistory(usable, offer), today, kinds, activated), remarks


def _weigh(
    line: Line,
    offer: Offer,
    today: Day,
    acts: Sequence[Act],
    clocks: tuple[Reckoning, ...],
    remarks: list[Remark],
    lead_days: Mapping[str, int],
) -> Standing:
    number_clocks = _number_clocks(clocks)
    _final, final_day = _final_day(number_clocks)
    phase, leading = _leading(number_clocks)
    if phase is None:
        coming = _coming(clocks)
        # A keep-number card of whose number nothing is known is not called safe for the sake of its credit.
        deciding = number_clocks or (() if offer.kind is OfferKind.KEEP_NUMBER else clocks)
        phase = _phase(line, offer, today, deciding, coming, lead_days)
        # Of two ends on one day the one that leads to losing the number counts more.
        leading = _first(coming, key=lambda clock: (_end(clock), not clock.leads_to_loss))
    next_day, next_loses = _next(phase, leading)
    return Standing(
        today=today,
        phase=phase,
        next_day=next_day,
        next_loses=next_loses,
        next_clock=leading.clock if leading is not None else None,
        certainty=_next_certainty(leading, next_day, number_clocks),
        final_day=final_day,
        stage=leading.stage if leading is not None else None,
        clocks=clocks,
        remarks=OnDemand(partial(all_remarks, remarks, clocks, acts if phase is Phase.LOST else (), final_day)),
        by_itself=leading is not None and leading.by_itself,
    )


def _number_clocks(clocks: Sequence[Reckoning]) -> list[Reckoning]:
    return [clock for clock in clocks if clock.leads_to_loss and clock.state is not ClockState.DROPPED]


def _leading(number_clocks: Sequence[Reckoning]) -> tuple[Phase | None, Reckoning | None]:
    """Return whether the line is lost or to be rescued, and the clock that says so; only number clocks do."""
    over = [clock for clock in number_clocks if clock.state is ClockState.OVER]
    if over:
        return Phase.LOST, _first(over, key=_end)
    ended = [clock for clock in number_clocks if clock.state in _TO_BE_RESCUED]
    if ended:
        return Phase.RESCUE, _first(ended, key=lambda clock: (clock.stage.ends_on if clock.stage else None) or Day.MAX)
    return None, None


def _coming(clocks: Sequence[Reckoning]) -> list[Reckoning]:
    """Return the clocks whose ends are coming; those that renew themselves only where no other is."""
    running = [clock for clock in clocks if clock.state is ClockState.RUNNING]
    return [clock for clock in running if not clock.by_itself] or running


def _end(clock: Reckoning) -> Day:
    return clock.ends_on or Day.MAX


def _first(clocks: Sequence[Reckoning], key: Callable[[Reckoning], Any]) -> Reckoning | None:
    """Return the first by `key`, which nobody need ask where there is one, as in most lines."""
    return min(clocks, key=key) if len(clocks) > 1 else next(iter(clocks), None)


def _next(phase: Phase, leading: Reckoning | None) -> tuple[Day | None, Loses | None]:
    """Return the last day on which acting helps, and what goes after it.

    That is what the clock takes, and the number where nothing can save it any more.
    """
    if leading is None or phase is Phase.LOST:
        return None, None
    if leading.state is ClockState.RUNNING:
        return leading.ends_on, Loses.NUMBER if leading.final_day == leading.ends_on else leading.loses
    if leading.stage is None:
        return None, Loses.NUMBER
    day = leading.stage.ends_on
    return day, Loses.NUMBER if day == leading.final_day else Loses.SERVICE


def _next_certainty(leading: Reckoning | None, next_day: Day | None, clocks: Sequence[Reckoning]) -> Certainty:
    """Return how sure the next day is; a guess at best where another clock lets the operator end the line any day."""
    if leading is None:
        return Certainty.GUESS
    for each in clocks:
        if each.state is ClockState.MAY_BE_TERMINATED and each is not leading:
            return Certainty.GUESS
    return leading.certainty_until(next_day)


def _phase(
    line: Line,
    offer: Offer,
    today: Day,
    deciding: Sequence[Reckoning],
    coming: Sequence[Reckoning],
    lead_days: Mapping[str, int],
) -> Phase:
    """Return how urgent a line is that is neither lost nor to be rescued, from the clocks that decide about that."""
    if all(clock.ends_on is None for clock in deciding):
        return Phase.UNKNOWN
    # Without a number to lose, what has run out is spent and nothing more is at risk.
    found = [_urgency(clock, today, notice(clock, line, offer, lead_days)) for clock in coming]
    return Phase.DUE if Phase.DUE in found else Phase.SOON if Phase.SOON in found else Phase.SAFE


def notice(clock: Reckoning, line: Line, offer: Offer, lead_days: Mapping[str, int]) -> tuple[int, int]:
    """Return how many days before its end a clock makes its line due, and soon.

    Short validities give less notice, at most a quarter and a third of the clock's length. What the user chose for this
    one line is obeyed as it is.
    """
    lead = line.lead_days if line.lead_days is not None else lead_days.get(offer.kind, DEFAULT_LEAD_DAYS)
    soon = SOON_DAYS
    if clock.length_days is not None:
        soon = min(soon, clock.length_days // 3)
        lead = lead if line.lead_days is not None else min(lead, clock.length_days // 4)
    return lead, max(soon, lead)


def _urgency(clock: Reckoning, today: Day, days: tuple[int, int]) -> Phase:
    """Return how urgent a running clock is; one that renews itself is never due."""
    left = days_between(today, _end(clock))
    lead, soon = days
    if left <= lead and not clock.by_itself:
        return Phase.DUE
    return Phase.SOON if left <= soon else Phase.SAFE


def _final_day(number_clocks: Sequence[Reckoning]) -> tuple[Reckoning | None, Day | None]:
    """Return the number clock whose final day comes first, among those whose rule states one, and that day.

    Where a clock has run out already and nobody knows how long the number can still be saved, no other clock's date
    stands in for that.
    """
    first: Reckoning | None = None
    earliest: Day | None = None
    for clock in number_clocks:
        day = clock.final_day
        if day is None:
            if clock.state in _TO_BE_RESCUED:
                return None, None
        elif earliest is None or day < earliest:
            first, earliest = clock, day
    return first, earliest


def _safe(number_clocks: Sequence[Reckoning]) -> tuple[Reckoning | None, Day | None]:
    """Return the number clock that ends the number's safety first, and the day on which it does."""
    first: Reckoning | None = None
    earliest: Day | None = None
    for clock in number_clocks:
        day = clock.safe_day
        if day is not None and (earliest is None or day < earliest):
            first, earliest = clock, day
    return first, earliest


def _sum(leading: Reckoning | None) -> tuple[Step, ...]:
    """Return the steps to the next day: the clock's own, and the stages up to the current one."""
    if leading is None:
        return ()
    steps = list(leading.steps)
    for span in leading.stages:
        if leading.state is not ClockState.RUNNING:
            steps.append(span.step)
        if span is leading.stage:
            break
    return tuple(steps)
