"""Every changing system call of a commit fails, or is the last thing that the process does."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from simtui.store import backups, migrations
from simtui.store.migrations import Tables
from simtui.store.repository import Commit, NotSaved, Unknown, add, put
from simtui.store.tinydb_repository import TinyDbRepository, open_repository
from tests.store.conftest import FakeClock

CHANGING = ("open", "write", "pwrite", "ftruncate", "fsync", "replace", "rename", "link", "unlink", "mkdir", "fchown")
NEEDS_ROOM = ("open", "write", "pwrite", "mkdir")


class Died(BaseException):
    """Stands for the end of the process: nothing is written any more, and the system lets go of the lock."""


class Faults:
    """Lets the changing system call number `at` fail in one of several ways; counts them as they come."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, how: str = "", at: int = -1) -> None:
        self.how, self.at, self.count, self.dead = how, at, 0, False
        for name in CHANGING:
            monkeypatch.setattr(os, name, self._watched(name, getattr(os, name)))

    def _watched(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: Any, **kwargs: Any) -> Any:
            if name == "open" and not args[1] & os.O_CREAT:
                return call(*args, **kwargs)
            if self.dead:
                raise Died
            number, self.count = self.count, self.count + 1
            if number == self.at or (number > self.at >= 0 and self.how == "full"):
                return self._fail(name, call, args, kwargs)
            return call(*args, **kwargs)

        return watched

    def _fail(self, name: str, call: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        if self.how.startswith("die"):
            if self.how == "die after":
                with suppress(OSError):
                    call(*args, **kwargs)
            elif self.how == "die half-way" and name in {"write", "pwrite"}:
                call(args[0], bytes(args[1])[: len(args[1]) // 2], *args[2:], **kwargs)
            self.dead = True
            raise Died
        if self.how == "full" and name not in NEEDS_ROOM:
            return call(*args, **kwargs)
        raise OSError(errno.EIO if self.how == "EIO" else errno.ENOSPC, "injected")


def commit(repository: TinyDbRepository) -> Commit:
    return repository.commit([put("line", 1, {"n": 2}, if_rev=None), add("act", {"line": 1})], "tx", "x")


def prepared(path: Path, clock: FakeClock, *, first: bool) -> TinyDbRepository:
    """Return a session whose next commit also makes the folder, or a backup."""
    if not first:
        repository = open_repository(path, clock=clock)
        repository.commit([add("line", {"n": 1})], "start", "x")
        repository.close()
        clock.next_day()
    return open_repository(path, clock=clock)


def state(repository: TinyDbRepository) -> tuple[list[Any], list[Any]]:
    return [d.body for d in repository.list("line")], [d.body for d in repository.list("act")]


BEFORE: tuple[list[Any], list[Any]] = ([{"n": 1}], [])
AFTER: tuple[list[Any], list[Any]] = ([{"n": 2}], [{"line": 1}])
AGAIN = ([put("line", 1, {"n": 2}, if_rev=None), add("act", {"line": 1})], "again", "x")


def calls_of_a_commit(path: Path, clock: FakeClock) -> int:
    repository = prepared(path, clock, first=False)
    with pytest.MonkeyPatch.context() as monkeypatch:
        faults = Faults(monkeypatch)
        commit(repository)
    repository.close()
    return faults.count


def leftovers(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.name.endswith(".tmp")]


EXPECTED = {
    "ENOSPC": {"saved", "NotSaved", "Unknown"},
    "EIO": {"saved", "NotSaved", "Unknown"},
    "full": {"saved", "NotSaved"},
    "die before": {"Died"},
    "die half-way": {"Died"},
    "die after": {"Died"},
}


@pytest.mark.parametrize("how", EXPECTED)
def test_a_commit_under_faults(how: str, tmp_path: Path, clock: FakeClock) -> None:
    calls = calls_of_a_commit(tmp_path / "count" / "simtui.json", clock)
    assert calls > 12, "lock, backup, temporary file, replacement, folder"
    outcomes = set()
    for at in range(calls):
        path = tmp_path / str(at) / "simtui.json"
        repository = prepared(path, clock, first=False)
        outcome = "saved"
        with pytest.MonkeyPatch.context() as monkeypatch:
            Faults(monkeypatch, how, at)
            try:
                commit(repository)
            except (NotSaved, Unknown, Died) as error:
                outcome = type(error).__name__
        outcomes.add(outcome)
        check_outcome(path, clock, repository, outcome)
    assert outcomes == EXPECTED[how]


def check_outcome(path: Path, clock: FakeClock, repository: TinyDbRepository, outcome: str) -> None:
    found = state(fresh := open_repository(path, clock=clock))
    assert leftovers(path.parent) == []
    assert found in {"saved": [AFTER], "NotSaved": [BEFORE]}.get(outcome, [BEFORE, AFTER])
    assert fresh.check() == ()
    fresh.close()
    if outcome != "Died":
        assert state(repository) == found, "memory says what the disk says"
    again = open_repository(path, clock=clock) if outcome == "Died" else repository
    assert commit(again).txid == "tx"
    assert state(again) == AFTER
    assert again.seq == 2, "the retry did nothing twice"
    again.close()
    repository.close()
    assert leftovers(path.parent) == []


def undone(repository: TinyDbRepository) -> Commit:
    return repository.undo("tx", txid="undo")


def edited_by_hand(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"n":2', b'"n":3'))


@pytest.mark.parametrize("how", EXPECTED)
@pytest.mark.parametrize("by_hand", [False, True])
def test_an_undo_and_what_follows_an_edit_by_hand_under_faults(
    how: str, tmp_path: Path, clock: FakeClock, *, by_hand: bool
) -> None:
    before, after = AFTER, BEFORE
    if by_hand:
        before, after = ([{"n": 3}], AFTER[1]), ([{"n": 2}], AFTER[1] * 2)
    work = (lambda each: each.commit(*AGAIN)) if by_hand else undone
    outcomes = set()
    for at in range(14):
        path = tmp_path / str(at) / "simtui.json"
        repository = prepared(path, clock, first=False)
        commit(repository)
        if by_hand:
            edited_by_hand(path)
        outcome = "saved"
        with pytest.MonkeyPatch.context() as monkeypatch:
            Faults(monkeypatch, how, at)
            try:
                work(repository)
            except (NotSaved, Unknown, Died) as error:
                outcome = type(error).__name__
        outcomes.add(outcome)
        fresh = open_repository(path, clock=clock)
        assert leftovers(path.parent) == []
        assert state(fresh) in {"saved": [after], "NotSaved": [before]}.get(outcome, [before, after])
        assert fresh.check() == ()
        work(fresh)
        assert state(fresh) == after
        fresh.close()
        repository.close()
    assert outcomes >= EXPECTED[how] - {"Unknown"}


@pytest.mark.parametrize("how", EXPECTED)
def test_a_migration_under_faults(how: str, tmp_path: Path, clock: FakeClock) -> None:
    def renamed(tables: Tables) -> Tables:
        tables["line"] = {doc_id: {"m": body["n"]} for doc_id, body in tables["line"].items()}
        return tables

    outcomes = set()
    for at in range(16):
        path = tmp_path / str(at) / "simtui.json"
        prepared(path, clock, first=False).close()
        old, outcome = path.read_bytes(), "saved"
        with pytest.MonkeyPatch.context() as monkeypatch:
            monkeypatch.setattr(migrations, "STEPS", {1: renamed})
            with pytest.MonkeyPatch.context() as faulty:
                Faults(faulty, how, at)
                try:
                    open_repository(path, clock=clock).close()
                except (NotSaved, Unknown, Died) as error:
                    outcome = type(error).__name__
            outcomes.add(outcome)
            is_done = path.read_bytes() != old
            assert {"saved": is_done, "NotSaved": not is_done}.get(outcome, True)
            assert not is_done or old in [copy.read_bytes() for copy in backups.copies(path)]
            fresh = open_repository(path, clock=clock)
            assert [line.body for line in fresh.list("line")] == [{"m": 1}]
            assert fresh.check() == ()
            fresh.close()
            assert leftovers(path.parent) == []
    assert outcomes >= EXPECTED[how] - {"Unknown"}


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_the_first_commit_of_all_under_faults(code: int, tmp_path: Path, clock: FakeClock) -> None:
    for at in range(12):
        path = tmp_path / str(at) / "deep" / "simtui.json"
        repository = open_repository(path, clock=clock)
        saved = True
        with pytest.MonkeyPatch.context() as monkeypatch:
            Faults(monkeypatch, errno.errorcode[code], at)
            try:
                repository.commit([add("line", {"n": 1})], "tx", "x")
            except (NotSaved, Unknown) as error:
                saved = isinstance(error, Unknown)
        assert path.exists() == saved
        assert len(repository.list("line")) == saved
        repository.commit([add("line", {"n": 1})], "tx", "x")
        assert len(repository.list("line")) == 1
        repository.close()


def test_the_reason_is_named(repository: TinyDbRepository) -> None:
    repository.commit([add("line", {"n": 1})], "start", "x")
    with pytest.MonkeyPatch.context() as monkeypatch:

        def full(*_args: object) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "write", full)
        with pytest.raises(NotSaved, match="No space left on device"):
            commit(repository)


def test_a_folder_that_cannot_be_synced_is_taken_at_its_word(path: Path, clock: FakeClock) -> None:
    repository = prepared(path, clock, first=False)
    fsync = os.fsync

    def no_folders(descriptor: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{descriptor}"):  # noqa: PTH112
            raise OSError(errno.EINVAL, "injected")
        fsync(descriptor)

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(os, "fsync", no_folders)
        commit(repository)
    assert state(repository) == AFTER
    repository.close()


def test_an_unconfirmed_commit_says_so_and_its_retry_confirms(path: Path, clock: FakeClock) -> None:
    repository = prepared(path, clock, first=False)
    commit(repository)
    replace, fsync = os.replace, os.fsync
    with pytest.MonkeyPatch.context() as monkeypatch:

        def replace_then_no_sync(*args: Any) -> None:
            replace(*args)
            monkeypatch.setattr(os, "fsync", broken)

        def broken(_descriptor: int) -> None:
            raise OSError(errno.EIO, "injected")

        monkeypatch.setattr(os, "replace", replace_then_no_sync)
        with pytest.raises(Unknown) as unknown:
            repository.commit([add("line", {"n": 3})], "three", "x")
        assert unknown.value.txid == "three"
        assert len(repository.list("line")) == 2, "what is in the file is what is shown"
        with pytest.raises(Unknown):
            repository.commit([add("line", {"n": 3})], "three", "x")
        monkeypatch.setattr(os, "fsync", fsync)
        assert repository.commit([add("line", {"n": 3})], "three", "x").ids == (2,)
    assert len(repository.list("line")) == 2
    repository.close()
