"""The prompts and the dashboard tell the same of every step: neither leaves out what the other says."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from simtui import i18n
from simtui.cli.console import Console
from simtui.cli.memo import Memo
from simtui.cli.walk_questions import READ_AT, questions
from simtui.cli.walk_telling import Teller
from simtui.config import Settings
from simtui.desk import Desk
from simtui.domain.procedure import Fact, Procedure
from simtui.i18n import _
from simtui.session import Options, open_desk
from simtui.tui.views import renewal
from simtui.tui.views.layout import Look
from simtui.tui.views.renewal_rows import Picture
from simtui.walk.scene import FactLine, Scene
from simtui.walk.staging import scene
from simtui.walk.walk import Walk
from tests.tui.dashboards import TODAY
from tests.tui.walks import SOME, answers, begun, give


@pytest.fixture
def desk() -> Iterator[Desk]:
    opened = open_desk(Options(demo=True, today=TODAY), Settings())
    yield opened
    opened.repository.close()


def plain(text: str) -> str:
    """Return text without the breaks and gaps that a screen makes."""
    return "".join(text.split())


def at_prompts(walk: Walk, now: Scene) -> str:
    said = io.StringIO()
    Teller(Console(None, said, said, Memo([], {})), walk).step(now)
    asked = [line for question in questions(walk, now, private=False) for line in question.lines]
    return plain(said.getvalue() + "\n".join(asked))


def on_screen(now: Scene) -> str:
    """The step as a large screen has it, and alone: there no other column runs through its lines."""
    found = [renewal.title(now, whole=False, buys=False)]
    for whole, width in ((True, 400), (False, 150)):
        made = Picture(now, now.who, now.number, Look(), whole)
        found += [part for row in renewal.rows(made, width) for part, _ink in row.line]
    return plain("".join(found))


def told(now: Scene) -> Iterator[str]:
    """Yield what a step tells, piece by piece."""
    yield from (now.text, now.title, *now.remarks)
    yield from _facts(now.facts)
    for item in now.items:
        yield from (item.text, item.hint, *_facts(item.facts))
    for field in now.fields:
        if field.id != READ_AT or field.value:
            # What a field wants to be told stands beneath it on the screen once the cursor is on it.
            yield from (field.label, field.value)
    for choice in now.choices:
        yield from choice.name.split()
        yield from (choice.price, choice.data, choice.service_until, choice.safe_until, choice.per_month)
        yield choice.remark
    yield from (question.title for question in now.questions)


def _facts(found: tuple[FactLine, ...]) -> Iterator[str]:
    for fact in found:
        yield fact.label
        if fact.fact is not Fact.PHRASE_CARD:
            yield from (fact.value, fact.note if fact.note != _("not known") else "")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("procedure", SOME)
def test_every_step_tells_the_same_in_both(desk: Desk, procedure: Procedure, language: str) -> None:
    i18n.use(language)
    walk = begun(desk, procedure)
    missing: list[tuple[str, str, str]] = []
    while not (now := scene(walk)).is_over:
        both = {"prompts": at_prompts(walk, now), "dashboard": on_screen(now)}
        pieces = [piece for piece in map(plain, told(now)) if piece]
        missing += [(now.step, front, each) for front, said in both.items() for each in pieces if each not in said]
        for answer in answers(walk):
            give(walk, answer)
        walk.go_on()
    assert missing == [], "\n".join(map(str, missing))
