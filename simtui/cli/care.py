"""`simtui backup`: a checked copy of the data."""

from __future__ import annotations

from argparse import Namespace

from simtui.cli.console import Console
from simtui.cli.parser import Parser, Runner
from simtui.cli.start import Start
from simtui.errors import NotFound, UsageError
from simtui.i18n import _
from simtui.text import shown


def backup_command(parser: Parser) -> Runner:
    """Declare `simtui backup`."""
    parser.add_argument("to", nargs="?", metavar="-", help=_("write the data to standard output instead"))
    parser.epilog = _("The copy lies beside the data file, in backups; simtui restore goes back to one.")
    return _backup


def _backup(arguments: Namespace, start: Start, console: Console) -> int:
    if arguments.to is not None:
        if arguments.to != "-":
            raise UsageError(_("not understood: {names}").format(names=shown(arguments.to[:200])))
        return _write_out(start, console)
    with start.desk(console) as desk:
        file = desk.repository.backup()
    if console.json:
        console.data({"schema_version": 1, "backup": str(file)})
    else:
        console.line(shown(_("Copied to {file}").format(file=file)))
    return 0


def _write_out(start: Start, console: Console) -> int:
    """Write the data file as it is; it is looked at first, and is always whole, as it is only ever replaced."""
    if console.private:
        raise UsageError(_("a backup with hidden numbers would be of no use"), next_step=_("Leave out --private."))
    file = start.real_data_file()
    with start.desk(console) as desk:
        if not desk.repository.seq:
            raise NotFound(_("There is no data to back up yet."), place=str(file))
        console.raw(file.read_bytes())
    return 0
