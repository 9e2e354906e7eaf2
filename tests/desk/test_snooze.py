"""Snoozing through the desk: what is refused, what it is called, what rows and lists make of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from simtui.catalogue import Catalogue, load
from simtui.desk import Desk, NewLine
from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day
from simtui.domain.line import Line
from simtui.errors import InputError
from simtui.holding import outlook_of, standing_on
from simtui.outlook import counts, most_urgent
from simtui.paths import bundled
from simtui.report.urgency import needs_act
from simtui.store.tinydb_repository import open_repository

TODAY = Day(2026, 11, 21)
LAST = Day(2026, 11, 24)
PARIS = Line(label="Paris", offer="orange-fr-mobicarte")
LYCA = Line(label="Lyca", offer="lycamobile-fr")
SFR = Line(label="SFR", offer="sfr-la-carte")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(bundled("carriers.json"), None)


@pytest.fixture
def desk(data_file: Path, catalogue: Catalogue) -> Iterator[Desk]:
    repository = open_repository(data_file)
    yield Desk(repository, catalogue, today=TODAY)
    repository.close()


def paris(desk: Desk) -> int:
    paid = Act(line=1, kind=ActKind.TOP_UP, day=Day(2026, 5, 24), amount=Decimal(10), currency="EUR")
    return desk.add_line(NewLine(PARIS, (paid,)))


def test_a_snoozed_line_raises_no_alarm_until_its_day(desk: Desk) -> None:
    line = paris(desk)
    assert needs_act(desk.holding(line))
    desk.snooze([line], Day(2026, 11, 23))
    held = desk.holding(line)
    assert held.snoozed_until == Day(2026, 11, 23)
    assert not held.raises_alarms
    assert not needs_act(held)
    assert needs_act(standing_on(held, Day(2026, 11, 23)))
    # It is still one that the user wants to keep.
    assert held.is_active


def test_its_row_says_so_and_is_not_counted(desk: Desk) -> None:
    line = paris(desk)
    loud = outlook_of(desk.holding(line), "Orange")
    assert (loud.snoozed, loud.alarms, counts([loud])["due"]) == ("", True, 1)
    desk.snooze([line], LAST)
    row = outlook_of(desk.holding(line), "Orange")
    assert (row.snoozed, row.alarms, row.is_active, counts([row])["due"]) == ("2026-11-24", False, True, 0)
    assert most_urgent([row]) is None
    assert row.phase == "due"


def test_beyond_the_last_day_it_is_refused_with_that_day_named(desk: Desk) -> None:
    line = paris(desk)
    with pytest.raises(InputError) as refused:
        desk.snooze([line], Day(2026, 11, 25))
    assert refused.value.place == "Paris"
    assert "2026-11-24" in refused.value.next_step
    assert desk.holding(line).line.snoozed_until is None


@pytest.mark.parametrize("until", [TODAY, Day(2026, 11, 1)])
def test_a_day_that_has_come_is_refused(desk: Desk, until: Day) -> None:
    with pytest.raises(InputError, match="has come already"):
        desk.snooze([paris(desk)], until)


def test_where_no_last_day_is_known_or_it_has_passed_nothing_is_snoozed(desk: Desk) -> None:
    paid = Act(line=1, kind=ActKind.TOP_UP, day=Day(2026, 8, 13), amount=Decimal(25), currency="EUR")
    unknown, rescue = desk.add_lines([NewLine(LYCA), NewLine(SFR, (paid,))])
    with pytest.raises(InputError, match="no last day is known"):
        desk.snooze([unknown], Day(2026, 11, 25))
    with pytest.raises(InputError, match="its last day has passed"):
        desk.snooze([rescue], Day(2026, 11, 25))


def test_of_several_lines_all_are_snoozed_or_none(desk: Desk) -> None:
    first = paris(desk)
    second = desk.add_line(NewLine(LYCA))
    with pytest.raises(InputError):
        desk.snooze([first, second], Day(2026, 11, 23))
    assert desk.holding(first).snoozed_until is None


def test_an_operators_date_that_is_nearer_brings_the_alarm_back(desk: Desk) -> None:
    line = paris(desk)
    desk.snooze([line], LAST)
    desk.record([Act(line=line, kind=ActKind.STATEMENT, day=TODAY, valid_until=TODAY)])
    assert needs_act(desk.holding(line))


def test_both_ways_have_a_name_for_undo(desk: Desk) -> None:
    line = paris(desk)
    desk.snooze([line], LAST)
    desk.snooze([line], None)
    assert desk.holding(line).snoozed_until is None
    assert desk.undo() == "wake|Paris"
    assert desk.holding(line).snoozed_until == LAST
    assert desk.undo() == "snooze|Paris"
    assert desk.holding(line).snoozed_until is None
