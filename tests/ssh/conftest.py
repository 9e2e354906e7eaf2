"""A server for the whole run, a data file and logins for each test; all that was started is ended."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.ssh.logins import Login, Remote, remote_command
from tests.ssh.server import Sshd, missing

MUST_RUN = os.environ.get("SIMTUI_TEST_SSH") == "1"
"""`.ci/run` sets it: what is missing is a failure then, and nothing is skipped unseen. Read now: tests see no such variable."""


def skip_or_fail(why: str) -> None:
    """Skip a test for which something is missing; where all must run, fail it."""
    if MUST_RUN:
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture(scope="session")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    """A real sshd on loopback, under the account that runs the tests."""
    if why := missing():
        skip_or_fail(why)
    started = Sshd(tmp_path_factory.mktemp("sshd"))
    yield started
    started.stop()


class Session(NamedTuple):
    """One login with simtui in it: the client's side and the server's."""

    login: Login
    remote: Remote


class Server:
    """Opens logins for one test, on one data file."""

    def __init__(self, sshd: Sshd, folder: Path) -> None:
        self.sshd = sshd
        self.folder = folder
        self.data = folder / "data" / "simtui.json"
        self.data.parent.mkdir(mode=0o700, parents=True)
        self.environ = {
            name: str(folder / below)
            for name, below in (
                ("XDG_DATA_HOME", "data"),
                ("XDG_CONFIG_HOME", "config"),
                ("XDG_STATE_HOME", "state"),
                ("XDG_CACHE_HOME", "cache"),
            )
        }
        self._logins: list[Login] = []
        self._remotes: list[Remote] = []

    def login(
        self, *words: str, key: str = "free", term: str = "xterm-256color", size: tuple[int, int] = (80, 24)
    ) -> Login:
        """Log in on a terminal and run what `words` say."""
        return self.open(self.sshd.client(*words, key=key, options=["-tt"]), term=term, size=size)

    def open(self, client: Sequence[str], *, term: str = "xterm-256color", size: tuple[int, int] = (80, 24)) -> Login:
        """Start a client on a terminal of its own."""
        opened = Login(client, term=term, size=size)
        self._logins.append(opened)
        return opened

    def start(
        self,
        *arguments: str,
        term: str = "xterm-256color",
        size: tuple[int, int] = (80, 24),
        before: str = "",
        after: str = "",
        environ: Mapping[str, str] | None = None,
    ) -> Session:
        """Log in and run simtui on the data file; it may not have drawn anything yet."""
        given = ("--data", str(self.data), *arguments)
        file = self.folder / f"pid-{len(self._logins)}"
        command = remote_command(file, {**self.environ, **(environ or {})}, *given, before=before, after=after)
        login = self.login(command, term=term, size=size)
        remote = Remote.named_in(file)
        self._remotes.append(remote)
        return Session(login, remote)

    def close(self) -> None:
        """End what is still open."""
        for login in self._logins:
            login.close()
        for remote in self._remotes:
            remote.kill()


@pytest.fixture
def server(sshd: Sshd, tmp_path: Path) -> Iterator[Server]:
    """The server, with a data file of this test's own."""
    opened = Server(sshd, tmp_path)
    yield opened
    opened.close()
