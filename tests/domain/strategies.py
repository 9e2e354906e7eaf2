"""Random rules and histories, as valid as a file or a person can make them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from simtui.domain.act import Act, ActKind, Balances, Channel, Mark
from simtui.domain.calendar import Day, Period
from simtui.domain.line import Identity, Knowledge, Line
from simtui.domain.offer import Offer, OfferKind, Plan, Source, SourceCertainty, TopUp
from simtui.domain.record import Text
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
    RuleCertainty,
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

NAME = Text(en="x")
CLOCK_IDS = ("a", "b", "c")
PLAN_IDS = ("week", "month", "fixed", "bare")
PLANS = (
    Plan(id="week", name=NAME, kind=PlanKind.DATA, price=Decimal(5), validity=Period.parse_iso("P7D")),
    Plan(id="month", name=NAME, kind=PlanKind.COMBO, price=Decimal(10), validity=Period.parse_iso("P1M")),
    Plan(id="fixed", name=NAME, kind=PlanKind.ROAMING, ends_on=Day(2026, 12, 31)),
    Plan(id="bare", name=NAME, kind=PlanKind.VALIDITY),
)
SOURCES = tuple(Source(id=kind.value.replace("_", "-"), what=NAME, certainty=kind) for kind in SourceCertainty)

FAR_DAYS = (Day(1970, 1, 1), Day(2024, 2, 29), Day(2199, 12, 31))
days = st.one_of(
    st.integers(0, 1200).map(lambda number: Day(2025, 1, 1).add(days=number)),
    st.integers(0, 1200).map(lambda number: Day(2025, 1, 1).add(days=number)),
    st.sampled_from(FAR_DAYS),
)
near_days = st.integers(0, 900).map(lambda number: Day(2025, 1, 1).add(days=number))
_LENGTHS = ("P0D", "P1D", "P7D", "P30D", "P1M", "P90D", "P3M", "P6M", "P180D", "P1Y", "P1Y2M3W4D", "P100Y")
periods = st.sampled_from(_LENGTHS).map(Period.parse_iso)
near_periods = st.sampled_from(_LENGTHS[2:10]).map(Period.parse_iso)
amounts = st.sampled_from(("0", "0.5", "3", "5", "10", "20", "1000000000")).map(Decimal)


def _some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(st.none(), strategy)


def _few(strategy: st.SearchStrategy[Any], at_least: int = 0, at_most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, min_size=at_least, max_size=at_most).map(tuple)


tiers = st.sampled_from(
    (
        (AmountTier(at=Decimal(5), period=Period.parse_iso("P1M")),),
        (
            AmountTier(at=Decimal(5), period=Period.parse_iso("P7D")),
            AmountTier.model_validate({"from": "10", "below": "20", "period": "P6M"}),
            AmountTier.model_validate({"from": "20"}),
        ),
        (AmountTier.model_validate({"from": "0", "period": "P30D"}),),
    )
)
lengths: st.SearchStrategy[Length] = st.one_of(
    periods.map(lambda period: FixedLength(period=period)),
    periods.map(lambda period: FixedLength(period=period)),
    tiers.map(lambda table: AmountLength(tiers=table)),
    tiers.map(lambda table: BalanceLength(tiers=table)),
    st.builds(UnitLength, unit=st.sampled_from(("1", "0.0001", "7")).map(Decimal), period=periods),
    st.just(PlanLength()),
    st.just(UnknownLength()),
)
kinds = st.sampled_from(ActKind)
triggers = st.builds(
    Trigger,
    acts=_few(kinds, at_least=1, at_most=4),
    min_amount=_some(amounts),
    plan_kinds=_few(st.sampled_from(PlanKind), at_most=1),
    plans=_few(st.sampled_from(PLAN_IDS), at_most=1),
    channels=_few(st.sampled_from(Channel), at_most=1),
    spending=_some(st.builds(Spending, amount=amounts, within=periods, strictly=st.booleans())),
    marks=st.one_of(st.just(()), st.just(()), _few(st.sampled_from(Mark))),
    also=_few(st.sampled_from(Mark)),
    counts_from=st.sampled_from(("act", "act", "plan_end")),
    length=st.one_of(st.none(), st.none(), lengths),
)
plain_triggers = st.builds(
    Trigger, acts=_few(kinds, at_least=1, at_most=6), length=st.one_of(st.none(), st.none(), lengths)
)
exclusions = st.builds(
    Exclusion,
    acts=_few(kinds, at_least=1),
    marks=_few(st.sampled_from(Mark)),
    channels=_few(st.sampled_from(Channel), at_most=1),
    plans=_few(st.sampled_from(PLAN_IDS), at_most=1),
    reason=st.just(NAME),
)
stages = st.builds(
    Stage,
    name=st.sampled_from(StageName),
    length=st.one_of(periods.map(lambda period: FixedLength(period=period)), lengths),
    undo=_few(st.sampled_from(Undo), at_most=3),
    undo_from=_some(amounts.filter(bool)),
    undo_all=st.sampled_from((False, False, True)),
    recall=st.booleans(),
    source=_some(st.sampled_from([source.id for source in SOURCES])),
)
followings = st.one_of(st.none(), st.just("none"), st.just("unknown"), _few(stages, at_most=3))
countdowns = {
    "name": st.just(NAME),
    "certainty": _some(st.sampled_from(RuleCertainty)),
    "source": _some(st.sampled_from([source.id for source in SOURCES])),
}


starting = st.builds(
    Start,
    on=st.sampled_from(Anchor),
    length=_some(lengths),
    certainty=countdowns["certainty"],
    source=countdowns["source"],
)


@st.composite
def clocks(draw: st.DrawFn, /, clock_id: str = "a", **fixed: Any) -> Clock:
    """Return any clock; `fixed` fields are taken as they are."""
    loses = draw(st.sampled_from(Loses))
    after = draw(followings)
    length = draw(lengths)
    fields: dict[str, Any] = {
        "id": clock_id,
        **{name: draw(strategy) for name, strategy in countdowns.items()},
        "loses": loses,
        "after": "none" if loses is Loses.NUMBER and after is None else after,
        "starts": draw(_few(starting)),
        "restarts_on": draw(_few(st.one_of(plain_triggers, triggers), at_most=3)),
        "excludes": draw(_few(exclusions, at_most=1)),
        "length": length,
        "day_after": draw(st.booleans()),
        "stacking": draw(_some(st.sampled_from(Stacking))),
        "cap": draw(_some(periods)),
        "ends_early": draw(_few(early_ends, at_most=1)),
        "hold": draw(_some(st.builds(HoldOffer, period=periods, ended_by_restart=st.booleans()))),
        "registration": draw(st.sampled_from((False, False, False, True))),
        "activation": draw(st.sampled_from((False, False, False, True))),
    }
    fields |= fixed
    fields.setdefault("auto_renews", isinstance(fields["length"], FixedLength) and draw(st.booleans()))
    return Clock(**fields)


early_ends = st.builds(
    EarlyEnd, balance_at_most=_some(amounts), balance_below=_some(amounts), plan_lapses=st.booleans()
)


@st.composite
def fees(draw: st.DrawFn, /, fee_id: str = "fee", **fixed: Any) -> Fee:
    """Return any fee; `fixed` fields are taken as they are."""
    by_day = draw(st.booleans())
    fields: dict[str, Any] = {
        "id": fee_id,
        **{name: draw(strategy) for name, strategy in countdowns.items()},
        "loses": draw(st.sampled_from((Loses.SERVICE, Loses.BALANCE))),
        "after": draw(followings),
        "amount": draw(amounts.filter(bool)),
        "every": None if by_day else draw(periods.filter(lambda period: period.sign() > 0)),
        "on_day": draw(st.integers(1, 31)) if by_day else None,
        "idle_after": draw(_some(periods)),
        "reset_by": draw(_few(kinds)),
        "in_advance": draw(st.booleans()),
        "first_after": draw(_some(periods)),
        "minimum_left": draw(_some(amounts)),
    }
    return Fee(**(fields | fixed))


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Return any version of a rule, perhaps an empty one."""
    count = draw(st.integers(0, 3))
    parts = tuple(draw(clocks(clock_id)) for clock_id in CLOCK_IDS[:count])
    taken = draw(_few(fees(), at_most=1))
    ids = [part.id for part in (*parts, *taken)]
    dated = draw(st.integers(0, 3)) == 0
    return Rule(
        clocks=parts,
        fees=taken,
        stated=draw(_some(st.sampled_from(ids))) if ids else None,
        valid_from=draw(_some(near_days)) if dated else None,
        valid_to=draw(_some(near_days)) if dated else None,
        opened_from=draw(_some(near_days)) if dated else None,
        opened_to=draw(_some(near_days)) if dated else None,
        variant=draw(st.sampled_from((None, None, None, "old"))),
    )


def offer_with(*versions: Rule, kind: OfferKind = OfferKind.KEEP_NUMBER, currency: str = "EUR") -> Offer:
    """Return an offer with these versions of its rule, some plans and a top-up."""
    return Offer(
        id="offer",
        kind=kind,
        name=NAME,
        country="FR",
        zone="Europe/Paris",
        currency=currency,
        rules=versions,
        plans=PLANS,
        top_ups=(TopUp(amount=Decimal(10)),),
        sources=SOURCES,
    )


offers = st.builds(
    lambda versions, kind: offer_with(*versions, kind=kind), _few(rules(), at_most=2), st.sampled_from(OfferKind)
)
lines = st.builds(
    Line,
    label=st.just("a line"),
    offer=st.just("offer"),
    variant=st.sampled_from((None, None, "old")),
    opened_on=_some(near_days),
    activated_on=st.one_of(st.none(), st.none(), st.just(Day(2025, 1, 31)), near_days),
    identity=st.builds(Identity, state=st.sampled_from(Knowledge), day=_some(near_days)),
    auto_renew=st.sampled_from(Knowledge),
    lead_days=_some(st.integers(0, 365)),
)


@st.composite
def acts(draw: st.DrawFn, /, order: int = 0, when: st.SearchStrategy[Day] = days, **fixed: Any) -> Act:
    """Return any act; `fixed` fields are taken as they are."""
    kind = fixed.get("kind") or draw(kinds)
    currency = draw(st.sampled_from(("EUR", "EUR", "EUR", "USD")))
    amount = draw(_some(amounts))
    reads = kind is ActKind.BALANCE_READING or draw(st.integers(0, 5)) == 0
    fields: dict[str, Any] = {
        "line": 1,
        "kind": kind,
        "day": draw(when),
        "order": order,
        "amount": amount,
        "currency": None if amount is None else currency,
        "plan": draw(st.sampled_from((None, None, *PLAN_IDS, "gone"))),
        "channel": draw(_some(st.sampled_from(Channel))),
        "mark": draw(st.sampled_from((None, None, None, *Mark))),
        "from_credit": draw(st.sampled_from((None, None, True, False))),
        "balances": Balances(credit=draw(amounts), currency=currency) if reads else None,
        "clock": draw(st.sampled_from((None, None, *CLOCK_IDS, "fee", "gone"))),
        "valid_until": draw(when) if kind is ActKind.STATEMENT else draw(_some(when)),
    }
    return Act(**(fields | fixed))


@st.composite
def histories(draw: st.DrawFn, when: st.SearchStrategy[Day] = days, at_most: int = 8) -> list[Act]:
    """Return acts with an order of their own, as the desk gives it."""
    count = draw(st.integers(0, at_most))
    return [draw(acts(order=number, when=when)) for number in range(count)]
