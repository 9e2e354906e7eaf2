"""Dates as operators write them: figures in either order, French and English months, Chinese years and months.

Every reader returns all the days that can be meant, the likelier first, and where the date ends; more than one day is a
question to the user, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from simtui.domain.calendar import FIRST_DAY, LAST_DAY, Day, Period, after, days_between
from simtui.sms.habits import Habits

Dated = tuple[tuple[Day, ...], int]
"""The days that can be meant, and the place after the date."""

_MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january janvier jan janv",
            "february fevrier feb fev fevr",
            "march mars mar",
            "april avril apr avr",
            "may mai",
            "june juin jun",
            "july juillet jul juil",
            "august aout aug",
            "september septembre sep sept",
            "october octobre oct",
            "november novembre nov",
            "december decembre dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))

_YEAR_FIRST = re.compile(r"([0-9]{4}) ?[-/.年] ?([0-9]{1,2}) ?[-/.月] ?([0-9]{1,2})(?![0-9])(?: ?[日号])?")
_SHORT_YEAR_FIRST = re.compile(r"([0-9]{2})年([0-9]{1,2})月([0-9]{1,2})(?![0-9])[日号]?")
_ONE_RUN = re.compile(r"(20[0-9]{2})([0-9]{2})([0-9]{2})(?![0-9])")
_CHINESE = re.compile(r"([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?[日号]")
FIGURES = re.compile(r"(?<![0-9])([0-9]{1,2}) ?([/.-]) ?([0-9]{1,2}) ?\2 ?([0-9]{4}|[0-9]{2})(?![0-9])")
_NO_YEAR = re.compile(r"([0-9]{1,2})/([0-9]{1,2})(?![0-9/.,-])")
_SHORT_END = r"(?:[-' /.]{1,2}([0-9]{2})(?= ?(?:[.,;!?)。]|$)))?"
_DAY_MONTH = re.compile(
    rf"([0-9]{{1,2}})(?:er|st|nd|rd|th)?(?: of)?[-. /]{{0,2}}({_MONTH})(?![^\W\d_])\.?"
    rf"(?:(?: de)?[-, ./]{{0,2}}([0-9]{{4}})(?![0-9])|{_SHORT_END})"
)
_MONTH_DAY = re.compile(
    rf"({_MONTH})(?![^\W\d_])\.? ?([0-9]{{1,2}})(?![0-9])(?:st|nd|rd|th)?(?:,? {{0,2}}([0-9]{{4}})(?![0-9]))?"
)
_MIDNIGHT = re.compile(
    r" ?,?(?: ?(?:a|at|@|-|vers))? ?(?:0{1,2} ?[:h](?: ?0{2})?(?![0-9])|12(?::00)? ?am(?![a-z])|minuit|midnight|零点)"
)
_FOR = re.compile(
    r"([0-9]{1,4})(?: |-)?(jours?|j|days?|d|天|日|semaines?|weeks?|周|个?星期|mois|months?|个?月|ans?|years?|年)(?![a-z0-9])"
)
_UNITS = {"j": "days", "d": "days", "天": "days", "日": "days", "s": "weeks", "w": "weeks", "周": "weeks"}
_UNITS |= {"m": "months", "月": "months", "a": "years", "y": "years", "年": "years"}
_LONG_AGO, _FAR_AHEAD = 2, 10
"""How many years back and ahead the day of a message plausibly lies."""
_HALF_A_YEAR = 183


def date_at(text: str, at: int, habits: Habits) -> Dated | None:
    """Return the date that begins at `at` in a folded text."""
    for shape, days_of in _SHAPES:
        match = shape.match(text, at)
        if match is not None:
            days = tuple(dict.fromkeys(day for day in days_of(match, habits) if day is not None))
            return (_as_ends(days, text, match.end()), match.end()) if days else None
    return None


def period_at(text: str, at: int, habits: Habits) -> Dated | None:
    """Return the day that "30 days" after the message leads to."""
    match = _FOR.match(text, at)
    if match is None:
        return None
    unit = match[2].removeprefix("个")
    key = "周" if unit == "星期" else unit[0]
    day = after(habits.day, Period(**{_UNITS[key]: int(match[1])})) if int(match[1]) else habits.day
    return ((day,), match.end()) if day <= LAST_DAY else None


def contradicts(text: str, habits: Habits) -> bool:
    """Tell whether a date in figures in the text can only be meant in the other order than the country's."""
    for match in FIGURES.finditer(text):
        first, second = int(match[1]), int(match[3])
        if habits.order == "day" and first <= 12 < second <= 31:
            return True
        if habits.order == "month" and second <= 12 < first <= 31:
            return True
    return False


def _as_ends(days: tuple[Day, ...], text: str, end: int) -> tuple[Day, ...]:
    """Return the last days meant: midnight may be the beginning of the day that is named, or its end."""
    if _MIDNIGHT.match(text, end) is None:
        return days
    return tuple(dict.fromkeys(each for day in days for each in (max(day.subtract(days=1), FIRST_DAY), day)))


def _year_first(match: re.Match[str], _habits: Habits) -> Iterable[Day | None]:
    year, month, number = (int(part) for part in match.groups())
    return (_day(year if year > 99 else 2000 + year, month, number),)


def _figures(match: re.Match[str], habits: Habits) -> Iterable[Day | None]:
    first, second, last = int(match[1]), int(match[3]), int(match[4])
    year = last if len(match[4]) == 4 else 2000 + last
    found = _in_order(first, second, habits.order, lambda month, number: _day(year, month, number))
    if len(match[4]) == 4:
        return found
    turned = _day(2000 + first, second, last)
    if habits.order == "year":
        return (turned, *found)
    is_asked = habits.order == "" or not any(_is_plausible(day, habits.day) for day in found)
    return (*found, turned) if is_asked and _is_plausible(turned, habits.day) else found


def _month_by_name(match: re.Match[str], habits: Habits) -> Iterable[Day | None]:
    number, name, year, short = match.groups()
    return _of_month(_MONTHS[name], int(number), year or (f"20{short}" if short else None), habits.day)


def _month_before(match: re.Match[str], habits: Habits) -> Iterable[Day | None]:
    name, number, year = match.groups()
    return _of_month(_MONTHS[name], int(number), year, habits.day)


def _chinese(match: re.Match[str], habits: Habits) -> Iterable[Day | None]:
    return _near(int(match[1]), int(match[2]), habits.day)


def _without_year(match: re.Match[str], habits: Habits) -> Iterable[Day | None]:
    first, second = int(match[1]), int(match[2])
    order = "month" if habits.order == "year" else habits.order
    both = (_near(second, first, habits.day), _near(first, second, habits.day))
    if order == "month":
        both = both[::-1]
    return [*both[0], *both[1]] if not order else both[0] or both[1]


_Reader = Callable[[re.Match[str], Habits], Iterable[Day | None]]
_SHAPES: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (_YEAR_FIRST, _year_first),
    (_SHORT_YEAR_FIRST, _year_first),
    (_ONE_RUN, _year_first),
    (FIGURES, _figures),
    (_CHINESE, _chinese),
    (_DAY_MONTH, _month_by_name),
    (_MONTH_DAY, _month_before),
    (_NO_YEAR, _without_year),
)


def _in_order(first: int, second: int, order: str, day_of: Callable[[int, int], Day | None]) -> tuple[Day | None, ...]:
    """Return the day meant by two figures; both where the order is not known."""
    by_day, by_month = day_of(second, first), day_of(first, second)
    if order == "day":
        return (by_day or by_month,)
    if order == "month":
        return (by_month or by_day,)
    return (by_day, by_month)


def _of_month(month: int, number: int, year: str | None, today: Day) -> Sequence[Day | None]:
    return _near(month, number, today) if year is None else (_day(int(year), month, number),)


def _near(month: int, number: int, today: Day) -> Sequence[Day]:
    """Return the next day of that name; the last one too, where the next lies more than half a year ahead."""
    known = (_day(today.year + years, month, number) for years in range(-4, 9))
    days = [day for day in known if day is not None]
    ahead = next((day for day in days if day >= today), None)
    behind = next((day for day in reversed(days) if day < today), None)
    if ahead is not None and days_between(today, ahead) <= _HALF_A_YEAR:
        return (ahead,)
    return [day for day in (ahead, behind) if day is not None]


def _is_plausible(day: Day | None, today: Day) -> bool:
    return day is not None and today.year - _LONG_AGO <= day.year <= today.year + _FAR_AHEAD


def _day(year: int, month: int, number: int) -> Day | None:
    try:
        day = Day(year, month, number)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None
