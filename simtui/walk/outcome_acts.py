"""The acts that a finished step stands for: readings and operator's dates, and what was paid."""

from __future__ import annotations

from decimal import Decimal

from simtui.domain.act import Act, ActKind, Balances, ReadingSource
from simtui.domain.calendar import Day
from simtui.domain.line import Knowledge
from simtui.domain.offer import Offer
from simtui.domain.procedure import StepKind
from simtui.domain.renewal import Check, Renewal, RenewalItem
from simtui.domain.walkthrough import value

_READINGS = {
    StepKind.STATUS: ("read-credit", "read-data", "read-minutes", "read-sms", "valid-until"),
    StepKind.VERIFY: ("new-credit", "new-data", "new-minutes", "new-sms", "new-valid-until"),
}
"""The fields of a reading, in the order of `Balances`, then the operator's date."""
_SEEN_AT = {
    Check.SMS: ReadingSource.SMS,
    Check.MAIL: ReadingSource.MAIL,
    Check.SITE_OR_APP: ReadingSource.SITE,
    Check.CALL: ReadingSource.HOTLINE,
}


def acts_of(kind: StepKind, renewal: Renewal, line: int, offer: Offer, today: Day) -> list[Act]:
    """Return the acts of a step of that kind, as the renewal stands; none where nothing was read or paid."""
    if kind is StepKind.PAY:
        return paid_acts(renewal, line, offer, today)
    return _readings(kind, renewal, line, today) if kind in _READINGS else []


def paid_acts(renewal: Renewal, line: int, offer: Offer, today: Day) -> list[Act]:
    """Return an act for each thing bought; a single one has the amount that was really paid, where that is its price.

    A plan that renews itself is bought the first time, with the line, and paid for ever after.
    """
    paid_on = value(renewal, "paid-on")
    day = Day.parse_iso(paid_on) if paid_on else today
    single = len(renewal.items) == 1
    acts: list[Act] = []
    for item in renewal.items or (RenewalItem(amount=renewal.amount, currency=renewal.currency),):
        is_paid_so = (single and _is_price(renewal, item, offer)) or not renewal.items
        amount, currency = (renewal.amount, renewal.currency) if is_paid_so else (item.amount, item.currency)
        acts.append(
            Act(
                line=line,
                kind=_kind_of(item, offer, is_first=renewal.line is None),
                day=day,
                amount=amount,
                currency=currency,
                plan=item.plan,
                channel=renewal.channel,
                proof=renewal.proof,
                note=item.name,
            )
        )
    return acts


def _is_price(renewal: Renewal, item: RenewalItem, offer: Offer) -> bool:
    """Tell whether what was paid is what the thing costs, rather than that with a fee or in other money.

    The rule counts the credit: EUR 10 of it stay EUR 10 where the platform takes EUR 10.79 for them, or CNY 79.
    """
    if item.amount is None:
        return True
    if renewal.amount is None or renewal.currency != item.currency:
        return False
    listed = [top_up.amount for top_up in offer.top_ups]
    is_listed = item.plan is None and item.name is None and item.amount in listed
    return not is_listed or renewal.amount in listed


def _kind_of(item: RenewalItem, offer: Offer, *, is_first: bool) -> ActKind:
    if item.plan is None:
        return ActKind.TOP_UP if item.name is None else ActKind.PAYMENT
    plan = offer.plan(item.plan)
    renews = plan is not None and plan.renews_itself is Knowledge.YES
    return ActKind.PAYMENT if renews and not is_first else ActKind.PLAN_PURCHASE


def _readings(kind: StepKind, renewal: Renewal, line: int, today: Day) -> list[Act]:
    credit, data, minutes, sms, until = (value(renewal, field) for field in _READINGS[kind])
    amount, _blank, currency = credit.partition(" ")
    balances = Balances(
        credit=Decimal(amount) if credit else None,
        currency=currency or None,
        data_mb=int(data) if data else None,
        minutes=int(minutes) if minutes else None,
        sms=int(sms) if sms else None,
    )
    seen = _seen_at(kind, renewal)
    acts: list[Act] = []
    if not balances.is_empty():
        acts.append(Act(line=line, kind=ActKind.BALANCE_READING, day=today, balances=balances, read_at=seen))
    if until:
        # What was read before the payment must not undo it: both may be of one day.
        before = kind is StepKind.STATUS
        day = Day.parse_iso(until)
        acts.append(Act(line=line, kind=ActKind.STATEMENT, day=today, valid_until=day, in_turn=before, read_at=seen))
    return acts


def _seen_at(kind: StepKind, renewal: Renewal) -> ReadingSource | None:
    if kind is StepKind.STATUS:
        told = value(renewal, "read-at")
        return ReadingSource(told) if told else None
    return next((_SEEN_AT[check] for check in renewal.checks), None)
