"""What a clock comes to, and the sum behind it, as data that any front end can put into words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import NamedTuple, TypeVar, overload

from simtui.domain.act import Act
from simtui.domain.calendar import Day, Period, next_day
from simtui.domain.offer import Offer, SourceCertainty
from simtui.domain.record import Text
from simtui.domain.rule import Countdown, Loses, RuleCertainty, Stage, StageName, Start, Undo, Works


class Certainty(IntEnum):
    """How sure a date is, weakest first, so that `min` finds the weakest link."""

    GUESS = 0
    THIRD_PARTY = 1
    OFFICIAL = 2
    STATED = 3


_OF_RULE = {
    RuleCertainty.GUESS: Certainty.GUESS,
    RuleCertainty.THIRD_PARTY: Certainty.THIRD_PARTY,
    RuleCertainty.OFFICIAL: Certainty.OFFICIAL,
}
_OF_SOURCE = {
    SourceCertainty.OLD: Certainty.GUESS,
    SourceCertainty.THIRD_PARTY: Certainty.THIRD_PARTY,
    SourceCertainty.OFFICIAL: Certainty.OFFICIAL,
}


def certainty_of(part: Countdown | Start, offer: Offer, otherwise: Certainty = Certainty.GUESS) -> Certainty:
    """Return how well a clock, fee or start is known: as it says itself, else as its source, else a guess."""
    if part.certainty is not None:
        return _OF_RULE[part.certainty]
    return certainty_of_source(part.source, offer, otherwise)


def certainty_of_source(source_id: str | None, offer: Offer, otherwise: Certainty) -> Certainty:
    """Return the certainty that a source lends, or `otherwise` where no source is named."""
    source = None if source_id is None else offer.source(source_id)
    return otherwise if source is None else _OF_SOURCE[source.certainty]


class StepKind(StrEnum):
    """One kind of line in a sum."""

    STARTED = "started"
    """An anchor began the clock: activation, first use, purchase, a plan's end."""
    ACTED = "acted"
    """A qualifying act."""
    STATED = "stated"
    """The operator's own date."""
    HAD = "had"
    """The end before the last act, which the act extends or leaves standing."""
    LENGTH = "length"
    """A length was added: `day + period → result`."""
    KEPT = "kept"
    """The earlier end is the later one and stands."""
    CAPPED = "capped"
    """The end may lie at most `period` after the act."""
    ASSUMED = "assumed"
    """How acts stack is not known; the earliest way was taken."""
    HELD = "held"
    """A paid hold makes the clock wait until `result`."""
    RENEWED = "renewed"
    """The line renews itself: rolled on by whole periods."""
    ENDED_EARLY = "ended_early"
    """The balance or the plan ended the clock before its time."""
    STAGE = "stage"
    """A stage that follows the end."""
    FEES = "fees"
    """The balance pays `count` fees of `amount`."""
    UNKNOWN = "unknown"
    """A length that nobody knows, or that these acts do not decide; `why` says which."""
    IDENTIFIED = "identified"
    """The holder is identified: the clock is dropped."""
    ACTIVATED = "activated"
    """The line is in use: the clock is dropped."""


class Why(StrEnum):
    """Why a length or date is unknown."""

    LENGTH_UNKNOWN = "length_unknown"
    AMOUNT_MISSING = "amount_missing"
    AMOUNT_OUTSIDE_TIERS = "amount_outside_tiers"
    OTHER_CURRENCY = "other_currency"
    BALANCE_UNKNOWN = "balance_unknown"
    PLAN_UNKNOWN = "plan_unknown"
    IDENTITY_UNKNOWN = "identity_unknown"
    ACTIVATION_UNKNOWN = "activation_unknown"
    NOTHING_RECORDED = "nothing_recorded"


class Step(NamedTuple):
    """One line of a sum: what was added to which day, and what came out.

    `act` is the act behind it; `name` is the operator's or rule's own word (a clock, a fee, a plan);
    `source` is the id of the offer's source. Absent parts do not apply.
    """

    kind: StepKind
    day: Day | None = None
    result: Day | None = None
    act: Act | None = None
    period: Period | None = None
    amount: Decimal | None = None
    currency: str | None = None
    count: int | None = None  # type: ignore[assignment] # hides the method of tuples
    stage: StageName | None = None
    anchor: str | None = None
    why: Why | None = None
    name: Text | None = None
    source: str | None = None


_Part = TypeVar("_Part")


class OnDemand(Sequence[_Part]):
    """A sum or a list of remarks, only written once somebody reads it: most of them nobody ever looks at."""

    __slots__ = ("_parts", "_write")

    def __init__(self, write: Callable[[], Iterable[_Part]]) -> None:
        self._write = write
        self._parts: tuple[_Part, ...] | None = None

    @property
    def parts(self) -> tuple[_Part, ...]:
        """All of them."""
        if self._parts is None:
            self._parts = tuple(self._write())
        return self._parts

    @overload
    def __getitem__(self, index: int) -> _Part: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[_Part]: ...

    def __getitem__(self, index: int | slice) -> _Part | Sequence[_Part]:
        return self.parts[index]

    def __len__(self) -> int:
        return len(self.parts)

    def __eq__(self, other: object) -> bool:
        return self.parts == tuple(other) if isinstance(other, tuple | OnDemand) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.parts)

    def __repr__(self) -> str:
        return repr(self.parts)


class RemarkKind(StrEnum):
    """Why an act did not move a clock."""

    EXCLUDED = "excluded"
    MARKED_USE = "marked_use"
    TOO_LITTLE = "too_little"
    FUTURE = "future"
    BEFORE_ACTIVATION = "before_activation"
    DOES_NOT_UNDO = "does_not_undo"
    PARTLY_UNDOES = "partly_undoes"
    TOO_LATE = "too_late"

    # As of kinds of act: looked up very often.
    __hash__ = str.__hash__


class Remark(NamedTuple):
    """An act that was seen and left out of a sum, with the reason."""

    kind: RemarkKind
    act: Act
    reason: Text | None = None


class ClockState(StrEnum):
    """Where a clock is today."""

    RUNNING = "running"
    SPENT = "spent"
    IN_STAGE = "in_stage"
    MAY_BE_TERMINATED = "may_be_terminated"
    OVER = "over"
    UNKNOWN = "unknown"
    DROPPED = "dropped"

    # As of kinds of act: looked up very often.
    __hash__ = str.__hash__


_TAKEN_FROM_HOLDER = frozenset({StageName.MAY_END, StageName.QUARANTINE})


class StageSpan(NamedTuple):
    """A `stage` of the rule that follows the day `previous`, with its last day.

    `ends_on` absent means that nobody knows its end: `length` then says why. `can_be_saved` tells whether the number
    still can be, in this stage or in one after it.
    """

    stage: Stage
    previous: Day
    length: Period | Why
    ends_on: Day | None
    can_be_saved: bool
    certainty: Certainty

    @property
    def name(self) -> StageName:
        """What stage it is."""
        return self.stage.name

    @property
    def starts_on(self) -> Day:
        """Its first day."""
        return next_day(self.previous)

    @property
    def works(self) -> tuple[Works, ...]:
        """What still works in it."""
        return self.stage.works

    @property
    def undo(self) -> tuple[Undo, ...]:
        """What brings the line back from it."""
        return self.stage.undo

    @property
    def undo_from(self) -> Decimal | None:
        """The least that must be paid for that."""
        return self.stage.undo_from

    @property
    def undo_all(self) -> bool:
        """Whether all of it is needed."""
        return self.stage.undo_all

    @property
    def step(self) -> Step:
        """Its line of the sum."""
        length, stage = self.length, self.stage
        period, why = (None, length) if isinstance(length, Why) else (length, None)
        return Step(
            StepKind.STAGE,
            day=self.previous,
            result=self.ends_on,
            period=period,
            stage=stage.name,
            why=why,
            source=stage.source,
        )


class Reckoning(NamedTuple):
    """What one clock or fee comes to today.

    `ends_on` is the last good day, absent when unknown; `last_known` is then the date before it became unknown.
    `stages` follow the end in order; `stage` is the one today lies in. `length_days` is the running length, for
    short-validity notice. `by_itself` is true where the end renews itself and asks for no act; `assumed_on` is then the
    last day on which it is assumed to have done so, absent where the last payment was recorded.
    """

    clock: str
    name: Text
    loses: Loses
    leads_to_loss: bool
    state: ClockState
    ends_on: Day | None
    certainty: Certainty
    steps: Sequence[Step]
    stages: tuple[StageSpan, ...] = ()
    stage: StageSpan | None = None
    last_known: Day | None = None
    length_days: int | None = None
    by_itself: bool = False
    endless_after: bool = False
    remarks: tuple[Remark, ...] = ()
    assumed_on: Day | None = None

    @property
    def final_day(self) -> Day | None:
        """The last day on which the number can still be saved; absent where the rule states no end."""
        if not self.leads_to_loss or self.ends_on is None or self.endless_after:
            return None
        final: Day | None = self.ends_on
        for span in self.stages:
            if span.can_be_saved:
                final = span.ends_on
        return final

    @property
    def safe_day(self) -> Day | None:
        """The last day up to which the rule promises the number; from the day after, the operator may take it.

        Where the rule states no end, or a quarantine in which the former holder can ask for the number back, that is
        earlier than the last day on which the number can perhaps be saved.
        """
        if not self.leads_to_loss:
            return None
        safe = self.ends_on
        for span in self.stages:
            if not span.can_be_saved or span.ends_on is None or span.name in _TAKEN_FROM_HOLDER:
                break
            safe = span.ends_on
        return safe

    def certainty_until(self, day: Day | None) -> Certainty:
        """Return the weakest link of all that `day`, the end or a stage's end, hangs on."""
        if not self.stages:
            return self.certainty
        links = [span.certainty for span in self.stages if day is None or span.previous < day]
        return min([self.certainty, *links])

    @property
    def final_certainty(self) -> Certainty:
        """The weakest link of the final day."""
        return self.certainty_until(self.final_day)
