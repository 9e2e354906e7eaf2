"""`simtui purge`: removes a line for good, from the data, from undo, from every copy and from cached answers."""

from __future__ import annotations

import uuid
from argparse import Namespace
from typing import TYPE_CHECKING

from simtui.cli.console import Console
from simtui.cli.parser import Parser, Runner
from simtui.cli.start import Start, line_meant
from simtui.errors import NotFound, UsageError
from simtui.i18n import _, ngettext
from simtui.numbers import name_of
from simtui.text import shown

if TYPE_CHECKING:
    from simtui.store.purging import Purged


def purge_command(parser: Parser) -> Runner:
    """Declare `simtui purge`."""
    parser.add_argument(
        "line", metavar="LINE", help=_("its id, its number, or a part of its label; by its id also a deleted one")
    )
    parser.add_argument("--yes", action="store_true", help=_("remove it without asking"))
    parser.epilog = _(
        "Removes the line with all its acts from the data, from undo, from the backups and from what was kept to be "
        "quick. This cannot be undone. Exports and copies that you made yourself are not touched."
    )
    return _purge


def _purge(arguments: Namespace, start: Start, console: Console) -> int:
    file = start.real_data_file()
    if start.options.read_only:
        raise UsageError(_("nothing was removed"), next_step=_("Leave out --read-only."))
    line_id, name = _meant(arguments.line, start, console)
    if not (arguments.yes or _is_wanted(name, console)):
        hint = "" if console.asks() and not console.json else _("--yes removes it without asking.")
        raise UsageError(_("nothing was removed"), next_step=hint)
    from simtui.store import purging
    from simtui.traces import forget

    done = purging.purge(file, "line", line_id, txid=uuid.uuid4().hex)
    forget(file)
    _tell(line_id, name, done, console)
    if start.options.restricted:
        told = _(
            "Answers kept outside restricted mode may still hold something of it: simtui purge {id} there removes them."
        )
        console.remark(told.format(id=line_id))
    return 0


def _meant(typed: str, start: Start, console: Console) -> tuple[int, str]:
    """Return the id and the name of the line; one that was deleted has only its id."""
    with start.desk(console) as desk:
        try:
            line_id = line_meant(desk, typed)
        except NotFound:
            number = typed.strip().removeprefix("#")
            if not (number.isascii() and number.isdigit() and len(number) < 10):
                raise
            return int(number), _("the deleted line {id}").format(id=number)
        line = desk.holding(line_id).line
    return line_id, name_of(line.label, line.number, private=console.private)


def _is_wanted(name: str, console: Console) -> bool:
    if console.json or not console.asks():
        return False
    return console.confirm(_("Remove {name} for good, also from undo and all backups?").format(name=name))


def _tell(line_id: int, name: str, done: Purged, console: Console) -> None:
    if console.json:
        console.data(
            {
                "schema_version": 1,
                "purged": line_id,
                "documents": len(done.documents),
                "copies": [str(path) for path in done.copies],
                "left": [str(path) for path in done.left],
            }
        )
        return
    if not (done.documents or done.copies):
        console.line(shown(_("Nothing of {name} was found.").format(name=name)))
    else:
        records, copies = len(done.documents), len(done.copies)
        told = ngettext("{n} record removed from the data", "{n} records removed from the data", records)
        console.line(shown(_("{what}: {state}").format(what=name, state=told.format(n=records))))
        if copies:
            console.line(ngettext("{n} copy cleaned", "{n} copies cleaned", copies).format(n=copies))
    for path in done.left:
        console.line(shown(_("cannot be read, so it may still hold something of it: {file}").format(file=path)))
