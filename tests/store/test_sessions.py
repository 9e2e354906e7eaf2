"""Several sessions at once: processes, kills, locks, and clocks that tick slowly."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from simtui.store import file_format
from simtui.store.image import Image
from simtui.store.lock import FileLock
from simtui.store.repository import Busy, Conflict, Corrupt, Holder, Touched, add, put
from simtui.store.tinydb_repository import TinyDbRepository, open_repository

Opener = Callable[[], TinyDbRepository]


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


def test_a_commit_waits_for_what_another_thread_is_reading(opener: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, other = opener(), opener()
    mine.commit([add("line", {"n": 1})], "a", "x")
    other.commit([add("line", {"n": 2})], "b", "x")
    decode, reading, go_on = file_format.decode, threading.Event(), threading.Event()

    def slowly(data: bytes) -> Image:
        reading.set()
        go_on.wait(10)
        return decode(data)

    monkeypatch.setattr(file_format, "decode", slowly)
    reader = threading.Thread(target=mine.reload_if_changed)
    reader.start()
    assert reading.wait(10)
    monkeypatch.setattr(file_format, "decode", decode)
    writing = threading.Thread(target=mine.commit, args=([add("line", {"n": 3})], "c", "x"))
    writing.start()
    writing.join(0.2)
    go_on.set()
    for thread in (reader, writing):
        thread.join()

    for session in (mine, other, opener()):
        assert [document.body["n"] for document in session.list("line")] == [1, 2, 3]


def replaced(path: Path, data: bytes) -> None:
    copy = path.with_name("copy")
    copy.write_bytes(data)
    copy.chmod(0o600)
    copy.rename(path)


@pytest.mark.parametrize("noticed", [False, True])
@pytest.mark.parametrize("how", ["edited by hand", "an old copy", "an edited old copy"])
def test_what_was_open_before_a_change_from_outside_never_overwrites_it(
    path: Path, opener: Opener, how: str, *, noticed: bool
) -> None:
    repository = opener()
    repository.commit([add("line", {"n": 22})], "a", "x")
    old = path.read_bytes()
    repository.commit([put("line", 1, {"n": 22}, if_rev=None), add("act", {})], "b", "x")
    repository.commit([put("line", 1, {"n": 1}, if_rev=None)], "c", "x")
    open_in_a_form = repository.get("line", 1)
    assert open_in_a_form is not None
    if how == "edited by hand":
        old = path.read_bytes().replace(b'"_rev":3,"n":1', b'"_rev":3,"n":22')
    elif how == "an edited old copy":
        old = old.replace(b'"_rev":1', b'"_rev":3')
    replaced(path, old)
    assert not noticed or repository.reload_if_changed()
    for number in range(3):
        other = opener()
        other.commit([add("act", {})], f"{number}", "x")
        with pytest.raises(Conflict) as conflict:
            repository.commit([put("line", 1, {"n": 1}, if_rev=open_in_a_form.rev)], "d", "x")
    current = conflict.value.current[Touched("line", 1)]
    assert current is not None
    assert current.body == {"n": 22}
    assert repository.check() == ()


def test_two_changes_from_outside_are_two_versions(path: Path, opener: Opener) -> None:
    repository = opener()
    repository.commit([add("line", {"n": 1})], "a", "x")
    original = path.read_bytes()
    replaced(path, original.replace(b'"n":1', b'"n":2'))
    open_in_a_form = repository.get("line", 1)
    assert open_in_a_form is not None
    assert open_in_a_form.body == {"n": 2}
    replaced(path, original.replace(b'"n":1', b'"n":3'))
    opener().commit([add("act", {})], "b", "x")

    with pytest.raises(Conflict):
        repository.commit([put("line", 1, {"n": 1}, if_rev=open_in_a_form.rev)], "c", "x")


def test_sessions_that_saw_the_same_change_from_outside_agree_on_it(path: Path, opener: Opener) -> None:
    first, second = opener(), opener()
    first.commit([add("line", {"n": 1}), add("line", {"n": 2})], "a", "x")
    second.reload_if_changed()
    replaced(path, path.read_bytes().replace(b'"n":1', b'"n":10'))
    assert first.reload_if_changed()
    assert second.reload_if_changed()
    third = opener()
    seen = [session.list("line") for session in (first, second, third)]
    assert seen[0] == seen[1] == seen[2]

    third.commit([put("line", 1, {"n": 11}, if_rev=seen[2][0].rev)], "b", "x")
    first.commit([put("line", 2, {"n": 20}, if_rev=seen[0][1].rev)], "c", "x")
    assert [document.body for document in second.list("line")] == [{"n": 11}, {"n": 20}]
    assert first.notices == second.notices == ()
