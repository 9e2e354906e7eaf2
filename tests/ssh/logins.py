"""Logins on pseudo-terminals: the client here, simtui on the other side, and how each of them is doing."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shlex
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

ROOT = Path(__file__).parents[2]
SEQUENCE = re.compile(rb"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|P[^\x1b]*\x1b\\|[()][A-Z0-9]|[=>78])")
ON_AND_OFF = {mode: (b"\x1b[?%dh" % mode, b"\x1b[?%dl" % mode) for mode in (1000, 1003, 1006, 1004, 1049, 2004)}
"""What the dashboard switches on and must switch off: mouse, focus reports, alternate screen, bracketed paste."""

TICKS = os.sysconf("SC_CLK_TCK")


class Login:
    """A client on a terminal of its own, seen from where a person sits."""

    def __init__(
        self, command: Sequence[str], *, term: str = "xterm-256color", size: tuple[int, int] = (80, 24)
    ) -> None:
        self.master, slave = pty.openpty()
        self.seen = b""
        self.resize(*size)
        self.client = subprocess.Popen(
            ["setsid", "--ctty", *command],  # so that the kernel tells the client of another size
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "TERM": term},
        )
        self.before = termios.tcgetattr(slave)
        self.slave = slave

    @property
    def text(self) -> str:
        """All that was ever written, without the sequences."""
        return SEQUENCE.sub(b"", self.seen).decode("utf-8", "replace")

    def read(self, seconds: float = 0.05) -> None:
        """Take in what is there, waiting for it so long."""
        if self.master >= 0 and select.select([self.master], [], [], seconds)[0]:
            with suppress(OSError):
                self.seen += os.read(self.master, 65536)

    def wait_for(self, text: str, seconds: float = 20) -> None:
        """Read until this has been written."""
        end = time.monotonic() + seconds
        while text not in self.text:
            assert time.monotonic() < end, f"{text!r} never came: {self.text[-2000:]!r}"
            self.read()

    def wait_anew(self, text: str, seconds: float = 20) -> None:
        """Read until this has been written after now."""
        kept, self.seen = self.seen, b""
        try:
            self.wait_for(text, seconds)
        finally:
            self.seen = kept + self.seen

    def quiet(self, seconds: float = 0.4) -> None:
        """Read until nothing has come for so long."""
        length = -1
        while length != len(self.seen):
            length = len(self.seen)
            self.read(seconds)

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self.master, keys.encode())

    def resize(self, width: int, height: int) -> None:
        """Give the window another size."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def status(self, seconds: float = 15) -> int:
        """The client's exit status, which is that of the remote command."""
        end = time.monotonic() + seconds
        while self.client.poll() is None:
            assert time.monotonic() < end, f"still running: {self.text[-2000:]!r}"
            self.read()
        self.quiet(0.05)
        assert self.client.returncode is not None
        return self.client.returncode

    def vanish(self) -> None:
        """Close the terminal on this side, as a terminal program that dies does."""
        os.close(self.slave)
        os.close(self.master)
        self.master = self.slave = -1

    def left_on(self) -> list[int]:
        """The modes that were switched on last and not off again; the cursor is mode 25 and counts if it is hidden."""
        found = [mode for mode, (on, off) in ON_AND_OFF.items() if self.seen.rfind(on) > self.seen.rfind(off)]
        return found + ([25] if self.seen.rfind(b"\x1b[?25l") > self.seen.rfind(b"\x1b[?25h") else [])

    def close(self) -> None:
        """End the client, however it is doing."""
        if self.client.poll() is None:
            self.client.kill()
        self.client.wait()
        if self.master >= 0:
            self.vanish()


class Remote:
    """A process on the other side, from its process id."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    @classmethod
    def named_in(cls, file: Path, seconds: float = 15) -> Self:
        """Wait until the process has written its id into this file."""
        end = time.monotonic() + seconds
        while not (file.exists() and file.read_text().strip()):
            assert time.monotonic() < end, f"nothing wrote {file}"
            time.sleep(0.02)
        return cls(int(file.read_text()))

    def _stat(self) -> list[str]:
        try:
            return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return []

    @property
    def gone(self) -> bool:
        """Whether it has ended; what nobody has collected yet counts as ended."""
        fields = self._stat()
        return not fields or fields[0] in "ZX"

    @property
    def state(self) -> str:
        """R, S or D while it runs or waits, T where it was suspended, an empty text where it has ended."""
        return "" if self.gone else (self._stat() or [""])[0]

    @property
    def parent(self) -> int:
        """The process that started it: sshd's child for this login. 0 where it has ended."""
        return int((self._stat() or ["", "0"])[1])

    @property
    def cpu(self) -> float:
        """Seconds of processor time so far."""
        fields = self._stat()
        return sum(map(int, fields[11:13])) / TICKS if fields else 0.0

    @property
    def children(self) -> list[int]:
        """Its child processes now."""
        return [other.pid for other in map(Remote, _numbers()) if other.parent == self.pid]

    def end(self, seconds: float) -> float:
        """Wait until it has ended; return the processor time that it took for that."""
        began, last = self.cpu, 0.0
        end = time.monotonic() + seconds
        while not self.gone:
            last = max(last, self.cpu)
            assert time.monotonic() < end, f"{self.pid} is an orphan; {last - began:.1f} s of processor time"
            time.sleep(0.02)
        return max(0.0, last - began)

    def kill(self) -> None:
        """For the end of a test."""
        if not self.gone:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)


def _numbers() -> Iterator[int]:
    """The ids of all processes."""
    return (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())


def remote_command(
    pid_file: Path, environ: Mapping[str, str], *arguments: str, before: str = "", after: str = ""
) -> str:
    """What a shell on the other side is to run: simtui, in this checkout, with exactly this environment added.

    `before` stands before the program (`setsid --wait`), `after` behind it (a redirection).
    """
    given = " ".join(f"{name}={shlex.quote(value)}" for name, value in environ.items())
    program = shlex.join([sys.executable, "-m", "simtui", *arguments])
    run = f"echo $$ > {shlex.quote(str(pid_file))}; exec env {given} {program}"
    inner = f"exec {before} sh -c {shlex.quote(run)}" if before else run
    return f"cd {shlex.quote(str(ROOT))}; {inner} {after}"
