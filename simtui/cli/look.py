"""The commands that only look: `due`, `list`, `show`, `explain`, and the report that stands in for the dashboard."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from simtui.cli.console import Console
from simtui.cli.parser import Parser, Runner
from simtui.cli.start import Start, line_meant
from simtui.i18n import _

if TYPE_CHECKING:
    from simtui.desk import Desk
    from simtui.holding import Holding
    from simtui.report.open_renewals import OpenRenewal

SOMETHING_IS_DUE = 1
CANNOT_TELL = 2
"""A part of the data cannot be read: what is due there, nobody knows."""


def due_command(parser: Parser) -> Runner:
    """Declare `simtui due`."""
    parser.epilog = _("For cron, a login greeting or a status bar: prints nothing where nothing needs an act.")
    return _due


def _due(_arguments: Namespace, start: Start, console: Console) -> int:
    with start.desk(console) as desk:
        from simtui.report.urgency import by_urgency, needs_act

        holdings = desk.holdings()
        found = [held for held in by_urgency(holdings) if needs_act(held)]
        purchases = _stuck_purchases(desk)
        if console.json:
            _due_data(found, purchases, desk, console)
        elif found or purchases:
            from simtui.report.plain import due_lines

            now, private, width = desk.now(), console.private, console.width
            console.lines(due_lines(found, now=now, private=private, width=width, purchases=purchases))
        elif console.width is not None:
            console.line(_("No line needs an act."))
        status = SOMETHING_IS_DUE if found or purchases else 0
        if desk.problems or _is_blind(found, desk):
            status = CANNOT_TELL
        start.remember(status, desk, holdings, console)
    return status


def _due_data(found: Sequence[Holding], purchases: Sequence[OpenRenewal], desk: Desk, console: Console) -> None:
    from simtui.report.data import document

    bought = []
    if purchases:
        from simtui.report.open_renewals import purchase_data

        bought = [purchase_data(each) for each in purchases]
    console.data(document(lines=[_with_options(held, desk, console) for held in found], purchases=bought))


def _stuck_purchases(desk: Desk) -> Sequence[OpenRenewal]:
    """Return the first purchases that somebody has to look after; hardly ever is there one to be read."""
    if not desk.repository.list("renewal", line=None):
        return ()
    from simtui.report.open_renewals import stuck_purchases

    return stuck_purchases(desk)


def _is_blind(found: Sequence[Holding], desk: Desk) -> bool:
    """Tell whether a fault in a carriers file hides what is due on one of the lines."""
    return bool(desk.catalogue.problems) and any(not held.known_offer for held in found)


def list_command(parser: Parser) -> Runner:
    """Declare `simtui list`."""
    parser.add_argument("--all", action="store_true", help=_("also archived lines and numbers ported out"))
    return _list


def _list(arguments: Namespace, start: Start, console: Console) -> int:
    with start.desk(console) as desk:
        from simtui.report.urgency import by_urgency

        holdings = desk.holdings()
        _tell(by_urgency(_wanted(holdings, everything=arguments.all)), desk, console)
        start.remember(0, desk, holdings, console)
    return 0


def print_report(start: Start, console: Console) -> int:
    """Print what the dashboard would show first: the list; for pipes and terminals that cannot draw."""
    with start.desk(console) as desk:
        from simtui.report.urgency import by_urgency

        holdings = desk.holdings()
        _tell(by_urgency(_wanted(holdings, everything=False)), desk, console)
        start.remember(0, desk, holdings, console)
    return 0


def _wanted(holdings: Sequence[Holding], *, everything: bool) -> Sequence[Holding]:
    kept = ("active", "letting_go")
    return holdings if everything else [held for held in holdings if held.line.state.value in kept]


def _tell(holdings: Sequence[Holding], desk: Desk, console: Console) -> None:
    if console.json:
        from simtui.report.data import document, line_data

        lines = [line_data(held, desk.catalogue, desk.now(), private=console.private) for held in holdings]
        console.data(document(lines=lines))
    elif holdings:
        from simtui.report.plain import list_lines

        console.lines(list_lines(holdings, private=console.private, width=console.width))
    else:
        console.line(_("No lines yet. simtui add and simtui import bring some; simtui --demo shows made-up ones."))


def show_command(parser: Parser) -> Runner:
    """Declare `simtui show`."""
    _add_line(parser)
    return _show


def _show(arguments: Namespace, start: Start, console: Console) -> int:
    with start.desk(console) as desk:
        held = desk.holding(line_meant(desk, arguments.line))
        if console.json:
            from simtui.report.data import document, history

            console.data(
                document(line={**_with_options(held, desk, console), "acts": history(held, private=console.private)})
            )
        else:
            from simtui.report.explanation import show

            console.lines(show(held, desk.catalogue, desk.now(), private=console.private))
        start.remember(0, desk, [held], console)
    return 0


def explain_command(parser: Parser) -> Runner:
    """Declare `simtui explain`."""
    _add_line(parser)
    return _explain


def _explain(arguments: Namespace, start: Start, console: Console) -> int:
    with start.desk(console) as desk:
        held = desk.holding(line_meant(desk, arguments.line))
        if console.json:
            from simtui.report.data import document, line_data

            console.data(document(line=line_data(held, desk.catalogue, desk.now(), private=console.private)))
        else:
            from simtui.report.explanation import explain

            console.lines(explain(held, desk.catalogue, private=console.private))
        start.remember(0, desk, [held], console)
    return 0


def _add_line(parser: Parser) -> None:
    parser.add_argument("line", metavar="LINE", help=_("its id, its number, or a part of its label"))


def _with_options(held: Holding, desk: Desk, console: Console) -> dict[str, Any]:
    from simtui.report.data import line_data, options

    line = line_data(held, desk.catalogue, desk.now(), private=console.private)
    return {**line, "to_buy": options(held.outcomes, held.offer)}
