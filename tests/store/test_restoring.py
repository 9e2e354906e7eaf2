"""Going back to a backup: shown first, undoable, and nothing that is replaced is lost."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simtui.errors import NotFound
from simtui.store import backups, migrations, restoring
from simtui.store.migrations import Tables
from simtui.store.repository import (
    Busy,
    Conflict,
    Corrupt,
    Kind,
    NotSaved,
    ReadOnly,
    Refused,
    Repository,
    Touched,
    Unknown,
    add,
    delete,
    put,
)
from simtui.store.restoring import Difference, Restored
from simtui.store.safe_storage import SafeStorage
from simtui.store.tinydb_repository import TinyDbRepository
from tests.store.conftest import FakeClock
from tests.store.test_faults import EXPECTED, Died, Faults

Opener = Callable[[], TinyDbRepository]
THEN = {"line": {1: {"n": 1}, 2: {"n": 2}, 3: {"n": 3}}, "act": {1: {"line": 1}}}


def replaced(path: Path, data: bytes) -> None:
    copy = path.with_name("copy")
    copy.write_bytes(data)
    copy.chmod(0o600)
    copy.rename(path)


@pytest.fixture
def backup(repository: TinyDbRepository, clock: FakeClock) -> Path:
    """A backup, after which line 1 was edited, line 2 deleted, line 4 added, and line 5 added and deleted again."""
    repository.commit([*(add("line", {"n": n}) for n in (1, 2, 3)), add("act", {"line": 1})], "a", "Add")
    made = repository.backup()
    clock.now += 60
    repository.commit([put("line", 1, {"n": 10}, if_rev=None), delete("line", 2, if_rev=None)], "b", "Edit")
    repository.commit([add("line", {"n": 4}), add("line", {"n": 5})], "c", "Add")
    repository.commit([delete("line", 5, if_rev=None)], "d", "Delete")
    return made


def found(store: Repository) -> dict[str, dict[int, Any]]:
    kinds: tuple[Kind, ...] = ("line", "act")
    return {kind: {document.id: dict(document.body) for document in store.list(kind)} for kind in kinds}


def restored(path: Path, backup: Path, clock: FakeClock) -> Restored:
    return restoring.restore(restoring.plan(path, backup), "restore", txid="r", clock=clock, lock_timeout=0.05)


def test_the_plan_shows_what_would_change_and_changes_nothing(path: Path, backup: Path) -> None:
    before = path.read_bytes()
    plan = restoring.plan(path, backup)

    assert (plan.file, plan.backup, plan.problem) == (path, backup, "")
    assert plan.differences == (
        Difference("line", 1, {"n": 10}, {"n": 1}),
        Difference("line", 2, None, {"n": 2}),
        Difference("line", 4, {"n": 4}, None),
    )
    assert path.read_bytes() == before
    assert {file.name for file in path.parent.iterdir()} == {"backups", "simtui.json", "simtui.json.lock"}


def test_going_back_keeps_what_it_replaces_and_can_be_undone(
    repository: TinyDbRepository, path: Path, backup: Path, clock: FakeClock, opener: Opener
) -> None:
    before, there, seen, unchanged = path.read_bytes(), found(repository), repository.seq, repository.get("line", 3)

    kept, seq = restored(path, backup, clock)

    assert found(repository) == found(opener()) == THEN
    assert kept is not None
    assert kept.name == "simtui-replaced-2026-09-21T141420Z.json"
    assert (kept.parent, kept.read_bytes(), stat.S_IMODE(kept.stat().st_mode)) == (path.parent, before, 0o600)
    assert backup.exists()
    assert seq == repository.seq == seen + 1
    assert repository.changes_since(seen) == (Touched("line", 1), Touched("line", 2), Touched("line", 4))
    assert repository.get("line", 3) == unchanged
    assert repository.undo_name() == "restore"
    assert repository.check() == ()

    repository.undo(txid="u")
    assert found(repository) == there
    assert repository.commit([add("line", {})], "n", "Add").ids == (6,), "5 was given out once"


def test_an_open_form_gets_a_conflict(repository: TinyDbRepository, path: Path, backup: Path, clock: FakeClock) -> None:
    line = repository.get("line", 1)
    assert line is not None
    restored(path, backup, clock)
    with pytest.raises(Conflict):
        repository.commit([put("line", 1, {"n": 11}, if_rev=line.rev)], "e", "Edit")


def test_the_same_again_changes_nothing(path: Path, backup: Path, clock: FakeClock) -> None:
    restored(path, backup, clock)
    before = path.read_bytes()
    assert restoring.plan(path, backup).differences == ()
    assert restored(path, backup, clock).kept is None
    assert path.read_bytes() == before


def test_what_is_replaced_twice_in_a_second_is_kept_twice(
    repository: TinyDbRepository, path: Path, backup: Path, clock: FakeClock
) -> None:
    first = restored(path, backup, clock).kept
    repository.undo(txid="u")
    second = restored(path, backup, clock).kept
    assert first is not None
    assert second is not None
    assert first != second
    assert first.exists()
    assert second.exists()


@pytest.mark.parametrize("damage", ["cut", "empty", "one document", "its own record", "gone"])
def test_a_bad_file_is_replaced_and_kept(
    repository: TinyDbRepository, path: Path, backup: Path, clock: FakeClock, opener: Opener, damage: str
) -> None:
    good, seen, open_in_a_form = path.read_bytes(), repository.seq, repository.get("line", 1)
    assert open_in_a_form is not None
    bad = {
        "cut": good[:-20],
        "empty": b"",
        "one document": good.replace(b'"n":10', b'"n":,'),
        "its own record": good.replace(b'"created":"', b'"created":1'),
        "gone": b"",
    }[damage]
    path.write_bytes(bad)
    if damage == "gone":
        path.unlink()

    plan = restoring.plan(path, backup)
    kept, seq = restored(path, backup, clock)

    assert bool(plan.problem) == (damage != "gone")
    assert Difference("line", 2, None, {"n": 2}) in plan.differences
    assert (None if kept is None else kept.read_bytes()) == (None if damage == "gone" else bad)
    for session in (repository, opener()):
        assert found(session) == THEN
        assert session.seq == seq > seen
        assert session.read_only_reason == ""
        assert session.changes_since(seen) is None
        assert session.check() == ()
    with pytest.raises(Conflict):
        repository.commit([put("line", 1, {"n": 11}, if_rev=open_in_a_form.rev)], "e", "Edit")
    if damage not in {"empty", "gone"}:
        assert repository.commit([add("line", {})], "n", "Add").ids == (6,), "5 was given out once"


def test_a_plan_that_is_out_of_date_is_not_carried_out(
    repository: TinyDbRepository, path: Path, backup: Path, clock: FakeClock
) -> None:
    plan = restoring.plan(path, backup)
    repository.commit([add("line", {"n": 6})], "e", "Add")
    before = path.read_bytes()
    with pytest.raises(NotSaved, match="changed since"):
        restoring.restore(plan, "restore", txid="r", clock=clock)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*replaced*"))


def test_another_session_that_writes_is_waited_for(path: Path, backup: Path, clock: FakeClock) -> None:
    storage = SafeStorage(path)
    with storage.lock(), pytest.raises(Busy):
        restored(path, backup, clock)
    storage.close()


def test_what_is_no_backup(path: Path, backup: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        restoring.plan(path, tmp_path / "nothing.json")
    with pytest.raises(NotSaved, match="itself"):
        restoring.plan(path, path)
    cut = tmp_path / "cut.json"
    cut.write_bytes(backup.read_bytes()[:-30])
    with pytest.raises(Corrupt) as corrupt:
        restoring.plan(path, cut)
    assert corrupt.value.file == cut
    partly = tmp_path / "partly.json"
    partly.write_bytes(backup.read_bytes().replace(b'"n":3', b'"n":,'))
    with pytest.raises(Corrupt, match="line 3"):
        restoring.plan(path, partly)
    backup.chmod(0o666)
    with pytest.raises(Refused):
        restoring.plan(path, backup)


def test_newer_data_is_neither_replaced_nor_restored(path: Path, backup: Path) -> None:
    old = path.read_bytes()
    path.write_bytes(old.replace(b'"schema":1', b'"schema":2'))
    with pytest.raises(ReadOnly, match="schema 2"):
        restoring.plan(path, backup)
    path.write_bytes(old)
    backup.write_bytes(backup.read_bytes().replace(b'"schema":1', b'"schema":2'))
    with pytest.raises(ReadOnly, match="schema 2"):
        restoring.plan(path, backup)


def test_a_backup_of_an_older_schema_is_brought_up_to_date(
    path: Path, backup: Path, clock: FakeClock, opener: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def with_m(tables: Tables) -> Tables:
        tables["line"] = {doc_id: {"m": body["n"]} for doc_id, body in tables["line"].items()}
        return tables

    old = backup.read_bytes()
    monkeypatch.setattr(migrations, "STEPS", {1: with_m})
    restored(path, backup, clock)
    assert found(opener())["line"] == {1: {"m": 1}, 2: {"m": 2}, 3: {"m": 3}}
    assert backup.read_bytes() == old


def test_secrets_come_back(repository: TinyDbRepository, path: Path, clock: FakeClock) -> None:
    repository.commit([add("secret", {"code": "LPA:1$a"})], "a", "Add")
    backup = repository.backup()
    repository.commit([delete("secret", 1, if_rev=None)], "b", "Forget")
    restored(path, backup, clock)
    secret = repository.get("secret", 1)
    assert secret is not None
    assert secret.body == {"code": "LPA:1$a"}
    repository.undo(txid="u")
    assert b"LPA" not in path.read_bytes()


def test_every_kept_copy_is_one(path: Path, backup: Path, clock: FakeClock) -> None:
    for copy in backups.copies(path):
        assert restoring.plan(path, copy).problem == ""


def test_a_write_protected_file_is_not_replaced(path: Path, backup: Path, clock: FakeClock) -> None:
    path.chmod(0o400)
    with pytest.raises(ReadOnly, match="write-protected"):
        restored(path, backup, clock)


@pytest.mark.parametrize("damaged", [False, True])
@pytest.mark.parametrize("how", EXPECTED)
def test_under_faults_it_is_done_or_not(
    path: Path, backup: Path, clock: FakeClock, opener: Opener, how: str, *, damaged: bool
) -> None:
    good = path.read_bytes()
    before = good[:-9] if damaged else good
    outcomes = set()
    for at in range(9):
        replaced(path, before)
        outcome = "saved"
        with pytest.MonkeyPatch.context() as monkeypatch:
            Faults(monkeypatch, how, at)
            try:
                restored(path, backup, clock)
            except (NotSaved, Unknown, Died) as error:
                outcome = type(error).__name__
        outcomes.add(outcome)
        is_done = path.read_bytes() != before
        assert is_done or outcome in {"NotSaved", "Died"}
        assert not is_done or outcome != "NotSaved"
        kept = [*path.parent.glob("*-replaced-*")]
        assert {copy.read_bytes() for copy in kept} <= {before}
        assert len(kept) == 1 or outcome in {"NotSaved", "Died"}
        if outcome == "NotSaved":
            assert kept == []
        restored(path, backup, clock)
        opener()
        assert found(opener()) == THEN
        assert not [*path.parent.glob(".*.tmp")]
        for copy in path.parent.glob("*-replaced-*"):
            copy.unlink()
    assert outcomes >= EXPECTED[how] - {"saved", "Unknown"}


def test_data_that_was_edited_by_hand(
    repository: TinyDbRepository, path: Path, backup: Path, clock: FakeClock, opener: Opener
) -> None:
    open_in_a_form = repository.get("line", 1)
    assert open_in_a_form is not None
    edited = path.read_bytes().replace(b'"n":10', b'"n":1')
    path.write_bytes(edited)

    kept = restored(path, backup, clock).kept

    assert kept is not None
    assert kept.read_bytes() == edited
    with pytest.raises(Conflict):
        repository.commit([put("line", 1, {"n": 11}, if_rev=open_in_a_form.rev)], "e", "Edit")
    for session in (repository, opener()):
        assert found(session) == THEN
        assert session.notices == ()
        assert session.undo_name() == "restore", "undo does not reach across the edit"
    repository.undo(txid="u")
    assert repository.undo_name() is None
    assert found(repository)["line"] == {1: {"n": 1}, 3: {"n": 3}, 4: {"n": 4}}
