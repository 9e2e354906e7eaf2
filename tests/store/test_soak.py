"""The long look: `make soak`. Its figures stand at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from simtui.store.repository import Corrupt
from simtui.store.tinydb_repository import open_repository
from tests.store import speed, trials
from tests.store.writers import Writers

pytestmark = pytest.mark.soak

Figure = Callable[[str], None]
MEMORY = 6
"""The highest multiple of the file's size, where that is more than what any process needs."""


@pytest.fixture(scope="module")
def writers() -> Iterator[Writers]:
    with Writers(wait_for_disk=True) as started:
        yield started


def summed(outcomes: list[trials.Outcome]) -> str:
    acknowledged = max(outcome.acknowledged for outcome in outcomes)
    lost, halves, unreadable = (sum(outcome[part] for outcome in outcomes) for part in (1, 2, 3))
    return f"up to {acknowledged} acknowledged, {lost} lost, {halves} half commits, {unreadable} unreadable files"


@pytest.mark.parametrize("store", ["simtui", "stock"])
def test_two_processes(writers: Writers, tmp_path: Path, figure: Figure, store: str) -> None:
    outcomes = [
        trials.two_processes(writers, store, tmp_path / f"{run}" / f"{run}.json", 500)
        for run in range(9 if store == "simtui" else 6)
    ]
    whole = outcomes.count(trials.Outcome(1000, *trials.SOUND))
    figure(f"{store}: 2 processes x 500 commits, {len(outcomes)} runs: all there in {whole}; {summed(outcomes)}")
    assert whole == (9 if store == "simtui" else 0)


@pytest.mark.parametrize("store", ["simtui", "stock"])
def test_kills(writers: Writers, tmp_path: Path, figure: Figure, store: str) -> None:
    outcomes = trials.kills(writers, store, tmp_path, 200)
    figure(f"{store}: two writers killed 200 times: {summed(outcomes)}")
    assert all(outcome[1:] == trials.SOUND for outcome in outcomes) == (store == "simtui")


def test_full_disk(tmp_path: Path, figure: Figure) -> None:
    found = trials.full_disk(tmp_path / "data" / "simtui.json", 3000, 70_000)
    stock = trials.full_disk_of_stock(tmp_path / "stock.json", 3000, 30_000)
    figure(f"simtui: full disk, 3,000 inserts: before and after reopening: {summed([found[0]])}; {summed([found[1]])}")
    figure(f"stock: full disk, 3,000 inserts: {summed([stock])}")
    assert found[0] == found[1]
    assert found[0][1:] == trials.SOUND
    assert 100 < found[0].acknowledged < 2900
    assert stock.unreadable


def test_turns(writers: Writers, tmp_path: Path, figure: Figure) -> None:
    found = [trials.turns(writers, tmp_path / f"{run}" / "simtui.json", 500) for run in range(5)]
    figure(f"simtui: 1,000 commits in turn under a clock of 10 ms, 5 runs: seen {[count for count, _seq in found]}")
    assert found == [(1000, 1001)] * 5


@pytest.mark.parametrize(("lines", "acts", "most"), [(50, 500, 2.5), (1000, 10_000, 3), (10_000, 100_000, 3)])
def test_speed(tmp_path: Path, figure: Figure, lines: int, acts: int, most: float) -> None:
    found = speed.figures(tmp_path / "data" / "simtui.json", lines, acts)
    commit, opening = found["commit"] / found["floor"], found["open"] / found["orjson.loads"]
    get = found["get"] / found["stat"]
    figure(
        f"simtui: {lines:,} lines + {acts:,} acts, {found['file']:.1f} MB: "
        f"commit {found['commit']:.1f} ms = {commit:.2f} x floor (at most {most}), "
        f"open {found['open']:.1f} ms = {opening:.2f} x orjson.loads (1.6), "
        f"get {1000 * found['get']:.1f} us = {get:.1f} x stat (20), memory {found['memory']:.1f} x file ({MEMORY})"
    )
    assert commit <= most
    assert opening <= 1.6
    assert get <= 20
    assert found["memory"] <= MEMORY or found["file"] < 1


def test_every_bit(tmp_path: Path, figure: Figure) -> None:
    file = tmp_path / "simtui.json"
    good = Path(__file__).with_name("schema_1.json").read_bytes()
    counted = {"refused": 0, "read-only": 0, "changed outside": 0, "overlooked": 0}
    for bit in range(8 * len(good)):
        flipped = bytearray(good)
        flipped[bit // 8] ^= 1 << bit % 8
        file.write_bytes(flipped)
        try:
            repository = open_repository(file)
        except Corrupt:
            counted["refused"] += 1
            continue
        outside = "changed outside" if repository.changed_outside else "overlooked"
        counted["read-only" if repository.read_only_reason else outside] += 1
        repository.close()
        assert file.read_bytes() == flipped
    figure(f"simtui: each of {8 * len(good):,} bits flipped: {counted}")
    assert not counted["overlooked"]
