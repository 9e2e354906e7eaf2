"""`simtui add`: a line in one go."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from simtui.cli.console import Console
from simtui.cli.parser import Parser, Runner
from simtui.cli.start import Start
from simtui.errors import InputError, SimtuiError, UsageError
from simtui.i18n import _

if TYPE_CHECKING:
    from simtui.desk import Desk
    from simtui.quick import Quick


def add_command(parser: Parser) -> Runner:
    """Declare `simtui add`."""
    parser.add_argument(
        "words", nargs="*", metavar="WORDS", help=_('such as "+33612345678 mobicarte 10EUR 2026-11-20"')
    )
    parser.add_argument("--label", help=_("what to call the line"))
    parser.add_argument("--stdin", action="store_true", help=_("read such texts from standard input, one a line"))
    parser.add_argument("--yes", action="store_true", help=_("add it even if the number is held already"))
    parser.epilog = _(
        "A number or a label, the offer, then what is known: until DATE, or an amount and the day of the last top-up, "
        "or sms, call, data, plan and a day. Other users of this machine can see arguments: --stdin hides numbers."
    )
    return _add


def _add(arguments: Namespace, start: Start, console: Console) -> int:
    texts = _texts(arguments, console)
    with start.desk(console) as desk:
        from simtui.desk import NewLine

        found = _parsed(texts, arguments.label, desk)
        if not arguments.yes:
            _refuse_doubles(found, desk)
        added = desk.add_lines([NewLine(quick.line, quick.acts) for quick in found])
        _tell(added, desk, console)
    return 0


def _texts(arguments: Namespace, console: Console) -> list[str]:
    said = " ".join(arguments.words).strip()
    texts = [said] if said else []
    if arguments.stdin:
        from simtui.exchange.reading import as_text

        lines = as_text(console.input_bytes(), _("standard input")).splitlines()
        texts += [line for line in lines if line.strip()]
    if not texts:
        hint = _('Such as: simtui add "+33612345678 mobicarte 10EUR 2026-11-20".')
        raise UsageError(_("nothing was said"), next_step=hint)
    if arguments.label is not None and len(texts) > 1:
        raise UsageError(_("one label cannot name several lines"))
    return texts


def _parsed(texts: list[str], label: str | None, desk: Desk) -> list[Quick]:
    """Return what the texts mean; with several, an error says which line it is in."""
    from dataclasses import replace

    from simtui.quick import parse

    found: list[Quick] = []
    for number, text in enumerate(texts, start=1):
        try:
            quick = parse(text, desk.catalogue, desk.today_in)
        except SimtuiError as error:
            if len(texts) == 1:
                raise
            place = _("line {n}").format(n=number) + (f", {error.place}" if error.place else "")
            raise InputError(error.problem, place=place, next_step=error.next_step) from error
        found.append(quick)
    if label is not None:
        if not 0 < len(label.strip()) <= 200:
            raise InputError(_("must be 1 to 200 characters long"), place="--label")
        found = [replace(found[0], line=found[0].line.model_copy(update={"label": label.strip()}))]
    return found


def _refuse_doubles(found: list[Quick], desk: Desk) -> None:
    from simtui.exchange.incoming import Incoming, doubles

    incoming = [Incoming(number, quick.line) for number, quick in enumerate(found, start=1)]
    wrong = doubles(incoming, ((held.id, held.line) for held in desk.holdings()))
    if wrong:
        place = _("line {n}").format(n=wrong[0].row) if len(found) > 1 else ""
        raise InputError(wrong[0].problem, place=place, next_step=_("--yes adds it all the same."))


def _tell(added: list[int], desk: Desk, console: Console) -> None:
    holdings = [desk.holding(line_id) for line_id in added]
    if console.json:
        from simtui.report.data import document, line_data

        lines = [line_data(held, desk.catalogue, desk.now(), private=console.private) for held in holdings]
        console.data(document(added=lines))
        return
    from simtui.report.explanation import brief

    for held in holdings:
        console.lines(brief(held, desk.catalogue, private=console.private))
