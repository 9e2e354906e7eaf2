"""How far acts have brought a number: what the planner compares, and by when the next act has to be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from simtui.domain.act import Act
from simtui.domain.calendar import Day, after, days_between
from simtui.domain.case import buys_plan, is_own_use
from simtui.domain.choices import Choice, WaysOut, helps_in, helps_running
from simtui.domain.lengths import plan_end
from simtui.domain.line import Line
from simtui.domain.offer import Offer
from simtui.domain.pace import part_of
from simtui.domain.reckoning import Certainty, ClockState, Reckoning, StageSpan, StepKind
from simtui.domain.rule import Anchor, BalanceLength, Clock, Countdown, Fee, FixedLength, StageName, Undo, Works
from simtui.domain.standing import DEFAULT_LEAD_DAYS, number_reckonings
from simtui.domain.terms import Terms

_RECEIVING = frozenset({StageName.RECEIVE_ONLY, StageName.SMS_ONLY})


@dataclass(frozen=True, slots=True)
class Bound:
    """One clock or fee that the number hangs on.

    `ends` is its end, `until` the last day that can be planned for: the end, or that of the stages in which the line still
    receives and which one of the offer's ordinary acts undoes. A plan never counts on a visit to a shop, on time in which
    nothing comes in, or on a subscription that is owed. `latest` is `until` less the lead.
    """

    found: Reckoning
    part: Clock | Fee
    ends: Day
    until: Day
    latest: Day


@dataclass(frozen=True, slots=True)
class Reach:
    """Where planned acts have led: `bounds` are the dated clocks of the number, `unknown` those without a date."""

    day: Day
    bounds: tuple[Bound, ...]
    unknown: tuple[Reckoning, ...]
    over: bool
    in_person: bool

    @property
    def until(self) -> Day | None:
        """The last day until which the number is kept, None where no date is known."""
        return min((bound.until for bound in self.bounds), default=None)

    @property
    def ends(self) -> Day | None:
        """The first end of a clock: from then on something no longer works."""
        return min((bound.ends for bound in self.bounds), default=None)

    @property
    def certainty(self) -> Certainty:
        """How sure `until` is."""
        links = (bound.found.certainty_until(bound.until) for bound in self.bounds)
        return min(links, default=Certainty.GUESS)

    def keeps(self, until: Day) -> bool:
        """Tell whether the number is kept until that day; what renews itself needs no date."""
        return not self.over and all(bound.until >= until for bound in self.bounds)

    def hides_a_date(self, before: Reach) -> bool:
        """Tell whether a date that was known before is not any more: an act of unknown effect is no plan."""
        unknown = {found.clock for found in self.unknown}
        return any(bound.found.clock in unknown for bound in before.bounds)


def lead_of(line: Line, terms: Terms, lead_days: Mapping[str, int]) -> int:
    """Return how many days ahead the user wants to act: as chosen for the line, else for its kind of offer."""
    if line.lead_days is not None:
        return line.lead_days
    return lead_days.get(terms.offer.kind.value, DEFAULT_LEAD_DAYS)


def reach(
    line: Line, acts: Sequence[Act], terms: Terms, day: Day, ways: WaysOut, lead_days: Mapping[str, int]
) -> Reach:
    """Return how far `acts` bring the number as the engine reckons on `day`.

    `ways` tells which stages the planned acts can lead out of.
    """
    rule = terms.rule_on(day)
    parts: Mapping[str, Countdown] = {} if rule is None else {part.id: part for part in rule.countdowns}
    lead = lead_of(line, terms, lead_days)
    reckoned = number_reckonings(line, acts, terms.offer, day)
    of_number = [found for found in reckoned if found.leads_to_loss and found.state is not ClockState.DROPPED]
    bounds: list[Bound] = []
    for found in of_number:
        part = parts.get(found.clock)
        if found.ends_on is not None and not found.by_itself and isinstance(part, Clock | Fee):
            bounds.append(_bound(found, part, found.ends_on, ways, lead))
    return Reach(
        day=day,
        bounds=tuple(bounds),
        unknown=tuple(found for found in of_number if found.ends_on is None),
        over=any(found.state is ClockState.OVER for found in of_number),
        in_person=any(_asks_for_a_person(found, ways) for found in of_number),
    )


def _bound(found: Reckoning, part: Clock | Fee, ends: Day, ways: WaysOut, lead: int) -> Bound:
    until = ends
    for span in found.stages if not (isinstance(part, Clock) and part.auto_renews) else ():
        if span.ends_on is None or not ways.lead_out(span) or not _comes_in(span):
            break
        until = span.ends_on
    if found.length_days is not None:
        lead = part_of(found.length_days + days_between(ends, until), lead)
    return Bound(found, part, ends, until, _earlier(until, lead))


def _comes_in(span: StageSpan) -> bool:
    """Tell whether calls or messages still reach the line in a stage, so that one can plan to go through it."""
    return span.name in _RECEIVING or Works.CALLS_IN in span.works or Works.SMS_IN in span.works


def _earlier(day: Day, days: int) -> Day:
    try:
        return day.subtract(days=days)
    except (ValueError, OverflowError):
        return Day.MIN


def _asks_for_a_person(found: Reckoning, ways: WaysOut) -> bool:
    stage = found.stage if found.state is ClockState.IN_STAGE else None
    if stage is None or ways.lead_out(stage):
        return False
    return Undo.SHOP_VISIT in stage.undo or Undo.SUPPORT_CALL in stage.undo


class Helps:
    """What choices can do for clocks, and in which stages; found out once a search, as no day changes it."""

    def __init__(self, offer: Offer) -> None:
        self._offer = offer
        self._running: dict[tuple[int, int], bool] = {}
        self._leading_out: dict[tuple[object, ...], bool] = {}

    def spans(self, choice: Choice, bound: Bound, *, alone: bool = False) -> list[tuple[Day, Day]]:
        """Return the spans in which the choice does something for a clock, each with its first and last day.

        That may be a part of what leads out of a stage, unless it must do so `alone`.
        """
        runs = self._helps_running(choice, bound)
        spans = [(Day.MIN, bound.ends)] if runs else []
        for span in bound.found.stages:
            if span.ends_on is None or span.ends_on > bound.until:
                break
            if self._leads_out(choice, span, bound.ends, restarts=runs, alone=alone):
                spans.append((span.starts_on, span.ends_on))
        return spans

    # Choices and rules live as long as the search, so that no two ever share an identity.

    def _helps_running(self, choice: Choice, bound: Bound) -> bool:
        key = id(choice), id(bound.part)
        if key not in self._running:
            self._running[key] = helps_running(choice, bound.part, self._offer, bound.ends)
        return self._running[key]

    def _leads_out(self, choice: Choice, span: StageSpan, day: Day, *, restarts: bool, alone: bool) -> bool:
        key = id(choice), span.undo, span.undo_from, span.undo_all, restarts, alone
        if key not in self._leading_out:
            self._leading_out[key] = helps_in(span, choice, self._offer, day, restarts=restarts, alone=alone)
        return self._leading_out[key]


def latest_day(choice: Choice, here: Reach, until: Day, helps: Helps) -> Day:
    """Return the last day for doing `choice` next: its lead before the last day on which it still helps, or now.

    That holds for every clock that does not get to `until` yet.
    """
    last = min((_latest(choice, bound, helps) for bound in here.bounds if bound.until < until), default=here.day)
    return max(last, here.day)


def days_for(
    choice: Choice, here: Reach, until: Day, helps: Helps, acts: Sequence[Act] = (), before: Day | None = None
) -> list[Day]:
    """Return the days on which it can be worth doing `choice` next: the latest, and those before a gap.

    Doing it earlier is never better: no length ends later for having begun sooner, what is added to the time left comes
    to the same, a cap counts from the act, and the way back out of a stage is open or shut for whole spans. So there are
    few days to try: the latest of all; the eve of `before`, when something else changes; the last day on which a plan is
    sold; where amounts are added up over a window, the last day on which each of `acts` is still in it; and for each of
    these, where it lies in a span in which the choice does nothing for a clock, the last day before that span.
    """
    latest = latest_day(choice, here, until, helps)
    if before is not None:
        latest = max(min(latest, before.prev_day()), here.day)
    limits = [latest]
    if choice.plan is not None and choice.plan.ends_on is not None:
        limits.append(choice.plan.ends_on)
    waiting = [bound for bound in here.bounds if bound.until < until]
    for bound in waiting:
        limits += _windows(bound.part, acts)
    limits = [day for day in limits if here.day <= day <= latest]
    found = list(limits)
    for bound in waiting:
        spans = helps.spans(choice, bound, alone=True)
        for limit in limits:
            if spans and not any(first <= limit <= end for first, end in spans):
                found += [end for _first, end in spans if here.day <= end < limit]
    return list(dict.fromkeys(found))


def _windows(part: Clock | Fee, acts: Sequence[Act]) -> Iterator[Day]:
    """Yield the last days on which acts still count for a sum of spending."""
    for trigger in part.restarts_on if isinstance(part, Clock) else ():
        if trigger.spending is not None:
            charged = (act for act in acts if act.amount is not None and act.kind in trigger.acts)
            yield from (after(act.day, trigger.spending.within).prev_day() for act in charged)


def _latest(choice: Choice, bound: Bound, helps: Helps) -> Day:
    spans = helps.spans(choice, bound)
    if not spans:
        return bound.latest
    return _earlier(spans[-1][1], days_between(bound.latest, bound.until))


# What makes two reaches comparable -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Traits:
    """What of the past the future depends on, beside the ends of the clocks.

    `dated`: the rule changes with the day. `sums`: amounts are added up, so that an act may matter that moved no date.
    `first_use`: a plan waits for the line's first use. `starts_at_plan`: until something restarts it, a clock follows the
    last plan. `renews`: it recurs on a day of the month. `idle`: a fee counts from the last use. `plans`: a length counts
    from the end of the last plan. `credit`: the balance counts itself. `stages_vary`: what follows an end depends on the
    act that set it.
    """

    dated: bool
    sums: bool
    first_use: bool
    starts_at_plan: bool
    renews: bool
    idle: bool
    plans: bool
    credit: bool
    stages_vary: bool


def traits(terms: Terms, boundaries: Sequence[Day]) -> Traits:
    """Return what matters under these terms."""
    clocks = [clock for rule in terms.versions for clock in rule.clocks if clock.leads_to_loss]
    fees = [fee for rule in terms.versions for fee in rule.fees if fee.leads_to_loss]
    triggers = [trigger for clock in clocks for trigger in clock.restarts_on]
    starts = {start.on for clock in clocks for start in clock.starts}
    stages = [stage for part in (*clocks, *fees) if isinstance(part.after, tuple) for stage in part.after]
    early = [end for clock in clocks for end in clock.ends_early]
    return Traits(
        dated=bool(boundaries) or any(plan.ends_on is not None for plan in terms.offer.plans),
        sums=any(trigger.spending is not None for trigger in triggers),
        first_use=Anchor.FIRST_USE in starts,
        starts_at_plan=Anchor.PLAN_END in starts,
        renews=any(clock.auto_renews for clock in clocks),
        idle=any(fee.idle_after is not None for fee in fees),
        plans=any(trigger.counts_from == "plan_end" for trigger in triggers) or any(end.plan_lapses for end in early),
        credit=bool(early) or any(isinstance(length, BalanceLength) for clock in clocks for length in clock.lengths),
        stages_vary=any(not isinstance(stage.length, FixedLength) for stage in stages),
    )


Group = tuple[object, ...]
Vector = tuple[Decimal | int, ...]


def compared(
    here: Reach, acts: Sequence[Act], credit: Decimal | None, traits: Traits, offer: Offer
) -> tuple[Group, Vector]:
    """Return what must be equal for two reaches to be comparable, and what is better where it is more.

    Of two comparable reaches, one that costs no more and is nowhere behind can copy every later act of the other (on the
    same days, or at once where it is later itself) and stays nowhere behind: lengths are added to days in order, and a
    cap or a later end never turns two days round. So the other is not needed.
    """
    group: list[object] = [tuple(found.clock for found in here.unknown)]
    vector: list[Decimal | int] = []
    for bound in here.bounds:
        group.append((bound.found.clock, bound.found.state is ClockState.MAY_BE_TERMINATED))
        vector += [_number(bound.ends), _number(bound.until), _number(bound.latest)]
        if isinstance(bound.part, Fee):
            rest = _rest(bound.found, bound.part)
            vector.append(rest)
            group += [bound.found.steps[0].day, rest] if bound.part.idle_after is not None else []
        if traits.stages_vary:
            group.append(tuple(days_between(bound.ends, span.ends_on or Day.MAX) for span in bound.found.stages))
    if traits.credit:
        group.append(credit)
    if traits.plans:
        ends = (plan_end(act, offer) for act in acts if act.plan is not None and act.day <= here.day)
        vector.append(max((_number(end) for end in ends if end is not None), default=0))
    if traits.first_use:
        group.append(_is_used(here, acts))
    return tuple(group), tuple(vector)


def way(here: Reach, acts: Sequence[Act], planned: Sequence[Act], traits: Traits) -> Group:
    """Return what of the way itself must be equal for two reaches to be comparable, beside `compared`.

    `acts` are all acts, `planned` the last of them.
    """
    waits = traits.first_use and not _is_used(here, acts)
    told = [
        (act.day, act.kind, act.amount, act.plan)
        for act in planned
        if traits.renews
        or (traits.sums and act.amount is not None)
        or ((waits or traits.starts_at_plan) and buys_plan(act))
    ]
    restarted = traits.starts_at_plan and any(not buys_plan(act) for act in planned)
    return (here.day if traits.dated else None, restarted, *told)


def _is_used(here: Reach, acts: Sequence[Act]) -> bool:
    return any(is_own_use(act) and act.day <= here.day for act in acts)


def is_behind(one: Vector, other: Vector) -> bool:
    """Tell whether `one` is nowhere ahead of `other`."""
    return all(mine <= theirs for mine, theirs in zip(one, other, strict=True))


def _number(day: Day) -> int:
    return day.to_stdlib().toordinal()


def _rest(found: Reckoning, fee: Fee) -> Decimal:
    """Return what is left of the credit once it has paid all the fees that it can pay in full."""
    amount = next((step.amount for step in found.steps if step.kind is StepKind.HAD), None)
    return Decimal(-1) if amount is None else max(Decimal(0), amount - (fee.minimum_left or 0)) % fee.amount
