"""A file of real lines, with every date reckoned by hand from what the operators say (today is 2026-11-21).

What each sum rests on stands in its comment: the rule, the source as carriers.json names it, and the arithmetic.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.cli.conftest import Answer, Run

FILE = Path(__file__).parent.parent / "data" / "real-lines.csv"


class Expected(NamedTuple):
    phase: str
    next_date: str | None
    days_left: int | None
    loses: str | None
    final_date: str | None
    certainty: str | None
    steps: list[tuple[str, str | None]]


# Steps are (kind, date that came out).
BY_HAND = {
    # Monaco Telecom, mobile FAQ (old): the number is kept six months after the credit, receiving only, then cancelled.
    # The operator's date is 2026-07-01; + 6 months = 2027-01-01. November 21 to January 1: 9 + 31 + 1 = 41 days.
    "Monaco MT": Expected(
        "rescue", "2027-01-01", 41, "number", "2027-01-01", "guess", [("stated", "2026-07-01"), ("stage", "2027-01-01")]
    ),
    # Orange's recharge table of 2026-09-29 (third party): EUR 10 and more carry the line six months.
    # 2026-05-24 + 6 months = 2026-11-24, three days ahead; nothing is known to follow.
    "Orange Paris": Expected(
        "due",
        "2026-11-24",
        3,
        "number",
        "2026-11-24",
        "third_party",
        [("acted", None), ("length", "2026-11-24")],
    ),
    # The same table: EUR 5 carries it one month. 2026-10-31 + 1 month = 2026-11-30 (November has no 31st).
    # A month is short: notice is a quarter of 30 days, 7, so nine days left are soon, not due.
    "Orange tablet": Expected(
        "soon",
        "2026-11-30",
        9,
        "number",
        "2026-11-30",
        "third_party",
        [("acted", None), ("length", "2026-11-30")],
    ),
    # The same table. 31 August + 6 months = 28 February 2027 (no 31st, no leap year). 9 + 31 + 31 + 28 = 99 days.
    "妈妈的号码": Expected(
        "safe",
        "2027-02-28",
        99,
        "number",
        "2027-02-28",
        "third_party",
        [("acted", None), ("length", "2027-02-28")],
    ),
    # SFR's leaflet of about 2009-2011 (old): EUR 25 is valid 60 days, the line lives six months more, receiving calls.
    # 2026-10-01 + 60 days = 2026-11-30 (30 days of October left, 30 of November); + 6 months = 2027-05-30.
    "SFR La Carte": Expected(
        "soon", "2026-11-30", 9, "service", "2027-05-30", "guess", [("acted", None), ("length", "2026-11-30")]
    ),
    # Free bills on the line's own day of the month and renews itself: activated on a 15th, next on 2026-12-15.
    # A guide's steps after a refused debit: 2 + 8 + 20 + 20 = 50 days; 2026-12-15 + 50 days = 2027-02-03.
    "Free 2 EUR": Expected(
        "safe",
        "2026-12-15",
        24,
        "service",
        "2027-02-03",
        "guess",
        [("started", None), ("length", "2024-04-15"), ("renewed", "2026-12-15")],
    ),
    # giffgaff (official): six months without an outgoing act end the number. 2026-06-14 + 6 months = 2026-12-14.
    "giffgaff": Expected(
        "soon", "2026-12-14", 23, "number", "2026-12-14", "official", [("acted", None), ("length", "2026-12-14")]
    ),
    # Airalo's partner catalogue (third party): Discover 3 GB runs 30 days from first use, whenever it was bought.
    # First used 2026-11-10; + 30 days = 2026-12-10 (20 days of November left, 10 of December). No number to lose.
    "Travel eSIM": Expected(
        "safe",
        "2026-12-10",
        19,
        "data",
        None,
        "third_party",
        [("acted", None), ("started", None), ("length", "2026-12-10")],
    ),
    # Ultra takes USD 3 every 30 days: 2026-08-01, 08-31, 09-30, 10-30, 11-29, 12-29, 2027-01-28, 02-27. The USD 9 read
    # on 2026-11-01 pay three: 11-29, 12-29, 01-28. On 02-27 nothing is left; 30 days of suspension end on 2027-03-29.
    "Ultra US": Expected(
        "safe",
        "2027-02-27",
        98,
        "service",
        "2027-03-29",
        "third_party",
        [("started", None), ("had", None), ("fees", "2027-02-27")],
    ),
    # Club SIM (third party): any pack within 365 days after the last one ended. The 30-day pack of 2026-03-01 ended on
    # 2026-03-31; + 365 days = 2027-03-31 (no 29 February between). 9 + 31 + 31 + 28 + 31 = 130 days.
    "Club SIM": Expected(
        "safe", "2027-03-31", 130, "number", "2027-03-31", "third_party", [("acted", None), ("length", "2027-03-31")]
    ),
    # povo (third party): 180 days counted from the day after the topping ended, then 30 days that only support undoes.
    # Seven days from 2026-06-01 end on 06-08; from 06-09 + 180 days = 2026-12-06
    # (21 + 31 + 31 + 30 + 31 + 30 = 174 to the end of November, 6 more); + 30 days = 2027-01-05.
    "povo": Expected(
        "soon", "2026-12-06", 15, "service", "2027-01-05", "third_party", [("acted", None), ("length", "2026-12-06")]
    ),
    # Lebara has two clocks of 90 days. Credit (third party) from the top-up: 2026-10-10 + 90 = 2027-01-08. The line
    # (old, may be ended, no final date) from the last use: 2026-09-15 + 90 = 2026-12-14 (15 + 31 + 30 + 14).
    "Lebara Paris": Expected(
        "soon", "2026-12-14", 23, "number", None, "guess", [("acted", None), ("length", "2026-12-14")]
    ),
    # Transatel's FAQ (old): EUR 50 is valid six months: 2026-07-01 + 6 months = 2027-01-01. The SIM lives 18 months
    # from its last use: 2026-08-15 + 18 months = 2028-02-15.
    "DataSIM boat": Expected(
        "safe", "2027-01-01", 41, "balance", "2028-02-15", "guess", [("acted", None), ("length", "2027-01-01")]
    ),
    # Nobody could read a French figure of Lycamobile: no date, and none is invented.
    "Lyca Nice": Expected("unknown", None, None, None, None, None, []),
}


@pytest.fixture
def imported(simtui: Run) -> Run:
    answer = simtui("import", "--yes", str(FILE))
    assert (answer.status, answer.err) == (0, "")
    assert answer.out.endswith("Added 14 lines.\n")
    return simtui


def steps(line: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(step["kind"], step["result"]) for step in line["sum"]]


def test_every_line_has_the_date_that_was_reckoned_by_hand(imported: Run) -> None:
    found = {
        line["name"]: Expected(
            line["phase"],
            line["next_date"],
            line["days_left"],
            line["loses"],
            line["final_date"],
            line["certainty"],
            steps(line),
        )
        for line in imported("list", "--json").json["lines"]
    }
    assert found == BY_HAND


def test_a_second_clock_and_a_second_date_are_told_beside_the_first(imported: Run) -> None:
    lines = {line["name"]: line for line in imported("list", "--json").json["lines"]}
    credit = next(clock for clock in lines["Lebara Paris"]["clocks"] if clock["id"] == "credit")
    assert (credit["ends_on"], credit["certainty"]) == ("2027-01-08", "third_party")
    assert lines["SFR La Carte"]["full_service_until"] == "2026-11-30"
    assert lines["SFR La Carte"]["number_safe_until"] == "2027-05-30"
    assert lines["DataSIM boat"]["number_safe_until"] == "2028-02-15"
    monaco = lines["Monaco MT"]
    assert (monaco["stage"]["name"], monaco["works"]) == ("receive_only", ["calls_in", "sms_in"])
    assert monaco["balances"]["credit"] == {
        "amount": "2.10",
        "currency": "EUR",
        "read_on": "2026-06-28",
        "reckoned_on_since": False,
    }


def test_explain_tells_the_sum_in_words_with_its_source(imported: Run) -> None:
    told = imported("explain", "Orange Paris").out
    assert "top-up EUR 10" in told
    assert "2026-05-24" in told
    assert "+ 6 months" in told
    assert "2026-11-24" in told
    assert "third party's rule" in told
    assert "as of 2026-09-29" in told


@pytest.mark.parametrize("name", list(BY_HAND))
def test_explain_and_show_name_the_last_day_of_every_line(imported: Run, name: str) -> None:
    answers: list[Answer] = [imported("explain", name), imported("show", name)]
    for answer in answers:
        assert answer.status == 0
        assert (BY_HAND[name].next_date or "no date known") in answer.out


def test_the_file_is_not_taken_twice(imported: Run) -> None:
    again = imported("import", "--yes", str(FILE))
    assert again.status == 2
    assert "row 2, number: you hold this as line 1 already" in again.out
    assert "row 14, label: you hold this as line 13 already" in again.out
    assert len(imported("list", "--json").json["lines"]) == 14
