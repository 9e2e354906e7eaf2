"""`simtui carriers`: files are checked, what is known is counted, rules are explained in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run


def written(path: Path, offer: dict[str, Any] | None = None, *, prefix: str = "", **more: Any) -> str:
    """A carriers file with one offer."""
    whole = {
        "id": f"{prefix}one",
        "kind": "keep_number",
        "name": {"en": "One", "zh": "一"},
        "country": "FR",
        "zone": "Europe/Paris",
        "currency": "EUR",
        **(offer or {}),
    }
    carrier = {"id": f"{prefix}carrier", "name": {"en": "C", "zh": "C"}, "country": "FR", "offers": [whole]}
    path.write_text(json.dumps({"schema": 1, "carriers": [carrier], **more}), encoding="utf-8")
    path.chmod(0o600)
    return str(path)


def test_the_bundled_carriers_are_well(simtui: Run) -> None:
    answer = simtui("carriers", "check")
    assert (answer.status, answer.err) == (0, "")
    assert answer.out.endswith(" offers, all well\n")
    assert "Country  offers  official" in answer.out
    told = simtui("carriers", "check", "--json").json
    assert (told["problems"], told["untranslated"]) == ([], [])
    every = told["coverage"][-1]
    assert every["country"] is None
    assert every["offers"] == told["offers"] == sum(row["offers"] for row in told["coverage"][:-1])
    assert every["with_plans"] + every["without_plans"] == every["offers"]
    assert sum(every[known] for known in ("official", "third_party", "guess", "unknown")) == every["offers"]


def test_a_file_of_ones_own_is_checked(simtui: Run, tmp_path: Path) -> None:
    faulty = written(
        tmp_path / "faulty.json", {"channels": {"codes": [{"does": "top_up", "code": "**21*0612345678#"}]}}
    )
    answer = simtui("carriers", "check", faulty)
    assert answer.status == 1
    assert "is a call-forwarding code" in answer.out
    assert answer.out.endswith("1 offer, 1 fault\n")
    well = written(tmp_path / "well.json")
    assert simtui("carriers", "check", well).out.endswith("1 offer, all well\n")


def test_a_users_own_file_is_checked_beside_the_bundled_offers(simtui: Run, tmp_path: Path) -> None:
    plan = {"id": "my-plan", "name": {"en": "P", "zh": "P"}, "kind": "data"}
    additions = {"orange-fr-mobicarte": {"plans": [plan]}}
    own = written(tmp_path / "own.json", prefix="my-", additions=additions)
    answer = simtui("carriers", "check", own, "--json")
    assert (answer.status, answer.json["problems"]) == (0, [])
    assert answer.json["offers"] == 2
    gone = written(tmp_path / "gone.json", prefix="my-", additions={"no-such-offer": {"plans": [plan]}})
    assert "adds to an offer that does not exist" in simtui("carriers", "check", gone).out


def test_a_file_that_cannot_be_read_is_named(simtui: Run, tmp_path: Path) -> None:
    missing = tmp_path / "none.json"
    answer = simtui("carriers", "check", str(missing))
    assert answer.status == 1
    assert f"{missing}: cannot be read" in answer.out
    assert "not understood: other" in simtui("carriers", "check", str(missing), "other").err


def test_what_is_english_only_and_what_is_old_is_named(simtui: Run, tmp_path: Path) -> None:
    dates = {"older": "2025-10", "year": "2025", "young": "2025-11-21", "undated": None}
    sources = [
        {"id": name, "what": {"en": "x", "zh": "x"}, "certainty": "official", **({"as_of": day} if day else {})}
        for name, day in dates.items()
    ]
    file = written(tmp_path / "file.json", {"name": {"en": "One"}, "sources": sources})
    answer = simtui("carriers", "check", file, "--json")
    assert answer.status == 0
    assert answer.json["untranslated"] == [{"id": "one", "place": "name"}]
    assert [old["source"] for old in answer.json["old_sources"]] == ["older"]
    assert answer.json["undated_sources"] == 1
    told = simtui("carriers", "check", file).out
    assert "Only in English:\n  one: name\n" in told
    whole = json.loads(Path(file).read_text("utf-8"))
    del whole["carriers"][0]["name"]["zh"]
    Path(file).write_text(json.dumps(whole), encoding="utf-8")
    assert "  carrier: name\n  one: name\n" in simtui("carriers", "check", file).out
    assert "Sources older than a year:\n  one  2025-10\n" in told


@pytest.mark.parametrize(
    ("offer", "told"),
    [
        ("1pmobile-uk", ["Rule for lines opened until 2025-10-14", "Rule for lines opened 2025-10-15 to 2026-07-31"]),
        ("csl-prepaid-711", ["Rule for acts until 2026-12-31", "Rule for acts from 2027-01-01 on"]),
        ("smile-chat-chat-hk", ["Rule for the variant gold", "a new act: the later of both ends stands"]),
        ("lycamobile-uk", ["a paid hold makes it wait 365 days", "a new act: counts again from the act"]),
        ("monaco-telecom-prepaid", ["brought back by: top-up", "after that: the number is lost", "how sure: guess"]),
        ("giffgaff-payg", ["not by: call made (emergency use)", "how sure: official rule"]),
        ("orange-fr-mobicarte", ["is done with once you are identified", "how sure: third party's rule"]),
        ("le-french-mobile", ["use that stops it: ", "only after "]),
        ("povo2", ["for more than JPY 660 within 180 days"]),
        ("club-sim-hk", ["counted from the end of the plan"]),
        ("celcomdigi-prepaid", ["lasts after plan bought (365-day extension): as long as the plan bought"]),
        ("telekom-de-prepaid", ["brought back by: top-up (from EUR 15)"]),
        ("lidl-connect-de", ["brought back by: all in turn: a call to support, top-up"]),
        ("orange-ro-prepay", ["counts from: the activation, then 60 days (Brochure: a new SIM has 60 days"]),
        ("sfr-la-carte", ["counts from: the activation, then 30 days (guess, Press overview"]),
        ("sosim-hk", ["counts from: the purchase", "is done with once the line is activated"]),
        ("china-unicom-keep", ["a paid hold makes it wait 6 months, or until it is restarted"]),
        ("go-malta-payg", ["top-up, call received (roaming)"]),
    ],
)
def test_a_rule_is_explained_in_words(simtui: Run, offer: str, told: list[str]) -> None:
    shown = simtui("carriers", "show", offer).out
    for words in (*told, "afterwards: ", "how sure: "):
        assert words in shown
    in_chinese = simtui("carriers", "show", offer, "--lang", "zh").out
    assert in_chinese.count("\n") == shown.count("\n")
    for words in ("此后：", "可靠程度："):
        assert words in in_chinese
