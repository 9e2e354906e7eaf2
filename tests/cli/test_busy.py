"""Another session holds the lock: commands say who it is, and since when on the clock of whoever reads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from simtui import paths
from simtui.store.lock import FileLock
from tests.cli.conftest import Run
from tests.tui.others import held as held_lock


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits five seconds in a test, and home is not where this machine is."""
    begin = FileLock.__init__

    def hurried(self: FileLock, path: Path, *, timeout: float, clock: Callable[[], float]) -> None:
        begin(self, path, timeout=min(timeout, 0.05), clock=clock)

    monkeypatch.setattr(FileLock, "__init__", hurried)
    paths.config_file().parent.mkdir(parents=True, exist_ok=True)
    paths.config_file().write_text('home_zone = "Asia/Shanghai"\n', encoding="utf-8")


def test_a_command_names_the_holder_and_the_time_at_home(held: Run, data_file: Path) -> None:
    with held_lock(data_file):
        answer = held("snooze", "Paris", "+2d")
        assert answer.status == 2
        assert "Process 4711 on elsewhere has been writing to the data file since 2026-11-21 18:00" in answer.err
        assert "10:00" not in answer.err
        assert "2026-11-21 18:00" in held("snooze", "Paris", "+2d", "--json").error["problem"]


def test_what_works_on_the_file_itself_names_it_too(held: Run, data_file: Path) -> None:
    with held_lock(data_file):
        answer = held("purge", "Paris", "--yes")
    assert answer.status == 2
    assert "2026-11-21 18:00" in answer.err


def test_the_walkthrough_says_so_too_and_asks_again(held: Run, data_file: Path) -> None:
    held("renew", "Paris")
    with held_lock(data_file):
        told = held("renew", "Paris", stdin="\n").out
    assert "Not taken: " in told
    assert "Process 4711 on elsewhere has been writing to the data file since 2026-11-21 18:00" in told
    assert "10:00" not in told
