"""The options of `simtui record`, read into the fields of an act."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from simtui import typed
from simtui.domain.act import ActKind, Channel, Mark, ReadingSource
from simtui.errors import InputError
from simtui.fields import one_of
from simtui.holding import Holding
from simtui.i18n import _
from simtui.lookup import act_kind, one_plan

_YES, _NO = ("yes", "y", "是"), ("no", "n", "否")


def act_fields(arguments: Namespace, held: Holding) -> dict[str, Any]:
    """Return the fields of the act; raises InputError naming the option that is not understood."""
    fields: dict[str, Any] = {"line": held.id, "kind": _kind(arguments.act), "day": held.today}
    currency = held.offer.currency
    if arguments.date is not None:
        fields["day"] = typed.day(arguments.date, held.today, field="--date")
    if arguments.amount is not None:
        fields["amount"], fields["currency"] = typed.money(arguments.amount, currency, field="--amount")
    if arguments.plan is not None:
        fields["plan"] = one_plan(arguments.plan, held.offer)
    if arguments.until is not None:
        fields["valid_until"] = typed.day(arguments.until, held.today, field="--until", ahead=True)
    if arguments.clock is not None:
        fields["clock"] = _clock(arguments.clock, held)
    if arguments.note is not None:
        fields["note"] = typed.note(arguments.note, field="--note")
    if arguments.from_credit is not None:
        fields["from_credit"] = _yes_or_no(arguments.from_credit)
    fields |= _choices(arguments)
    balances = _balances(arguments, currency)
    if balances:
        fields["balances"] = balances
    _require(fields)
    proof = {name: text for name in ("order_number", "receipt", "confirmation") if (text := getattr(arguments, name))}
    if proof:
        fields["proof"] = {name: typed.note(text, field=f"--{name.replace('_', '-')}") for name, text in proof.items()}
    return fields


def _kind(text: str) -> ActKind:
    kind = act_kind(text)
    if kind is None:
        hint = _("One of: {acts}.").format(acts=", ".join(ActKind))
        raise InputError(_("no such act: {name}").format(name=text[:40]), next_step=hint)
    return kind


def _require(fields: dict[str, Any]) -> None:
    """Refuse an act without what it is about."""
    if fields["kind"] is ActKind.STATEMENT and "valid_until" not in fields:
        raise InputError(_("is missing: the last day that the operator names"), place="--until")
    if fields["kind"] is ActKind.BALANCE_READING and "balances" not in fields:
        hint = _("Give --credit-left, --data-left, --minutes-left or --sms-left.")
        raise InputError(_("a reading needs at least one balance"), next_step=hint)


def _clock(text: str, held: Holding) -> str:
    known = [clock.clock for clock in held.standing.clocks]
    if text not in known:
        hint = _("Its clocks: {ids}.").format(ids=", ".join(known)) if known else _("It has none.")
        raise InputError(_("no such clock: {name}").format(name=text[:40]), place="--clock", next_step=hint)
    return text


def _yes_or_no(text: str) -> bool:
    if text.lower() not in (*_YES, *_NO):
        raise InputError(_("must be one of: {choices}").format(choices="yes, no"), place="--from-credit")
    return text.lower() in _YES


def _choices(arguments: Namespace) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if arguments.channel is not None:
        fields["channel"] = one_of(arguments.channel, Channel, field="--channel")
    if arguments.mark is not None:
        fields["mark"] = one_of(arguments.mark, Mark, field="--mark")
    if arguments.source is not None:
        fields["read_at"] = one_of(arguments.source, ReadingSource, field="--source")
    return fields


def _balances(arguments: Namespace, currency: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if arguments.credit_left is not None:
        found["credit"], found["currency"] = typed.money(arguments.credit_left, currency, field="--credit-left")
    if arguments.data_left is not None:
        found["data_mb"] = typed.data_mb(arguments.data_left, field="--data-left")
    if arguments.minutes_left is not None:
        found["minutes"] = typed.count(arguments.minutes_left, field="--minutes-left")
    if arguments.sms_left is not None:
        found["sms"] = typed.count(arguments.sms_left, field="--sms-left")
    return found
