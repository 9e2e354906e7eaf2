"""Offers side by side, before anything is bought: what each asks for to keep a number, and what a year of it costs.

Validating an offer takes milliseconds and planning a year tens of them, so a `Comparison` begins with what a list can
show at once and learns the rest step by step, what is in sight first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal

from simtui import planning, words
from simtui.catalogue import Catalogue, Summary
from simtui.catalogue.countries import NAMES
from simtui.catalogue.search import folded
from simtui.domain.calendar import Day
from simtui.domain.keeping import By, Keeping, Span, costs_more, esim_of, keeping_of, known_cost, papers_of
from simtui.domain.line import Knowledge
from simtui.domain.offer import Offer, OfferKind, PaymentMethod
from simtui.domain.offer_query import OWN
from simtui.domain.planner import KeepingPlan, Unplannable, yearly_cost
from simtui.domain.reckoning import Certainty
from simtui.domain.rule import BalanceLength, Clock, PlanLength, UnitLength
from simtui.i18n import N_, _, ngettext

_BY = {
    By.TOP_UP: N_("top-up"),
    By.PLAN: N_("plan"),
    By.PAYMENT: N_("payment"),
    By.USE: N_("any use"),
    By.FEE: N_("fee"),
    By.PAPERS: N_("papers"),
    By.OTHER: N_("other"),
}


@dataclass(slots=True)
class Offering:
    """One offer as it is compared; everything but the summary comes later, and `plan` last."""

    summary: Summary
    words: str
    offer: Offer | None = None
    keeping: Keeping | None = None
    plan: KeepingPlan | None = None
    added_to: bool = False

    @property
    def id(self) -> str:
        """The offer's id."""
        return self.summary.id

    @property
    def country(self) -> str:
        """Two letters."""
        return self.summary.country

    @property
    def kind(self) -> str:
        """The offer's kind."""
        return self.summary.kind

    @property
    def currency(self) -> str:
        """The offer's currency."""
        return self.summary.currency

    @property
    def own(self) -> bool:
        """Whether the user added it, or added something to it."""
        return self.summary.own or self.added_to

    @property
    def esim(self) -> str | None:
        """Whether it comes as an eSIM."""
        return None if self.offer is None else esim_of(self.offer).value

    @property
    def papers(self) -> str | None:
        """Whether papers are asked for."""
        return None if self.offer is None else papers_of(self.offer).value

    @property
    def pays(self) -> AbstractSet[str]:
        """The means of payment."""
        return frozenset() if self.offer is None else {one.method.value for one in self.offer.payments}

    @property
    def by(self) -> tuple[str, ...]:
        """What keeps the number."""
        return () if self.keeping is None else self.keeping.by

    @property
    def cost(self) -> Decimal | None:
        """What a year costs, as far as it is known."""
        return None if self.plan is None else known_cost(self.plan)

    @property
    def costs_more(self) -> bool:
        """Whether `cost` is only the least."""
        return self.plan is not None and costs_more(self.plan)

    @property
    def grace_days(self) -> int | None:
        """How many days the line still receives after its end."""
        if self.keeping is None or self.keeping.grace is None:
            return None
        return self.keeping.grace.days

    @property
    def certainty(self) -> int | None:
        """How well the rule is known."""
        return None if self.keeping is None or self.keeping.part is None else self.keeping.certainty


class Comparison:
    """All offers of a catalogue on a day. `rows` are in the catalogue's order; faulty offers leave it once found."""

    def __init__(self, catalogue: Catalogue, today: Day) -> None:
        self.catalogue = catalogue
        self.today = today
        found = (catalogue.summary(offer_id) for offer_id in catalogue.ids)
        self._rows = {one.id: Offering(one, _searched(one)) for one in found if one is not None}
        self._to_read = dict.fromkeys(self._rows)
        self._to_plan = dict.fromkeys(self._rows)

    @property
    def rows(self) -> list[Offering]:
        """The offers, whatever is known of them so far."""
        return list(self._rows.values())

    @property
    def done(self) -> int:
        """How many offers everything is known of."""
        return len(self._rows) - len(self._to_plan)

    @property
    def complete(self) -> bool:
        """Whether nothing is left to learn."""
        return not self._to_plan

    def offering(self, offer_id: object) -> Offering | None:
        """Return the offer of that id, or None."""
        return self._rows.get(offer_id) if isinstance(offer_id, str) else None

    def steps(self, in_sight: Iterable[str]) -> Iterator[str]:
        """Learn one thing about one offer at a time, those in sight first; yields the offers that know more now."""
        wanted = tuple(in_sight)
        for one in (*wanted, *tuple(self._to_read)):
            if one in self._to_read:
                self._read(one)
                yield one
            if one in wanted and one in self._to_plan:
                self._plan(one)
                yield one
        for one in tuple(self._to_plan):
            self._plan(one)
            yield one

    def learn(self, offer_id: str) -> None:
        """Learn everything about one offer at once, as far as there is something left to learn."""
        if offer_id in self._to_read:
            self._read(offer_id)
        if offer_id in self._to_plan:
            self._plan(offer_id)

    def _read(self, offer_id: str) -> None:
        del self._to_read[offer_id]
        offer = self.catalogue.offer(offer_id)
        if offer is None:
            del self._rows[offer_id], self._to_plan[offer_id]
            return
        row = self._rows[offer_id]
        row.offer, row.keeping = offer, keeping_of(offer, self.today)
        row.added_to = self.catalogue.addition(offer_id) is not None

    def _plan(self, offer_id: str) -> None:
        row = self._rows[offer_id]
        if row.offer is not None:
            row.plan = yearly_cost(row.offer, self.today)
        del self._to_plan[offer_id]


def _searched(one: Summary) -> str:
    names = (one.name.en, one.name.zh, one.carrier_name.en, one.carrier_name.zh, one.country, NAMES.get(one.country))
    text = " ".join((*(name for name in names if name), one.id))
    plain = folded(text)
    return f"{text} {plain}"


def filter_names() -> dict[str, dict[str, str]]:
    """Return what the filter's values are called in the current language: by key, the word and its value."""
    knowledge = {words.word(each): each.value for each in Knowledge}
    certainties = (Certainty.OFFICIAL, Certainty.THIRD_PARTY, Certainty.GUESS)
    return {
        "kind": {words.word(kind): kind.value for kind in OfferKind},
        "pay": {words.word(method): method.value for method in PaymentMethod},
        "esim": knowledge,
        "papers": knowledge,
        "by": {_(word): by.value for by, word in _BY.items()},
        "cert": {words.certainty_word(each): each.name.casefold() for each in certainties},
        OWN: {_("yours"): OWN},
    }


# In words ----------------------------------------------------------------------------------------------------------


def knowledge_word(known: str | None) -> str:
    """Return yes, no or a question mark."""
    return "?" if known in (None, Knowledge.UNKNOWN.value) else words.word(Knowledge(known))


def keeps_words(keeping: Keeping, currency: str, *, short: bool = False) -> str:
    """Return how long the number lasts each time; `short` names only the least of several lengths."""
    part = keeping.part
    if part is None:
        return "-" if keeping.data_only else "?"
    if keeping.span is not None:
        return _span_words(keeping.span, short=short)
    length = part.length if isinstance(part, Clock) else None
    match length:
        case UnitLength():
            each, unit = words.period(length.period), words.money(length.unit, currency)
            return _("{period} / {money}").format(period=each, money=unit)
        case PlanLength():
            return _("as its plan")
        case BalanceLength():
            return _("by credit")
    return "?"


def _span_words(span: Span, *, short: bool) -> str:
    least, most = words.period(span.least), words.period(span.most)
    if least == most:
        return least
    if not span.least.sign():
        return _("up to {period}").format(period=most)
    return _("{period}+").format(period=least) if short else _("{least} to {most}").format(least=least, most=most)


def by_words(keeping: Keeping, *, short: bool = False) -> str:
    """Return what keeps the number; `short` names one way and counts the others."""
    if not keeping.by:
        return "-" if keeping.data_only else "?"
    if short and len(keeping.by) > 1:
        return _("{way} +{n}").format(way=_(_BY[keeping.by[0]]), n=len(keeping.by) - 1)
    return words.listed(_(_BY[each]) for each in keeping.by)


def grace_words(keeping: Keeping, *, short: bool = False) -> str:
    """Return how long the line still receives after its end."""
    if keeping.part is None:
        return "-" if keeping.data_only else "?"
    if keeping.grace is None:
        return "?"
    if not keeping.grace.most.sign():
        return _("none")
    return _span_words(keeping.grace, short=short)


def cost_words(plan: KeepingPlan, currency: str) -> str:
    """Return what a year costs: a sum, cents where only use is asked for, a question mark where it cannot be said."""
    if plan.problem is Unplannable.NO_NUMBER:
        return "-"
    cost = known_cost(plan)
    if cost is None:
        return "?"
    if not cost and plan.uses:
        return _("cents")
    known = words.money(cost, currency)
    return _("from {money}").format(money=known) if costs_more(plan) else known


def year_words(offering: Offering) -> list[str]:
    """Return what keeping a new line for a year takes, in sentences; why it cannot be said where it cannot."""
    plan = offering.plan
    if plan is None:
        return []
    if plan.problem is not None:
        return [planning.problem(plan)]
    acts = Counter((planning.what(act), planning.price(act) if act.price or act.is_use else "") for act in plan.acts)
    told = [_done(what, price, count) for (what, price), count in acts.items()]
    if not told:
        told.append(_("a new line lasts a year without an act"))
    if plan.unpriced:
        left_out = ngettext(
            "{n} thing to pay for, whose price is not known",
            "{n} things to pay for, whose price is not known",
            plan.unpriced,
        )
        told.append(left_out.format(n=plan.unpriced))
    if plan.receive_only:
        told.append(_("counting time in which a line only receives"))
    return told


def _done(what: str, price: str, count: int) -> str:
    """Return "2 × top-up, EUR 10 each"; without a price only what is done."""
    if count == 1:
        return words.joined(what, price)
    several = _("{n} × {what}, {price} each") if price else _("{n} × {what}")
    return several.format(n=count, what=what, price=price)
