"""A crash says where it happened, and nothing of what the user's lines hold."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from simtui.config import Settings
from simtui.session import open_desk
from tests.tui.dashboards import filled, on_file

ROOT = Path(__file__).parents[2]
PRIVATE = (b"+33612345678", b"612345678", b"6 12 34 56 78", b"PRIVATE")
LEFT_SCREEN = b"\x1b[?1049l"

PROGRAM = """
import sys

def crash(*values, **named):
    number, label, code = "+33612345678", "PRIVATE", "LPA:1$PRIVATE$PRIVATE"
    raise ValueError(f"{number} {label} {code}")

PATCH
from simtui.__main__ import main
main()
"""
PATCHES = {
    "drawing": "import simtui.tui.views.standing as part; part.standing_lines = crash",
    "a key": "import simtui.tui.intents.changing as part; part.Changing.action_record = crash",
    "opening": "import simtui.desk as part; part.Desk.each_holding = crash",
    "looking around": "import simtui.tui.app as part; part.LOOK_EVERY = 0.2; part.SimtuiApp.look_around = crash",
    "a task of its own": "import simtui.tui.typeahead as part; part.TypeAhead._settled = crash",
    "the end": "import simtui.tui.app as part; part.SimtuiApp.close_desk = crash",
}


def said_after_a_crash(file: Path, patch: str) -> tuple[int, bytes]:
    """Run the dashboard on a terminal, press keys until it ends, and return status and what it left on the screen."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.replace("PATCH", patch), "--data", str(file)],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
        start_new_session=True,
    )
    seen = b""
    keys = [b"", b"s", b"m", b"\x1b", b"\x1b", b"q", *[b""] * 30]
    try:
        while process.poll() is None and keys:
            if select.select([master], [], [], 0.25)[0]:
                seen += _read(master)
            elif b"PRIVATE" in seen or LEFT_SCREEN in seen:
                os.write(master, keys.pop(0))
        assert process.poll() is not None, "still running"
        while select.select([master], [], [], 0.1)[0] and (more := _read(master)):
            seen += more
    finally:
        process.kill()
        process.wait()
        os.close(master)
        os.close(slave)
    return process.returncode, seen.rpartition(LEFT_SCREEN)[2]


def _read(master: int) -> bytes:
    try:
        return os.read(master, 65536)
    except OSError:  # the other end is closed
        return b""


@pytest.mark.parametrize("where", PATCHES)
def test_it_holds_no_values(data_file: Path, where: str) -> None:
    filled(data_file, {"PRIVATE": "+33612345678 mobicarte 10EUR 2026-05-24"})
    status, said = said_after_a_crash(data_file, PATCHES[where])
    assert status == {"the end": 2}.get(where, 1)
    assert b"simtui: " in said
    assert b"ValueError" in said
    assert not [private for private in PRIVATE if private in said]
    desk = open_desk(on_file(data_file), Settings())
    assert not desk.problems
    desk.repository.close()
