"""Fees that an operator takes from the credit: the line ends on the first fee day that cannot be paid in full."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from simtui.domain.account import Account
from simtui.domain.calendar import Day, days_between
from simtui.domain.case import Case, is_before
from simtui.domain.fee_days import FeeDays
from simtui.domain.line import Knowledge
from simtui.domain.reckoning import Certainty, ClockState, OnDemand, Reckoning, Step, StepKind, Why, certainty_of
from simtui.domain.rule import Anchor, Fee
from simtui.domain.stages import stages_after, state_on

_MOST_REMARKS = 10


def run_fee(fee: Fee, case: Case) -> Reckoning:
    """Reckon when `fee` can no longer be paid.

    Without a known credit only a day that was stated or paid for is certain: the next fee day after it.
    """
    account = Account(fee, case, case.anchor_day(Anchor.ACTIVATION), renews=case.line.auto_renew is Knowledge.YES)
    acts, activated = case.acts, case.activated
    if activated is not None:
        acts = [act for act in acts if not is_before(act, activated)]
    for act in acts:
        account.hear(act)
    account.close(case.today)
    return _reckoning(account)


def _reckoning(account: Account) -> Reckoning:
    """Return what the fee comes to at the end of today."""
    today, days = account.case.today, account.days
    if account.ended is not None:
        return _used_up(account, account.ended)
    if days is None:
        return _unknown(account, Why.NOTHING_RECORDED)
    if account.renews:
        return _paid_by_itself(account, days)
    left = account.left(today)
    if left is None:
        return _without_credit(account, days)
    end = days.due(account.number + account.pays(left))
    return _known(account, end, OnDemand(lambda: (days.opening, *_sum(account, left, end))))


def _paid_by_itself(account: Account, days: FeeDays) -> Reckoning:
    number = days.number_from(account.case.today, account.number)
    end, renewed = days.due(number), number - account.number
    steps: tuple[Step, ...] = (days.opening,)
    if renewed or not account.is_stated(end):
        steps += (Step(StepKind.RENEWED, day=days.first, period=account.fee.every, count=renewed, result=end),)
    if not renewed:
        return _known(account, end, steps)
    return _known(account, end, steps, Certainty.GUESS)._replace(assumed_on=days.due(number - 1))


def _without_credit(account: Account, days: FeeDays) -> Reckoning:
    end = days.due(account.number)
    if account.is_stated(end):
        return _known(account, end, (days.opening,))
    if end < account.case.today:
        return _unknown(account, Why.BALANCE_UNKNOWN, end)
    return _known(account, end, OnDemand(lambda: (days.opening, _fees(account, end, 0))))


def _used_up(account: Account, end: Day) -> Reckoning:
    opening = _opening(account)
    if account.is_stated(end) and (account.left(end) is None or _was_over(opening, end)):
        return _known(account, end, opening)
    read, fees = _sum(account, account.left(end) or Decimal(0), end)
    if account.below:
        early = Step(StepKind.ENDED_EARLY, day=end, result=end, source=account.fee.source)
        return _known(account, end, (*opening, read, early), _rule_certainty(account))
    return _known(account, end, (*opening, read, fees))


def _opening(account: Account) -> tuple[Step, ...]:
    return () if account.days is None else (account.days.opening,)


def _was_over(opening: tuple[Step, ...], end: Day) -> bool:
    """Tell whether the operator named a day that had passed already."""
    return any(step.day is not None and step.day > end for step in opening)


def _sum(account: Account, left: Decimal, end: Day) -> tuple[Step, Step]:
    read = Step(StepKind.HAD, day=account.read_on, amount=left, currency=account.currency)
    return read, _fees(account, end, account.pays(left))


def _fees(account: Account, end: Day, count: int) -> Step:
    fee = account.fee
    return Step(
        StepKind.FEES,
        result=end,
        amount=fee.amount,
        currency=account.currency,
        count=count,
        period=fee.every,
        name=fee.name,
        source=fee.source,
    )


def _known(account: Account, end: Day, steps: Sequence[Step], certainty: Certainty | None = None) -> Reckoning:
    """Return what comes of `end`: as certain as said, else as the operator's own date where it is still that, or the rule."""
    fee, case, rule = account.fee, account.case, _rule_certainty(account)
    if certainty is None:
        certainty = Certainty.STATED if account.is_stated(end) else rule
    stages = stages_after(end, fee.after, None, case.terms.offer, case.credit, rule)
    state, stage = state_on(case.today, end, fee.after, stages)
    return Reckoning(
        clock=fee.id,
        name=fee.name,
        loses=fee.loses,
        leads_to_loss=fee.leads_to_loss,
        state=state,
        ends_on=end,
        certainty=certainty,
        steps=steps,
        stages=stages,
        stage=stage,
        length_days=_length(account, end),
        by_itself=account.renews and state is ClockState.RUNNING,
        endless_after=fee.after == "unknown",
        remarks=tuple(account.remarks[-_MOST_REMARKS:]),
    )


def _rule_certainty(account: Account) -> Certainty:
    """Return how well the fee is known."""
    terms = account.case.terms
    return Certainty.GUESS if terms.assumed_on(account.case.today) else certainty_of(account.fee, terms.offer)


def _length(account: Account, end: Day) -> int | None:
    """Return how long the line lives as it was last paid for: from the reading of the credit to the end, or one period.

    A fee of every day takes a wallet of two months step by step: that is a validity of two months, and deserves the notice
    of one.
    """
    if account.days is None:
        return None
    length = account.rhythm.length
    return length if account.read_on is None else max(length, days_between(account.read_on, end))


def _unknown(account: Account, why: Why, last_known: Day | None = None) -> Reckoning:
    fee = account.fee
    return Reckoning(
        clock=fee.id,
        name=fee.name,
        loses=fee.loses,
        leads_to_loss=fee.leads_to_loss,
        state=ClockState.UNKNOWN,
        ends_on=None,
        certainty=Certainty.GUESS,
        steps=OnDemand(lambda: (*_opening(account), Step(StepKind.UNKNOWN, why=why, source=fee.source))),
        last_known=last_known,
        endless_after=fee.after == "unknown",
        remarks=tuple(account.remarks[-_MOST_REMARKS:]),
    )
