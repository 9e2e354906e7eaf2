"""What differs between two versions of a renewal, in words: shown where two sessions are at the same one."""

from __future__ import annotations

from typing import NamedTuple

from simtui import words
from simtui.domain import walkthrough
from simtui.domain.procedure import Fact, FieldType, Procedure
from simtui.domain.renewal import Renewal
from simtui.i18n import _
from simtui.walk import facts, fields
from simtui.walk.staging import known_of
from simtui.walk.walk import Walk


class Difference(NamedTuple):
    """Something that the other session sees otherwise; both sides as a person reads them, `-` for nothing."""

    what: str
    mine: str
    theirs: str


def differences(mine: Walk, theirs: Walk) -> list[Difference]:
    """Return what the stored renewal (`theirs`) says otherwise than the one that is on the screen (`mine`)."""
    rows = dict.fromkeys([*_told(mine), *_told(theirs)])
    before, after = _told(mine), _told(theirs)
    return [
        Difference(what, before.get(what) or "-", after.get(what) or "-")
        for what in rows
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
    }
    return told | _filled(procedure, renewal, walk)


def _filled(procedure: Procedure, renewal: Renewal, walk: Walk) -> dict[str, str]:
    asked = walk.asked
    found = [each for step in procedure.steps for each in step.fields if each.type is not FieldType.SECRET]
    return {words.text(each.label): fields.readable(each, walkthrough.value(renewal, each.id), asked) for each in found}


def stored(walk: Walk) -> Walk:
    """Return the walk as it is stored now, beside the one that is on the screen.

    Raises:
        NotFound: Another session has deleted it.
    """
    other = Walk(walk.desk, walk.members)
    other.reload()
    return other
