"""`simtui restore`: goes back to a backup, after a preview; what is replaced is kept beside the data file."""

from __future__ import annotations

import uuid
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simtui import numbers
from simtui.cli.console import Console
from simtui.cli.parser import Parser, Runner
from simtui.cli.start import Start
from simtui.errors import NotFound, UsageError
from simtui.i18n import _, ngettext
from simtui.text import shown

if TYPE_CHECKING:
    from simtui.store.restoring import Difference, Plan, Restored

_MOST_LINES = 20


def restore_command(parser: Parser) -> Runner:
    """Declare `simtui restore`."""
    parser.add_argument(
        "backup", nargs="?", metavar="BACKUP", help=_("its number in the list, or its file; without it they are listed")
    )
    parser.add_argument("--yes", action="store_true", help=_("write without asking"))
    parser.epilog = _("Shows what would change and asks. What is replaced is kept; simtui undo takes it back.")
    return _restore


def _restore(arguments: Namespace, start: Start, console: Console) -> int:
    file = start.real_data_file()
    if arguments.backup is None:
        _list(file, console)
        return 0
    from simtui.store import restoring

    planned = restoring.plan(file, _meant(arguments.backup, file, start))
    if start.options.read_only:
        raise UsageError(_("nothing was written"), next_step=_("Leave out --read-only."))
    write = arguments.yes or _is_wanted(planned, console)
    done = None
    if write:
        made = planned.backup.stem.removeprefix(f"{file.stem}-")
        done = restoring.restore(planned, f"restore|{made}", txid=uuid.uuid4().hex)
        from simtui.traces import forget

        forget(file)
    _tell(planned, done, console, already_told=write and not arguments.yes)
    return 0


def _list(file: Path, console: Console) -> None:
    """Show the backups with their numbers, the newest first."""
    from simtui.store import backups

    found = list(reversed(backups.copies(file)))
    if console.json:
        console.data({"schema_version": 1, "backups": [str(path) for path in found]})
    elif found:
        from simtui.report.plain import table

        console.lines(table([(str(number), str(path)) for number, path in enumerate(found, 1)]))
        console.line(_("simtui restore 1 shows what going back to the first would change, and asks."))
    else:
        console.line(_("There are no backups of {file} yet.").format(file=shown(str(file))))


def _meant(typed: str, file: Path, start: Start) -> Path:
    """Return the backup that a person names by its number in the list or by its file; in restricted mode only of those."""
    from simtui.cli.parser import file_path
    from simtui.store import backups

    found = list(reversed(backups.copies(file)))
    if typed.isascii() and typed.isdigit() and len(typed) < 6:
        if 1 <= int(typed) <= len(found):
            return found[int(typed) - 1]
        raise NotFound(_("There is no such backup."), place=typed, next_step=_("simtui restore lists them."))
    if typed not in [name for path in found for name in (path.name, str(path))]:
        start.refuse_path(typed, _("simtui restore lists them."))
    named = file_path(typed)
    beside = backups.folder(file) / typed
    return beside if not named.exists() and beside.exists() else named


def _is_wanted(planned: Plan, console: Console) -> bool:
    if console.json or not console.asks():
        return False
    console.lines(_preview(planned, private=console.private))
    if not (planned.differences or planned.problem):
        return False
    if console.confirm(_("Go back to this backup?")):
        return True
    raise UsageError(_("nothing was written"))


def _tell(planned: Plan, done: Restored | None, console: Console, *, already_told: bool) -> None:
    if console.json:
        console.data(_as_data(planned, done, private=console.private))
        return
    if not already_told and (done is not None or not console.asks()):
        console.lines(_preview(planned, private=console.private))
    if done is None and (planned.differences or planned.problem):
        command = f"simtui restore --yes {planned.backup}"
        console.line(shown(_("Nothing was written yet. To write: {command}").format(command=command)))
    elif done is not None:
        console.line(_("Done."))
        if done.kept is not None:
            console.line(shown(_("What was there before is kept in {file}").format(file=done.kept)))


def _preview(planned: Plan, *, private: bool) -> list[str]:
    """Return what going back would change: the lines by name, and how many acts and other records."""
    lines = [shown(_("Going back to {file}:").format(file=planned.backup))]
    if planned.problem:
        lines.append(shown(_("the data cannot be read now: {problem}").format(problem=planned.problem)))
    if not planned.differences and not planned.problem:
        return [*lines, _("It holds what the data holds; nothing would change.")]
    changes = [(one, _said(one)) for one in planned.differences if one.kind == "line"]
    for one, said in changes[:_MOST_LINES]:
        lines.append(shown(f"  {said.format(name=_name(one, private=private))}"))
    if (more := len(changes) - _MOST_LINES) > 0:
        told = ngettext("and {n} more line", "and {n} more lines", more).format(n=more)
        lines.append(f"  {told}")
    if rest := [one for one in planned.differences if one.kind != "line"]:
        lines.append(f"  {_others(rest)}")
    return lines


def _others(found: Sequence[Difference]) -> str:
    back, gone = sum(one.now is None for one in found), sum(one.then is None for one in found)
    told = _("acts and other records: {back} come back, {gone} go, {changed} change")
    return told.format(back=back, gone=gone, changed=len(found) - back - gone)


def _said(one: Difference) -> str:
    if one.now is None:
        return _("comes back: {name}")
    return _("goes: {name}") if one.then is None else _("changes: {name}")


def _name(one: Difference, *, private: bool) -> str:
    body: Mapping[str, Any] = one.then or one.now or {}
    label, number = (str(body.get(field) or "") for field in ("label", "number"))
    return numbers.name_of(label, number, private=private) or f"#{one.id}"


def _as_data(planned: Plan, done: Restored | None, *, private: bool) -> dict[str, Any]:
    return {
        "schema_version": 1,
        "restored": done is not None,
        "backup": str(planned.backup),
        "kept": None if done is None or done.kept is None else str(done.kept),
        "problem": planned.problem or None,
        "changes": list(_changes(planned.differences, private=private)),
    }


def _changes(found: Sequence[Difference], *, private: bool) -> Iterator[dict[str, Any]]:
    for one in found:
        change = "back" if one.now is None else "gone" if one.then is None else "changed"
        name = _name(one, private=private) if one.kind == "line" else None
        yield {"kind": one.kind, "id": one.id, "name": name, "change": change}
