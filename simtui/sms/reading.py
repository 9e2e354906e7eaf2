"""What a message says about a line: balances, the operator's date, a top-up, each with where it stands.

Nothing is guessed. What can mean two things is a finding that asks, with all it can mean as its choices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from simtui.domain.act import ActKind
from simtui.domain.calendar import Day
from simtui.domain.offer import Offer
from simtui.domain.rule import Clock, Countdown, Loses, PlanLength, Rule
from simtui.domain.wording import PASSED_OVER, Folded, Slot, fold
from simtui.sms.dates import contradicts
from simtui.sms.general import General, Subject, general_patterns
from simtui.sms.habits import habits_of
from simtui.sms.matching import Hit, MessageText, Read, Value

MOST_CHARACTERS = 2000
"""How much of a message is looked at; a text of an operator has a few hundred characters."""


class Part(StrEnum):
    """What a message can say."""

    AMOUNT = "amount"
    CREDIT = "credit"
    DATA = "data"
    MINUTES = "minutes"
    SMS = "sms"
    VALID_UNTIL = "valid_until"


class Why(StrEnum):
    """Why a finding has to be asked about."""

    NUMBER = "number"
    CURRENCY = "currency"
    DATE = "date"
    CLOCK = "clock"
    SEVERAL = "several"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that a finding can mean, from `start` to `end` of the message.

    `clock` is what a date is about; none: what the operator's date is usually about.
    """

    value: Value
    start: int
    end: int
    clock: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was read. `why` says why it must be asked about, `is_offers_own` that a wording of the offer fits."""

    part: Part
    choices: tuple[Choice, ...]
    why: Why | None
    is_offers_own: bool

    @property
    def clear(self) -> Choice | None:
        """What it means, where that needs no asking."""
        return self.choices[0] if self.why is None else None


@dataclass(frozen=True, slots=True)
class Reading:
    """A message as far as it was looked at, and what was found in it."""

    text: str
    findings: tuple[Finding, ...]

    def quoted(self, choice: Choice) -> str:
        """Return the part of the message that a value was read from."""
        return self.text[choice.start : choice.end]

    @property
    def asked(self) -> tuple[Finding, ...]:
        """The findings that must be asked about."""
        return tuple(each for each in self.findings if each.why is not None)


@dataclass(frozen=True, slots=True)
class _Claim:
    """What one wording makes of a place of the message; lower ranks go before higher ones where they overlap."""

    slot: Slot
    read: Read
    subject: Subject
    clock: str | None
    is_own: bool
    is_clear: bool
    gap: int
    words: int

    @property
    def rank(self) -> tuple[bool, bool, int, int]:
        return not self.is_own, not self.is_clear, self.gap, -self.words


_PARTS = {
    Slot.AMOUNT: Part.AMOUNT,
    Slot.CREDIT: Part.CREDIT,
    Slot.DATA: Part.DATA,
    Slot.MINUTES: Part.MINUTES,
    Slot.SMS: Part.SMS,
    Slot.VALID_UNTIL: Part.VALID_UNTIL,
    Slot.VALID_BEFORE: Part.VALID_UNTIL,
    Slot.VALID_FOR: Part.VALID_UNTIL,
}
_ORDER = tuple(Part)


def read(text: str, offer: Offer, rule: Rule, day: Day) -> Reading:
    """Return what a message of the operator that came on `day` says; `rule` is the one that holds for the line.

    Only the first 2,000 characters are looked at. No text makes this fail.
    """
    text = text[:MOST_CHARACTERS]
    folded = fold(text)
    habits = habits_of(offer, day)
    if contradicts(folded.text, habits):
        habits = habits.without_order()
    claims = _settled(_claims(MessageText(folded, habits), offer))
    placed = [replace(claim, read=_placed(claim.read, folded)) for claim in claims]
    findings = [each for part in _ORDER for each in _findings(part, placed, rule)]
    return Reading(text, tuple(findings))


def _placed(found: Read, folded: Folded) -> Read:
    """Return what was read with its place in the message itself."""
    return Read(found.values, *folded.span(found.start, found.end))


def _claims(message: MessageText, offer: Offer) -> Iterator[_Claim]:
    """Yield what the offer's own wordings and the general ones make of the message."""
    for own in offer.messages:
        for hit in message.find(own.pattern, bare=True):
            yield from _of_hit(hit, General(own.pattern), own.clock, is_own=True)
    for general in _general():
        for hit in message.find(general.pattern, bare=False):
            yield from _of_hit(hit, general, None, is_own=False)


@lru_cache(maxsize=1)
def _general() -> tuple[General, ...]:
    return tuple(general_patterns())


def _of_hit(hit: Hit, general: General, clock: str | None, *, is_own: bool) -> Iterator[_Claim]:
    for slot, found in hit.reads:
        yield _Claim(slot, found, general.subject, clock, is_own, general.is_clear, hit.gap, hit.words)


def _settled(claims: Iterable[_Claim]) -> list[_Claim]:
    """Return the claims that hold: where two overlap, the one that is surer; where none is, both, to be asked about."""
    kept: list[_Claim] = []
    taken: dict[int, _Claim] = {}
    for claim in sorted(claims, key=lambda each: each.rank):
        places = range(claim.read.start, max(claim.read.end, claim.read.start + 1))
        holders = {id(taken[at]): taken[at] for at in places if at in taken}
        if any(not _agree(claim, holder) for holder in holders.values()):
            continue
        kept.append(claim)
        taken.update((at, claim) for at in places if at not in taken)
    return [claim for claim in kept if claim.slot not in PASSED_OVER]


def _agree(claim: _Claim, holder: _Claim) -> bool:
    """Tell whether a claim may stand beside the one that holds the place: as sure as that, and about the same place.

    Of two amounts the one whose words stand nearer is meant. Of two things that a date can be about, either.
    """
    if _place(claim) != _place(holder) or not PASSED_OVER.isdisjoint((claim.slot, holder.slot)):
        return False
    are_dates = _PARTS[claim.slot] is _PARTS[holder.slot] is Part.VALID_UNTIL
    return claim.rank[:2] == holder.rank[:2] if are_dates else claim.rank == holder.rank


def _place(claim: _Claim) -> tuple[int, int]:
    return claim.read.start, claim.read.end


def _findings(part: Part, claims: Sequence[_Claim], rule: Rule) -> list[Finding]:
    mine = [claim for claim in claims if _PARTS[claim.slot] is part]
    if not mine:
        return []
    if part is Part.VALID_UNTIL:
        return _dates(mine, rule)
    rivals = [claim for claim in claims if _PARTS[claim.slot] is not part]
    choices = _once([replace(choice, clock=None) for claim in mine for choice in _choices(claim)])
    return [Finding(part, choices, _why(mine, rivals, choices), any(claim.is_own for claim in mine))]


def _choices(claim: _Claim) -> Iterator[Choice]:
    return (Choice(value, claim.read.start, claim.read.end, claim.clock) for value in claim.read.values)


def _once(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Return each meaning once, at the first place where it stands."""
    first: dict[tuple[Value, str | None], Choice] = {}
    for choice in choices:
        first.setdefault((choice.value, choice.clock), choice)
    return tuple(first.values())


def _why(mine: Sequence[_Claim], rivals: Sequence[_Claim], choices: Sequence[Choice]) -> Why | None:
    """Return why an amount has to be asked about."""
    if len(choices) > 1:
        if len({_place(claim) for claim in mine}) > 1:
            return Why.SEVERAL
        currencies = {getattr(choice.value, "currency", "") for choice in choices}
        return Why.CURRENCY if len(currencies) > 1 else Why.NUMBER
    places = {_place(claim) for claim in rivals}
    shared = any(_place(claim) in places for claim in mine)
    return Why.UNSURE if shared or not any(claim.is_clear for claim in mine) else None


# Dates -------------------------------------------------------------------------------------------------------------


def _dates(claims: Sequence[_Claim], rule: Rule) -> list[Finding]:
    """Return a finding for each clock that a date speaks of for sure, and one for all dates that must be asked about."""
    sure, unsure = _parted(claims, rule)
    found: list[Finding] = []
    for clock, mine in sure.items():
        choices = _once([replace(choice, clock=clock) for claim in mine for choice in _choices(claim)])
        several = len({_place(claim) for claim in mine}) > 1
        why = None if len(choices) == 1 else Why.SEVERAL if several else Why.DATE
        found.append(Finding(Part.VALID_UNTIL, choices, why, any(claim.is_own for claim in mine)))
    known = {choice.value for finding in found for choice in finding.choices}
    clocks = _clocks(rule)
    ranks = {clock: number for number, clock in enumerate(clocks)}
    found.sort(key=lambda each: ranks.get(each.choices[0].clock, len(ranks)))
    days = sorted(
        _once([choice for claim in unsure for choice in _choices(claim) if choice.value not in known]),
        key=lambda each: each.start,
    )
    choices = tuple(replace(day, clock=clock) for day in days for clock in clocks)
    if choices:
        several = len({day.start for day in days}) > 1
        why = Why.CLOCK if len(clocks) > 1 else Why.SEVERAL if several else Why.DATE if len(days) > 1 else Why.UNSURE
        found.append(Finding(Part.VALID_UNTIL, choices, why, is_offers_own=False))
    return found


def _parted(claims: Sequence[_Claim], rule: Rule) -> tuple[dict[str | None, list[_Claim]], list[_Claim]]:
    """Return the claims whose words settle what their date is about, by clock, and the others.

    Where the words around one date speak of two things ("the credit of line 06… is valid until"), they settle nothing.
    """
    abouts: dict[tuple[int, int], set[_About | None]] = {}
    for claim in claims:
        abouts.setdefault(_place(claim), set()).add(_about(claim, rule))
    sure: dict[str | None, list[_Claim]] = {}
    unsure: list[_Claim] = []
    for claim in claims:
        [about, *others] = abouts[_place(claim)]
        if about is None or others:
            unsure.append(claim)
        else:
            sure.setdefault(about.clock, []).append(claim)
    return sure, unsure


@dataclass(frozen=True, slots=True)
class _About:
    """The clock that a date speaks of; none: the usual one."""

    clock: str | None


def _clocks(rule: Rule) -> Sequence[str | None]:
    """Return the clocks that a date can be about, the one that it usually is about first, by no name where it is alone."""
    asked = [part for part in rule.countdowns if not _is_met_once(part)]
    if len(asked) < 2:
        return (None,)
    usual = rule.stated or rule.countdowns[0].id
    return sorted((part.id for part in asked), key=lambda each: each != usual)


def _about(claim: _Claim, rule: Rule) -> _About | None:
    """Return what a date is about, None where it must be asked: its words have to fit exactly one clock of the rule."""
    is_alone = len(_clocks(rule)) == 1
    if claim.is_own:
        named = next((part for part in rule.countdowns if part.id == claim.clock), None)
        if claim.clock is None or (is_alone and named is not None and not _is_met_once(named)):
            return _About(None)
        return None if named is None else _About(named.id)
    if not claim.is_clear:
        return None
    fitting = [part for part in rule.countdowns if _fits(part, claim.subject)]
    if not rule.countdowns and claim.subject is Subject.LINE:
        return _About(None)
    if len(fitting) != 1:
        return None
    return _About(None if is_alone else fitting[0].id)


def _fits(part: Countdown, subject: Subject) -> bool:
    """Tell whether words such as "credit" or "plan" can speak of a clock."""
    if not isinstance(part, Clock):
        return subject is Subject.PLAN
    if _is_met_once(part):
        return False
    is_plan = part.loses is Loses.DATA or _is_of_plans(part)
    if subject is Subject.PLAN:
        return is_plan
    if subject is Subject.LINE:
        return part.loses is Loses.NUMBER and not is_plan
    return subject is Subject.CREDIT and part.loses in (Loses.BALANCE, Loses.SERVICE) and not is_plan


def _is_met_once(part: Countdown) -> bool:
    return isinstance(part, Clock) and part.is_met_once


def _is_of_plans(clock: Clock) -> bool:
    kinds = {kind for trigger in clock.restarts_on for kind in trigger.acts}
    return isinstance(clock.length, PlanLength) or kinds == {ActKind.PLAN_PURCHASE}
