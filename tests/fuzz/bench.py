"""The place where things are tried out: a home of its own, good files to damage, and what must hold after every try."""

from __future__ import annotations

import io
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import FrameType
from typing import Any, Never
from unittest import mock

import orjson

from simtui import catalogue, paths
from simtui.catalogue import Catalogue
from simtui.cli import main, running
from simtui.config import Settings
from simtui.domain.act import Act, ActKind, Balances
from simtui.domain.calendar import Day
from simtui.domain.standing import Phase
from simtui.holding import outlook_of
from simtui.session import Options, open_desk
from simtui.text import showable
from simtui.transfer import exported
from tests.fuzz.good import LINES, OWN
from tests.tui.dashboards import filled

TODAY = Day(2026, 11, 21)
FINGERPRINT = ["as it was"]
PATIENCE = 20.0
"""Seconds of work that one example may take; what takes longer is taken for a hang."""
WAITING = 6.0
"""So many times as long it may take by the clock, on a busy machine."""


def _life(line: int) -> list[Act]:
    """Return acts of every sort, so that a changed rule has something to work on."""
    days = {ActKind.ACTIVATION: Day(2026, 5, 31), ActKind.CALL_OUT: Day(2026, 8, 31), ActKind.SMS_IN: Day(2026, 9, 1)}
    acts = [Act(line=line, kind=kind, day=day) for kind, day in days.items()]
    left = Balances(credit=Decimal("3.5"), currency="EUR", data_mb=512)
    acts.append(Act(line=line, kind=ActKind.BALANCE_READING, day=Day(2026, 11, 1), balances=left))
    five = Act(line=line, kind=ActKind.FEE, day=Day(2026, 11, 4), amount=Decimal(5), currency="EUR")
    acts.append(five.model_copy(update={"kind": ActKind.PLAN_PURCHASE, "day": Day(2026, 11, 2), "plan": "week"}))
    acts.append(Act(line=line, kind=ActKind.HOLD, day=Day(2026, 11, 3), valid_until=Day(2026, 12, 3)))
    return [*acts, five]


class Hangs(BaseException):
    """An example took too long. No `except Exception` of the program's may swallow it."""


@contextmanager
def patience(seconds: float = PATIENCE) -> Iterator[None]:
    """Break off what works longer, or waits much longer, with a stack that says where it was."""

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise Hangs(f"still busy after {seconds} s")

    timers = {signal.SIGPROF: (signal.ITIMER_PROF, seconds), signal.SIGALRM: (signal.ITIMER_REAL, WAITING * seconds)}
    before = {number: signal.signal(number, ring) for number in timers}
    for timer, after in timers.values():
        signal.setitimer(timer, after)
    try:
        yield
    finally:
        for number, (timer, _after) in timers.items():
            signal.setitimer(timer, 0)
            signal.signal(number, before[number])


@dataclass(frozen=True)
class Bench:
    """A home with good files in `data`, and everything that can be made once for all tries."""

    home: Path
    book: Catalogue
    data: bytes
    export: dict[str, Any]
    glance: dict[str, Any]

    @classmethod
    def at(cls, home: Path) -> Bench:
        """Fill a home; the environment points to it already."""
        file = home / "data" / "simtui" / "simtui.json"
        file.parent.mkdir(mode=0o700, parents=True)
        (file.parent / "carriers.json").write_bytes(orjson.dumps(OWN))
        filled(file, LINES)
        book = catalogue.load(paths.bundled("carriers.json"), file.parent / "carriers.json")
        assert not book.check_all(), book.check_all()
        desk = open_desk(Options(data=file, today=TODAY), Settings())
        desk.record(_life(5))
        assert desk.holding(5).standing.phase is not Phase.UNKNOWN
        export = orjson.loads(exported(desk, "json"))
        rows = [list(outlook_of(held, "Carrier")) for held in desk.holdings()]
        assert not desk.problems
        desk.repository.close()
        glance = {"of": FINGERPRINT, "days": {"Europe/Paris": "2026-11-21"}, "banner": "Banner", "rows": rows}
        return cls(home, book, file.read_bytes(), export, glance)

    @property
    def data_file(self) -> Path:
        return self.home / "data" / "simtui" / "simtui.json"

    @property
    def own_file(self) -> Path:
        return self.home / "data" / "simtui" / "carriers.json"

    @property
    def config_file(self) -> Path:
        return self.home / "config" / "simtui" / "config.toml"

    def today_in(self, _zone: str) -> Day:
        return TODAY

    @contextmanager
    def holding(self, contents: Mapping[Path, bytes]) -> Iterator[None]:
        """Put files there for one example; afterwards they must be as they were, with no other beside them."""
        for path, content in contents.items():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.write_bytes(content)
        before = self.files()
        yield
        after = self.files()
        assert after == before, f"written: {sorted(name for name in after if after[name] != before.get(name))}"

    def files(self) -> dict[str, bytes]:
        """Everything in the home but locks, which are empty, and what is kept to be quick."""
        kept = (path for path in self.home.rglob("*") if path.is_file() and path.suffix not in (".lock", ".glance"))
        return {str(path.relative_to(self.home)): path.read_bytes() for path in kept if "cache" not in path.parts}


def said(arguments: Sequence[str], stdin: bytes = b"") -> tuple[int, str]:
    """Run a command as `main` does and return its status and all it said; a defect is raised instead of told.

    What a terminal would obey must have become an escape.
    """
    out, err = io.StringIO(), io.StringIO()
    source = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8", errors="surrogateescape")
    with (
        mock.patch.object(sys, "stdin", source),
        mock.patch.object(sys, "stdout", out),
        mock.patch.object(sys, "stderr", err),
        mock.patch.object(running, "_without_values", _raise),
    ):
        status = main([*arguments, f"--today={TODAY}"])
    text = out.getvalue() + err.getvalue()
    for line in () if "--format=csv" in arguments else text.split("\n"):
        assert showable(line) == line.replace("\ufe0f", ""), f"a terminal would obey this: {line!r}"
    return status, text


def _raise(defect: Exception) -> Never:
    raise defect
