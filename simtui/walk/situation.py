"""What is true for the line of a walk: the conditions of tips, questions and items are held against it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from simtui.domain.procedure import Condition
from simtui.walk.walk import Walk


class _All(NamedTuple):
    def holds(self, when: Iterable[Condition]) -> bool:
        return True


def situation(walk: Walk) -> _All:
    return _All()
