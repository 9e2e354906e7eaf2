"""The real program on a real terminal, killed in the middle of a walk."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from simtui.domain.procedure import StepKind
from simtui.walk.staging import scene
from simtui.walk.walk import Walk
from tests.tui.walks import opened, paris

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
CONTROL = re.compile(rb"\x1b\[[0-9;?<>=]*[a-zA-Z]|\x1b[PX^_\]][^\x1b\x07]*(\x07|\x1b\\)?")


class Run:
    """The dashboard in a terminal of 120 by 40 cells; `seen` is all text that it has sent, without control sequences."""

    def __init__(self, master: int, process: subprocess.Popen[bytes]) -> None:
        self.master, self.process = master, process
        self._raw = b""

    def wait_for(self, text: str) -> None:
        """Read until a text has been sent; what was sent before does not count for the next."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if select.select([self.master], [], [], 0.1)[0]:
                with suppress(OSError):
                    self._raw += os.read(self.master, 65536)
            if text in CONTROL.sub(b"", self._raw).decode("utf-8", "replace"):
                self._raw = b""
                return
        raise AssertionError(f"{text!r} did not come")

    def send(self, keys: str) -> None:
        """Type."""
        os.write(self.master, keys.encode())


@contextmanager
def dashboard(file: Path) -> Iterator[Run]:
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    environ = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "simtui", "--data", str(file), "--today", "2026-11-21", "--lang", "en"]
    process = subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=environ, cwd=ROOT, start_new_session=True
    )
    os.close(slave)
    try:
        yield Run(master, process)
    finally:
        process.kill()
        process.wait()
        os.close(master)


def test_a_walk_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    file = paris(tmp_path / "lines.json")
    with dashboard(file) as run:
        run.wait_for("Mobicarte")
        run.send("r")
        run.wait_for("Make sure that this is the number")
        run.send("\r")
        run.wait_for("Look up what is left")
        run.send("2.10 EUR\r")
        run.wait_for("EUR 2.10")
        os.kill(run.process.pid, signal.SIGKILL)
        run.process.wait()
    desk = opened(file)
    [held] = desk.holding(1).renewals
    now = scene(Walk.open(desk, held.id))
    assert now.kind is StepKind.STATUS
    assert [field.raw for field in now.fields if field.value] == ["2.10 EUR"]
    desk.repository.close()
    with dashboard(file) as run:
        run.wait_for("You were at step 2 (Status first) for Paris. Enter continues.")
        run.send("\r")
        run.wait_for("EUR 2.10")


def test_keys_that_come_in_one_burst_go_where_they_belong(tmp_path: Path) -> None:
    file = paris(tmp_path / "lines.json")
    with dashboard(file) as run:
        run.wait_for("Mobicarte")
        run.send("r\r2.10 EUR\r501MB\r")
        run.wait_for("501 MB")
    desk = opened(file)
    [held] = desk.holding(1).renewals
    assert held.renewal.answers == {"read-credit": "2.10 EUR", "read-data": "501"}
    desk.repository.close()
