"""What the store must reach, in a few seconds; `make soak` looks longer and prints the figures."""

from __future__ import annotations

from pathlib import Path

from simtui.store.tinydb_repository import open_repository
from tests.store import speed, trials
from tests.store.writers import Writers


def test_two_processes_lose_nothing(writers: Writers, path: Path) -> None:
    found = trials.two_processes(writers, "simtui", path, 500)

    assert found == trials.Outcome(1000, *trials.SOUND)
    repository = open_repository(path)
    assert repository.seq == 1000
    assert [document.id for document in repository.list("line")] == list(range(1, 1001))
    assert repository.check() == ()
    repository.close()


def test_killed_writers_lose_nothing_that_was_acknowledged(writers: Writers, tmp_path: Path) -> None:
    outcomes = trials.kills(writers, "simtui", tmp_path, 25)

    assert {outcome[1:] for outcome in outcomes} == {trials.SOUND}
    assert outcomes[-1].acknowledged > 25, "they were at work"
    file = tmp_path / "0" / "data.json"
    repository = open_repository(file)
    assert repository.check() == ()
    repository.close()
    assert list(file.parent.glob(".*.tmp")) == []


def test_a_clock_that_ticks_slowly_hides_no_change(writers: Writers, path: Path) -> None:
    assert trials.turns(writers, path, 500) == (1000, 1001)


def test_a_full_disk_keeps_exactly_what_was_acknowledged(path: Path) -> None:
    found, reopened = trials.full_disk(path, 300, 20_000)

    assert found == reopened
    assert found[1:] == trials.SOUND
    assert 10 < found.acknowledged < 290, "it was full after a while"
    assert list(path.parent.glob(".*.tmp")) == []


def test_it_is_as_quick_as_the_machine_allows(tmp_path: Path) -> None:
    for attempt in range(3):  # A busy machine makes things slower, never faster.
        found = speed.figures(tmp_path / str(attempt) / "data.json", 50, 500)
        slow = [
            found["commit"] > 2.5 * found["floor"],
            found["open"] > 1.6 * found["orjson.loads"],
            found["get"] > 20 * found["stat"],
        ]
        if not any(slow):
            return
    raise AssertionError(found)
