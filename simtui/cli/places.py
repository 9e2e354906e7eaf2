"""`simtui locate`: where simtui keeps things."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from simtui import paths
from simtui.cli.console import Console
from simtui.cli.parser import Parser, Runner
from simtui.cli.start import Start
from simtui.errors import SimtuiError
from simtui.i18n import _
from simtui.text import shown


def locate_command(parser: Parser) -> Runner:
    """Declare `simtui locate`."""
    parser.epilog = _("A file that is not there yet is marked with -.")
    return _locate


def _locate(_arguments: Namespace, start: Start, console: Console) -> int:
    found = _places(start)
    if console.json:
        places = {name: {"path": str(path), "exists": path.exists()} for name, _title, path in found}
        console.data({"schema_version": 1, "places": places})
        return 0
    for _name, title, path in found:
        mark = " " if path.exists() else "-"
        console.line(f"{mark} {shown(str(path))}  ({title})")
    return 0


def _places(start: Start) -> list[tuple[str, str, Path]]:
    """Return (name, title, path) of everything simtui reads or writes."""
    options = start.options
    data = options.data_file
    found = [
        ("data", _("lines and acts"), data),
        ("own_carriers", _("your own offers"), options.own_carriers_file),
        ("backups", _("backups"), data.parent / "backups"),
        *(
            []
            if options.carriers is None
            else [("used_carriers", _("offers instead of the bundled ones"), options.carriers)]
        ),
        ("config", _("settings"), paths.config_file()),
        ("cache", _("answers kept to be given again quickly"), paths.cache_dir()),
        ("state", _("logs and what the dashboard remembers"), paths.state_dir()),
    ]
    for name, title, file in (
        ("carriers", _("offers that came with simtui"), "carriers.json"),
        ("themes", _("themes that came with simtui"), "themes"),
    ):
        try:
            found.append((name, title, paths.bundled(file)))
        except SimtuiError:
            continue
    return found
