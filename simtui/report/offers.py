"""One offer in full: its rule in words, what can be bought, how, and who says so."""

from __future__ import annotations

from collections.abc import Sequence

from simtui import words
from simtui.catalogue import Catalogue, shown_link
from simtui.domain.line import Knowledge
from simtui.domain.offer import DialCode, Offer, Support
from simtui.i18n import N_, _
from simtui.own_offers import is_yours
from simtui.report.plain import table
from simtui.report.rules import rule_lines
from simtui.text import shown

_DOES = {
    "balance": N_("balance"),
    "top_up": N_("top-up"),
    "own_number": N_("own number"),
    "usage": N_("usage"),
    "voicemail": N_("voicemail"),
    "port_out": N_("porting out"),
    "keep": N_("keeping the number"),
    "other": N_("other"),
}
"""What dial codes do."""


def offer_lines(offer: Offer, catalogue: Catalogue) -> list[str]:
    """Return the offer as a page of text."""
    carrier = catalogue.carrier_of(offer.id)
    maker = "" if carrier is None else words.text(carrier.name)
    head = f"{words.text(offer.name)} · {maker} · {offer.country} · {words.word(offer.kind)}"
    if catalogue.is_own(offer.id) or catalogue.addition(offer.id) is not None:
        head += " · " + _("yours")
    lines = [shown(head), f"  {offer.id} · {offer.zone} · {offer.currency}"]
    for rule in offer.rules:
        lines += rule_lines(rule, offer)
    if not offer.rules:
        lines += ["", _("nobody has found out the rule of this offer")]
    lines += _section(_("Top-ups"), _top_ups(offer))
    lines += _section(_("Plans"), _plans(offer))
    lines += _section(_("How to renew"), _ways(offer))
    lines += _section(_("Means of payment"), _payments(offer))
    lines += _section(_("Notes"), _notes(offer))
    lines += _section(_("Sources"), _sources(offer))
    lines += _section(_("Warnings"), [shown(words.text(warning)) for warning in offer.warnings])
    return lines


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return ["", title, *(f"  {line}" for line in lines)] if lines else []


def _top_ups(offer: Offer) -> list[str]:
    rows = [
        (
            words.money(item.amount, offer.currency),
            "" if item.validity is None else words.period(item.validity),
            _("yours") if is_yours(item) else "",
        )
        for item in offer.top_ups
    ]
    return table(rows)


def _plans(offer: Offer) -> list[str]:
    rows = [
        (
            plan.id,
            words.text(plan.name),
            words.word(plan.kind),
            "?" if plan.price is None else words.money(plan.price, offer.currency),
            "?" if plan.validity is None else words.period(plan.validity),
            _("yours") if is_yours(plan) else "",
        )
        for plan in offer.plans
    ]
    return table(rows)


def _ways(offer: Offer) -> list[str]:
    """Return how the offer is renewed: where, what to dial, whom to ask."""
    channels = offer.channels
    support = channels.support or Support()
    rows = [
        (_("site"), shown_link(channels.site) if channels.site is not None else ""),
        (_("account"), words.text(channels.account)),
        (_("app"), channels.app or ""),
        (_("shop"), "" if channels.shop is Knowledge.UNKNOWN else words.word(channels.shop)),
        ("", words.text(channels.shop_note)),
        (_("third parties"), words.listed(map(words.text, channels.third_parties))),
        (_("search text"), channels.search_text or ""),
        *((_(_DOES[code.does]), _code(code)) for code in channels.codes),
        (_("support"), words.joined(support.phone or "", words.text(support.hours))),
        (_("from abroad"), support.from_abroad or ""),
        (_("mail"), support.mail or ""),
        (_("help page"), shown_link(support.url) if support.url is not None else ""),
        ("", words.text(support.note)),
        ("", words.text(channels.note)),
        (_("papers"), words.text(offer.papers)),
        (_("eSIM"), "" if offer.esim.available is Knowledge.UNKNOWN else words.word(offer.esim.available)),
        ("", words.text(offer.esim.note)),
    ]
    return table([row for row in rows if row[1]])


def _code(code: DialCode) -> str:
    what = code.code if code.to is None else _("{code} to {number}").format(code=code.code, number=code.to)
    by = "" if code.by == "dial" else _("by SMS") if code.by == "sms" else _("by a call")
    return words.joined(what, by, words.text(code.note))


def _payments(offer: Offer) -> list[str]:
    rows = [
        (words.word(one.method), "" if one.confirmed else _("not confirmed"), words.text(one.note))
        for one in offer.payments
    ]
    note = words.text(offer.payment_note)
    return [*table(rows), *([shown(note)] if note else [])]


def _notes(offer: Offer) -> list[str]:
    promotions = [
        _("until {day}: {what}").format(day=one.ends_on, what=words.text(one.text)) for one in offer.promotions
    ]
    told = [*map(words.text, (offer.status, offer.top_up_note, offer.plan_note, offer.note)), *promotions]
    return [shown(note) for note in told if note]


def _sources(offer: Offer) -> list[str]:
    lines: list[str] = []
    for source in offer.sources:
        lines.append(shown(words.source_text(source)))
        lines += [f"  {shown_link(source.url)}"] if source.url is not None else []
    return lines
