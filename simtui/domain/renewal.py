"""A renewal: one run through a walkthrough, from draft to verified."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from simtui.domain.act import Channel, Proof
from simtui.domain.money import Amount, Currency
from simtui.domain.offer import PaymentMethod
from simtui.domain.record import Few, Identifier, LongText, Record, ShortText


class RenewalState(StrEnum):
    """How far a renewal has come."""

    DRAFT = "draft"
    PAID = "paid"
    VERIFIED = "verified"
    FAILED = "failed"
    GIVEN_UP = "given_up"


class Check(StrEnum):
    """How it was seen that a renewal worked."""

    SMS = "sms"
    MAIL = "mail"
    SITE_OR_APP = "site_or_app"
    CALL = "call"


class RenewalItem(Record):
    """One thing bought in a renewal: a plan, or a top-up of an amount."""

    plan: Identifier | None = None
    amount: Amount | None = None
    currency: Currency | None = None


class Renewal(Record):
    """One run through a procedure for a line. `paid_at` is an instant in UTC, as ISO 8601 text."""

    line: int = Field(ge=1)
    procedure: Identifier
    state: RenewalState = RenewalState.DRAFT
    step: Identifier | None = None
    answers: dict[Identifier, LongText] = Field(default_factory=dict, max_length=100)
    skipped: Few[Identifier] = ()
    channel: Channel | None = None
    items: Few[RenewalItem] = ()
    method: PaymentMethod | None = None
    amount: Amount | None = None
    currency: Currency | None = None
    proof: Proof | None = None
    paid_at: ShortText | None = None
    checks: Few[Check] = ()
