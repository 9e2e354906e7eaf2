"""Whatever lies at the path, loading neither fails nor hangs, and says what is wrong."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest

from simtui.catalogue import load, shown_link
from simtui.catalogue.gather import MOST_FINDINGS
from simtui.catalogue.reading import DEEPEST, MOST_BYTES
from tests.catalogue.conftest import Loader, carrier, clock, file_of, offer, text


def what_is_wrong(path: Path) -> str:
    catalogue = load(path, None, path)
    assert catalogue.ids == ()
    (problem,) = catalogue.problems
    assert problem.file == str(path)
    return f"{problem.place} {problem.what}".strip()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is not JSON"),
        (b'{\n "schema": 1,\n oops', "3:2 is not JSON"),
        (b"\xff\xfe{}", "is not JSON"),
        (b'{"schema": NaN}', "is not JSON"),
        (b'{"schema": "\\ud800"}', "is not JSON"),
        (b"[]", "not a JSON object"),
        (b"{}", 'schema must say "schema": 1'),
        (b'{"schema": "1"}', "schema must say"),
        (b'{"schema": true}', "schema must say"),
        (b'{"schema": 2}', "newer simtui"),
        (b'{"schema": 0}', "schema must say"),
        (b'{"schema": 1, "x": ' + b"[" * 100 + b"]" * 100 + b"}", f"deeper than {DEEPEST}"),
        (b"[" * 200_000, "is not JSON"),
        (b" " * (MOST_BYTES + 1), "larger than 8 MB"),
    ],
    ids=lambda value: repr(value[:40]),
)
def test_bad_content_is_a_problem(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "carriers.json"
    path.write_bytes(content)

    assert words in what_is_wrong(path)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "carriers.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(file_of(carrier(offer()))).encode())

    assert load(path, None).ids == ("demo",)


def test_what_is_not_a_regular_file_is_a_problem(tmp_path: Path) -> None:
    fifo, folder, link, real = (tmp_path / name for name in ("fifo", "folder", "link", "real"))
    os.mkfifo(fifo)
    folder.mkdir()
    real.write_text(json.dumps(file_of(carrier(offer()))))
    link.symlink_to(real)

    assert "not a regular file" in what_is_wrong(fifo)
    assert "not a regular file" in what_is_wrong(folder)
    assert "not a regular file" in what_is_wrong(Path("/dev/null"))
    assert "link" in what_is_wrong(link)
    assert "cannot be read" in what_is_wrong(tmp_path / "nothing")
    assert "cannot be read" in what_is_wrong(real / "below")
    assert "cannot be read" in what_is_wrong(Path("nul\0byte"))


def test_a_broken_link_to_the_own_file_is_not_taken_for_no_file(tmp_path: Path) -> None:
    bundled, own = tmp_path / "bundled.json", tmp_path / "own.json"
    bundled.write_text(json.dumps(file_of(carrier(offer()))))
    own.symlink_to(tmp_path / "gone")

    catalogue = load(bundled, own)

    assert [problem.file for problem in catalogue.problems] == [str(own)]
    assert catalogue.ids == ("demo",)


def test_the_bundled_file_may_be_a_link_because_installers_make_them(tmp_path: Path) -> None:
    (tmp_path / "real").write_text(json.dumps(file_of(carrier(offer()))))
    (tmp_path / "link").symlink_to(tmp_path / "real")

    assert load(tmp_path / "link", None).ids == ("demo",)


def test_a_file_that_everybody_can_write_is_not_trusted(tmp_path: Path) -> None:
    path = tmp_path / "carriers.json"
    path.write_text(json.dumps(file_of(carrier(offer()))))
    path.chmod(0o666)

    assert "written by everybody" in what_is_wrong(path)


@pytest.mark.parametrize(
    "code",
    [
        "**21*+33612345678#",
        "*21*0612345678#",
        "*62*+447700900123*11*30#",
        "**62*0612345678#",
        "*67*0612345678#",
        "**61*0612345678#",
        "**004*0612345678#",
        "**002*0612345678#",
        "* * 2 1 * 0 6",
        "＊＊２１＊０６１２３４５６７８＃",
        "**\u200b21*\u200d06#",
        "*401*9812345678",
        "*21#",
        "*72 212 555 0143",
    ],
)
def test_call_forwarding_codes_are_refused(loaded: Loader, code: str) -> None:
    channels = {"codes": [{"does": "balance", "code": code}]}

    (problem,) = loaded(file_of(carrier(offer(channels=channels)))).check_all()

    assert problem.place == "carriers[0].offers[0].channels.codes[0].code"
    assert "call-forwarding" in problem.what


@pytest.mark.parametrize(
    "code", ["#123#", "*100#", "*#100#", "*122*6*1*8#", "#124*CODE#", "##002#", "*101*21*9#", "758"]
)
def test_ordinary_codes_are_not(loaded: Loader, code: str) -> None:
    channels = {"codes": [{"does": "balance", "code": code}], "support": {"phone": code}}

    assert loaded(file_of(carrier(offer(channels=channels, note=text(f"Dial {code}."))))).check_all() == ()


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"note": text("To keep the number dial **21*0612345678#.")}, "note.en"),
        ({"warnings": [text("fine", "拨打 **62*0612345678# 查询余额")]}, "warnings[0].zh"),
        ({"channels": {"support": {"phone": "*21*0612345678#"}}}, "channels.support.phone"),
        (
            {"channels": {"codes": [{"does": "other", "code": "KEEP", "by": "sms", "to": "**21*061#"}]}},
            "channels.codes[0].to",
        ),
        ({"rules": [{"clocks": [clock(note=text("Press 1 *21*0612345678#"))]}]}, "rules[0].clocks[0].note.en"),
    ],
)
def test_they_are_refused_in_any_text(loaded: Loader, changes: dict[str, Any], place: str) -> None:
    (problem,) = loaded(file_of(carrier(offer(**changes)))).check_all()

    assert problem.place == f"carriers[0].offers[0].{place}"


def test_look_alike_hosts_are_shown_in_punycode() -> None:
    assert shown_link("https://оrange.fr/recharge?a=1") == "https://xn--range-iye.fr/recharge?a=1"
    assert shown_link("https://www.orange.fr/Recharge") == "https://www.orange.fr/Recharge"
    assert shown_link("not a link") == "not a link"
    assert shown_link("https://[bad") == "https://[bad"


STAGE = {"name": "receive_only", "length": {"by": "fixed", "period": "P1D"}, "undo": ["top_up"]}
BOMBS: dict[str, dict[str, Any]] = {
    "rules[0].clocks[0].after": {"rules": [{"clocks": [clock(after=[STAGE] * 40_000)]}]},
    "rules[0].clocks[0].restarts_on": {"rules": [{"clocks": [clock(restarts_on=[{"acts": ["top_up"]}] * 40_000)]}]},
    "rules[0].clocks[0].starts": {"rules": [{"clocks": [clock(starts=[{"on": "activation"}] * 40_000)]}]},
    "rules[0].clocks[0].length.tiers": {
        "rules": [{"clocks": [clock(length={"by": "amount", "tiers": [{"at": 1, "period": "P1D"}] * 100_000})]}]
    },
    "rules[0].clocks": {"rules": [{"clocks": [clock()] * 20_000}]},
    "rules": {"rules": [{}] * 100_000},
    "warnings": {"warnings": [text("x")] * 100_000},
    "sources": {"sources": [{}] * 100_000},
    "channels.codes": {"channels": {"codes": [{"does": "balance", "code": "#123#"}] * 100_000}},
    "note.en": {"note": text("x" * 7_000_000)},
    "rules[0].clocks[0].length.period": {
        "rules": [{"clocks": [clock(length={"by": "fixed", "period": "P" + "9" * 1_000_000 + "D"})]}]
    },
    "plans[0].price": {"plans": [{"id": "x", "name": text("x"), "kind": "data", "price": "9" * 1_000_000}]},
}


@pytest.mark.parametrize("place", BOMBS)
def test_a_file_made_to_keep_the_program_busy_is_refused_at_once(loaded: Loader, place: str) -> None:
    start = time.process_time()

    catalogue = loaded(file_of(carrier(offer(**BOMBS[place]))))
    problems = catalogue.check_all()

    assert time.process_time() - start < 5
    assert f"carriers[0].offers[0].{place}" in {problem.place for problem in problems}
    assert all(len(problem.what) < 300 for problem in problems)
    assert len(problems) <= 10


def test_many_small_offers_are_merely_many(loaded: Loader) -> None:
    raw = {"schema": 1, "carriers": [carrier(*(offer(f"o{number}", rules=[]) for number in range(20_000)))]}
    start = time.process_time()

    catalogue = loaded(raw)

    assert len(catalogue.ids) == 20_000
    assert catalogue.search("o19999")[0] == "o19999"
    assert time.process_time() - start < 10


def test_of_very_many_faults_the_first_are_named(loaded: Loader) -> None:
    catalogue = loaded(file_of(carrier()), {"schema": 1, "additions": {f"nope-{number}": {} for number in range(1000)}})
    assert len(catalogue.problems) == MOST_FINDINGS + 1
    assert catalogue.problems[0].offer == "nope-0"
    assert catalogue.problems[-1].what == f"{1000 - MOST_FINDINGS} more faults"
