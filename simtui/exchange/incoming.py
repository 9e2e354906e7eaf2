"""What a file to be imported holds: lines that can be added, and what is wrong with the others, by row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from simtui.domain.act import Act
from simtui.domain.calendar import Day
from simtui.domain.line import Line, LineState
from simtui.domain.renewal import Renewal
from simtui.errors import InputError
from simtui.i18n import _

MOST_LINES = 20_000
MOST_WRONG = 500
"""So much is only wrong in the wrong file, or one thing all along."""

TodayIn = Callable[[str], Day]
"""Tells today's date in a time zone."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong, or (as a remark) noteworthy: which row, which column, what, and what to do.

    `row` counts as a spreadsheet does, the header being row 1; in JSON it is the number of the line from 1, and
    `column` a path such as `acts[2].day`. All texts may hold the file's words: show them through `simtui.text`.
    """

    row: int
    column: str
    problem: str
    next_step: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A line to be added with its acts and renewals; their `line` is filled in when it gets its id.

    `backup_row` is the row of the line that is this line's backup channel.
    """

    row: int
    line: Line
    acts: tuple[Act, ...] = ()
    renewals: tuple[Renewal, ...] = ()
    backup_row: int | None = None


@dataclass(frozen=True, slots=True)
class Import:
    """A file's content. `unused` names columns that nobody reads; `remarks` are worth knowing and wrong in nothing."""

    lines: tuple[Incoming, ...]
    wrong: tuple[Wrong, ...] = ()
    unused: tuple[str, ...] = ()
    remarks: tuple[Wrong, ...] = ()

    def without(self, rows: Iterable[int]) -> Import:
        """Return the import without the lines of these rows; a backup channel that goes with them is left out."""
        gone = set(rows)
        kept = [one for one in self.lines if one.row not in gone]
        return Import(tuple(_unbacked(one, gone) for one in kept), self.wrong, self.unused, self.remarks)


def too_much(wrong: Sequence[Wrong], place: str) -> InputError:
    """Return that more than `MOST_WRONG` things are wrong with a file, and what the first of them is."""
    first = wrong[0]
    where = _("row {n}, {column}").format(n=first.row, column=first.column)
    hint = _("The first: {place}: {problem}.").format(place=where, problem=first.problem)
    return InputError(_("more than {n} things are wrong").format(n=MOST_WRONG), place=place, next_step=hint)


def doubles(lines: Sequence[Incoming], held: Iterable[tuple[int, Line]]) -> list[Wrong]:
    """Return what is held already, or stands in the file twice: the same number, or the same label and offer.

    A number that was ported away may come back on another offer.
    """
    known: dict[tuple[str, str], str] = {}
    for line_id, line in held:
        if line.state is not LineState.PORTED_OUT:
            known[_key(line)] = _("you hold this as line {id} already").format(id=line_id)
    found: list[Wrong] = []
    for one in lines:
        key = _key(one.line)
        if key in known:
            column = "number" if one.line.number else "label"
            found.append(Wrong(one.row, column, known[key]))
        else:
            known[key] = _("stands in row {row} already").format(row=one.row)
    return found


def _key(line: Line) -> tuple[str, str]:
    return (line.number, "") if line.number is not None else (line.offer, line.label or "")


def _unbacked(one: Incoming, gone: set[int]) -> Incoming:
    if one.backup_row not in gone:
        return one
    return Incoming(one.row, one.line, one.acts, one.renewals)
