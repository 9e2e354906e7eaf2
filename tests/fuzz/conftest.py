"""A bench for all tries of a module, in an environment of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fuzz.bench import Bench


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A bench, made once: reading all the offers takes a while."""
    home = tmp_path_factory.mktemp("bench")
    with pytest.MonkeyPatch.context() as monkeypatch:
        _live_in(home, monkeypatch)
        yield Bench.at(home)


@pytest.fixture
def bench(made: Bench, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """The bench as the place where this test lives."""
    _live_in(made.home, monkeypatch)
    monkeypatch.chdir(made.home)
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)  # nobody cuts the power here
    return made


def _live_in(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, below in (("DATA", "data"), ("CONFIG", "config"), ("STATE", "state"), ("CACHE", "cache")):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / below))
