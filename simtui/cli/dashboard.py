"""Opens the dashboard, if there is a terminal that can show it."""

from __future__ import annotations

from collections.abc import Mapping

from simtui.cli.console import Console
from simtui.cli.start import Start


def can_show(console: Console, environ: Mapping[str, str]) -> bool:
    """Tell whether all three streams are terminals and the terminal can move its cursor; Textual paints on stderr."""
    streams = (console.stdin, console.stdout, console.stderr)
    return environ.get("TERM", "dumb") not in ("", "dumb") and all(
        stream is not None and stream.isatty() for stream in streams
    )


def open_dashboard(start: Start) -> int:
    """Run the dashboard and return its exit status."""
    from simtui.tui.app import run

    options, _settings = start.settled()
    return run(options)
