"""Several sessions at once: processes, kills, locks, and clocks that tick slowly."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from simtui.store.lock import FileLock
from simtui.store.repository import Busy, Corrupt, Holder, add, put
from simtui.store.tinydb_repository import TinyDbRepository, open_repository

Opener = Callable[[], TinyDbRepository]
ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("KILLS", "5"))
"""How often both writers are killed; `KILLS=200` for a long look."""
WRITER = Path(__file__).with_name("writer.py")


def writer(file: Path, name: str, commits: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(WRITER), str(file), name, str(commits)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def by_writer(repository: TinyDbRepository, kind: str) -> set[tuple[str, int]]:
    documents = repository.list("line" if kind == "line" else "act")
    return {(document.body["by"], document.body["number"]) for document in documents}


def test_two_processes_lose_nothing(path: Path, opener: Opener) -> None:
    both = [writer(path, name, 60) for name in ("a", "b")]
    acknowledged = [process.communicate(timeout=60)[0].split() for process in both]

    assert [process.returncode for process in both] == [0, 0]
    assert all(len(said) == 61 for said in acknowledged)
    repository = opener()
    assert repository.seq == 120
    assert [document.id for document in repository.list("line")] == list(range(1, 121))
    assert by_writer(repository, "line") == {(name, number) for name in "ab" for number in range(60)}
    assert repository.check() == ()


def test_killed_writers_lose_nothing_that_was_acknowledged(path: Path) -> None:
    acknowledged: set[tuple[str, int]] = set()
    for trial in range(KILLS):
        names = (f"a{trial}", f"b{trial}")
        both = [writer(path, name, 100_000) for name in names]
        for process in both:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        time.sleep(0.05 + 0.01 * (trial % 10))
        for process in both:
            process.kill()
        for name, process in zip(names, both, strict=True):
            said = process.communicate()[0].splitlines(keepends=True)
            acknowledged |= {(name, int(line)) for line in said if line.endswith("\n")}

        repository = open_repository(path)
        lines = repository.list("line")
        assert by_writer(repository, "line") >= acknowledged
        assert by_writer(repository, "act") == by_writer(repository, "line")
        assert [act.body["line"] for act in repository.list("act")] == [line.id for line in lines]
        assert repository.check() == ()
        repository.close()
        assert list(path.parent.glob(".*.tmp")) == []
    assert len(acknowledged) > 50


def test_threads_share_one_session(path: Path) -> None:
    repository = open_repository(path, lock_timeout=30)
    wrong: list[int] = []

    def write(name: str) -> None:
        for number in range(30):
            repository.commit([add("line", {"by": name}), add("act", {"by": name})], f"{name} {number}", "x")

    def read() -> None:
        while any(thread.is_alive() for thread in writers):
            lines, of_a, seq = len(repository.list("line")), len(repository.list("act", by="a")), repository.seq
            if not of_a <= seq or not lines <= seq:
                wrong.append(seq)
            time.sleep(0.001)

    writers = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    reader = threading.Thread(target=read)
    for thread in (*writers, reader):
        thread.start()
    for thread in (*writers, reader):
        thread.join()

    assert wrong == []
    assert (repository.seq, len(repository.list("act", by="a")), len(repository.list("line"))) == (60, 30, 60)
    assert repository.check() == ()
    repository.close()


def test_a_clock_that_stands_still_hides_no_change(path: Path, opener: Opener) -> None:
    first, second = opener(), opener()
    first.commit([add("line", {"n": 1000})], "start", "x")
    for number in range(1001, 1201):
        writing, reading = (first, second) if number % 2 else (second, first)
        writing.commit([put("line", 1, {"n": number}, if_rev=None)], f"{number}", "x")
        os.utime(path, ns=(0, 0))
        document = reading.get("line", 1)
        assert document is not None
        assert document.body == {"n": number}


def test_a_held_lock_is_reported_with_its_holder(path: Path, opener: Opener) -> None:
    repository = opener()
    repository.commit([add("line", {})], "a", "x")
    lock = FileLock(path.with_name("simtui.json.lock"), timeout=1, clock=lambda: 0)

    with lock.held():
        started = time.monotonic()
        with pytest.raises(Busy) as busy:
            repository.commit([add("line", {})], "b", "x")
        assert time.monotonic() - started < 1
        assert repository.get("line", 1) is not None, "reading needs no lock"

    assert busy.value.holder == Holder(os.getpid(), os.uname().nodename, "1970-01-01T00:00:00Z")
    assert str(os.getpid()) in str(busy.value)
    assert repository.commit([add("line", {})], "b", "x").ids == (2,)


def test_a_holder_that_does_not_say_who_it_is(path: Path, opener: Opener) -> None:
    repository = opener()
    repository.commit([add("line", {})], "a", "x")
    descriptor = os.open(path.with_name("simtui.json.lock"), os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    os.truncate(descriptor, 0)

    with pytest.raises(Busy) as busy:
        repository.commit([add("line", {})], "b", "x")

    os.close(descriptor)
    assert busy.value.holder is None


def test_a_lock_file_that_was_removed_is_not_trusted(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock_file = path.with_name("simtui.json.lock")
    path.parent.mkdir()
    flock = fcntl.flock
    removed: list[int] = []

    def flock_then_removed(descriptor: int, operation: int) -> None:
        flock(descriptor, operation)
        if not removed:
            removed.append(os.fstat(descriptor).st_ino)
            lock_file.unlink()

    monkeypatch.setattr(fcntl, "flock", flock_then_removed)
    with FileLock(lock_file, timeout=1, clock=time.time).held():
        assert orjson.loads(lock_file.read_bytes())["pid"] == os.getpid()
        other = os.open(lock_file, os.O_RDWR)
        with pytest.raises(BlockingIOError):
            flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(other)


def test_a_file_removed_under_a_session_is_not_taken_for_an_empty_one(path: Path, opener: Opener) -> None:
    repository = opener()
    repository.commit([add("line", {})], "a", "x")
    path.unlink()

    for _attempt in range(2):
        with pytest.raises(Corrupt, match="removed"):
            repository.get("line", 1)
        with pytest.raises(Corrupt, match="removed"):
            repository.commit([add("line", {})], "b", "x")
    assert not path.exists()


def test_an_old_copy_put_in_place_starts_anew(path: Path, opener: Opener) -> None:
    repository = opener()
    repository.commit([add("line", {"n": 1})], "a", "x")
    old = path.read_bytes()
    repository.commit([put("line", 1, {"n": 2}, if_rev=1)], "b", "x")
    seen = repository.seq

    copy = path.with_name("copy")
    copy.write_bytes(old)
    copy.chmod(0o600)
    copy.rename(path)
    other = opener()
    other.commit([put("line", 1, {"n": 3}, if_rev=1)], "c", "x")

    assert repository.reload_if_changed()
    assert repository.changes_since(seen) is None
    document = repository.get("line", 1)
    assert document is not None
    assert document.body == {"n": 3}
    assert document.rev != 2, "rev 2 was another version for this session"
    assert repository.seq > seen
    assert repository.undo_name() is None
