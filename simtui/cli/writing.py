"""What commands need to write to somebody about a renewal: the affair, what went wrong, and in which language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simtui.errors import UsageError
from simtui.i18n import _
from simtui.walk.letters import Problem, Tongue
from simtui.walk.support import Affair, problem_of

if TYPE_CHECKING:
    from simtui.desk import Desk
    from simtui.domain.renewal import Renewal


def affair_of(renewal: Renewal, desk: Desk, *, private: bool) -> Affair:
    """Return what is written about; a number that is to be hidden is left out, as one that is not known is."""
    line = None if renewal.line is None else desk.holding(renewal.line)
    offer = line.offer if line is not None else desk.offer(renewal.offer or "none")
    carrier = desk.catalogue.carrier_of(offer.id)
    told_of = None if line is None or private else line.line
    return Affair(renewal, told_of, offer, None if carrier is None else carrier.name)


def tongue_meant(said: str, place: str) -> Tongue:
    """Return the language that was named; raises UsageError."""
    try:
        return Tongue(said.lower())
    except ValueError as error:
        choices = ", ".join(Tongue)
        raise UsageError(_("must be one of: {choices}").format(choices=choices), place=place) from error


def problem_meant(because: str | None, renewal: Renewal) -> Problem:
    """Return what to write about: as it was said, else what the renewal tells itself; raises UsageError."""
    choices = _("One of: {options}.").format(options=", ".join(Problem))
    if because is not None:
        try:
            return Problem(because.lower().replace("-", "_"))
        except ValueError as error:
            raise UsageError(_("there is no such reason"), place="--because", next_step=choices) from error
    found = problem_of(renewal)
    if found is None:
        raise UsageError(_("this renewal does not tell what went wrong: say --because"), next_step=choices)
    return found
