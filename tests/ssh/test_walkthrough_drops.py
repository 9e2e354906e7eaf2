"""The connection is lost in the middle of a walkthrough: every answered question is kept, and it goes on from there."""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from simtui.store.tinydb_repository import open_repository
from tests.ssh.conftest import Server
from tests.ssh.dropping import GONE_WITHIN, WAYS, Moment, Way
from tests.ssh.server import Sshd
from tests.tui.dashboards import filled

TIMES = 20
TODAY = "--today=2026-11-21"
ANSWERS = ("", "2.10 EUR", "", "", "1711", "2323", "2026-12-24", "1", *[""] * 5)
"""The line is the right one; a reading of the balance, on the site; the usual way; everything is laid out."""
KEPT = {number: answer.split()[0] for number, answer in enumerate(ANSWERS) if len(answer) > 1}
PROMPT = re.compile(r"^> ", re.MULTILINE)


def lost_in_a_walkthrough(server: Server, way: Way, moment: Moment) -> tuple[int, list[str]]:
    """Answer as fast as the keys can be pressed, lose the connection, go on; return what was answered and what is wrong."""
    filled(server.data, {"Paris": "+33639980001 mobicarte 10EUR 2026-05-24"})
    session = server.start("renew", "1", TODAY, before=way.before)
    session.login.type("".join(f"{answer}\r" for answer in ANSWERS))
    while _asked(session.login.text) <= moment.entries:
        session.login.read()
    end = time.monotonic() + moment.seconds
    while (left := end - time.monotonic()) > 0:
        session.login.read(min(left, 0.02))
    answered = _asked(session.login.text) - 1  # the next question is only asked when the answer is saved
    way.drop(session)
    session.remote.end(GONE_WITHIN)
    with closing(open_repository(server.data, read_only=True)) as repository:
        found = json.dumps([document.body for kind in ("renewal", "act") for document in repository.list(kind)])
        wrong = [f"{problem.place}: {problem.problem}" for problem in repository.check()]
    wrong += [f"lost: {value}" for number, value in KEPT.items() if number < answered and value not in found]
    again = server.start("renew", "1", TODAY)
    again.login.wait_for("You were at step" if answered else "Renewing Paris")
    again.login.type("q\r")
    if again.login.status() != 0:
        wrong.append("it does not go on")
    return answered, wrong


def _asked(text: str) -> int:
    return len(PROMPT.findall(text.replace("\r", "")))


def _moment(chance: random.Random) -> Moment:
    return Moment(chance.randrange(len(ANSWERS)), chance.uniform(0, 0.1))


@pytest.mark.parametrize(("way", "number"), [(way, number) for number, way in enumerate(WAYS)])
def test_every_answered_question_is_kept(server: Server, way: str, number: int) -> None:
    answered, wrong = lost_in_a_walkthrough(server, WAYS[way], _moment(random.Random(number)))
    assert answered >= 0
    assert wrong == []


@pytest.mark.soak
@pytest.mark.parametrize("way", WAYS)
def test_many_times(sshd: Sshd, tmp_path: Path, figure: Callable[[str], None], way: str) -> None:
    chance, answered = random.Random(), 0
    wrong: list[str] = []
    for number in range(TIMES):
        server = Server(sshd, tmp_path / f"{number}")
        try:
            count, found = lost_in_a_walkthrough(server, WAYS[way], _moment(chance))
        finally:
            server.close()
        answered, wrong = answered + count, wrong + found
    figure(f"ssh: in a walkthrough, {way}, {TIMES} times: {answered} answered questions, wrong: {wrong or 0}")
    assert wrong == []
