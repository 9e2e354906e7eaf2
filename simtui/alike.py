"""Stored acts as records, when there are very many of them: what they have in common is checked once.

A reseller's hundred thousand acts are a few kinds of top-up, again and again on another day of another line. Whether an
act is valid depends on each of its fields and on how kind, amount and balances go together, never on which day or line
it has beside them. So an act that differs from one that was checked only in its line, day and place in the recording
order is valid if these three are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from simtui.domain.act import LAST_PLACE, Act
from simtui.domain.calendar import Day
from simtui.domain.record import Mould

_MOST = 5_000
"""So many different acts are kept in mind: notes and proofs are seldom the same twice, and would fill the memory."""


class Acts:
    """Makes acts of stored bodies, the same as `Act.model_validate` makes of them."""

    def __init__(self) -> None:
        self._known: dict[bytes, Mould[Act]] = {}
        self._days: dict[str, Day] = {}

    def made(self, body: Mapping[str, Any]) -> Act:
        """Return the act of a body from JSON; raises pydantic's ValidationError."""
        rest = dict(body)
        line, text, order = rest.pop("line", None), rest.pop("day", None), rest.pop("order", 0)
        # The type of a value counts as well: as keys, true and 1 would be the same.
        alike = orjson.dumps(rest)
        known, day = self._known.get(alike), self._days.get(text) if type(text) is str else None
        if (
            known is not None
            and day is not None
            and type(line) is int is type(order)
            and line >= 1
            and 0 <= order <= LAST_PLACE
        ):
            fields = known.fields()
            fields["line"], fields["day"], fields["order"] = line, day, order
            return known.cast(fields)
        return self._checked(body, alike)

    def _checked(self, body: Mapping[str, Any], alike: bytes) -> Act:
        act = Act.model_validate(body)
        if type(text := body["day"]) is str:
            self._days[text] = act.day
        if len(self._known) < _MOST and alike not in self._known:
            self._known[alike] = Mould(act)
        return act
