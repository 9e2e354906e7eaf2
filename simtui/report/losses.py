"""What hangs on a number: the accounts that go with it, how bad that is, the second way, and until when it can be kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from simtui import words
from simtui.domain.line import BoundService, Weight
from simtui.domain.standing import Phase
from simtui.holding import Holding
from simtui.i18n import _
from simtui.report.plain import indented, marked, name_shown, number_shown, table
from simtui.report.urgency import phase_word
from simtui.text import shown

Find = Callable[[int], Holding | None]
"""Gives the line of an id, None where there is none."""
_WEIGHTS = tuple(reversed(Weight))


def heaviest(holding: Holding) -> Weight:
    """Return how bad the loss would be: the weight of the line, or of the heaviest thing that hangs on it."""
    return min((holding.line.weight, *(service.weight for service in _services(holding))), key=_WEIGHTS.index)


def by_weight(holdings: Iterable[Holding]) -> list[Holding]:
    """Return the lines by how bad their loss would be, those with more of the heaviest first, then the sooner one."""

    def rank(holding: Holding) -> tuple[int, int, int, int, int]:
        weight = heaviest(holding)
        count = sum(service.weight is weight for service in _services(holding))
        left = holding.standing.days_left
        return _WEIGHTS.index(weight), -count, -len(_services(holding)), 10**6 if left is None else left, holding.id

    return sorted(holdings, key=rank)


def loss_lines(holding: Holding, find: Find, *, private: bool) -> list[str]:
    """Return the sheet of one line as plain text."""
    title = _("{name} (line {id})").format(name=name_shown(holding, private=private), id=holding.id)
    number = number_shown(holding, private=private) if holding.line.label else ""
    told = [_("weight: {weight}").format(weight=words.word(heaviest(holding))), until_when(holding)]
    services = _services(holding)
    if services:
        told.append(_("if this number dies you lose:"))
    rows = [(service.name, service.kind or "", words.word(service.weight)) for service in services]
    lines = [shown(words.listed(part for part in (title, number) if part)), *indented(map(shown, told))]
    lines += indented(indented(table(rows)))
    if not services:
        lines += indented([shown(_("no services are named; simtui edit and e in the dashboard name them"))])
    return [*lines, *indented([shown(second_way(holding, find, private=private))])]


def loss_sentence(holding: Holding, find: Find, *, private: bool = False) -> str:
    """Return the same in one line, empty where nothing is known to hang on the number."""
    bound = bound_services(holding)
    if not bound:
        return ""
    return _("{first}; {then}").format(first=bound, then=second_way(holding, find, private=private))


def bound_services(holding: Holding) -> str:
    """Return the services that hang on the number, the heaviest first; empty where none is named."""
    return words.listed(map(_named, _services(holding)))


def until_when(holding: Holding) -> str:
    """Return until when the number is safe; until when it can be saved, where it has to be."""
    found = holding.standing
    phase = phase_word(holding)
    if found.phase is Phase.LOST:
        return words.about(phase, _("the number is gone"))
    if found.number_safe_until is not None and found.phase is not Phase.RESCUE:
        day = marked(found.number_safe_until, found.safe_certainty)
        return words.about(phase, _("number safe until {day}").format(day=day))
    if found.final_day is not None:
        day = marked(found.final_day, found.final_certainty)
        return words.about(phase, _("the number can be saved until {day}").format(day=day))
    return words.about(phase, _("until when the number can be saved is not known"))


def second_way(holding: Holding, find: Find, *, private: bool = False) -> str:
    """Return what is left if the number dies; a backup line that is lost is none."""
    backup = holding.line.backup
    if backup is None:
        return _("no second way to be reached is named")
    if backup.line is None:
        return _("second way: {channel}").format(channel=backup.other)
    other = find(backup.line)
    if other is None:
        return _("the second way, line {id}, is not there any more").format(id=backup.line)
    name = _("{name} (line {id})").format(name=name_shown(other, private=private), id=other.id)
    if other.standing.phase is Phase.LOST:
        return _("the second way, {name}, is lost").format(name=name)
    return _("second way: {channel}").format(channel=words.joined(name, phase_word(other)))


def loss_data(holding: Holding, find: Find, *, private: bool) -> dict[str, Any]:
    """Return the sheet of one line as the documented JSON."""
    found, backup = holding.standing, holding.line.backup
    other = find(backup.line) if backup is not None and backup.line is not None else None
    return {
        "id": holding.id,
        "name": name_shown(holding, private=private),
        "weight": heaviest(holding).value,
        "services": [
            {"name": service.name, "kind": service.kind, "weight": service.weight.value}
            for service in _services(holding)
        ],
        "backup_line": None if backup is None else backup.line,
        "backup_other": None if backup is None else backup.other,
        "backup_phase": None if other is None else other.standing.phase.value,
        "phase": found.phase.value,
        "final_date": None if found.final_day is None else found.final_day.format_iso(),
        "number_safe_until": None if found.number_safe_until is None else found.number_safe_until.format_iso(),
        "words": loss_sentence(holding, find, private=private) or None,
    }


def _services(holding: Holding) -> list[BoundService]:
    return sorted(holding.line.bound_services, key=lambda service: _WEIGHTS.index(service.weight))


def _named(service: BoundService) -> str:
    details = [service.kind or "", words.word(service.weight) if service.weight is not Weight.NORMAL else ""]
    about = words.listed(part for part in details if part)
    return _("{name} ({details})").format(name=service.name, details=about) if about else service.name
