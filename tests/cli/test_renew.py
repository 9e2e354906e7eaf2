"""The walkthrough as plain prompts: recorded runs, cut off everywhere, and what it says and refuses."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest

from simtui.catalogue import Catalogue, load
from simtui.cli import main
from simtui.desk import Desk
from simtui.domain.calendar import Day
from simtui.paths import bundled
from simtui.procedures import procedures
from simtui.store.tinydb_repository import open_repository
from tests.cli.conftest import Run as Simtui
from tests.cli.walks import RUNS, SIGN, Answers, Run, Section, outcome, read

NAMES = sorted(file.stem for file in RUNS.glob("*.txt"))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(bundled("carriers.json"), None)


class Typist(io.TextIOBase):
    """A standard input that reads what was said, and answers; after `most` answers it ends."""

    def __init__(self, screen: io.StringIO, answers: Answers, most: int | None = None) -> None:
        self.screen, self.answers, self.most = screen, answers, most
        self.given = 0

    def isatty(self) -> bool:
        return False

    def readline(self, _size: int | None = -1, /) -> str:  # type: ignore[override]
        if self.given == self.most:
            return ""
        told = self.screen.getvalue()
        assert told.endswith(SIGN), told[-200:]
        self.given += 1
        assert self.given < 300, told[-2000:]
        return self.answers.to(told) + "\n"


Talk = Callable[[Section, Answers, int | None], tuple[int, str, int]]


@pytest.fixture
def talk(data_file: Path, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """Runs a section's command with its answers; returns exit status, what was said, and how many answers were given."""

    def run(section: Section, answers: Answers, most: int | None = None) -> tuple[int, str, int]:
        screen = io.StringIO()
        typist = Typist(screen, answers, most)
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdin", typist)
            patched.setattr(sys, "stdout", screen)
            status = main([*section.command, f"--today={section.today}"])
        return status, screen.getvalue(), typist.given

    return run


@pytest.fixture
def ended(data_file: Path, catalogue: Catalogue) -> Callable[[Run], str]:
    """Returns what there is in the data file, as it stands on the last day of a run."""

    def of(run: Run) -> str:
        repository = open_repository(data_file, read_only=True)
        try:
            return outcome(Desk(repository, catalogue, today=Day.parse_iso(run.sections[-1].today)))
        finally:
            repository.close()

    return of


def hold(simtui: Simtui, run: Run) -> None:
    for line in run.held:
        assert simtui("add", "--stdin", stdin=f"{line}\n").status == 0


@pytest.mark.parametrize("name", NAMES)
def test_a_recorded_run_comes_out_as_written(
    simtui: Simtui, talk: Talk, ended: Callable[[Run], str], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run = read(RUNS / f"{name}.txt")
    hold(simtui, run)
    for section in run.sections:
        answers = Answers(section)
        status, told, _given = talk(section, answers, None)
        assert (status, capsys.readouterr().err) == (section.ends, ""), told
        assert not answers.unused, told
        for words in section.hears:
            assert words in told
    assert ended(run) == run.outcome


CUT = sorted(
    {
        *(each.id for each in procedures().all),
        "failed-nobody-knows",
        "failed-later",
        "failed-other-method",
        "several-lines",
        "wrong-input",
    }
)
"""Every procedure, and the branches that ask what no procedure asks."""
ALWAYS = frozenset({"keep-shop", "failed-later"})
"""Those that every run cuts off; `make soak` takes all. Each is some forty starts of the program."""


def test_there_is_a_run_of_every_procedure() -> None:
    assert {each.id for each in procedures().all} <= set(NAMES)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in ALWAYS else (pytest.mark.soak,)) for name in CUT]
)
def test_ending_the_input_at_any_question_loses_nothing(
    simtui: Simtui, talk: Talk, ended: Callable[[Run], str], data_file: Path, name: str
) -> None:
    run, told = read(RUNS / f"{name}.txt"), ""
    hold(simtui, run)
    for section in run.sections:
        answers, most, saved = Answers(section), 0, b""
        for _start in range(150):
            assert most < 20, told[-1500:]
            before = deepcopy(answers)
            status, told, given = talk(section, answers, most)
            if given < most or "The input ended." not in told:
                break
            assert status == 1
            assert "goes on from here." in told.splitlines()[-1]
            now = data_file.read_bytes()
            # What was not saved is answered again, and one answer more.
            most, answers = (most + 1, before) if now == saved else (1, answers)
            saved = now
        assert status == section.ends, told
    assert ended(run) == run.outcome


@pytest.mark.parametrize(("typed", "heard"), [("q", "goes on from here"), ("b", "Step 3 of 8")])
def test_commands_work_where_everything_is_answered(simtui: Simtui, typed: str, heard: str) -> None:
    assert simtui("add", "--stdin", stdin="+33639980001 Paris: mobicarte 10EUR 2026-05-24\n").status == 0
    simtui("renew", "1", stdin="\n2.10 EUR\n\n\n\n\n2026-11-24\n1\n\n\n\n\n\nb\nq\n")

    told = simtui("renew", "1", stdin=f"{typed}\n").out.partition("Everything here is answered.")[2]

    assert heard in told
    assert "1 of 4" not in told.partition(heard)[0], "it is not asked once more"
