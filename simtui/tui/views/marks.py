"""How sure a date is, shown by sign and ink: guesses look like guesses, stated dates like stated ones."""

from __future__ import annotations

from simtui import words
from simtui.domain.reckoning import Certainty


def date_ink(certainty: Certainty, ink: str = "") -> str:
    """Return the ink of a date: guesses look like guesses, stated dates like stated ones."""
    extra = {Certainty.GUESS: "guess", Certainty.STATED: "stated"}.get(certainty, "")
    return f"{ink} {extra}".strip()


def marked_date(day: object, certainty: Certainty) -> str:
    """Return a date with the sign of its certainty: `~2026-11-24`, `=2026-11-24`."""
    return f"{words.certainty_mark(certainty)}{day}"
