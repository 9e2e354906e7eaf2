"""Other facts, other dates: only what the rule alone has moved is told."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from simtui import paths
from simtui.changes import rule_changes
from simtui.config import Settings
from simtui.desk import Desk, NewLine
from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day
from simtui.domain.line import Line
from simtui.holding import outlook_of
from simtui.outlook import Outlook
from simtui.session import Options, open_desk

TODAY = Day(2026, 11, 21)


def desk_with(file: Path, months: int, today: Day = TODAY) -> Desk:
    """A desk whose giffgaff line lives so many months after its last text."""
    document = orjson.loads(paths.bundled("carriers.json").read_bytes())
    carrier = next(each for each in document["carriers"] if each["id"] == "giffgaff")
    carrier["offers"][0]["rules"][0]["clocks"][0]["length"]["period"] = f"P{months}M"
    carriers = file.with_name(f"facts-{months}.json")
    carriers.write_bytes(orjson.dumps({"schema": 1, "updated": "2026-10-08", "carriers": [carrier]}))
    return open_desk(Options(data=file, carriers=carriers, today=today), Settings())


def rows(desk: Desk) -> list[Outlook]:
    return [outlook_of(held, "") for held in desk.holdings()]


@pytest.fixture
def file(data_file: Path) -> Path:
    desk = desk_with(data_file, 6)
    text = Act(line=1, kind=ActKind.SMS_OUT, day=Day(2026, 9, 1))
    desk.add_lines([NewLine(Line(label="A", offer="giffgaff-payg"), (text,)), NewLine(Line(label="B", offer="my-x"))])
    desk.repository.close()
    return data_file


def test_the_same_facts_change_nothing(file: Path) -> None:
    desk = desk_with(file, 6)
    assert rule_changes(rows(desk), desk) == []


def test_a_shorter_rule_is_told_with_both_dates_even_on_another_day(file: Path) -> None:
    before = rows(desk_with(file, 6))
    desk = desk_with(file, 3, today=Day(2026, 12, 24))
    (change,) = rule_changes(before, desk)
    assert change.holding.line.label == "A"
    assert change.last_day == ("2027-03-01", "2026-12-01")
    assert change.final_day == ("2027-03-01", "2026-12-01")


def test_what_the_user_recorded_since_is_no_change_of_rules(file: Path) -> None:
    before = rows(desk_with(file, 6))
    desk = desk_with(file, 3)
    desk.record([Act(line=1, kind=ActKind.SMS_OUT, day=TODAY)])
    assert rule_changes(before, desk) == []
