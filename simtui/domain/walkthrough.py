"""The walkthrough: a pure state machine. A renewal is its state, a procedure its map, and every answer gives a new state.

Nothing here asks, shows or saves. `forward` says what a step still lacks instead of going on; all other answers are
taken at any time, so that whoever comes back finds the same step with the same answers. `at` is an instant in UTC as
ISO 8601 text, days are dates in the line's zone.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from whenever import Instant, Time, TimeDelta

from simtui.domain.act import Proof
from simtui.domain.calendar import Day
from simtui.domain.line import Knowledge
from simtui.domain.offer import Offer, PaymentMethod
from simtui.domain.procedure import Procedure, ProcedureStep, StepKind
from simtui.domain.renewal import Branch, Check, Renewal, RenewalItem, RenewalState

SUPPORT_AFTER = TimeDelta(hours=24)
"""After so long a payment without effect is a case for the operator's support (guide G2)."""

_PROOF = {"order-number": "order_number", "receipt": "receipt", "confirmation": "confirmation"}
CHECKS, METHOD, AMOUNT, OFFER = "checks", "method", "amount", "offer"
"""Fields with a place of their own in the renewal, beside those of its proof; all others are among its answers."""
PAID_ON = "paid-on"


class Why(StrEnum):
    """What keeps a step from being finished."""

    EMPTY = "empty"
    NOTHING_CHOSEN = "nothing_chosen"
    NOT_CHECKED = "not_checked"
    BRANCH_OPEN = "branch_open"
    CLOSED = "closed"


class Lack(NamedTuple):
    """Something that a step still lacks; `field` is empty where it is no field."""

    why: Why
    field: str = ""


class Place(NamedTuple):
    """Where in its procedure a renewal is: "step 5 of 7"."""

    step: ProcedureStep
    number: int
    of: int


def begin(
    procedure: Procedure, today: Day, *, line: int | None = None, offer: str | None = None, batch: str | None = None
) -> Renewal:
    """Return a new renewal at the first step."""
    return Renewal(
        line=line,
        offer=offer,
        procedure=procedure.id,
        channel=procedure.channel,
        step=procedure.steps[0].id,
        started_on=today,
        batch=batch,
    )


def place(procedure: Procedure, renewal: Renewal) -> Place:
    """Return where the renewal is; one whose step the procedure does not know is at its check once it is paid."""
    known = any(step.id == renewal.step for step in procedure.steps)
    is_paid = renewal.state in (RenewalState.PAID, RenewalState.VERIFIED)
    step = procedure.steps[-1] if is_paid and not known else procedure.step(renewal.step)
    return Place(step, procedure.steps.index(step) + 1, len(procedure.steps))


# Answers -------------------------------------------------------------------------------------------------------------


def value(renewal: Renewal, field: str) -> str:
    """Return what was filled into a field, empty where nothing was."""
    if field in _PROOF:
        return (getattr(renewal.proof, _PROOF[field]) if renewal.proof is not None else None) or ""
    if field == METHOD:
        return renewal.method or ""
    if field == AMOUNT:
        return "" if renewal.amount is None else f"{renewal.amount} {renewal.currency}"
    if field == CHECKS:
        return ",".join(renewal.checks)
    if field == OFFER:
        return renewal.offer or ""
    return renewal.answers.get(field, "")


def fill(renewal: Renewal, field: str, text: str) -> Renewal:
    """Return the renewal with a field filled in; an empty text empties it. Another offer sells other things."""
    if field in _PROOF:
        kept = {} if renewal.proof is None else renewal.proof.model_dump()
        proof = Proof.model_validate({**kept, _PROOF[field]: text or None})
        return _with(renewal, proof=None if proof == Proof() else proof)
    if field == METHOD:
        return _with(renewal, method=PaymentMethod(text) if text else None)
    if field == AMOUNT:
        amount, _blank, currency = text.partition(" ")
        return _with(renewal, amount=Decimal(amount) if text else None, currency=currency or None)
    if field == CHECKS:
        return _with(renewal, checks=tuple(Check(each) for each in text.split(",") if each))
    if field == OFFER:
        return renewal if text == (renewal.offer or "") else _with(choose(renewal, ()), offer=text or None)
    answers = {**renewal.answers, field: text}
    if not text:
        del answers[field]
    return _with(renewal, answers=answers)


def tick(renewal: Renewal, item: str, *, on: bool) -> Renewal:
    """Return the renewal with an item ticked or not; the same one where nothing changes."""
    if (item in renewal.ticked) is on:
        return renewal
    others = tuple(each for each in renewal.ticked if each != item)
    return _with(renewal, ticked=(*others, item) if on else others)


def tick_seen(procedure: Procedure, renewal: Renewal, item: str, *, on: bool) -> Renewal:
    """Return the renewal with an item ticked or not; one that says how it was seen to work counts as that check."""
    done = tick(renewal, item, on=on)
    told = {each.id: each.check for step in procedure.steps for each in step.items if each.check is not None}
    check = told.get(item)
    if done is renewal or check is None:
        return done
    kept = [each for each in done.checks if each is not check]
    is_seen = any(told.get(each) is check for each in done.ticked)
    return _with(done, checks=(*kept, check) if is_seen else tuple(kept))


def choose(renewal: Renewal, items: Iterable[RenewalItem]) -> Renewal:
    """Return the renewal with what is to be bought; what it costs together becomes the amount, if all is priced."""
    chosen = tuple(items)
    currencies = {item.currency for item in chosen}
    priced = all(item.amount is not None for item in chosen)
    if not chosen or not priced or len(currencies) != 1:
        return _with(renewal, items=chosen, amount=None, currency=None)
    total = sum((item.amount for item in chosen if item.amount is not None), Decimal(0))
    return _with(renewal, items=chosen, amount=total, currency=chosen[0].currency)


def note(renewal: Renewal, text: str) -> Renewal:
    """Return the renewal with a remark of the user's."""
    return _with(renewal, note=text or None)


# Going on ------------------------------------------------------------------------------------------------------------


def lacking(procedure: Procedure, renewal: Renewal) -> tuple[Lack, ...]:
    """Return what the step still lacks before the next one."""
    if not renewal.is_open:
        return (Lack(Why.CLOSED),)
    if renewal.branch is not None:
        return (Lack(Why.BRANCH_OPEN),)
    step = place(procedure, renewal).step
    lacks = [Lack(Why.EMPTY, each.id) for each in step.fields if each.required and not value(renewal, each.id)]
    if step.kind is StepKind.CHOOSE and not renewal.items:
        lacks.append(Lack(Why.NOTHING_CHOSEN))
    if step.kind is StepKind.VERIFY and not renewal.checks:
        lacks.append(Lack(Why.NOT_CHECKED, CHECKS))
    return tuple(lacks)


def forward(procedure: Procedure, renewal: Renewal, at: str) -> Renewal | tuple[Lack, ...]:
    """Return the renewal at the next step that is not skipped, or what this one still lacks.

    Leaving the payment makes it paid; leaving the check, which is last, makes it verified.
    """
    lacks = lacking(procedure, renewal)
    if lacks:
        return lacks
    here = place(procedure, renewal)
    done: dict[str, Any] = {"skipped": tuple(each for each in renewal.skipped if each != here.step.id)}
    if here.step.kind is StepKind.PAY and renewal.paid_at is None:
        done |= {"state": RenewalState.PAID, "paid_at": at, "resume_on": None}
    if here.number == here.of:
        return _with(renewal, **done, state=RenewalState.VERIFIED)
    ahead = next(step for step in procedure.steps[here.number :] if step.id not in renewal.skipped)
    return _with(renewal, **done, step=ahead.id)


def back(procedure: Procedure, renewal: Renewal) -> Renewal:
    """Return the renewal one step back; out of a failed payment, at the payment again. All answers stay."""
    if renewal.branch is not None:
        return _with(renewal, branch=None)
    here = place(procedure, renewal)
    return _with(renewal, step=procedure.steps[max(0, here.number - 2)].id)


def go_to(procedure: Procedure, renewal: Renewal, step: str) -> Renewal:
    """Return the renewal at a step that it has passed already; any other step is not for jumping to."""
    target = procedure.step(step)
    before = procedure.steps[: place(procedure, renewal).number]
    return _with(renewal, step=target.id, branch=None) if target in before else renewal


def skip(procedure: Procedure, renewal: Renewal) -> Renewal:
    """Return the renewal past a step that is not wanted, marked as skipped; the payment and the check cannot be."""
    here = place(procedure, renewal)
    if here.step.kind in (StepKind.PAY, StepKind.VERIFY, StepKind.OFFER) or here.number == here.of:
        return renewal
    return _with(renewal, step=procedure.steps[here.number].id, skipped=(*_without(renewal, here.step), here.step.id))


def already_paid(procedure: Procedure, renewal: Renewal) -> Renewal:
    """Return the renewal at its payment, the steps between marked as skipped: the user has paid already.

    What was bought has still to be said where it was not: the renewal stops there first. A payment that is known of
    already changes nothing.
    """
    if renewal.paid_at is not None:
        return renewal
    here = place(procedure, renewal)
    target = next(step for step in procedure.steps if step.kind is StepKind.PAY or _says_what(step, renewal))
    before = procedure.steps[here.number - 1 : _index(procedure, StepKind.PAY)]
    passed = {step.id for step in before}
    unasked = (step.id for step in before if not (is_done(renewal, step) or _says_what(step, renewal)))
    skipped = (*(each for each in renewal.skipped if each not in passed), *unasked)
    return _with(renewal, step=target.id, skipped=skipped)


def _index(procedure: Procedure, kind: StepKind) -> int:
    return next(at for at, step in enumerate(procedure.steps) if step.kind is kind)


def _says_what(step: ProcedureStep, renewal: Renewal) -> bool:
    """Tell whether what is bought has still to be said at a step."""
    if step.kind is StepKind.OFFER:
        return any(each.required and not value(renewal, each.id) for each in step.fields)
    return step.kind is StepKind.CHOOSE and not renewal.items


def without_reading(procedure: Procedure, renewal: Renewal) -> Renewal:
    """Return a new renewal that passes what is read of one line alone, as a walk over several begins."""
    return _with(renewal, skipped=tuple(step.id for step in procedure.steps if step.kind is StepKind.STATUS))


def alone(renewal: Renewal) -> Renewal:
    """Return a renewal of a walk over several, to be gone on with by itself."""
    return _with(renewal, batch=None)


def is_untouched(renewal: Renewal) -> bool:
    """Tell whether nothing was answered: it was opened, perhaps by mistake, and at most looked through."""
    begun = Renewal(line=renewal.line, offer=renewal.offer, procedure=renewal.procedure, channel=renewal.channel)
    where = {"step": None, "started_on": None, "batch": None, "skipped": ()}
    return renewal.model_copy(update=where) == begun


def is_done(renewal: Renewal, step: ProcedureStep) -> bool:
    """Tell whether anything was answered at a step."""
    if step.kind is StepKind.CHOOSE and renewal.items:
        return True
    ids = {item.id for item in step.items}
    return bool(ids & set(renewal.ticked)) or any(value(renewal, each.id) for each in step.fields)


def switch(old: Procedure, new: Procedure, renewal: Renewal) -> Renewal:
    """Return the renewal in another procedure, at its step of the same kind; answers that fit there stay."""
    here = place(old, renewal).step
    step = new.first_of(here.kind) or new.steps[0]
    fields = {each.id for part in new.steps for each in part.fields}
    items = {each.id for part in new.steps for each in part.items}
    return _with(
        renewal,
        procedure=new.id,
        channel=new.channel,
        step=step.id,
        answers={field: text for field, text in renewal.answers.items() if field in fields},
        ticked=tuple(item for item in renewal.ticked if item in items),
        skipped=tuple(each for each in renewal.skipped if any(step.id == each for step in new.steps)),
    )


# When the payment fails ----------------------------------------------------------------------------------------------


def may_fail(procedure: Procedure, renewal: Renewal) -> bool:
    """Tell whether there can have been a payment: not before something is to be chosen."""
    first = procedure.first_of(StepKind.CHOOSE) or procedure.first_of(StepKind.PAY)
    return first is None or place(procedure, renewal).number >= procedure.steps.index(first) + 1


def failed(renewal: Renewal) -> Renewal:
    """Return the renewal after a payment that failed: first of all, was the account charged?"""
    return _with(renewal, branch=Branch.CHARGED, charged=None, tries=renewal.tries + 1)


def charged(procedure: Procedure, renewal: Renewal, answer: Knowledge, at: str) -> Renewal:
    """Return the renewal after that question.

    Charged: it is paid, and goes on after the payment; where nobody has said what was bought, that comes first. Not, or
    nobody knows: how to go on; while nobody knows, paying again may pay twice.
    """
    if answer is not Knowledge.YES:
        return _with(renewal, charged=answer, branch=Branch.GO_ON)
    known = _with(renewal, charged=answer, branch=None, resume_on=None)
    if renewal.paid_at is None and not renewal.items and renewal.amount is None:
        return already_paid(procedure, known)
    after = max(place(procedure, renewal).number - 1, _index(procedure, StepKind.PAY) + 1)
    step = procedure.steps[after]
    return _with(known, state=RenewalState.PAID, paid_at=renewal.paid_at or at, step=step.id)


def try_again(procedure: Procedure, renewal: Renewal, *, other_method: bool) -> Renewal:
    """Return the renewal at its payment, to be paid anew; with another method the old one is emptied."""
    pay = procedure.first_of(StepKind.PAY) or procedure.steps[-1]
    method = None if other_method else renewal.method
    return _with(
        renewal,
        branch=None,
        state=RenewalState.DRAFT,
        paid_at=None,
        step=pay.id,
        method=method,
        resume_on=None,
        charged=None,
    )


def later(renewal: Renewal, day: Day) -> Renewal:
    """Return the renewal put off after a failed payment; it reminds on that day."""
    return _with(renewal, branch=None, state=RenewalState.FAILED, paid_at=None, resume_on=day)


def resume(renewal: Renewal) -> Renewal:
    """Return a renewal that was put off, to go on with."""
    return _with(renewal, state=RenewalState.DRAFT) if renewal.state is RenewalState.FAILED else renewal


def give_up(renewal: Renewal) -> Renewal:
    """Return the renewal ended without a result; it is kept for the history."""
    return _with(renewal, state=RenewalState.GIVEN_UP, branch=None)


# After the payment ---------------------------------------------------------------------------------------------------


class FollowUp(NamedTuple):
    """How long ago a renewal was paid that nobody has seen take effect.

    `due_at` is when it should have taken effect, as far as the offer says; from `support_at` on it is `overdue`, a case
    for support. Of a payment that was told of later only its day is known, `on`: it was made by that day's end.
    """

    paid_at: Instant
    due_at: Instant | None
    support_at: Instant
    overdue: bool
    on: Day | None = None


def paid_day(renewal: Renewal, zone: str) -> Day | None:
    """Return the day of the payment: as the user gave it, else in that zone; None before it."""
    if renewal.paid_at is None:
        return None
    said = value(renewal, PAID_ON)
    return Day.parse_iso(said) if said else Instant.parse_iso(renewal.paid_at).to_tz(zone).date()


def follow_up(renewal: Renewal, offer: Offer, now: Instant, line_zone: str | None = None) -> FollowUp | None:
    """Return what a paid renewal waits for, None for any other; days are those of the line's own zone, if it has one.

    Without a figure of the offer's, minutes to hours are normal and a day is too long.
    """
    if renewal.state is not RenewalState.PAID or renewal.paid_at is None:
        return None
    zone = line_zone or offer.zone
    told, day = Instant.parse_iso(renewal.paid_at), paid_day(renewal, zone)
    assert day is not None
    paid = min(told, day.add(days=1).at(Time()).assume_tz(zone).to_instant())
    due = None
    if offer.effective_within is not None:
        due = paid.to_tz(zone).add(offer.effective_within).to_instant()
    support_at = paid + SUPPORT_AFTER if due is None else max(due, paid + SUPPORT_AFTER)
    return FollowUp(paid, due, support_at, overdue=now >= support_at, on=day if paid < told else None)


def _without(renewal: Renewal, step: ProcedureStep) -> tuple[str, ...]:
    return tuple(each for each in renewal.skipped if each != step.id)


def _with(renewal: Renewal, **changes: Any) -> Renewal:  # noqa: ANN401 - fields of the record
    return Renewal.model_validate({**renewal.model_dump(exclude_unset=False), **changes})
