"""The rule of an offer in words: what keeps it alive, what does not count, what happens after, how sure this is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from simtui import sums, words
from simtui.domain.offer import Offer
from simtui.domain.reckoning import certainty_of
from simtui.domain.rule import (
    AmountLength,
    AmountTier,
    Anchor,
    BalanceLength,
    Clock,
    Countdown,
    EarlyEnd,
    Exclusion,
    Fee,
    FixedLength,
    Length,
    PlanLength,
    Rule,
    Spending,
    Stacking,
    Stage,
    StageName,
    Start,
    Trigger,
    UnitLength,
    UnknownLength,
)
from simtui.i18n import N_, _
from simtui.report.plain import part
from simtui.text import shown

_STACKING = {
    Stacking.RESTART: N_("a new act: counts again from the act"),
    Stacking.EXTEND: N_("a new act: adds to the time left"),
    Stacking.KEEP_LATER: N_("a new act: the later of both ends stands"),
    None: N_("a new act: how it adds up is not stated, so the earliest way is reckoned with"),
}
_ANCHORS = {
    Anchor.ACTIVATION: N_("the activation"),
    Anchor.FIRST_USE: N_("the first use"),
    Anchor.PURCHASE: N_("the purchase"),
    Anchor.PLAN_END: N_("the end of the plan"),
}


def rule_lines(rule: Rule, offer: Offer) -> list[str]:
    """Return one version of the rule: what it holds for, then its clocks and fees, each under its name."""
    lines: list[str] = []
    if held := words.joined(*_holds_for(rule)):
        lines += ["", shown(_("Rule for {what}").format(what=held))]
    for clock in rule.clocks:
        lines += _section(clock, _clock(clock, offer))
    for fee in rule.fees:
        lines += _section(fee, _fee(fee, offer))
    if not rule.countdowns:
        lines += ["", _("nobody has found out the rule of this offer")]
    if rule.note is not None:
        lines += ["", shown(words.text(rule.note))]
    return lines


def _section(countdown: Countdown, lines: Sequence[str]) -> list[str]:
    return ["", *part(shown(words.text(countdown.name)), [shown(line) for line in lines])]


def _holds_for(rule: Rule) -> Iterable[str]:
    """Yield which lines and acts a version of the rule is for."""
    if rule.variant is not None:
        yield _("the variant {name}").format(name=rule.variant)
    if rule.opened_from is not None and rule.opened_to is not None:
        yield _("lines opened {first} to {last}").format(first=rule.opened_from, last=rule.opened_to)
    elif rule.opened_from is not None:
        yield _("lines opened from {first} on").format(first=rule.opened_from)
    elif rule.opened_to is not None:
        yield _("lines opened until {last}").format(last=rule.opened_to)
    if rule.valid_from is not None and rule.valid_to is not None:
        yield _("acts from {first} to {last}").format(first=rule.valid_from, last=rule.valid_to)
    elif rule.valid_from is not None:
        yield _("acts from {first} on").format(first=rule.valid_from)
    elif rule.valid_to is not None:
        yield _("acts until {last}").format(last=rule.valid_to)


def _clock(clock: Clock, offer: Offer) -> list[str]:
    acts = dict.fromkeys(_trigger(trigger, offer) for trigger in clock.restarts_on)
    lines = [
        _("goes at the end: {loss}").format(loss=words.word(clock.loses)),
        _("lasts: {length}").format(length=length_words(clock.length, offer)),
    ]
    lines += [
        _("lasts after {acts}: {length}").format(
            acts=_trigger(trigger, offer), length=length_words(trigger.length, offer)
        )
        for trigger in clock.restarts_on
        if trigger.length is not None
    ]
    if clock.starts:
        counted = words.listed(_start(start, offer) for start in clock.starts)
        lines.append(_("counts from: {starts}").format(starts=counted))
    if clock.day_after:
        lines.append(_("the first day is the day after"))
    if acts:
        lines.append(_("restarted by: {acts}").format(acts=words.listed(acts)))
        lines.append(_(_STACKING[clock.stacking]))
    if clock.cap is not None:
        lines.append(_("at most {period} from the act").format(period=words.period(clock.cap)))
    lines += [_exclusion(out, offer) for out in clock.excludes]
    lines += [_early(end, offer) for end in clock.ends_early]
    if clock.hold is not None:
        told = _("a paid hold makes it wait {period}")
        if clock.hold.ended_by_restart:
            told = _("a paid hold makes it wait {period}, or until it is restarted")
        lines.append(told.format(period=words.period(clock.hold.period)))
    if clock.auto_renews:
        lines.append(_("goes on by itself while the line renews itself"))
    if clock.registration:
        lines.append(_("is done with once you are identified"))
    if clock.activation:
        lines.append(_("is done with once the line is activated"))
    return [*lines, *_what_follows(clock, offer)]


def _start(start: Start, offer: Offer) -> str:
    told = _(_ANCHORS[start.on])
    if start.length is not None:
        told = _("{anchor}, then {length}").format(anchor=told, length=length_words(start.length, offer))
    source = offer.source(start.source)
    known = [] if start.certainty is None else [words.certainty_word(certainty_of(start, offer))]
    known += [] if source is None else [words.source_text(source)]
    return _with_conditions(told, known)


def _trigger(trigger: Trigger, offer: Offer) -> str:
    """Return the acts that restart a clock, with the conditions in brackets."""
    conditions = [
        *([] if trigger.min_amount is None else [_at_least(trigger.min_amount, offer)]),
        *map(words.word, trigger.plan_kinds),
        *_plan_names(trigger.plans, offer),
        *map(words.word, trigger.channels),
        *map(words.word, trigger.marks),
        *([] if trigger.spending is None else [_spending(trigger.spending, offer)]),
        *(_("also {mark}").format(mark=words.word(mark)) for mark in trigger.also),
        *([_("counted from the end of the plan")] if trigger.counts_from == "plan_end" else []),
    ]
    return _with_conditions(words.listed(map(words.word, trigger.acts)), conditions)


def _with_conditions(acts: str, conditions: Sequence[str]) -> str:
    if not conditions:
        return acts
    return _("{acts} ({conditions})").format(acts=acts, conditions=words.listed(conditions))


def _plan_names(ids: Iterable[str], offer: Offer) -> list[str]:
    return [words.text(plan.name) for plan in map(offer.plan, ids) if plan is not None]


def _exclusion(out: Exclusion, offer: Offer) -> str:
    conditions = [
        *map(words.word, out.marks),
        *map(words.word, out.plan_kinds),
        *_plan_names(out.plans, offer),
        *map(words.word, out.channels),
    ]
    acts = _with_conditions(words.listed(map(words.word, out.acts)), conditions)
    return _("not by: {acts}, {reason}").format(acts=acts, reason=words.text(out.reason))


def _early(end: EarlyEnd, offer: Offer) -> str:
    if end.balance_at_most is not None:
        money = words.money(end.balance_at_most, offer.currency)
        return _("ends early once the balance is at {money} or less").format(money=money)
    if end.balance_below is not None:
        money = words.money(end.balance_below, offer.currency)
        return _("ends early once the balance is below {money}").format(money=money)
    return _("ends early once no plan is active")


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
    lines = [_("goes at the end: {loss}").format(loss=words.word(fee.loses)), told]
    if fee.idle_after is not None:
        lines.append(_("only after {period} without use").format(period=words.period(fee.idle_after)))
    if fee.reset_by:
        lines.append(_("use that stops it: {acts}").format(acts=words.listed(map(words.word, fee.reset_by))))
    lines.append(_("paid in advance") if fee.in_advance else _("paid afterwards"))
    if fee.first_after is not None:
        lines.append(_("for the first time after {period}").format(period=words.period(fee.first_after)))
    lines.append(_("the line ends on the first day on which it cannot be paid in full"))
    if fee.minimum_left is not None:
        money = words.money(fee.minimum_left, offer.currency)
        lines.append(_("{money} must be left on the balance").format(money=money))
    return [*lines, *_what_follows(fee, offer)]


def _what_follows(countdown: Countdown, offer: Offer) -> list[str]:
    lines: list[str] = []
    if countdown.after == "none":
        lines.append(_("afterwards: the number is lost"))
    elif countdown.after == "unknown":
        lines.append(_("afterwards: the number may be taken any day, nobody knows when"))
    elif countdown.after is not None:
        for stage in countdown.after:
            lines += _stage(stage, offer)
        if not isinstance(countdown.after[-1].length, UnknownLength):
            lines.append(_("after that: the number is lost"))
    if countdown.note is not None:
        lines.append(words.text(countdown.note))
    sure = words.certainty_word(certainty_of(countdown, offer))
    lines.append(_("how sure: {certainty}").format(certainty=sure))
    source = offer.source(countdown.source)
    return lines if source is None else [*lines, _("source: {source}").format(source=words.source_text(source))]


def _stage(stage: Stage, offer: Offer) -> list[str]:
    works = words.listed(words.word(item) for item in stage.works) or _("nothing known")
    told = _("{stage}, {length}; works: {works}").format(
        stage=words.word(stage.name), length=length_words(stage.length, offer), works=works
    )
    lines = [_("afterwards: {stage}").format(stage=told), f"  {_way_back(stage, offer)}"]
    if stage.note is not None:
        lines.append(f"  {words.text(stage.note)}")
    source = offer.source(stage.source)
    if source is not None:
        told_by = _("source: {source}").format(source=words.source_text(source))
        lines.append(f"  {told_by}")
    return lines


def _way_back(stage: Stage, offer: Offer) -> str:
    if stage.name is StageName.QUARANTINE:
        if stage.recall:
            return _("you can ask for the number back")
        return _("you cannot ask for the number back")
    if not stage.undo:
        return _("nothing brings the line back")
    return _("brought back by: {ways}").format(ways=sums.ways_back(stage, offer.currency))


def length_words(length: Length, offer: Offer) -> str:
    """Return how long a clock or stage lasts, a table by amount in full."""
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
