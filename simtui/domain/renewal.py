"""A renewal: one run through a walkthrough, from draft to verified."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from simtui.domain.act import Channel, Proof
from simtui.domain.calendar import RecordedDay
from simtui.domain.line import Knowledge
from simtui.domain.money import Amount, Currency
from simtui.domain.offer import PaymentMethod
from simtui.domain.record import Few, Identifier, Label, LongText, Record, ShortText, at_most


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


class Branch(StrEnum):
    """Where a walkthrough stands beside its steps, because the payment failed.

    First: was the account charged? Then: how to go on.
    """

    CHARGED = "charged"
    GO_ON = "go_on"


class RenewalItem(Record):
    """One thing bought in a renewal: a plan, a top-up of an amount, or something that no catalogue lists, by name."""

    plan: Identifier | None = None
    name: Label | None = None
    amount: Amount | None = None
    currency: Currency | None = None


class Renewal(Record):
    """One run through a procedure, for a line; without one it is a first purchase, of the `offer` that becomes a line.

    `answers` holds what was filled in, by field, and has no place of its own here; `ticked` the items that are there or
    done, `skipped` the steps that were not asked. `started_on` and `resume_on` are days; `paid_at` is an instant in UTC,
    as ISO 8601 text. `charged` answers whether a failed payment took the money, `tries` counts the failures. Renewals of
    one `batch` are one walk over several lines with one payment. `acts` are the ids of the acts that its steps recorded.
    """

    line: int | None = Field(default=None, ge=1)
    offer: Identifier | None = None
    procedure: Identifier
    state: RenewalState = RenewalState.DRAFT
    step: Identifier | None = None
    answers: dict[Identifier, LongText] = Field(default_factory=dict, max_length=100)
    ticked: Annotated[tuple[Identifier, ...], Field(max_length=200), at_most(200)] = ()
    skipped: Few[Identifier] = ()
    channel: Channel | None = None
    items: Few[RenewalItem] = ()
    method: PaymentMethod | None = None
    amount: Amount | None = None
    currency: Currency | None = None
    proof: Proof | None = None
    started_on: RecordedDay | None = None
    paid_at: ShortText | None = None
    checks: Few[Check] = ()
    branch: Branch | None = None
    charged: Knowledge | None = None
    tries: int = Field(default=0, ge=0, le=1000)
    resume_on: RecordedDay | None = None
    batch: Identifier | None = None
    acts: dict[Identifier, Few[int]] = Field(default_factory=dict, max_length=20)
    note: LongText | None = None

    @property
    def is_open(self) -> bool:
        """Whether it can be gone on with."""
        return self.state in (RenewalState.DRAFT, RenewalState.PAID, RenewalState.FAILED)
