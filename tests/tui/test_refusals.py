"""Why something was refused, as the dashboard says it."""

from __future__ import annotations

from simtui.store.repository import NotSaved
from simtui.tui.refusals import refusal, why_not_saved


def test_that_nothing_was_saved_is_said_once() -> None:
    full = NotSaved("No space left on device", place="simtui.json", next_step="Free some space.")
    assert refusal(full) == "simtui.json: Nothing was saved: No space left on device. Free some space."
    assert why_not_saved(full) == "simtui.json: No space left on device. Free some space."
