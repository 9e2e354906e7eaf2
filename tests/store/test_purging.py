"""Removing a line for good: from the data, from undo, and from all copies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from simtui.store import backups, purging, restoring
from simtui.store.purging import Purged
from simtui.store.repository import Busy, NewId, NotSaved, ReadOnly, Touched, Unknown, add, delete, put
from simtui.store.safe_storage import SafeStorage
from simtui.store.tinydb_repository import TinyDbRepository
from tests.store.conftest import FakeClock
from tests.store.test_faults import EXPECTED, Died, Faults

Opener = Callable[[], TinyDbRepository]


@pytest.fixture
def copies(repository: TinyDbRepository, path: Path, clock: FakeClock) -> list[Path]:
    """Copies of data with a line 1 that is nobody's business, and a line 2 that stays."""
    line = NewId("line")
    repository.commit(
        [
            add("line", {"label": "PRIVATE"}, as_id=line),
            add("act", {"line": line, "note": "PRIVATE"}),
            add("secret", {"line": line, "code": "PRIVATE"}),
        ],
        "a",
        "add_line|PRIVATE",
    )
    repository.commit([add("line", {"label": "stays"}), add("act", {"line": 2})], "b", "add_line|stays")
    first = repository.backup()
    clock.next_day()
    repository.commit([put("line", 1, {"label": "PRIVATE too"}, if_rev=None)], "c", "edit_line|PRIVATE too")
    repository.commit([add("act", {"line": 1, "note": "PRIVATE"})], "d", "record_top_up|PRIVATE too")
    repository.commit([delete("act", 3, if_rev=None)], "e", "delete_act|PRIVATE too")
    restoring.restore(restoring.plan(path, first), "restore", txid="f", clock=clock)
    repository.commit([put("line", 2, {"label": "stays here"}, if_rev=None)], "g", "edit_line|stays here")
    return [*backups.copies(path), *backups.replaced(path)]


def purged(path: Path, clock: FakeClock, line: int = 1) -> Purged:
    return purging.purge(path, "line", line, txid="purge", clock=clock, lock_timeout=0.05)


def test_nothing_of_it_is_left_and_everything_else_is(
    repository: TinyDbRepository, path: Path, clock: FakeClock, opener: Opener, copies: list[Path]
) -> None:
    assert len(copies) == 3
    seen = repository.seq

    done = purged(path, clock)

    assert set(done.documents) == {Touched("line", 1), Touched("act", 1), Touched("secret", 1)}
    assert (set(done.copies), done.left) == (set(copies), ())
    for file in (path, *path.parent.rglob("*.json")):
        assert b"PRIVATE" not in file.read_bytes()
        assert file.stat().st_mode & 0o777 == 0o600
    for session in (repository, opener()):
        assert [line.body for line in session.list("line")] == [{"label": "stays here"}]
        assert [act.body for act in session.list("act")] == [{"line": 2}]
        assert set(session.changes_since(seen) or ()) == set(done.documents)
        assert session.undo_name() == "edit_line|stays here"
        assert session.check() == ()
    repository.undo(txid="u")
    assert repository.undo_name() == "add_line|stays"
    assert repository.commit([add("line", {})], "n", "x").ids == (3,)
    for copy in copies:
        assert restoring.plan(path, copy).problem == ""


def test_once_more_changes_nothing(path: Path, clock: FakeClock, copies: list[Path]) -> None:
    purged(path, clock)
    before = path.read_bytes()
    assert purged(path, clock) == Purged((), (), ())
    assert path.read_bytes() == before


def test_a_line_that_was_deleted_before(
    repository: TinyDbRepository, path: Path, clock: FakeClock, copies: list[Path]
) -> None:
    repository.commit([delete("line", 1, if_rev=None), delete("act", 1, if_rev=None)], "h", "delete_line|PRIVATE")
    repository.commit([delete("secret", 1, if_rev=None)], "i", "forget_code|PRIVATE")
    assert purged(path, clock).documents == ()
    assert not any(b"PRIVATE" in file.read_bytes() for file in path.parent.rglob("*.json"))


def test_an_act_that_went_to_another_line_stays(
    repository: TinyDbRepository, path: Path, clock: FakeClock, copies: list[Path]
) -> None:
    repository.commit([put("act", 1, {"line": 2, "note": "moved"}, if_rev=None)], "h", "edit_act|stays")
    purged(path, clock)
    assert [act.body for act in repository.list("act")] == [{"line": 2, "note": "moved"}, {"line": 2}]
    assert not any(b"PRIVATE" in file.read_bytes() for file in path.parent.rglob("*.json"))


def test_copies_that_cannot_be_read_are_named_and_left(path: Path, clock: FakeClock, copies: list[Path]) -> None:
    cut = copies[0].read_bytes()[:-40]
    copies[0].write_bytes(cut)
    assert purged(path, clock).left == (copies[0],)
    assert copies[0].read_bytes() == cut


def test_data_that_cannot_be_changed(path: Path, clock: FakeClock, copies: list[Path]) -> None:
    storage = SafeStorage(path)
    with storage.lock(), pytest.raises(Busy):
        purged(path, clock)
    storage.close()
    path.chmod(0o400)
    with pytest.raises(ReadOnly):
        purged(path, clock)
    assert all(b"PRIVATE" in copy.read_bytes() for copy in copies)


@pytest.mark.parametrize("how", EXPECTED)
def test_under_faults_the_next_time_does_the_rest(
    path: Path, clock: FakeClock, copies: list[Path], opener: Opener, how: str
) -> None:
    contents = {file: file.read_bytes() for file in (path, *copies)}
    for at in range(0, 30, 2):
        for file, content in contents.items():
            file.write_bytes(content)
        with pytest.MonkeyPatch.context() as monkeypatch:
            Faults(monkeypatch, how, at)
            outcome = "saved"
            try:
                purged(path, clock)
            except (NotSaved, Unknown, Died) as error:
                outcome = type(error).__name__
        assert outcome != "NotSaved" or path.read_bytes() == contents[path]
        assert all(copy.exists() for copy in copies)
        session = opener()
        assert session.check() == ()
        purged(path, clock)
        assert not any(b"PRIVATE" in file.read_bytes() for file in path.parent.rglob("*.json"))
        assert not [*path.parent.rglob(".*.tmp")]
