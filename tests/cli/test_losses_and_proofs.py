"""`simtui losses` and `simtui proofs`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.cli.conftest import Run

DOCUMENTED = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")


def export(*lines: dict[str, Any]) -> bytes:
    return orjson.dumps({"format": "simtui-lines", "version": 1, "lines": list(lines)})


PAID = {"kind": "top_up", "day": "2026-11-20", "amount": "10", "currency": "EUR"}
LINES = (
    {
        "id": 1,
        "line": {
            "label": "Paris",
            "number": "+33639980001",
            "offer": "orange-fr-mobicarte",
            "bound_services": [{"name": "Messenger"}, {"name": "Bank", "kind": "bank", "weight": "critical"}],
            "backup": {"line": 2},
        },
        "acts": [{**PAID, "day": "2026-05-24"}, {**PAID, "proof": {"order_number": "A-7"}}],
    },
    {"id": 2, "line": {"label": "Old", "offer": "sfr-la-carte"}, "acts": [{**PAID, "day": "2025-12-26"}]},
    {"id": 3, "line": {"label": "Mum", "offer": "giffgaff-payg", "weight": "high", "backup": {"other": "VoIP"}}},
    {
        "id": 4,
        "line": {"label": "Bought", "number": "+33639980002", "offer": "orange-fr-mobicarte"},
        "acts": [PAID],
        "renewals": [
            {
                "procedure": "recharge-online",
                "state": "paid",
                "items": [{"amount": "10", "currency": "EUR"}],
                "amount": "10",
                "currency": "EUR",
                "method": "paypal",
                "paid_at": "2026-11-20T10:00:00Z",
                "proof": {"order_number": "B-1", "receipt": "~/r.pdf", "confirmation": "Merci\nde votre achat"},
            },
            {"procedure": "recharge-online", "state": "verified", "amount": "20", "currency": "EUR"},
            {"procedure": "recharge-online", "state": "given_up"},
        ],
    },
)


@pytest.fixture
def lines(simtui: Run) -> Run:
    answer = simtui("import", "-", "--yes", stdin=export(*LINES))
    assert answer.status == 0, answer.err
    return simtui


# Losses --------------------------------------------------------------------------------------------------------------


def test_a_sheet_tells_what_hangs_on_a_number(lines: Run) -> None:
    told = [line.strip() for line in lines("losses", "Paris").out.splitlines()]
    assert told == [
        "Paris (line 1), +33 6 39 98 00 01",
        "weight: critical",
        "safe: number safe until ~2027-05-20",
        "if this number dies you lose:",
        "Bank       bank  critical",
        "Messenger        normal",
        "the second way, Old (line 2), is lost",
    ]


def test_a_number_that_has_run_out_can_be_saved_until_a_day(simtui: Run) -> None:
    late = {"id": 1, "line": {"label": "Late", "offer": "sfr-la-carte"}, "acts": [{**PAID, "day": "2026-07-01"}]}
    simtui("import", "-", "--yes", stdin=export(late))
    assert "rescue: the number can be saved until ~2027-01-16" in simtui("losses", "Late").out


def test_all_lines_come_by_weight(lines: Run) -> None:
    sheets = lines("losses", "--json").json["lines"]
    assert [(each["name"], each["weight"]) for each in sheets] == [
        ("Paris", "critical"),
        ("Mum", "high"),
        ("Bought", "normal"),
        ("Old", "normal"),
    ]
    assert (sheets[0]["backup_line"], sheets[0]["backup_phase"]) == (2, "lost")
    assert sheets[0]["services"][0] == {"name": "Bank", "kind": "bank", "weight": "critical"}
    assert (sheets[1]["backup_other"], sheets[1]["words"]) == ("VoIP", None)
    assert all(f"`{field}`" in DOCUMENTED for field in sheets[0])


def test_what_nobody_named_is_said_to_be_missing(lines: Run) -> None:
    assert "no services are named" in lines("losses", "Mum").out
    assert "second way: VoIP" in lines("losses", "Mum").out
    assert "no second way to be reached is named" in lines("losses", "Bought").out


def test_a_second_way_that_was_deleted_is_told(simtui: Run) -> None:
    simtui("import", "-", "--yes", stdin=export(LINES[0], LINES[1]))
    simtui("purge", "Old", "--yes")
    assert "the second way, line 2, is not there any more" in simtui("losses", "Paris").out


def test_a_sheet_can_hide_numbers(lines: Run) -> None:
    assert "39 98" not in lines("losses", "--private").out


def test_without_lines_it_says_so(simtui: Run) -> None:
    assert simtui("losses").out == "No lines yet.\n"


# Proofs --------------------------------------------------------------------------------------------------------------


def test_the_box_lists_payments_with_their_proofs(lines: Run) -> None:
    told = [line.strip() for line in lines("proofs", "Bought").out.splitlines()]
    assert told == [
        "Bought (line 4)",
        "2026-11-20  top-up  EUR 10  renewal 1  paid, not verified",
        "order number  B-1",
        "receipt       ~/r.pdf",
        "confirmation  Merci de votre achat",
        "2026-11-20  top-up  EUR 10  #4  no proof",
        "renewal  EUR 20  renewal 2  verified  no proof",
    ]


def test_only_what_lacks_a_proof(lines: Run) -> None:
    missing = lines("proofs", "--missing", "--json").json["payments"]
    assert [(each["line"], each["renewal"], each["act"]) for each in missing] == [
        (1, None, 1),
        (2, None, 3),
        (4, None, 4),
        (4, 2, None),
    ]
    assert not any(each["has_proof"] for each in missing)
    assert all(f"`{field}`" in DOCUMENTED for field in missing[0])


def test_an_act_with_a_proof_is_listed(lines: Run) -> None:
    payments = lines("proofs", "Paris", "--json").json["payments"]
    assert [(each["date"], each["order_number"], each["amount"]) for each in payments] == [
        ("2026-11-20", "A-7", "10"),
        ("2026-05-24", None, "10"),
    ]


def test_where_nothing_is_missing_it_says_so(simtui: Run) -> None:
    assert simtui("proofs").out == "No payments are recorded.\n"
    assert simtui("proofs", "--missing").out == "Every payment has its proof.\n"


def test_a_dispute_is_written_in_the_language_asked_for(lines: Run) -> None:
    french = lines("proofs", "--dispute", "1", "fr").out
    assert french.startswith("Je conteste le paiement suivant.")
    for part in (
        "Orange France",
        "10 EUR",
        "20 novembre 2026",
        "PayPal",
        "B-1",
        "«\u00a0Merci de votre achat\u00a0»",
        "+33 6 39",
    ):
        assert part in french
    assert lines("proofs", "--dispute", "1").out.startswith("I dispute the following payment.")
    chinese = lines("proofs", "--dispute", "1", "zh", "--json").json
    assert (chinese["renewal"], chinese["language"], chinese["because"]) == (1, "zh", "not_effective")
    assert "2026年11月20日" in chinese["text"]


def test_a_dispute_hides_the_number_where_numbers_are_hidden(lines: Run) -> None:
    assert "39 98" not in lines("proofs", "--dispute", "1", "fr", "--private").out


def test_a_renewal_that_went_well_says_nothing_by_itself(lines: Run) -> None:
    refused = lines("proofs", "--dispute", "2")
    assert refused.status == 2
    assert "say --because" in refused.err
    assert "charged twice" in lines("proofs", "--dispute", "2", "--because", "charged-twice").out


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("99",), "there is no renewal 99"),
        (("1", "de"), "must be one of: en, fr, zh"),
        (("x",), "the id of a renewal is needed"),
        (("1", "fr", "zh"), "the id of a renewal is needed"),
        (("1", "--because", "angry"), "there is no such reason"),
    ],
)
def test_what_cannot_be_disputed(lines: Run, arguments: tuple[str, ...], problem: str) -> None:
    refused = lines("proofs", "--dispute", *arguments)
    assert refused.status == 2
    assert problem in refused.err


def test_a_first_purchase_that_is_paid_is_told_before_it_is_a_line(simtui: Run) -> None:
    bought = [
        "next",
        "",
        "Italy [x]",
        "",
        "next",
        "",
        "",
        "1",
        "",
        "",
        "",
        "card",
        "",
        "",
        "AIR-7",
        "",
        "",
        "yes",
        "no",
    ]
    simtui("renew", "--buy", "airalo-discover-global", stdin="".join(f"{each}\n" for each in bought))
    assert simtui("proofs").out.splitlines() == [
        "Italy [x] (no line yet)",
        "  2026-11-21  Discover 200 MB  USD 2.34  renewal 1  paid, not verified",
        "    order number  AIR-7",
    ]
    [payment] = simtui("proofs", "--json").json["payments"]
    assert (payment["line"], payment["renewal"], payment["order_number"]) == (None, 1, "AIR-7")
    assert simtui("proofs", "--missing").out == "Every payment has its proof.\n"
    assert simtui("proofs", "--dispute", "1", "en").out.count("AIR-7") == 1
