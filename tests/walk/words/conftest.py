"""A desk with its own file beside it, as a session has it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from whenever import Instant

from simtui.catalogue import load
from simtui.desk import Desk, OwnCarriers
from simtui.paths import bundled
from simtui.store.tinydb_repository import open_repository

NOW = Instant.from_utc(2026, 11, 21, 12, 0)


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    return tmp_path / "own" / "carriers.json"


@pytest.fixture
def desk(data_file: Path, own_file: Path) -> Iterator[Desk]:
    read = partial(load, bundled("carriers.json"), own_file)
    repository = open_repository(data_file)
    yield Desk(repository, read(), now=lambda: NOW, own_carriers=OwnCarriers(own_file, read), home_zone="Asia/Shanghai")
    repository.close()
