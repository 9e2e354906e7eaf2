"""From what was read in a message to the acts that record it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simtui.domain.act import Act, ActKind, Balances, ReadingSource
from simtui.domain.calendar import Day
from simtui.domain.money import Money
from simtui.domain.rule import Rule
from simtui.domain.terms import terms_for
from simtui.holding import Holding
from simtui.quick import paying_kind
from simtui.sms.reading import Choice, Part, Reading, read

Settled = tuple[Part, Choice]
"""One thing that was read and that nobody doubts any more."""


def rule_for(held: Holding, day: Day) -> Rule:
    """Return the rule that holds for a line, an empty one where nobody knows it."""
    return terms_for(held.line, held.offer).rule_on(day) or Rule()


def read_for(held: Holding, text: str, day: Day) -> Reading:
    """Return what a message that a line received on `day` says."""
    return read(text, held.offer, rule_for(held, day), day)


def acts_of(held: Holding, day: Day, settled: Sequence[Settled]) -> list[Act]:
    """Return a top-up, a reading and the operator's dates, in the order in which they are to be recorded.

    The reading comes after the top-up: what was left was read when the money had arrived.
    """
    acts: list[Act] = []
    for part, choice in settled:
        if part is Part.AMOUNT:
            assert isinstance(choice.value, Money)
            money = choice.value
            acts.append(_act(held, _paid_kind(held), day, amount=money.amount, currency=money.currency))
    balances = _balances(settled)
    if not balances.is_empty():
        acts.append(_act(held, ActKind.BALANCE_READING, day, balances=balances, read_at=ReadingSource.SMS))
    for part, choice in settled:
        if part is Part.VALID_UNTIL:
            told = {"valid_until": choice.value, "clock": choice.clock, "read_at": ReadingSource.SMS}
            acts.append(_act(held, ActKind.STATEMENT, day, **told))
    return acts


def _paid_kind(held: Holding) -> ActKind:
    """Return what money that arrived is on this offer; a message about it does not say that a plan was bought."""
    kind = paying_kind(held.offer)
    return ActKind.TOP_UP if kind is ActKind.PLAN_PURCHASE else kind


def _balances(settled: Sequence[Settled]) -> Balances:
    found: dict[str, Any] = {}
    for part, choice in settled:
        if part is Part.CREDIT:
            assert isinstance(choice.value, Money)
            found |= {"credit": choice.value.amount, "currency": choice.value.currency}
        elif part in _COUNTS:
            found[_COUNTS[part]] = choice.value
    return Balances(**found)


_COUNTS = {Part.DATA: "data_mb", Part.MINUTES: "minutes", Part.SMS: "sms"}


def _act(held: Holding, kind: ActKind, day: Day, **fields: Any) -> Act:  # noqa: ANN401 - the fields of an act
    return Act.model_validate({"line": held.id, "kind": kind, "day": day, **fields})
