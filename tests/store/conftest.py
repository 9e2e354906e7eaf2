from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from simtui.store.repository import Repository
from simtui.store.tinydb_repository import TinyDbRepository, open_repository
from tests.store.writers import Writers

NOON = 1_790_000_000.0
"""2026-09-21, 14:13:20 UTC."""


class FakeClock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now

    def next_day(self, days: int = 1) -> None:
        self.now += 86_400 * days


@pytest.fixture(scope="session")
def writers() -> Iterator[Writers]:
    with Writers(wait_for_disk=False) as started:
        yield started


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test cuts the power, so waiting for the disk would only take time; writers in processes of their own do wait."""
    if "soak" not in request.keywords:
        monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "simtui.json"


Opener = Callable[[], TinyDbRepository]


@pytest.fixture
def opener(path: Path, clock: FakeClock) -> Iterator[Opener]:
    opened: list[TinyDbRepository] = []

    def open_one() -> TinyDbRepository:
        opened.append(open_repository(path, clock=clock, lock_timeout=0.05))
        return opened[-1]

    yield open_one
    for repository in opened:
        repository.close()


@pytest.fixture
def repository(opener: Opener) -> TinyDbRepository:
    return opener()


@pytest.fixture(params=["tinydb"])
def session(request: pytest.FixtureRequest) -> Callable[[], Repository]:
    """Opens one and the same data again and again; a new backend adds a name here and a branch below."""
    assert request.param == "tinydb"
    opened: Callable[[], Repository] = request.getfixturevalue("opener")
    return opened
