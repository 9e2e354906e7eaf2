"""Carriers and their offers: what can be held, bought and trusted. The file format of carriers.json."""

from __future__ import annotations

from collections.abc import Hashable
from enum import StrEnum
from functools import cached_property
from hashlib import blake2b
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from simtui.domain.act import Channel
from simtui.domain.calendar import RecordedDay, RecordedPeriod
from simtui.domain.line import Knowledge, Zone
from simtui.domain.message import Message
from simtui.domain.money import Amount, Currency
from simtui.domain.record import Few, Identifier, Record, ShortText, Text, at_most
from simtui.domain.rule import Clock, PlanKind, Rule


class OfferKind(StrEnum):
    """What kind of line an offer makes."""

    KEEP_NUMBER = "keep_number"
    DATA = "data"
    ESIM = "esim"
    TRAVEL_ESIM = "travel_esim"

    # As of kinds of act: looked up for each line.
    __hash__ = str.__hash__


class SourceCertainty(StrEnum):
    """Who says it: the operator, somebody else, or a page too old to rely on."""

    OFFICIAL = "official"
    THIRD_PARTY = "third_party"
    OLD = "old"


WebLink = Annotated[str, Field(pattern=r"^https?://[^\s\x00-\x1f]+$", max_length=500)]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Priced = Amount | None


class Source(Record):
    """Where a statement comes from. `as_of` is a day, month or year as far as it is known (`2026-09`)."""

    id: Identifier
    url: WebLink | None = None
    what: Text
    as_of: Annotated[str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")] | None = None
    certainty: SourceCertainty
    note: Text | None = None


class Sourced(Record):
    """A fact with the id of the offer's source that it comes from."""

    source: Identifier | None = None


class TopUp(Sourced):
    """Credit bought in an amount. `validity` is the life of the credit; the line's own life is in the rule."""

    amount: Amount
    validity: RecordedPeriod | None = None
    bonus: Amount | None = None
    channels: Few[Channel] = ()
    note: Text | None = None


class Plan(Sourced):
    """Something to buy. `price` absent is an unknown price; allowances are absent where unknown.

    `renews_itself` and `keeps_number` are answers that may be unknown.
    """

    id: Identifier
    name: Text
    kind: PlanKind
    price: Priced = None
    data_mb: int | None = Field(default=None, ge=0)
    minutes: int | None = Field(default=None, ge=0)
    sms: int | None = Field(default=None, ge=0)
    unlimited: Few[Literal["data", "minutes", "sms"]] = ()
    validity: RecordedPeriod | None = None
    coverage: Text | None = None
    after_allowance: Text | None = None
    renews_itself: Knowledge = Knowledge.UNKNOWN
    ends_on: RecordedDay | None = None
    note: Text | None = None


class Promotion(Sourced):
    """Something better for a while; shown only until `ends_on`."""

    text: Text
    ends_on: RecordedDay


class DialCode(Record):
    """A code to dial or a text to send, and what it does."""

    does: Literal["balance", "top_up", "own_number", "usage", "voicemail", "port_out", "keep", "other"]
    code: ShortText
    by: Literal["dial", "call", "sms"] = "dial"
    to: ShortText | None = None
    note: Text | None = None


class Support(Record):
    """How a person reaches the operator."""

    phone: ShortText | None = None
    from_abroad: ShortText | None = None
    hours: Text | None = None
    mail: ShortText | None = None
    url: WebLink | None = None
    note: Text | None = None


class Channels(Record):
    """The ways to renew. A channel that is absent is unknown, not impossible; `shop` says which."""

    site: WebLink | None = None
    account: Text | None = None
    app: ShortText | None = None
    shop: Knowledge = Knowledge.UNKNOWN
    shop_note: Text | None = None
    third_parties: Few[Text] = ()
    search_text: ShortText | None = None
    codes: Few[DialCode] = ()
    support: Support | None = None
    note: Text | None = None


class PaymentMethod(StrEnum):
    """How a renewal is paid."""

    CARD = "card"
    PAYPAL = "paypal"
    BANK_TRANSFER = "bank_transfer"
    SEPA = "sepa"
    ALIPAY = "alipay"
    WECHAT_PAY = "wechat_pay"
    E_WALLET = "e_wallet"
    VOUCHER = "voucher"
    CASH = "cash"
    OTHER = "other"


class Payment(Sourced):
    """A means of payment and whether a source confirms that this operator takes it."""

    method: PaymentMethod
    confirmed: bool
    note: Text | None = None


class EsimInfo(Record):
    """Whether the offer comes as an eSIM."""

    available: Knowledge = Knowledge.UNKNOWN
    note: Text | None = None


class Offer(Record):
    """One product of a carrier with its own retention rule, top-ups and plans.

    `rules` holds the versions of the rule, newest last; none at all means that nobody knows the rule.
    `effective_within` is how long a renewal may take to show, `messages` how the operator words its texts. All ids are unique within the offer.
    """

    id: Identifier
    kind: OfferKind
    name: Text
    country: Country
    zone: Zone
    currency: Currency
    status: Text | None = None
    rules: Annotated[tuple[Rule, ...], at_most(20)] = Field(default=(), max_length=20)
    top_ups: Annotated[tuple[TopUp, ...], at_most(100)] = Field(default=(), max_length=100)
    top_up_note: Text | None = None
    plans: Annotated[tuple[Plan, ...], at_most(300)] = Field(default=(), max_length=300)
    plan_note: Text | None = None
    promotions: Few[Promotion] = ()
    channels: Channels = Channels.model_construct()
    payments: Few[Payment] = ()
    payment_note: Text | None = None
    papers: Text | None = None
    esim: EsimInfo = EsimInfo.model_construct()
    effective_within: RecordedPeriod | None = None
    messages: Annotated[tuple[Message, ...], at_most(60)] = Field(default=(), max_length=60)
    sources: Annotated[tuple[Source, ...], at_most(200)] = Field(default=(), max_length=200)
    warnings: Few[Text] = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _references_hold(self) -> Self:
        sources = {source.id for source in self.sources}
        plans = [plan.id for plan in self.plans]
        if len(plans) != len(set(plans)) or len(sources) != len(self.sources):
            raise ValueError("two plans or two sources share an id")
        missing = {name for name in self._named_sources() if name not in sources}
        if missing:
            raise ValueError(f"no such source: {', '.join(sorted(missing))}")
        return self

    def _named_sources(self) -> list[str]:
        sourced: tuple[Sourced, ...] = (*self.top_ups, *self.plans, *self.payments, *self.promotions)
        parts = [part.source for part in sourced]
        for countdown in (part for rule in self.rules for part in rule.countdowns):
            parts.append(countdown.source)
            if isinstance(countdown.after, tuple):
                parts += [stage.source for stage in countdown.after]
            if isinstance(countdown, Clock):
                parts += [start.source for start in countdown.starts]
        return [part for part in parts if part is not None]

    @cached_property
    def rule_digest(self) -> str:
        """A short text that is another one as soon as the rules say something else."""
        said = "".join(rule.model_dump_json(exclude_defaults=True) for rule in self.rules)
        return blake2b(said.encode(), digest_size=8).hexdigest()

    @cached_property
    def memo(self) -> dict[Hashable, Any]:
        """What has been worked out from the offer alone and is needed for each of its lines; no part of the record."""
        return {}

    def source(self, source_id: str | None) -> Source | None:
        """Return the source of that id, or None."""
        return None if source_id is None else self._source_by_id.get(source_id)

    @cached_property
    def _source_by_id(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources}

    def plan(self, plan_id: str | None) -> Plan | None:
        """Return the plan of that id, or None."""
        return None if plan_id is None else self._plan_by_id.get(plan_id)

    @cached_property
    def _plan_by_id(self) -> dict[str, Plan]:
        return {plan.id: plan for plan in self.plans}


class Carrier(Record):
    """The operator that issues numbers, with its offers."""

    id: Identifier
    name: Text
    country: Country
    offers: Annotated[tuple[Offer, ...], at_most(200)] = Field(default=(), max_length=200)
    note: Text | None = None
