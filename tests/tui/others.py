"""What other sessions do to the data file of a dashboard in a test, and waiting for what the screen then says."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from simtui.config import Settings
from simtui.desk import Desk
from simtui.session import open_desk
from tests.tui.dashboards import Dashboard, on_file


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Hold the lock, as a session on another machine that writes for long."""
    descriptor = os.open(file.with_name(file.name + ".lock"), os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    note = {"pid": 4711, "host": "elsewhere", "since": "2026-11-21T10:00:00Z"}
    os.ftruncate(descriptor, os.pwrite(descriptor, json.dumps(note).encode(), 0))
    try:
        yield
    finally:
        os.close(descriptor)


@contextmanager
def another(file: Path) -> Iterator[Desk]:
    """Another session."""
    desk = open_desk(on_file(file), Settings())
    try:
        yield desk
    finally:
        desk.repository.close()


@asynccontextmanager
async def anothers(file: Path) -> AsyncIterator[Desk]:
    """Another session beside a dashboard."""
    with another(file) as desk:
        yield desk


async def until(board: Dashboard, text: str, *, gone: bool = False) -> None:
    """Wait until a text stands on the screen, or does no longer; six seconds at most."""
    for _turn in range(120):
        if (text in board.text) != gone:
            return
        await board.pilot.pause(0.05)
    raise AssertionError(board.text)
