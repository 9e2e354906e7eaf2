"""Random keys, pastes and sizes: the dashboard neither fails nor hangs, and writes nothing where it should not."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from simtui.domain.calendar import Day
from simtui.session import Options
from tests.fuzz.bench import patience, said
from tests.fuzz.limits import SECONDS
from tests.fuzz.sessions import hostile_lines, nothing_outside, session
from tests.tui.dashboards import on_file

SECONDS_A_STEP = 3.0
"""How long a step may take on a busy machine; most take a twentieth."""


@pytest.fixture
def held(data_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data file with hostile lines, in a folder where relative paths do no harm."""
    monkeypatch.chdir(tmp_path)
    hostile_lines(data_file)
    return data_file


def played(options: Options, seed: int, steps: int, folder: Path) -> int:
    with nothing_outside(folder), patience(steps * SECONDS_A_STEP):
        return asyncio.run(session(options, seed, steps))


def sound(file: Path, good: bytes) -> None:
    """Whatever was done to the data, it is whole."""
    status, text = said(["doctor"])
    assert status in (0, 1), text
    assert said(["list", "--all"])[0] == 0
    file.write_bytes(good)


def test_keys_on_lines_of_one_s_own(held: Path, tmp_path: Path) -> None:
    assert played(on_file(held), 11, 40, tmp_path)
    sound(held, b"")


def test_keys_in_the_demo_touch_no_file(data_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert played(Options(demo=True, today=Day(2026, 11, 21)), 21, 30, tmp_path)
    assert not [path for path in data_file.parent.rglob("*") if path.is_file()]


@pytest.mark.fuzz
@pytest.mark.parametrize("demo", [False, True], ids=["own", "demo"])
def test_keys_for_long(held: Path, tmp_path: Path, figure: Callable[[str], None], demo: bool) -> None:
    start = time.monotonic()
    good = held.read_bytes()
    sessions = steps = 0
    seed = int(time.time())
    try:
        while time.monotonic() - start < SECONDS * 5:
            seed += 1
            options = Options(demo=True, today=Day(2026, 11, 21)) if demo else on_file(held)
            steps += played(options, seed, 60, Path("/tmp") if demo else tmp_path)
            sessions += 1
            sound(held, good)
    except BaseException:
        figure(f"keys, {'demo' if demo else 'own lines'}: FAILED in session {sessions + 1:,}, seed {seed}")
        raise
    told = f"{steps:,} steps in {sessions:,} sessions, {time.monotonic() - start:.0f} s, none failed"
    figure(f"keys, {'demo' if demo else 'own lines'}: {told}")
