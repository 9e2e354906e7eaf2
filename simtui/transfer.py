"""Import and export as use cases: what a file would add, adding it in one commit, and writing a new file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from simtui.errors import UsageError
from simtui.i18n import _, current

if TYPE_CHECKING:
    from simtui.desk import Desk
    from simtui.exchange.incoming import Import

FORMATS = ("json", "csv")


def read_import(desk: Desk, text: str, name: str) -> Import:
    """Return what the text of a file holds; lines that are held already are among what is wrong. Nothing is written.

    `name` is what the file is called in complaints about the whole of it.

    Raises:
        InputError: If it is no file of lines at all.
    """
    from simtui.exchange.incoming import doubles
    from simtui.exchange.json_lines import is_json, read_json

    if is_json(text):
        found = read_json(text, desk.catalogue.ids, place=name)
    else:
        from simtui.exchange.csv_in import read_csv

        found = read_csv(text, desk.catalogue, desk.today_in, place=name)
    known = doubles(found.lines, ((held.id, held.line) for held in desk.holdings()))
    return replace(found, wrong=tuple(sorted((*found.wrong, *known), key=lambda wrong: wrong.row)))


def read_file(desk: Desk, path: Path) -> Import:
    """Return what a file would add, as `read_import` does.

    Raises:
        InputError: If it cannot be read, is too large, or is no file of lines.
    """
    from simtui.exchange.reading import as_text, file_content

    return read_import(desk, as_text(file_content(path), str(path)), str(path))


def usable(found: Import) -> Import:
    """Return the import without the rows in which something is wrong."""
    return found.without({wrong.row for wrong in found.wrong})


def add_import(desk: Desk, found: Import) -> list[int]:
    """Add all lines of an import in one commit, which is one undo; return their ids in order."""
    from simtui.desk import NewLine

    position = {one.row: at for at, one in enumerate(found.lines)}
    lines = [
        NewLine(one.line, one.acts, one.renewals, None if one.backup_row is None else position[one.backup_row])
        for one in found.lines
    ]
    return desk.add_lines(lines, verb="import")


def format_for(name: str, asked: str | None = None) -> str:
    """Return the format that was asked for, else what the ending of the file's name says; JSON where it has none.

    Raises:
        UsageError: If there is no such format, or the ending names none.
    """
    ending = Path(name).suffix.lower()
    if asked is None and ending not in ("", *(f".{known}" for known in FORMATS)):
        hint = _("End its name in .json, which keeps everything, or .csv, for spreadsheets.")
        raise UsageError(_("no such format: {name}").format(name=ending[:40]), place=name[:80], next_step=hint)
    form = asked or ending.removeprefix(".") or "json"
    if form not in FORMATS:
        hint = _("Choose one of: {choices}.").format(choices=", ".join(FORMATS))
        raise UsageError(_("no such format: {name}").format(name=form[:40]), place="--format", next_step=hint)
    return form


def exported(desk: Desk, form: str) -> bytes:
    """Return all lines in a format: JSON without loss but for activation codes, or CSV with the standings."""
    if form == "csv":
        from simtui.exchange.csv_out import write_csv

        return write_csv(desk.holdings(), current()).encode()
    from simtui.exchange.json_lines import write_json

    return write_json(desk.holdings())


def typed_path(text: str) -> Path | None:
    """Return the path that a person typed, `~` being their home; None where nothing was typed."""
    return Path(text.strip()).expanduser() if text.strip() else None


def export_to(desk: Desk, path: Path) -> int:
    """Write all lines to a new file in the format that its name says; return how many.

    Raises:
        SimtuiError: If the file exists, is a link, or cannot be written.
    """
    from simtui.store.files import write_new

    write_new(path, exported(desk, format_for(path.name)))
    return len(desk.holdings())
