"""The help: the keys of the screen from the live keymap, and what the signs mean."""

from __future__ import annotations

from simtui.i18n import _
from simtui.text import cell_width
from simtui.tui.keys import Keymap

KEY_CELLS = 16


def help_text(keymap: Keymap, pane: str) -> str:
    """Return the help of the dashboard as lines of text; `pane` is the one with the focus."""
    panes = {
        "lines": _("Lines: the most urgent first. Enter goes to the standing."),
        "standing": _("Standing: where the line is, the sum behind its dates, and its balances."),
        "plans": _("Plans: what can be bought, until when it keeps the number. Enter records that you bought it."),
        "year": _("Year: how many last days fall into each month."),
        "history": _("History: acts, newest first. Enter edits; / shows only payments without proof."),
    }
    return "\n".join(
        [
            panes.get(pane, ""),
            "",
            *(
                line.keys + " " * max(1, KEY_CELLS - cell_width(line.keys)) + line.help
                for line in keymap.help_lines("dashboard")
            ),
            *_signs(),
        ]
    )


def _signs() -> list[str]:
    return [
        "",
        _("Signs"),
        "=" + " " * (KEY_CELLS - 1) + _("a date that the operator stated"),
        "~" + " " * (KEY_CELLS - 1) + _("a guess: old sources, or how acts add up is not known"),
        "",
        _("Phases"),
        _("rescue: time has run out, the number can still be saved. due: act within days. soon: within 30 days."),
    ]
