"""Procedures: the walkthroughs as data, step by step, with what to have ready, what to ask and what may go wrong.

A procedure says what a person does in which order; what an offer adds to it (a site, a number to call, papers) is
named by its `Fact` and filled in where it is shown. The files are in `simtui/procedures/`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from simtui.domain.act import Channel
from simtui.domain.offer import OfferKind
from simtui.domain.record import Identifier, Record, Text
from simtui.domain.renewal import Check


class StepKind(StrEnum):
    """What a step is for; the program knows what each of these needs and what it leads to."""

    LINE = "line"
    OFFER = "offer"
    STATUS = "status"
    CHANNEL = "channel"
    READY = "ready"
    CHOOSE = "choose"
    DO = "do"
    PAY = "pay"
    WAIT = "wait"
    VERIFY = "verify"


class FieldType(StrEnum):
    """What a field takes.

    Filled in it is plain text: a day as ISO 8601, money as `10 EUR`, data in mebibytes, a choice as the option's id,
    ticks as option ids with commas.
    """

    TEXT = "text"
    LONG_TEXT = "long_text"
    DAY = "day"
    MONEY = "money"
    COUNT = "count"
    DATA = "data"
    CHOICE = "choice"
    TICKS = "ticks"
    SECRET = "secret"  # noqa: S105 - a type of field, no secret


class Fact(StrEnum):
    """What is filled in from the offer, the line or the renewal, where a step shows it."""

    OFFER = "offer"
    NUMBER = "number"
    STANDING = "standing"
    BALANCES = "balances"
    SITE = "site"
    ACCOUNT = "account"
    APP = "app"
    SHOP = "shop"
    SHOP_SEARCH = "shop_search"
    PHRASE_CARD = "phrase_card"
    PHONE = "phone"
    PHONE_ABROAD = "phone_abroad"
    HOURS = "hours"
    MAIL = "mail"
    BALANCE_CODE = "balance_code"
    TOP_UP_CODE = "top_up_code"
    THIRD_PARTIES = "third_parties"
    SEARCH_TEXT = "search_text"
    PAPERS = "papers"
    PAYMENTS = "payments"
    EFFECTIVE_WITHIN = "effective_within"
    ESIM = "esim"
    ORDER = "order"
    TIMER = "timer"
    SUPPORT_TEXT = "support_text"
    LOSSES = "losses"
    PROMOTIONS = "promotions"
    SAVINGS = "savings"
    COVERAGE = "coverage"
    BOUND_SERVICES = "bound_services"


class Condition(StrEnum):
    """When a tip, question or item is true for a line; what is unknown is never taken for true."""

    AUTO_RENEW_OFFERED = "auto_renew_offered"
    AUTO_RENEW_OFF = "auto_renew_off"
    AUTO_RENEW_UNKNOWN = "auto_renew_unknown"
    LONGER_IS_CHEAPER = "longer_is_cheaper"
    PROMOTION_RUNS = "promotion_runs"
    DATA_IS_VOID_AT_THE_END = "data_is_void_at_the_end"
    DATA_ONLY = "data_only"
    SELLS_DATA = "sells_data"
    MONACO_DATA = "monaco_data"
    KEEPS_A_NUMBER = "keeps_a_number"
    HAS_BOUND_SERVICES = "has_bound_services"
    HAS_NO_BACKUP = "has_no_backup"
    HAS_CREDIT = "has_credit"
    HAS_BALANCE_CODE = "has_balance_code"
    HAS_TOP_UP_CODE = "has_top_up_code"
    HAS_LAST_DAY = "has_last_day"
    SEVERAL_PLANS = "several_plans"
    COVERAGE_VARIES = "coverage_varies"
    ONLINE = "online"
    BY_PERSON = "by_person"
    ESIM = "esim"
    TRAVEL = "travel"
    PAPERS_NOT_RULED_OUT = "papers_not_ruled_out"
    NOT_PAID_YET = "not_paid_yet"
    PAID = "paid"
    OVERDUE = "overdue"
    NUMBER_MAY_DIE = "number_may_die"
    SERVICE_MAY_STOP = "service_may_stop"


class FieldOption(Record):
    """One of the things that a choice field offers."""

    id: Identifier
    label: Text


class StepField(Record):
    """Something to fill in. A choice without options is offered what the program knows, such as payment methods."""

    id: Identifier
    type: FieldType
    label: Text
    hint: Text | None = None
    required: bool = False
    options: tuple[FieldOption, ...] = ()


class Item(Record):
    """Something to have ready, to do or to see, ticked when that is so. It shows where all of `when` hold.

    `check` is what its tick says at the last step: how it was seen that the renewal worked.
    """

    id: Identifier
    text: Text
    hint: Text | None = None
    facts: tuple[Fact, ...] = ()
    when: tuple[Condition, ...] = ()
    check: Check | None = None


class ProcedureStep(Record):
    """One step. `questions` are the ids of what may be asked at it; they show there where they are true."""

    id: Identifier
    kind: StepKind
    title: Text
    text: Text | None = None
    facts: tuple[Fact, ...] = ()
    fields: tuple[StepField, ...] = ()
    items: tuple[Item, ...] = Field(default=(), max_length=30)
    questions: tuple[Identifier, ...] = ()


class Procedure(Record):
    """One way to renew: for which kinds of offer, through which channel, with its needs, its proof and its risk.

    `takes` says how long it takes. With `makes_line` it is a first purchase: it ends in a new line.
    """

    id: Identifier
    name: Text
    kinds: tuple[OfferKind, ...]
    channel: Channel
    needs: Text
    takes: Text
    proof: Text
    risk: Text | None = None
    makes_line: bool = False
    steps: tuple[ProcedureStep, ...] = Field(min_length=3, max_length=20)

    @model_validator(mode="after")
    def _each_id_once(self) -> Self:
        ids = [step.id for step in self.steps]
        fields = [each.id for step in self.steps for each in step.fields]
        items = [each.id for step in self.steps for each in step.items]
        for found in (ids, fields, items):
            if len(found) != len(set(found)):
                raise ValueError("two steps, fields or items share an id")
        return self

    def step(self, step_id: str | None) -> ProcedureStep:
        """Return the step of that id, the first one where there is none."""
        return next((step for step in self.steps if step.id == step_id), self.steps[0])

    def first_of(self, kind: StepKind) -> ProcedureStep | None:
        """Return the first step of a kind, None where the procedure has none."""
        return next((step for step in self.steps if step.kind is kind), None)

    def field(self, field_id: str) -> StepField | None:
        """Return the field of that id, None where the procedure does not ask for it."""
        return next((each for step in self.steps for each in step.fields if each.id == field_id), None)


class QuestionKind(StrEnum):
    """A tip is advice; a branch is what to do when something goes wrong or has to be known."""

    TIP = "tip"
    BRANCH = "branch"


class Answer(Text):
    """One line of a question's answer. It shows where all of `when` hold."""

    when: tuple[Condition, ...] = ()


class Question(Record):
    """A tip, or a question with its answer. It opens at the steps that name it, where all of `when` hold.

    `lines` are what to do or know, one after the other; where none of them shows, nor does the question. `facts` are
    shown beneath. `words` help the search.
    """

    id: Identifier
    kind: QuestionKind
    title: Text
    lines: tuple[Answer, ...] = Field(min_length=1, max_length=12)
    facts: tuple[Fact, ...] = ()
    when: tuple[Condition, ...] = ()
    words: Text | None = None
