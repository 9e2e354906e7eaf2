"""What is true for the lines of a walk: the conditions of tips, questions and items are held against it.

Several lines have tips in common; what is true only for some of them says for which.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from simtui import words
from simtui.domain.hints import Situation
from simtui.domain.procedure import Question
from simtui.holding import HeldRenewal
from simtui.walk.of_each import called
from simtui.walk.walk import Walk

Find = Callable[[Situation], Sequence[Question]]
"""Gives the tips and questions that are true in a situation."""


def situation(walk: Walk) -> Situation:
    """Return where the walk is, for conditions: where its first line is."""
    return _situation(walk, walk.held)


def true_for(walk: Walk, find: Find) -> list[Question]:
    """Return the tips and questions that are true for any line of the walk; lines of text that are not for all name whose."""
    if len(walk.members) < 2:
        return list(find(situation(walk)))
    names = [called(walk.desk.holding(held.renewal.line)) for held in walk.members if held.renewal.line is not None]
    each = [{question.id: question for question in find(_situation(walk, held))} for held in walk.members]
    known = {question.id: question for question in walk.procedures.questions}
    wanted = [one for one in known if any(one in found for found in each)]
    first = [*each[0], *(one for one in wanted if one not in each[0])]
    return [_together(known[one], [found.get(one) for found in each], names) for one in first]


def _together(question: Question, found: Sequence[Question | None], names: Sequence[str]) -> Question:
    """Return a question with the lines of text that are true for any of the walk's lines."""
    lines = []
    for line in question.lines:
        whose = [name for name, each in zip(names, found, strict=True) if each is not None and line in each.lines]
        if len(whose) == len(names):
            lines.append(line)
        elif whose:
            lines.append(line.model_copy(update={"en": _of(whose, line.en), "zh": _of(whose, line.zh or line.en)}))
    return question.model_copy(update={"lines": tuple(lines)})


def _of(whose: Sequence[str], text: str) -> str:
    return words.about(words.listed(whose), text)


def _situation(walk: Walk, held: HeldRenewal) -> Situation:
    line, waiting = held.renewal.line, walk.follow_up
    holding = None if line is None else walk.desk.holding(line)
    return Situation(
        line=None if holding is None else holding.line,
        acts=() if holding is None else holding.plain_acts,
        offer=walk.some_offer,
        procedure=walk.procedure,
        renewal=held.renewal,
        standing=None if holding is None else holding.standing,
        outcomes=() if holding is None else holding.outcomes,
        today=walk.today,
        overdue=waiting is not None and waiting.overdue,
    )
