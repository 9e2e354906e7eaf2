"""Random lines for the second engine: rules of the shapes that it knows, and dense histories that run into their edges.

Drawn with plain chance rather than with hypothesis, whose examples for so deep a thing are mostly empty: here most lines
have a date, acts meet on one day, and fall on the very days on which something ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random
from typing import Any

from simtui.domain.act import Act, ActKind, Balances, Channel, Mark
from simtui.domain.calendar import Day, Period
from simtui.domain.line import Identity, Knowledge, Line
from simtui.domain.offer import Offer, OfferKind
from simtui.domain.rule import (
    AmountLength,
    AmountTier,
    Anchor,
    BalanceLength,
    Clock,
    EarlyEnd,
    Exclusion,
    Fee,
    FixedLength,
    HoldOffer,
    Length,
    Loses,
    PlanKind,
    PlanLength,
    Rule,
    Spending,
    Stacking,
    Stage,
    StageName,
    Start,
    Trigger,
    Undo,
    UnitLength,
    UnknownLength,
)
from tests.domain.strategies import NAME, PLAN_IDS, offer_with

BEGINNING = Day(2026, 1, 29)
_PERIODS = tuple(map(Period.parse_iso, ("P7D", "P30D", "P1M", "P1M", "P45D", "P2M", "P90D", "P1D", "P0D")))
_LONGER = _PERIODS[:7]
_AMOUNTS = tuple(map(Decimal, ("5", "10", "12", "3", "20", "0")))
_TABLES = (
    (AmountTier(at=Decimal(5), period=Period.parse_iso("P1M")), AmountTier(at=Decimal(10), period=_PERIODS[6])),
    (
        AmountTier(at=Decimal(5), period=Period.parse_iso("P7D")),
        AmountTier.model_validate({"from": "3", "below": "20", "period": "P2M"}),
        AmountTier.model_validate({"from": "20"}),
    ),
    (AmountTier.model_validate({"from": "0", "period": "P30D"}),),
)
_TRIGGERING = (
    ActKind.TOP_UP,
    ActKind.TOP_UP,
    ActKind.PLAN_PURCHASE,
    ActKind.PAYMENT,
    ActKind.CALL_OUT,
    ActKind.DATA,
    ActKind.ACTIVATION,
)
_OTHERS = (
    ActKind.STATEMENT,
    ActKind.BALANCE_READING,
    ActKind.HOLD,
    ActKind.IDENTIFICATION,
    ActKind.FEE,
    ActKind.SMS_IN,
    *_TRIGGERING,
)


@dataclass(frozen=True)
class Case:
    """A line on an offer, what happened to it, and the day on which somebody looks."""

    offer: Offer
    line: Line
    acts: tuple[Act, ...]
    today: Day


def case(shape: str, number: int) -> Case:
    """Return case `number` of a shape: always the same one."""
    some = _Chance(f"{shape} {number}")
    rules = SHAPES[shape](some)
    kind = some.of(OfferKind.KEEP_NUMBER, OfferKind.KEEP_NUMBER, OfferKind.TRAVEL_ESIM)
    offer = offer_with(*rules, kind=kind)
    acts = some.history(offer)
    days = [act.day for act in acts] or [BEGINNING]
    today = max(days) if some.one_in(2) else some.of(*days).add(days=some.of(0, 1, 7, 30, 31, 60, 100))
    return Case(offer, some.line(), tuple(acts), today)


class _Chance:
    """Draws the parts of a case."""

    def __init__(self, seed: str) -> None:
        self.random = Random(seed)

    def of(self, *choices: Any) -> Any:
        return self.random.choice(choices)

    def one_in(self, number: int) -> bool:
        return self.random.randrange(number) == 0

    def few(self, choices: Sequence[Any], at_least: int, at_most: int) -> tuple[Any, ...]:
        return tuple(self.random.choice(choices) for _ in range(self.random.randint(at_least, at_most)))

    def rarely(self, draw: Callable[[], Any], otherwise: Any = None) -> Any:
        return draw() if self.one_in(4) else otherwise

    def several(self, draw: Callable[[], Any], at_least: int, at_most: int) -> tuple[Any, ...]:
        return tuple(draw() for _ in range(self.random.randint(at_least, at_most)))

    def fixed(self) -> Length:
        return FixedLength(period=self.of(*_PERIODS))

    def length(self) -> Length:
        lengths: tuple[Length, ...] = (
            self.fixed(),
            AmountLength(tiers=self.of(*_TABLES)),
            BalanceLength(tiers=self.of(*_TABLES)),
            UnitLength(unit=Decimal(self.of(1, 3)), period=self.of(*_PERIODS[:2])),
            PlanLength(),
        )
        return UnknownLength() if self.one_in(10) else self.of(*lengths)

    def trigger(self) -> Trigger:
        return Trigger(
            acts=self.few(_TRIGGERING, 1, 3),
            min_amount=self.rarely(lambda: self.of(*_AMOUNTS)),
            plan_kinds=self.rarely(lambda: self.few(tuple(PlanKind), 1, 2), ()),
            plans=self.rarely(lambda: self.few(PLAN_IDS, 1, 2), ()),
            channels=self.rarely(lambda: self.few(tuple(Channel), 1, 2), ()),
            spending=self.rarely(self.spending),
            marks=self.rarely(lambda: self.few(tuple(Mark), 1, 2), ()) if self.one_in(2) else (),
            also=self.rarely(lambda: self.few(tuple(Mark), 1, 2), ()),
            counts_from="plan_end" if self.one_in(5) else "act",
            length=self.rarely(self.length),
        )

    def spending(self) -> Spending:
        return Spending(amount=self.of(*_AMOUNTS), within=self.of(*_LONGER), strictly=self.one_in(2))

    def plain_trigger(self) -> Trigger:
        return Trigger(acts=self.few(_TRIGGERING, 1, 3), length=self.rarely(self.length))

    def exclusion(self, kinds: Sequence[ActKind] = _TRIGGERING) -> Exclusion:
        return Exclusion(
            acts=self.few(kinds, 1, 2),
            marks=self.few(tuple(Mark), 1, 2) if kinds is _TRIGGERING else (),
            channels=self.rarely(lambda: self.few(tuple(Channel), 1, 2), ()),
            reason=NAME,
        )

    def look_alikes(self, kind: ActKind) -> tuple[Exclusion, ...]:
        return (self.exclusion((kind,)),) if self.one_in(4) else ()

    def stage(self) -> Stage:
        length = self.fixed() if self.one_in(2) else self.length()
        return Stage(
            name=self.of(*StageName),
            # What a stage by plan would mean nobody has said.
            length=self.fixed() if isinstance(length, PlanLength) else length,
            undo=self.few((Undo.TOP_UP, *Undo), 0, 3),
            undo_from=self.rarely(lambda: self.of(*_AMOUNTS[:4])),
            undo_all=self.one_in(4),
            recall=self.one_in(2),
        )

    def follows(self) -> Any:
        stages = self.several(self.stage, 1, 3)
        return self.of(None, "none", "unknown", stages, stages, stages, ())

    def start(self) -> Start:
        return Start(on=self.of(*Anchor), length=self.rarely(self.length))

    def hold(self) -> HoldOffer:
        return HoldOffer(period=self.of(*_LONGER), ended_by_restart=self.one_in(2))

    def early_end(self) -> EarlyEnd:
        return EarlyEnd(
            balance_at_most=self.rarely(lambda: self.of(*_AMOUNTS), Decimal(0)),
            balance_below=self.rarely(lambda: self.of(*_AMOUNTS)),
            plan_lapses=self.one_in(2),
        )

    def clock(self, clock_id: str = "a", **fields: Any) -> Clock:
        loses, follows = self.of(*Loses), self.follows()
        drawn: dict[str, Any] = {
            "id": clock_id,
            "name": NAME,
            "loses": loses,
            "after": "none" if loses is Loses.NUMBER and follows is None else follows,
            "restarts_on": self.several(self.plain_trigger, 1, 2),
            "length": self.fixed(),
            "stacking": self.of(None, *Stacking),
        }
        return Clock(**(drawn | fields))

    def rich_clock(self, clock_id: str = "a", *, ends_early: bool = False) -> Clock:
        return self.clock(
            clock_id,
            length=self.length(),
            restarts_on=self.several(self.trigger if self.one_in(3) else self.plain_trigger, 1, 3),
            excludes=self.rarely(lambda: (self.exclusion(),), ()),
            starts=self.rarely(lambda: self.several(self.start, 1, 2), ()),
            day_after=self.one_in(5),
            cap=self.rarely(lambda: self.of(*_PERIODS)),
            ends_early=(self.early_end(),) if ends_early else (),
            hold=None if ends_early else self.rarely(self.hold),
            registration=not ends_early and self.one_in(12),
        )

    def fee(self) -> Fee:
        by_day = self.one_in(3)
        return Fee(
            id="fee",
            name=NAME,
            loses=self.of(Loses.SERVICE, Loses.BALANCE),
            after=self.follows(),
            amount=self.of(Decimal(3), Decimal(5)),
            every=None if by_day else self.of(*_LONGER),
            on_day=self.of(1, 15, 30, 31) if by_day else None,
            idle_after=self.rarely(lambda: self.of(*_LONGER)),
            reset_by=self.few(_TRIGGERING, 1, 3),
            in_advance=self.one_in(2),
            first_after=self.rarely(lambda: self.of(*_PERIODS)),
            minimum_left=self.rarely(lambda: self.of(*_AMOUNTS[:4])),
        )

    def version(self) -> Rule:
        return Rule(
            clocks=(
                self.rich_clock("a") if self.one_in(3) else self.clock("a"),
                *self.rarely(lambda: (self.clock("b"),), ()),
            ),
            fees=(self.fee(),) if self.one_in(3) else (),
            valid_from=self.rarely(self.day) if self.one_in(2) else None,
            valid_to=self.rarely(self.day) if self.one_in(2) else None,
            opened_from=self.rarely(self.day) if self.one_in(3) else None,
            opened_to=self.rarely(self.day) if self.one_in(3) else None,
            variant=self.of(None, None, None, "old"),
        )

    def day(self) -> Day:
        return BEGINNING.add(days=self.of(0, 1, 2, 30, 31, self.random.randint(0, 150)))

    def line(self) -> Line:
        state = self.of(*Knowledge)
        return Line(
            label="a line",
            offer="offer",
            variant=self.of(None, None, "old"),
            opened_on=self.rarely(self.day),
            activated_on=self.of(None, None, BEGINNING, self.rarely(self.day)),
            identity=Identity(state=state, day=self.rarely(self.day)),
            lead_days=self.rarely(lambda: self.random.randint(0, 40)),
        )

    def history(self, offer: Offer) -> list[Act]:
        """Return acts of the kinds that the rule is about, on few days that lie one of its periods apart."""
        meant = [
            kind for rule in offer.rules for clock in rule.clocks for one in clock.restarts_on for kind in one.acts
        ]
        meant += [
            kind for rule in offer.rules for fee in rule.fees for kind in (*fee.reset_by, ActKind.BALANCE_READING)
        ]
        kinds = [*self.few(meant or _TRIGGERING, 1, 3), *self.few(_OTHERS, 0, 3)]
        days = [BEGINNING]
        for _ in range(self.random.randint(0, 5)):
            days.append(days[-1].add(days=self.of(0, 1, 7, 8, 28, 30, 31, 45, self.random.randint(0, 60))))
        return [self.act(self.of(*kinds), self.of(*days), order) for order in range(self.random.randint(0, 8))]

    def act(self, kind: ActKind, day: Day, order: int) -> Act:
        """Return an act as a person would record it."""
        currency = "USD" if self.one_in(12) else "EUR"
        reads = kind is ActKind.BALANCE_READING
        amount = None if reads or self.one_in(5) else self.of(*_AMOUNTS)
        states = kind is ActKind.STATEMENT
        told = states or (kind in (ActKind.HOLD, ActKind.PLAN_PURCHASE) and self.one_in(6))
        return Act(
            line=1,
            kind=kind,
            day=day,
            order=order,
            amount=amount,
            currency=None if amount is None else currency,
            plan=self.of(*PLAN_IDS, "week", "month") if kind in (ActKind.PLAN_PURCHASE, ActKind.PAYMENT) else None,
            channel=self.rarely(lambda: self.of(*Channel)),
            mark=self.rarely(lambda: self.of(*Mark)) if self.one_in(3) else None,
            from_credit=self.of(None, None, True, False),
            balances=Balances(credit=self.of(*_AMOUNTS), currency=currency) if reads else None,
            clock=self.of(None, None, "a", "b") if states else None,
            in_turn=states and self.one_in(4),
            # A day of the past is something that only the operator says.
            valid_until=day.add(days=self.of(0, 1, 30, self.random.randint(-20 if states else 0, 90)))
            if told
            else None,
        )


SHAPES: dict[str, Callable[[_Chance], tuple[Rule, ...]]] = {
    "fixed": lambda some: (Rule(clocks=(some.clock(),)),),
    "lengths": lambda some: (
        Rule(clocks=(some.clock(length=some.length(), cap=some.rarely(lambda: some.of(*_PERIODS))),)),
    ),
    "starts": lambda some: (
        Rule(
            clocks=(some.clock(starts=some.several(some.start, 1, 2), length=some.length(), day_after=some.one_in(3)),)
        ),
    ),
    "plans": lambda some: (
        Rule(
            clocks=(
                some.clock(
                    length=some.of(PlanLength(), some.fixed()),
                    starts=some.several(lambda: Start(on=some.of(*Anchor)), 1, 2),
                    restarts_on=some.several(
                        lambda: Trigger(
                            acts=some.of((ActKind.PLAN_PURCHASE,), (ActKind.DATA,)),
                            counts_from=some.of("act", "act", "plan_end"),
                            length=some.rarely(lambda: some.of(PlanLength(), some.fixed())),
                        ),
                        0,
                        2,
                    ),
                    day_after=some.one_in(3),
                ),
            )
        ),
    ),
    "triggers": lambda some: (
        Rule(
            clocks=(
                some.clock(restarts_on=some.several(some.trigger, 1, 3), excludes=some.several(some.exclusion, 0, 1)),
            )
        ),
    ),
    "early ends": lambda some: (Rule(clocks=(some.clock(ends_early=(some.early_end(),)),)),),
    "holds": lambda some: (Rule(clocks=(some.clock(hold=some.hold(), excludes=some.look_alikes(ActKind.HOLD)),)),),
    "papers": lambda some: (
        Rule(
            clocks=(
                some.clock(
                    registration=True, starts=(some.start(),), excludes=some.look_alikes(ActKind.IDENTIFICATION)
                ),
            )
        ),
    ),
    "activated by": lambda some: (
        Rule(
            clocks=(
                some.clock(activation=True, restarts_on=(), starts=(Start(on=some.of(*Anchor, Anchor.PURCHASE)),)),
                *some.rarely(lambda: (some.clock("b"),), ()),
            )
        ),
    ),
    "two clocks": lambda some: (Rule(clocks=(some.rich_clock("a", ends_early=True), some.rich_clock("b"))),),
    "fees": lambda some: (Rule(fees=(some.fee(),)),),
    "clock and fee": lambda some: (Rule(clocks=(some.clock(),), fees=(some.fee(),)),),
    "dated": lambda some: some.several(some.version, 1, 3),
}


def simpler(found: Case) -> Iterator[Case]:
    """Yield the case with something left out, one thing after another."""
    for number in range(len(found.acts)):
        yield replace(found, acts=found.acts[:number] + found.acts[number + 1 :])
    for number, act in enumerate(found.acts):
        for bare in _barer(act, keep=("line", "kind", "day", "order")):
            yield replace(found, acts=(*found.acts[:number], bare, *found.acts[number + 1 :]))
    for bare in _barer(found.line, keep=("label", "offer")):
        yield replace(found, line=bare)
    for bare in _barer(found.offer, keep=("id", "name", "country", "zone", "currency", "rules", "plans", "sources")):
        yield replace(found, offer=bare)
    for number, rule in enumerate(found.offer.rules):
        others = found.offer.rules
        for bare in _barer_rules(rule):
            rules = (*others[:number], bare, *others[number + 1 :])
            yield replace(found, offer=found.offer.model_copy(update={"rules": rules}))


def _barer(record: Any, keep: Sequence[str] = ()) -> Iterator[Any]:
    for name, field in type(record).model_fields.items():
        if name not in keep and not field.is_required() and getattr(record, name) != field.get_default():
            try:
                yield type(record)(**{**dict(record), name: field.get_default()})
            except ValueError:
                continue


def _barer_rules(rule: Rule) -> Iterator[Rule]:
    yield from _barer(rule, keep=("clocks", "fees"))
    for name, parts in (("clocks", rule.clocks), ("fees", rule.fees)):
        for number, part in enumerate(parts):
            yield rule.model_copy(update={name: parts[:number] + parts[number + 1 :]})
            for bare in _barer(part):
                yield rule.model_copy(update={name: (*parts[:number], bare, *parts[number + 1 :])})
