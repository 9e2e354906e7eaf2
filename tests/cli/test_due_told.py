"""What `simtui due` says of a line agrees with what `list` and a renewal say of it."""

from __future__ import annotations

from tests.cli.conftest import Run
from tests.cli.test_renew_talk import lines

LOOK = "paid, not verified: look whether it has taken effect"
PAY = ["", "next", "", "next", "", "", "20 EUR", "next", "next", "yes"]


def row(answer: str, name: str) -> str:
    return next(line for line in answer.splitlines() if f"  {name}  " in line)


def test_a_day_that_is_known_is_told_where_the_number_s_own_is_not(simtui: Run) -> None:
    simtui("add", "--stdin", stdin="Trip: airalo-discover-plus-global until 2026-11-24\n")
    assert "=2026-11-24" in row(simtui("list").out, "Trip")
    told = row(simtui("due").out, "Trip")
    assert told.startswith("unknown  1  Trip  last day =2026-11-24, 3 d left, then goes the data; ")
    assert told.endswith("the number's date is not known: simtui record 1 statement --until DATE enters it")


def test_a_payment_that_nobody_saw_work_is_told_also_of_a_line_without_a_date(held: Run) -> None:
    held("renew", "Lyca", stdin=lines(*PAY))
    told = row(held("due").out, "Lyca")
    assert "no date known" in told
    assert told.endswith(f", {LOOK}")


def test_what_is_paid_already_is_not_advised_once_more(simtui: Run) -> None:
    simtui("add", "--stdin", stdin="+33639980001 Paris: mobicarte until 2026-11-24\n")
    simtui("renew", "1", stdin=lines("", "next", "", "next", "", "", "3", "next", "next", "yes"))
    told = row(simtui("due").out, "Paris")
    assert told.endswith(f"last day =2026-11-24, 3 d left, then goes the number, {LOOK}")
    late = row(simtui("due", today="2026-11-23").out, "Paris")
    assert "keeps it to" not in late
    assert LOOK not in late
    assert "paid 2026-11-21, not seen to work: contact support" in late
