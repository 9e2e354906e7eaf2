"""Acts that are taken in rows leave the same behind as acts that are taken one by one: dates, sums, remarks, certainty."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given

from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day, Period, after, moving
from simtui.domain.line import Identity, Knowledge, Line
from simtui.domain.offer import Offer
from simtui.domain.reckoning import ClockState, OnDemand, Reckoning, Step, StepKind, Why
from simtui.domain.rule import Clock, FixedLength, Loses, Rule, Stacking, Stage, StageName, Trigger, Undo
from simtui.domain.run import Run
from simtui.domain.standing import Phase, Standing, standing
from tests.domain.slow_cases import SHAPES, Case, case
from tests.domain.strategies import NAME, days, offer_with, periods

CASES = 150


def one_by_one(monkeypatch: pytest.MonkeyPatch, one: Case) -> Standing:
    """Return the standing as it is reckoned without any rows."""

    def none(_run: object, _acts: Sequence[Act], first: int) -> int:
        return first

    with monkeypatch.context() as patch:
        patch.setattr(Run, "hear_plain", none)
        return standing(one.line, one.acts, one.offer, one.today)


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_rows_change_nothing(monkeypatch: pytest.MonkeyPatch, shape: str) -> None:
    for number in range(CASES):
        one = case(shape, number)
        in_rows = standing(one.line, one.acts, one.offer, one.today)
        assert in_rows == one_by_one(monkeypatch, one), f"{shape} {number}"


def subscription(stacking: Stacking | None, *, day_after: bool = False) -> Offer:
    """Return an offer that lives by its monthly payments and can renew itself."""
    stage = Stage(name=StageName.SUSPENDED, length=FixedLength(period=Period(days=20)), undo=(Undo.PAYMENT,))
    clock = Clock(
        id="month",
        name=NAME,
        loses=Loses.NUMBER,
        after=(stage,),
        length=FixedLength(period=Period(months=1)),
        restarts_on=(Trigger(acts=(ActKind.PAYMENT,)),),
        stacking=stacking,
        day_after=day_after,
        auto_renews=True,
    )
    return offer_with(Rule(clocks=(clock,)))


def paid(*on: str) -> tuple[Act, ...]:
    """Return the payments of these days."""
    return tuple(Act(line=1, kind=ActKind.PAYMENT, day=Day.parse_iso(day)) for day in on)


@pytest.mark.parametrize("stacking", [None, *Stacking])
def test_rows_change_nothing_where_each_payment_goes_on_from_the_one_before(
    monkeypatch: pytest.MonkeyPatch, stacking: Stacking | None
) -> None:
    offer, line = subscription(stacking), Line(label="a line", offer="offer")
    acts = paid("2026-01-31", "2026-02-10", "2026-02-28", "2026-04-25", "2026-05-02", "2026-05-02", "2026-06-01")
    for count in range(1, len(acts) + 1):
        one = Case(offer, line, acts[:count], acts[count - 1].day.add(days=3))
        assert standing(line, one.acts, offer, one.today) == one_by_one(monkeypatch, one), count


def test_months_recur_from_the_end_that_a_payment_on_a_stated_last_day_has_led_to() -> None:
    offer, line = subscription(Stacking.EXTEND, day_after=True), Line(label="a line", offer="offer")
    said = Act(line=1, kind=ActKind.STATEMENT, day=Day(2026, 1, 20), valid_until=Day(2026, 2, 2))
    acts = (said, *paid("2026-02-02", "2026-03-01"))
    ends = [standing(line, acts[:count], offer, acts[count - 1].day).next_day for count in (1, 2, 3)]
    assert ends == [Day(2026, 2, 2), Day(2026, 3, 3), Day(2026, 4, 3)]


@given(days, periods)
def test_what_moves_many_days_moves_each_as_one_alone(day: Day, period: Period) -> None:
    assert moving(period)(day) == after(day, period)
    assert moving(period)(Day.MAX) == after(Day.MAX, period)


def test_a_clock_that_nothing_has_touched_is_reckoned_for_one_line_and_today_for_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = case("fixed", 1)
    held = Clock(
        id="a",
        name=NAME,
        loses=Loses.NUMBER,
        after="none",
        length=FixedLength(period=Period.parse_iso("P1M")),
        restarts_on=(Trigger(acts=(ActKind.TOP_UP,)),),
    )
    offer, closed = offer_with(Rule(clocks=(held,))), []
    close = Run.close

    def counted(run: Run) -> Reckoning:
        closed.append(run)
        return close(run)

    monkeypatch.setattr(Run, "close", counted)
    call = Act(line=1, kind=ActKind.CALL_OUT, day=whole.today)
    bare = [standing(whole.line, acts, offer, whole.today.add(days=late)) for late, acts in enumerate(((), (call,)))]
    assert [found.phase for found in bare] == [Phase.UNKNOWN] * 2
    assert [step.why for found in bare for step in found.clocks[0].steps] == [Why.NOTHING_RECORDED] * 2
    assert len(closed) == 1
    topped_up = Act(line=1, kind=ActKind.TOP_UP, day=whole.today)
    assert standing(whole.line, [topped_up], offer, whole.today).next_day == after(whole.today, Period.parse_iso("P1M"))


def test_papers_that_one_line_has_shown_are_not_taken_for_those_of_the_next() -> None:
    clock = Clock(
        id="papers",
        name=NAME,
        loses=Loses.SERVICE,
        length=FixedLength(period=Period(days=30)),
        restarts_on=(Trigger(acts=(ActKind.IDENTIFICATION,)),),
        registration=True,
    )
    offer = offer_with(Rule(clocks=(clock,)))
    states = [
        standing(Line(label="a line", offer="offer", identity=Identity(state=known)), (), offer, Day(2026, 1, 1))
        for known in (Knowledge.UNKNOWN, Knowledge.YES, Knowledge.NO)
    ]
    assert [found.clocks[0].state for found in states] == [ClockState.UNKNOWN, ClockState.DROPPED, ClockState.UNKNOWN]


def test_a_sum_is_written_once_and_only_when_it_is_read() -> None:
    written = []

    def write() -> list[Step]:
        written.append(1)
        return [Step(StepKind.HAD, result=Day(2026, 1, 1)), Step(StepKind.ASSUMED)]

    steps = OnDemand(write)
    assert not written
    as_tuple = (Step(StepKind.HAD, result=Day(2026, 1, 1)), Step(StepKind.ASSUMED))
    assert steps == as_tuple
    assert as_tuple == steps
    assert steps == OnDemand(write)
    assert steps != as_tuple[:1]
    assert hash(steps) == hash(as_tuple)
    assert (len(steps), steps[1], steps[:1]) == (2, as_tuple[1], as_tuple[:1])
    assert len(written) == 2
