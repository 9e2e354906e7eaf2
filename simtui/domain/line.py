"""A line: one number, or one data-only eSIM, that the user holds on an offer."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from simtui.domain.calendar import RecordedDay
from simtui.domain.record import Few, Identifier, Label, LongText, Record, ShortText


class LineState(StrEnum):
    """What the user does with a line; only `active` lines raise alarms."""

    ACTIVE = "active"
    LETTING_GO = "letting_go"
    ARCHIVED = "archived"
    PORTED_OUT = "ported_out"


class SimForm(StrEnum):
    """The form that the line's profile has."""

    SIM = "sim"
    ESIM = "esim"


class Weight(StrEnum):
    """How bad the loss would be, in the user's judgement."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


class Knowledge(StrEnum):
    """A yes or no that may be unknown; unknown is never read as no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class BoundService(Record):
    """An account that hangs on the number: a bank, a messenger."""

    name: Label
    kind: ShortText | None = None
    weight: Weight = Weight.NORMAL


class BackupChannel(Record):
    """A second way to be reached if the number dies: another line, or something outside simtui."""

    line: int | None = Field(default=None, ge=1)
    other: ShortText | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.line is None) == (self.other is None):
            raise ValueError("name either a line or another channel")
        return self


class Identity(Record):
    """Whether the holder has been identified to the operator, when, and with what kind of document."""

    state: Knowledge = Knowledge.UNKNOWN
    day: RecordedDay | None = None
    document: ShortText | None = None


Month = Annotated[str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
PhoneNumber = Annotated[str, Field(pattern=r"^\+[1-9][0-9]{3,14}$")]
"""A number in E.164 form: `+33612345678`."""

Zone = Annotated[str, Field(pattern=r"^[A-Za-z_]+(/[A-Za-z0-9_+-]+){0,2}$", max_length=64)]
"""The name of an IANA time zone; whether it exists is checked where it is used."""


class Line(Record):
    """One held number. At least one of `number` and `label` names it.

    `lead_days` is the user's own notice before a deadline, `needed_until` the last day on which the user wants the number:
    nothing is planned beyond it. Until `snoozed_until` the line raises no alarm (`domain.snooze` says how far that holds). `variant` picks one of the offer's rules where they differ by cohort. `card_expires` is the month (`2027-05`) printed on the card that pays for automatic renewal.
    """

    number: PhoneNumber | None = None
    label: Label | None = None
    offer: Identifier
    variant: Identifier | None = None
    holder: ShortText | None = None
    device: ShortText | None = None
    sim: SimForm | None = None
    iccid: Annotated[str, Field(pattern=r"^89[0-9]{16,18}$")] | None = None
    opened_on: RecordedDay | None = None
    activated_on: RecordedDay | None = None
    identity: Identity = Identity.model_construct(state=Knowledge.UNKNOWN, day=None, document=None)
    auto_renew: Knowledge = Knowledge.UNKNOWN
    card_expires: Month | None = None
    lead_days: int | None = Field(default=None, ge=0, le=365)
    needed_until: RecordedDay | None = None
    snoozed_until: RecordedDay | None = None
    weight: Weight = Weight.NORMAL
    bound_services: Few[BoundService] = ()
    backup: BackupChannel | None = None
    notes: LongText | None = None
    tags: Few[ShortText] = ()
    state: LineState = LineState.ACTIVE
    zone: Zone | None = None

    @model_validator(mode="after")
    def _has_a_name(self) -> Self:
        if self.number is None and self.label is None:
            raise ValueError("a number or a label is needed")
        return self

    @property
    def name(self) -> str:
        """What to call the line: its label, else its number."""
        return self.label or self.number or ""
