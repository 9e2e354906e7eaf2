"""The present step of a walkthrough: what is known, what to have ready or do, what to fill in or choose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from simtui import words
from simtui.domain.procedure import Fact, FieldType, StepKind
from simtui.i18n import _
from simtui.numbers import masked
from simtui.text import cell_width, fit, one_line, shown
from simtui.tui.forms.editor import Editor
from simtui.tui.views.balances import HIDDEN
from simtui.tui.views.layout import Line
from simtui.tui.views.renewal_choices import choice_rows
from simtui.tui.views.renewal_rows import NARROW, Picture, Row, Target, What, block, field_target, folded
from simtui.walk.scene import BranchLine, FactLine, FieldLine, ItemLine

_READING = frozenset({FieldType.MONEY, FieldType.DATA, FieldType.COUNT})
_LONGEST_LABEL = 32
BOX = 4
"""The cells of a box before what can be ticked."""
PRIVATE_FACTS = frozenset({Fact.NUMBER, Fact.BALANCES, Fact.SUPPORT_TEXT, Fact.PHRASE_CARD})
"""What is masked with privacy."""


def step_rows(picture: Picture, width: int) -> list[Row]:
    """Return what there is to see and to do at the step; while a question is open, that question alone.

    What the operator says otherwise stands where it has just been filled in.
    """
    scene = picture.scene
    first = [remark for remark in scene.remarks if remark not in scene.differences]
    rows = [Row(line) for remark in first for line in folded(remark, width, _loudness(picture))]
    if scene.branch is not None:
        return [*rows, *_branch(scene.branch, width)]
    rows += [Row(line) for line in folded(scene.text, width, "muted")] if scene.text else []
    parts = [
        fact_rows(picture, scene.facts, width),
        [row for item in scene.items for row in _item(picture, item, width)],
        _fields(picture, width),
        _choices(picture, width),
        _change(picture, width),
        [Row(line) for told in scene.differences for line in folded(told, width, "due")],
        _next(picture, width),
    ]
    for part in parts:
        rows += [*([Row([])] if rows and part else []), *part]
    return rows


def _loudness(picture: Picture) -> str:
    return "rescue" if picture.overdue else "due"


def _branch(branch: BranchLine, width: int) -> list[Row]:
    rows = [Row(line) for line in folded(branch.title, width, "rescue")]
    rows += [Row(line) for text in branch.lines for line in folded(text, width, "muted")]
    rows.append(Row([]))
    for option in branch.options:
        rows += block(_option("( ) ", "muted", option.label, width, bold=True), Target(What.WAY, option.id))
        rows += [Row(line, rows[-1].target) for line in _beneath(option.note, width)]
    return rows


def _option(box: str, ink: str, label: str, width: int, *, bold: bool) -> list[Line]:
    """Return something to tick or pick: its box, and its label in as many lines as it needs."""
    first, *rest = folded(label, width - BOX, "bold" if bold else "")
    return [[(box, ink), *first], *([(" " * BOX, ""), *line] for line in rest)]


def _beneath(text: str, width: int) -> list[Line]:
    """Return a remark beneath a label."""
    return [[(" " * BOX, ""), *line] for line in folded(text, width - BOX, "muted")] if text else []


# Facts and items -----------------------------------------------------------------------------------------------------


def fact_rows(picture: Picture, facts: Sequence[FactLine], width: int, place: str = "") -> list[Row]:
    """Return facts as labels with values; what nobody knows says so, and can be filled in where that is possible."""
    rows: list[Row] = []
    idle = [fact for fact in facts if not fact.is_known and not fact.note and not picture.may_enter]
    told_of = [fact for fact in facts if fact not in idle]
    label = min(_LONGEST_LABEL, max((cell_width(shown(fact.label)) for fact in told_of), default=0)) + 2
    for fact in told_of:
        beside = width >= NARROW
        room = max(8, width - (label if beside else 2))
        lines = _value(picture, fact, room)
        target = Target(What.FACT, fact.fact.value, place) if fact.may_enter and picture.may_enter else None
        if beside:
            first: Line = [(fit(fact.label, label), "muted"), *lines[0]]
            rows += block([first, *([(" " * label, ""), *line] for line in lines[1:])], target)
        else:
            rows += block([[(shown(fact.label), "muted")], *([("  ", ""), *line] for line in lines)], target)
    if idle:
        told = _("not known: {what}").format(what=words.listed(fact.label for fact in idle))
        rows += [Row(line) for line in folded(told, width, "unknown")]
    return rows


def _value(picture: Picture, fact: FactLine, room: int) -> list[Line]:
    if not fact.is_known:
        told = fact.note or _("not known")
        if fact.may_enter and picture.may_enter:
            told = _("not known; Enter fills it in")
        return folded(told, room, "unknown")
    text = fact.value
    if picture.look.private and fact.fact in PRIVATE_FACTS:
        return folded(masked(fact.copies) if fact.fact is Fact.NUMBER else HIDDEN, room)
    lines = folded(text, room, "bold" if fact.copies else "")
    return [*lines, *(folded(fact.note, room, "muted") if fact.note else [])]


def _item(picture: Picture, item: ItemLine, width: int) -> list[Row]:
    target = Target(What.ITEM, item.id)
    box, ink = ("[x] ", "good") if item.ticked else ("[ ] ", "muted")
    lines = _option(box, ink, item.text, width, bold=False)
    # A small screen explains what the cursor is on, and no more.
    if item.hint and ((picture.whole and not picture.tight) or picture.is_on(target)):
        lines += _beneath(item.hint, width)
    rows = block(lines, target)
    told = {fact.fact for fact in picture.scene.facts}
    for row in fact_rows(picture, [fact for fact in item.facts if fact.fact not in told], width - BOX, item.id):
        rows.append(row._replace(line=[(" " * BOX, ""), *row.line], target=row.target or target))
    return [row if row.target != target else row._replace(head=number == 0) for number, row in enumerate(rows)]


# Fields --------------------------------------------------------------------------------------------------------------


def is_spread(field: FieldLine, kind: StepKind) -> bool:
    """Tell whether a field's options stand on the screen, instead of in a box of their own."""
    return field.type is FieldType.TICKS or (field.type is FieldType.CHOICE and kind is StepKind.CHANNEL)


def _fields(picture: Picture, width: int) -> list[Row]:
    kind = picture.scene.kind
    plain = [field for field in picture.scene.fields if not is_spread(field, kind)]
    label = min(_LONGEST_LABEL, max((cell_width(_label(field)) for field in plain), default=0)) + 2
    rows: list[Row] = []
    for field in picture.scene.fields:
        rows += _spread(picture, field, width) if is_spread(field, kind) else _field(picture, field, label, width)
    return rows


def _label(field: FieldLine) -> str:
    return one_line(f"{field.label} · {field.line_name}" if field.line_name else field.label)


def _spread(picture: Picture, field: FieldLine, width: int) -> list[Row]:
    """Return a field whose options stand beneath it, with what speaks for or against each; all of it for one."""
    picked = field.raw.split(",")
    boxes = ("[ ] ", "[x] ") if field.type is FieldType.TICKS else ("( ) ", "(x) ")
    rows = [Row(line) for line in folded(_label(field), width, "title")]
    rows += [Row(line) for line in folded(field.hint, width, "muted")] if field.hint else []
    for option in field.options:
        on, target = option.id in picked, Target(What.OPTION, field.id, option.id, field.line)
        lines = _option(boxes[on], "good" if on else "muted", option.label, width, bold=on)
        about = [option.note, *(option.more if picture.is_on(target) else ())]
        rows += block([*lines, *(line for text in about for line in _beneath(text, width))], target)
    return rows


def _field(picture: Picture, field: FieldLine, label: int, width: int) -> list[Row]:
    target = field_target(field)
    editor = picture.edits(target)
    beside = width >= NARROW
    indent = label if beside else 2
    room = max(8, width - indent)
    value = _filled(picture, field, room) if editor is None else editor.view(room - 2, "cursor")
    cursor = None if editor is None else indent + editor.cursor_cell()
    ink = "bold" if picture.is_on(target) else "muted"
    if beside:
        rows = [Row([(fit(_label(field), label), ink), *value], target, head=True, cursor=cursor)]
    else:
        rows = [
            Row([(fit(_label(field), width), ink)], target, head=True),
            Row([("  ", ""), *value], target, cursor=cursor),
        ]
    if picture.is_on(target):
        text, ink = (picture.complaint, "error") if picture.complaint else (field.hint, "muted")
        beneath = folded(text, room, ink) if text else []
        rows += [Row([(" " * indent, ""), *line], target) for line in beneath]
    return rows


def _filled(picture: Picture, field: FieldLine, room: int) -> Line:
    if not field.value:
        return [(_("needed"), "soon")] if field.required else [("·", "muted")]
    hidden = picture.look.private and (is_reading(field, picture.scene.kind) or field.id == "number")
    return [(fit(HIDDEN if hidden else field.value, room).rstrip(), "")]


def is_reading(field: FieldLine, kind: StepKind) -> bool:
    """Tell whether a field holds what was read of a balance, which privacy hides."""
    return kind in (StepKind.STATUS, StepKind.VERIFY) and field.type in _READING


def masked_editor(editor: Editor) -> Editor:
    """Return what is seen of a code while it is typed and codes are to be hidden."""
    return Editor("•" * len(editor.text), editor.at, whole=editor.whole)


# What is chosen, what it does, what comes next -----------------------------------------------------------------------


def _choices(picture: Picture, width: int) -> list[Row]:
    scene = picture.scene
    if scene.kind is not StepKind.CHOOSE:
        return []
    return choice_rows(scene.choices, width, narrowed=any(field.raw for field in scene.fields))


def _change(picture: Picture, width: int) -> list[Row]:
    if not picture.scene.change or picture.scene.kind not in (StepKind.CHOOSE, StepKind.PAY):
        return []
    return [Row([(_("What it does"), "title")]), *_lines(picture.scene.change, width)]


def _lines(texts: Sequence[str], width: int) -> list[Row]:
    """Return labels with values beside them; beneath, where one of the values would be cut off. Sentences are folded."""
    if all(cell_width(shown(text)) <= width for text in texts):
        return [Row([(shown(text), "")]) for text in texts]
    if not texts[0].startswith(" "):
        return [Row(line) for text in texts for line in folded(text, width, indent=2)]
    parts = [part for text in texts for part in re.split(r" {2,}", text.strip(), maxsplit=1)]
    inks = ("muted", "")
    return [
        Row([(" " * (2 + 2 * (number % 2)), ""), *line])
        for number, part in enumerate(parts)
        for line in folded(part, width - 4, inks[number % 2])
    ]


def _next(picture: Picture, width: int) -> list[Row]:
    """Return the row that finishes the step, named by what comes then."""
    scene = picture.scene
    ahead = (each for each in scene.trail if each.number > scene.at and each.state != "skipped")
    after = next(ahead, None)
    if after is None:
        told = _("It worked: finish")
    else:
        then = _("on to {n} {step}").format(n=after.number, step=shown(after.title))
        if scene.kind is StepKind.PAY and not scene.is_paid:
            told = _("I have paid: {then}").format(then=then)
        else:
            told = _("Done: {then}").format(then=then)
    first, *rest = folded(told, width - 2, "bold")
    return block([[("→ ", "key"), *first], *([("  ", ""), *line] for line in rest)], Target(What.NEXT))
