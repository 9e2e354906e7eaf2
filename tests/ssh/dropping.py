"""A connection that is lost while somebody enters lines, in every way in which it can be lost."""

from __future__ import annotations

import os
import random
import re
import signal
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from simtui.store.tinydb_repository import open_repository
from tests.ssh.conftest import Server, Session

ENTRIES = 12
GONE_WITHIN = 8.0
"""Seconds: two until the lost terminal is noticed, one and a half for a clean end, the rest for a busy machine."""
MOST_CPU = 3.6
"""Seconds of processor time until the end, in which keys typed before are still worked off; an orphan would go on."""


def _kill_client(session: Session) -> None:
    session.login.client.kill()


def _kill_server_s_child(session: Session) -> None:
    os.kill(session.remote.parent, signal.SIGKILL)


def _close_terminal(session: Session) -> None:
    session.login.vanish()


def _terminate(session: Session) -> None:
    os.kill(session.remote.pid, signal.SIGTERM)


class Way(NamedTuple):
    """How a connection is lost; `before` stands before the program on the other side."""

    drop: Callable[[Session], None]
    before: str = ""


WAYS = {
    "the client is killed": Way(_kill_client),
    "sshd's child is killed": Way(_kill_server_s_child),
    "the terminal is closed": Way(_close_terminal),
    "the program is terminated": Way(_terminate),
    "nobody sends a SIGHUP": Way(_kill_client, before="setsid --wait"),
}


class Outcome(NamedTuple):
    """What was seen to be saved, what of that was lost, and how the process ended."""

    acknowledged: int
    saved: int
    lost: list[str]
    problems: list[str]
    cpu: float


class Moment(NamedTuple):
    """When the connection is lost: so many seconds after so many lines were seen to be saved."""

    entries: int
    seconds: float


def moments(chance: random.Random) -> Iterator[Moment]:
    """Moments from the log-in to the midst of the entries; without an entry nothing is typed."""
    while True:
        entries = chance.randrange(6)
        yield Moment(entries, chance.uniform(0, 0.3 if entries else 2.5))


def _seen(session: Session) -> set[str]:
    """The lines that stood in the list, where only what is saved stands."""
    return set(re.findall(r"(K\d\d)\s+Discover", session.login.text))


def dropped(server: Server, way: Way, moment: Moment) -> Outcome:
    """Enter lines one after the other, lose the connection at that moment, and look what is left."""
    session = server.start(before=way.before)
    if moment.entries:
        session.login.wait_for("Welcome")
        session.login.type("".join(f"aK{number:02}\rairalo\x13" for number in range(1, ENTRIES + 1)))
    while len(_seen(session)) < moment.entries:
        session.login.wait_anew("Discover")
    end = time.monotonic() + moment.seconds
    while (left := end - time.monotonic()) > 0:
        session.login.read(min(left, 0.05))
    seen = _seen(session)
    way.drop(session)
    cpu = session.remote.end(GONE_WITHIN)
    if not server.data.exists():
        return Outcome(len(seen), 0, sorted(seen), [], cpu)
    repository = open_repository(server.data, read_only=True)
    saved = [str(document.body["label"]) for document in repository.list("line")]
    problems = [f"{problem.place}: {problem.problem}" for problem in repository.check()]
    repository.close()
    if len(saved) != len(set(saved)):
        problems.append("a line is there twice")
    return Outcome(len(seen), len(saved), sorted(seen - set(saved)), problems, cpu)
