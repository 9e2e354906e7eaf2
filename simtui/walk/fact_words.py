"""The facts that take more than a field of the offer: times, sums, texts to copy, what is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import reduce

from whenever import SYSTEM_TZ, Instant, ZonedDateTime

from simtui import words
from simtui.domain.line import Knowledge
from simtui.domain.offer import Plan
from simtui.domain.savings import Savings, Way, savings
from simtui.domain.standing import Phase
from simtui.i18n import N_, _, ngettext
from simtui.report.losses import bound_services, loss_sentence, until_when
from simtui.walk.known import Known
from simtui.walk.letters import Problem
from simtui.walk.phrases import card, shop_search, tongue_of
from simtui.walk.support import Affair, problem_of, support_text
from simtui.walk.support import tongue_of as written_in

_BRACKETS = re.compile(r"[(（][^)）]*[)）]")
_FULL_STOPS = ("。", "？", "！")
Told = tuple[str, str, str]
"""The value of a fact in words, what copying it gives, and a note on it."""


def timer(known: Known) -> Told:
    """Return how long ago it was paid, and when, in the user's own zone."""
    waiting = known.follow_up
    if waiting is None:
        return "", "", ""
    paid = waiting.paid_at
    told = _("{ago}, {time} your time").format(ago=_ago(paid, known.now), time=_time(_home(paid, known)))
    if waiting.on is not None:
        told = waiting.on.format_iso()
    if waiting.overdue:
        return told, "", _("too long: a case for support")
    if waiting.due_at is None or waiting.due_at <= known.now:
        return told, "", ""
    return told, "", _("should show by {time} your time").format(time=_time(_home(waiting.due_at, known)))


def _ago(then: Instant, now: Instant) -> str:
    minutes = max(0, int((now - then).total("minutes")))
    if minutes < 60:
        return ngettext("{n} min ago", "{n} min ago", minutes).format(n=minutes)
    hours = minutes // 60
    if hours < 48:
        return ngettext("{n} h ago", "{n} h ago", hours).format(n=hours)
    return ngettext("{n} day ago", "{n} days ago", hours // 24).format(n=hours // 24)


def _home(moment: Instant, known: Known) -> ZonedDateTime:
    return moment.to_tz(known.home_zone or SYSTEM_TZ)


def _time(moment: ZonedDateTime) -> str:
    return f"{moment.date()} {moment.hour:02d}:{moment.minute:02d}"


def shop_to_find(known: Known) -> Told:
    """Return what to paste into a map: as the offer knows it, else the operator's shop in the country's language."""
    if known.offer.channels.shop is Knowledge.NO or not (known.carrier or known.offer.channels.search_text):
        return "", "", ""
    country = known.offer.country
    carrier = _bare(known.carrier if known.maker is None else known.maker.in_language(tongue_of(country)))
    found = known.offer.channels.search_text or shop_search(country, carrier)
    return found, found, ""


def _bare(carrier: str) -> str:
    """Return an operator's name without what stands in brackets: nobody looks for that."""
    return _BRACKETS.sub("", carrier).strip()


def platform_search(known: Known) -> Told:
    """Return what to look for on a payment platform, where the operator has a name."""
    if not known.carrier:
        return "", "", ""
    found = _("{carrier} top-up").format(carrier=_bare(known.carrier))
    return found, found, ""


def third_parties(known: Known) -> Told:
    """Return who else sells the renewal; copying gives what to look for there."""
    found = words.listed(map(words.text, known.offer.channels.third_parties))
    search, copies, _note = platform_search(known)
    return (found, copies, _("search there for: {text}").format(text=search)) if found else ("", "", "")


def esim(known: Known) -> Told:
    """Return whether the offer comes as an eSIM."""
    note = words.text(known.offer.esim.note)
    if known.offer.esim.available is Knowledge.UNKNOWN:
        return "", "", note
    return words.word(known.offer.esim.available), "", note


def coverage(known: Known) -> Told:
    """Return where the plans work: those that are chosen, else all; plans that work in the same places as one."""
    chosen = [plan for item in known.renewal.items if (plan := known.offer.plan(item.plan)) is not None]
    plans = chosen or list(known.offer.plans)
    by_place: dict[str, list[str]] = {}
    for plan in plans:
        by_place.setdefault(words.text(plan.coverage), []).append(words.text(plan.name))
    open_ones = by_place.pop("", [])
    if len(by_place) == 1 and not open_ones:
        return next(iter(by_place)), "", ""
    told = [words.about(words.listed(names), place) for place, names in by_place.items()]
    note = _("not known for: {plans}").format(plans=words.listed(open_ones)) if told and open_ones else ""
    return reduce(words.then, told, ""), "", note


def saved(known: Known) -> Told:
    """Return what longer renewals save on this line, with what was paid last year."""
    holding = known.holding
    if holding is None or holding.standing.phase is Phase.LOST:
        return "", "", ""
    found = savings(holding.line, holding.plain_acts, holding.offer, holding.today)
    if found is None:
        return "", "", ""
    told = _("{short}; {long}: {saved} less a year").format(
        short=_a_year(found.short, found), long=_a_year(found.long, found), saved=_price(found.per_year, found)
    )
    return told, "", _paid(found)


def _a_year(way: Way, found: Savings) -> str:
    times = ngettext("about {n} time a year {what}", "about {n} times a year {what}", way.payments)
    what = words.item_name(way.item) if isinstance(way.item, Plan) else _price(way.price, found)
    told = words.joined(
        times.format(n=way.payments, what=what), _("{price} a year").format(price=_price(way.per_year, found))
    )
    return _("{what} (part of it only receives)").format(what=told) if way.receive_only else told


def _paid(found: Savings) -> str:
    if not found.payments:
        return ""
    paid = words.listed(words.money(money.amount, money.currency) for money in found.paid)
    told = ngettext(
        "you paid {paid} last year in {n} payment", "you paid {paid} last year in {n} payments", found.payments
    )
    return told.format(paid=paid, n=found.payments)


def _price(amount: Decimal, found: Savings) -> str:
    return words.money(amount, found.currency)


def lost_with_it(known: Known) -> Told:
    """Return what hangs on the number."""
    holding = known.holding
    found = "" if holding is None else loss_sentence(holding, known.find)
    return (found, "", until_when(holding)) if holding is not None and found else ("", "", "")


def bound(known: Known) -> Told:
    """Return the services that are bound to the number."""
    return ("" if known.holding is None else bound_services(known.holding)), "", ""


def for_support(known: Known) -> Told:
    """Return the text for support about what went wrong, in the language of the operator's country."""
    problem = problem_of(known.renewal)
    if problem is None:
        return "", "", ""
    found = support_text(affair(known), problem, written_in(known.offer.country))
    return found, found, ""


PROBLEMS: Mapping[Problem, str] = {
    Problem.NOT_EFFECTIVE: N_("paid, and nothing has changed"),
    Problem.CODE_MISSING: N_("paid, and the code has not come"),
    Problem.WRONG_PLAN: N_("the wrong plan or amount was chosen"),
    Problem.CHARGED_TWICE: N_("charged twice"),
    Problem.PAYMENT_FAILED: N_("the payment failed"),
    Problem.PAYMENT_FAILED_CHARGED: N_("the payment failed and was charged"),
    Problem.PAYMENT_FAILED_NOT_CHARGED: N_("the payment failed and was not charged"),
    Problem.PAYMENT_FAILED_UNSURE: N_("the payment failed, charged or not is not known"),
}
"""What can be written to support about, in words, the usual first."""


def affair(known: Known) -> Affair:
    """Return what a text for support or a bank is about."""
    line = None if known.holding is None else known.holding.line
    return Affair(known.renewal, line, known.offer, known.maker)


def _run_on(sentences: Iterable[str]) -> str:
    """Return sentences as one text; a full-width stop needs no blank after it."""
    return "".join(each if each.endswith(_FULL_STOPS) else f"{each} " for each in sentences if each).strip()


def phrases(known: Known) -> Told:
    """Return what to say in the shop or on the phone, to be copied; the card has it large."""
    if known.holding is None:
        return "", "", ""
    found = card(known.holding, known.renewal)
    said = _run_on(phrase.said for phrase in found.phrases)
    means = _run_on(phrase.means for phrase in found.phrases)
    note = words.about(_("digit by digit"), found.aloud) if found.aloud else means
    return said, said, note
