"""What leads back out of a stage: the acts that it names, enough money, and where it asks for several, all of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day
from simtui.domain.counting import undoes
from simtui.domain.reckoning import RemarkKind
from simtui.domain.rule import Stage, Undo

PAID_WAYS = {Undo.TOP_UP: ActKind.TOP_UP, Undo.PLAN_PURCHASE: ActKind.PLAN_PURCHASE, Undo.PAYMENT: ActKind.PAYMENT}
"""The ways out of a stage that can ask for an amount."""


class Undone(Protocol):
    """What a stage says of the way out of it, in the rule as with its dates."""

    @property
    def undo(self) -> tuple[Undo, ...]:
        """The acts that bring the line back."""

    @property
    def undo_from(self) -> Decimal | None:
        """The least that must be paid."""

    @property
    def undo_all(self) -> bool:
        """Whether all of them are needed."""


def ways_met(act: Act, stage: Undone, currency: str, *, restarts: bool = True) -> frozenset[Undo]:
    """Return those of the stage's ways back that `act` is; `restarts` as in `undoes`.

    An amount that nobody knows is not called enough.
    """
    found = (way for way in stage.undo if undoes(act, (way,), restarts=restarts))
    return frozenset(way for way in found if way not in PAID_WAYS or _is_enough(act, stage.undo_from, currency))


def leads_out(act: Act, stage: Undone, currency: str, *, restarts: bool = True) -> bool:
    """Tell whether `act` alone leads out of the stage."""
    if stage.undo_from is None and not stage.undo_all:
        return undoes(act, stage.undo, restarts=restarts)
    met = ways_met(act, stage, currency, restarts=restarts)
    return is_undone_by(met, stage)


def is_undone_by(ways: Collection[Undo], stage: Undone) -> bool:
    """Tell whether these ways together lead out of the stage."""
    if not stage.undo:
        return False
    return all(way in ways for way in stage.undo) if stage.undo_all else any(way in ways for way in stage.undo)


def _is_enough(act: Act, least: Decimal | None, currency: str) -> bool:
    return least is None or (act.amount is not None and act.currency == currency and act.amount >= least)


@dataclass(slots=True)
class WayBack:
    """How far acts have come on the way out of a stage that asks for several, one after the other."""

    currency: str
    stage: Stage | None = None
    end: tuple[Day | None, Day | None] = (None, None)
    done: int = 0

    def refusal(
        self, act: Act, stage: Stage, end: Day | None, set_on: Day | None, *, restarts: bool = True
    ) -> RemarkKind | None:
        """Return why `act` does not lead out of `stage`, None where it does.

        What was done before counts as long as the stage follows the same end, set on the same day.
        """
        if leads_out(act, stage, self.currency, restarts=restarts):
            return None
        met = ways_met(act, stage, self.currency, restarts=restarts)
        if stage.undo_all and self._goes_on(met, stage, (end, set_on)):
            return RemarkKind.PARTLY_UNDOES if self.done < len(stage.undo) else None
        if not met and act.amount is not None and undoes(act, stage.undo, restarts=restarts):
            return RemarkKind.TOO_LITTLE
        return RemarkKind.DOES_NOT_UNDO

    def _goes_on(self, met: Collection[Undo], stage: Stage, end: tuple[Day | None, Day | None]) -> bool:
        """Take the ways that come next, and tell whether there were any; the last can be done again."""
        if self.stage is not stage or self.end != end:
            self.stage, self.end, self.done = stage, end, 0
        self.done = before = max(0, min(self.done, len(stage.undo) - 1))
        while self.done < len(stage.undo) and stage.undo[self.done] in met:
            self.done += 1
        return self.done > before
