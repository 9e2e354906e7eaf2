"""Inside tmux: copying reaches its buffer where tmux is told to take it, and where it may not, that is said."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ssh.conftest import skip_or_fail
from tests.ssh.logins import Remote, remote_command


class Tmux:
    """A tmux server of its own with one window of 80x24."""

    def __init__(self, folder: Path, settings: str) -> None:
        self.folder = folder
        (folder / "conf").write_text(settings)
        self.environ = {name: os.environ[name] for name in ("PATH", "HOME")}
        self.environ |= {"TMUX_TMPDIR": str(folder), "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}

    def __call__(self, *words: str, check: bool = True) -> str:
        """Run a tmux command and return what it prints."""
        done = subprocess.run(
            ["tmux", "-f", str(self.folder / "conf"), *words],
            env=self.environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=check,
            timeout=20,
        )
        return done.stdout

    @property
    def screen(self) -> str:
        """What stands in the window."""
        return self("capture-pane", "-p")

    def wait_for(self, text: str, seconds: float = 20) -> None:
        """Wait until this stands in the window."""
        end = time.monotonic() + seconds
        while text not in self.screen:
            assert time.monotonic() < end, self.screen
            time.sleep(0.05)


Start = Callable[[str], tuple[Tmux, Remote]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Opens the dashboard on the made-up lines in a tmux with these settings."""
    if shutil.which("tmux") is None:
        skip_or_fail("not installed: tmux (Debian: apt install tmux)")
    opened: list[Tmux] = []

    def start_one(settings: str) -> tuple[Tmux, Remote]:
        tmux = Tmux(tmp_path, settings)
        opened.append(tmux)
        command = remote_command(tmp_path / "pid", {}, "--demo", "--today", "2026-11-21")
        tmux("new-session", "-d", "-x", "80", "-y", "24", command)
        tmux.wait_for("palette")
        return tmux, Remote.named_in(tmp_path / "pid")

    yield start_one
    for tmux in opened:
        tmux("kill-server", check=False)


def test_what_is_copied_is_in_the_buffer_where_tmux_takes_it(start: Start) -> None:
    tmux, remote = start("set -s set-clipboard on\nset -g default-terminal tmux-256color\n")
    tmux("send-keys", "Y")
    tmux.wait_for("Sent to the terminal to copy")
    copied = tmux("show-buffer")
    assert copied.startswith("Demo Monaco")
    assert "\n" not in copied.rstrip("\n")
    tmux("send-keys", "q")
    assert remote.end(5) < 2


def test_where_tmux_may_not_take_it_that_is_said(start: Start) -> None:
    tmux, remote = start("set -s set-clipboard external\nset -g default-terminal screen\n")
    tmux("send-keys", "Y")
    tmux.wait_for("set-clipboard on")
    assert tmux("show-buffer", check=False) == ""
    tmux("kill-server")
    assert remote.end(8) < 2
