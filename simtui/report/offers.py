"""One offer in full: its rule in words, what can be bought, how, and who says so."""

from __future__ import annotations

from collections.abc import Sequence

from simtui import words
from simtui.catalogue import Catalogue, shown_link
from simtui.domain.offer import Offer
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
    Stage,
    UnitLength,
)
from simtui.i18n import _
from simtui.report.plain import table
from simtui.text import shown


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
    acts = dict.fromkeys(words.word(kind) for trigger in clock.restarts_on for kind in trigger.acts)
    lines = [
        _("goes at the end: {loss}").format(loss=words.word(clock.loses)),
        _("lasts: {length}").format(length=_length(clock.length, offer)),
    ]
    if acts:
        lines.append(_("restarted by: {acts}").format(acts=words.listed(acts)))
    lines += [
        shown(
            _("not by: {acts}, {reason}").format(
                acts=words.listed(map(words.word, out.acts)), reason=words.text(out.reason)
            )
        )
        for out in clock.excludes
    ]
    return [*lines, *_what_follows(clock, offer)]


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


def _sources(offer: Offer) -> list[str]:
    lines: list[str] = []
    for source in offer.sources:
        lines.append(shown(words.source_text(source)))
        lines += [f"  {shown_link(source.url)}"] if source.url is not None else []
    return lines
