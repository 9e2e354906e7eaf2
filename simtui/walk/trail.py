"""The way through a walk: all its steps, the finished ones with their answers in a line."""

from __future__ import annotations

from simtui import words
from simtui.domain import hints
from simtui.domain.procedure import Fact, ProcedureStep, StepField, StepKind
from simtui.domain.renewal import Renewal
from simtui.domain.walkthrough import is_done, value
from simtui.i18n import _
from simtui.walk import facts, fields, of_each
from simtui.walk.known import Known
from simtui.walk.scene import TrailLine
from simtui.walk.situation import situation
from simtui.walk.walk import PER_LINE, Walk


def trail(walk: Walk, known: Known) -> tuple[TrailLine, ...]:
    """Return all steps; `known` is what facts are told of."""
    here = walk.place.number
    over = not walk.renewal.is_open
    asked = walk.asked
    lines: list[TrailLine] = []
    for number, step in enumerate(walk.procedure.steps, start=1):
        state = "ahead"
        if step.id in walk.renewal.skipped:
            state = "skipped"
        elif number < here or over:
            state = "done"
        if number == here and not over:
            state = "here"
        summary = _summary(walk, step, asked, known) if state == "done" or _is_done(walk, step) else ""
        lines.append(TrailLine(step.id, number, words.text(step.title), state, summary, step.kind))
    return tuple(lines)


def _is_done(walk: Walk, step: ProcedureStep) -> bool:
    return any(is_done(held.renewal, step) for held in walk.members)


def _summary(walk: Walk, step: ProcedureStep, asked: fields.Asked, known: Known) -> str:
    """Return a finished step's answer in one line."""
    match step.kind:
        case StepKind.LINE:
            return words.text(walk.some_offer.name)
        case StepKind.CHANNEL:
            return words.text(walk.procedure.name)
        case StepKind.CHOOSE:
            return facts.fact_line(Fact.ORDER, known).value
        case StepKind.DO | StepKind.READY:
            done = [item for item in step.items if item.id in walk.renewal.ticked]
            return _("{n} of {all} ticked").format(n=len(done), all=len(hints.items_of(step, situation(walk))))
        case _:
            return _("; ").join(_filled(walk, step, asked))


def _filled(walk: Walk, step: ProcedureStep, asked: fields.Asked) -> list[str]:
    """Return what was filled in; then, for each of several lines, what it has of its own."""
    several = len(walk.members) > 1
    own = [field for field in step.fields if several and field.id in PER_LINE]
    told = [_values([field for field in step.fields if field not in own], walk.renewal, asked)]
    told += [
        words.about(of_each.called(holding), values)
        for holding, renewal in (of_each.lines(walk) if own else ())
        if (values := _values(own, renewal, asked))
    ]
    return [each for each in told if each]


def _values(filled: list[StepField], renewal: Renewal, asked: fields.Asked) -> str:
    return words.listed(fields.readable(field, raw, asked) for field in filled if (raw := value(renewal, field.id)))
