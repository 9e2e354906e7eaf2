"""The fields of an act that fit only some kinds, and an act as the texts of its fields."""

from __future__ import annotations

from simtui import typed, words
from simtui.domain.act import Act, ActKind, Balances, Channel, Mark, Proof, ReadingSource
from simtui.domain.line import Knowledge
from simtui.i18n import _
from simtui.tui.forms.model import Field
from simtui.tui.forms.picks import or_none, word_options
from simtui.tui.forms.reader import LONG, Reader
from simtui.tui.widgets.matching import Option

_PAID = frozenset({ActKind.TOP_UP, ActKind.PLAN_PURCHASE, ActKind.PAYMENT, ActKind.HOLD, ActKind.TRANSFER})
_USE = frozenset({ActKind.CALL_OUT, ActKind.CALL_IN, ActKind.SMS_OUT, ActKind.SMS_IN, ActKind.DATA})
_READ = frozenset({ActKind.BALANCE_READING})
_TOLD = frozenset({ActKind.BALANCE_READING, ActKind.STATEMENT})
_UNTIL = frozenset({ActKind.STATEMENT, ActKind.HOLD, ActKind.PLAN_PURCHASE})
_DONE = _PAID | {ActKind.IDENTIFICATION}
ONLY_FOR = {
    "from_credit": frozenset({ActKind.PLAN_PURCHASE}),
    "channel": _DONE,
    "mark": _USE,
    "valid_until": _UNTIL,
    "credit": _READ,
    "data": _READ,
    "minutes": _READ,
    "sms": _READ,
    "read_at": _TOLD,
    "order_number": _PAID,
    "receipt": _PAID,
    "confirmation": _PAID,
}
"""The kinds of acts for which a field makes sense; the others ask the offer's rule, or fit every kind."""


def from_credit_field() -> Field:
    """Return the field for who paid for a plan."""
    options = (
        Option("", _("as usual")),
        Option(Knowledge.YES.value, _("yes")),
        Option(Knowledge.NO.value, _("no")),
    )
    return Field("from_credit", _("from credit"), _("whether the line's credit paid for it"), options=options)


def read_at_field() -> Field:
    """Return the field for where a balance or date was read."""
    return Field("read_at", _("read at"), _("where it was read"), options=or_none(word_options(ReadingSource), "-"))


def mark_field() -> Field:
    """Return the field for use that may not count."""
    options = or_none(word_options(Mark), _("ordinary"))
    return Field("mark", _("kind of use"), _("operators often leave such use out of the count"), options=options)


def channel_field() -> Field:
    """Return the field for how something was done."""
    return Field("channel", _("channel"), _("how it was done"), options=or_none(word_options(Channel), "-"))


def balances(reader: Reader, currency: str) -> Balances | None:
    """Return what was read, None where nothing was."""
    credit, code = reader.money("credit", currency) or (None, None)
    found = Balances.model_construct(
        credit=credit,
        currency=code,
        data_mb=reader.read("data", typed.data_mb, words.data),
        minutes=reader.count("minutes"),
        sms=reader.count("sms"),
    )
    return None if found.is_empty() else found


def proof(reader: Reader) -> Proof | None:
    """Return what proves the payment, None where nothing was given."""
    order, receipt = reader.text("order_number"), reader.text("receipt", LONG)
    confirmation = reader.text("confirmation", LONG)
    if order is None and receipt is None and confirmation is None:
        return None
    return Proof(order_number=order, receipt=receipt, confirmation=confirmation)


def act_values(act: Act) -> dict[str, str]:
    """Return an act as the texts of its fields."""
    balances, proof = act.balances or Balances(), act.proof or Proof()
    credit = "" if balances.credit is None else words.money(balances.credit, balances.currency)
    answers = {None: "", True: Knowledge.YES.value, False: Knowledge.NO.value}
    texts: dict[str, object] = {
        "kind": act.kind.value,
        "day": act.day,
        "amount": "" if act.amount is None else words.money(act.amount, act.currency),
        "plan": act.plan,
        "channel": act.channel,
        "mark": act.mark,
        "from_credit": answers[act.from_credit],
        "credit": credit,
        "data": None if balances.data_mb is None else f"{balances.data_mb} MB",
        "minutes": balances.minutes,
        "sms": balances.sms,
        "read_at": act.read_at,
        "clock": act.clock,
        "valid_until": act.valid_until,
        "order_number": proof.order_number,
        "receipt": proof.receipt,
        "confirmation": proof.confirmation,
        "note": act.note,
    }
    return {name: "" if text is None else str(text) for name, text in texts.items()}
