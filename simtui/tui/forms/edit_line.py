"""Editing a line: everything that a person knows of it, with the standing that follows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from simtui import numbers, typed
from simtui.desk import Desk
from simtui.domain.line import BackupChannel, BoundService, Identity, Knowledge, Line, LineState, SimForm, Weight
from simtui.domain.standing import standing
from simtui.errors import InputError
from simtui.holding import Holding, called
from simtui.i18n import _
from simtui.text import plain_keys
from simtui.tui.forms import asking
from simtui.tui.forms.model import Checked, Field, Form, Values
from simtui.tui.forms.picks import also, day_hint, knowledge_options, offer_field, or_none, word_options
from simtui.tui.forms.previews import standing_preview
from simtui.tui.forms.reader import LONG, Reader
from simtui.tui.forms.services import services, written
from simtui.tui.views import layout
from simtui.tui.widgets.matching import Option

if TYPE_CHECKING:
    from simtui.store.repository import Conflict

Value = TypeVar("Value")
_TAGS = re.compile(r"[,，、]")
_MOST_TAGS = 50
_PLACES = {"card_expires": "card", "bound_services": "services", "identity": "document"}


class EditLineForm(Form[Line, int]):
    """All fields of a line. One that was left as it was keeps its record exactly, also what its text cannot say."""

    def __init__(self, desk: Desk, holding: Holding) -> None:
        self._desk = desk
        self._holding = holding
        self._initial = _values(holding.line)

    @property
    def title(self) -> str:
        """Which line it is."""
        return _("Edit {name}").format(name=called(self._holding.line))

    def initial(self) -> Values:
        """Return what the line says."""
        return self._initial

    def fields(self, values: Values) -> Sequence[Field]:
        """Return all fields, in three parts."""
        return [*self._about_number(values), *_about_card(), *self._about_user()]

    def _about_number(self, values: Values) -> list[Field]:
        offer = self._desk.offer(values.get("offer", "") or self._holding.line.offer)
        found = [
            Field("label", _("name"), _("a name of your own")),
            Field("number", _("number"), "+33 6 12 34 56 78"),
            offer_field(self._desk.catalogue, values.get("number", "")),
        ]
        cohorts = or_none((Option(each, each) for each in asking.variants(offer)), _("not known"))
        if len(cohorts) > 1 or self._initial["variant"]:
            options = also(cohorts, self._initial["variant"])
            found.append(Field("variant", _("version"), _("the offer has several rules"), options=options))
        found += [
            Field("state", _("state"), _("only active lines raise alarms"), options=word_options(LineState)),
            Field("opened_on", _("opened on"), day_hint(), overwrite=True),
            Field("activated_on", _("activated on"), day_hint(), overwrite=True),
            Field("auto_renew", _("auto-renew"), _("whether it renews itself"), options=knowledge_options()),
            Field("card", _("card expires"), _("month of the payment card that renews it: 2027-05"), overwrite=True),
            Field(
                "identified", _("identified"), _("whether the operator has your papers"), options=knowledge_options()
            ),
        ]
        if values.get("identified") == Knowledge.YES or values.get("identified_on") or values.get("document"):
            found += [
                Field("identified_on", _("identified on"), day_hint(), overwrite=True),
                Field("document", _("identity document"), _("its kind, never its number: passport, ID card")),
            ]
        zone = _("empty: {zone}, as the offer").format(zone=offer.zone)
        return [*found, Field("zone", _("time zone"), zone)]

    def _about_user(self) -> list[Field]:
        weights = word_options(Weight)
        return [
            Field("weight", _("weight"), _("how bad its loss would be"), _("What hangs on it"), options=weights),
            Field("services", _("bound services"), _("HSBC (bank, critical), WhatsApp: with commas between")),
            Field("backup", _("backup channel"), _("the id of another line, or in words")),
            Field("lead_days", _("notice (days)"), _("days before the last day; empty: the usual"), overwrite=True),
            Field(
                "needed_until",
                _("needed until"),
                _("the last day you want it; nothing is planned beyond"),
                overwrite=True,
            ),
            Field("holder", _("holder"), _("whose line it is")),
            Field("tags", _("tags"), _("with commas between")),
            Field("notes", _("notes"), _("never PINs, passwords or card numbers")),
        ]

    def check(self, values: Values) -> Checked[Line]:
        """Return the line with all that was changed."""
        reader = Reader(self.visible(values))
        if not reader.raw("number") and not reader.raw("label"):
            reader.missing["label"] = _("a number or a name is needed")
        reader.need("offer", _("choose an offer"))
        line = self._line(reader)
        return reader.checked(lambda: Line.model_validate(line.model_dump()), _PLACES)

    def preview(self, values: Values, width: int) -> Sequence[layout.Line]:
        """Return the standing with what is right so far."""
        line = self._line(Reader(self.visible(values)))
        offer = self._desk.offer(line.offer)
        known = self._desk.catalogue.offer(line.offer) is not None
        today = self._desk.today_in(line.zone or offer.zone)
        held = replace(self._holding, line=line, offer=offer, known_offer=known, today=today)
        found = standing(line, held.plain_acts, offer, today, held.lead_days)
        return standing_preview(held, found, width)

    def save(self, result: Line) -> int:
        """Save the line; return its id."""
        self._desk.edit_line(self._holding.id, self._holding.rev, result)
        return self._holding.id

    def rival(self, conflict: Conflict) -> EditLineForm:
        """Return the form on the line as it is now."""
        return EditLineForm(self._desk, self._desk.holding(self._holding.id))

    # Reading the values ------------------------------------------------------------------------------------------

    def _line(self, reader: Reader) -> Line:
        """Return the line as the values tell; a field that is wrong counts as empty until it is right."""
        old = self._holding.line
        offer = self._desk.offer(reader.raw("offer") or old.offer)
        today = self._holding.today
        as_e164 = _as_number(offer.country)
        changes = {
            "label": reader.text("label"),
            "number": reader.read("number", as_e164, numbers.grouped),
            "offer": offer.id,
            "variant": reader.raw("variant") or None,
            "state": LineState(reader.raw("state")),
            "opened_on": reader.day("opened_on", today),
            "activated_on": reader.day("activated_on", today),
            "auto_renew": Knowledge(reader.raw("auto_renew")),
            "card_expires": reader.read("card", plain_keys),
            "identity": Identity(
                state=Knowledge(reader.raw("identified")),
                day=reader.day("identified_on", today),
                document=reader.text("document"),
            ),
            "zone": reader.read("zone", typed.zone),
            "sim": SimForm(reader.raw("sim")) if reader.raw("sim") else None,
            "iccid": reader.read("iccid", _digits),
            "device": reader.text("device"),
            "weight": Weight(reader.raw("weight")),
            "bound_services": self._as_it_was(reader, "services", old.bound_services, _services) or (),
            "backup": self._as_it_was(reader, "backup", old.backup, self._backup),
            "lead_days": reader.count("lead_days", most=365),
            "needed_until": reader.day("needed_until", today, ahead=True),
            "holder": reader.text("holder"),
            "tags": self._as_it_was(reader, "tags", old.tags, _tags) or (),
            "notes": self._as_it_was(reader, "notes", old.notes, _note),
        }
        return old.model_copy(update=changes)

    def _as_it_was(self, reader: Reader, field: str, before: Value, parse: Callable[[str], Value]) -> Value | None:
        """Return the old value of a field that nobody touched, else what was typed."""
        if reader.values.get(field, "") == self._initial.get(field, ""):
            return before
        return reader.read(field, parse)

    def _backup(self, text: str) -> BackupChannel:
        number = plain_keys(text).removeprefix("#")
        if not (number.isascii() and number.isdigit() and len(number) < 8):
            return BackupChannel(other=typed.note(text)[:200])
        if int(number) == self._holding.id or self._desk.repository.get("line", int(number)) is None:
            raise InputError(_("there is no other line {id}").format(id=number))
        return BackupChannel(line=int(number))


def _about_card() -> list[Field]:
    forms = or_none(word_options(SimForm), _("not known"))
    return [
        Field("sim", _("SIM or eSIM"), heading=_("The card"), options=forms),
        Field("iccid", "ICCID", _("18 to 20 digits that begin with 89"), overwrite=True),
        Field("device", _("device"), _("the phone or router it is in")),
    ]


def _values(line: Line) -> dict[str, str]:
    """Return a line as the texts of its fields."""
    days = {
        "opened_on": line.opened_on,
        "activated_on": line.activated_on,
        "identified_on": line.identity.day,
        "needed_until": line.needed_until,
    }
    backup = "" if line.backup is None else line.backup.other or f"#{line.backup.line}"
    return {
        "label": line.label or "",
        "number": line.number or "",
        "offer": line.offer,
        "variant": line.variant or "",
        "state": line.state.value,
        **{name: "" if day is None else day.format_iso() for name, day in days.items()},
        "auto_renew": line.auto_renew.value,
        "card": line.card_expires or "",
        "identified": line.identity.state.value,
        "document": line.identity.document or "",
        "zone": line.zone or "",
        "sim": line.sim.value if line.sim is not None else "",
        "iccid": line.iccid or "",
        "device": line.device or "",
        "weight": line.weight.value,
        "services": written(line.bound_services),
        "backup": backup,
        "lead_days": "" if line.lead_days is None else str(line.lead_days),
        "holder": line.holder or "",
        "tags": ", ".join(line.tags),
        "notes": line.notes or "",
    }


def _as_number(region: str) -> Callable[[str], str]:
    return lambda text: numbers.to_e164(text, region)


def _digits(text: str) -> str:
    return re.sub(r"[ -]", "", plain_keys(text))


def _services(text: str) -> tuple[BoundService, ...]:
    return services(typed.note(text))


def _tags(text: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(tag.strip() for tag in _TAGS.split(typed.note(text)) if tag.strip()))
    if len(found) > _MOST_TAGS:
        raise InputError(_("at most {n} tags").format(n=_MOST_TAGS))
    return found


def _note(text: str) -> str:
    if len(text) > LONG:
        raise InputError(_("is longer than {n} characters").format(n=LONG))
    return typed.note(text)
