"""A line may be silent up to its last day, and never beyond it."""

from __future__ import annotations

import pytest

from simtui.domain.calendar import Day
from simtui.domain.snooze import latest_snooze, snoozed_until
from simtui.domain.standing import Phase
from tests.domain.build import act, line, look

TOPPED_UP = act("2026-05-24", "top_up", 10)


def silent(until: str | None, today: str, *acts: str) -> str | None:
    """Until when a Mobicarte topped up on 24 May (last day: 24 November) is silent; `acts` are operator's dates."""
    done = [TOPPED_UP, *(act("2026-11-02", "statement", valid_until=day) for day in acts)]
    held = line(snoozed_until=until)
    found = snoozed_until(held, look("mobicarte", done, today))
    return None if found is None else found.format_iso()


@pytest.mark.parametrize(
    ("until", "today", "expected"),
    [
        (None, "2026-11-21", None),
        ("2026-11-23", "2026-11-21", "2026-11-23"),
        ("2026-11-23", "2026-11-22", "2026-11-23"),
        ("2026-11-23", "2026-11-23", None),
        ("2026-11-24", "2026-11-23", "2026-11-24"),
        # The last day itself is never silent, however long the line was put off.
        ("2026-11-24", "2026-11-24", None),
        ("2027-03-01", "2026-11-23", "2026-11-24"),
        ("2027-03-01", "2026-11-24", None),
    ],
)
def test_a_snooze_ends_on_its_day_or_on_the_last_day(until: str | None, today: str, expected: str | None) -> None:
    assert silent(until, today) == expected


def test_a_last_day_that_comes_nearer_brings_the_alarm_back() -> None:
    assert silent("2026-11-20", "2026-11-10") == "2026-11-20"
    assert silent("2026-11-20", "2026-11-10", "2026-11-12") == "2026-11-12"
    assert silent("2026-11-20", "2026-11-12", "2026-11-12") is None


def test_a_last_day_that_moves_away_does_not_lengthen_a_snooze() -> None:
    assert silent("2026-11-20", "2026-11-19", "2027-05-01") == "2026-11-20"
    assert silent("2026-11-20", "2026-11-20", "2027-05-01") is None


def test_nothing_is_put_off_once_the_last_day_has_passed() -> None:
    rescue = look("sfr-la-carte", [act("2026-08-01", "top_up", 10)], "2026-09-10")
    assert rescue.phase is Phase.RESCUE
    assert rescue.next_day is not None
    assert latest_snooze(rescue) is None
    assert snoozed_until(line(snoozed_until="2026-09-20"), rescue) is None


def test_a_line_of_which_nobody_knows_the_last_day_is_never_silent() -> None:
    unknown = look("mobicarte", [], "2026-11-21")
    assert unknown.phase is Phase.UNKNOWN
    assert latest_snooze(unknown) is None
    assert snoozed_until(line(snoozed_until="2026-11-30"), unknown) is None


def test_the_last_day_is_that_of_the_standing() -> None:
    assert latest_snooze(look("mobicarte", [TOPPED_UP], "2026-11-01")) == Day(2026, 11, 24)
