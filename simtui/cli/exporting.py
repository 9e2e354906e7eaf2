"""`simtui export`: lines as JSON without loss, or as CSV for spreadsheets. Never overwrites, never follows links."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from simtui.cli.console import Console
from simtui.cli.parser import Parser, Runner, file_path
from simtui.cli.start import Start
from simtui.errors import UsageError
from simtui.i18n import _, ngettext
from simtui.text import shown


def export_command(parser: Parser) -> Runner:
    """Declare `simtui export`."""
    parser.add_argument(
        "file", nargs="?", type=file_path, default="-", metavar="FILE", help=_("a new file; - is standard output")
    )
    parser.add_argument("--format", metavar="json|csv", help=_("json keeps everything; csv has a row a line"))
    parser.epilog = _("Activation codes are never exported. JSON comes back with simtui import.")
    return _export


def _export(arguments: Namespace, start: Start, console: Console) -> int:
    from simtui.transfer import exported, format_for

    file: Path = arguments.file
    form = format_for(file.name, arguments.format)
    if str(file) != "-":
        start.refuse_path(str(file), _("Without a name it goes to standard output."))
    if console.private:
        raise UsageError(_("an export with hidden numbers would be of no use"), next_step=_("Leave out --private."))
    with start.desk(console) as desk:
        data, count = exported(desk, form), len(desk.holdings())
    if str(file) == "-":
        console.raw(data)
        return 0
    from simtui.store.files import write_new

    write_new(file, data)
    if console.json:
        console.data({"schema_version": 1, "file": str(file), "format": form, "lines": count})
    else:
        told = ngettext("{n} line written to {file}", "{n} lines written to {file}", count)
        console.line(shown(told.format(n=count, file=file)))
    return 0
