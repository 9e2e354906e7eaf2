from __future__ import annotations

import pytest

from tests.cli.conftest import Run


def test_plan_tells_acts_by_day_totals_and_what_cannot_be_planned(held: Run) -> None:
    answer = held("plan")
    assert answer.status == 0
    rows = answer.out.splitlines()
    assert rows[0].split() == ["Day", "Line", "To", "do", "Price", "Keeps", "until"]
    days = [row.split()[0] for row in rows[1 : rows.index("")]]
    assert days == sorted(days)
    assert "2026-11-21  Paris (line 1)  top-up       EUR 10  ~2027-05-21" in rows
    assert "  EUR 25  last year you paid EUR 10" in rows
    assert "  Monaco (line 3): how long it lasts is not known" in rows


def test_plan_of_one_line_until_a_day(held: Run) -> None:
    answer = held("plan", "妈妈", "--until", "2027-06-30", "--json")
    [line] = answer.json["lines"]
    assert (line["until"], line["problem"], line["uses"], line["amount"]) == ("2027-06-30", None, 1, None)
    [act] = line["acts"]
    assert (act["date"], act["kind"], act["is_use"], act["price"]) == ("2027-05-11", "sms_out", True, None)
    assert (act["keeps_until"], act["certainty"]) == ("2027-11-11", "official")


def test_plan_adds_up_per_currency_beside_what_was_paid(held: Run) -> None:
    found = held("plan", "--json").json
    assert found["totals"] == [{"currency": "EUR", "amount": "25", "at_least": False, "paid_last_year": "10"}]
    problems = {line["name"]: line["problem"] for line in found["lines"]}
    assert problems == {"Paris": None, "妈妈": None, "Monaco": "length", "Lyca": "length"}


def test_plan_ends_where_the_line_is_not_needed_any_more(held: Run) -> None:
    held("edit", "Paris", "--set", "needed_until=2027-03-01")
    [line] = held("plan", "Paris", "--json").json["lines"]
    assert (line["until"], len(line["acts"])) == ("2027-03-01", 1)
    [shorter] = held("plan", "Paris", "--until", "2026-12-15", "--json").json["lines"]
    assert shorter["until"] == "2026-12-15"
    assert held("show", "Paris", "--json").json["line"]["needed_until"] == "2027-03-01"


def test_plan_leaves_out_what_is_let_go_unless_it_is_named(held: Run) -> None:
    held("edit", "Paris", "--set", "state=letting_go")
    assert "Paris" not in held("plan").out
    assert "Paris" in held("plan", "Paris").out


@pytest.mark.parametrize(("day", "problem"), [("2020-01-01", "has passed"), ("2099-01-01", "too far")])
def test_plan_refuses_days_that_make_no_sense(held: Run, day: str, problem: str) -> None:
    answer = held("plan", "--until", day)
    assert answer.status == 2
    assert problem in answer.err


def test_plan_hides_numbers_that_are_names(simtui: Run) -> None:
    simtui("add", "+33639980001 mobicarte 10EUR 2026-05-24")
    assert "80001" not in simtui("plan", "--private").out
    assert "80001" not in simtui("plan", "--private", "--json").out


def test_plan_of_nothing_says_so(simtui: Run) -> None:
    assert simtui("plan").out == "No active lines to plan for.\n"
