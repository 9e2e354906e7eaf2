"""Everything that the guides tell a person to have, do, know or ask is served by a part of a procedure with an id.

The rows, and how their parts are written, stand in `tests/procedures/rows.py`.
"""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

import simtui
from simtui import renewals
from simtui.domain import walkthrough
from simtui.domain.act import ReadingSource
from simtui.domain.offer import PaymentMethod
from simtui.domain.procedure import Procedure, ProcedureStep
from simtui.domain.renewal import Check
from simtui.procedures import IDS, procedures
from tests.procedures.rows import BRANCHES, PROCEDURE_ROWS, TABLES, TIPS, rows

MODULES: dict[str, ModuleType] = {"walkthrough": walkthrough, "renewals": renewals}
OPTIONS = {"PaymentMethod": PaymentMethod, "Check": Check, "ReadingSource": ReadingSource}


class Part(NamedTuple):
    """What serves: all its English words, and the facts it shows."""

    words: str
    facts: tuple[str, ...]


def english(value: Any) -> str:
    """Return every English text in a record, one a line."""
    if isinstance(value, dict):
        own = [value["en"]] if "en" in value else []
        return "\n".join(own + [english(part) for key, part in value.items() if key not in ("en", "zh")])
    return "\n".join(english(part) for part in value) if isinstance(value, (list, tuple)) else ""


def part_of(path: str) -> Part | None:
    """Return the part of that path, None where there is none."""
    if path.startswith("?"):
        return next((_part(each) for each in procedures().questions if each.id == path[1:]), None)
    if "." in path:
        whose, _dot, name = path.partition(".")
        if whose in MODULES:
            return Part("", ()) if _is_called(MODULES[whose], name) else None
        if whose in OPTIONS:
            return Part("", ()) if name in list(OPTIONS[whose]) else None
        told = getattr(procedures().get(whose), name, None)
        return None if told is None else _part(told)
    procedure_id, *inside = path.split("/")
    return _inside(procedures().get(procedure_id), inside)


def _is_called(module: ModuleType, name: str) -> bool:
    """Whether the program, not only a test, takes this function of a module: what nobody calls serves nothing."""
    last = module.__name__.rpartition(".")[2]
    taken = re.compile(rf"\b{last}\.{name}\b|from {re.escape(module.__name__)} import .*\b{name}\b")
    sources = Path(str(simtui.__file__)).parent.rglob("*.py")
    return callable(getattr(module, name, None)) and any(taken.search(path.read_text("utf-8")) for path in sources)


def _inside(procedure: Procedure, inside: list[str]) -> Part | None:
    if not inside:
        return _part(procedure)
    step = next((each for each in procedure.steps if each.id == inside[0]), None)
    if step is None or len(inside) == 1:
        return None if step is None else _part(step)
    return _within(step, inside[1])


def _within(step: ProcedureStep, name: str) -> Part | None:
    if name in step.questions:
        return part_of(f"?{name}")
    parts = {item.id: _part(item) for item in step.items} | {field.id: _part(field) for field in step.fields}
    return parts.get(name)


def _part(record: Any) -> Part:
    return Part(english(record.model_dump()), tuple(getattr(record, "facts", ())))


@pytest.mark.parametrize(("phrase", "written"), list(rows()), ids=lambda value: value.replace("/", "·"))
def test_what_the_guides_tell_is_served(phrase: str, written: str) -> None:
    match = re.fullmatch(r"([^~#]+)(?:~(.+)|#(.+))?", written)
    assert match is not None
    path, word, fact = match.groups()
    part = part_of(path)
    assert part is not None, f"nothing serves: {phrase}"
    assert word is None or word.casefold() in part.words.casefold()
    assert fact is None or fact in part.facts


def test_every_row_is_served_by_something() -> None:
    assert not [phrase for table in TABLES for phrase, parts in table.items() if not parts]
    assert set(PROCEDURE_ROWS) == set(IDS)


def test_every_branch_and_tip_is_in_the_tables() -> None:
    named = {path[1:] for table in (BRANCHES, TIPS) for parts in table.values() for path in map(bare, parts)}
    assert {each.id for each in procedures().questions} <= named


def bare(written: str) -> str:
    return re.split(r"[~#]", written)[0]


@pytest.mark.parametrize("path", ["keep-online/fly", "keep-online/pay/teeth", "?why", "walkthrough.fly", "Check.smell"])
def test_a_part_that_does_not_exist_serves_nothing(path: str) -> None:
    assert part_of(path) is None
