"""A scene: the present step of a walk, all in words and plain facts, for any front end to lay out.

Texts are in the current language and not yet through `shown`: they hold what users and operators wrote.
"""

from __future__ import annotations

from typing import NamedTuple

from simtui.domain.procedure import Fact, FieldType, StepKind


class FactLine(NamedTuple):
    """One fact of the offer, line or renewal.

    `copies` is what copying it gives, empty where there is nothing to copy. An unknown fact has no `value`; with
    `may_enter` the user can fill it in once, and it is kept in the user's own file. `note` says how sure it is.
    """

    fact: Fact
    label: str
    value: str
    copies: str = ""
    note: str = ""
    may_enter: bool = False

    @property
    def is_known(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.value)


class ItemLine(NamedTuple):
    """Something to have ready or to do."""

    id: str
    text: str
    hint: str
    ticked: bool
    facts: tuple[FactLine, ...] = ()


class OptionLine(NamedTuple):
    """One of the things a field offers; `note` says what speaks for or against it, `more` what else is to be known."""

    id: str
    label: str
    note: str = ""
    more: tuple[str, ...] = ()


class FieldLine(NamedTuple):
    """Something to fill in, with what is filled in: `value` as a person reads it, `raw` as it is kept.

    In a walk over several lines `line` tells whose it is, for what each line has of its own, and `line_name` its name.
    """

    id: str
    type: FieldType
    label: str
    hint: str
    value: str
    raw: str
    required: bool
    options: tuple[OptionLine, ...] = ()
    line: int | None = None
    line_name: str = ""


class ChoiceLine(NamedTuple):
    """One thing to buy, with what it leads to; days are ISO text with the mark of their certainty, empty where unknown.

    `suffices` tells whether it alone lasts as long, and holds as much data, as was asked for; `cheapest` marks the one
    that does for the least a month. `yours` is one that the user added.
    """

    id: str
    name: str
    price: str
    valid: str
    service_until: str
    safe_until: str
    per_month: str
    data: str
    suffices: bool
    cheapest: bool
    chosen: bool
    receive_only: bool
    yours: bool
    remark: str = ""


class QuestionLine(NamedTuple):
    """A tip, or a question with its answer, that is true here."""

    id: str
    title: str
    is_tip: bool
    lines: tuple[str, ...]
    facts: tuple[FactLine, ...] = ()


class TrailLine(NamedTuple):
    """A step of the procedure in one line: `state` is "done", "skipped", "here" or "ahead"."""

    id: str
    number: int
    title: str
    state: str
    summary: str
    kind: StepKind


class BranchLine(NamedTuple):
    """What is asked after a payment that failed."""

    title: str
    lines: tuple[str, ...]
    options: tuple[OptionLine, ...]


class Scene(NamedTuple):
    """All that there is to see of a walk.

    `who` names the line and `offer` its offer; `started` and `saved` stand beside them. `remarks` are what has to be said
    loudest, such as an overdue effect, with the `differences` between operator and sum; `is_lost` that by its rule there is nothing left to pay for; `change` what the choice or the reading does to the standing.
    """

    who: str
    number: str
    offer: str
    procedure: str
    started: str
    kind: StepKind
    step: str
    title: str
    text: str
    at: int
    of: int
    facts: tuple[FactLine, ...]
    items: tuple[ItemLine, ...]
    fields: tuple[FieldLine, ...]
    choices: tuple[ChoiceLine, ...]
    questions: tuple[QuestionLine, ...]
    trail: tuple[TrailLine, ...]
    branch: BranchLine | None
    remarks: tuple[str, ...]
    differences: tuple[str, ...]
    change: tuple[str, ...]
    note: str
    is_paid: bool
    is_over: bool
    may_skip: bool
    is_lost: bool = False
