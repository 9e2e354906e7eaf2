"""Answers that are printed again: only while they are certainly still right."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from simtui import paths
from simtui.cli.memo import Memo
from simtui.desk import Desk
from tests.cli.conftest import Answer, Run

Ask = Callable[..., Answer]


@pytest.fixture
def settled(held: Run, data_file: Path, home: Path) -> Run:
    """Files that have lain there for a while."""
    for file in (data_file, data_file.parent):
        os.utime(file, (time.time() - 60, time.time() - 60))
    return held


@pytest.fixture
def reckoned(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts how often lines are worked out."""
    times: list[int] = []
    holdings = Desk.holdings

    def counted(self: Desk) -> object:
        times.append(1)
        return holdings(self)

    monkeypatch.setattr(Desk, "holdings", counted)
    return times


@pytest.mark.parametrize(
    "arguments", [("due",), ("list",), ("list", "--json"), ("show", "Paris"), ("explain", "妈妈", "--lang", "zh"), ()]
)
def test_the_same_question_is_worked_out_once(settled: Run, reckoned: list[int], arguments: tuple[str, ...]) -> None:
    first = settled(*arguments)
    worked = len(reckoned)
    again = settled(*arguments)
    assert again == first
    assert first.out
    assert len(reckoned) == worked


@pytest.mark.parametrize("arguments", [("carriers", "list", "free"), ("carriers", "show", "mobicarte", "--json")])
def test_offers_are_looked_up_once_and_new_ones_are_seen_at_once(
    simtui: Run, data_file: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    first = simtui(*arguments)
    with monkeypatch.context() as patched:
        patched.setattr("simtui.catalogue.load", lambda *_files: pytest.fail("the files were read again"))
        assert simtui(*arguments) == first
    own = data_file.parent / "carriers.json"
    own.write_text("{", encoding="utf-8")
    assert simtui("carriers", "check").status == 1


def test_a_very_long_answer_is_not_kept(settled: Run, reckoned: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simtui.cli.memo._LONGEST_ANSWER", 10)
    settled("list")
    worked = len(reckoned)
    settled("list")
    assert len(reckoned) > worked


def test_another_question_is_worked_out(settled: Run) -> None:
    assert settled("list").out != settled("list", "--private").out
    assert settled("show", "1").out != settled("show", "2").out
    assert settled("list").out != settled("list", today="2026-11-26").out


def test_a_change_is_seen_at_once(settled: Run) -> None:
    assert "=2027-03-01" not in settled("list").out
    settled("record", "Paris", "statement", "--until", "2027-03-01")
    assert "=2027-03-01" in settled("list").out
    settled("undo")
    assert "=2027-03-01" not in settled("list").out


def test_what_was_written_this_very_second_is_not_trusted(held: Run, home: Path, reckoned: list[int]) -> None:
    held("list")
    worked = len(reckoned)
    held("list")
    assert len(reckoned) > worked


@pytest.mark.parametrize("name", ["carriers.json", "config.toml"])
def test_new_offers_and_settings_are_seen_at_once(settled: Run, home: Path, data_file: Path, name: str) -> None:
    before = settled("list").out
    file = data_file.parent / name if name == "carriers.json" else home / "config" / "simtui" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    content = 'language = "zh"' if name == "config.toml" else "{"
    file.write_text(content, encoding="utf-8")
    answer = settled("list")
    assert (answer.out != before) or name == "carriers.json"
    assert settled("doctor").status == (0 if name == "config.toml" else 1)


def test_the_environment_matters(settled: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = settled("list").out
    monkeypatch.setenv("SIMTUI_LANG", "zh")
    assert settled("list").out != before


def test_a_report_for_a_pipe_never_stands_in_for_the_dashboard(settled: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    settled()
    piped = Memo(["--today=2026-11-21"], os.environ)
    assert piped.read() is not None
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    assert Memo(["--today=2026-11-21"], os.environ).read() is None


def test_an_answer_ends_with_the_day(settled: Run, monkeypatch: pytest.MonkeyPatch, reckoned: list[int]) -> None:
    settled("list")
    worked = len(reckoned)
    later = time.time() + 25 * 3600
    monkeypatch.setattr(time, "time", lambda: later)
    settled("list")
    assert len(reckoned) > worked


def test_an_answer_from_the_future_is_not_trusted(
    settled: Run, monkeypatch: pytest.MonkeyPatch, reckoned: list[int]
) -> None:
    settled("list")
    worked = len(reckoned)
    earlier = time.time() - 3600
    monkeypatch.setattr(time, "time", lambda: earlier)
    settled("list")
    assert len(reckoned) > worked


def test_an_answer_for_a_day_that_moves_is_not_kept(settled: Run, home: Path) -> None:
    settled("list", today="-1d")
    assert answers(home) == []
    settled("list", today="2026-11-20")
    assert len(answers(home)) == 1


def answers(home: Path) -> list[Path]:
    return sorted((home / "cache" / "simtui").glob("answer-*"))


def test_answers_are_private(settled: Run, home: Path) -> None:
    settled("list")
    (file,) = answers(home)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("damage", ["", "x", "simtui answer 1\n", "simtui answer 1\nkey\n1 2\n0\n\n"])
def test_a_damaged_answer_is_ignored(settled: Run, home: Path, damage: str) -> None:
    before = settled("list")
    (file,) = answers(home)
    file.write_text(damage, encoding="utf-8")
    assert settled("list") == before


def test_an_answer_that_others_can_write_is_ignored(settled: Run, home: Path) -> None:
    before = settled("list")
    (file,) = answers(home)
    file.write_text(file.read_text(encoding="utf-8").replace("Paris", "Prague"), encoding="utf-8")
    file.chmod(0o666)
    assert settled("list") == before


def test_errors_and_remarks_are_never_kept(settled: Run, home: Path, data_file: Path) -> None:
    settled("show", "nobody")
    content = data_file.read_text(encoding="utf-8")
    data_file.write_text(content.replace('"2026-05-24"', '"2026-05-99"'), encoding="utf-8")
    os.utime(data_file, (time.time() - 60, time.time() - 60))
    first, again = settled("list"), settled("list")
    assert first.err
    assert first == again
    assert answers(home) == []


def test_only_so_many_answers_are_kept(settled: Run, home: Path) -> None:
    for day in range(40):
        settled("due", "--json", today=f"2026-{day // 28 + 1:02}-{day % 28 + 1:02}")
    assert len(answers(home)) == 32


def test_where_nothing_can_be_kept_it_is_only_slower(settled: Run, home: Path) -> None:
    (home / "cache").write_text("a file in the way", encoding="utf-8")
    assert settled("list").status == 0


def test_answers_lie_where_the_cache_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def folder() -> str:
        return Memo([], os.environ)._folder

    assert folder() == str(paths.cache_dir())
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert folder() == str(paths.cache_dir())
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert folder() == str(paths.cache_dir())
    monkeypatch.delenv("HOME")
    assert folder() == ""


def test_without_a_home_no_answer_is_taken_from_where_one_happens_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    memo = Memo(["list"], {})
    planted = tmp_path / Path(memo._file).name
    planted.write_text(f"simtui answer 1\n{memo._key}\n0 {time.time() + 60}\n0\n\nplanted\n", encoding="utf-8")
    assert memo.read() is None
