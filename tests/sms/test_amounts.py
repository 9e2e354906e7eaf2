from __future__ import annotations

from decimal import Decimal

import pytest

from simtui.domain.offer import Offer, OfferKind
from simtui.domain.record import Text
from simtui.domain.wording import fold
from simtui.sms.amounts import data_at, minutes_at, money_at, number_end, numbers, texts_at
from simtui.sms.habits import Habits, habits_of
from tests.sms.conftest import TODAY


def habits(country: str = "FR", currency: str = "EUR") -> Habits:
    offer = Offer(
        id="x", kind=OfferKind.KEEP_NUMBER, name=Text(en="X"), country=country, zone="Etc/UTC", currency=currency
    )
    return habits_of(offer, TODAY)


def money(text: str, country: str = "FR", currency: str = "EUR", *, bare: bool = False) -> list[str]:
    found = money_at(fold(text).text, 0, habits(country, currency), bare=bare)
    return [] if found is None else [f"{each.amount.normalize():f} {each.currency}" for each in found[0]]


@pytest.mark.parametrize(
    "text", ["5,20 €", "€5.20", "5.20 EUR", "EUR 5,20", "5€20", "5,20euros", "５，２０€", "5.20\u202f€", "5,20 EUR."]
)
def test_euros_as_people_write_them(text: str) -> None:
    assert money(text) == ["5.2 EUR"]


@pytest.mark.parametrize(
    ("text", "country", "currency", "wanted"),
    [
        ("£10", "GB", "GBP", ["10 GBP"]),
        ("50p", "GB", "GBP", ["0.5 GBP"]),
        ("$3", "US", "USD", ["3 USD"]),
        ("$3", "HK", "HKD", ["3 HKD"]),
        ("HK$48.5", "HK", "HKD", ["48.5 HKD"]),
        ("10元", "CN", "CNY", ["10 CNY"]),
        ("10元", "HK", "HKD", ["10 HKD"]),
        ("5元2角", "CN", "CNY", ["5.2 CNY"]),
        ("￥10.50", "CN", "CNY", ["10.5 CNY"]),
        ("¥500", "JP", "JPY", ["500 JPY"]),
        ("R29", "ZA", "ZAR", ["29 ZAR"]),
        ("RM10", "MY", "MYR", ["10 MYR"]),
        ("¥10", "FR", "EUR", ["10 CNY", "10 JPY"]),
        ("1,234.50 USD", "US", "USD", ["1234.5 USD"]),
        ("1 234,50 €", "FR", "EUR", ["1234.5 EUR"]),
        ("1.234,50 €", "DE", "EUR", ["1234.5 EUR"]),
        ("1'234.50 CHF", "CH", "CHF", ["1234.5 CHF"]),
        ("1.234.567 IDR", "ID", "IDR", ["1234567 IDR"]),
        ("1,000 €", "FR", "EUR", ["1 EUR", "1000 EUR"]),
        ("$1,000", "US", "USD", ["1000 USD"]),
    ],
)
def test_money_of_other_countries(text: str, country: str, currency: str, wanted: list[str]) -> None:
    assert money(text, country, currency) == wanted


@pytest.mark.parametrize("text", ["5", "5%", "5,20 €/mois", "5 € par mois", "top 10", "EURO", "12345678901 €", "€"])
def test_what_is_no_money_is_not_read(text: str) -> None:
    assert money(text) == []
    assert money_at("-5 €", 1, habits()) is None


def test_a_bare_number_counts_only_where_a_wording_says_so() -> None:
    assert money("5,20", bare=True) == ["5.2 EUR"]
    assert money("12/05/2026", bare=True) == money("5 Go", bare=True) == money("5 %", bare=True) == []


def test_a_thousand_or_one() -> None:
    assert numbers("0,500", ",") == (Decimal("0.5"),)
    assert numbers("1.000", "") == (Decimal(1), Decimal(1000))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("3,1 Go", (3174,)),
        ("3.1GB", (3174,)),
        ("500 Mo", (500,)),
        ("500mb", (500,)),
        ("900 Ko", (0,)),
        ("1 To", (1024 * 1024,)),
        ("3.1G流量", (3174,)),
        ("1,500 Mo", (1, 1500)),
        ("1,500 GB", (1536, 1500 * 1024)),
    ],
)
def test_data(text: str, wanted: tuple[int, ...]) -> None:
    found = data_at(fold(text).text, 0, habits())
    assert found is not None
    assert found[0] == wanted


@pytest.mark.parametrize("text", ["4G", "5G+", "4 g", "3,1", "3 Gode"])
def test_a_network_is_no_data(text: str) -> None:
    assert data_at(fold(text).text, 0, habits()) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("48 minutes", 48),
        ("48min", 48),
        ("1h30", 90),
        ("2 heures", 120),
        ("1 h 5 min", 65),
        ("90分钟", 90),
        ("1h 20 SMS", 60),
    ],
)
def test_minutes(text: str, wanted: int) -> None:
    found = minutes_at(fold(text).text, 0, habits())
    assert found is not None
    assert found[0] == (wanted,)


@pytest.mark.parametrize("text", ["50 SMS", "50 texts", "50 messages", "50条", "50 textos"])
def test_counts_of_texts(text: str) -> None:
    found = texts_at(fold(text).text, 0, habits())
    assert found is not None
    assert found[0] == (50,)


def test_more_than_a_record_holds_is_not_read() -> None:
    assert minutes_at("99999999 minutes", 0, habits()) is None
    assert data_at("999999 tb", 0, habits()) is None


def test_a_phone_number_ends_with_its_last_figure() -> None:
    assert number_end("06 12 34 56 78, puis", 0) == 14
    assert number_end("x", 0) is None
