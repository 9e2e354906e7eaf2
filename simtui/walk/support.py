"""What to write to the operator's support, or to a bank, about a renewal that went wrong: ready to copy.

Nothing is made up: a sentence about what is not known is left out. Each text is one line, as what is copied must be.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from simtui.domain import walkthrough
from simtui.domain.calendar import Day
from simtui.domain.line import Knowledge, Line
from simtui.domain.money import shown_amount
from simtui.domain.offer import Offer
from simtui.domain.procedure import Procedure, StepKind
from simtui.domain.record import Text
from simtui.domain.renewal import Renewal, RenewalItem, RenewalState
from simtui.domain.walkthrough import PAID_ON, place, value
from simtui.errors import NotFound
from simtui.numbers import grouped
from simtui.procedures import procedures
from simtui.text import one_line, shown
from simtui.walk.letters import Letter, Problem, Tongue, Wording, letters, tongue_of

__all__ = ["Affair", "Problem", "Tongue", "dispute_text", "problem_of", "problems_of", "support_text", "tongue_of"]

_PAYMENT_FAILED = {
    None: Problem.PAYMENT_FAILED,
    Knowledge.YES: Problem.PAYMENT_FAILED_CHARGED,
    Knowledge.NO: Problem.PAYMENT_FAILED_NOT_CHARGED,
    Knowledge.UNKNOWN: Problem.PAYMENT_FAILED_UNSURE,
}


class Affair(NamedTuple):
    """What is written about: a renewal, the line that it is for if there is one, the offer, and who sells it."""

    renewal: Renewal
    line: Line | None
    offer: Offer
    carrier: Text | None


def problem_of(renewal: Renewal) -> Problem | None:
    """Return what went wrong with a renewal as far as it tells itself, None where nothing did.

    A wrong plan and a double charge only the user can know.
    """
    if renewal.branch is not None or renewal.state is RenewalState.FAILED:
        return _PAYMENT_FAILED[renewal.charged]
    if renewal.state is not RenewalState.PAID:
        return None
    if renewal.charged is Knowledge.YES:
        return Problem.PAYMENT_FAILED_CHARGED
    return Problem.CODE_MISSING if _waits_for_code(renewal) else Problem.NOT_EFFECTIVE


def problems_of(renewal: Renewal) -> list[Problem]:
    """Return what can have gone wrong with a renewal, what it tells itself first; a code is missed where one is to come."""
    likely = problem_of(renewal)
    found = [each for each in Problem if each is not Problem.CODE_MISSING or _brings_code(renewal)]
    return sorted(found, key=lambda each: each is not likely)


def support_text(affair: Affair, problem: Problem, tongue: Tongue) -> str:
    """Return the text for the operator's support, in one line."""
    wording = letters().languages[tongue]
    known = _known(affair, tongue)
    facts = ("number", "offer", "bought", "amount", "paid_on", "method", "order_number", "tries")
    return _letter(wording.support, problem, wording, known, facts)


def dispute_text(affair: Affair, problem: Problem, tongue: Tongue) -> str:
    """Return the text that disputes the payment at a bank or at PayPal, in one line, with what proof there is."""
    wording = letters().languages[tongue]
    known = _known(affair, tongue)
    facts = ("seller", "amount", "paid_on", "method", "order_number", "bought", "number", "confirmation", "receipt")
    return _letter(wording.dispute, problem, wording, known, facts)


def paid_day(affair: Affair) -> Day | None:
    """Return the day of the payment, or of one that failed: as the user gave it, else in the line's zone."""
    said = value(affair.renewal, PAID_ON)
    zone = affair.offer.zone if affair.line is None or affair.line.zone is None else affair.line.zone
    return Day.parse_iso(said) if said else walkthrough.paid_day(affair.renewal, zone)


def _letter(letter: Letter, problem: Problem, wording: Wording, known: dict[str, str], facts: tuple[str, ...]) -> str:
    """Return the sentences in one line; what is filled in is one by itself, as our own no-break blanks are to stay."""
    told = [getattr(wording.facts, name).format(**{name: one_line(known[name])}) for name in facts if known.get(name)]
    sentences = [letter.greeting, letter.problems[problem], *told, letter.asks[problem], letter.thanks]
    return shown(wording.join.join(sentences))


def _known(affair: Affair, tongue: Tongue) -> dict[str, str]:
    """Return what is known, by the name of its sentence; what is not is empty."""
    renewal, wording = affair.renewal, letters().languages[tongue]
    proof, day = renewal.proof, paid_day(affair)
    return {
        "number": "" if affair.line is None or affair.line.number is None else grouped(affair.line.number),
        "offer": _in(affair.offer.name, tongue),
        "seller": "" if affair.carrier is None else _in(affair.carrier, tongue),
        "bought": wording.list.join(filter(None, (_bought(item, affair.offer, tongue) for item in renewal.items))),
        "amount": "" if renewal.amount is None else _money(renewal.amount, renewal.currency, wording),
        "paid_on": "" if day is None else _date(day, wording),
        "method": "" if renewal.method is None else wording.methods.get(renewal.method, ""),
        "order_number": (proof.order_number if proof is not None else None) or "",
        "receipt": (proof.receipt if proof is not None else None) or "",
        "confirmation": (proof.confirmation if proof is not None else None) or "",
        "tries": str(renewal.tries) if renewal.tries > 1 else "",
    }


def _bought(item: RenewalItem, offer: Offer, tongue: Tongue) -> str:
    plan = offer.plan(item.plan)
    if plan is not None:
        return _in(plan.name, tongue)
    if item.name is not None:
        return item.name
    wording = letters().languages[tongue]
    if item.plan is not None or item.amount is None:
        return ""
    return wording.top_up.format(amount=_money(item.amount, item.currency, wording))


def _in(words: Text, tongue: Tongue) -> str:
    """Return an operator's words: Chinese where there are any, else as they stand in English."""
    return words.in_language(tongue.value)


def _money(amount: Decimal, currency: str | None, wording: Wording) -> str:
    number = shown_amount(amount).replace(".", wording.decimal)
    return number if currency is None else f"{number} {currency}"


def _date(day: Day, wording: Wording) -> str:
    return wording.date.format(day=day.day, month=wording.months[day.month - 1], number=day.month, year=day.year)


def _waits_for_code(renewal: Renewal) -> bool:
    procedure = _procedure(renewal)
    return procedure is not None and place(procedure, renewal).step.kind is StepKind.WAIT


def _brings_code(renewal: Renewal) -> bool:
    procedure = _procedure(renewal)
    return procedure is not None and any(step.kind is StepKind.WAIT for step in procedure.steps)


def _procedure(renewal: Renewal) -> Procedure | None:
    """Return what a renewal follows, None if it is of a newer version."""
    try:
        return procedures().get(renewal.procedure)
    except NotFound:
        return None
