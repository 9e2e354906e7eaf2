"""The made-up lines: every kind, every phase, and nothing of the user's touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from simtui.catalogue import load
from simtui.paths import bundled
from tests.cli.conftest import Run


@pytest.mark.parametrize("today", ["2026-11-21", "2027-02-28", "2028-02-29", "2027-08-31"])
def test_every_kind_and_every_phase_is_there(simtui: Run, today: str) -> None:
    lines = simtui("--demo", "list", "--json", today=today).json["lines"]
    active = [line for line in lines if line["state"] == "active"]
    assert {line["phase"] for line in active} == {"rescue", "due", "unknown", "soon", "safe", "lost"}
    assert {line["kind"] for line in lines} == {"keep_number", "data", "esim", "travel_esim"}
    assert any(line["paid_not_verified"] for line in lines)
    assert all(line["offer_known"] for line in lines)


def test_every_label_says_that_it_is_a_demo(simtui: Run) -> None:
    labels = [line["label"] for line in simtui("--demo", "list", "--json").json["lines"]]
    assert all("Demo" in label or "演示" in label for label in labels)
    assert any(not label.isascii() for label in labels)


def test_numbers_are_nobodys(simtui: Run) -> None:
    reserved = ("+3363998", "+447700900", "+120255501")
    numbers = [line["number"] for line in simtui("--demo", "list", "--json").json["lines"]]
    assert all(number is None or number.startswith(reserved) for number in numbers)


def test_the_users_data_is_neither_read_nor_written(held: Run, data_file: Path) -> None:
    before = data_file.read_bytes()
    told = held("--demo", "list").out
    assert "Paris" in told
    assert "Lyca\n" not in told
    assert "+33639980001" not in told
    assert held("--demo", "record", "Demo Monaco", "top_up", "--amount", "10EUR").status == 0
    assert data_file.read_bytes() == before
    assert sorted(path.name for path in data_file.parent.iterdir()) == ["simtui.json", "simtui.json.lock"]


def test_every_demo_line_can_be_explained_and_shown_in_both_languages(simtui: Run) -> None:
    for line in simtui("--demo", "list", "--json").json["lines"]:
        for command in ("explain", "show"):
            for language in ("en", "zh"):
                answer = simtui("--demo", command, str(line["id"]), "--lang", language)
                assert (answer.status, answer.err) == (0, "")


def test_the_demos_own_offer_is_well_formed() -> None:
    from simtui.demo import _OWN_OFFERS

    assert load(bundled("carriers.json"), None).problems == ()
    assert _OWN_OFFERS["schema"] == 1
