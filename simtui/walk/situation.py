"""What is true for the line of a walk: the conditions of tips, questions and items are held against it."""

from __future__ import annotations

from simtui.domain.hints import Situation
from simtui.walk.walk import Walk


def situation(walk: Walk) -> Situation:
    """Return where the walk is, for conditions."""
    holding, waiting = walk.holding, walk.follow_up
    return Situation(
        line=None if holding is None else holding.line,
        acts=() if holding is None else holding.plain_acts,
        offer=walk.some_offer,
        procedure=walk.procedure,
        renewal=walk.renewal,
        standing=None if holding is None else holding.standing,
        outcomes=() if holding is None else holding.outcomes,
        today=walk.today,
        overdue=waiting is not None and waiting.overdue,
    )
