"""What stands on a screen, as text: readable in a diff, and quick to take."""

from __future__ import annotations

from textual.app import App


def screen_text(app: App[object]) -> str:
    """The rows of the whole screen, the screens below a box included, without blanks at their ends."""
    update = app.screen._compositor.render_full_update()
    rows = ["".join(strip.text for strip in strips) for strips in update.strips]
    return "\n".join(row.rstrip() for row in rows)
