"""Fills in forms without an app: a desk on a folder of the test's, and keys as a person presses them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from simtui import catalogue, paths
from simtui.desk import Desk, NewLine
from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day
from simtui.domain.line import Line
from simtui.holding import Holding
from simtui.store.tinydb_repository import open_repository
from simtui.tui.forms.drawing import draw
from simtui.tui.forms.model import Form
from simtui.tui.forms.state import FormState
from simtui.tui.widgets.spans import plain

TODAY = Day(2026, 11, 21)


def desk_in(folder: Path, own: Path | None = None) -> Desk:
    """A desk on an empty file, with the bundled offers, on 21 November 2026."""
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    offers = catalogue.load(paths.bundled("carriers.json"), own)
    return Desk(open_repository(folder / "simtui.json"), offers, today=TODAY)


def held(desk: Desk, offer: str, *acts: Act, **fields: Any) -> Holding:
    """A line on an offer, as the desk has it."""
    line = Line(offer=offer, **({"label": "Mine"} | fields))
    return desk.holding(desk.add_line(NewLine(line, acts)))


def top_up(day: str, amount: str = "10", currency: str = "EUR") -> Act:
    return Act(line=1, kind=ActKind.TOP_UP, day=Day.parse_iso(day), amount=Decimal(amount), currency=currency)


def preview(form: Form[Any, Any], **values: str) -> str:
    """The lines beneath the form, for values beside what it begins with."""
    return "\n".join(plain(line) for line in form.preview({**form.initial(), **values}, 76))


def press(state: FormState[Any, Any], *keys: str) -> None:
    """Press keys: "enter", "tab" and editing keys by name, anything else is typed."""
    for key in keys:
        if key in ("enter", "tab"):
            state.accept()
            state.step(1)
        elif key in ("up", "down"):
            step = -1 if key == "up" else 1
            if not state.move_option(step):
                state.step(step)
        elif not state.press(key):
            state.type(key)


def screen(state: FormState[Any, Any], width: int, height: int) -> list[str]:
    """The form as text."""
    return [plain(row.line) for row in draw(state, (width, height)).rows]
