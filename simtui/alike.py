"""Stored acts as records, when there are very many of them: what they have in common is checked once.

A reseller's hundred thousand acts are a few kinds of top-up, again and again on another day of another line. Whether an
act is valid depends on each of its fields and on how kind, amount and balances go together, never on which day or line
it has beside them. So an act that differs from one that was checked only in its line, day and place in the recording
order is valid if these three are.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from simtui.domain.act import LAST_PLACE, Act
from simtui.domain.calendar import Day
from simtui.holding import HeldAct
from simtui.store.apart import apart, put_together
from simtui.store.repository import Apart

FIRST_FIELDS = ("line", "kind", "day", "order")
"""What a stored act begins with."""

_MOST = 5_000
"""So many different acts are kept in mind: notes and proofs are seldom the same twice, and would fill the memory."""


class Acts:
    """Makes acts of documents taken apart, the same as `Act.model_validate` makes of their bodies."""

    def __init__(self) -> None:
        self._known: dict[bytes, Act] = {}
        self._days: dict[bytes, Day] = {}

    def made(self, some: Iterable[Apart]) -> list[HeldAct]:
        """Return the acts with their ids and revisions; raises ValueError, as pydantic's ValidationError is, if one is none."""
        known, days, made = self._known, self._days, []
        for parts in some:
            doc_id, rev, line, kind, text, order, rest = parts
            model, day = known.get(kind + rest), days.get(text)
            act: Act | None = None
            place_text = order or b"0"
            if model is not None and day is not None and line.isdigit() and place_text.isdigit():
                number, place = int(line), int(place_text)
                if number >= 1 and place <= LAST_PLACE:
                    act = model.like(number, day, place)
            made.append(_held((int(doc_id), int(rev), self._checked(parts) if act is None else act)))
        return made

    def _checked(self, parts: Apart) -> Act:
        """Return the act of one document, and remember what others may have in common with it."""
        document = put_together(parts, FIRST_FIELDS)
        act = Act.model_validate(document.body)
        # A text that simtui would not have written, such as one that names a field twice, is no model for others.
        if apart(document, FIRST_FIELDS) == parts:
            _id, _rev, _line, kind, day, _order, rest = parts
            self._days[day] = act.day
            if len(self._known) < _MOST:
                self._known.setdefault(kind + rest, act.like(act.line, act.day, act.order))
        return act


_held = partial(tuple.__new__, HeldAct)
"""What makes held acts of their three parts; their own class takes twice as long for it."""
