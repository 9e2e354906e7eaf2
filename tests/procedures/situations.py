"""Walks in which a tip may be true or not: real offers of carriers.json, lines on them, and where the walk is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from simtui.catalogue import Catalogue, load
from simtui.domain.act import Act
from simtui.domain.calendar import Day
from simtui.domain.hints import Situation, applying, items_of
from simtui.domain.line import Line
from simtui.domain.offer import Offer
from simtui.domain.procedure import Question
from simtui.domain.renewal import RenewalState
from simtui.domain.standing import standing
from simtui.domain.walkthrough import begin
from simtui.domain.whatif import outcomes
from simtui.paths import bundled
from simtui.procedures import procedures
from tests.domain.build import act

TODAY = Day(2026, 10, 1)


@cache
def catalogue() -> Catalogue:
    return load(bundled("carriers.json"), None)


def real(offer_id: str) -> Offer:
    found = catalogue().offer(offer_id)
    assert found is not None
    return found


def situation(
    offer: str | Offer = "orange-fr-mobicarte",
    procedure: str = "keep-online",
    *,
    acts: Sequence[Act] = (),
    paid: bool = False,
    overdue: bool = False,
    today: Day = TODAY,
    **fields: Any,
) -> Situation:
    """Return a walk of a line on `offer`; other fields are the line's."""
    held = real(offer) if isinstance(offer, str) else offer
    followed = procedures().get(procedure)
    line = Line(**{"number": "+33612345678", "offer": held.id, **fields})
    renewal = begin(followed, today, line=1)
    state = RenewalState.PAID if paid else RenewalState.DRAFT
    return Situation(
        line=line,
        acts=acts,
        offer=held,
        procedure=followed,
        renewal=renewal.model_copy(update={"state": state}),
        standing=standing(line, acts, held, today),
        outcomes=outcomes(line, acts, held, today),
        today=today,
        overdue=overdue,
    )


def first_purchase(offer: str = "airalo-discover-global", *, paid: bool = False) -> Situation:
    """Return the walk of a first purchase, where there is no line yet."""
    followed = procedures().get("travel-buy")
    renewal = begin(followed, TODAY, offer=offer)
    state = RenewalState.PAID if paid else RenewalState.DRAFT
    return Situation(
        line=None,
        acts=(),
        offer=real(offer),
        procedure=followed,
        renewal=renewal.model_copy(update={"state": state}),
        standing=None,
        outcomes=(),
        today=TODAY,
    )


def topped_up(day: str = "2026-09-01", amount: int = 10) -> list[Act]:
    return [act(day, "top_up", amount)]


def shown_at(step: str, at: Situation) -> dict[str, Question]:
    """Return the tips and questions that open at a step, by id."""
    found = applying(procedures().questions, at.procedure.step(step), at)
    assert at.procedure.step(step).id == step
    return {question.id: question for question in found}


def items_at(step: str, at: Situation) -> list[str]:
    assert at.procedure.step(step).id == step
    return [item.id for item in items_of(at.procedure.step(step), at)]
