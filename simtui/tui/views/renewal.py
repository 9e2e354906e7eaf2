"""The walkthrough: which line it is about, the steps with the present one open, tips and questions beneath or beside."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from simtui import words
from simtui.domain.line import Knowledge
from simtui.domain.procedure import StepKind
from simtui.i18n import _
from simtui.text import cell_width, fit, shown
from simtui.tui.views.balances import HIDDEN
from simtui.tui.views.layout import Line
from simtui.tui.views.renewal_rows import (
    NARROW,
    Picture,
    Row,
    Target,
    What,
    block,
    folded,
    indented,
    with_cursor,
)
from simtui.tui.views.renewal_step import fact_rows, step_rows
from simtui.tui.widgets.spans import fit as fit_line
from simtui.tui.widgets.spans import line_width
from simtui.walk.scene import QuestionLine, Scene, TrailLine

TWO_COLUMNS = 150
"""From so many cells on tips and questions stand beside the steps."""
WIDEST = 116
INDENT = 5
GUTTER = 2
_LONGEST_TITLE = 34
_SHORTEST_ANSWER = 16
"""With less room an answer stands beneath its step."""


def title(scene: Scene, *, whole: bool, buys: bool) -> str:
    """Return what stands in the border: where in the walk it is; on a small screen with the step's name."""
    name = _("First purchase") if buys else _("Renew")
    if scene.is_over:
        return name
    if whole:
        return "{}  {}".format(name, _("step {at} of {of}").format(at=scene.at, of=scene.of))
    return f"{name}  {scene.at}/{scene.of}  {shown(scene.title)}"


def head(picture: Picture, width: int) -> list[Line]:
    """Return what stays in sight: whose renewal it is, how it is done, whether it waits for its effect."""
    scene = picture.scene
    name = shown(picture.who)
    started = _("started {day}, saved at every step").format(day=scene.started) if scene.started else ""
    wide = width >= NARROW
    first: Line = [(name, "bold")]
    if picture.number and picture.number != name:
        first.append((f"   {picture.number}" if wide else f"  …{picture.number[-5:]}", ""))
    if wide:
        first.append((f"   {fit(scene.offer, width - line_width(first) - 3).rstrip()}", "muted"))
    lines = [fit_line(first, width)]
    state = _state(picture)
    if state:
        lines.append(fit_line([state], width))
    if wide and picture.whole:
        lines.append([(fit(f"{shown(scene.procedure)}   {started}", width), "muted")])
    if scene.note:
        lines.append([(fit("{}  {}".format(_("note"), scene.note), width), "")])
    return lines


def _state(picture: Picture) -> tuple[str, str] | None:
    if picture.overdue:
        return (_("OVERDUE: {waits}").format(waits=picture.paid), "rescue")
    if picture.scene.is_lost:
        return (_("LOST: a payment may bring nothing back"), "rescue")
    return (picture.paid, "paid") if picture.paid else None


def rows(picture: Picture, width: int) -> list[Row]:
    """Return everything beneath the head, with the cursor where it stands; it may be taller than the screen."""
    scene = picture.scene
    two = picture.whole and width >= TWO_COLUMNS and bool(scene.questions)
    main = min(width * 3 // 5, WIDEST) if two else min(width, WIDEST)
    content = with_cursor(_over(picture, main - GUTTER), None, main) if scene.is_over else _open(picture, main)
    asked = _questions(scene, width - main - GUTTER - 2 if two else main - GUTTER, in_full=two)
    if not two:
        spaced = [Row([]), *asked] if asked else []
        return [*content, *with_cursor(spaced, picture.cursor, main)]
    return _beside(content, with_cursor(asked, picture.cursor, width - main - 2), main)


def targets(found: Sequence[Row]) -> list[Target]:
    """Return what the cursor can stand on, in the order in which it goes there: first the steps, then what is beside."""
    main = (row.target for row in found if row.target is not None)
    beside = (row.side for row in found if row.side is not None)
    return list(dict.fromkeys([*main, *beside]))


def first_target(scene: Scene, found: Sequence[Target]) -> Target | None:
    """Return where the cursor begins: at what is asked, to be chosen, filled in or done; else where it goes on.

    Whether a failed payment was charged is not answered by a second Enter: it begins where nothing is claimed.
    """
    chosen = next((each.id for each in scene.choices if each.chosen), None)
    best = chosen or next((each.id for each in scene.choices if each.cheapest), None)
    filled = {(each.id, each.line) for each in scene.fields if each.value or each.raw}
    ticked = {item.id for item in scene.items if item.ticked}
    is_to_do = scene.kind in (StepKind.DO, StepKind.READY, StepKind.WAIT) or (
        scene.kind is StepKind.VERIFY and not ticked
    )
    wanted = [
        *(each for each in found if each.what is What.WAY and each.id == Knowledge.UNKNOWN.value),
        *(each for each in found if each.what is What.WAY),
        *(each for each in found if each.what is What.CHOICE and each.id == best),
        *(each for each in found if each.what is What.CHOICE),
        *(each for each in found if each.what is What.OTHER and not scene.choices),
        *(each for each in found if each.what is What.ITEM and is_to_do and each.id not in ticked),
        *(each for each in found if each.what in (What.FIELD, What.OPTION) and (each.id, each.line) not in filled),
        *(each for each in found if each.what is What.OPTION and _is_picked(scene, each)),
        *(each for each in found if each.what is What.NEXT),
        *found,
    ]
    return wanted[0] if wanted else None


def _is_picked(scene: Scene, target: Target) -> bool:
    return any(each.id == target.id and target.part in each.raw.split(",") for each in scene.fields)


# Steps ---------------------------------------------------------------------------------------------------------------


def _open(picture: Picture, width: int) -> list[Row]:
    if not picture.whole:
        return with_cursor(step_rows(picture, width - GUTTER), picture.cursor, width)
    found: list[Row] = []
    for step in picture.scene.trail:
        if step.state == "ahead" and picture.tight:
            continue
        found += with_cursor(_trail_rows(picture, step, width - GUTTER), picture.cursor, width)
        if step.state == "here":
            opened = with_cursor(step_rows(picture, width - INDENT - GUTTER), picture.cursor, width - INDENT)
            found += [*indented(opened, INDENT), Row([])]
    ahead = [f"{step.number} {step.title}" for step in picture.scene.trail if step.state == "ahead"]
    if ahead and picture.tight:
        told = _("then {steps}").format(steps=words.listed(ahead))
        found += [Row([("  ", ""), *line]) for line in folded(told, width - GUTTER, "muted")]
    return found


def _trail_rows(picture: Picture, step: TrailLine, width: int, *, in_full: bool = False) -> list[Row]:
    """Return a step in one line; one that was finished is a place to go back to. `in_full` cuts nothing off its answer."""
    words, ink = _state_word(step.state)
    sign = max(cell_width(_state_word(each)[0]) for each in ("done", "skipped", "here", "ahead")) + 1
    longest = max(cell_width(shown(each.title)) for each in picture.scene.trail)
    name = min(_LONGEST_TITLE, longest, width - sign - 5) + 2
    hidden = picture.look.private and step.kind in (StepKind.STATUS, StepKind.VERIFY) and step.summary
    summary = HIDDEN if hidden else shown(step.summary)
    text = {"done": "", "skipped": "muted", "here": "title", "ahead": "muted"}[step.state]
    told, beside = "" if step.state == "done" else "muted", sign + 3 + name
    room = max(0, width - beside)
    lines: list[Line] = [[(fit(summary, room).rstrip(), told)]]
    if in_full and room < _SHORTEST_ANSWER:
        beside = sign + 3
        lines = [[], *(folded(summary, width - beside, told) if summary else [])]
    elif in_full:
        lines = folded(summary, room, told)
    line: Line = [(fit(words, sign), ink), (f"{step.number:>2} ", text), (fit(step.title, name), text), *lines[0]]
    back = step.state in ("done", "skipped") and step.number < picture.scene.at and not picture.scene.is_over
    more: list[Line] = [[(" " * beside, ""), *rest] for rest in lines[1:]]
    return block([line, *more], Target(What.STEP, step.id) if back else None)


def _state_word(state: str) -> tuple[str, str]:
    return {
        "done": (_("done"), "good"),
        "skipped": (_("skip"), "muted"),
        "here": (_("now"), "key"),
        "ahead": ("", ""),
    }[state]


def _over(picture: Picture, width: int) -> list[Row]:
    """Return a renewal that is over: all its steps with their answers, and where the line is now."""
    found = [row for step in picture.scene.trail for row in _trail_rows(picture, step, width, in_full=True)]
    return [*found, Row([]), *fact_rows(picture, picture.scene.facts, width)]


# Questions -----------------------------------------------------------------------------------------------------------


def _questions(scene: Scene, width: int, *, in_full: bool) -> list[Row]:
    """Return tips and questions of the step: title and first line, beside the steps all of it."""
    if not scene.questions or scene.is_over:
        return []
    found = [Row([(_("At this step"), "title")])]
    longest = min(_LONGEST_TITLE, max(cell_width(shown(each.title)) for each in scene.questions))
    for each in scene.questions:
        target = Target(What.QUESTION, each.id)
        if in_full:
            found += [*block(_full(each, width), target), Row([])]
        elif width >= NARROW:
            first: Line = [
                (fit(each.title, longest) + "  ", ""),
                (fit(each.lines[0], width - longest - 2).rstrip(), "muted"),
            ]
            found += block([first], target)
        else:
            second: Line = [("  ", ""), (fit(each.lines[0], width - 2).rstrip(), "muted")]
            found += block([[(fit(each.title, width).rstrip(), "")], second], target)
    return found


def _full(question: QuestionLine, width: int) -> list[Line]:
    lines = [line for text in question.lines for line in folded(text, width - 2, "muted")]
    return [*folded(question.title, width), *([("  ", ""), *line] for line in lines)]


def _beside(main: Sequence[Row], side: Sequence[Row], width: int) -> list[Row]:
    """Return two columns as one."""
    empty = Row([])
    return [
        left._replace(line=[*fit_line(left.line, width), ("│ ", "muted"), *right.line], side=right.target)
        for left, right in zip_longest(main, side, fillvalue=empty)
    ]
