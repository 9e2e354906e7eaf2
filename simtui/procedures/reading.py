"""From TOML to records: fills in what procedures share, and names file and place of whatever is wrong.

A step, field or item says `use = "id"` to be the shared one of that id; the keys that it has itself go before those of
the shared one. In a list the id alone will do.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from simtui.domain.procedure import Procedure, Question
from simtui.errors import InputError
from simtui.i18n import _
from simtui.text import toml_reason

_SHARED, _QUESTIONS = "steps.toml", "questions.toml"
_Model = TypeVar("_Model", bound=BaseModel)
_Table = dict[str, Any]


def read(texts: Mapping[str, str]) -> tuple[tuple[Procedure, ...], tuple[Question, ...]]:
    """Return the procedures, in the order of their files, and all questions.

    Raises:
        InputError: a file is not as it should be; it names the file and the place in it.
    """
    documents = {name: _parsed(name, text) for name, text in texts.items()}
    shared = documents.pop(_SHARED)
    asked = documents.pop(_QUESTIONS)
    questions = tuple(
        _made(Question, {"id": name, **_table(table, _QUESTIONS, name)}, _QUESTIONS, name)
        for name, table in asked.items()
    )
    procedures = tuple(_procedure(name, document, shared) for name, document in documents.items())
    for name, procedure in zip(documents, procedures, strict=True):
        _check_questions(name, procedure, asked)
    return procedures, questions


def _parsed(name: str, text: str) -> _Table:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(_("This is not TOML: {reason}.").format(reason=toml_reason(error)), place=name) from error


def _procedure(name: str, document: _Table, shared: _Table) -> Procedure:
    steps = [_step(raw, shared, name, place) for place, raw in _numbered(document.get("steps"), name, "steps")]
    whole = {"id": name.removesuffix(".toml"), **document, "steps": steps}
    return _made(Procedure, whole, name, "")


def _step(raw: object, shared: _Table, name: str, place: str) -> _Table:
    step = _filled(raw, shared.get("steps", {}), name, place)
    for part in ("fields", "items"):
        if part in step:
            known = shared.get(part, {})
            entries = _numbered(step[part], name, f"{place}.{part}")
            step[part] = [_filled(entry, known, name, where) for where, entry in entries]
    return step


def _filled(raw: object, shared: _Table, name: str, place: str) -> _Table:
    """Return a step, field or item with what it takes over from the shared one."""
    own = {"use": raw} if isinstance(raw, str) else dict(_table(raw, name, place))
    used = own.pop("use", None)
    if used is None:
        return own
    if used not in shared:
        raise InputError(_('There is nothing shared by the name "{name}".').format(name=used), place=f"{name}: {place}")
    return {"id": used, **shared[used], **own}


def _numbered(value: object, name: str, place: str) -> list[tuple[str, object]]:
    if not isinstance(value, list):
        raise InputError(_("A list is needed here."), place=f"{name}: {place}")
    return [(f"{place}.{number}", entry) for number, entry in enumerate(value, start=1)]


def _table(value: object, name: str, place: str) -> _Table:
    if not isinstance(value, dict):
        raise InputError(_("A table is needed here."), place=f"{name}: {place}")
    return value


def _made(model: type[_Model], value: _Table, name: str, place: str) -> _Model:
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        # Entries of lists are counted from one, as where the file itself is at fault.
        path = [str(part + 1) if isinstance(part, int) else part for part in first["loc"]]
        where = ".".join([place, *path] if place else path)
        raise InputError(first["msg"], place=f"{name}: {where}" if where else name) from error


def _check_questions(name: str, procedure: Procedure, known: Mapping[str, object]) -> None:
    for number, step in enumerate(procedure.steps, start=1):
        for question in step.questions:
            if question not in known:
                raise InputError(
                    _('There is no question "{name}".').format(name=question), place=f"{name}: steps.{number}.questions"
                )
