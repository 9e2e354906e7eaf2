"""`simtui snooze`, and how lists, pages and `due` tell of it and of lines that renew themselves."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run


def test_a_snoozed_line_is_silent_until_its_day(held: Run) -> None:
    answer = held("snooze", "Paris", "2026-11-23")
    assert answer.status == 0, answer.err
    assert "snoozed until 2026-11-23" in answer.out
    assert "Paris" not in held("due").out
    assert "due (snoozed until 2026-11-23)" in held("list").out
    assert "snoozed until 2026-11-23" in held("show", "Paris").out
    assert "Paris" in held("due", today="2026-11-23").out
    # Planning goes on all the same.
    assert "Paris" in held("plan").out


def test_json_tells_until_when(held: Run) -> None:
    assert held("snooze", "1", "+2d", "--json").json["line"]["snoozed_until"] == "2026-11-23"
    (line,) = [each for each in held("list", "--json").json["lines"] if each["id"] == 1]
    assert (line["snoozed_until"], line["needs_act"], line["phase"]) == ("2026-11-23", False, "due")
    assert held("show", "1", "--json", today="2026-11-23").json["line"]["snoozed_until"] is None


def test_it_can_be_ended(held: Run) -> None:
    held("snooze", "Paris", "2026-11-23")
    assert held("snooze", "Paris", "--off").status == 0
    assert "Paris" in held("due").out
    assert "end the snooze: Paris" in held("undo").out


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("Paris", "2026-11-25"), "At the latest until 2026-11-24"),
        (("Paris", "2026-11-21"), "has come already"),
        (("Monaco", "2026-11-25"), "its last day has passed"),
        (("Lyca", "2026-11-25"), "no last day is known"),
        (("Paris",), "say a day"),
        (("Paris", "2026-11-23", "--off"), "say a day"),
        (("Paris", "soon"), "no such day"),
    ],
)
def test_what_is_refused(held: Run, arguments: tuple[str, ...], problem: str) -> None:
    answer = held("snooze", *arguments)
    assert answer.status == 2
    assert problem in answer.err
    assert "Paris" in held("due").out


def test_an_unlabelled_line_is_not_named_by_its_number(simtui: Run) -> None:
    simtui("add", "--stdin", stdin="+33639980001 mobicarte 10EUR 2026-05-24\n")
    assert "639980001" not in simtui("snooze", "1", "2026-12-24", "--private").err.replace(" ", "")


# Lines that renew themselves -----------------------------------------------------------------------------------------


@pytest.fixture
def free(simtui: Run) -> Run:
    assert simtui("add", "--stdin", stdin="Free: free-mobile-2eur\n").status == 0
    fields = ("activated_on=2025-07-10", "auto_renew=yes", "card_expires=2026-11")
    answer = simtui("edit", "Free", *(part for field in fields for part in ("--set", field)))
    assert answer.status == 0, answer.err
    return simtui


def test_due_tells_what_is_to_be_looked_after_now(free: Run) -> None:
    answer = free("due")
    assert answer.status == 1
    assert answer.out.split("  ")[0] == "safe"
    assert "check that it renewed on ~2026-11-10" in answer.out
    assert "card" not in answer.out
    # A week before the renewal the card is due as well, in a line of its own.
    assert len(free("due", today="2026-12-05").out.splitlines()) == 2


def test_show_tells_what_comes_too(free: Run) -> None:
    told = free("show", "Free").out
    assert "To look after" in told
    assert "the card that pays is good until 2026-11" in told
    reminders = free("show", "Free", "--json").json["line"]["reminders"]
    assert [(each["kind"], each["date"], each["now"]) for each in reminders] == [
        ("check_renewed", "2026-11-10", True),
        ("card_expires", "2026-12-10", False),
    ]


def test_a_reading_answers_it(free: Run) -> None:
    assert free("record", "Free", "balance_reading", "--data-left", "50MB", "--date", "2026-11-20").status == 0
    assert free("due").status == 0


def test_a_line_that_renews_itself_can_be_snoozed_until_it_does(free: Run) -> None:
    assert free("snooze", "Free", "2026-12-01").status == 0
    assert free("due").status == 0
    assert free("due", today="2026-12-01").status == 1


def test_the_credit_is_hidden_where_balances_are(simtui: Run) -> None:
    simtui("add", "--stdin", stdin="Ultra: ultra-mobile-paygo\n")
    simtui("edit", "Ultra", "--set", "activated_on=2026-08-17", "--set", "auto_renew=yes")
    simtui("record", "Ultra", "balance_reading", "--credit-left", "0.55USD", "--date", "2026-11-20")
    assert "the credit, USD 0.55, does not pay the USD 3" in simtui("show", "Ultra").out
    assert "0.55" not in simtui("show", "Ultra", "--private").out
    (told,) = simtui("show", "Ultra", "--private", "--json").json["line"]["reminders"]
    assert (told["kind"], told["credit"]) == ("credit_short", None)
    assert "0.55" not in told["words"]
