"""Random sessions in the dashboard: keys, pastes, sizes, on lines with hostile names; and what must hold all the while."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from textual import events

from simtui.config import Settings
from simtui.desk import NewLine
from simtui.domain.act import Act, ActKind, Balances
from simtui.domain.calendar import Day
from simtui.domain.line import Line
from simtui.session import Options, open_desk
from simtui.text import cell_width, shown
from simtui.tui.keys import ACTIONS, twins
from tests.fuzz.material import HOSTILE_TEXTS
from tests.tui.dashboards import Dashboard, app_on, on_file, running

SIZES = ((80, 24), (120, 40), (45, 20), (200, 60), (30, 10), (20, 5), (80, 24))
KEYS = tuple(dict.fromkeys(key for action in ACTIONS for key in action.keys if key not in ("q", "ctrl+q")))
MORE_KEYS = (
    *("left", "right", "backspace", "delete", "insert", "ctrl+u", "ctrl+w", "ctrl+k", "ctrl+c", "ctrl+v", "ctrl+z"),
    *("f5", "f12", "d", "ctrl+left", "ctrl+home", "shift+left", "shift+f10", "alt+x", "ctrl+space", "ctrl+underscore"),
    *("enter", "enter", "enter", "tab", "escape", "escape", "space", "down", "up"),
)
TYPED = (
    "out.json",
    "out.csv",
    "10",
    "top",
    "mobicarte",
    "today",
    "-3d",
    "10EUR",
    "2026-11-20",
    "giffgaff",
    "Mum",
    "+33612345678",
    "due<14",
    "country:MC",
    "y",
    "５",
    "保号",
)
PASTED = (
    *(text for text in HOSTILE_TEXTS if "/" not in text or text.startswith(("[", "https"))),
    "solde 5,20 € valable jusqu'au 12/05/2027\n",
    "line\n" * 3000,
)
LABELS = (
    *(
        "[/x]",
        "[bold]x",
        "\u202eevil",
        "a\x1b[2Jb",
        "a\0b",
        "👩‍👩‍👧‍👦 family",
        "e" + "\u0301" * 150,
        "=1+1",
        "保" * 200,
        "x" * 200,
    ),
    *("\u200b", "line\nbreak", "{0} %s", "$(touch x)", "﷽" * 20, "🇫🇷❤️"),
)
OFFERS = ("orange-fr-mobicarte", "giffgaff-payg", "no-such-offer", "ultra-mobile-paygo", "monaco-telecom-prepaid")


def hostile_lines(file: Path) -> None:
    """Fill a data file with lines that are called what nobody would call them."""
    desk = open_desk(on_file(file), Settings())
    lines = []
    for at, label in enumerate(LABELS):
        acts = (
            Act(line=1, kind=ActKind.TOP_UP, day=Day(2026, 11, 1), amount=Decimal(10), currency="EUR", note=label),
            Act(line=1, kind=ActKind.BALANCE_READING, day=Day(2026, 11, 2), balances=Balances(data_mb=10**9, sms=1)),
            Act(line=1, kind=ActKind.STATEMENT, day=Day(2026, 11, 2), valid_until=Day(2199, 12, 31)),
        )
        offer = OFFERS[at % len(OFFERS)]
        line = Line(label=label, offer=offer, holder=label, device=label, notes=label * 15, tags=(label,) * 20)
        lines.append(NewLine(line, acts[: at % 4]))
    desk.add_lines(lines)
    desk.repository.close()


OPENERS = ("a", "e", "m", "v", "/", "x", "i", "c", "C", "t", "A", "D", "T", "L", ":", "y", "o", "3", "5")
CALLED = ("read an SMS", "own offer", "export", "import", "compare", "theme", "plan ahead", "archive")


def steps_of(seed: int, count: int) -> list[tuple[str, Any]]:
    """The same steps for the same seed."""
    dice = random.Random(seed)
    steps: list[tuple[str, Any]] = []
    while len(steps) < count:
        steps += _errand(dice) if dice.random() < 0.15 else [_step(dice)]
    return steps[:count]


def _errand(dice: random.Random) -> list[tuple[str, Any]]:
    """Open something, and go through it to its end: by chance alone few forms would ever be saved."""
    way: list[tuple[str, Any]] = [("key", "escape"), ("key", "escape")]
    if dice.random() < 0.3:
        way += [("key", ":"), ("type", dice.choice(CALLED)), ("key", "enter")]
    else:
        way.append(("key", dice.choice(OPENERS)))
    for _field in range(dice.randint(1, 8)):
        answer = dice.choice(
            (("type", dice.choice(TYPED)), ("paste", dice.choice(PASTED)), ("key", "down"), ("key", "space"))
        )
        way += [*([answer] if dice.random() < 0.6 else ()), ("key", "enter")]
    return [*way, ("key", dice.choice(("y", "enter", "escape")))]


def _step(dice: random.Random) -> tuple[str, Any]:
    match dice.choices(("key", "wide", "more", "type", "paste", "size"), (50, 6, 25, 8, 6, 5))[0]:
        case "key":
            return "key", dice.choice(KEYS)
        case "wide":
            key = dice.choice(KEYS)
            return "key", dice.choice(twins(key) or (key,))
        case "more":
            return "key", dice.choice(MORE_KEYS)
        case "type":
            return "type", dice.choice(TYPED)
        case "paste":
            return "paste", dice.choice(PASTED)
        case _:
            return "size", dice.choice(SIZES)


async def session(options: Options, seed: int, count: int) -> int:
    """Play the steps of a seed, looking at the screen after each; return how many were played."""
    dice = random.Random(seed)
    played = 0
    async with running(app_on(options), dice.choice(SIZES)) as dashboard:
        for kind, what in steps_of(seed, count):
            if not dashboard.app.is_running or dashboard.app.return_code is not None:
                break
            await _play(dashboard, kind, what)
            played += 1
            await _look(dashboard)
    return played


async def _play(dashboard: Dashboard, kind: str, what: Any) -> None:
    if kind == "key":
        await dashboard.press(what)
    elif kind == "type":
        await dashboard.type(what)
    elif kind == "paste":
        dashboard.app.post_message(events.Paste(what))
        await dashboard.pilot.pause()
    else:
        await dashboard.pilot.resize_terminal(*what)


async def _look(dashboard: Dashboard) -> None:
    """Nothing on the screen is obeyed by a terminal, and no row is wider than it."""
    for _turn in range(40):
        wide = [row for row in dashboard.text.split("\n") if cell_width(row) > dashboard.app.size.width]
        if not wide:
            break
        await dashboard.pilot.pause(0.05)  # the new size is known before everything is drawn in it
    assert not wide
    assert shown(dashboard.text.replace("\n", "")) == dashboard.text.replace("\n", "")
    assert all(len(notice) < 2000 for notice in dashboard.notices)


_OUTSIDE: list[str] = []
_INSIDE: list[Path] = []


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if not _INSIDE:
        return
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        path, _mode, flags = arguments
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        name = str(Path(os.fsdecode(path)).absolute())
        if writes and not name.startswith((f"{_INSIDE[-1]}/", "/dev/null")):
            _OUTSIDE.append(name)
    elif event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "socket.connect"):
        _OUTSIDE.append(event)


sys.addaudithook(_watch)


@contextmanager
def nothing_outside(folder: Path) -> Iterator[None]:
    """No file outside a folder is opened for writing meanwhile, no program started, nobody called."""
    _INSIDE.append(folder)
    try:
        yield
        assert not _OUTSIDE
    finally:
        _INSIDE.pop()
        _OUTSIDE.clear()
