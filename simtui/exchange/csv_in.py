"""Reads lines from a CSV file, whoever wrote it: headings in English or Chinese, commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simtui.errors import InputError
from simtui.exchange.columns import column_of, is_computed, is_forbidden
from simtui.exchange.csv_row import RowReader
from simtui.exchange.incoming import MOST_LINES, MOST_WRONG, Import, Incoming, TodayIn, Wrong, too_much
from simtui.i18n import _
from simtui.lookup import OfferBook
from simtui.text import from_csv_cell

_SEPARATORS = (",", ";", "\t")
_SEPARATOR_LINE = re.compile(r"sep=(.?)", re.IGNORECASE)
_MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class _Heading:
    """The columns that are read, by position, how many there are, and the headings of the others."""

    columns: dict[int, str]
    width: int
    unused: tuple[str, ...]
    remarks: tuple[Wrong, ...]


def read_csv(text: str, book: OfferBook, today_in: TodayIn, *, place: str) -> Import:
    """Return the lines of a CSV file with everything that is wrong, row by row.

    Raises:
        InputError: If it has no headings that simtui knows, or is no CSV at all.
    """
    rows = _filled_rows(text, place)
    heading = _heading(next(rows, (0, []))[1], place)
    reader = RowReader(book, today_in)
    lines: list[Incoming] = []
    wrong: list[Wrong] = []
    for number, cells in rows:
        if len(lines) >= MOST_LINES:
            raise InputError(_("holds more than {n} lines").format(n=MOST_LINES), place=place)
        if len(wrong) >= MOST_WRONG:
            raise too_much(wrong, place)
        if any(cell.strip() for cell in cells[heading.width :]):
            hint = _("Put quotation marks around a cell that has a comma in it.")
            wrong.append(Wrong(number, "", _("has more cells than there are headings"), hint))
            continue
        named = {column: from_csv_cell(cells[at]) for at, column in heading.columns.items() if at < len(cells)}
        incoming, faults = reader.read(number, named)
        wrong += faults
        if incoming is not None:
            lines.append(incoming)
    return Import(tuple(lines), tuple(wrong), heading.unused, heading.remarks)


def _filled_rows(text: str, place: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that hold anything, without the `sep=;` that spreadsheets write before the headings."""
    has_begun = False
    for number, cells in _rows(text, place):
        is_separator = not has_begun and cells and _SEPARATOR_LINE.match(cells[0])
        if any(cell.strip() for cell in cells) and not is_separator:
            has_begun = True
            yield number, cells


def _rows(text: str, place: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number as a spreadsheet counts, cells)."""
    source = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    number = 0
    while True:
        number += 1
        try:
            yield number, next(source)
        except StopIteration:
            return
        except csv.Error as error:
            hint = _("Look for a quotation mark that is not closed.")
            raise InputError(_("row {n} cannot be read").format(n=number), place=place, next_step=hint) from error


def _separator(text: str) -> str:
    """Return what separates the headings: what `sep=` says, else what of `, ; Tab` stands most often in the first line."""
    first = text.lstrip().partition("\n")[0]
    if (named := _SEPARATOR_LINE.match(first)) and named.group(1) in _SEPARATORS:
        return named.group(1)
    return max(_SEPARATORS, key=first.count)


def _heading(cells: Sequence[str], place: str) -> _Heading:
    columns: dict[int, str] = {}
    unused: list[str] = []
    remarks: list[Wrong] = []
    for at, cell in enumerate(cells[:_MOST_COLUMNS]):
        column = column_of(cell)
        if column is None:
            if is_forbidden(cell):
                remarks.append(
                    Wrong(1, cell.strip(), _("is not read: simtui keeps no PIN, PUK, password, code or card number"))
                )
            elif cell.strip() and not is_computed(cell):
                unused.append(cell.strip())
        elif column in columns.values():
            hint = _("Rename one of them, or take its column out.")
            raise InputError(_("two headings mean {column}").format(column=column), place=place, next_step=hint)
        else:
            columns[at] = column
    if not {"label", "number"}.intersection(columns.values()) or "offer" not in columns.values():
        hint = _("The first row needs the headings offer, and number or label; valid_until helps.")
        raise InputError(_("has no headings that name the lines"), place=place, next_step=hint)
    return _Heading(columns, len(cells), tuple(unused), tuple(remarks))
