"""A desk with real offers, and walks on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from simtui.catalogue import Catalogue, load
from simtui.desk import Desk, NewLine
from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day
from simtui.domain.line import Line
from simtui.domain.procedure import StepKind
from simtui.holding import Holding
from simtui.paths import bundled
from simtui.store.tinydb_repository import open_repository
from simtui.walk.walk import Walk

TODAY = Day(2026, 11, 21)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load(bundled("carriers.json"), None)


@pytest.fixture
def desk(data_file: Path, catalogue: Catalogue) -> Iterator[Desk]:
    repository = open_repository(data_file)
    yield Desk(repository, catalogue, today=TODAY)
    repository.close()


Hold = Callable[..., Holding]


@pytest.fixture
def hold(desk: Desk) -> Hold:
    """Holds a line on an offer, topped up with EUR 10 on 2026-05-24 unless it is to have other acts."""

    def held(label: str = "Paris", offer: str = "orange-fr-mobicarte", acts: Any = None, **fields: Any) -> Holding:
        line = Line(label=label, offer=offer, **fields)
        return desk.holding(desk.add_line(NewLine(line, (top_up(),) if acts is None else acts)))

    return held


def top_up() -> Act:
    return Act(line=1, kind=ActKind.TOP_UP, day=Day(2026, 5, 24), amount=Decimal(10), currency="EUR")


def go_to(walk: Walk, kind: StepKind) -> None:
    """Goes on to the step of a kind, answering only what has to be answered."""
    while walk.place.step.kind is not kind:
        if walk.place.step.kind is StepKind.CHOOSE and not walk.renewal.items:
            walk.choose_other(f"10 {walk.some_offer.currency}")
        walk.go_on()


def acts(desk: Desk, line: int = 1) -> list[str]:
    """The acts of a line in words: day, kind, amount or date."""
    told = []
    for act in desk.holding(line).plain_acts:
        amount = "" if act.amount is None else f" {act.amount} {act.currency}"
        until = "" if act.valid_until is None else f" until {act.valid_until}"
        told.append(f"{act.day} {act.kind.value}{amount}{until}")
    return told
