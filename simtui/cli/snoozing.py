"""`simtui snooze`: a line raises no alarm for a while, never beyond its last day."""

from __future__ import annotations

from argparse import Namespace

from simtui.cli.console import Console
from simtui.cli.parser import Parser, Runner
from simtui.cli.start import Start, line_meant
from simtui.errors import UsageError
from simtui.i18n import _


def snooze_command(parser: Parser) -> Runner:
    """Declare `simtui snooze`."""
    parser.add_argument("line", metavar="LINE", help=_("its id, its number, or a part of its label"))
    parser.add_argument("day", metavar="DAY", nargs="?", help=_("when it raises alarms again, such as 2026-11-20"))
    parser.add_argument("--off", action="store_true", help=_("let it raise alarms again now"))
    parser.epilog = _("The alarm comes back on that day, or on the last day of the line, whichever is first.")
    return _snooze


def _snooze(arguments: Namespace, start: Start, console: Console) -> int:
    if (arguments.day is None) is not arguments.off:
        raise UsageError(_("say a day, or --off"))
    with start.desk(console) as desk:
        held = desk.holding(line_meant(desk, arguments.line))
        until = None
        if arguments.day is not None:
            from simtui import typed

            until = typed.day(arguments.day, held.today, field="DAY", ahead=True)
        desk.snooze([held.id], until)
        after = desk.holding(held.id)
        if console.json:
            from simtui.report.data import document, line_data

            console.data(document(line=line_data(after, desk.catalogue, desk.now(), private=console.private)))
        else:
            from simtui.report.explanation import brief

            console.lines(brief(after, desk.catalogue, private=console.private))
    return 0
