"""The facts of a step: what the offer, the line and the renewal say there, in words, and what nobody knows yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from simtui import words
from simtui.domain.line import Knowledge
from simtui.domain.offer import DialCode, Support
from simtui.domain.procedure import Fact
from simtui.i18n import N_, _
from simtui.numbers import grouped
from simtui.walk import fact_words
from simtui.walk.entering import MAY_ENTER, entered
from simtui.walk.known import Known
from simtui.walk.scene import FactLine

LABELS: Mapping[Fact, str] = {
    Fact.OFFER: N_("Offer"),
    Fact.NUMBER: N_("Number"),
    Fact.STANDING: N_("Standing"),
    Fact.BALANCES: N_("Last reading"),
    Fact.SITE: N_("Site"),
    Fact.ACCOUNT: N_("Log in"),
    Fact.APP: N_("App"),
    Fact.SHOP: N_("Shop"),
    Fact.SHOP_SEARCH: N_("Search the map for"),
    Fact.PHONE: N_("Call"),
    Fact.PHONE_ABROAD: N_("From abroad"),
    Fact.HOURS: N_("Hours"),
    Fact.MAIL: N_("Mail"),
    Fact.BALANCE_CODE: N_("Code for the balance"),
    Fact.TOP_UP_CODE: N_("Code for a top-up"),
    Fact.THIRD_PARTIES: N_("Third parties"),
    Fact.SEARCH_TEXT: N_("Search for"),
    Fact.PAPERS: N_("Papers"),
    Fact.PAYMENTS: N_("Means of payment"),
    Fact.EFFECTIVE_WITHIN: N_("Takes effect within"),
    Fact.ESIM: N_("eSIM"),
    Fact.ORDER: N_("To buy"),
    Fact.TIMER: N_("Paid"),
    Fact.PROMOTIONS: N_("Promotions"),
    Fact.COVERAGE: N_("Coverage"),
    Fact.PHRASE_CARD: N_("To say"),
    Fact.SUPPORT_TEXT: N_("Text for support"),
    Fact.LOSSES: N_("Goes with the number"),
    Fact.BOUND_SERVICES: N_("Bound to the number"),
    Fact.SAVINGS: N_("Saves"),
}
NO_OFFER = "none"
"""The id of the offer that stands in before one is chosen."""
_SAYS_UNKNOWN = MAY_ENTER | {Fact.THIRD_PARTIES, Fact.PAPERS, Fact.PAYMENTS, Fact.ESIM, Fact.COVERAGE}
"""What is said to be unknown where nobody knows it; the other facts then do not apply."""


OF_A_LINE = frozenset(
    {
        Fact.NUMBER,
        Fact.STANDING,
        Fact.BALANCES,
        Fact.PHRASE_CARD,
        Fact.SUPPORT_TEXT,
        Fact.LOSSES,
        Fact.BOUND_SERVICES,
        Fact.SAVINGS,
    }
)
"""What each line has of its own; in a walk over several it is told of every one."""


def told(facts: Iterable[Fact], known: Known) -> tuple[FactLine, ...]:
    """Return the lines of some facts; those that do not apply are left out, and all as long as no offer is chosen."""
    if known.offer.id == NO_OFFER:
        return ()
    each = {fact: (known, *known.others) if fact in OF_A_LINE else (known,) for fact in facts if fact in _TELL}
    found = (fact_line(fact, one) for fact, of in each.items() for one in of)
    return tuple(line for line in found if line.value or line.may_enter or line.note)


def fact_line(fact: Fact, known: Known) -> FactLine:
    """Return one fact."""
    value, copies, note = _TELL[fact](known)
    may_enter = known.in_catalogue and fact in (MAY_ENTER if not value else entered(known.own))
    if not value and fact in _SAYS_UNKNOWN:
        note = words.joined(_("not known"), note)
    elif may_enter:
        note = words.joined(_("yours"), note)
    label = f"{_(LABELS[fact])} · {known.called}" if known.called and fact in OF_A_LINE else _(LABELS[fact])
    return FactLine(fact, label, value, copies, note, may_enter)


Told = fact_words.Told


def _copied(value: str | None, note: str = "") -> Told:
    return (value or "", value or "", note)


def _plain(value: str, note: str = "") -> Told:
    return value, "", note


def _support(known: Known) -> Support:
    return known.offer.channels.support or Support.model_construct()


def _offer(known: Known) -> Told:
    """Return the offer and its operator; one that nothing is known of says so."""
    note = "" if known.in_catalogue else _("this offer is in no catalogue")
    return _plain(words.joined(words.text(known.offer.name), known.carrier), note)


def _number(known: Known) -> Told:
    if known.holding is None or known.holding.line.number is None:
        return _plain("")
    number = known.holding.line.number
    return grouped(number), number, ""


def _standing(known: Known) -> Told:
    if known.holding is None:
        return _plain("")
    found = known.holding.standing
    if found.next_day is None:
        return _plain(words.word(found.phase))
    mark = words.certainty_mark(found.certainty)
    day = f"{mark}{found.next_day.format_iso()}"
    left = words.days_left(found.days_left or 0)
    return _plain(words.joined(words.word(found.phase), _("last day {day}").format(day=day), left))


def _codes(known: Known, does: str) -> Told:
    found = [code for code in known.offer.channels.codes if code.does == does]
    if not found:
        return _plain("")
    return words.listed(map(_code, found)), found[0].code, words.text(found[0].note)


def _code(code: DialCode) -> str:
    if code.by == "sms" and code.to:
        return _("SMS {code} to {to}").format(code=code.code, to=code.to)
    return code.code


def _payments(known: Known) -> Told:
    found = [
        words.word(payment.method)
        if payment.confirmed
        else _("{method} (not confirmed)").format(method=words.word(payment.method))
        for payment in sorted(known.offer.payments, key=lambda payment: not payment.confirmed)
    ]
    return _plain(words.listed(found), words.text(known.offer.payment_note))


def _order(known: Known) -> Told:
    named = []
    for item in known.renewal.items:
        plan = known.offer.plan(item.plan)
        name = words.text(plan.name) if plan is not None else item.name or _("top-up")
        price = "" if item.amount is None else words.money(item.amount, item.currency)
        named.append(" ".join(part for part in (name, price) if part))
    return _plain(words.listed(named))


def _within(known: Known) -> Told:
    """Return how long it takes until what was paid has its effect; of a renewal that is over nobody waits for that."""
    length = known.offer.effective_within
    if not known.renewal.is_open:
        return _plain("")
    if length is None:
        return _plain(_("minutes to hours; after a day it is a case for support"))
    return _plain(words.period(length))


def _reading(known: Known) -> Told:
    """Return what was read last, and when."""
    acts = [] if known.holding is None else known.holding.plain_acts
    readings = [act for act in acts if act.balances is not None]
    if not readings or readings[-1].balances is None:
        return _plain(_("none yet"))
    last, found = readings[-1], readings[-1].balances
    parts = [words.money(found.credit, found.currency)] if found.credit is not None else []
    parts += [words.data(found.data_mb)] if found.data_mb is not None else []
    parts += [_("{n} min").format(n=found.minutes)] if found.minutes is not None else []
    parts += [_("{n} SMS").format(n=found.sms)] if found.sms is not None else []
    return _plain(words.listed(parts), _("read {day}").format(day=last.day.format_iso()))


def _shop(known: Known) -> Told:
    """Return where the shops are; that there are none is said, that nobody knows is not known."""
    channels = known.offer.channels
    usual = _SHOPS[channels.shop]
    return _plain(words.text(channels.shop_note) or (_(usual) if usual else ""))


_SHOPS = {Knowledge.YES: N_("there are some"), Knowledge.NO: N_("there are none"), Knowledge.UNKNOWN: ""}


def _promotions(known: Known) -> Told:
    running = [each for each in known.offer.promotions if each.ends_on >= known.today]
    return _plain(
        words.listed(
            _("{what} (until {day})").format(what=words.text(each.text), day=each.ends_on.format_iso())
            for each in running
        )
    )


_TELL: Mapping[Fact, Callable[[Known], Told]] = {
    Fact.OFFER: _offer,
    Fact.NUMBER: _number,
    Fact.STANDING: _standing,
    Fact.BALANCES: _reading,
    Fact.SITE: lambda known: _copied(known.offer.channels.site),
    Fact.ACCOUNT: lambda known: _plain(words.text(known.offer.channels.account)),
    Fact.APP: lambda known: _copied(known.offer.channels.app),
    Fact.SHOP: _shop,
    Fact.SHOP_SEARCH: fact_words.shop_to_find,
    Fact.PHONE: lambda known: _copied(_support(known).phone),
    Fact.PHONE_ABROAD: lambda known: _copied(_support(known).from_abroad),
    Fact.HOURS: lambda known: _plain(words.text(_support(known).hours)),
    Fact.MAIL: lambda known: _copied(_support(known).mail),
    Fact.BALANCE_CODE: lambda known: _codes(known, "balance"),
    Fact.TOP_UP_CODE: lambda known: _codes(known, "top_up"),
    Fact.THIRD_PARTIES: fact_words.third_parties,
    Fact.SEARCH_TEXT: fact_words.platform_search,
    Fact.PAPERS: lambda known: _plain(words.text(known.offer.papers)),
    Fact.PAYMENTS: _payments,
    Fact.EFFECTIVE_WITHIN: _within,
    Fact.ESIM: fact_words.esim,
    Fact.ORDER: _order,
    Fact.TIMER: fact_words.timer,
    Fact.PROMOTIONS: _promotions,
    Fact.COVERAGE: fact_words.coverage,
    Fact.SAVINGS: fact_words.saved,
    Fact.LOSSES: fact_words.lost_with_it,
    Fact.BOUND_SERVICES: fact_words.bound,
    Fact.SUPPORT_TEXT: fact_words.for_support,
    Fact.PHRASE_CARD: fact_words.phrases,
}
