"""`simtui undo`: takes back the last change, by name."""

from __future__ import annotations

from argparse import Namespace

from simtui.cli.console import Console
from simtui.cli.parser import Parser, Runner
from simtui.cli.start import Start
from simtui.i18n import _
from simtui.text import shown


def undo_command(parser: Parser) -> Runner:
    """Declare `simtui undo`."""
    parser.add_argument("--redo", action="store_true", help=_("do again what was undone last"))
    return _undo


def _undo(arguments: Namespace, start: Start, console: Console) -> int:
    with start.desk(console) as desk:
        from simtui.change_words import change_name

        name = desk.redo() if arguments.redo else desk.undo()
        told = None if name is None else console.hidden(change_name(name, private=console.private))
    if console.json:
        console.data({"schema_version": 1, "redone" if arguments.redo else "undone": told})
    elif told is None:
        console.line(_("There is nothing to redo.") if arguments.redo else _("There is nothing to undo."))
    elif arguments.redo:
        console.line(shown(_("Done again: {name}").format(name=told)))
    else:
        console.line(shown(_("Undone: {name}").format(name=told)))
    return 0
