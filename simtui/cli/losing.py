"""`simtui losses`: what hangs on a number, for one line or for all."""

from __future__ import annotations

from argparse import Namespace

from simtui.cli.console import Console
from simtui.cli.parser import Parser, Runner
from simtui.cli.start import Start, line_meant
from simtui.i18n import _


def losses_command(parser: Parser) -> Runner:
    """Declare `simtui losses`."""
    parser.add_argument("line", metavar="LINE", nargs="?", help=_("which line; without one all, the worst loss first"))
    parser.epilog = _("To be printed, or kept where you find it when a phone is gone.")
    return _losses


def _losses(arguments: Namespace, start: Start, console: Console) -> int:
    with start.desk(console) as desk:
        from simtui.report.losses import by_weight, loss_data, loss_lines

        holdings = desk.holdings()
        find = {held.id: held for held in holdings}.get
        if arguments.line is not None:
            wanted = [desk.holding(line_meant(desk, arguments.line))]
        else:
            wanted = by_weight(held for held in holdings if held.line.state.value in ("active", "letting_go"))
        if console.json:
            from simtui.report.data import document

            console.data(document(lines=[loss_data(held, find, private=console.private) for held in wanted]))
        else:
            for number, held in enumerate(wanted):
                console.lines([*([""] if number else []), *loss_lines(held, find, private=console.private)])
        if not console.json and not wanted:
            console.line(_("No lines yet."))
        start.remember(0, desk, holdings, console)
    return 0
