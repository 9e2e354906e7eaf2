"""Which version of an offer's rule holds for a line on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import FIRST_DAY, Day, Move, Period
from simtui.domain.counting import always_restarting, heard_by
from simtui.domain.line import Line
from simtui.domain.offer import Offer, OfferKind
from simtui.domain.reckoning import Reckoning, Why
from simtui.domain.rule import (
    AmountLength,
    Clock,
    Fee,
    FixedLength,
    Loses,
    Rule,
    Stacking,
    UnitLength,
    UnknownLength,
)

_DATA_ONLY = frozenset({OfferKind.DATA, OfferKind.TRAVEL_ESIM})


class Hearing(NamedTuple):
    """A clock in all versions of the terms, the kinds of act that can matter to it, and the version, where it is one.

    `restarting` are the kinds of act, unmarked and for no plan, that always restart it. Such acts can be taken in rows
    where `in_rows`; where it `forgets`, each of them leaves nothing of the act before but its end. `moves` is what they
    bought so far, by amount and currency.
    `untouched` is what each version comes to where nothing has ever been done about it, as far as somebody has asked.
    """

    versions: tuple[Clock, ...]
    heard: frozenset[ActKind]
    only: Clock | None
    restarting: frozenset[ActKind]
    in_rows: bool
    forgets: bool
    moves: dict[tuple[Decimal | None, str | None], tuple[Period, Move] | Why]
    untouched: list[tuple[Clock, Reckoning]]


@dataclass(frozen=True)
class Terms:
    """The versions of an offer's rule that can hold for one line, the one that goes before the others last.

    `assumed` is true where the line does not say when it was opened and that decides between versions. `only_stated`
    marks the stand-in for a rule that nobody knows.
    """

    offer: Offer
    versions: tuple[Rule, ...]
    assumed: bool = False
    only_stated: bool = False

    def rule_on(self, day: Day) -> Rule | None:
        """Return the version in force on `day`; between versions, the one before; before all, the first."""
        if self._only is not None:
            return self._only
        started = [rule for rule in self.versions if rule.valid_from is None or rule.valid_from <= day]
        running = [rule for rule in started if rule.valid_to is None or day <= rule.valid_to]
        if running or started:
            return running[-1] if running else max(started, key=_valid_from)
        return min(self.versions, key=_valid_from, default=None)

    @cached_property
    def _only(self) -> Rule | None:
        return self.versions[0] if len(self.versions) == 1 else None

    @cached_property
    def is_dated(self) -> bool:
        """Whether it depends on the day which version holds, or whether one holds at all."""
        return len(self.versions) != 1 or bool(self.versions[0].valid_from or self.versions[0].valid_to)

    def hearing(self, clock_id: str) -> Hearing:
        """Return all versions of that clock, and what they listen to."""
        found = self._hearings.get(clock_id)
        if found is None:
            versions = tuple(clock for rule in self.versions for clock in rule.clocks if clock.id == clock_id)
            only = versions[0] if len(self.versions) == 1 and versions else None
            restarting = frozenset[ActKind]() if only is None else always_restarting(only)
            in_rows = bool(restarting) and only is not None and _takes_rows(only)
            forgets = in_rows and only is not None and _forgets(only)
            found = Hearing(versions, heard_by(versions), only, restarting, in_rows, forgets, {}, [])
            self._hearings[clock_id] = found
        return found

    @cached_property
    def _hearings(self) -> dict[str, Hearing]:
        return {}

    def assumed_on(self, day: Day) -> bool:
        """Tell whether no version is known to hold on `day`, so that `rule_on` had to take another."""
        rule = self.rule_on(day)
        if self.assumed or rule is None:
            return True
        return (rule.valid_from is not None and day < rule.valid_from) or (
            rule.valid_to is not None and rule.valid_to < day
        )

    def clock_on(self, clock_id: str, day: Day) -> Clock | None:
        """Return the clock of that id as it stood on `day`, or None where that version had none."""
        rule = self.rule_on(day)
        return next((clock for clock in rule.clocks if clock.id == clock_id), None) if rule else None

    def clocks_on(self, day: Day) -> Sequence[Clock]:
        """Return the clocks that tick on `day`."""
        rule = self.rule_on(day)
        return rule.clocks if rule else ()

    def fees_on(self, day: Day) -> Sequence[Fee]:
        """Return the fees that are taken on `day`."""
        rule = self.rule_on(day)
        return rule.fees if rule else ()

    def fee_on(self, fee_id: str, day: Day) -> Fee | None:
        """Return the fee of that id as it was on `day`, or None where that version had none."""
        return next((fee for fee in self.fees_on(day) if fee.id == fee_id), None)

    def speaks_of(self, statement: Act, countdown_id: str) -> bool:
        """Tell whether the operator's "valid until" speaks of that clock or fee: by name, else as the rule says."""
        if self.only_stated:
            return True
        if statement.clock is not None:
            return statement.clock == countdown_id
        rule = self.rule_on(statement.day)
        if rule is None:
            return False
        stated = rule.stated or next((part.id for part in rule.countdowns), None)
        return stated == countdown_id


def terms_for(line: Line, offer: Offer) -> Terms:
    """Return the versions of the offer's rule that fit the line's cohort (`variant`, day of opening).

    Where the day of opening is not known, versions for everybody hold; else those of the last cohort.
    """
    memo, variant = offer.memo, line.variant
    known: Terms | None = memo.get(("terms", variant))
    if known is not None:
        return known
    fitting = [rule for rule in offer.rules if rule.variant is None or rule.variant == variant]
    if len(fitting) == 1 and not _is_cohort(fitting[0]):
        known = memo["terms", variant] = _shared(offer, fitting)
        return known
    opened = line.opened_on or line.activated_on
    if opened is not None:
        return _shared(offer, [rule for rule in fitting if _opened_within(rule, opened)])
    cohorts = [rule for rule in fitting if _is_cohort(rule)]
    everybody = [rule for rule in fitting if not _is_cohort(rule)]
    if not everybody:
        everybody = [rule for rule in cohorts if _cohort(rule) == _cohort(cohorts[-1])]
    return _shared(offer, everybody, assumed=bool(cohorts))


def _takes_rows(clock: Clock) -> bool:
    """Tell whether the length that an act buys hangs on its amount alone, and the clock's end on such acts alone."""
    by_amount = isinstance(clock.length, FixedLength | AmountLength | UnitLength | UnknownLength)
    return by_amount and not clock.ends_early and not clock.registration


def _forgets(clock: Clock) -> bool:
    """Tell whether an act leaves nothing of what was before it."""
    return not clock.auto_renews and clock.cap is None and clock.stacking in (None, Stacking.RESTART)


def _shared(offer: Offer, rules: Sequence[Rule], *, assumed: bool = False) -> Terms:
    """Return the terms of these versions, the same for all lines that they fit."""
    key = "terms", assumed, *map(id, rules)
    known: Terms | None = offer.memo.get(key)
    if known is None:
        known = offer.memo[key] = Terms(offer, _ranked(rules), assumed)
    return known


def stated_terms(offer: Offer) -> Terms:
    """Return the terms of an offer whose rule nobody knows: one clock that only the operator's own date sets.

    It bears the offer's name, as nobody has named it. What follows its end is unknown.
    """
    data_only = offer.kind in _DATA_ONLY
    clock = Clock(
        id="stated",
        name=offer.name,
        loses=Loses.DATA if data_only else Loses.NUMBER,
        length=UnknownLength(),
        after=None if data_only else "unknown",
    )
    return Terms(offer, (Rule(clocks=(clock,)),), only_stated=True)


def _valid_from(rule: Rule) -> Day:
    return rule.valid_from or FIRST_DAY


def _ranked(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Put what was made for the line's own cohort last, and of that the newest."""
    return tuple(sorted(rules, key=lambda rule: (rule.variant is not None, _is_cohort(rule), _valid_from(rule))))


def _cohort(rule: Rule) -> tuple[Day | None, Day | None]:
    return rule.opened_from, rule.opened_to


def _is_cohort(rule: Rule) -> bool:
    return rule.opened_from is not None or rule.opened_to is not None


def _opened_within(rule: Rule, opened: Day) -> bool:
    return (rule.opened_from is None or rule.opened_from <= opened) and (
        rule.opened_to is None or opened <= rule.opened_to
    )
