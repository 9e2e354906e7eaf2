"""What is asked at a step of a walk, one question after the other, made from its scene."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from enum import Enum
from typing import NamedTuple

from simtui import words
from simtui.cli.walk_choices import choice_lines, take_choice
from simtui.cli.walk_words import was_charged, yes_or_no
from simtui.domain.line import Knowledge
from simtui.domain.procedure import Fact, FieldType, StepKind
from simtui.errors import InputError
from simtui.i18n import _
from simtui.walk import of_each
from simtui.walk.phrases import card
from simtui.walk.scene import FactLine, FieldLine, ItemLine, OptionLine, Scene
from simtui.walk.walk import Walk

EMPTIES = ("-", "－", "—")
"""What empties a field that was filled in."""
MASK = "••••"
WAY, AMOUNT = "procedure", "amount"
"""Fields that have a value before anybody is asked: the way that is taken, and what the choice costs."""
READ_AT = "read-at"
_ASKED_ITEMS = (StepKind.READY, StepKind.CHOOSE, StepKind.DO, StepKind.PAY, StepKind.WAIT)
"""The steps whose items are things to do or to have; those of the others only tell where to look."""
_READINGS = (FieldType.MONEY, FieldType.DATA, FieldType.COUNT)


class Enter(Enum):
    """What an empty answer does."""

    LEAVES_OPEN = "leaves_open"
    MEANS_YES = "means_yes"
    ASKS_AGAIN = "asks_again"
    LEAVES = "leaves"


class Question(NamedTuple):
    """A question; `take` takes an answer that is not empty, and raises InputError for one that is none.

    `counts` tells whether an answer is there that was given here, rather than one that came from elsewhere. `again` is
    what is said where it is asked once more at once.
    """

    key: str
    lines: tuple[str, ...]
    take: Callable[[str], None]
    again: tuple[str, ...]
    enter: Enter = Enter.LEAVES_OPEN
    counts: bool = False
    is_yes_or_no: bool = False
    is_secret: bool = False


def questions(walk: Walk, scene: Scene, *, private: bool) -> list[Question]:
    """Return all questions of the present step, in the order in which they are asked."""
    if scene.branch is not None:
        return [_branch(walk, scene)]
    items = [_item(walk, scene, item, at) for at, item in enumerate(scene.items, start=1)]
    fields = [_field(walk, scene, field, private=private) for field in _asked_fields(scene)]
    asked = items if scene.kind in _ASKED_ITEMS else []
    match scene.kind:
        case StepKind.CHOOSE:
            return [*fields, *asked, _choice(walk, scene)]
        case StepKind.PAY:
            found = [*asked, *fields, _paid(walk, scene)]
            # What was answered belongs to the payment that failed; another one is asked about anew.
            is_anew = bool(walk.renewal.tries) and not scene.is_paid
            return [question._replace(counts=question.counts and not is_anew) for question in found]
        case StepKind.WAIT:
            first = [_awaited(each) for each in asked[:1]]
            return [*first, *asked[1:], *fields, _go_on(walk, _("Enter goes on; q leaves until it is there."))]
        case StepKind.LINE:
            return [_go_on(walk, _("Is this right? Enter goes on."))]
        case _:
            return [*asked, *fields] or [_go_on(walk, _("Enter goes on."))]


def _asked_fields(scene: Scene) -> list[FieldLine]:
    """Return the fields to be filled in: where something was read is asked once something was."""
    is_read = any(field.value for field in scene.fields if field.id != READ_AT)
    return [field for field in scene.fields if field.id != READ_AT or field.value or is_read]


def told_items(scene: Scene) -> tuple[ItemLine, ...]:
    """Return the items of a step that are told with it, because there is nothing to ask about them."""
    return () if scene.kind in _ASKED_ITEMS or scene.branch is not None else scene.items


def unanswered(found: list[Question]) -> list[Question]:
    """Return the questions after the last one that was answered: where somebody who comes back goes on."""
    last = max((at for at, question in enumerate(found) if question.counts), default=-1)
    return found[last + 1 :]


# One by one ----------------------------------------------------------------------------------------------------------


def _item(walk: Walk, scene: Scene, item: ItemLine, at: int) -> Question:
    is_wish = scene.kind is StepKind.CHOOSE

    def take(typed: str) -> None:
        walk.tick(item.id, on=_said(typed))

    counted = _("{at} of {all}. {what}").format(at=at, all=len(scene.items), what=item.text)
    asked = _("Do you want this? yes or no") if is_wish else _("Enter when it is done, no to leave it.")
    if scene.kind is StepKind.READY:
        asked = _("Enter when it is there, no to leave it.")
    if item.ticked:
        asked = words.joined(_("ticked"), asked)
    # What the step has told is not told with each of its items.
    untold = [fact for fact in item.facts if fact not in scene.facts]
    lines = [counted, *([item.hint] if item.hint else []), *_item_facts(walk, untold), asked]
    enter = Enter.LEAVES_OPEN if is_wish else Enter.MEANS_YES
    key = f"item:{item.id}"
    return Question(key, tuple(lines), take, (lines[0], asked), enter, counts=item.ticked, is_yes_or_no=True)


def _awaited(question: Question) -> Question:
    """Return a question whether what is waited for is there: no waits on, instead of asking what only comes with it."""

    def take(typed: str) -> None:
        question.take(typed)
        if not _said(typed):
            raise Aside("wait")

    return question._replace(take=take)


def _item_facts(walk: Walk, facts: list[FactLine]) -> list[str]:
    """Return the facts of an item; what is to be said in a shop stands a sentence a line, its meaning beneath."""
    lines: list[str] = []
    cards = [fact for fact in facts if fact.fact is Fact.PHRASE_CARD]
    for fact, (holding, renewal) in zip(cards, of_each.lines(walk), strict=False):
        lines.append(fact.label)
        for phrase in card(holding, renewal).phrases:
            lines += [f"  {phrase.said}", *([f"    {phrase.means}"] if phrase.means else [])]
    return [*lines, *fact_lines(fact for fact in facts if fact.fact is not Fact.PHRASE_CARD)]


def fact_lines(facts: Iterable[FactLine], hide: Collection[Fact] = ()) -> list[str]:
    """Return facts, a line each; what nobody knows is named in one line at the end."""
    known, unknown = [], []
    for each in facts:
        if each.value or each.note != _("not known"):
            value = MASK if each.fact in hide else each.value
            known.append(words.about(each.label, _with_note(value, each.note)))
        else:
            unknown.append(each.label)
    return [*known, *([words.about(_("Not known"), words.listed(unknown))] if unknown else [])]


def _with_note(value: str, note: str) -> str:
    """Return a fact with its note, which may be a sentence of its own."""
    return words.then(value, note) if note.endswith((".", "。")) else words.joined(value, note)


def _field(walk: Walk, scene: Scene, field: FieldLine, *, private: bool) -> Question:
    def take(typed: str) -> None:
        empties = typed in EMPTIES and field.id != WAY
        walk.fill(field.id, "" if empties else typed, line=field.line)

    label = field.label
    if field.line_name:
        label = _("{what}, for {line}").format(what=label, line=field.line_name)
    lines = [label, *([field.hint] if field.hint else []), *option_lines(field.options)]
    if field.type is FieldType.TICKS:
        lines.append(_("Several with commas between them."))
    if field.value:
        hidden = private and field.type in _READINGS and scene.kind in (StepKind.STATUS, StepKind.VERIFY)
        keeps = (
            _("Now: {value}. Enter keeps it.") if field.id == WAY else _("Now: {value}. Enter keeps it, - empties it.")
        )
        lines.append(keeps.format(value=MASK if hidden else field.value))
    enter = Enter.ASKS_AGAIN if field.required and not field.value else Enter.LEAVES_OPEN
    if scene.kind is StepKind.VERIFY and field.type is FieldType.TICKS and not field.value:
        enter = Enter.LEAVES
        lines.append(_("Nothing seen yet? Enter leaves it as paid, to be looked at later."))
    key = f"field:{field.id}" if field.line is None else f"field:{field.id}:{field.line}"
    secret = field.type is FieldType.SECRET
    return Question(key, tuple(lines), take, (label,), enter, counts=_counts(walk, field), is_secret=secret)


def _counts(walk: Walk, field: FieldLine) -> bool:
    """Tell whether a field was filled in at this step: amount and way have a value before anybody is asked."""
    if field.id == WAY:
        return WAY in walk.renewal.answers
    return field.id != AMOUNT and bool(field.value)


def option_lines(options: tuple[OptionLine, ...]) -> list[str]:
    """Return what can be chosen, numbered from one."""
    return [f"{at}. {words.joined(each.label, each.note)}" for at, each in enumerate(options, start=1)]


def _choice(walk: Walk, scene: Scene) -> Question:
    def take(typed: str) -> None:
        take_choice(walk, scene, typed)

    is_chosen = bool(walk.renewal.items)
    lines = tuple(choice_lines(scene, walk))
    enter = Enter.LEAVES_OPEN if is_chosen else Enter.ASKS_AGAIN
    return Question("take", lines, take, lines[-2:], enter, counts=is_chosen)


def _paid(walk: Walk, scene: Scene) -> Question:
    def take(typed: str) -> None:
        if not _said(typed):
            hint = _("q leaves until it is paid; F tells that the payment failed.")
            raise InputError(_("then it stays open"), next_step=hint)
        walk.go_on()

    asked = _("It is marked as paid. yes goes on to the check; F: the payment failed.")
    if not scene.is_paid:
        asked = _("Is it paid? yes marks it as paid; F: the payment failed; q: not yet, leave.")
    return Question("paid", (asked,), take, (asked,), Enter.ASKS_AGAIN, is_yes_or_no=True)


def _go_on(walk: Walk, asked: str) -> Question:
    def take(typed: str) -> None:
        if _said(typed):
            walk.go_on()
        else:
            raise InputError(_("then it stays open"), next_step=_("b goes back, q leaves."))

    return Question("go-on", (asked,), take, (asked,), Enter.MEANS_YES, is_yes_or_no=True)


def _branch(walk: Walk, scene: Scene) -> Question:
    assert scene.branch is not None
    branch = scene.branch
    charged = {each.value for each in Knowledge}

    def take(typed: str) -> None:
        from simtui.walk.fields import picked

        said = was_charged(typed) if branch.options[0].id in charged else None
        chosen = picked(typed, branch.options, "") if said is None else ("yes" if said else "no")
        if chosen in charged:
            walk.answer_charged(Knowledge(chosen))
        elif chosen in ("other-method", "same-method"):
            walk.try_again(other_method=chosen == "other-method")
        else:
            raise Aside(chosen)

    lines = (branch.title, *branch.lines, *option_lines(branch.options))
    is_yes_or_no = branch.options[0].id in charged
    again = (branch.title,)
    return Question(f"branch:{branch.title}", lines, take, again, Enter.ASKS_AGAIN, is_yes_or_no=is_yes_or_no)


class Aside(Exception):
    """A way on that asks or tells something more first: later, support, or to wait."""

    def __init__(self, way: str) -> None:
        super().__init__(way)
        self.way = way


def _said(typed: str) -> bool:
    said = yes_or_no(typed)
    if said is None:
        raise InputError(_("yes or no?"))
    return said
