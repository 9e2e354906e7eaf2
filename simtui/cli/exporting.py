"""`simtui export`: lines as JSON without loss, or as CSV for spreadsheets. Never overwrites, never follows links."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from simtui.cli.console import Console
from simtui.cli.parser import Parser, Runner
from simtui.cli.start import Start
from simtui.errors import UsageError
from simtui.i18n import _, current, ngettext
from simtui.text import shown

_FORMATS = ("json", "csv")


def export_command(parser: Parser) -> Runner:
    """Declare `simtui export`."""
    parser.add_argument("file", nargs="?", default="-", metavar="FILE", help=_("a new file; - is standard output"))
    parser.add_argument("--format", metavar="json|csv", help=_("json keeps everything; csv has a row a line"))
    parser.epilog = _("Activation codes are never exported. JSON comes back with simtui import.")
    return _export


def _export(arguments: Namespace, start: Start, console: Console) -> int:
    form = _format(arguments)
    if console.private:
        raise UsageError(_("an export with hidden numbers would be of no use"), next_step=_("Leave out --private."))
    with start.desk(console) as desk:
        holdings = desk.holdings()
        if form == "csv":
            from simtui.exchange.csv_out import write_csv

            data = write_csv(holdings, current()).encode()
        else:
            from simtui.exchange.json_lines import write_json

            data = write_json(holdings)
    if arguments.file == "-":
        console.raw(data)
        return 0
    from simtui.store.files import write_new

    write_new(Path(arguments.file), data)
    count = len(holdings)
    if console.json:
        console.data({"schema_version": 1, "file": arguments.file, "format": form, "lines": count})
    else:
        told = ngettext("{n} line written to {file}", "{n} lines written to {file}", count)
        console.line(shown(told.format(n=count, file=arguments.file)))
    return 0


def _format(arguments: Namespace) -> str:
    """Return the format that was asked for, else what the file's name says, else JSON."""
    asked: str = arguments.format or ("csv" if arguments.file.lower().endswith(".csv") else "json")
    if asked not in _FORMATS:
        hint = _("Choose one of: {choices}.").format(choices=", ".join(_FORMATS))
        raise UsageError(_("no such format: {name}").format(name=asked[:40]), place="--format", next_step=hint)
    return asked
