"""What the walkthrough's views share: rows that know what they stand for, and what they are laid out from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from simtui.text import cell_width
from simtui.tui.forms.editor import Editor
from simtui.tui.views.layout import Line, Look, wrapped
from simtui.walk.scene import FieldLine, Scene

NARROW = 56
"""Below this many cells labels stand above their values."""
HERE = "cursor"


class What(StrEnum):
    """What the cursor can stand on."""

    STEP = "step"
    FACT = "fact"
    ITEM = "item"
    FIELD = "field"
    OPTION = "option"
    CHOICE = "choice"
    OTHER = "other"
    WAY = "way"
    NEXT = "next"
    QUESTION = "question"


class Target(NamedTuple):
    """One thing that the cursor can stand on: `id` is its own, `part` what of it, `line` whose where lines differ."""

    what: What
    id: str = ""
    part: str = ""
    line: int | None = None


class Row(NamedTuple):
    """One line on the screen.

    `target` is what a click on it means, `head` that it is the first of its target and carries the cursor; `cursor` is
    the cell of the text cursor, where there is one. `side` is what stands beside it, in a column of its own.
    """

    line: Line
    target: Target | None = None
    head: bool = False
    cursor: int | None = None
    side: Target | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the views are laid out from.

    `who` and `number` are the line's as they may be shown, `paid` is how long a payment waits; `whole` shows all steps,
    else the present one alone; `tight` leaves out what is told elsewhere, where not all of it fits. `editor` and `complaint` belong to the field under the cursor.
    """

    scene: Scene
    who: str
    number: str
    look: Look
    whole: bool
    tight: bool = False
    cursor: Target | None = None
    editor: Editor | None = None
    complaint: str = ""
    paid: str = ""
    overdue: bool = False
    may_enter: bool = False

    def is_on(self, target: Target) -> bool:
        """Tell whether the cursor stands there."""
        return self.cursor == target

    def edits(self, target: Target) -> Editor | None:
        """Return the editor, if it is this field's."""
        return self.editor if self.cursor == target else None


def field_target(field: FieldLine) -> Target:
    """Return what a field is for the cursor."""
    return Target(What.FIELD, field.id, line=field.line)


def folded(text: str, width: int, ink: str = "", indent: int = 0) -> list[Line]:
    """Return text broken into lines as `wrapped` does; what has no blanks, such as a link, is broken where it must be."""
    lines: list[Line] = []
    for line in wrapped(text, max(4, width), ink, indent):
        rest = "".join(part for part, _ink in line)
        while cell_width(rest) > max(4, width):
            cut = _that_fits(rest, max(4, width))
            lines.append([(rest[:cut], ink)])
            rest = rest[cut:]
        lines.append([(rest, ink)])
    return lines


def _that_fits(text: str, width: int) -> int:
    """Return how many characters of a text fit into so many cells, at least one."""
    at, used = 0, 0
    while at < len(text) and used + cell_width(text[at]) <= width:
        used += cell_width(text[at])
        at += 1
    return max(1, at)


def block(lines: Sequence[Line], target: Target | None) -> list[Row]:
    """Return lines that stand for one thing; the first carries the cursor."""
    return [Row(line, target, head=number == 0) for number, line in enumerate(lines)]


def indented(rows: Sequence[Row], cells: int) -> list[Row]:
    """Return rows moved to the right."""
    blank = " " * cells
    return [
        row._replace(line=[(blank, ""), *row.line], cursor=None if row.cursor is None else row.cursor + cells)
        for row in rows
    ]


def with_cursor(rows: Sequence[Row], cursor: Target | None, width: int) -> list[Row]:
    """Return rows with a gutter of two cells in which the cursor stands; its first line is shown in the cursor's ink."""
    done: list[Row] = []
    for row in rows:
        here = cursor is not None and row.target == cursor
        first = here and row.head
        line: Line = [("> " if first else "  ", f"mark {HERE}" if first else "mark"), *row.line]
        if first:
            line = _padded([(text, f"{ink} {HERE}".strip()) for text, ink in line], width)
        done.append(row._replace(line=line, cursor=None if row.cursor is None else row.cursor + 2))
    return done


def _padded(line: Line, width: int) -> Line:
    used = sum(cell_width(text) for text, _ink in line)
    return [*line, (" " * max(0, width - used), HERE)]
