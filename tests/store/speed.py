"""Measures the store against what the machine can do, in fresh processes.

Usage: python speed.py fill|speed|memory FILE LINES ACTS
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import orjson

from simtui.store.repository import add, put
from simtui.store.tinydb_repository import TinyDbRepository, open_repository

LOOKS = 2000


def figures(file: Path, lines: int, acts: int) -> dict[str, float]:
    """Fill a new file and measure it: milliseconds, megabytes, and `memory` as a multiple of the file's size."""
    found: dict[str, float] = {}
    for what in MEASURES:
        command = [sys.executable, __file__, what, str(file), str(lines), str(acts)]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        found |= orjson.loads(subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout)
    return found


def fill(file: Path, lines: int, acts: int) -> dict[str, float]:
    repository = open_repository(file)
    documents = [add("line", line(number)) for number in range(lines)]
    documents += [add("act", act(number, lines)) for number in range(acts)]
    repository.commit(documents, "fill", "Fill")
    return {"file": file.stat().st_size / 1e6}


def speed(file: Path, lines: int, acts: int) -> dict[str, float]:
    return {**opening(file), **committing(file), **getting(file)}


def memory(file: Path, lines: int, acts: int) -> dict[str, float]:
    """Return the highest resident memory while a session opens, looks and commits."""
    before = resident("VmRSS")
    repository = open_repository(file)
    repository.list("act", line=1)
    for number in range(5):
        edit(repository, f"{number}")
    return {"memory": (resident("VmHWM") - before) / file.stat().st_size}


def resident(what: str) -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition(f"{what}:")[2].split()[0]) * 1024


def line(number: int) -> dict[str, Any]:
    return {
        "number": f"+336{number:08}",
        "label": f"Line {number} 保号",
        "offer": "orange-fr-mobicarte",
        "holder": "A. Person",
        "tags": ["work", "fr"],
        "opened_on": "2025-01-02",
        "notes": "kept in the blue phone",
        "state": "active",
    }


def act(number: int, lines: int) -> dict[str, Any]:
    return {
        "line": number % lines + 1,
        "kind": "top_up",
        "date": "2026-05-01",
        "amount": {"value": "10.00", "currency": "EUR"},
        "channel": "online",
        "proof": {"order": f"A-{number:07}"},
        "note": "paid by card",
    }


def opening(file: Path) -> dict[str, float]:
    data = file.read_bytes()
    times = 51 if len(data) < 1e6 else 7
    return {
        "orjson.loads": median_of(times, lambda: orjson.loads(data)),
        "open": median_of(times, lambda: open_repository(file).close()),
    }


def committing(file: Path) -> dict[str, float]:
    repository = open_repository(file)
    repository.list("act", line=1)
    edit(repository, "warm")
    floors, commits = [], []
    for number in range(40 if file.stat().st_size < 1e6 else 12):
        data = file.read_bytes()
        floors.append(took(lambda data=data: floor(file.with_name("floor"), data)))  # type: ignore[misc]
        commits.append(took(lambda number=number: edit(repository, f"{number}")))  # type: ignore[misc]
    repository.close()
    return {"floor": median(floors), "commit": median(commits)}


def floor(file: Path, data: bytes) -> None:
    """Do what any safe commit has to do."""
    temporary = file.with_suffix(".tmp")
    with temporary.open("wb", buffering=0) as out:
        out.write(data)
        os.fsync(out.fileno())
    temporary.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def edit(repository: TinyDbRepository, txid: str) -> None:
    repository.commit([put("line", 5, line(4), if_rev=None), add("act", act(7, 50))], txid, "Edit")


def getting(file: Path) -> dict[str, float]:
    repository, name = open_repository(file), str(file)

    def look() -> None:
        for _look in range(LOOKS):
            os.stat(name)  # noqa: PTH116 - this is the floor

    def get() -> None:
        for number in range(LOOKS):
            repository.get("line", 1 + number % 50)

    return {"stat": median_of(5, look) / LOOKS, "get": median_of(5, get) / LOOKS}


def median_of(times: int, work: Callable[[], object]) -> float:
    return median([took(work) for _time in range(times)])


def took(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


MEASURES = {"fill": fill, "speed": speed, "memory": memory}

if __name__ == "__main__":
    measure, file, *counts = sys.argv[1:]
    sys.stdout.buffer.write(orjson.dumps(MEASURES[measure](Path(file), *map(int, counts))))
