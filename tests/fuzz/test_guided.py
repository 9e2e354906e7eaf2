"""Fuzzing guided by coverage, where atheris is installed; `make fuzz` installs it where there is a wheel of it."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fuzz.guided import TARGETS
from tests.fuzz.limits import SECONDS

ROOT = Path(__file__).parents[2]
SLOW_START = 120
"""Seconds that loading and instrumenting all of simtui may take on a busy machine."""
NEEDS_ATHERIS = pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None, reason="atheris is not installed; it has wheels for Linux on x86-64"
)


def guided(target: str, seconds: float, folder: Path) -> subprocess.CompletedProcess[str]:
    """Let a process of its own feed one reader."""
    return subprocess.run(
        [sys.executable, "-m", "tests.fuzz.guided", target, str(max(1, round(seconds))), str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=seconds + SLOW_START,
        check=False,
    )


@NEEDS_ATHERIS
@pytest.mark.fuzz
@pytest.mark.parametrize("target", TARGETS)
def test_what_coverage_leads_to_is_refused_or_taken(target: str, tmp_path: Path, figure: Callable[[str], None]) -> None:
    run = guided(target, SECONDS, tmp_path)
    broken = [f"{path.name}: {path.read_bytes()!r}" for path in tmp_path.glob("broken-*")]
    assert run.returncode == 0, f"{run.stderr[-2000:]}\n{run.stdout[-4000:]}\n{broken}"
    done = re.search(r"Done (\d+) runs in (\d+) second", run.stderr)
    reached = re.findall(r" cov: (\d+) ", run.stderr)
    assert done is not None, run.stderr[-4000:]
    figure(f"guided, {target}: {int(done[1]):,} examples in {done[2]} s, {int(reached[-1]):,} branches, none failed")


@NEEDS_ATHERIS
@pytest.mark.fuzz
def test_a_reader_that_breaks_would_be_noticed(tmp_path: Path) -> None:
    run = guided("one that breaks", 10, tmp_path)
    assert run.returncode != 0
    assert "it is broken" in run.stdout
    assert list(tmp_path.glob("broken-*"))
