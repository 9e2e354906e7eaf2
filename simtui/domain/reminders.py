"""What a line that renews itself asks for, although nobody has to act: look whether it did, and whether it can again.

Nothing here is said on a guess about what nobody knows: a card without a month, a credit that was not read since the last
renewal, a plan of which nobody knows what it is paid from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from simtui.domain.act import Act, ActKind, ordered
from simtui.domain.balance import CreditHistory, CreditPoint
from simtui.domain.calendar import Day, days_between, next_day
from simtui.domain.line import Knowledge, Line
from simtui.domain.offer import Offer, Plan
from simtui.domain.reckoning import Certainty, Reckoning
from simtui.domain.renewing import Renewed, renewals
from simtui.domain.standing import Standing, notice
from simtui.domain.terms import terms_for

_SHOWS = frozenset({ActKind.BALANCE_READING, ActKind.STATEMENT, ActKind.PAYMENT, ActKind.PLAN_PURCHASE, ActKind.FEE})
"""The acts after which a person has seen the account: what is received may still come in on a line that has stopped."""


class ReminderKind(StrEnum):
    """What to look after."""

    CHECK_RENEWED = "check_renewed"
    CARD_EXPIRES = "card_expires"
    CREDIT_SHORT = "credit_short"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to look after.

    `day` is the renewal that it is about: the last one for `CHECK_RENEWED`, else the next. `now` tells whether it is to be
    done now rather than before that day. `card` is the month that the card is good for; `credit` is what is left, on the
    day it was read, and `price` what the renewal takes, both in `currency`.
    """

    kind: ReminderKind
    day: Day
    certainty: Certainty
    now: bool
    card: str | None = None
    credit: Decimal | None = None
    price: Decimal | None = None
    currency: str | None = None


def reminders(
    line: Line,
    acts: Sequence[Act],
    offer: Offer,
    standing: Standing,
    today: Day,
    lead_days: Mapping[str, int] | None = None,
) -> list[Reminder]:
    """Return what a line that renews itself asks for on `today`, the most urgent first; nothing for any other line.

    `standing` is that of the same acts on the same day; `lead_days` the user's notice by kind of offer.
    """
    clocks = [clock for clock in standing.clocks if clock.by_itself and clock.ends_on is not None]
    if line.auto_renew is not Knowledge.YES or not clocks:
        return []
    past = ordered(act for act in acts if act.day <= today)
    found = [_unseen(clocks, past), _card(line, offer, clocks, today, lead_days or {})]
    found += [_credit(line, past, offer, clock, today, lead_days or {}) for clock in clocks]
    told = [reminder for reminder in found if reminder is not None]
    return sorted(told, key=lambda reminder: (not reminder.now, reminder.day))


def _unseen(clocks: Sequence[Reckoning], past: Sequence[Act]) -> Reminder | None:
    """Return that nobody has seen the last renewal: no act and no reading after it shows that it came about."""
    days = [clock.assumed_on for clock in clocks if clock.assumed_on is not None]
    last = max(days, default=None)
    if last is None or any(act.kind in _SHOWS and act.day > last for act in past):
        return None
    return Reminder(ReminderKind.CHECK_RENEWED, last, Certainty.GUESS, now=True)


def _card(
    line: Line, offer: Offer, clocks: Sequence[Reckoning], today: Day, lead_days: Mapping[str, int]
) -> Reminder | None:
    """Return that the card is not good any more on the next renewal."""
    if line.card_expires is None:
        return None
    after_card = [
        clock for clock in clocks if clock.ends_on is not None and _last_of(line.card_expires) < clock.ends_on
    ]
    first = min(after_card, key=lambda clock: clock.ends_on or Day.MAX, default=None)
    if first is None or first.ends_on is None:
        return None
    now = _is_now(first, line, offer, today, lead_days)
    return Reminder(ReminderKind.CARD_EXPIRES, first.ends_on, first.certainty, now, card=line.card_expires)


def _credit(
    line: Line, past: Sequence[Act], offer: Offer, clock: Reckoning, today: Day, lead_days: Mapping[str, int]
) -> Reminder | None:
    """Return that the credit, as it was read, does not pay the next renewal, where that is paid from the credit."""
    point = CreditHistory(past, offer).at(today)
    if clock.ends_on is None or point is None or _is_old(point, clock):
        return None
    terms = terms_for(line, offer)
    payments = renewals(line, past, terms, today, next_day(clock.ends_on))
    payment = next((each for each in payments if each.day == clock.ends_on), None)
    if payment is None or payment.price is None or payment.price <= point.amount:
        return None
    if not _takes_credit(payment, line, past, offer):
        return None
    return Reminder(
        ReminderKind.CREDIT_SHORT,
        clock.ends_on,
        clock.certainty,
        _is_now(clock, line, offer, today, lead_days),
        credit=point.amount,
        price=payment.price,
        currency=offer.currency,
    )


def _is_old(point: CreditPoint, clock: Reckoning) -> bool:
    """Tell whether the credit was read before a renewal that has changed it since, by nobody knows how much."""
    return clock.assumed_on is not None and point.read_on <= clock.assumed_on


def _takes_credit(payment: Renewed, line: Line, past: Sequence[Act], offer: Offer) -> bool:
    """Tell whether a renewal is known to be paid from the line's credit: fees are, plans where the last one was."""
    if payment.plan is None:
        return True
    return line.card_expires is None and _was_from_credit(payment.plan, past, offer)


def _was_from_credit(plan: Plan, past: Sequence[Act], offer: Offer) -> bool:
    bought = next((act for act in reversed(past) if act.plan == plan.id), None)
    if bought is None or bought.from_credit is not None:
        return bought is not None and bought.from_credit is True
    # Offers with top-ups sell their plans for credit; a payment was made with money.
    return bought.kind is ActKind.PLAN_PURCHASE and bool(offer.top_ups)


def _is_now(clock: Reckoning, line: Line, offer: Offer, today: Day, lead_days: Mapping[str, int]) -> bool:
    lead, _soon = notice(clock, line, offer, lead_days)
    return clock.ends_on is not None and days_between(today, clock.ends_on) <= lead


def _last_of(month: str) -> Day:
    """Return the last day of a month such as `2027-05`: a card is good to the end of it."""
    return Day.parse_iso(f"{month}-01").end_of("month")
