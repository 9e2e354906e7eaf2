"""TinyDB's own storage fails the trials that ours passes: this is why there is one of ours, and that they are trials."""

from __future__ import annotations

from pathlib import Path

from tests.store import trials
from tests.store.writers import Writers


def test_two_processes_lose_or_corrupt(writers: Writers, tmp_path: Path) -> None:
    found = trials.two_processes(writers, "stock", tmp_path / "data" / "stock.json", 500)
    assert found.acknowledged - found.lost < 1000


def test_killed_writers_leave_unreadable_files(writers: Writers, tmp_path: Path) -> None:
    outcomes = trials.kills(writers, "stock", tmp_path, 5)
    assert any(outcome[1:] != trials.SOUND for outcome in outcomes)


def test_a_full_disk_makes_the_file_unreadable(tmp_path: Path) -> None:
    found = trials.full_disk_of_stock(tmp_path / "stock.json", 300, 3000)
    assert found.unreadable
    assert found.lost == found.acknowledged > 100
