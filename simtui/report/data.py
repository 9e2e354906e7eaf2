"""Lines as plain JSON values: the documented, stable form (docs/json.md). Dates are ISO text, amounts are text.

Whatever is unknown or does not apply is null; no field is ever left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any

from whenever import Instant

from simtui import numbers, sums, words
from simtui.catalogue import Catalogue
from simtui.domain.act import Act
from simtui.domain.balance import last_reading
from simtui.domain.calendar import Day, Period
from simtui.domain.line import Line
from simtui.domain.offer import Offer, Plan, TopUp
from simtui.domain.reckoning import Certainty, Reckoning, Remark, StageSpan, Step, StepKind
from simtui.domain.standing import Standing
from simtui.domain.whatif import Outcome, cheapest
from simtui.holding import Holding
from simtui.i18n import current
from simtui.own_offers import is_yours
from simtui.renewals import latest_open
from simtui.report.reminding import reminder_data
from simtui.report.urgency import needs_act

SCHEMA_VERSION = 1

Data = dict[str, Any]


def document(**parts: object) -> Data:
    """Return a whole answer: the version of its form first."""
    return {"schema_version": SCHEMA_VERSION, **parts}


def line_data(holding: Holding, catalogue: Catalogue, now: Instant, *, private: bool = False) -> Data:
    """Return one line with its standing, sum, clocks and balances; `private` hides numbers and balances.

    `now` tells whether its open renewal is a case for support.
    """
    offer, found = holding.offer, holding.standing
    carrier = catalogue.carrier_of(offer.id)
    return {
        **_who(holding.id, holding.line, private=private),
        "offer": offer.id,
        "offer_name": offer.name.in_language(current()),
        "offer_known": holding.known_offer,
        "carrier": None if carrier is None else carrier.id,
        "carrier_name": None if carrier is None else carrier.name.in_language(current()),
        "kind": offer.kind.value,
        "country": offer.country,
        "today": _day(holding.today),
        "phase": found.phase.value,
        "needs_act": needs_act(holding),
        "snoozed_until": _day(holding.snoozed_until),
        "reminders": [reminder_data(each, private=private) for each in holding.reminders],
        "next_date": _day(found.next_day),
        "days_left": found.days_left,
        "loses": _value(found.next_loses),
        "next_clock": found.next_clock,
        "certainty": _sure(found.next_day, found.certainty),
        "final_date": _day(found.final_day),
        "final_certainty": _sure(found.final_day, found.final_certainty),
        "full_service_until": _day(found.full_service_until),
        "full_service_certainty": _sure(found.full_service_until, found.full_service_certainty),
        "number_safe_until": _day(found.number_safe_until),
        "number_safe_certainty": _sure(found.number_safe_until, found.safe_certainty),
        "stage": None if found.stage is None else _stage(found.stage),
        "works": None if found.works is None else [item.value for item in found.works],
        "renews_itself": found.by_itself,
        "may_be_lost": found.may_be_lost,
        "late_acts": found.late_acts,
        "paid_not_verified": holding.paid_not_verified is not None,
        "renewal": _renewal(holding, now),
        "sum": _steps(found.steps, holding, private=private),
        "clocks": [_clock(clock, holding, private=private) for clock in found.clocks],
        "remarks": [remark_data(remark, holding) for remark in found.remarks],
        "balances": None if private else _balances(holding),
        "sources": _sources(found.clocks, offer),
    }


def _renewal(holding: Holding, now: Instant) -> Data | None:
    """Return the open renewal; procedures are read only where there is one."""
    if latest_open(holding) is None:
        return None
    from simtui.report.open_renewals import open_renewal, renewal_data

    return renewal_data(open_renewal(holding, now))


def _who(line_id: int, line: Line, *, private: bool) -> Data:
    number = line.number
    if number is not None and private:
        number = numbers.masked(number)
    return {
        "id": line_id,
        "name": line.label or number,
        "number": number,
        "label": line.label,
        "holder": line.holder,
        "tags": list(line.tags),
        "state": line.state.value,
        "needed_until": _day(line.needed_until),
    }


def act_data(act_id: int | None, act: Act, *, private: bool = False) -> Data:
    """Return one act; proofs and notes are in `show` only where they were given; `private` hides balances."""
    proof = None if act.proof is None else act.proof.model_dump(mode="json")
    balances = None if private or act.balances is None else act.balances.model_dump(mode="json")
    return {
        "id": act_id,
        "kind": act.kind.value,
        "date": _day(act.day),
        "amount": _amount(act.amount),
        "currency": act.currency,
        "plan": act.plan,
        "channel": _value(act.channel),
        "clock": act.clock,
        "valid_until": _day(act.valid_until),
        "balances": balances,
        "proof": proof,
        "note": act.note,
    }


def dates(found: Standing) -> Data:
    """Return the dates of a standing alone, to compare two."""
    return {
        "phase": found.phase.value,
        "next_date": _day(found.next_day),
        "final_date": _day(found.final_day),
        "full_service_until": _day(found.full_service_until),
        "number_safe_until": _day(found.number_safe_until),
    }


def history(holding: Holding, *, private: bool = False) -> list[Data]:
    """Return the acts of a line, newest first; `private` hides balances."""
    newest_first = sorted(holding.acts, key=lambda held: (held.act.day, held.act.order), reverse=True)
    return [act_data(held.id, held.act, private=private) for held in newest_first]


def options(outcomes: Sequence[Outcome], offer: Offer) -> list[Data]:
    """Return what can be bought today and what each would lead to."""
    best = cheapest(outcomes)
    return [outcome_data(outcome, offer, is_cheapest=outcome is best) for outcome in outcomes]


def outcome_data(outcome: Outcome, offer: Offer, *, is_cheapest: bool) -> Data:
    """Return one thing to buy with the dates it leads to."""
    item = outcome.item
    return {
        "kind": "top_up" if isinstance(item, TopUp) else "plan",
        "plan": item.id if isinstance(item, Plan) else None,
        "name": words.text(outcome.name) or None,
        "price": _amount(outcome.price),
        "currency": offer.currency,
        "validity": _period(outcome.validity),
        "yours": is_yours(outcome.item),
        "keeps_number": outcome.keeps_number,
        "number_safe_until": _day(outcome.safe_until),
        "full_service_until": _day(outcome.service_until),
        "full_service_certainty": _sure(outcome.service_until, outcome.service_certainty),
        "certainty": _sure(outcome.safe_until, outcome.certainty),
        "per_month": _amount(outcome.per_month),
        "counts_receive_only_time": outcome.receive_only,
        "cheapest": is_cheapest,
    }


def _clock(clock: Reckoning, holding: Holding, *, private: bool) -> Data:
    return {
        "id": clock.clock,
        "name": words.text(clock.name),
        "loses": clock.loses.value,
        "leads_to_loss_of_number": clock.leads_to_loss,
        "state": clock.state.value,
        "ends_on": _day(clock.ends_on),
        "last_known": _day(clock.last_known),
        "certainty": _sure(clock.ends_on, clock.certainty),
        "final_date": _day(clock.final_day),
        "no_final_date_known": clock.endless_after,
        "renews_itself": clock.by_itself,
        "stage": None if clock.stage is None else _stage(clock.stage),
        "stages": [_stage(span) for span in clock.stages],
        "sum": _steps(clock.steps, holding, private=private),
    }


def _stage(span: StageSpan) -> Data:
    return {
        "name": span.name.value,
        "starts_on": _day(span.starts_on),
        "ends_on": _day(span.ends_on),
        "works": [item.value for item in span.works],
        "undone_by": [way.value for way in span.undo],
        "undone_from": _amount(span.undo_from),
        "undone_by_all_of_them": span.undo_all,
        "can_be_saved": span.can_be_saved,
        "certainty": _certainty(span.certainty),
    }


def _steps(steps: Sequence[Step], holding: Holding, *, private: bool) -> list[Data]:
    told = sums.sum_lines(steps, holding.offer, private=private)
    return [_step(step, line, holding, private=private) for step, line in zip(steps, told, strict=True)]


def _step(step: Step, told: sums.SumLine, holding: Holding, *, private: bool) -> Data:
    is_balance = step.kind is StepKind.HAD
    return {
        "kind": step.kind.value,
        "date": _day(step.day),
        "period": _period(step.period),
        "result": _day(step.result),
        "act": None if step.act is None else _act_id(step.act, holding),
        "amount": None if private and is_balance else _amount(step.amount),
        "currency": step.currency,
        "count": step.count,
        "stage": _value(step.stage),
        "anchor": step.anchor,
        "why": _value(step.why),
        "source": step.source,
        "words": told.what,
    }


def remark_data(remark: Remark, holding: Holding) -> Data:
    """Return an act that does not count, and why."""
    return {
        "kind": remark.kind.value,
        "act": _act_id(remark.act, holding),
        "words": sums.remark(remark, holding.offer),
    }


def _act_id(act: Act, holding: Holding) -> int | None:
    return next((held.id for held in holding.acts if held.act is act), None)


def _balances(holding: Holding) -> Data:
    past = [act for act in holding.plain_acts if act.day <= holding.today]
    point = holding.credit.at(holding.today)
    credit = None
    if point is not None:
        credit = {
            "amount": _amount(point.amount),
            "currency": holding.offer.currency,
            "read_on": _day(point.read_on),
            "reckoned_on_since": point.day != point.read_on,
        }
    found: Data = {"credit": credit}
    for name in ("data_mb", "minutes", "sms"):
        reading = last_reading(past, name)
        found[name] = None if reading is None else {"value": reading.value, "read_on": _day(reading.act.day)}
    return found


def _sources(clocks: Iterable[Reckoning], offer: Offer) -> list[Data]:
    named = {step.source for clock in clocks for step in (*clock.steps, *(span.step for span in clock.stages))}
    return [
        {
            "id": source.id,
            "what": words.text(source.what),
            "url": source.url,
            "as_of": source.as_of,
            "certainty": source.certainty.value,
        }
        for source in offer.sources
        if source.id in named
    ]


def _day(day: Day | None) -> str | None:
    return None if day is None else day.format_iso()


def _period(period: Period | None) -> str | None:
    return None if period is None else period.format_iso()


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else format(amount, "f")


def _certainty(certainty: Certainty) -> str:
    return certainty.name.lower()


def _sure(day: Day | None, certainty: Certainty) -> str | None:
    """Return how sure a day is, null where there is none."""
    return None if day is None else _certainty(certainty)


def _value(member: StrEnum | None) -> str | None:
    return None if member is None else member.value
