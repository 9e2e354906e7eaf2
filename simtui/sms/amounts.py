"""Amounts as operators write them: money, data, minutes, counts of texts.

Every reader returns all the values that can be meant and where the amount ends; more than one is a question to the user.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from simtui.domain.money import Money
from simtui.sms.habits import Habits

Priced = tuple[tuple[Money, ...], int]
Counted = tuple[tuple[int, ...], int]

_NUMBER = r"(?:[0-9]{1,3}(?:[ .,'][0-9]{3}){1,3}(?:[.,][0-9]{1,2})?(?![0-9])|[0-9]{1,9}(?:[.,][0-9]{1,4})?(?![0-9]))"
_MOST, _MOST_COUNT = 1_000_000_000, 10_000_000
_PRICE = re.compile(r" ?(?:/|par |per |每|a month|la minute)")
_DATA = re.compile(rf"({_NUMBER}) ?(ko|kb|mo|mb|mio|mib|go|gb|gio|gib|to|tb|gigas?|megas?)(?![a-z0-9])")
_SHORT_DATA = re.compile(rf"({_NUMBER}) ?([kmgt])(?![a-z0-9])")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_FACTORS = {"k": Decimal(1) / 1024, "m": Decimal(1), "g": Decimal(1024), "t": Decimal(1024 * 1024)}
_HOURS = re.compile(
    r"([0-9]{1,4}) ?(?:heures?|hours?|hrs?|h|小时)(?![a-z])"
    r"(?:([0-9]{2})(?![0-9,.:/])(?: ?(?:minutes?|mins?|mn|分钟?))?| ?([0-9]{1,2}) ?(?:minutes?|mins?|mn|分钟?)(?![a-z]))?"
)
_MINUTES = re.compile(rf"({_NUMBER}) ?(?:minutes?|mins?|mn|分钟|分)(?![a-z])")
_TEXTS = re.compile(rf"({_NUMBER}) ?(?:sms|mms|textos?|texts?|text messages?|messages?|条|則|通)(?![a-z])")
_BARE = re.compile(rf"({_NUMBER})(?![/:.,-][0-9]| ?[^\W\d_]| ?%)")
_PHONE = re.compile(r"[0-9](?:[ .()-]?[0-9*x]){0,18}")
_CENTS_AFTER = re.compile(r"([0-9]{1,7}) ?€([0-9]{2})(?![0-9])")
_JIAO = re.compile(r"([0-9]{1,7}) ?[元块] ?([0-9])角(?:([0-9])分)?")
_PENCE = re.compile(r"([0-9]{1,4}) ?(?:p|pence)(?![a-z0-9])")


def numbers(text: str, decimal: str) -> tuple[Decimal, ...]:
    """Return what a number can mean: `1.000` may be one or a thousand; `decimal` is the country's mark, if known."""
    bare = text.replace(" ", "").replace("'", "")
    marks = [character for character in bare if character in ".,"]
    if not marks:
        return (Decimal(bare),)
    head, mark, tail = bare.rpartition(marks[-1])
    if len(set(marks)) == 2 or bare != text:
        return (Decimal(f"{head.replace(',', '').replace('.', '')}.{tail}"),)
    if len(marks) > 1:
        return (Decimal(bare.replace(mark, "")),)
    plain, grouped = Decimal(f"{head}.{tail}"), Decimal(f"{head}{tail}")
    if len(tail) != 3 or head.startswith("0"):
        return (plain,)
    return (grouped,) if decimal not in ("", mark) else (plain, grouped)


def money_at(text: str, at: int, habits: Habits, *, bare: bool = False) -> Priced | None:
    """Return the money that begins at `at` in a folded text; `bare` takes a number without a currency as the offer's."""
    if _is_negative(text, at):
        return None
    found = _in_parts(text, at, habits) or _with_name(text, at, habits)
    if found is None and bare:
        match = _BARE.match(text, at)
        found = (_monies(numbers(match[1], habits.decimal), (habits.currency,)), match.end()) if match else None
    if found is None or not found[0] or _PRICE.match(text, found[1]):
        return None
    return found


def data_at(text: str, at: int, habits: Habits, *, bare: bool = False) -> Counted | None:
    """Return the data in mebibytes; a lone `G` or `M` counts among Chinese words only: elsewhere it is a network."""
    match = _DATA.match(text, at)
    if match is None:
        match = _SHORT_DATA.match(text, at)
        if match is None or not (bare or _is_among_chinese(text, match.start(), match.end())):
            return None
    unit = match[2][0]
    decimal = habits.decimal if unit in "km" else ""
    return _counted([number * _FACTORS[unit] for number in numbers(match[1], decimal)], match.end(), _MOST)


def minutes_at(text: str, at: int, habits: Habits, *, bare: bool = False) -> Counted | None:
    """Return whole minutes: `48 min`, `1h30`, `2 heures`."""
    match = _HOURS.match(text, at)
    if match is not None:
        return _counted([Decimal(int(match[1]) * 60 + int(match[2] or match[3] or 0))], match.end())
    return _count(_MINUTES, text, at, habits, bare=bare)


def texts_at(text: str, at: int, habits: Habits, *, bare: bool = False) -> Counted | None:
    """Return a count of texts: `50 SMS`, `50条`."""
    return _count(_TEXTS, text, at, habits, bare=bare)


def number_end(text: str, at: int) -> int | None:
    """Return where a number of any kind ends, a phone number with its blanks included."""
    match = _PHONE.match(text, at)
    return match.end() if match is not None else None


def _count(shape: re.Pattern[str], text: str, at: int, habits: Habits, *, bare: bool) -> Counted | None:
    match = shape.match(text, at)
    if match is None and bare:
        match = _BARE.match(text, at)
    return None if match is None else _counted(numbers(match[1], habits.decimal), match.end())


def _counted(found: Sequence[Decimal], end: int, most: int = _MOST_COUNT) -> Counted | None:
    values = tuple(dict.fromkeys(int(number) for number in found if number <= most))
    return (values, end) if values else None


def _in_parts(text: str, at: int, habits: Habits) -> Priced | None:
    """Return `5 € 20`, `5元2角` and `50p`."""
    if match := _CENTS_AFTER.match(text, at):
        return _monies([Decimal(f"{match[1]}.{match[2]}")], ("EUR",)), match.end()
    if match := _JIAO.match(text, at):
        return _monies([Decimal(f"{match[1]}.{match[2]}{match[3] or 0}")], ("CNY",)), match.end()
    if habits.currency == "GBP" and (match := _PENCE.match(text, at)):
        return _monies([Decimal(match[1]) / 100], ("GBP",)), match.end()
    return None


def _with_name(text: str, at: int, habits: Habits) -> Priced | None:
    before, after = _shapes(tuple(sorted(habits.names, key=len, reverse=True)))
    match = before.match(text, at) or after.match(text, at)
    if match is None:
        return None
    return _monies(numbers(match["number"], habits.decimal), habits.names[match["name"]]), match.end()


@lru_cache(maxsize=64)
def _shapes(names: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return money with its name before the number, and after it."""
    called = "|".join(
        re.escape(name) + (r"(?![a-z])" if name[-1].isascii() and name[-1].isalpha() else "") for name in names
    )
    return re.compile(rf"(?P<name>{called})\.? ?(?P<number>{_NUMBER})"), re.compile(
        rf"(?P<number>{_NUMBER}) ?(?P<name>{called})"
    )


def _monies(amounts: Sequence[Decimal], currencies: Sequence[str]) -> tuple[Money, ...]:
    return tuple(
        Money.model_construct(amount=amount, currency=currency)
        for currency in currencies
        for amount in amounts
        if amount <= _MOST
    )


def _is_negative(text: str, at: int) -> bool:
    """Tell whether a minus stands right before a number, which then is a debt and no credit."""
    return text[at - 1 : at] == "-" and text[max(0, at - 2) : at - 1] in ("", " ", ":", "(", "=")


def _is_among_chinese(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 2) : start].strip(), text[end : end + 2].strip()
    return bool(_CHINESE.match(before[-1:]) or _CHINESE.match(after[:1]))
