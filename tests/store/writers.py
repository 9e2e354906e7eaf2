"""Sessions in processes of their own: `Writers` starts them, kills them, and reads what they say was acknowledged.

Run as a script, this is the process that forks them, so that a session is there in milliseconds.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from tinydb import TinyDB

from simtui.store import safe_storage
from simtui.store.repository import NewId, add, put
from simtui.store.tinydb_repository import open_repository

ROOT = Path(__file__).parents[2]
LET_DOWN = 1
"""The exit status of a writer whose store raised an error, or kept it waiting for ever."""
COARSE_TICK = 10_000_000
"""Of a file system's clock, in nanoseconds."""
Insert = Callable[[str, int], None]


class Writers:
    """Starts writers, each with a session of its own; a context manager.

    They wait for the disk only where they are told to: a power cut is not among the trials, and is all that it is for.
    """

    def __init__(self, *, wait_for_disk: bool) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__, *(["wait"] if wait_for_disk else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate(timeout=60)

    def start(self, store: str, file: Path, name: str, commits: int) -> int:
        """Let a writer called `name` add that many pairs of documents, and return its process id.

        `store` is a key of `STORES`.
        """
        return self._answer("start", store, file, name, commits)

    def take_turns(self, file: Path, turns: int) -> int:
        """Let two writers count up line 1 in turn, each twice, under a coarse clock; return a process id."""
        return self._answer("take turns", file, turns)

    def wait(self, pid: int) -> int:
        """Wait for a writer and return its exit status."""
        return self._answer("wait", pid)

    def kill(self, pid: int) -> None:
        """Kill a writer with a signal that it cannot catch."""
        self._answer("kill", pid)

    def _answer(self, *words: object) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\t".join(map(str, words)) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


def acknowledged(file: Path, name: str) -> list[int]:
    """Return the numbers of the pairs that were saved, as far as the writer was told so."""
    try:
        return [int(line) for line in _said(file, name).read_text().split()]
    except FileNotFoundError:
        return []


def _said(file: Path, name: str) -> Path:
    return file.parent.with_name(f"{file.name}.{name}.said")


def _simtui(file: Path) -> Insert:
    repository = open_repository(file)

    def insert(name: str, number: int) -> None:
        line, body = NewId("line"), {"by": name, "number": number}
        repository.commit([add("line", body, as_id=line), add("act", {**body, "line": line})], f"{name} {number}", name)

    return insert


def _stock(file: Path) -> Insert:
    file.parent.mkdir(exist_ok=True)
    database = TinyDB(file)

    def insert(name: str, number: int) -> None:
        line = database.table("line").insert({"by": name, "number": number})
        database.table("act").insert({"by": name, "number": number, "line": line})

    return insert


STORES = {"simtui": _simtui, "stock": _stock}


def _write(store: str, file: str, name: str, commits: str) -> None:
    said = os.open(_said(Path(file), name), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    insert = STORES[store](Path(file))
    for number in range(int(commits)):
        insert(name, number)
        os.write(said, b"%d\n" % number)


def _take_turns(file: str, turns: str) -> None:
    def coarse(found: os.stat_result) -> tuple[int, int, int, int]:
        return found.st_dev, found.st_ino, found.st_mtime_ns // COARSE_TICK, found.st_size

    safe_storage._identity = coarse
    my_turn, its_end = os.pipe()
    its_turn, my_end = os.pipe()
    pid = _forked(lambda: _count(file, range(1, int(turns), 2), its_turn, its_end), [])
    os.write(its_end, b"x")
    os.close(its_end)
    os.close(its_turn)
    _count(file, range(0, int(turns), 2), my_turn, my_end)
    assert _exit_status(str(pid)) == 0


def _count(file: str, turns: range, mine: int, its: int) -> None:
    """Look and commit twice in each of `turns`: after two replacements, a file may have its old inode number again."""
    repository = open_repository(Path(file))
    for turn in turns:
        assert os.read(mine, 1)
        for number in (2 * turn, 2 * turn + 1):
            line = repository.get("line", 1)
            assert line is not None
            assert line.body["n"] == 1000 + number, "a change was missed"
            repository.commit([put("line", 1, {"n": 1001 + number}, if_rev=line.rev)], f"{1000 + number}", "x")
        os.write(its, b"x")


def _forked(work: Callable[..., None], words: list[str]) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            work(*words)
        except BaseException:  # noqa: BLE001 - whatever a store raises, it has let its writer down
            os._exit(LET_DOWN)
        os._exit(0)
    return pid


def _exit_status(pid: str) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(int(pid), 0)[1])


def _killed(pid: str) -> int:
    os.kill(int(pid), signal.SIGKILL)
    return _exit_status(pid)


def _not_at_all(fd: object) -> None:
    """Stand for a call that takes time."""


def _serve(*, wait_for_disk: bool) -> None:
    if not wait_for_disk:
        os.fsync = _not_at_all
    for line in sys.stdin:
        command, *words = line.rstrip("\n").split("\t")
        if command == "start":
            answer = _forked(_write, words)
        elif command == "take turns":
            answer = _forked(_take_turns, words)
        else:
            answer = {"wait": _exit_status, "kill": _killed}[command](*words)
        os.write(sys.stdout.fileno(), b"%d\n" % answer)


if __name__ == "__main__":
    _serve(wait_for_disk="wait" in sys.argv)
