"""What the dashboard says where something was refused."""

from __future__ import annotations

from simtui.errors import NotFound, SimtuiError
from simtui.i18n import _
from simtui.store.repository import Busy, Conflict, NotSaved
from simtui.text import joined, told


def refusal(error: SimtuiError) -> str:
    """Return why something was refused, on one line.

    Nobody types the ids of lines in the dashboard: a line that is not there any more was deleted in another session.
    """
    if isinstance(error, NotFound):
        from simtui.desk import NoSuchLine

        if isinstance(error, NoSuchLine):
            return _("another session has deleted this line meanwhile")
    if isinstance(error, (Busy, Conflict)):  # where that is says nothing to somebody who looks at the line
        return joined(error.problem, error.next_step)
    return told(error)


def why_not_saved(error: SimtuiError) -> str:
    """Return the same where the words around it say already that nothing was saved."""
    if isinstance(error, NotSaved):
        return told(SimtuiError(error.reason, place=error.place, next_step=error.next_step))
    return refusal(error)
