"""What differs between two versions of a renewal, in words: shown where two sessions are at the same one."""

from __future__ import annotations

from typing import NamedTuple

from simtui import words
from simtui.domain import walkthrough
from simtui.domain.procedure import Fact, FieldType, Procedure
from simtui.i18n import _
from simtui.walk import facts, fields
from simtui.walk.of_each import called, lines
from simtui.walk.staging import known_of
from simtui.walk.walk import PER_LINE, Walk


class Difference(NamedTuple):
    """Something that the other session sees otherwise; both sides as a person reads them, `-` for nothing."""

    what: str
    mine: str
    theirs: str


def differences(mine: Walk, theirs: Walk) -> list[Difference]:
    """Return what the stored renewal (`theirs`) says otherwise than the one that is on the screen (`mine`)."""
    before, after = _told(mine), _told(theirs)
    return [
        Difference(what, before.get(what) or "-", after.get(what) or "-")
        for what in before | after
        if before.get(what, "") != after.get(what, "")
    ]


def _told(walk: Walk) -> dict[str, str]:
    """Return what a renewal says, by what it is called."""
    renewal, procedure = walk.renewal, walk.procedure
    place = walkthrough.place(procedure, renewal)
    told = {
        _("step"): f"{place.number} {words.text(place.step.title)}",
        _("state"): words.word(renewal.state),
        _("way"): words.text(procedure.name),
        _("to buy"): facts.fact_line(Fact.ORDER, known_of(walk)).value,
        _("ticked"): str(len(renewal.ticked)) if renewal.ticked else "",
        _("note"): renewal.note or "",
        _("lines"): words.listed(sorted(called(holding) for holding, _renewal in lines(walk))),
    }
    return told | _filled(procedure, walk)


def _filled(procedure: Procedure, walk: Walk) -> dict[str, str]:
    """Return what the fields hold; what each of several lines has of its own, of every one."""
    asked, several = walk.asked, len(walk.members) > 1
    found = [each for step in procedure.steps for each in step.fields if each.type is not FieldType.SECRET]
    told: dict[str, str] = {}
    for field in found:
        own = several and field.id in PER_LINE
        for held in walk.members if own else walk.members[:1]:
            label = words.text(field.label)
            if own and held.renewal.line is not None:
                label = f"{label} · {called(walk.desk.holding(held.renewal.line))}"
            told[label] = fields.readable(field, walkthrough.value(held.renewal, field.id), asked)
    return told


def stored(walk: Walk) -> Walk:
    """Return the walk as it is stored now, beside the one that is on the screen.

    Raises:
        NotFound: Another session has deleted it.
    """
    other = Walk(walk.desk, walk.members)
    other.reload()
    return other
