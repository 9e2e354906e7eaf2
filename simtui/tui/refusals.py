"""What the dashboard says where something was refused."""

from __future__ import annotations

from simtui.errors import NotFound, SimtuiError
from simtui.i18n import _
from simtui.text import told


def refusal(error: SimtuiError) -> str:
    """Return why something was refused, on one line.

    Nobody types the ids of lines in the dashboard: a line that is not there any more was deleted in another session.
    """
    if isinstance(error, NotFound):
        from simtui.desk import NoSuchLine

        if isinstance(error, NoSuchLine):
            return _("another session has deleted this line meanwhile")
    return told(error)
