"""Finds tips and questions by their words, in either language; those of the present step come first."""

from __future__ import annotations

from simtui.domain import hints
from simtui.domain.procedure import Question
from simtui.text import plain_keys
from simtui.walk.scene import QuestionLine
from simtui.walk.situation import true_for
from simtui.walk.staging import known_of, question_line
from simtui.walk.walk import Walk


def found(walk: Walk, text: str) -> tuple[QuestionLine, ...]:
    """Return what is true for the line, at whatever step, and holds all the words that are searched for."""
    wanted = _folded(text).split()
    here = walk.place.step.questions
    there = true_for(walk, lambda at: hints.searchable(walk.procedures.questions, at))
    hits = [each for each in there if _holds(each, wanted)]
    known = known_of(walk)
    return tuple(question_line(each, known) for each in sorted(hits, key=lambda each: each.id not in here))


def _holds(question: Question, wanted: list[str]) -> bool:
    texts = [question.title, *question.lines, *([question.words] if question.words is not None else [])]
    words = " ".join(_folded(f"{text.en} {text.zh or ''}") for text in texts)
    return all(each in words for each in wanted)


def _folded(text: str) -> str:
    return plain_keys(text).casefold()
