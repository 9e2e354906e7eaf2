"""What the bundled rules lead to, reckoned by hand from what the sources say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from simtui.catalogue import Catalogue, load
from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day
from simtui.domain.line import Line
from simtui.domain.standing import standing
from simtui.paths import bundled


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(bundled("carriers.json"), None)


def act(kind: ActKind, day: str, amount: int | None = None, currency: str = "EUR", **more: object) -> Act:
    money = {} if amount is None else {"amount": Decimal(amount), "currency": currency}
    return Act.model_validate({"line": 1, "kind": kind, "day": day, **money, **more})


A = ActKind


@pytest.mark.parametrize(
    ("offer", "acts", "today", "phase", "next_day", "final_day"),
    [
        # EUR 10 carries the line six months: 1 May -> 1 November, lost the next day.
        ("orange-fr-mobicarte", [act(A.TOP_UP, "2026-05-01", 10)], "2026-10-20", "soon", "2026-11-01", "2026-11-01"),
        ("orange-fr-mobicarte", [act(A.TOP_UP, "2026-05-01", 10)], "2026-11-02", "lost", None, "2026-11-01"),
        # EUR 5 carries it one month.
        ("orange-fr-mobicarte", [act(A.TOP_UP, "2026-10-31", 5)], "2026-11-29", "due", "2026-11-30", "2026-11-30"),
        # EUR 10 is credit for 15 days, then six months in which it only receives.
        ("sfr-la-carte", [act(A.TOP_UP, "2026-01-10", 10)], "2026-01-20", "soon", "2026-01-25", "2026-07-25"),
        ("sfr-la-carte", [act(A.TOP_UP, "2026-01-10", 10)], "2026-03-01", "rescue", "2026-07-25", "2026-07-25"),
        # The operator said until 1 July; the number goes six months later.
        (
            "monaco-telecom-prepaid",
            [act(A.STATEMENT, "2026-05-01", valid_until="2026-07-01")],
            "2026-11-21",
            "rescue",
            "2027-01-01",
            "2027-01-01",
        ),
        # A top-up keeps the credit 90 days; only use keeps the number.
        (
            "lebara-fr",
            [act(A.CALL_OUT, "2026-06-01"), act(A.TOP_UP, "2026-08-01", 5)],
            "2026-08-10",
            "soon",
            "2026-08-30",
            None,
        ),
        ("giffgaff-payg", [act(A.SMS_OUT, "2026-08-31")], "2027-02-25", "due", "2027-02-28", "2027-02-28"),
        ("giffgaff-payg", [act(A.SMS_IN, "2026-08-31")], "2026-09-01", "unknown", None, None),
        # 180 days from the day after the 7 days of the topping, then 30 days in which support can help.
        (
            "povo2",
            [act(A.PLAN_PURCHASE, "2026-01-01", 390, "JPY", plan="data-1gb")],
            "2026-01-10",
            "safe",
            "2026-07-08",
            "2026-08-07",
        ),
        # The pack ends 31 January; 365 days to buy the next.
        (
            "club-sim-hk",
            [act(A.PLAN_PURCHASE, "2026-01-01", 6, "HKD", plan="sms-pack")],
            "2026-02-02",
            "safe",
            "2027-01-31",
            "2027-01-31",
        ),
        # 18 months from the last use; EUR 25 of credit last three.
        (
            "transatel-datasim",
            [act(A.TOP_UP, "2026-01-15", 25), act(A.DATA, "2026-02-01")],
            "2026-02-02",
            "safe",
            "2026-04-15",
            "2027-08-01",
        ),
        ("lycamobile-fr", [act(A.TOP_UP, "2026-01-15", 10)], "2026-02-02", "unknown", None, None),
    ],
)
def test_dates(
    catalogue: Catalogue,
    offer: str,
    acts: list[Act],
    today: str,
    phase: str,
    next_day: str | None,
    final_day: str | None,
) -> None:
    line = Line(label="line", offer=offer)

    found = standing(line, acts, catalogue.offers[offer], Day.parse_iso(today))

    assert found.phase == phase
    assert (found.next_day and found.next_day.format_iso(), found.final_day and found.final_day.format_iso()) == (
        next_day,
        final_day,
    )
