"""Opens the dashboard, if there is a terminal that can show it."""

from __future__ import annotations

from collections.abc import Mapping

from simtui.cli.console import Console
from simtui.cli.start import Start


def can_show(console: Console, environ: Mapping[str, str]) -> bool:
    """Tell whether there is a terminal that can show the dashboard.

    Raises:
        UsageError: There is one, but its encoding has no place for the dashboard's characters.
    """
    from simtui.tui.lifecycle import Surface, surface

    return surface(environ, console.stdin, console.stdout, console.stderr) is Surface.SCREEN


def open_dashboard(start: Start) -> int:
    """Run the dashboard and return its exit status."""
    from simtui.tui.app import run

    options, _settings = start.settled()
    return run(options)
