"""Acts that are taken in rows leave the same behind as acts that are taken one by one: dates, sums, remarks, certainty."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day, Period, after, moving, repeated, repeating
from simtui.domain.reckoning import Reckoning, Step, StepKind, Steps, Why
from simtui.domain.rule import Clock, FixedLength, Loses, Rule, Trigger
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


@given(days, periods, st.integers(0, 100_000))
def test_what_moves_many_days_moves_each_as_one_alone(day: Day, period: Period, times: int) -> None:
    assert moving(period)(day) == after(day, period)
    assert moving(period)(Day.MAX) == after(Day.MAX, period)
    assert repeating(period)(day, times) == repeated(day, period, times)


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
    paid = Act(line=1, kind=ActKind.TOP_UP, day=whole.today)
    assert standing(whole.line, [paid], offer, whole.today).next_day == after(whole.today, Period.parse_iso("P1M"))


def test_a_sum_is_written_once_and_only_when_it_is_read() -> None:
    written = []

    def write() -> list[Step]:
        written.append(1)
        return [Step(StepKind.HAD, result=Day(2026, 1, 1)), Step(StepKind.ASSUMED)]

    steps = Steps(write)
    assert not written
    as_tuple = (Step(StepKind.HAD, result=Day(2026, 1, 1)), Step(StepKind.ASSUMED))
    assert steps == as_tuple
    assert as_tuple == steps
    assert steps == Steps(write)
    assert steps != as_tuple[:1]
    assert hash(steps) == hash(as_tuple)
    assert (len(steps), steps[1], steps[:1]) == (2, as_tuple[1], as_tuple[:1])
    assert len(written) == 2
