"""What can be bought, as a table; on a narrow screen two lines for each thing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from simtui import words
from simtui.i18n import _
from simtui.text import cell_width, fit, shown
from simtui.tui.views.layout import Line, right
from simtui.tui.views.renewal_rows import Row, Target, What, block, folded
from simtui.walk.scene import ChoiceLine

GAP = 2
MARK = 4
LONGEST_NAME = 40


class _Column(NamedTuple):
    name: str
    cells: Sequence[str]
    flush_right: bool = False

    @property
    def width(self) -> int:
        return max(map(cell_width, [self.name, *map(shown, self.cells)]))


def choice_rows(choices: Sequence[ChoiceLine], width: int, *, narrowed: bool) -> list[Row]:
    """Return the table; with `narrowed` what does not suffice for what was asked is dim."""
    other = block([[("( ) ", "muted"), (_("another amount or thing …"), "")]], Target(What.OTHER))
    if not choices:
        return [*block([[(_("Nothing is listed for this offer."), "muted")]], None), *other]
    columns = _columns(choices)
    name = min(LONGEST_NAME, max(cell_width(shown(each.name)) for each in choices))
    # Marks that find no room in a column stand beneath.
    is_beneath = _room(columns, name) > width
    columns = columns[:-1] if is_beneath else columns
    if _room(columns, name) > width:
        return [*(row for each in choices for row in _tall(each, width, narrowed=narrowed)), *other]
    rows = [Row(_header(columns, name))]
    for number, each in enumerate(choices):
        line: Line = [
            (_box(each), "mark" if each.chosen else "muted"),
            (fit(each.name, name + GAP), _ink(each, narrowed)),
        ]
        for column in columns:
            cell = column.cells[number]
            text = right(cell, column.width) if column.flush_right else fit(cell, column.width)
            ink = "good" if not column.name and each.cheapest else _ink(each, narrowed)
            line.append((text + " " * GAP, ink))
        told = words.joined(_marks(each) if is_beneath else "", each.remark)
        ink = "good" if is_beneath and each.cheapest else "muted"
        beneath: list[Line] = [[(" " * MARK, ""), (fit(told, width - MARK).rstrip(), ink)]]
        rows += block([line, *(beneath if told else [])], _target(each))
    return [*rows, *other]


def _room(columns: Sequence[_Column], name: int) -> int:
    return MARK + name + GAP + sum(column.width + GAP for column in columns)


def _columns(choices: Sequence[ChoiceLine]) -> list[_Column]:
    """Return the columns after the name; those in which nothing stands are left out."""
    columns = [
        _Column(_("Price"), [each.price or "?" for each in choices], flush_right=True),
        _Column(_("Data"), [each.data for each in choices], flush_right=True),
        _Column(_("Valid"), [each.valid for each in choices]),
        _Column(_("Full service until"), [each.service_until for each in choices]),
        _Column(_("Number safe until"), [each.safe_until for each in choices]),
        _Column(_("A month"), [each.per_month for each in choices], flush_right=True),
        _Column("", [_marks(each) for each in choices]),
    ]
    return [column for column in columns if column is columns[-1] or any(column.cells)]


def _header(columns: Sequence[_Column], name: int) -> Line:
    line: Line = [(" " * MARK, ""), (fit(_("Name"), name + GAP), "muted")]
    for column in columns:
        text = right(column.name, column.width) if column.flush_right else fit(column.name, column.width)
        line.append((text + " " * GAP, "muted"))
    return line


def _tall(each: ChoiceLine, width: int, *, narrowed: bool) -> list[Row]:
    """Return one thing in two lines: name and price, then what it leads to."""
    price = each.price or "?"
    name = max(4, width - MARK - cell_width(price) - 1)
    ink = _ink(each, narrowed)
    first: Line = [(_box(each), "mark" if each.chosen else "muted"), (fit(each.name, name), ink), (f" {price}", ink)]
    parts = [
        _marks(each),
        each.data,
        each.valid if not each.safe_until else "",
        _until(each),
        _("{price} a month").format(price=each.per_month) if each.per_month else "",
        shown(each.remark),
    ]
    second = "  ".join(part for part in parts if part)
    lines: list[Line] = [first]
    if second:
        ink = "good" if each.cheapest else "muted"
        lines += [[(" " * MARK, ""), *line] for line in folded(second, width - MARK, ink)]
    return block(lines, _target(each))


def _until(each: ChoiceLine) -> str:
    """Return both dates, or one where they are the same or only one is known."""
    service, safe = each.service_until, each.safe_until
    if service and safe and service.lstrip("~=") != safe.lstrip("~="):
        return _("service until {service}, number safe until {safe}").format(service=service, safe=safe)
    return _("until {day}").format(day=safe or service) if safe or service else ""


def _target(each: ChoiceLine) -> Target:
    return Target(What.CHOICE, each.id)


def _box(each: ChoiceLine) -> str:
    return "(x) " if each.chosen else "( ) "


def _ink(each: ChoiceLine, narrowed: bool) -> str:
    if each.chosen:
        return "bold"
    return "muted" if narrowed and not each.suffices else ""


def _marks(each: ChoiceLine) -> str:
    marks = [
        _("cheapest") if each.cheapest else "",
        _("yours") if each.yours else "",
        _("with receive-only time") if each.receive_only else "",
    ]
    return words.listed(mark for mark in marks if mark)
