"""Disks that are slow or may only be read, and folders in which nothing may be made."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from simtui.store.repository import Busy, NotSaved, add, put
from simtui.store.tinydb_repository import TinyDbRepository, open_repository
from tests.store.conftest import Opener

NOBODY = 65534


@contextmanager
def as_nobody() -> Iterator[None]:
    """Be a user whom rights bind: root may write everywhere."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(before)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user can reach; those of pytest are for the user who runs it."""
    folder = Path(tempfile.mkdtemp(prefix="simtui-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.parametrize("stage", ["temporary file", "folder"])
def test_while_the_disk_is_slow_others_read_the_old_state_and_nothing_is_said_to_be_saved(
    opener: Opener, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    writer, reader = opener(), opener()
    writer.commit([add("line", {"n": 1})], "a", "x")
    stuck, go_on, done = threading.Event(), threading.Event(), threading.Event()
    calls: list[int] = []

    def slow(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == {"temporary file": 1, "folder": 2}[stage]:
            stuck.set()
            assert go_on.wait(10)

    def write() -> None:
        writer.commit([put("line", 1, {"n": 2}, if_rev=None)], "b", "x")
        done.set()

    monkeypatch.setattr(os, "fsync", slow)
    thread = threading.Thread(target=write)
    thread.start()
    assert stuck.wait(10)
    started = time.monotonic()
    line = reader.get("line", 1)
    assert time.monotonic() - started < 1, "reading waits for nobody's disk"
    assert line is not None
    assert line.body == {"n": 1 if stage == "temporary file" else 2}
    with pytest.raises(Busy):
        reader.commit([add("line", {"n": 3})], "c", "x")
    assert not done.is_set()
    go_on.set()
    thread.join(10)
    assert done.is_set()
    assert reader.commit([add("line", {"n": 3})], "c", "x").ids == (2,)


def test_a_folder_in_which_nothing_can_be_made(open_folder: Path) -> None:
    file = open_folder / "simtui.json"
    with closing(open_repository(file)) as repository:
        repository.commit([add("line", {"n": 1})], "a", "x")
    file.with_name("simtui.json.lock").unlink()
    file.chmod(0o644)
    before = file.read_bytes()
    open_folder.chmod(0o555)
    with as_nobody(), closing(open_repository(file)) as repository:
        _is_readable_and_says_why_not(repository, "Permission denied")
    assert file.read_bytes() == before
    assert [path.name for path in open_folder.iterdir()] == ["simtui.json"]


def test_a_disk_that_may_only_be_read(opener: Opener, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opener().commit([add("line", {"n": 1})], "a", "x")
    before = path.read_bytes()
    _make_read_only(monkeypatch)
    _is_readable_and_says_why_not(opener(), "Read-only file system")
    monkeypatch.undo()
    assert path.read_bytes() == before


def _is_readable_and_says_why_not(repository: TinyDbRepository, reason: str) -> None:
    assert [line.body for line in repository.list("line")] == [{"n": 1}]
    with pytest.raises(NotSaved, match=reason) as refused:
        repository.commit([add("line", {"n": 2})], "b", "x")
    assert "--read-only" in refused.value.next_step
    assert [line.body for line in repository.list("line")] == [{"n": 1}]


def _make_read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system refuse what changes a file, as on a disk that is mounted read-only."""
    opened = os.open

    def refuse(*_args: Any, **_named: Any) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    def open_to_read(path: Any, flags: int, *args: Any, **named: Any) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            refuse()
        return opened(path, flags, *args, **named)

    changing: tuple[tuple[str, Callable[..., Any]], ...] = (
        ("open", open_to_read),
        *((name, refuse) for name in ("replace", "rename", "unlink", "mkdir", "link", "chmod", "fchmod")),
    )
    for name, call in changing:
        monkeypatch.setattr(os, name, call)
