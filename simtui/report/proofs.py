"""The proof box: what was paid, and what there is to show for it: order numbers, receipts, confirmations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from simtui import words
from simtui.desk import Desk
from simtui.domain.act import ActKind, Proof
from simtui.domain.calendar import Day
from simtui.domain.offer import Offer
from simtui.domain.renewal import Renewal, RenewalItem, RenewalState
from simtui.domain.walkthrough import paid_day
from simtui.holding import HeldRenewal, Holding
from simtui.i18n import _
from simtui.renewals import Renewals
from simtui.report.open_renewals import NO_OFFER
from simtui.report.plain import indented, name_shown, table
from simtui.text import one_line, shown

PAID_BY = frozenset({ActKind.TOP_UP, ActKind.PLAN_PURCHASE, ActKind.PAYMENT, ActKind.HOLD})
"""The acts that money was paid for."""
_PAID = frozenset({RenewalState.PAID, RenewalState.VERIFIED})


class Payment(NamedTuple):
    """Something that was paid: in a renewal, or recorded as an act of its own; `renewal` and `act` are ids.

    `holding` is the line, None for a first purchase that is no line yet: `name` is what it will be called.
    """

    holding: Holding | None
    day: Day | None
    what: str
    amount: Decimal | None
    currency: str | None
    proof: Proof | None
    renewal: int | None = None
    act: int | None = None
    state: RenewalState | None = None
    name: str = ""


def payments(holding: Holding) -> list[Payment]:
    """Return what was paid for a line, newest first; the acts of a renewal are told once, with it."""
    renewals = [held for held in holding.renewals if _is_paid(held.renewal)]
    told_with = {act for held in renewals for acts in held.renewal.acts.values() for act in acts}
    proofs = [(held.renewal.proof, held.renewal.amount) for held in renewals if held.renewal.proof is not None]
    found = [_of_renewal(held, holding) for held in renewals]
    found += [
        Payment(
            holding,
            held.act.day,
            words.act_title(held.act.model_copy(update={"amount": None, "currency": None}), holding.offer),
            held.act.amount,
            held.act.currency,
            held.act.proof,
            act=held.id,
        )
        for held in holding.acts
        if held.act.kind in PAID_BY
        and held.id not in told_with
        # One that was recorded by hand beside its renewal.
        and (held.act.proof, held.act.amount) not in proofs
    ]
    return sorted(found, key=lambda payment: payment.day or Day.MIN, reverse=True)


def purchase_payments(desk: Desk) -> list[Payment]:
    """Return what was paid for first purchases that are no line yet, newest first."""
    begun = [held for held in Renewals(desk).purchases() if _is_paid(held.renewal)]
    found = [_of_purchase(held, desk.offer(held.renewal.offer or NO_OFFER)) for held in begun]
    return sorted(found, key=lambda payment: payment.day or Day.MIN, reverse=True)


def _is_paid(renewal: Renewal) -> bool:
    return renewal.state in _PAID or renewal.proof is not None


def without_proof(found: Iterable[Payment]) -> list[Payment]:
    """Return the payments that nothing shows."""
    return [payment for payment in found if payment.proof is None or payment.proof == Proof()]


def proof_lines(found: Sequence[Payment], *, private: bool) -> list[str]:
    """Return payments with their proofs as plain text, line by line of the user's."""
    lines: list[str] = []
    for number, payment in enumerate(found):
        if number == 0 or payment.holding is None or payment.holding is not found[number - 1].holding:
            lines += [*([""] if lines else []), shown(_name(payment, private=private))]
        lines += indented([_headline(payment)])
        lines += indented(indented(table(_proof_rows(payment.proof))))
    return lines


def proof_data(payment: Payment) -> dict[str, Any]:
    """Return one payment as the documented JSON."""
    proof = payment.proof or Proof()
    return {
        "line": None if payment.holding is None else payment.holding.id,
        "renewal": payment.renewal,
        "act": payment.act,
        "state": None if payment.state is None else payment.state.value,
        "date": None if payment.day is None else payment.day.format_iso(),
        "what": payment.what,
        "amount": None if payment.amount is None else format(payment.amount, "f"),
        "currency": payment.currency,
        "order_number": proof.order_number,
        "receipt": proof.receipt,
        "confirmation": proof.confirmation,
        "has_proof": proof != Proof(),
    }


def _of_renewal(held: HeldRenewal, holding: Holding) -> Payment:
    renewal = held.renewal
    acts = [each.act for each in holding.acts if each.id in renewal.acts.get("pay", ())]
    return Payment(
        holding,
        min((act.day for act in acts), default=_day_paid(renewal, holding)),
        _bought(renewal, holding.offer),
        renewal.amount,
        renewal.currency,
        renewal.proof,
        renewal=held.id,
        state=renewal.state,
    )


def _name(payment: Payment, *, private: bool) -> str:
    held = payment.holding
    if held is None:
        return _("{name} (no line yet)").format(name=payment.name)
    return _("{name} (line {id})").format(name=name_shown(held, private=private), id=held.id)


def _of_purchase(held: HeldRenewal, offer: Offer) -> Payment:
    renewal = held.renewal
    return Payment(
        None,
        paid_day(renewal, offer.zone) or renewal.started_on,
        _bought(renewal, offer),
        renewal.amount,
        renewal.currency,
        renewal.proof,
        renewal=held.id,
        state=renewal.state,
        name=renewal.answers.get("label") or _("a new line"),
    )


def _bought(renewal: Renewal, offer: Offer) -> str:
    return words.listed(_called(item, offer) for item in renewal.items) or _("renewal")


def _called(item: RenewalItem, offer: Offer) -> str:
    plan = offer.plan(item.plan)
    if plan is not None:
        return words.text(plan.name)
    return item.name or item.plan or words.word(ActKind.TOP_UP)


def _day_paid(renewal: Renewal, holding: Holding) -> Day | None:
    return paid_day(renewal, holding.line.zone or holding.offer.zone) or renewal.started_on


def _headline(payment: Payment) -> str:
    parts = [
        "" if payment.day is None else payment.day.format_iso(),
        one_line(payment.what),
        "" if payment.amount is None else words.money(payment.amount, payment.currency),
        "" if payment.renewal is None else _("renewal {id}").format(id=payment.renewal),
        "" if payment.act is None else f"#{payment.act}",
        "" if payment.state is None else words.word(payment.state),
        _("no proof") if payment.proof is None or payment.proof == Proof() else "",
    ]
    return shown("  ".join(part for part in parts if part))


def _proof_rows(proof: Proof | None) -> list[tuple[str, str]]:
    if proof is None:
        return []
    rows = [
        (_("order number"), proof.order_number),
        (_("receipt"), proof.receipt),
        (_("confirmation"), proof.confirmation),
    ]
    return [(name, one_line(text)) for name, text in rows if text]
