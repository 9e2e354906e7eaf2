"""Ten times as many lines or acts are about ten times as much work, and one change is as little as ever.

What is counted are calls, not seconds: they are the same on every machine.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from simtui.catalogue import Catalogue, load
from simtui.desk import Desk, NewLine
from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day
from simtui.domain.line import Line
from simtui.paths import bundled
from simtui.store.tinydb_repository import open_repository

TODAY = Day(2026, 11, 21)
OFFERS = ("orange-fr-mobicarte", "giffgaff-payg", "sfr-la-carte", "ultra-mobile-paygo", "free-mobile-2eur")
FEW, MANY = 60, 600
CALLS_AN_ACT = 25
"""Half of what it takes to reckon each act in full; it is about 14."""
TEN_TIMES_MORE = 13
"""With some air: the first line of all also builds what all need."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(bundled("carriers.json"), None)


def acts(count: int) -> tuple[Act, ...]:
    """Return top-ups of several years, one every other week at most, some of them too late."""
    every = max(1, 3000 // count)
    days = [TODAY.subtract(days=number * every) for number in range(count)]
    return tuple(Act(line=1, kind=ActKind.TOP_UP, day=day, amount=Decimal(10), currency="EUR") for day in days)


def line(number: int) -> Line:
    return Line(label=f"Line {number}", offer=OFFERS[number % len(OFFERS)])


def calls(work: Callable[[], object]) -> int:
    """Return how many functions the work calls, those of Python and those written in C."""
    counted = 0

    def count(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return counted


@pytest.fixture
def opened(data_file: Path, catalogue: Catalogue) -> Iterator[Callable[..., Desk]]:
    """Return a desk, just opened, on a new file with so many lines of five acts each, or of as many as asked for."""
    desks: list[Desk] = []

    def make(count: int, each: int = 5) -> Desk:
        file = data_file.with_name(f"{count}-{each}.json")
        first = Desk(open_repository(file), catalogue, today=TODAY)
        first.add_lines([NewLine(line(number), acts(each)) for number in range(count)])
        first.repository.close()
        desks.append(Desk(open_repository(file), catalogue, today=TODAY))
        return desks[-1]

    yield make
    for desk in desks:
        desk.repository.close()


def look(desk: Desk) -> list[object]:
    return [held.standing for held in desk.each_holding()]


def test_ten_times_as_many_lines_are_ten_times_the_work(opened: Callable[..., Desk]) -> None:
    few, many = opened(FEW), opened(MANY)
    look(opened(1))
    assert calls(lambda: look(many)) < TEN_TIMES_MORE * calls(lambda: look(few))


@pytest.mark.parametrize("offer", OFFERS)
def test_ten_times_as_many_acts_are_ten_times_the_work(catalogue: Catalogue, data_file: Path, offer: str) -> None:
    desk = Desk(open_repository(data_file), catalogue, today=TODAY)
    few, many = desk.add_lines([NewLine(Line(label="A line", offer=offer), acts(count)) for count in (FEW, MANY)])
    held = {line_id: desk.holding(line_id) for line_id in (few, many)}
    assert held[few].known_offer
    assert calls(lambda: held[many].standing) < TEN_TIMES_MORE * calls(lambda: held[few].standing)
    desk.repository.close()


def test_after_a_change_only_that_line_is_read_and_reckoned(opened: Callable[..., Desk]) -> None:
    counted: list[int] = []
    for count in (FEW, MANY):
        desk = opened(count)
        look(desk)
        desk.record([*acts(1)])
        counted.append(calls(lambda desk=desk: look(desk)) - calls(lambda desk=desk: look(desk)))  # type: ignore[misc]
    few, many = counted
    assert few > 100
    assert many < few + 50


def test_one_more_act_is_little_work(opened: Callable[..., Desk]) -> None:
    few, many = opened(20, 10), opened(20, 60)
    for desk in (opened(5), few, many):
        desk.holdings()
    more = calls(lambda: look(many)) - calls(lambda: look(few))
    assert more < 20 * 50 * CALLS_AN_ACT
