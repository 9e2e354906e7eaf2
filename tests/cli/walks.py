"""Walks as files that anybody can read (`runs/*.txt`), and what answers a walk's questions from them.

A file begins with a sentence. Then, a line each, a word and what goes with it, at least two blanks between them:

    hold       a line that is held, as `simtui add` takes it
    on         the day from here on
    do         a command; the answers below are given to it
    hears      words that it has to say
    ends       its exit status, 0 unless said

Anything else is a question and its answer; several lines for one question are given one after the other. A question is
the id of a field, or `take` (what is bought), `paid`, `go-on`, `charged`, `way-on` (after a payment that failed), `day`,
`forget`, `theirs`, an item by its id, or `items`: all others. Questions that are not named get an empty answer; `way` is
the field `procedure`. A field of one line of several is named with the line: `order-number Paris`. `before QUESTION` and
what follows is typed first, such as a command.

Below `=>` stands what there is in the end: acts, renewals, lines.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from dataclasses import dataclass, field
from pathlib import Path

from simtui import words
from simtui.desk import Desk
from simtui.domain.act import Act
from simtui.domain.renewal import Renewal
from simtui.procedures import procedures
from simtui.renewals import Renewals

RUNS = Path(__file__).parent / "runs"
SIGN = "> "
_GAP = re.compile(r"\s{2,}")
_ITEM = re.compile(r"(?:Not taken: .*\n)?\d+ of \d+\. (.*)")
_OWN = re.compile(r"(.*), for (.*)")
_SAID = {
    "Is it paid?": "paid",
    "It is marked as paid.": "paid",
    "Is this right?": "go-on",
    "Everything here is answered.": "go-on",
    "Enter goes on": "go-on",
    "The payment failed. Was the account charged?": "charged",
    "How do you go on?": "way-on",
    "On which day shall it remind?": "day",
    "The code is kept": "forget",
    "Go on with what the other session": "theirs",
    "Another session has changed": "theirs",
}


@dataclass
class Section:
    """One command with its answers."""

    command: list[str]
    today: str
    answers: list[tuple[str, str]] = field(default_factory=list)
    hears: list[str] = field(default_factory=list)
    ends: int = 0


@dataclass
class Run:
    """A file: what is held, what is done, and what there is in the end."""

    name: str
    held: list[str] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    outcome: str = ""


def read(file: Path) -> Run:
    """Return a run as it is written."""
    text, _arrow, outcome = file.read_text(encoding="utf-8").partition("\n=>\n")
    run = Run(file.stem, outcome=outcome)
    today = "2026-11-21"
    for line in text.splitlines()[1:]:
        name, *rest = _GAP.split(line.strip(), maxsplit=1)
        said = rest[0] if rest else ""
        match name:
            case "":
                continue
            case "hold":
                run.held.append(said)
            case "on":
                today = said
            case "do":
                run.sections.append(Section(said.split(" "), today))
            case "hears":
                run.sections[-1].hears.append(said)
            case "ends":
                run.sections[-1].ends = int(said)
            case _:
                run.sections[-1].answers.append((name, said))
    return run


class Answers:
    """Answers the questions of one command."""

    def __init__(self, section: Section) -> None:
        self._left: dict[str, deque[str]] = defaultdict(deque)
        for question, answer in section.answers:
            self._left["procedure" if question == "way" else question].append(answer)

    def to(self, told: str) -> str:
        """Return the answer to the question at the end of what was said."""
        question = question_of(told)
        if self._left[f"before {question}"]:
            return self._left[f"before {question}"].popleft()
        if self._left[question]:
            return self._left[question].popleft()
        if question.startswith("item:"):
            named = self._left[question.removeprefix("item:")]
            return named.popleft() if named else (self._left["items"] or [""])[0]
        return "yes" if question in ("paid", "theirs") else ""

    @property
    def unused(self) -> dict[str, list[str]]:
        """What nothing asked for."""
        return {name: list(left) for name, left in self._left.items() if left and name != "items"}


def question_of(told: str) -> str:
    """Return which question was asked last."""
    asked = told.removesuffix(SIGN).rstrip("\n").rpartition("\n\n")[2]
    lines = [
        line for line in asked.split("\n") if not line.startswith(("Not taken:", "This needs an answer", "Note kept"))
    ]
    first = lines[0] if lines else ""
    for begun, name in _SAID.items():
        if any(line.startswith(begun) for line in lines):
            return name
    if match := _ITEM.match(first):
        return f"item:{_items()[match[1]]}"
    if any(line.startswith("Something else:") for line in lines):
        return "take"
    if match := _OWN.match(first):
        return f"{_fields()[match[1]]} {match[2]}"
    return _fields()[first]


def _fields() -> dict[str, str]:
    return {each.label.en: each.id for one in procedures().all for step in one.steps for each in step.fields}


def _items() -> dict[str, str]:
    return {each.text.en: each.id for one in procedures().all for step in one.steps for each in step.items}


# What there is in the end --------------------------------------------------------------------------------------------


def outcome(desk: Desk) -> str:
    """Return acts, renewals and lines as text; ids and the order of recording are left out."""
    lines: list[str] = []
    for held in desk.holdings():
        lines.append(f"line       {held.line.name}: {_last_day(held.standing.next_day, held.standing.certainty)}")
        lines += [
            f"act        {_act(each.act)}" for each in sorted(held.acts, key=lambda one: (one.act.day, one.act.order))
        ]
        lines += [f"renewal    {_renewal(each.renewal)}" for each in held.renewals]
    lines += [f"purchase   {_renewal(each.renewal)}" for each in Renewals(desk).purchases()]
    return "\n".join(lines) + "\n"


def _last_day(day: object, certainty: object) -> str:
    from simtui.domain.reckoning import Certainty

    assert isinstance(certainty, Certainty)
    return "no date" if day is None else f"last day {words.certainty_mark(certainty)}{day}"


def _act(act: Act) -> str:
    parts = [act.day.format_iso(), act.kind.value]
    parts += [f"{act.amount} {act.currency}"] if act.amount is not None else []
    parts += [each for each in (act.plan, act.channel, act.note) if each]
    if act.balances is not None:
        parts += [f"{name} {value}" for name, value in act.balances.model_dump(exclude_none=True).items()]
    parts += [f"until {act.valid_until}"] if act.valid_until is not None else []
    parts += [f"read at {act.read_at}"] if act.read_at is not None else []
    parts += ["before the payment"] if act.in_turn else []
    return ", ".join([*parts, *_proof(act)])


def _proof(of: Act | Renewal) -> list[str]:
    if of.proof is None:
        return []
    kept = of.proof.model_dump(exclude_none=True)
    return [f"{name.replace('_', ' ')} {value}" for name, value in kept.items()]


def _renewal(renewal: Renewal) -> str:
    parts = [renewal.state.value, renewal.procedure]
    parts += [f"{renewal.amount} {renewal.currency}"] if renewal.amount is not None else []
    parts += [f"by {renewal.method}"] if renewal.method is not None else []
    parts += [f"paid at {renewal.paid_at}"] if renewal.paid_at is not None else []
    parts += [f"seen by {' and '.join(renewal.checks)}"] if renewal.checks else []
    parts += [f"charged {renewal.charged}"] if renewal.charged is not None else []
    parts += [f"tries {renewal.tries}"] if renewal.tries else []
    parts += [f"put off until {renewal.resume_on}"] if renewal.resume_on is not None else []
    parts += [f"skipped {' '.join(renewal.skipped)}"] if renewal.skipped else []
    parts += [f"note {renewal.note}"] if renewal.note else []
    return ", ".join([*parts, *_proof(renewal)])
