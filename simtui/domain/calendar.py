"""Calendar dates and ISO 8601 date periods.

Dates are `whenever.Date`, lengths are `whenever.ItemizedDateDelta`: `P6M` stays six calendar months
and `P180D` stays 180 days. Nothing here turns one into the other (DESIGN.md, 3).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, PlainSerializer, WithJsonSchema
from whenever import Date, ItemizedDateDelta

Day = Date
Period = ItemizedDateDelta

FIRST_DAY = Day(1970, 1, 1)
LAST_DAY = Day(2199, 12, 31)
MEAN_MONTH_DAYS = 30.436875
_LONGEST_DAYS = 36_525
_MOST_ASKED = 5_000
_asked: dict[int, tuple[Period, tuple[int, int, int, int]]] = {}
_UNITS: Final[tuple[Literal["years", "months", "weeks", "days"], ...]] = ("years", "months", "weeks", "days")


def _sensible_day(day: Day) -> Day:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError("a date between 1970 and 2199 is needed")
    return day


def _sensible_period(period: Period) -> Period:
    if period.sign() < 0 or approximate_days(period) > _LONGEST_DAYS:
        raise ValueError("a period between P0D and P100Y is needed")
    return period


RecordedDay = Annotated[Day, AfterValidator(_sensible_day)]
"""A day that a person or a file may give: 1970 to 2199, so that sums never leave the calendar."""

RecordedPeriod = Annotated[
    Period,
    AfterValidator(_sensible_period),
    PlainSerializer(lambda period: period.format_iso(), return_type=str),
    WithJsonSchema({"type": "string", "examples": ["P6M", "P180D", "P3W", "P1Y"]}),
]
"""An ISO 8601 date period of at most a hundred years, written as text."""


def after(start: Day, period: Period) -> Day:
    """Return the day `period` after `start`; month ends are cut (31 August + P6M = 28 February).

    The last day of the calendar stands for everything beyond it, so that no sum can fail.
    """
    years, months, weeks, days = _units(period)
    try:
        return start.add(years=years, months=months, weeks=weeks, days=days)
    except ValueError:
        return Day.MAX


Move = Callable[[Day], Day]
"""What makes of a day another one."""


def moving(period: Period) -> Move:
    """Return what does the same as `after` with `period` for many days, in less time."""
    years, months, weeks, days = _units(period)

    def moved(start: Day) -> Day:
        try:
            return start.add(years=years, months=months, weeks=weeks, days=days)
        except ValueError:
            return Day.MAX

    return moved


def repeated(anchor: Day, period: Period, times: int) -> Day:
    """Return `anchor + times × period`, added in one step.

    One step keeps a 31st a 31st where the month has one: 31 January, 28 February, 31 March.
    """
    if times == 1:
        return after(anchor, period)
    years, months, weeks, days = _units(period)
    try:
        return anchor.add(years=years * times, months=months * times, weeks=weeks * times, days=days * times)
    except (ValueError, OverflowError):
        return Day.MAX


def _units(period: Period) -> tuple[int, int, int, int]:
    """Return the years, months, weeks and days of a period.

    Rules have few periods and are asked for them very often; a period takes longer to tell its units, or its hash, than
    a day takes to be moved by them. So they are kept by which object it is, and the object with them.
    """
    known = _asked.get(id(period))
    if known is not None:
        return known[1]
    # `get` raises and catches an error for each absent unit, which takes four times as long.
    years, months, weeks, days = (period[unit] if unit in period else 0 for unit in _UNITS)  # noqa: SIM401
    if len(_asked) >= _MOST_ASKED:
        _asked.clear()
    _asked[id(period)] = period, (years, months, weeks, days)
    return years, months, weeks, days


def times_over(period: Period, times: int) -> Period:
    """Return `period` taken `times` times, unit by unit; `ValueError` where the calendar ends."""
    units: dict[str, int] = {unit: amount * times for unit, amount in period.items()}
    if times == 0 or not any(units.values()):
        return Period(days=0)
    return Period(**units)


def next_day(day: Day) -> Day:
    """Return the day after, or the last day of the calendar."""
    return day if day == Day.MAX else day.next_day()


def days_between(earlier: Day, later: Day) -> int:
    """Return how many days `later` lies after `earlier` (negative if before)."""
    return later.to_stdlib().toordinal() - earlier.to_stdlib().toordinal()


def approximate_days(period: Period) -> float:
    """Return a rough length in days, only ever for comparing and sorting, never for a date."""
    years, months, weeks, days = _units(period)
    return (years * 12 + months) * MEAN_MONTH_DAYS + weeks * 7 + days


def months_between(earlier: Day, later: Day) -> float:
    """Return the time between two days in mean months, for costs per month."""
    return days_between(earlier, later) / MEAN_MONTH_DAYS
