"""`simtui record`: something happened to a line."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from simtui.cli.console import Console
from simtui.cli.parser import Parser, Runner
from simtui.cli.start import Start, line_meant
from simtui.errors import InputError, UsageError
from simtui.i18n import _
from simtui.text import shown

if TYPE_CHECKING:
    from simtui.desk import Desk
    from simtui.domain.act import Act
    from simtui.domain.standing import Standing
    from simtui.holding import Holding


_OPTIONS = {
    "day": "--date",
    "amount": "--amount",
    "note": "--note",
    "proof.order_number": "--order-number",
    "proof.receipt": "--receipt",
    "proof.confirmation": "--confirmation",
}
"""The fields of an act whose values only its record checks, by the option that gives them."""


def record_command(parser: Parser) -> Runner:
    """Declare `simtui record`."""
    parser.add_argument("line", metavar="LINE", help=_("its id, its number, or a part of its label"))
    what = _("what happened, such as top-up, plan, sms, statement")
    parser.add_argument("act", metavar="ACT", nargs="?", help=what)
    parser.add_argument(
        "--sms", action="store_true", help=_("read the operator's message from standard input, and record what it says")
    )
    for name, metavar, text in (
        ("--date", "DAY", _("when: 2026-11-20, 11-20, yesterday, -3d; today if not said")),
        ("--amount", "AMOUNT", _("what was paid, such as 10EUR")),
        ("--plan", "PLAN", _("which plan was bought, by id or name")),
        ("--until", "DAY", _("the last day the operator names; also of a plan or a paid hold")),
        ("--clock", "CLOCK", _("which clock a statement speaks of, if not the usual one")),
        ("--channel", "HOW", _("online, app, shop, phone or third_party")),
        ("--mark", "MARK", _("free, emergency, wifi (use that often does not count) or roaming")),
        ("--from-credit", "yes|no", _("whether a plan was paid from the line's own credit")),
        ("--credit-left", "AMOUNT", _("credit read, such as 2.10EUR")),
        ("--data-left", "DATA", _("data read, such as 3.1GB")),
        ("--minutes-left", "N", _("minutes read")),
        ("--sms-left", "N", _("SMS read")),
        ("--source", "WHERE", _("where it was read: site, app, hotline, sms, mail, shop or dial_code")),
        ("--order-number", "TEXT", _("the order's number")),
        ("--receipt", "TEXT", _("where the receipt is: a path or link, kept as text")),
        ("--confirmation", "TEXT", _("what the confirmation says")),
        ("--note", "TEXT", _("a remark of yours")),
    ):
        parser.add_argument(name, metavar=metavar, help=text)
    parser.add_argument("--yes", action="store_true", help=_("record it even if it looks like a double"))
    parser.add_argument("--dry-run", action="store_true", help=_("only show what it would lead to"))
    parser.epilog = _("Acts: {acts}.").format(acts=_act_names())
    return _record


def _act_names() -> str:
    from simtui.domain.act import ActKind

    return ", ".join(ActKind)


def _record(arguments: Namespace, start: Start, console: Console) -> int:
    if arguments.sms:
        from simtui.cli.message import record_message

        return record_message(arguments, start, console)
    if arguments.act is None:
        hint = _("One of: {acts}.").format(acts=_act_names())
        raise UsageError(_("what happened is missing"), next_step=hint)
    with start.desk(console) as desk:
        held = desk.holding(line_meant(desk, arguments.line))
        act = _act(arguments, held)
        if arguments.dry_run:
            _tell(None, act, held.standing, held.with_act(act), held, console)
            return 0
        _refuse_double(arguments, desk, held, act, console)
        (act_id,) = desk.record([act])
        after = desk.holding(held.id)
        recorded = next(one.act for one in after.acts if one.id == act_id)
        _tell(act_id, recorded, held.standing, after.standing, after, console)
    return 0


def _act(arguments: Namespace, held: Holding) -> Act:
    """Return the act that the arguments describe; raises InputError naming the option."""
    from pydantic import ValidationError

    from simtui.cli.actfields import act_fields
    from simtui.domain.act import Act
    from simtui.exchange.complaints import complaints

    fields = act_fields(arguments, held)
    try:
        return Act.model_validate(fields)
    except ValidationError as error:
        place, problem = complaints(error)[0]
        raise InputError(problem, place=_OPTIONS.get(place, place)) from error


def _refuse_double(arguments: Namespace, desk: Desk, held: Holding, act: Act, console: Console) -> None:
    """Ask about an act that was recorded already; without somebody to ask, refuse it."""
    double = None if arguments.yes else desk.like(held.id, act)
    if double is None:
        return
    from simtui import words

    title = words.act_title(double.act, held.offer)
    problem = _("{act} of {day} is recorded already as #{id}").format(act=title, day=double.act.day, id=double.id)
    if console.asks():
        if console.confirm(_("{problem}. Record it once more?").format(problem=problem)):
            return
        raise UsageError(_("nothing was recorded"))
    raise InputError(problem, next_step=_("--yes records it once more."))


def _tell(act_id: int | None, act: Act, before: Standing, after: Standing, held: Holding, console: Console) -> None:
    left_out = [remark for remark in after.remarks if remark.act is act]
    if console.json:
        from simtui.report.data import act_data, dates, document, remark_data

        answer: dict[str, Any] = {"act": act_data(act_id, act, private=console.private), "line": held.id}
        answer |= {"before": dates(before), "after": dates(after)}
        console.data(document(**answer, remarks=[remark_data(remark, held) for remark in left_out]))
        return
    from simtui import sums, words
    from simtui.report.explanation import change_lines
    from simtui.report.plain import indented

    title = words.act_title(act, held.offer)
    what = _("Would record {act} of {day} on {line}.") if act_id is None else _("Recorded {act} of {day} on {line}.")
    console.line(shown(what.format(act=title, day=act.day, line=_name(held, console))))
    console.lines(change_lines(before, after))
    console.lines(indented(shown(sums.remark(remark, held.offer)) for remark in left_out))


def _name(held: Holding, console: Console) -> str:
    from simtui.report.plain import name_shown

    return name_shown(held, private=console.private)
