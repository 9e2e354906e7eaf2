"""A disk of one's own for a test: mounted in a mount namespace that nobody else sees, and gone with its last process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
WAYS = (("unshare", "--mount"), ("unshare", "--map-root-user", "--mount"))
"""As root, and as anybody where the system lets users have namespaces of their own."""
PROBE = 'mount -t tmpfs -o size=64k none "$1" && touch "$1/a" && mount -o remount,bind,ro "$1" && ! touch "$1/b"'
MOST_SECONDS = 120


@cache
def way() -> tuple[str, ...]:
    """Return the command that may mount a disk here; empty where nothing may."""
    with tempfile.TemporaryDirectory() as folder:
        for each in WAYS:
            try:
                found = subprocess.run([*each, "sh", "-c", PROBE, "sh", folder], capture_output=True, check=False)
            except FileNotFoundError:
                continue
            if found.returncode == 0:
                return each
    return ()


def on_disk(disk: Path, kind: str) -> Any:
    """Run `tests/disks/inside.py` where a disk can be mounted on a folder; return what it saw."""
    disk.mkdir(mode=0o700)
    run = subprocess.run(
        [*way(), sys.executable, "-m", "tests.disks.inside", kind, str(disk)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=MOST_SECONDS,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert list(disk.iterdir()) == [], "nobody but that process saw the disk"
    return json.loads(run.stdout.splitlines()[-1])
