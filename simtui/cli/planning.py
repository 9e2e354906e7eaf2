"""`simtui plan`: the cheapest acts that keep lines until a day."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from simtui.cli.console import Console
from simtui.cli.parser import Parser, Runner
from simtui.cli.start import Start, line_meant
from simtui.i18n import _

if TYPE_CHECKING:
    from simtui.desk import Desk
    from simtui.domain.calendar import Day
    from simtui.holding import Holding


def plan_command(parser: Parser) -> Runner:
    """Declare `simtui plan`."""
    parser.epilog = _("Without a line all active ones are planned. Nothing is saved, and nothing is bought.")
    parser.add_argument(
        "lines", nargs="*", metavar="LINE", help=_("ids, numbers, or parts of labels; none: all active lines")
    )
    parser.add_argument("--until", metavar="DAY", help=_("keep them until this day; a year from now by default"))
    return _plan


def _plan(arguments: Namespace, start: Start, console: Console) -> int:
    with start.desk(console) as desk:
        from simtui.planning import plan_of

        holdings = _meant(desk, arguments.lines)
        planned = [plan_of(held, _until(arguments.until, held)) for held in holdings]
        if console.json:
            from simtui.report.data import document
            from simtui.report.planning import plan_data

            console.data(document(**plan_data(planned, private=console.private)))
        elif planned:
            from simtui.report.planning import plan_lines

            console.lines(plan_lines(planned, private=console.private, width=console.width))
        else:
            console.line(_("No active lines to plan for."))
        start.remember(0, desk, holdings, console)
    return 0


def _meant(desk: Desk, typed: list[str]) -> list[Holding]:
    if not typed:
        return [held for held in desk.holdings() if held.is_active]
    ids = dict.fromkeys(line_meant(desk, each) for each in typed)
    return [desk.holding(line_id) for line_id in ids]


def _until(typed_day: str | None, held: Holding) -> Day | None:
    if typed_day is None:
        return None
    from simtui import typed
    from simtui.planning import checked_end

    day = typed.day(typed_day, held.today, field="--until", ahead=True)
    return checked_end(day, held.today, field="--until")
