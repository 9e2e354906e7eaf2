"""What a person types, turned into values: days, amounts, counts.

Full-width letters and digits from an input method count as their plain twins. Every refusal names the field and says
what would be understood.
"""

from __future__ import annotations

import re
from decimal import Decimal

from whenever import Instant, TimeZoneNotFoundError

from simtui.domain.calendar import FIRST_DAY, LAST_DAY, Day, Period, approximate_days
from simtui.domain.money import CURRENCIES
from simtui.errors import InputError
from simtui.i18n import _
from simtui.text import plain_keys

_SYMBOLS = {
    "瑞士法郎": "CHF",
    "新加坡元": "SGD",
    "新台币": "TWD",
    "人民币": "CNY",
    "澳门元": "MOP",
    "欧元": "EUR",
    "英镑": "GBP",
    "美元": "USD",
    "美金": "USD",
    "港元": "HKD",
    "港币": "HKD",
    "日元": "JPY",
    "日圆": "JPY",
    "韩元": "KRW",
    "台币": "TWD",
    "加元": "CAD",
    "澳元": "AUD",
    "新元": "SGD",
    "泰铢": "THB",
    "卢布": "RUB",
    "马币": "MYR",
    "令吉": "MYR",
    "块钱": "CNY",
    "€": "EUR",
    "£": "GBP",
    "$": "",
    "¥": "",
    "欧": "EUR",
    "镑": "GBP",
    "元": "CNY",
    "块": "CNY",
}
"""Longer signs stand before those that are part of them; `$` and `¥` are those of the offer."""
_YUAN = re.compile("块钱?|元")
_OTHER_YUAN = tuple(sign for sign in _SYMBOLS if sign.endswith("元") and sign != "元")
_COUNTED_IN_YUAN = frozenset({"CNY", "HKD", "MOP", "TWD"})
"""Where people say 元 and 块 for the money of the place; elsewhere they mean that of the mainland."""
MONEY_SIGNS = tuple(_SYMBOLS)
_AGO = re.compile(r"^([+-])(\d{1,4})([dwmy])$")
_MONTH_DAY = re.compile(r"^(\d{1,2})-(\d{1,2})$")
_FULL = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_PACKED = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_SLASHED = re.compile(r"^(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?$")
_FAR_YEARS = 3
_UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}
_THREE_PLACES = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
"""Currencies with a thousand parts; anywhere else `1.000` may as well mean a thousand."""
_AMOUNT = re.compile(r"\d{1,9}([.,]\d{1,2})?|\d{1,9}\.\d{4}")
_FINE_AMOUNT = re.compile(r"\d{1,9}[.,]\d{3}")
_DATA = re.compile(r"([0-9.,]+)(?:([MGT])[BO]?)?")
_DATA_UNITS = {"M": 1, "G": 1024, "T": 1024 * 1024}
_MOST_MB = 1_000_000_000
_LONG_NUMBER = re.compile(r"(?<![0-9+])[0-9](?:[ .-]?[0-9]){12,}")
_NO_CARD = ("89", "00", "20")
"""How the number on a SIM (ICCID), a phone number with its exit code and an order number with its year begin."""
_PERIOD = re.compile(
    r"^(\d{1,4}|[一二两三四五六七八九十]) ?(d|days?|天|日|w|weeks?|周|星期|m|months?|个月|月|y|years?|年)$"
)
_PERIOD_UNITS = {"天": "d", "日": "d", "周": "w", "星期": "w", "个月": "m", "月": "m", "年": "y"}
_FIGURES = {"两": 2} | {figure: value for value, figure in enumerate("一二三四五六七八九十", 1)}
_HALF_A_YEAR = ("半年", "half a year")


def day(typed: str, today: Day, *, field: str = "", ahead: bool = False) -> Day:
    """Return the day meant: `2026-11-20`, `11-20`, `today`, `yesterday`, `-3d`, `+2w`.

    A month and day without a year means the last such day (or, `ahead`, the next), today included. `03/04/2026` is
    refused: half the world reads it as 3 April, the other half as 4 March, and a wrong guess costs a number.

    Raises:
        InputError: If no day between 1970 and 2199 is meant.
    """
    words = plain_keys(typed).strip().lower()
    if match := _SLASHED.match(words):
        words = _month_first(match[1], match[2], match[3], today)
        if not words:
            hint = _("Write the year first, 2026-11-20, or month and day as 11-20.")
            problem = _("{typed} may mean more than one day").format(typed=typed.strip()[:40])
            raise InputError(problem, place=field, next_step=hint)
    words = words.replace("/", "-").replace(".", "-")
    words = words.replace("年", "-").replace("月", "-").removesuffix("日")
    found = _named_day(words, today) or _counted_day(words, today) or _written_day(words, today, ahead=ahead)
    if found is None or not FIRST_DAY <= found <= LAST_DAY:
        hint = _("Write 2026-11-20, 11-20, today or -3d.")
        raise InputError(_("no such day: {typed}").format(typed=typed.strip()[:40]), place=field, next_step=hint)
    return found


def _month_first(first: str, second: str, year: str | None, today: Day) -> str:
    """Return `11/20`, `20/11` or `20.11.2026` with month and day in our order; empty where it may mean two days.

    `20/11/26` may be meant year first as well, unless that year is far from today's.
    """
    both_months = int(first) <= 12 and int(second) <= 12
    if both_months and (int(first) != int(second) or (year is not None and len(year) == 2)):
        return ""
    if year is not None and len(year) == 2:
        year = f"20{year}"
        if abs(2000 + int(first) - today.year) < _FAR_YEARS and int(first) > 12:
            return ""
    month_and_day = f"{second}-{first}" if int(first) > 12 else f"{first}-{second}"
    return month_and_day if year is None else f"{year}-{month_and_day}"


def _named_day(words: str, today: Day) -> Day | None:
    if words in ("today", "今天", "t"):
        return today
    if words in ("yesterday", "昨天"):
        return today.subtract(days=1)
    if words in ("tomorrow", "明天"):
        return today.add(days=1)
    return None


def _counted_day(words: str, today: Day) -> Day | None:
    match = _AGO.match(words)
    if match is None:
        return None
    sign, count, unit = match.groups()
    length = Period(**{_UNITS[unit]: int(count)}) if int(count) else Period(days=0)
    try:
        return today.add(length) if sign == "+" else today.subtract(length)
    except ValueError:
        return None


def _written_day(words: str, today: Day, *, ahead: bool) -> Day | None:
    try:
        if match := _FULL.match(words) or _PACKED.match(words):
            return Day(*(int(part) for part in match.groups()))
        if match := _MONTH_DAY.match(words):
            month, number = (int(part) for part in match.groups())
            return _nearest(month, number, today, ahead=ahead)
    except ValueError:
        return None
    return None


def _nearest(month: int, number: int, today: Day, *, ahead: bool) -> Day | None:
    """Return the last (or next) day of that name; a 29 February is looked for in up to eight years."""
    for years in range(9):
        try:
            found = Day(today.year + (years if ahead else -years), month, number)
        except ValueError:
            continue
        if (found >= today) if ahead else (found <= today):
            return found
    return None


def money(typed: str, currency: str | None = None, *, field: str = "") -> tuple[Decimal, str]:
    """Return amount and currency of `10`, `10 EUR`, `EUR10`, `€10`, `10,50`; `currency` is used where none is typed.

    Raises:
        InputError: If the amount or the currency is not understood.
    """
    words = _with_codes(_in_local_money(typed, currency))
    codes = re.findall(r"[A-Z]+", words)
    number = re.sub(r"[A-Z\s]", "", words)
    if len(codes) > 1:
        raise _no_currency(" ".join(codes), field)
    if codes and not words.strip().startswith(codes[0]) and not words.strip().endswith(codes[0]):
        hint = _("Write the amount as 10 EUR.")
        raise InputError(_("no such amount: {typed}").format(typed=typed.strip()[:40]), place=field, next_step=hint)
    code = _code(codes[0], field) if codes else currency
    if code is None:
        raise InputError(_("the currency is missing"), place=field, next_step=_("Write the amount as 10 EUR."))
    if code in _THREE_PLACES and _FINE_AMOUNT.fullmatch(number):
        return Decimal(number.replace(",", ".")), code
    return amount(number, field=field), code


def currency(typed: str, *, field: str = "") -> str:
    """Return the code of the currency meant by `EUR`, `eur`, `€`, `欧元`.

    Raises:
        InputError: If none is meant, or a sign that several currencies share.
    """
    return _code(_with_codes(typed).strip(), field)


def _in_local_money(typed: str, currency: str | None) -> str:
    """Return the text with 元 and 块 as the currency that is spoken of, where people call it so."""
    if currency not in _COUNTED_IN_YUAN or any(sign in typed for sign in _OTHER_YUAN):
        return typed
    return _YUAN.sub(f" {currency} ", typed)


def _with_codes(typed: str) -> str:
    """Return the text in capitals, with codes in the place of signs."""
    words = plain_keys(typed).strip().upper()
    for symbol, meant in _SYMBOLS.items():
        words = words.replace(symbol, f" {meant} ")
    return words


def _code(typed: str, field: str) -> str:
    if typed not in CURRENCIES:
        raise _no_currency(typed, field)
    return typed


def _no_currency(typed: str, field: str) -> InputError:
    hint = _("Use a code such as EUR, GBP, USD or CNY.")
    return InputError(_("no such currency: {typed}").format(typed=typed[:20]), place=field, next_step=hint)


def amount(typed: str, *, field: str = "") -> Decimal:
    """Return a decimal number from 0 to a thousand million, with `.` or `,` before its cents.

    Raises:
        InputError: If it is not one; thousands are not guessed at (`1,000` and `1.000` may be one or a thousand).
    """
    words = plain_keys(typed).strip().replace(" ", "")
    if _AMOUNT.fullmatch(words):
        return Decimal(words.replace(",", "."))
    hint = _("Write it as 10 or 10.50.")
    raise InputError(_("no such amount: {typed}").format(typed=typed.strip()[:40]), place=field, next_step=hint)


def count(typed: str, *, field: str = "", most: int = 10_000_000) -> int:
    """Return a whole number from 0 to `most`.

    Raises:
        InputError: If it is not one.
    """
    words = plain_keys(typed).strip().replace(" ", "")
    if re.fullmatch(r"\d{1,10}", words) and int(words) <= most:
        return int(words)
    hint = _("Write a whole number from 0 to {most}.").format(most=most)
    raise InputError(_("no such number: {typed}").format(typed=typed.strip()[:40]), place=field, next_step=hint)


def data_mb(typed: str, *, field: str = "") -> int:
    """Return an amount of data in mebibytes, up to a thousand million, from `3.1 GB`, `500 MB` or `500`.

    Raises:
        InputError: If it is not one; a bare `3.1` could mean either.
    """
    match = _DATA.fullmatch(plain_keys(typed).upper().replace(" ", ""))
    if match is not None and match.group(2) is None and not match.group(1).isdigit():
        match = None
    found = int(amount(match.group(1), field=field) * _DATA_UNITS[match.group(2) or "M"]) if match else -1
    if not 0 <= found <= _MOST_MB:
        hint = _("Write it as 3.1 GB or 500 MB.")
        raise InputError(
            _("no such amount of data: {typed}").format(typed=typed.strip()[:40]), place=field, next_step=hint
        )
    return found


def note(typed: str, *, field: str = "") -> str:
    """Return free text without blanks around it.

    Raises:
        InputError: If a card number stands in it: simtui is no place for those. The number on a SIM (89…) passes. Or the
            activation code of an eSIM: what is free text is shown and exported, and a code is not.
    """
    if "LPA:1$" in plain_keys(typed).upper():
        hint = _("Codes have a field of their own, which hides them.")
        raise InputError(_("this is the activation code of an eSIM"), place=field, next_step=hint)
    for match in _LONG_NUMBER.finditer(plain_keys(typed)):
        digits = re.sub(r"[ .-]", "", match.group())
        if len(digits) <= 19 and not digits.startswith(_NO_CARD) and _luhn(digits):
            hint = _("Leave it out, or write only its last four digits.")
            raise InputError(_("this looks like the number of a payment card"), place=field, next_step=hint)
    return typed.strip()


def zone(typed: str, *, field: str = "") -> str:
    """Return the name of a time zone that exists, such as `Europe/Paris`.

    Raises:
        InputError: If there is none of that name.
    """
    name = typed.strip()
    try:
        Instant.from_timestamp(0).to_tz(name)
    except (TimeZoneNotFoundError, ValueError) as error:
        hint = _("Write it like Europe/Monaco or Asia/Shanghai.")
        raise InputError(_("there is no such time zone"), place=field, next_step=hint) from error
    return name


def _luhn(digits: str) -> bool:
    """Tell whether the check digit of a card number is right."""
    doubled = [int(digit) * (2 if at % 2 else 1) for at, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def period(typed: str, *, field: str = "") -> Period:
    """Return the period meant by `P6M`, `6 months`, `180 days`, `6 个月`, `半年`.

    Raises:
        InputError: If no period up to a hundred years is meant.
    """
    words = plain_keys(typed).strip()
    try:
        found = _period(words)
    except ValueError:
        found = None
    if found is None or found.sign() <= 0 or approximate_days(found) > 36_525:
        hint = _("Write P6M, 6 months or 180 days.")
        raise InputError(_("no such period: {typed}").format(typed=typed.strip()[:40]), place=field, next_step=hint)
    return found


def _period(words: str) -> Period | None:
    if words[:1] in ("P", "p"):
        return Period.parse_iso(words.upper())
    if words.lower() in _HALF_A_YEAR:
        return Period(months=6)
    match = _PERIOD.match(words.lower())
    if match is None:
        return None
    unit = _PERIOD_UNITS.get(match.group(2), match.group(2)[0])
    count = _FIGURES.get(match.group(1)) or int(match.group(1))
    return Period(**{_UNITS[unit]: count})
