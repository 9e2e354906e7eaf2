"""What the store must withstand, as trials of any length: short ones in every test run, long ones in `make soak`.

The same trials run on TinyDB's own storage, which fails them.
"""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import orjson
from tinydb import TinyDB

from simtui.store.repository import NotSaved, add
from simtui.store.tinydb_repository import TinyDbRepository, open_repository
from tests.store.writers import Writers, acknowledged

Pair = tuple[str, int]
"""A writer's name and the number of what it wrote."""


class Outcome(NamedTuple):
    """What became of the pairs that were acknowledged. Unreadable files hold none."""

    acknowledged: int
    lost: int
    halves: int
    unreadable: int


SOUND = (0, 0, 0)
"""Nothing lost, no half commits, no unreadable file."""


def two_processes(writers: Writers, store: str, file: Path, commits: int) -> Outcome:
    """Let two processes write as fast as they can."""
    for pid in [writers.start(store, file, name, commits) for name in "ab"]:
        writers.wait(pid)
    return _outcome(file, _said(file, "a") | _said(file, "b"))


def kills(writers: Writers, store: str, folder: Path, count: int) -> list[Outcome]:
    """Kill two writers in the middle of their work, again and again; a file that is unreadable then is left behind."""
    dice = random.Random(count)
    file, outcomes = folder / "0" / "data.json", []
    said: set[Pair] = set()
    for trial in range(count):
        names = (f"a{trial}", f"b{trial}")
        pids = [writers.start(store, file, name, 1_000_000) for name in names]
        time.sleep(dice.uniform(0.01, 0.08))
        for pid in pids:
            writers.kill(pid)
        said = said.union(*(_said(file, name) for name in names))
        outcomes.append(_outcome(file, said))
        if outcomes[-1][1:] != SOUND:
            file, said = folder / str(trial + 1) / "data.json", set()
    return outcomes


def turns(writers: Writers, file: Path, count: int) -> tuple[int, int]:
    """Let two processes change one document in turn; return the number that they come to, and the last seq."""
    with closing(open_repository(file)) as repository:
        repository.commit([add("line", {"n": 1000})], "start", "x")
        writers.wait(writers.take_turns(file, count))
        line = repository.get("line", 1)
        assert line is not None
        return line.body["n"] - 1000, repository.seq


def full_disk(file: Path, inserts: int, size: int) -> tuple[Outcome, Outcome]:
    """Insert into a file that cannot grow beyond `size`; return what is there before and after reopening."""
    repository = open_repository(file)
    with _files_up_to(size):
        before = _filled(lambda number: _insert(repository, number), inserts)
    found = Outcome(len(before), len(before ^ {line.body["n"] for line in repository.list("line")}), 0, 0)
    repository.close()
    return found, _on_full_disk(file, before)


def full_disk_of_stock(file: Path, inserts: int, size: int) -> Outcome:
    """Do the same with TinyDB's own storage."""
    with _files_up_to(size), suppress(OSError):
        database = TinyDB(file)
        before = _filled(lambda number: database.table("line").insert({"n": number}), inserts)
        database.close()
    return _on_full_disk(file, before)


def _filled(insert: Callable[[int], object], inserts: int) -> set[int]:
    done: set[int] = set()
    for number in range(inserts):
        try:
            insert(number)
        except (NotSaved, OSError, ValueError):
            continue
        done.add(number)
    return done


def _insert(repository: TinyDbRepository, number: int) -> None:
    repository.commit([add("line", {"n": number})], str(number), "Add")


def _on_full_disk(file: Path, saved: set[int]) -> Outcome:
    try:
        lines = orjson.loads(file.read_bytes())["line"].values()
    except (ValueError, KeyError):
        return Outcome(len(saved), len(saved), 0, 1)
    return Outcome(len(saved), len(saved ^ {line["n"] for line in lines}), 0, 0)


@contextmanager
def _files_up_to(size: int) -> Iterator[None]:
    """Let the system refuse to let files grow beyond `size` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _said(file: Path, name: str) -> set[Pair]:
    return {(name, number) for number in acknowledged(file, name)}


def _outcome(file: Path, said: set[Pair]) -> Outcome:
    try:
        tables = orjson.loads(file.read_bytes()) if file.exists() else {}
    except ValueError:
        return Outcome(len(said), len(said), 0, 1)
    lines = {(line["by"], line["number"]): int(key) for key, line in tables.get("line", {}).items()}
    acts = {(act["by"], act["number"]): act["line"] for act in tables.get("act", {}).values()}
    halves = sum(lines.get(pair) != acts.get(pair) for pair in lines.keys() | acts.keys())
    return Outcome(len(said), len(said - (lines.keys() & acts.keys())), halves, 0)
