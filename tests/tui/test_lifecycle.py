"""Every way out of the dashboard, tried on a real pseudo-terminal."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from simtui.errors import UsageError
from simtui.tui.lifecycle import Surface, surface

ROOT = Path(__file__).parents[2]

PROGRAM = """
import sys, threading
from textual.app import App
from textual.widgets import Static
from simtui.tui import lifecycle
from simtui.tui.driver import Driver

lifecycle.POLL_SECONDS = 0.1
lifecycle.GRACE_SECONDS = {grace}

class Small(App):
    animation_level = "none"

    def compose(self):
        yield Static("ready")

    def on_unmount(self):
        open({trace!r}, "w").write("unmounted")

    def on_key(self, event):
        if event.key == "q":
            self.exit(return_code=3)
        if event.key == "f":
            for _ in range(1000):
                self._driver.write("x" * 1000)
        if event.key == "z":
            self.action_suspend_process()
        if event.key == "t":
            readers = [each for each in threading.enumerate() if each.name == "textual-input"]
            self.query_one(Static).update(f"readers: {{len(readers)}}")
        if event.key == "s":
            threading.Thread(target=threading.Event().wait).start()
            self.query_one(Static).update("a thread that never ends")

sys.exit(lifecycle.run(Small(driver_class=Driver)))
"""


@dataclass
class Session:
    """A program on a terminal of its own, seen from the other end."""

    master: int
    slave: int
    process: subprocess.Popen[bytes]
    trace: Path
    before: list[Any]
    seen: bytes = b""

    def wait_for(self, text: bytes, seconds: float = 10) -> None:
        end = time.monotonic() + seconds
        while text not in self.seen and time.monotonic() < end:
            self.read(0.05)
        assert text in self.seen

    def read(self, seconds: float) -> None:
        if select.select([self.master], [], [], seconds)[0]:
            with suppress(OSError):
                self.seen += os.read(self.master, 65536)

    def end(self, seconds: float = 3) -> int:
        """The exit status, while the terminal goes on reading."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            self.read(0.02)
        status = self.process.poll()
        assert status is not None, "still running"
        self.read(0.05)
        return status

    def is_restored(self) -> bool:
        """Whether the program left the terminal as it found it."""
        return (
            termios.tcgetattr(self.slave) == self.before and b"\x1b[?1049l" in self.seen and b"\x1b[?25h" in self.seen
        )


@contextmanager
def session(tmp_path: Path, *, controlling: bool = True, grace: float = 1.5) -> Iterator[Session]:
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    trace = tmp_path / "trace"
    program = PROGRAM.format(trace=str(trace), grace=grace)

    def take_terminal() -> None:
        os.setsid()
        if controlling:
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    environ = {**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=environ,
        preexec_fn=take_terminal,  # noqa: PLW1509 - no thread runs beside the tests
    )
    made = Session(master, slave, process, trace, termios.tcgetattr(slave))
    try:
        made.wait_for(b"ready")
        yield made
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        for descriptor in (made.master, made.slave):
            with suppress(OSError):
                os.close(descriptor)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_app_cleanly_with_its_status(tmp_path: Path, number: signal.Signals) -> None:
    with session(tmp_path) as run:
        start = time.monotonic()
        run.process.send_signal(number)
        assert run.end() == 128 + number
        assert time.monotonic() - start < 2
        assert run.is_restored()
        assert run.trace.read_text() == "unmounted"
        assert b"Traceback" not in run.seen


def test_the_app_s_own_status_reaches_the_shell(tmp_path: Path) -> None:
    with session(tmp_path) as run:
        os.write(run.master, b"q")
        assert run.end() == 3
        assert run.is_restored()


@pytest.mark.parametrize("controlling", [True, False])
def test_a_terminal_that_vanishes_leaves_no_orphan(tmp_path: Path, controlling: bool) -> None:
    """With a controlling terminal the kernel sends SIGHUP; without one nobody says anything."""
    with session(tmp_path, controlling=controlling) as run:
        os.close(run.slave)
        os.close(run.master)
        assert run.process.wait(3) == 128 + signal.SIGHUP
        assert run.trace.read_text() == "unmounted"


def test_a_terminal_that_takes_no_more_output_cannot_hold_the_process(tmp_path: Path) -> None:
    with session(tmp_path, grace=0.3) as run:
        os.write(run.master, b"f")
        time.sleep(0.1)  # nobody reads: the terminal's buffer and Textual's queue fill up, and its loop stands still
        run.process.send_signal(signal.SIGTERM)
        assert run.process.wait(3) == 128 + signal.SIGTERM
        assert termios.tcgetattr(run.slave) == run.before


def test_suspending_gives_the_terminal_back_and_continuing_takes_it_again(tmp_path: Path) -> None:
    with session(tmp_path) as run:
        os.write(run.master, b"z")
        run.wait_for(b"\x1b[?1004l")  # the last thing that Textual writes
        _pid, status = os.waitpid(run.process.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        assert run.is_restored()
        run.seen = b""
        run.process.send_signal(signal.SIGCONT)
        run.wait_for(b"ready")
        os.write(run.master, b"q")
        assert run.end() == 3


def test_continuing_without_a_stop_starts_no_second_reader(tmp_path: Path) -> None:
    """A terminal that hangs up sends SIGCONT behind SIGHUP; a reader that nobody knows of would stay, at full load."""
    with session(tmp_path) as run:
        run.process.send_signal(signal.SIGCONT)
        os.write(run.master, b"t")
        run.wait_for(b"readers: ")
        run.read(0.1)
        assert b"readers: 1" in run.seen
        os.write(run.master, b"q")
        assert run.end() == 3


def test_a_thread_that_never_ends_cannot_hold_the_process_after_a_signal(tmp_path: Path) -> None:
    with session(tmp_path, grace=0.5) as run:
        os.write(run.master, b"s")
        run.wait_for(b"a thread that never ends")
        run.process.send_signal(signal.SIGTERM)
        assert run.end() == 128 + signal.SIGTERM
        assert run.is_restored()
        assert run.trace.read_text() == "unmounted"


class Stream(io.StringIO):
    """A stream that says what a terminal or a file says of itself."""

    def __init__(self, *, terminal: bool = True, encoding: str = "utf-8") -> None:
        super().__init__()
        self._terminal, self._encoding = terminal, encoding

    def isatty(self) -> bool:
        return self._terminal

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding


TERMINAL, FILE = Stream(), Stream(terminal=False)
XTERM = {"TERM": "xterm"}


@pytest.mark.parametrize(
    ("environ", "streams", "expected"),
    [
        (XTERM, (TERMINAL, TERMINAL, TERMINAL), Surface.SCREEN),
        (XTERM, (FILE, TERMINAL, TERMINAL), Surface.TEXT),
        (XTERM, (TERMINAL, FILE, TERMINAL), Surface.TEXT),
        (XTERM, (TERMINAL, TERMINAL, FILE), Surface.TEXT),
        (XTERM, (None, TERMINAL, TERMINAL), Surface.TEXT),
        (XTERM, (TERMINAL, TERMINAL, None), Surface.TEXT),
        ({"TERM": "unknown"}, (TERMINAL, TERMINAL, TERMINAL), Surface.TEXT),
        ({"TERM": "dumb"}, (TERMINAL, TERMINAL, TERMINAL), Surface.TEXT),
        ({}, (TERMINAL, TERMINAL, TERMINAL), Surface.TEXT),
    ],
)
def test_the_dashboard_opens_only_on_a_capable_terminal(
    environ: dict[str, str], streams: tuple[Stream | None, Stream | None, Stream | None], expected: Surface
) -> None:
    assert surface(environ, *streams) is expected


@pytest.mark.parametrize("encoding", ["iso8859-1", "ascii", ""])
def test_a_terminal_without_utf_8_is_told_what_to_do(encoding: str) -> None:
    with pytest.raises(UsageError) as refusal:
        surface(XTERM, TERMINAL, TERMINAL, Stream(encoding=encoding))
    assert "UTF-8" in refusal.value.problem
    assert "simtui list" in refusal.value.next_step


def test_the_check_before_the_start_loads_no_textual() -> None:
    code = "import sys, simtui.tui.lifecycle; sys.exit('textual' in sys.modules or 'asyncio' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
