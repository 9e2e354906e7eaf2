"""`simtui import`: lines from a file. A preview first; nothing is written while anything is wrong, unless asked."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simtui.cli.console import Console
from simtui.cli.parser import Parser, Runner, file_path
from simtui.cli.start import Start
from simtui.errors import UsageError
from simtui.i18n import _, ngettext
from simtui.text import shown

if TYPE_CHECKING:
    from simtui.exchange.incoming import Import, Wrong

WRONG = 2


def import_command(parser: Parser) -> Runner:
    """Declare `simtui import`."""
    parser.add_argument("file", type=file_path, metavar="FILE", help=_("a CSV file or an export; - is standard input"))
    parser.add_argument("--yes", action="store_true", help=_("write without asking"))
    parser.add_argument("--skip-bad", action="store_true", help=_("leave out what is wrong, and write the rest"))
    parser.epilog = _(
        "The first row of a CSV file has the headings: offer, number or label, and what is known, such as valid_until, "
        "last_top_up_date, last_top_up_amount, currency, last_sms_date, activated_on. Chinese headings work as well."
    )
    return _import


def _import(arguments: Namespace, start: Start, console: Console) -> int:
    name = str(arguments.file)
    if name != "-":
        start.refuse_path(name, _("With - it is read from standard input."))
    if name == "-" and not arguments.yes and console.stdin is not None and console.stdin.isatty():
        console.remark(_("Reading standard input; Ctrl+D ends it."))
    text = _text(arguments.file, console)
    from simtui.transfer import add_import, read_import, usable

    with start.desk(console) as desk:
        found = read_import(desk, text, _("standard input") if name == "-" else name)
        kept = usable(found)
        stopped = bool(found.wrong) and not arguments.skip_bad
        write = not stopped and bool(kept.lines) and _is_wanted(arguments, kept, found, console)
        ids = add_import(desk, kept) if write else []
        _tell(found, kept, ids, console, already_told=write and not arguments.yes, stopped=stopped, name=name)
    return WRONG if stopped else 0


def _text(file: Path, console: Console) -> str:
    from simtui.exchange.reading import as_text, file_content

    if str(file) == "-":
        return as_text(console.input_bytes(), _("standard input"))
    return as_text(file_content(file), str(file))


def _is_wanted(arguments: Namespace, kept: Import, found: Import, console: Console) -> bool:
    """Ask, after the preview, whether to write; without a terminal only `--yes` does."""
    if arguments.yes:
        return True
    if console.json or not console.asks():
        return False
    from simtui.report.incoming import add_question, preview

    console.lines(preview(kept, found, private=console.private))
    if console.confirm(add_question(len(kept.lines))):
        return True
    raise UsageError(_("nothing was written"))


def _tell(
    found: Import, kept: Import, ids: list[int], console: Console, *, already_told: bool, stopped: bool, name: str
) -> None:
    if console.json:
        console.data(_as_data(found, kept, ids))
        return
    if not already_told:
        from simtui.report.incoming import preview

        console.lines(preview(kept, found, private=console.private))
    if ids:
        console.line(ngettext("Added {n} line.", "Added {n} lines.", len(ids)).format(n=len(ids)))
    elif stopped:
        console.line(_("Nothing was written. Mend the file, or leave out what is wrong with --skip-bad."))
    elif kept.lines:
        command = f"simtui import --yes {name}"
        console.line(shown(_("Nothing was written yet. To write: {command}").format(command=command)))
    else:
        console.line(_("There is nothing to add."))


def _as_data(found: Import, kept: Import, ids: list[int]) -> dict[str, Any]:
    def fields(wrong: Wrong) -> dict[str, object]:
        return {"row": wrong.row, "column": wrong.column, "problem": wrong.problem, "next_step": wrong.next_step}

    return {
        "schema_version": 1,
        "added": ids,
        "would_add": [one.row for one in kept.lines] if not ids else [],
        "wrong": [fields(wrong) for wrong in found.wrong],
        "remarks": [fields(wrong) for wrong in found.remarks],
        "unused_columns": list(found.unused),
    }
