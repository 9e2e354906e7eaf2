"""What every test gets: a home of its own, a known terminal, English, and no network."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from simtui import i18n

# The same examples in every run, so that a red run is red for everybody; `HYPOTHESIS_PROFILE=explore` tries new ones.
settings.register_profile("same", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

FROM_OUTSIDE = ("LANG", "LANGUAGE", "NO_COLOR", "COLORTERM", "COLUMNS", "LINES", "TZ", "TMUX", "STY")

FIGURES = pytest.StashKey[list[str]]()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with the XDG folders in it; nothing of the developer's own reaches a test."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name in list(os.environ):
        own = name.startswith("TEXTUAL_SNAPSHOT_")  # set by the snapshot plugin for itself
        if name in FROM_OUTSIDE or (name.startswith(("LC_", "SIMTUI_", "TEXTUAL")) and not own):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("TERM", "xterm-256color")
    for name, below in (
        ("XDG_DATA_HOME", "data"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_CACHE_HOME", "cache"),
    ):
        monkeypatch.setenv(name, str(folder / below))
    return folder


@pytest.fixture
def data_file(home: Path) -> Path:
    """The data file that simtui uses by default. It does not exist yet, its folder does, for its owner only."""
    folder = home / "data" / "simtui"
    folder.mkdir(mode=0o700, parents=True)
    return folder / "simtui.json"


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    i18n.use(i18n.ENGLISH)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def refuse(sock: socket.socket, address: object) -> None:
        assert sock.family == socket.AF_UNIX, f"a test reached for the network: {address}"
        connect(sock, address)  # type: ignore[arg-type]  # the address is the caller's business

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Takes a line that is printed when all tests are through."""
    return request.config.stash.setdefault(FIGURES, []).append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the figures of the long tests."""
    if lines := config.stash.get(FIGURES, []):
        terminalreporter.section("figures")
        for line in lines:
            terminalreporter.line(line)
