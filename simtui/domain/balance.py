"""What is left on a line: the last reading, moved on by what is known to have happened since."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from simtui.domain.act import Act, ActKind, in_order
from simtui.domain.calendar import Day
from simtui.domain.offer import Offer

_CHARGED = frozenset({ActKind.FEE, ActKind.CALL_OUT, ActKind.SMS_OUT, ActKind.DATA})
_PAID_EITHER_WAY = frozenset({ActKind.PLAN_PURCHASE, ActKind.PAYMENT, ActKind.HOLD})


class CreditPoint(NamedTuple):
    """The credit after `act`; `known` is false before a reading, and once another currency made it uncertain."""

    day: Day
    amount: Decimal
    known: bool
    read_on: Day
    act: Act

    @property
    def was_read(self) -> bool:
        """Whether the operator said so, rather than that it was reckoned."""
        return self.act.balances is not None and self.act.balances.credit is not None


class CreditHistory:
    """The credit of a line over time, in the offer's currency.

    It begins at the first reading: before it nothing is known, and no starting credit is assumed. A reading sets it;
    later top-ups add, known fees, charged use and purchases from the credit take away. It is only followed once somebody
    asks: most rules never do.
    """

    def __init__(self, acts: Sequence[Act], offer: Offer) -> None:
        """Keep the acts, which must be in order, to be followed later."""
        self._acts = acts
        self._offer = offer

    @cached_property
    def was_ever_read(self) -> bool:
        """Whether any act says what the credit was."""
        for act in self._acts:
            balances = act.balances
            if balances is not None and balances.credit is not None:
                return True
        return False

    @cached_property
    def _points(self) -> Sequence[CreditPoint]:
        """What each act led to, in order; nothing where the credit was never read."""
        return _followed(self._acts, self._offer) if self.was_ever_read else ()

    @cached_property
    def _days(self) -> list[Day]:
        return [point.day for point in self._points]

    def at(self, day: Day) -> CreditPoint | None:
        """Return the last point on or before `day`, or None where nothing had been read or it became uncertain."""
        index = bisect_right(self._days, day) - 1 if self.was_ever_read else -1
        if index < 0 or not self._points[index].known:
            return None
        return self._points[index]

    def up_to(self, act: Act) -> CreditPoint | None:
        """Return the last point that `act` or one before it led to, or None where nothing is known."""
        if not self.was_ever_read:
            return None
        index = bisect_right(self._points, in_order(act), key=lambda point: in_order(point.act)) - 1
        return self._points[index] if index >= 0 and self._points[index].known else None

    def after_act(self, act: Act) -> CreditPoint | None:
        """Return the credit that `act` led to, or None where it is not known.

        What was read later on the same day, before anything else moved the credit, goes before what was reckoned.
        """
        found: CreditPoint | None = None
        for point in self._points[bisect_left(self._days, act.day) : bisect_right(self._days, act.day)]:
            if point.act is act:
                found = point
            elif in_order(point.act) >= in_order(act):
                found = point if point.was_read else found
                break
        return found if found is not None and found.known else None

    def first_low(
        self, since: Day, until: Day, low: Callable[[Decimal], bool], *, with_since: bool, before: Act | None = None
    ) -> Day | None:
        """Return the first day on which the credit was `low`, from the end of `since` to `until`, or `before` an act.

        Without `with_since` only what happened after that day counts.
        """
        first = self.at(since) if with_since else None
        if first is not None and low(first.amount):
            return since
        later = [point for point in self._points if since < point.day <= until]
        if before is not None:
            later = [point for point in later if in_order(point.act) < in_order(before)]
        return next((point.day for point in later if point.known and low(point.amount)), None)


def _followed(acts: Sequence[Act], offer: Offer) -> list[CreditPoint]:
    points: list[CreditPoint] = []
    amount: Decimal | None = None
    known, read_on = False, None
    for act in acts:
        read = act.balances.credit if act.balances is not None else None
        if read is not None and act.balances is not None:
            amount, known, read_on = read, act.balances.currency == offer.currency, act.day
        elif act.amount is None or not _moves_credit(act, offer):
            continue
        elif amount is None or act.currency != offer.currency:
            known = False
        elif act.kind is ActKind.TOP_UP:
            amount += act.amount
        else:
            amount = max(Decimal(0), amount - act.amount)
        points.append(CreditPoint(act.day, amount or Decimal(0), known, read_on or act.day, act))
    return points


def _moves_credit(act: Act, offer: Offer) -> bool:
    if act.kind is ActKind.TOP_UP:
        return True
    if act.kind not in _CHARGED and act.kind not in _PAID_EITHER_WAY:
        return False
    if act.from_credit is not None:
        return act.from_credit
    # Offers with top-ups sell their plans for credit; a payment was made with money.
    return act.kind in _CHARGED or (act.kind is ActKind.PLAN_PURCHASE and bool(offer.top_ups))


class Reading(NamedTuple):
    """The last known value of one balance, with the act it was read in."""

    value: int
    act: Act


def last_reading(acts: Sequence[Act], field: str) -> Reading | None:
    """Return the newest reading of `field` (`data_mb`, `minutes` or `sms`) among acts in order."""
    for act in reversed(acts):
        value = getattr(act.balances, field) if act.balances is not None else None
        if value is not None:
            return Reading(value, act)
    return None
