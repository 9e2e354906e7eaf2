"""`simtui proofs`: what was paid and what there is to show for it, and the text that disputes a payment."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from simtui.cli.console import Console
from simtui.cli.parser import Parser, Runner
from simtui.cli.start import Start, line_meant
from simtui.errors import NotFound, UsageError
from simtui.i18n import _, current

if TYPE_CHECKING:
    from simtui.desk import Desk


def proofs_command(parser: Parser) -> Runner:
    """Declare `simtui proofs`."""
    parser.add_argument("line", metavar="LINE", nargs="?", help=_("which line; without one all"))
    parser.add_argument("--missing", action="store_true", help=_("only payments without any proof"))
    parser.add_argument(
        "--dispute",
        nargs="+",
        metavar=("RENEWAL", "en|fr|zh"),
        help=_("the text that disputes the payment of a renewal at a bank or at PayPal"),
    )
    parser.add_argument("--because", metavar="WHY", help=_("what went wrong, if the renewal does not tell itself"))
    return _proofs


def _proofs(arguments: Namespace, start: Start, console: Console) -> int:
    with start.desk(console) as desk:
        if arguments.dispute is not None:
            _dispute(arguments.dispute, arguments.because, desk, console)
            return 0
        from simtui.report.proofs import payments, proof_data, proof_lines, purchase_payments, without_proof

        one = None if arguments.line is None else line_meant(desk, arguments.line)
        holdings = desk.holdings() if one is None else [desk.holding(one)]
        found = [payment for held in holdings for payment in payments(held)]
        found += purchase_payments(desk) if one is None else []
        if arguments.missing:
            found = without_proof(found)
        if console.json:
            from simtui.report.data import document

            console.data(document(payments=[proof_data(payment) for payment in found]))
        elif found:
            console.lines(map(console.hidden, proof_lines(found, private=console.private)))
        else:
            console.line(_("Every payment has its proof.") if arguments.missing else _("No payments are recorded."))
        start.remember(0, desk, holdings, console)
    return 0


def _dispute(said: Sequence[str], because: str | None, desk: Desk, console: Console) -> None:
    from simtui.cli.writing import affair_of, problem_meant, tongue_meant
    from simtui.renewals import Renewals
    from simtui.walk.support import dispute_text

    if len(said) > 2 or not said[0].isdecimal():
        raise UsageError(_("the id of a renewal is needed, then perhaps a language"), place="--dispute")
    held = Renewals(desk).get(int(said[0]))
    if held is None:
        hint = _("simtui proofs lists renewals with their ids.")
        raise NotFound(_("there is no renewal {id}").format(id=said[0]), next_step=hint)
    tongue = tongue_meant(said[1] if len(said) > 1 else current(), "--dispute")
    problem = problem_meant(because, held.renewal)
    affair = affair_of(held.renewal, desk, private=console.private)
    text = console.hidden(dispute_text(affair, problem, tongue))
    if console.json:
        from simtui.report.data import document

        console.data(document(renewal=held.id, language=tongue.value, because=problem.value, text=text))
    else:
        console.line(text)
