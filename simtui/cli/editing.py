"""`simtui edit`: changes what is known of a line, field by field."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from simtui.cli.console import Console
from simtui.cli.parser import Parser, Runner
from simtui.cli.start import Start, line_meant
from simtui.errors import InputError, UsageError
from simtui.i18n import _

if TYPE_CHECKING:
    from simtui.desk import Desk
    from simtui.domain.line import Line
    from simtui.holding import Holding

_EMPTY: dict[str, Any] = {
    "auto_renew": "unknown",
    "identified": "unknown",
    "weight": "normal",
    "state": "active",
    "tags": (),
}
"""What a field is without a value, where that is not nothing."""


def edit_command(parser: Parser) -> Runner:
    """Declare `simtui edit`."""
    parser.add_argument("line", metavar="LINE", help=_("its id, its number, or a part of its label"))
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        dest="settings",
        help=_("give a field another value; FIELD= empties it"),
    )
    parser.add_argument("--yes", action="store_true", help=_("set it even if another line has that number"))
    parser.epilog = _("Fields: {fields}.").format(fields=", ".join(_fields()))
    return _edit


def _fields() -> list[str]:
    from simtui.fields import READERS

    return [*READERS, "offer", "backup"]


def _edit(arguments: Namespace, start: Start, console: Console) -> int:
    given = _given(arguments.settings)
    with start.desk(console) as desk:
        held = desk.holding(line_meant(desk, arguments.line))
        line = _changed(held, given, desk)
        if "number" in given and not arguments.yes:
            _refuse_double(held, line, desk)
        desk.edit_line(held.id, held.rev, line)
        after = desk.holding(held.id)
        if console.json:
            from simtui.report.data import document, line_data

            console.data(document(line=line_data(after, desk.catalogue, desk.now(), private=console.private)))
        else:
            from simtui.report.explanation import brief

            console.lines(brief(after, desk.catalogue, private=console.private))
    return 0


def _given(settings: Sequence[str]) -> dict[str, str]:
    """Return the fields to change with their typed values."""
    if not settings:
        raise UsageError(_("nothing was said to change"), next_step=_("Such as: --set label=Mum --set tags=family."))
    given: dict[str, str] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        name = name.strip().lower().replace("-", "_")
        if not equals or name not in _fields():
            hint = _("Write FIELD=VALUE; fields: {fields}.").format(fields=", ".join(_fields()))
            raise UsageError(_("no such field: {name}").format(name=name[:40]), place="--set", next_step=hint)
        given[name] = value
    return given


def _changed(held: Holding, given: dict[str, str], desk: Desk) -> Line:
    from pydantic import ValidationError

    from simtui.domain.line import Line
    from simtui.exchange.complaints import complaints
    from simtui.fields import as_record_fields, read_field
    from simtui.numbers import to_e164

    values: dict[str, Any] = {}
    for name, text in given.items():
        if name == "offer":
            values[name] = _offer(text, held, desk)
        elif name == "backup":
            values[name] = _backup(text, held, desk)
        elif name == "number" and text.strip():
            values[name] = to_e164(text, held.offer.country)
        else:
            values[name] = read_field(name, text, held.today) if text.strip() else _EMPTY.get(name)
    known = held.line.model_dump()
    identity = {**known["identity"], **_forgotten(values)}
    changes = as_record_fields(values, identity)
    changes.setdefault("identity", identity)
    try:
        return Line.model_validate({**known, **changes})
    except ValidationError as error:
        place, problem = complaints(error)[0]
        raise InputError(problem, place=place) from error


def _refuse_double(held: Holding, line: Line, desk: Desk) -> None:
    """Refuse a number that another line has."""
    from simtui.exchange.incoming import Incoming, doubles

    others = ((other.id, other.line) for other in desk.holdings() if other.id != held.id)
    if line.number is not None and (wrong := doubles([Incoming(1, line)], others)):
        raise InputError(wrong[0].problem, place="number", next_step=_("--yes sets it all the same."))


def _forgotten(values: dict[str, Any]) -> dict[str, Any]:
    """Return the parts of the identification that were emptied."""
    parts = {"identified_on": "day", "id_document": "document"}
    return {part: None for name, part in parts.items() if name in values and values[name] is None}


def _offer(text: str, held: Holding, desk: Desk) -> str:
    from simtui.lookup import one_offer
    from simtui.numbers import region_of

    region = region_of(held.line.number) if held.line.number is not None else None
    return one_offer(text, desk.catalogue, region)


def _backup(text: str, held: Holding, desk: Desk) -> dict[str, Any] | None:
    """Return the backup channel: another line by id, number or label, else something outside simtui in words."""
    from simtui.errors import NotFound

    if not text.strip():
        return None
    try:
        line_id = line_meant(desk, text)
    except NotFound:
        return {"other": text.strip()}
    if line_id == held.id:
        raise InputError(_("a line is no backup of itself"), place="backup")
    return {"line": line_id}
