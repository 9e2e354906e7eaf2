"""How an operator words its messages, as data. What a pattern means is told in `wording`."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from simtui.domain.record import Identifier, Record, Text


def _checked(pattern: str) -> str:
    from simtui.domain.wording import elements  # only offers that have patterns pay for its expressions

    elements(pattern)
    return pattern


MessagePattern = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_checked)]


class Message(Record):
    """A wording that an operator uses in its messages, and what stands where in it.

    `clock` is the clock that a date in it speaks of, where that is not the usual one.
    """

    pattern: MessagePattern
    clock: Identifier | None = None
    note: Text | None = None
