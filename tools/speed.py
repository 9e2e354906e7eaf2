"""Makes a reseller's data file in a temporary folder and measures what the dashboard waits for: `python tools/speed.py`.

Usage: python tools/speed.py [LINES [ACTS_A_LINE]]

Times are seconds of this process's work, so that other programs disturb them little; the first figure, a loop of a
million additions, tells how quick the machine is just now.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from simtui.config import Settings
from simtui.desk import Desk, NewLine
from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day
from simtui.quick import parse
from simtui.session import Options, open_desk
from simtui.tui.board import Board

TODAY = Day(2026, 11, 25)
LINES = ("mobicarte 10EUR", "giffgaff sms", "sfr la carte 10EUR", "ultra mobile 3USD", "free 2 2EUR")
DAYS_BACK = 900

T = TypeVar("T")


def fill(desk: Desk, lines: int, acts: int) -> None:
    """Add lines of several offers, each with acts on days of the last years; the same ones at every run."""
    chance = random.Random(1)  # noqa: S311 - not a secret
    models = [parse(f"X {words} 2026-10-01", desk.catalogue, desk.today_in) for words in LINES]
    new: list[NewLine] = []
    for number in range(lines):
        model = models[number % len(models)]
        days = [TODAY.subtract(days=chance.randrange(DAYS_BACK)) for _act in range(acts)]
        past = [model.acts[0].model_copy(update={"day": day, "order": order}) for order, day in enumerate(days, 1)]
        named = {"number": f"+336{12_000_000 + number}", "label": f"Line {number}"}
        new.append(NewLine(model.line.model_copy(update=named), tuple(past)))
    desk.add_lines(new)


def timed(what: str, work: Callable[[], T]) -> T:
    """Do the work and print how long it took."""
    started = time.process_time()
    done = work()
    print(f"{what:48}{time.process_time() - started:8.3f}")
    return done


def measure(file: Path) -> None:
    """Open the file as a new start does, reckon all lines, then change one."""
    options, settings = Options(data=file, today=TODAY), Settings()
    timed("a million additions", lambda: sum(number + 1 for number in range(1_000_000)))
    desk = timed("open the file and the catalogue", lambda: open_desk(options, settings))
    timed("of these: the lines and acts alone, read again", open_desk(options, settings).holdings)
    timed("all lines with their standings", lambda: [holding.standing for holding in desk.each_holding()])
    held = desk.holdings()
    board = Board(desk)
    timed("rows of the dashboard", board.refresh)
    line_id = held[len(held) // 2].id
    paid = Act(line=line_id, kind=ActKind.TOP_UP, day=TODAY, amount=Decimal(10), currency="EUR")
    timed("record an act: write the file", lambda: desk.record([paid]))
    timed("standing of the changed line", lambda: desk.holding(line_id).standing)
    timed("all holdings after the change", desk.holdings)
    timed("rows of the dashboard after the change", board.refresh)
    desk.repository.close()


def main() -> None:
    """Measure with as many lines and acts a line as the command line says."""
    lines, acts = (*map(int, sys.argv[1:]), *(10_000, 10)[len(sys.argv) - 1 :])
    with TemporaryDirectory() as folder:
        file = Path(folder) / "simtui.json"
        desk = open_desk(Options(data=file, today=TODAY), Settings())
        fill(desk, lines, acts)
        desk.repository.close()
        print(f"{lines} lines, {lines * acts} acts, {file.stat().st_size / 1e6:.1f} MB")
        measure(file)


if __name__ == "__main__":
    main()
