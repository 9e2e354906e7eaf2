"""`simtui import`: lines from a file. A preview first; nothing is written while anything is wrong, unless asked."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simtui.cli.console import Console, told
from simtui.cli.parser import Parser, Runner
from simtui.cli.start import Start
from simtui.errors import SimtuiError, UsageError
from simtui.i18n import _, ngettext
from simtui.text import shown

if TYPE_CHECKING:
    from simtui.desk import Desk, NewLine
    from simtui.exchange.incoming import Import, Wrong

_MOST_SHOWN = 60
WRONG = 2


def import_command(parser: Parser) -> Runner:
    """Declare `simtui import`."""
    parser.add_argument("file", type=Path, metavar="FILE", help=_("a CSV file or an export; - is standard input"))
    parser.add_argument("--yes", action="store_true", help=_("write without asking"))
    parser.add_argument("--skip-bad", action="store_true", help=_("leave out what is wrong, and write the rest"))
    parser.epilog = _(
        "The first row of a CSV file has the headings: offer, number or label, and what is known, such as valid_until, "
        "last_top_up_date, last_top_up_amount, currency, last_sms_date, activated_on. Chinese headings work as well."
    )
    return _import


def _import(arguments: Namespace, start: Start, console: Console) -> int:
    name = str(arguments.file)
    if name == "-" and not arguments.yes and console.stdin is not None and console.stdin.isatty():
        console.remark(_("Reading standard input; Ctrl+D ends it."))
    text = _text(arguments.file, console)
    with start.desk(console) as desk:
        found = _read(text, name, desk)
        bad = {wrong.row for wrong in found.wrong}
        kept = found.without(bad)
        stopped = bool(found.wrong) and not arguments.skip_bad
        write = not stopped and bool(kept.lines) and _is_wanted(arguments, kept, found, console)
        ids = desk.add_lines(_new_lines(kept), verb="import") if write else []
        _tell(found, kept, ids, console, already_told=write and not arguments.yes, stopped=stopped, name=name)
    return WRONG if stopped else 0


def _text(file: Path, console: Console) -> str:
    from simtui.exchange.reading import as_text, file_content

    if str(file) == "-":
        return as_text(console.input_bytes(), _("standard input"))
    return as_text(file_content(file), str(file))


def _read(text: str, name: str, desk: Desk) -> Import:
    """Return what the file holds; lines that are held already are among what is wrong."""
    from dataclasses import replace

    from simtui.exchange.incoming import doubles
    from simtui.exchange.json_lines import is_json, read_json

    if is_json(text):
        found = read_json(text, desk.catalogue.ids, place=name)
    else:
        from simtui.exchange.csv_in import read_csv

        found = read_csv(text, desk.catalogue, desk.today_in, place=name)
    known = doubles(found.lines, ((held.id, held.line) for held in desk.holdings()))
    return replace(found, wrong=tuple(sorted((*found.wrong, *known), key=lambda wrong: wrong.row)))


def _is_wanted(arguments: Namespace, kept: Import, found: Import, console: Console) -> bool:
    """Ask, after the preview, whether to write; without a terminal only `--yes` does."""
    if arguments.yes:
        return True
    if console.json or not console.asks():
        return False
    console.lines(_preview(kept, found, private=console.private))
    count = len(kept.lines)
    question = ngettext("Add {n} line?", "Add {n} lines?", count).format(n=count)
    if console.confirm(question):
        return True
    raise UsageError(_("nothing was written"))


def _new_lines(found: Import) -> list[NewLine]:
    from simtui.desk import NewLine

    position = {one.row: at for at, one in enumerate(found.lines)}
    return [
        NewLine(one.line, one.acts, one.renewals, None if one.backup_row is None else position[one.backup_row])
        for one in found.lines
    ]


def _tell(
    found: Import, kept: Import, ids: list[int], console: Console, *, already_told: bool, stopped: bool, name: str
) -> None:
    if console.json:
        console.data(_as_data(found, kept, ids))
        return
    if not already_told:
        console.lines(_preview(kept, found, private=console.private))
    if ids:
        console.line(ngettext("Added {n} line.", "Added {n} lines.", len(ids)).format(n=len(ids)))
    elif stopped:
        console.line(_("Nothing was written. Mend the file, or leave out what is wrong with --skip-bad."))
    elif kept.lines:
        command = f"simtui import --yes {name}"
        console.line(shown(_("Nothing was written yet. To write: {command}").format(command=command)))
    else:
        console.line(_("There is nothing to add."))


def _preview(kept: Import, found: Import, *, private: bool) -> list[str]:
    """Return what would be added, and what is wrong, by row."""
    from simtui import words

    lines = [_("Would be added:"), *_lines_of(kept, private=private)] if kept.lines else []
    for title, remarks in ((_("Wrong:"), found.wrong), (_("Worth knowing:"), found.remarks)):
        if remarks:
            lines += [title, *(f"  {_told(wrong)}" for wrong in remarks[:_MOST_SHOWN])]
            if len(remarks) > _MOST_SHOWN:
                lines.append("  " + _("{n} more").format(n=len(remarks) - _MOST_SHOWN))
    if found.unused:
        lines.append(shown(_("Columns that are not read: {names}").format(names=words.listed(found.unused))))
    return lines


def _lines_of(kept: Import, *, private: bool) -> list[str]:
    from simtui import numbers, words
    from simtui.report.plain import table

    rows = []
    for one in kept.lines[:_MOST_SHOWN]:
        number = one.line.number or ""
        acts = words.listed(f"{words.act_title(act)} {act.valid_until or act.day}" for act in one.acts[:4])
        hidden = numbers.masked(number) if private and number else number
        rows.append((f"  {one.row}", one.line.label or "", hidden, one.line.offer, acts))
    more = len(kept.lines) - _MOST_SHOWN
    return [*table(rows), *(["  " + _("{n} more").format(n=more)] if more > 0 else [])]


def _told(wrong: Wrong) -> str:
    place = _("row {n}").format(n=wrong.row)
    if wrong.column:
        place = _("row {n}, {column}").format(n=wrong.row, column=wrong.column)
    return shown(told(SimtuiError(wrong.problem, place=place, next_step=wrong.next_step)))


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
