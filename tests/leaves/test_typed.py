"""What a person types, turned into values."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui import typed
from simtui.domain.calendar import Day
from simtui.errors import InputError

TODAY = Day(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-20", "2026-11-20"),
        (" 2026-1-2 ", "2026-01-02"),
        ("2026/11/20", "2026-11-20"),
        ("2026.11.20", "2026-11-20"),
        ("2026年11月20日", "2026-11-20"),
        ("20261130", "2026-11-30"),
        ("30/11/26", "2026-11-30"),
        ("20.11.26", "2026-11-20"),
        ("11/30/26", "2026-11-30"),
        ("２０２６－１１－２０", "2026-11-20"),
        ("２０２６／１１／２０", "2026-11-20"),
        ("2026。11。20", "2026-11-20"),
        ("today", "2026-11-21"),
        ("t", "2026-11-21"),
        ("今天", "2026-11-21"),
        ("Yesterday", "2026-11-20"),
        ("昨天", "2026-11-20"),
        ("tomorrow", "2026-11-22"),
        ("-3d", "2026-11-18"),
        ("-2w", "2026-11-07"),
        ("-1m", "2026-10-21"),
        ("+1y", "2027-11-21"),
        ("+0d", "2026-11-21"),
        ("11-20", "2026-11-20"),
        ("11-21", "2026-11-21"),
        ("11-22", "2025-11-22"),
        ("11月20日", "2026-11-20"),
        ("11/20", "2026-11-20"),
        ("20/11", "2026-11-20"),
        ("25.12.2026", "2026-12-25"),
        ("3/3/2026", "2026-03-03"),
        ("02-29", "2024-02-29"),
    ],
)
def test_days_as_people_write_them(text: str, day: str) -> None:
    assert str(typed.day(text, TODAY)) == day


def test_a_day_without_a_year_is_the_next_one_where_it_lies_ahead() -> None:
    assert typed.day("11-20", TODAY, ahead=True) == Day(2027, 11, 20)
    assert typed.day("11-21", TODAY, ahead=True) == TODAY
    assert typed.day("02-29", TODAY, ahead=True) == Day(2028, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "never",
        "2026-02-31",
        "2026-13-01",
        "1969-12-31",
        "2200-01-01",
        "-9999y",
        "-3",
        "3d",
        "31-11",
        "20261320",
        "202611201",
        "[/x]",
    ],
)
def test_what_is_no_day_is_refused_and_named(text: str) -> None:
    with pytest.raises(InputError) as refused:
        typed.day(text, TODAY, field="date")
    assert refused.value.place == "date"
    assert "no such day" in refused.value.problem
    assert "2026-11-20" in refused.value.next_step


@pytest.mark.parametrize(
    "text", ["03/04/2026", "3.4.2026", "03/04", "3.4", "27/11/26", "26/11/30", "01/02/03", "11/11/11"]
)
def test_a_day_that_may_mean_two_is_refused_with_the_reason(text: str) -> None:
    with pytest.raises(InputError) as refused:
        typed.day(text, TODAY)
    assert f"{text} may mean more than one day" in refused.value.problem
    assert "year first" in refused.value.next_step


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("10", "10", "EUR"),
        ("10 USD", "10", "USD"),
        ("USD10", "10", "USD"),
        ("10,50", "10.50", "EUR"),
        ("€10.5", "10.5", "EUR"),
        ("£ 3", "3", "GBP"),
        ("$3", "3", "EUR"),
        ("１０．５０ＥＵＲ", "10.50", "EUR"),
        ("10元", "10", "CNY"),
        ("10,5欧元", "10.5", "EUR"),
        ("港币 10", "10", "HKD"),
        ("10 日元", "10", "JPY"),
        ("１０英镑", "10", "GBP"),
        ("10美元", "10", "USD"),
        ("10块", "10", "CNY"),
        ("10 新台币", "10", "TWD"),
        ("0", "0", "EUR"),
        ("1.250 KWD", "1.250", "KWD"),
        ("0.0833", "0.0833", "EUR"),
    ],
)
def test_amounts_with_and_without_their_currency(text: str, amount: str, currency: str) -> None:
    found = typed.money(text, "EUR")
    assert (str(found[0]), found[1]) == (amount, currency)


@pytest.mark.parametrize(
    "text",
    ["", "ten", "-1", "1,000", "1.000", "1 000,00,0", "10 EURO", "10 XXX", "10 EUR USD", "1e5", "NaN", "99999999999"],
)
def test_amounts_that_are_none_or_may_mean_two_are_refused(text: str) -> None:
    with pytest.raises(InputError):
        typed.money(text, "EUR")


def test_yuan_are_those_of_the_place() -> None:
    assert typed.money("10元", "HKD") == (Decimal(10), "HKD")
    assert typed.money("10块钱", "TWD") == (Decimal(10), "TWD")
    assert typed.money("10欧元", "HKD") == (Decimal(10), "EUR")
    assert typed.money("10人民币", "HKD") == (Decimal(10), "CNY")


def test_an_amount_without_any_currency_is_refused() -> None:
    with pytest.raises(InputError, match="currency is missing"):
        typed.money("10")


@pytest.mark.parametrize(
    ("text", "mebibytes"),
    [
        ("500", 500),
        ("500 MB", 500),
        ("3.1 GB", 3174),
        ("3,1g", 3174),
        ("1TB", 1048576),
        ("２ＧＢ", 2048),
        ("5 Go", 5120),
    ],
)
def test_data_in_its_units(text: str, mebibytes: int) -> None:
    assert typed.data_mb(text) == mebibytes


@pytest.mark.parametrize("text", ["", "GB", "much", "500 KB", "-1 GB", "999999999 TB", "1.2.3 GB", "1.2", "1,2"])
def test_what_is_no_data_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        typed.data_mb(text)


@pytest.mark.parametrize(
    ("text", "period"),
    [("P6M", "P6M"), ("p180d", "P180D"), ("6 months", "P6M"), ("1 month", "P1M"), ("180 days", "P180D"), ("6 个月", "P6M"), ("30天", "P30D"), ("1年", "P1Y"), ("6个月", "P6M"), ("半年", "P6M"), ("两年", "P2Y"), ("三个月", "P3M"), ("2 星期", "P2W"), ("2w", "P2W")],
)  # fmt: skip
def test_periods_keep_their_units(text: str, period: str) -> None:
    assert typed.period(text).format_iso() == period


@pytest.mark.parametrize("text", ["", "P", "PT5H", "P0D", "0 days", "-6M", "P101Y", "9999 years", "six months"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        typed.period(text)


@pytest.mark.parametrize(("text", "count"), [("0", 0), ("１２", 12), ("1 000", 1000)])
def test_counts(text: str, count: int) -> None:
    assert typed.count(text) == count


@pytest.mark.parametrize("text", ["", "-1", "1.5", "x", "99999999999"])
def test_what_is_no_count_is_refused(text: str) -> None:
    with pytest.raises(InputError):
        typed.count(text)


def test_a_time_zone_must_exist() -> None:
    assert typed.zone(" Europe/Monaco ") == "Europe/Monaco"
    for text in ("Mars/Olympus", "", "../etc/passwd", "\x00"):
        with pytest.raises(InputError):
            typed.zone(text)


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1111",
        "card 4111-1111-1111-1111 ok",
        "5500.0000.0000.0004",
        "４１１１１１１１１１１１１１１１",
        "378282246310005",
    ],
)
def test_a_card_number_is_refused_in_a_note(text: str) -> None:
    with pytest.raises(InputError, match="payment card"):
        typed.note(text)


@pytest.mark.parametrize(
    "text",
    [
        "order 4111 1111 1111 1112",  # fails the check digit
        "8933010000000000009",  # an ICCID
        "+33 6 39 98 00 01, +44 7700 900123",
        "0033 6 39 98 00 01 22 33",
        "2026112522001",  # an order number that begins with its day; its check digit is a card's
        "2026-11-20 10:00:00",
        "",
    ],
)
def test_other_numbers_may_stand_in_a_note(text: str) -> None:
    assert typed.note(text) == text


READERS: list[Callable[[str], object]] = [
    lambda text: typed.day(text, TODAY),
    typed.money,
    typed.amount,
    typed.count,
    typed.data_mb,
    typed.period,
    typed.zone,
    typed.note,
]


@given(st.sampled_from(READERS), st.text() | st.from_regex(r"[-+]?[0-9０-９]{1,6}[./, 年月日A-Za-z-]{0,3}[0-9]{0,4}"))
def test_no_text_does_more_than_refuse(read: Callable[[str], object], text: str) -> None:
    with suppress(InputError):
        read(text)


@given(st.dates())
def test_every_iso_day_in_range_reads_back(day: object) -> None:
    text = str(day)
    try:
        assert str(typed.day(text, TODAY)) == text
    except InputError:
        assert not "1970" <= text[:4] <= "2199"


@given(st.decimals(0, 10**8, places=2, allow_nan=False))
def test_every_amount_reads_back(amount: Decimal) -> None:
    assert typed.amount(f"{amount}") == amount


@pytest.mark.parametrize("text", ["LPA:1$rsp.example.com$ABC", "the code: lpa:1$rsp.example.com$ABC", "ＬＰＡ：１$x$y"])
def test_an_activation_code_is_no_free_text(text: str) -> None:
    """Free text is shown and exported."""
    with pytest.raises(InputError, match="activation code"):
        typed.note(text)
