"""How a form looks: rows of label and value, what fits beneath the one with the cursor, the preview below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from simtui.i18n import _
from simtui.text import cell_width, fit, shown
from simtui.tui.forms.model import Field
from simtui.tui.forms.state import FormState
from simtui.tui.views.layout import Line, wrapped
from simtui.tui.widgets.canvas import barred, thumb_of

NARROW = 56
"""Below this many cells labels stand above their values."""
OPTIONS = 5
"""How many options of a list are in sight."""
LABEL = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the form.

    `field` and `option` say what a click on it means, `near` that it belongs to the field with the cursor, and
    `cursor` in which cell the text cursor stands.
    """

    line: Line
    field: str = ""
    option: int | None = None
    near: bool = False
    cursor: int | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """The visible lines, the cell of the text cursor, and how many lines of the preview are out of sight."""

    rows: list[Row]
    cursor: tuple[int, int] | None
    preview_hidden: int


def draw(state: FormState[Any, Any], size: tuple[int, int], *, preview_top: int = 0, rule: str = "─") -> Picture:
    """Return the form in `size` (width, height) cells: fields above, as much of the preview as fits below."""
    width, height = size
    rows = _all_rows(state, width - 1)
    preview = list(state.form.preview(state.values, width))
    foot = _problem(state, width)
    room = max(3, height - len(foot))
    below = min(len(preview), max(3, min(room * 2 // 5, room - len(rows) - 1))) if preview else 0
    below = max(below, min(len(preview), room - len(rows) - 1))
    fields = room - below - (1 if below else 0)
    top = _top(rows, fields)
    visible = _with_bar(rows, top, fields, width)
    if below:
        visible += _preview(preview, below, preview_top, width, rule)
    visible += [Row(line) for line in foot]
    cursor = next(((row.cursor, y) for y, row in enumerate(visible) if row.cursor is not None), None)
    return Picture(visible, cursor, len(preview) - below)


def _all_rows(state: FormState[Any, Any], width: int) -> list[Row]:
    """Return the lines of all fields."""
    rows: list[Row] = []
    label_width = max(min(LABEL, max(cell_width(shown(each.label)) for each in state.fields)), 6) + 2
    for field in state.fields:
        if field.heading:
            rows += [Row([]), Row([(fit(f"  {field.heading}", width), "title")])]
        rows += _field(state, field, width, label_width)
    return rows


def _field(state: FormState[Any, Any], field: Field, width: int, label_width: int) -> list[Row]:
    here = field.id == state.at
    complaint = state.complaint(field)
    mark = ">" if here else "!" if complaint else " "
    ink = "error" if complaint else "bold" if here else "muted"
    gutter = (f"{mark} ", "error" if complaint else "mark")
    indent = 4 if width < NARROW else 2 + label_width
    value = _value(state, field, width - indent)
    cursor = indent + state.editor.cursor_cell() if here and not field.is_switch else None
    if width < NARROW:
        rows = [
            Row([gutter, (fit(field.label, width - 2), ink)], field.id, near=here),
            Row([(" " * indent, ""), *value], field.id, near=here, cursor=cursor),
        ]
    else:
        rows = [Row([gutter, (fit(field.label, label_width), ink), *value], field.id, near=here, cursor=cursor)]
    if here:
        rows += _beneath(state, field, complaint, width, indent)
    elif complaint:
        rows += [Row(line, field.id) for line in _indented(wrapped(complaint, width - indent, "error"), indent)]
    return rows


def _value(state: FormState[Any, Any], field: Field, width: int) -> Line:
    """Return what stands in a field, and how it was understood."""
    here, value = field.id == state.at, state.value(field)
    if field.is_switch:
        return _switch(field, value, width) if here else [(fit(field.word(value), width), "")]
    if not field.is_text:
        word = field.word(value)
        if not here:
            return [(fit(word or "·", width), "" if word else "muted")]
        if not state.editor.text and word:
            return [(fit(word, width), "cursor")]
        return state.editor.view(width, "cursor")
    told = state.checked.understood.get(field.id, "") if field.id not in state.checked.errors else ""
    side = f"  = {shown(told)}" if told else ""
    room = width - cell_width(side)
    if room < 10:
        side, room = "", width
    if here:
        return [*state.editor.view(room, "cursor"), (side, "muted")]
    text = fit(value or "·", room) if not side else fit(value, min(room, cell_width(shown(value))))
    return [(text, "" if value else "muted"), (side, "muted")]


def _switch(field: Field, value: str, width: int) -> Line:
    """Return a few options side by side, the picked one in brackets."""
    line: Line = []
    for option in field.options:
        picked = option.value == value
        line.append(
            (f"[{shown(option.label)}]" if picked else f" {shown(option.label)} ", "cursor bold" if picked else "")
        )
    used = sum(cell_width(text) for text, _ink in line)
    if used <= width:
        return line
    return [(fit(f"< {field.word(value)} >", width), "cursor bold")]


def _beneath(state: FormState[Any, Any], field: Field, complaint: str, width: int, indent: int) -> list[Row]:
    """Return what stands under the field with the cursor: the complaint or the hint, and its list."""
    room = width - indent
    hint = field.hint
    if field.is_switch:
        changes = _("Space changes it")
        hint = _("{first}; {then}").format(first=hint, then=changes) if hint else changes
    text, ink = (complaint, "error") if complaint else (hint, "muted")
    rows = [Row(line, field.id, near=True) for line in _indented(wrapped(text, room, ink), indent)] if text else []
    if field.is_text or field.is_switch:
        return rows
    if not state.options:
        nothing = _("Nothing fits “{query}”.").format(query=state.editor.text)
        return [*rows, *(Row(line, near=True) for line in _indented(wrapped(nothing, room, "muted"), indent))]
    return [*rows, *_list(state, field, room, indent)]


def _list(state: FormState[Any, Any], field: Field, room: int, indent: int) -> list[Row]:
    """Return the options around the one under the cursor, and how many more there are."""
    count, at = len(state.options), state.option or 0
    first = max(0, min(at - OPTIONS // 2, count - OPTIONS))
    name_width = min(
        max(cell_width(shown(each.label)) for each in state.options[first : first + OPTIONS]), room * 2 // 3
    )
    rows = []
    for number, option in enumerate(state.options[first : first + OPTIONS], first):
        here = number == state.option
        ink = "cursor" if here else ""
        note = fit(f"  {option.note}", max(0, room - 2 - name_width))
        line: Line = [
            (" " * indent, ""),
            ("> " if here else "  ", f"mark {ink}"),
            (fit(option.label, name_width), ink),
            (note, f"muted {ink}"),
        ]
        rows.append(Row(line, field.id, number, near=True))
    if count > OPTIONS:
        place = _("{n} of {count}").format(n=at + 1, count=count)
        rows.append(Row([(" " * (indent + 2), ""), (place, "muted")], field.id, near=True))
    return rows


def _preview(preview: Sequence[Line], height: int, top: int, width: int, rule: str) -> list[Row]:
    """Return the part of the preview that is in sight, under a rule."""
    top = max(0, min(top, len(preview) - height))
    hidden = len(preview) - height
    more = _(" PgUp PgDn ") if hidden > 0 else ""
    line: Line = [(rule * max(0, width - cell_width(more)), "muted"), (more, "muted")]
    return [Row(line), *(Row(list(line)) for line in preview[top : top + height])]


def _problem(state: FormState[Any, Any], width: int) -> list[Line]:
    """Return why saving failed."""
    if not state.problem:
        return []
    return wrapped(_("Not saved: {problem}").format(problem=state.problem), width, "error")[:4]


def _indented(lines: Sequence[Line], indent: int) -> list[Line]:
    return [[(" " * indent, ""), *line] for line in lines]


def _top(rows: Sequence[Row], height: int) -> int:
    """Return the first visible line so that the field with the cursor and what is beneath it are in sight."""
    near = [number for number, row in enumerate(rows) if row.near]
    if len(rows) <= height or not near:
        return 0
    first, last = near[0], near[-1]
    top = max(0, min((first + last) // 2 - height // 2, len(rows) - height))
    return min(top, first)


def _with_bar(rows: Sequence[Row], top: int, height: int, width: int) -> list[Row]:
    """Return the visible lines, with a bar at the right where there are more."""
    visible = list(rows[top : top + height])
    if len(rows) <= height:
        return visible
    thumb = thumb_of(height, top, len(rows))
    return [replace(row, line=list(barred(row.line, width, thumb, y))) for y, row in enumerate(visible)]
