"""The second engine's fees: a wallet from which one fee after another is taken, day by day."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day, Period, after, approximate_days, days_between, next_day, times_over
from simtui.domain.rule import Anchor, Fee, FixedLength, Stage
from tests.domain.slow_clocks import Lives
from tests.domain.slow_world import LEFT_OUT, World, buys, credit_after, length_of, moves

PAYING = (ActKind.TOP_UP, ActKind.PAYMENT, ActKind.PLAN_PURCHASE)


class FeeLife(Lives):
    """One fee, day by day. `due` is the next fee day that is open."""

    def __init__(self, fee: Fee, place: World) -> None:
        super().__init__(place)
        self.id, self.fee = fee.id, fee
        self.credit: Decimal | None = None
        self.anchor: Day | None = None
        self.number = 0
        self.is_stated = False
        self.on_trust: Day | None = None
        self.without_trust: Decimal | None = None
        self.read_on: Day | None = None
        self.last_read: Day | None = None

    def follows(self) -> str | tuple[Stage, ...] | None:
        return self.fee.after

    def stage_length(self, stage: Stage) -> Period | None:
        return stage.length.period if isinstance(stage.length, FixedLength) else _known(stage, self.place)

    def live(self, day: Day, acts: Sequence[Act]) -> None:
        """Live through one day: the acts come first, the fee of the day last."""
        self.morning(day)
        begun, _act = self.place.anchors[Anchor.ACTIVATION]
        if begun == day and self.anchor is None:
            self._begin(day)
        mover: Act | None = None
        for act in acts:
            if buys(act) and act.day < self.place.begun:
                continue
            before = self.credit
            self._refund(act)
            self.credit = credit_after(self.credit, act, self.place.offer)
            self.without_trust = credit_after(self.without_trust, act, self.place.offer)
            reads = act.balances is not None and act.balances.credit is not None
            if reads or (before is not None and act.amount is not None and moves(act, self.place.offer)):
                mover = act
            if act.kind is ActKind.STATEMENT and self.place.is_stated(act, self.id):
                mover = None
            was = self.state
            self._hear(act, reads=reads)
            if was not in ("open", "unknown") and self.state == "open" and mover is not act:
                mover = None
        self._evening(day, mover)

    def _begin(self, day: Day) -> None:
        fee = self.fee
        waits = (fee.idle_after, fee.first_after, None if fee.in_advance else fee.every)
        wait = next((wait for wait in waits if wait is not None), None)
        first = day if wait is None else after(day, wait)
        at_once = wait is not None or fee.in_advance
        if fee.idle_after is not None and fee.first_after is not None:
            first, wait = after(first, fee.first_after), None
        if fee.on_day is not None:
            self._from(self._monthly(first if at_once else next_day(day)), 0)
            return
        assert fee.every is not None
        for times in range(1, 40):
            # A wait of whole periods: all fee days count from the beginning.
            if wait is not None and _units(times_over(fee.every, times)) == _units(wait):
                self._from(day, times)
                return
        self._from(first, 0)

    def _from(self, anchor: Day, number: int, *, stated: bool = False) -> None:
        self.anchor, self.number, self.is_stated, self.on_trust = anchor, number, stated, None
        if self.state == "unknown":
            self.state = "open"

    def _monthly(self, day: Day) -> Day:
        while day.day != min(self.fee.on_day or 0, day.days_in_month()):
            day = next_day(day)
        return day

    def due(self) -> Day | None:
        """Return the next open fee day."""
        if self.anchor is None:
            return None
        if self.fee.every is not None:
            return after(self.anchor, times_over(self.fee.every, self.number)) if self.number else self.anchor
        day = self.anchor
        for _ in range(self.number):
            day = self._monthly(next_day(day))
        return day

    def _again_from(self, day: Day) -> None:
        """Count fee days from one that was paid on `day`."""
        if self.fee.every is None:
            self._from(self._monthly(next_day(day)), 0)
        else:
            self._from(day, 1)

    def _hear(self, act: Act, *, reads: bool) -> None:
        if act.kind is ActKind.STATEMENT and self.place.is_stated(act, self.id) and act.valid_until is not None:
            self.state, self.read_on, self.until = "open", None, None
            self._from(act.valid_until, 0, stated=True)
            if act.valid_until < act.day:
                self.run_until(act.valid_until, act.day)
        if reads:
            self._read(act)
        ours = act.clock in (None, self.fee.id) and (act.kind is not ActKind.PAYMENT or self._exists(act.day))
        if self.state not in ("open", "running", "unknown"):
            self._bring_back(act, ours=ours)
        elif self.state == "running":
            return
        elif act.kind is ActKind.FEE and ours:
            self._taken(act)
        elif act.kind is ActKind.PAYMENT and ours and self.fee.idle_after is None:
            if not self._too_little(act):
                self._paid(act)
        elif self._wakes(act):
            self._begin(act.day)

    def _read(self, act: Act) -> None:
        self.on_trust, self.read_on = None, act.day
        self.last_read = act.day
        if self.anchor is None and self.fee.on_day is not None and self.fee.idle_after is None:
            self._from(self._monthly(next_day(act.day)), 0)
        if self.credit is None:
            return
        if self.state in ("running", "stage", "spent", "may_end") and self._affords():
            self.state = "open"
            self.until = None

    def _affords(self) -> bool:
        return self.credit is not None and self.credit - self.fee.amount >= (self.fee.minimum_left or 0)

    def _brings_enough(self, act: Act) -> bool:
        """Tell whether a top-up pays the fee by itself, where nobody knows what was left before it."""
        if self.credit is not None or act.kind is not ActKind.TOP_UP or act.currency != self.place.offer.currency:
            return False
        return (act.amount or 0) >= self.fee.amount + (self.fee.minimum_left or 0)

    def _wakes(self, act: Act) -> bool:
        return self.fee.idle_after is not None and act.kind in self.fee.reset_by and act.mark not in LEFT_OUT

    def _too_little(self, act: Act) -> bool:
        ours = act.amount is not None and act.currency == self.place.offer.currency
        return ours and (act.amount or 0) < self.fee.amount

    def _taken(self, act: Act) -> None:
        due = self.due()
        if due == act.day:
            self.number += 1
            self.is_stated = False
            return
        self._again_from(act.day)

    def _refund(self, act: Act) -> None:
        """Give back a fee that was only taken on trust, where it is recorded a few days late."""
        due = self.due()
        meant = act.kind is ActKind.FEE and act.clock in (None, self.fee.id) and self.state == "open"
        if meant and self.on_trust is not None and due is not None and act.day < due and self.credit is not None:
            self.credit = self.without_trust

    def _paid(self, act: Act) -> None:
        due = self.due()
        if due is not None and act.day <= due:
            self.number += 1
            self.is_stated = False
        else:
            self._again_from(act.day)

    def _bring_back(self, act: Act, *, ours: bool) -> None:
        taken = act.kind is ActKind.FEE and ours
        pays = act.kind is ActKind.PAYMENT and ours and self.fee.idle_after is None
        if self.state == "over" or (self.state != "stage" and act.kind not in PAYING and not taken):
            return
        if self.state == "stage" and not taken and not self.brings_back(act, restarts=True):
            return
        enough = not self._too_little(act) if pays else taken or self._affords() or self._brings_enough(act)
        if not enough:
            return
        self.state, self.until = "open", None
        if self.credit is not None and act.kind not in (ActKind.PAYMENT, ActKind.FEE):
            self.credit -= self.fee.amount
        if self._wakes(act):
            self._begin(act.day)
        else:
            self._again_from(act.day)

    def _evening(self, day: Day, mover: Act | None) -> None:
        if self.state not in ("open", "unknown"):
            return
        minimum = self.fee.minimum_left
        moved = mover is not None and mover.kind is not ActKind.STATEMENT
        if minimum is not None and moved and self.credit is not None and self.credit < minimum:
            self.run_until(day, day)
            return
        if self.state == "unknown":
            return
        while self.credit is not None and self.read_on == day and (self.due() or Day.MAX) <= day:
            self.number += 1
            self.is_stated = False
        due = self.due()
        if due is None or due > day:
            return
        if self.credit is None and self.is_stated:
            self.run_until(due, day)
        elif not self._exists(due):
            self.number += 1
        elif self.credit is None:
            return
        elif self.credit - (self._price(day) or 0) >= (self.fee.minimum_left or 0):
            self.without_trust = self.credit
            self.credit -= self._price(day) or 0
            self.number += 1
            self.on_trust, self.is_stated = due, False
        else:
            self.run_until(due, day)

    def _exists(self, day: Day) -> bool:
        """Tell whether the version of that day has the fee; that it will ever be given up is not assumed."""
        return self._price(day) is not None

    def _price(self, day: Day) -> Decimal | None:
        rule = self.place.rule_on(min(day, self.place.today))
        return next((fee.amount for fee in rule.fees if fee.id == self.id), None) if rule else None

    def length_days(self) -> int | None:
        """Return how far fee days are apart, or if longer how long the credit lasts since it was read."""
        apart = 30 if self.fee.every is None else round(approximate_days(self.fee.every))
        if self.last_read is None or self.ended is None:
            return apart
        return max(apart, days_between(self.last_read, self.ended))


def _known(stage: Stage, place: World) -> Period | None:
    found = length_of(stage.length, None, place)
    return found if isinstance(found, Period) else None


def _units(period: Period) -> tuple[int, int]:
    months = period.get("years", 0) * 12 + period.get("months", 0)
    return months, period.get("weeks", 0) * 7 + period.get("days", 0)
