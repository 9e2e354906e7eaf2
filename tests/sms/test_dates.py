from __future__ import annotations

import pytest

from simtui.catalogue import Catalogue
from simtui.domain.calendar import Day
from simtui.domain.wording import fold
from simtui.sms.dates import contradicts, date_at, period_at
from simtui.sms.habits import Habits, habits_of
from tests.sms.conftest import TODAY


def habits(order: str = "day", day: Day = TODAY) -> Habits:
    return Habits("EUR", order, ",", {}, day)


def days(text: str, order: str = "day") -> list[str]:
    found = date_at(fold(text).text, 0, habits(order))
    return [] if found is None else [day.format_iso() for day in found[0]]


@pytest.mark.parametrize(
    "text",
    [
        "12/05/2026",
        "12.05.2026",
        "12-05-2026",
        "12 / 05 / 2026",
        "12.05.26",
        "12/05/26",
        "12 mai 2026",
        "12 Mai 2026",
        "12 May 2026",
        "12-May-26",
        "12MAY2026",
        "12th of May 2026",
        "May 12, 2026",
        "may 12th 2026",
        "2026-05-12",
        "2026/05/12",
        "20260512",
        "2026年5月12日",
        "２０２６年０５月１２日",
        "26年5月12号",
    ],
)
def test_a_date_that_means_one_day(text: str) -> None:
    assert days(text) == ["2026-05-12"]


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        ("day", ["2027-06-05"]),
        ("month", ["2027-05-06"]),
        ("", ["2027-06-05", "2027-05-06"]),
        ("year", ["2027-06-05", "2027-05-06"]),
    ],
)
def test_the_order_of_day_and_month_is_the_countrys(order: str, wanted: list[str]) -> None:
    assert days("05/06/2027", order) == wanted


@pytest.mark.parametrize("order", ["day", "month", ""])
def test_what_can_be_but_one_day_is_that_day(order: str) -> None:
    assert days("31/12/2026", order) == days("12/31/2026", order) == ["2026-12-31"]


@pytest.mark.parametrize(
    "text", ["31/02/2027", "2027-02-30", "99/99/2027", "12/05/1890", "mai 2027", "5月底", "", "12"]
)
def test_what_is_no_day_is_not_read(text: str) -> None:
    assert days(text) == []


def test_a_day_without_a_year_is_the_next_one_unless_that_is_far() -> None:
    assert days("12 mai") == days("5月12日") == days("12/05") == ["2027-05-12"]
    assert days("20 novembre") == ["2027-11-20", "2026-11-20"]
    assert days("29 février") == ["2028-02-29", "2024-02-29"]


def test_two_figures_of_a_year_may_come_first() -> None:
    assert days("26/12/05") == ["2005-12-26", "2026-12-05"]
    assert days("26/12/05", "year") == ["2026-12-05", "2005-12-26"]
    assert days("05/12/26") == ["2026-12-05"]


@pytest.mark.parametrize("hour", [" 00:00", " à 0h00", ", 00h", " at midnight", " 12am"])
def test_at_midnight_two_days_can_be_meant(hour: str) -> None:
    assert days(f"12/05/2027{hour}") == ["2027-05-11", "2027-05-12"]


@pytest.mark.parametrize("hour", [" 23:59", " à 10h00", " 12:30", " 00:30 "])
def test_other_hours_leave_the_day(hour: str) -> None:
    assert days(f"12/05/2027{hour}")[-1] == "2027-05-12"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("30 jours", "2026-12-21"),
        ("30 days", "2026-12-21"),
        ("30-day", "2026-12-21"),
        ("30天", "2026-12-21"),
        ("2 semaines", "2026-12-05"),
        ("6 mois", "2027-05-21"),
        ("6个月", "2027-05-21"),
        ("1 an", "2027-11-21"),
        ("0 days", "2026-11-21"),
    ],
)
def test_a_period_is_counted_from_the_day_of_the_message(text: str, wanted: str) -> None:
    found = period_at(text, 0, habits())
    assert found is not None
    assert found[0] == (Day.parse_iso(wanted),)
    assert period_at("9999 ans", 0, habits()) is None
    assert period_at("30 minutes", 0, habits()) is None


def test_the_calendar_has_an_end() -> None:
    assert days("01/01/1970 00:00") == ["1970-01-01"]
    assert days("31/12/2199") == ["2199-12-31"]


def test_a_text_can_contradict_its_country() -> None:
    assert contradicts("12/31/2026", habits("day"))
    assert contradicts("31/12/2026", habits("month"))
    assert not contradicts("31/12/2026 et 05/06/2026", habits("day"))
    assert not contradicts("12/31/2026", habits(""))


@pytest.mark.parametrize(
    ("offer_id", "order", "decimal"),
    [
        ("orange-fr-mobicarte", "day", ","),
        ("monaco-telecom-prepaid", "day", ","),
        ("giffgaff-payg", "day", "."),
        ("ultra-mobile-paygo", "month", "."),
        ("china-mobile-8yuan", "year", "."),
        ("speakout-7eleven", "", ""),
    ],
)
def test_the_habits_of_a_country(offers: Catalogue, offer_id: str, order: str, decimal: str) -> None:
    offer = offers.offer(offer_id)
    assert offer is not None
    found = habits_of(offer, TODAY)
    assert (found.order, found.decimal, found.without_order().order) == (order, decimal, "")
