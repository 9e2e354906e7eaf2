"""What happened to a line, and when: the dated acts that clocks listen to."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from operator import attrgetter, lt
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticKnownError

from simtui.domain.calendar import Day, RecordedDay
from simtui.domain.money import Amount, Currency, Money
from simtui.domain.record import Identifier, LightRecord, LongText, Record, ShortText, light_record


class ActKind(StrEnum):
    """The closed list of things that can happen to a line (DESIGN.md, 4.3)."""

    ACTIVATION = "activation"
    TOP_UP = "top_up"
    PLAN_PURCHASE = "plan_purchase"
    PAYMENT = "payment"
    CALL_OUT = "call_out"
    CALL_IN = "call_in"
    SMS_OUT = "sms_out"
    SMS_IN = "sms_in"
    DATA = "data"
    BALANCE_READING = "balance_reading"
    STATEMENT = "statement"
    IDENTIFICATION = "identification"
    HOLD = "hold"
    FEE = "fee"
    TRANSFER = "transfer"
    PROMO = "promo"
    NOTE = "note"

    # Enum would have its name hashed by a function in Python; kinds are looked up more often than anything else.
    __hash__ = str.__hash__


LAST_PLACE = 2**53
"""The highest place in the recording order: what a number in JSON holds exactly."""
USES = frozenset({ActKind.CALL_OUT, ActKind.SMS_OUT, ActKind.DATA})
"""The acts that are the holder's own use of the line."""


class Channel(StrEnum):
    """How a renewal is done."""

    ONLINE = "online"
    APP = "app"
    SHOP = "shop"
    PHONE = "phone"
    THIRD_PARTY = "third_party"


class Mark(StrEnum):
    """Use that operators treat in another way: often left out of the count, and roaming that counts as any other."""

    FREE = "free"
    EMERGENCY = "emergency"
    WIFI = "wifi"
    ROAMING = "roaming"


class ReadingSource(StrEnum):
    """Where a balance or a date was read."""

    SITE = "site"
    APP = "app"
    HOTLINE = "hotline"
    SMS = "sms"
    MAIL = "mail"
    SHOP = "shop"
    DIAL_CODE = "dial_code"


class Balances(Record):
    """What a reading said was left; a field that was not read is absent, never zero.

    `credit` goes with its `currency`; `data_mb` is in mebibytes.
    """

    credit: Amount | None = None
    currency: Currency | None = None
    data_mb: int | None = Field(default=None, ge=0, le=1_000_000_000)
    minutes: int | None = Field(default=None, ge=0, le=10_000_000)
    sms: int | None = Field(default=None, ge=0, le=10_000_000)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.credit is None) != (self.currency is None):
            raise ValueError("a credit reading needs its currency, and a currency its credit")
        return self

    def is_empty(self) -> bool:
        """Tell whether nothing was read."""
        return self.credit is None and self.data_mb is None and self.minutes is None and self.sms is None


class Proof(Record):
    """What shows that a payment was made; a receipt is a path or URL kept as text and never opened."""

    order_number: ShortText | None = None
    receipt: LongText | None = None
    confirmation: LongText | None = None


def _a_number(given: object) -> object:
    """Refuse text and yes or no, which pydantic takes for numbers: no line has them as its id."""
    if isinstance(given, str | bool):
        raise PydanticKnownError("int_type")
    return given


@light_record
class Act(LightRecord):
    """One dated thing that happened to a line.

    `day` is the calendar date in the line's time zone. `order` breaks ties within a day (recording order);
    a statement always comes last on its day, unless it takes its turn in that order (`in_turn`), as one read
    before a payment does. `clock` names the clock that a statement speaks of, and
    `valid_until` its last day, or the last day of a hold or of a plan. `from_credit` tells whether a purchase
    was paid out of the line's own credit; absent means: as the offer works.
    """

    line: Annotated[int, BeforeValidator(_a_number), Field(ge=1)]
    kind: ActKind
    day: RecordedDay
    order: Annotated[int, Field(ge=0, le=LAST_PLACE)] = 0
    amount: Amount | None = None
    currency: Currency | None = None
    plan: Identifier | None = None
    channel: Channel | None = None
    mark: Mark | None = None
    from_credit: bool | None = None
    balances: Balances | None = None
    read_at: ReadingSource | None = None
    clock: Identifier | None = None
    valid_until: RecordedDay | None = None
    in_turn: bool = False
    proof: Proof | None = None
    note: LongText | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.amount is None) != (self.currency is None):
            raise ValueError("an amount needs its currency, and a currency its amount")
        if self.kind is ActKind.STATEMENT and self.valid_until is None:
            raise ValueError("a statement needs the day until which the operator says it is valid")
        if self.kind is ActKind.BALANCE_READING and (self.balances is None or self.balances.is_empty()):
            raise ValueError("a reading needs at least one balance")
        return self

    def like(self, line: int, day: Day, order: int) -> Act:
        """Return the act that differs from this one in these alone; nobody checks them.

        All fields are named, as that is the quickest way to set them.
        """
        made: Any = object.__new__(Act)
        made.line, made.kind, made.day, made.order = line, self.kind, day, order
        made.amount, made.currency, made.plan = self.amount, self.currency, self.plan
        made.channel, made.mark, made.from_credit = self.channel, self.mark, self.from_credit
        made.balances, made.read_at, made.clock = self.balances, self.read_at, self.clock
        made.valid_until, made.in_turn = self.valid_until, self.in_turn
        made.proof, made.note = self.proof, self.note
        act: Act = made
        return act

    @property
    def is_ordinary(self) -> bool:
        """Whether the act counts wherever its kind does: no free, emergency or Wi-Fi use."""
        return self.mark is None or self.mark is Mark.ROAMING

    @property
    def money(self) -> Money | None:
        """The amount with its currency, where the act has one."""
        if self.amount is None or self.currency is None:
            return None
        return Money.model_construct(amount=self.amount, currency=self.currency)


def ordered(acts: Iterable[Act]) -> list[Act]:
    """Return acts in order; those recorded day by day, as most are, only have their days compared."""
    given = list(acts)
    days = [act.day for act in given]
    if all(map(lt, days, days[1:])):
        return given
    stated = ActKind.STATEMENT in [act.kind for act in given]
    return sorted(given, key=in_order if stated else _by_day_and_order)


_by_day_and_order = attrgetter("day", "order")
"""What `in_order` comes to where there is no statement."""


def in_order(act: Act) -> tuple[Day, bool, int]:
    """Sort key: by day, within a day by recording order, with statements last that do not take their turn."""
    return act.day, act.kind is ActKind.STATEMENT and not act.in_turn, act.order
