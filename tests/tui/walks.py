"""Walks for tests: a line whose renewal can be opened, the walk on the screen, the answers that finish a step."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from simtui.config import Settings
from simtui.desk import Desk, NewLine
from simtui.domain import walkthrough
from simtui.domain.line import Line
from simtui.domain.offer import Offer, OfferKind
from simtui.domain.procedure import FieldType, Procedure, StepKind
from simtui.holding import Holding
from simtui.procedures import procedures
from simtui.renewals import Renewals
from simtui.session import open_desk
from simtui.tui.screens.renewal import WalkScreen
from simtui.walk.staging import scene
from simtui.walk.walk import Walk
from tests.tui.dashboards import TODAY, Dashboard, filled, on_file

PARIS = {"Paris": "+33612345678 mobicarte 10EUR 2026-05-24"}
TEXTS = {
    FieldType.TEXT: "A-1",
    FieldType.LONG_TEXT: "seen",
    FieldType.DAY: "2027-01-05",
    FieldType.MONEY: "12 EUR",
    FieldType.COUNT: "7",
    FieldType.DATA: "2 GB",
}


def paris(file: Path) -> Path:
    """Write a line that is due in three days; return the file."""
    return filled(file, PARIS)


def opened(file: Path) -> Desk:
    """The desk on a data file, as another session has it."""
    return open_desk(on_file(file), Settings())


def walk_screen(board: Dashboard) -> WalkScreen:
    """The walk that is on the screen."""
    return next(screen for screen in reversed(board.app.screen_stack) if isinstance(screen, WalkScreen))


def line_for(desk: Desk, procedure: Procedure) -> Holding | None:
    """Add a line on an offer that the procedure is for; none for a first purchase."""
    if procedure.makes_line:
        return None
    offer = offer_of(desk, [*procedure.kinds, OfferKind.KEEP_NUMBER])
    number = "+33612345678" if offer.kind is OfferKind.KEEP_NUMBER else None
    [line_id] = desk.add_lines([NewLine(Line(label="Probe", number=number, offer=offer.id))])
    return desk.holding(line_id)


def offer_of(desk: Desk, kinds: Sequence[OfferKind]) -> Offer:
    """An offer that sells something, of the first of these kinds that has one."""
    found = [offer for each in desk.catalogue.ids if (offer := desk.catalogue.offer(each)) is not None]
    sold = [offer for offer in found if offer.kind in kinds and (offer.plans or offer.top_ups)]
    return min(sold, key=lambda offer: kinds.index(offer.kind))


def begun(desk: Desk, procedure: Procedure) -> Walk:
    """Begin a walk in that procedure."""
    holding = line_for(desk, procedure)
    if holding is None:
        return Walk.purchase(desk)
    new = walkthrough.begin(procedure, TODAY, line=holding.id)
    return Walk(desk, Renewals(desk).start([new]))


def answers(walk: Walk) -> list[tuple[str, str]]:
    """What can be answered at the present step, as (what, answer); it goes by the kind of step, never by its id."""
    now = scene(walk)
    found = [("tick", item.id) for item in now.items]
    for field in now.fields:
        if field.id in ("procedure", "code", "number"):
            continue
        if field.type is FieldType.TICKS:
            found.append((field.id, str(field.options[0].id)))
        elif field.type is FieldType.CHOICE:
            found += [(field.id, str(field.options[0].id))] if field.options else []
        else:
            text = "2026-11-20" if field.id == "paid-on" else TEXTS.get(field.type, "X1")
            found.append((field.id, text))
    if now.kind is StepKind.CHOOSE:
        found.append(("choose", now.choices[0].id) if now.choices else ("other", "12 EUR"))
    return found


def give(walk: Walk, answer: tuple[str, str]) -> None:
    """Give one answer."""
    what, value = answer
    if what == "tick":
        walk.tick(value, on=True)
    elif what == "choose":
        walk.choose(value)
    elif what == "other":
        walk.choose_other(value, "a pass")
    else:
        walk.fill(what, value)


ALL = procedures().all
ALWAYS = frozenset({"keep-online", "travel-buy"})
"""The procedures that every run walks through at length; `make soak` takes all."""
SOME = [pytest.param(each, id=each.id, marks=() if each.id in ALWAYS else (pytest.mark.soak,)) for each in ALL]
