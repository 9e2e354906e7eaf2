"""One offer in full: its rule in words, what can be bought, how, and who says so."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from simtui import words
from simtui.catalogue import Catalogue, shown_link
from simtui.domain.line import Knowledge
from simtui.domain.offer import DialCode, Offer, Support
from simtui.domain.rule import (
    AmountLength,
    AmountTier,
    BalanceLength,
    Clock,
    Fee,
    FixedLength,
    Length,
    PlanLength,
    Rule,
    Spending,
    Stage,
    Trigger,
    UnitLength,
)
from simtui.i18n import N_, _
from simtui.report.plain import table
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
        lines += _rule(rule, offer)
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


def _rule(rule: Rule, offer: Offer) -> list[str]:
    lines: list[str] = []
    since = "" if rule.valid_from is None else _(" (from {day})").format(day=rule.valid_from)
    for clock in rule.clocks:
        lines += _section(shown(words.text(clock.name)) + since, _clock(clock, offer))
    for fee in rule.fees:
        lines += _section(shown(words.text(fee.name)) + since, _fee(fee, offer))
    if rule.note is not None:
        lines += ["", shown(words.text(rule.note))]
    return lines


def _clock(clock: Clock, offer: Offer) -> list[str]:
    acts = dict.fromkeys(_trigger(trigger, offer) for trigger in clock.restarts_on)
    lines = [
        _("goes at the end: {loss}").format(loss=words.word(clock.loses)),
        _("lasts: {length}").format(length=_length(clock.length, offer)),
    ]
    if acts:
        lines.append(shown(_("restarted by: {acts}").format(acts=words.listed(acts))))
    lines += [
        shown(
            _("not by: {acts}, {reason}").format(
                acts=words.listed(map(words.word, out.acts)), reason=words.text(out.reason)
            )
        )
        for out in clock.excludes
    ]
    return [*lines, *_what_follows(clock, offer)]


def _trigger(trigger: Trigger, offer: Offer) -> str:
    """Return the acts that restart a clock, with the conditions in brackets."""
    plans = [plan for plan in map(offer.plan, trigger.plans) if plan is not None]
    conditions = [
        *([] if trigger.min_amount is None else [_at_least(trigger.min_amount, offer)]),
        *map(words.word, trigger.plan_kinds),
        *(words.text(plan.name) for plan in plans),
        *map(words.word, trigger.channels),
        *([] if trigger.spending is None else [_spending(trigger.spending, offer)]),
    ]
    acts = words.listed(map(words.word, trigger.acts))
    return _("{acts} ({conditions})").format(acts=acts, conditions=words.listed(conditions)) if conditions else acts


def _at_least(amount: Decimal, offer: Offer) -> str:
    return _("from {money}").format(money=words.money(amount, offer.currency))


def _spending(spending: Spending, offer: Offer) -> str:
    money = words.money(spending.amount, offer.currency)
    told = _("for more than {money} within {period}") if spending.strictly else _("for {money} or more within {period}")
    return told.format(money=money, period=words.period(spending.within))


def _fee(fee: Fee, offer: Offer) -> list[str]:
    amount = words.money(fee.amount, offer.currency)
    if fee.every is not None:
        told = _("{money} every {period}").format(money=amount, period=words.period(fee.every))
    else:
        told = _("{money} on day {day} of each month").format(money=amount, day=fee.on_day)
    idle = (
        []
        if fee.idle_after is None
        else [_("only after {period} without use").format(period=words.period(fee.idle_after))]
    )
    return [told, *idle, *_what_follows(fee, offer)]


def _what_follows(part: Clock | Fee, offer: Offer) -> list[str]:
    lines: list[str] = []
    if part.after == "none":
        lines.append(_("afterwards: the number is lost"))
    elif part.after == "unknown":
        lines.append(_("afterwards: the number may be taken any day, nobody knows when"))
    elif part.after is not None:
        lines += [_("afterwards: {stage}").format(stage=_stage(stage, offer)) for stage in part.after]
    if part.note is not None:
        lines.append(shown(words.text(part.note)))
    source = offer.source(part.source)
    return lines if source is None else [*lines, shown(_("source: {source}").format(source=words.source_text(source)))]


def _stage(stage: Stage, offer: Offer) -> str:
    works = words.listed(words.word(item) for item in stage.works) or _("nothing known")
    return _("{stage}, {length}; works: {works}").format(
        stage=words.word(stage.name), length=_length(stage.length, offer), works=works
    )


def _length(length: Length, offer: Offer) -> str:
    match length:
        case FixedLength():
            return words.period(length.period)
        case AmountLength():
            return _tiers(length.tiers, offer)
        case BalanceLength():
            return _("by the balance: {tiers}").format(tiers=_tiers(length.tiers, offer))
        case UnitLength():
            unit = words.money(length.unit, offer.currency)
            return _("{period} for every {money}").format(period=words.period(length.period), money=unit)
        case PlanLength():
            return _("as long as the plan bought")
        case _:
            return _("not known")


def _tiers(tiers: Sequence[AmountTier], offer: Offer) -> str:
    return words.listed(_tier(tier, offer) for tier in tiers)


def _tier(tier: AmountTier, offer: Offer) -> str:
    period = _("not known") if tier.period is None else words.period(tier.period)
    if tier.at is not None:
        return f"{words.money(tier.at, offer.currency)} → {period}"
    assert tier.from_ is not None
    start = words.money(tier.from_, offer.currency)
    if tier.below is None:
        return _("from {start} → {period}").format(start=start, period=period)
    below = words.money(tier.below, offer.currency)
    return _("from {start} to under {below} → {period}").format(start=start, below=below, period=period)


def _top_ups(offer: Offer) -> list[str]:
    rows = [
        (words.money(item.amount, offer.currency), "" if item.validity is None else words.period(item.validity))
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
