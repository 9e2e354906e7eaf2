"""The connection is lost while somebody works: no process stays, no processor time is burnt, nothing is lost."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ssh.conftest import Server
from tests.ssh.dropping import MOST_CPU, WAYS, dropped, moments
from tests.ssh.server import Sshd

TIMES = 20

MOMENTS = dict(zip(WAYS, moments(random.Random(20261121)), strict=False))


@pytest.mark.parametrize("way", WAYS)
def test_a_lost_connection_loses_nothing_and_leaves_nothing(server: Server, way: str) -> None:
    outcome = dropped(server, WAYS[way], MOMENTS[way])
    assert outcome.acknowledged >= MOMENTS[way].entries
    assert outcome.lost == []
    assert outcome.problems == []
    assert outcome.cpu < MOST_CPU


@pytest.mark.soak
@pytest.mark.parametrize("way", WAYS)
def test_many_lost_connections(sshd: Sshd, tmp_path: Path, figure: Callable[[str], None], way: str) -> None:
    outcomes = []
    for number, moment in zip(range(TIMES), moments(random.Random()), strict=False):
        server = Server(sshd, tmp_path / f"{number}")
        try:
            outcomes.append(dropped(server, WAYS[way], moment))
        finally:
            server.close()
    lost = sum(len(outcome.lost) for outcome in outcomes)
    problems = sum(len(outcome.problems) for outcome in outcomes)
    figure(
        f"ssh: {way}, {len(outcomes)} times: {sum(outcome.acknowledged for outcome in outcomes)} lines seen to be saved, "
        f"{lost} lost, {problems} faults in the files, no process left; "
        f"at most {max(outcome.cpu for outcome in outcomes):.1f} s of processor time until its end"
    )
    assert (lost, problems) == (0, 0)
