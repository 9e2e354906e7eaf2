"""Which panes are on the screen, for a size, the pane in use and zoom. Pure, so that every case is tested."""

from __future__ import annotations

from enum import StrEnum

PANES = ("lines", "standing", "plans", "year", "history")
"""The panes that keys 1 to 5 and Tab reach."""


NARROW = 60
"""Below so many columns a row of the list needs two lines, and the screen holds one pane."""
SHORT = 18
"""Below so many rows the screen holds one pane, too."""


class Layout(StrEnum):
    """How much room there is."""

    PHONE = "phone"
    SMALL = "small"
    WIDE = "wide"
    HUGE = "huge"


def layout_for(width: int, height: int) -> Layout:
    """Return the layout for a terminal of so many cells."""
    if width < NARROW or height < SHORT:
        return Layout.PHONE
    if width < 110 or height < 30:
        return Layout.SMALL
    return Layout.HUGE if width >= 170 and height >= 45 else Layout.WIDE


def shown_panes(layout: Layout, active: str, side: str, *, zoomed: bool) -> frozenset[str]:
    """Return the ids of the widgets to show.

    `active` is the pane with the focus, `side` the last one besides the lines. Where there is room, `standing` brings
    `balances` along.
    """
    if zoomed or layout is Layout.PHONE:
        return frozenset({active})
    if layout is Layout.SMALL:
        return frozenset({"lines", side})
    if layout is Layout.HUGE:
        return frozenset({"lines", "standing", "balances", "plans", "history", "year"})
    shared = "history" if side == "history" else "plans"
    return frozenset({"lines", "standing", "balances", "year", shared})
