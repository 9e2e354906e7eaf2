"""Which acts restart a clock, and why look-alikes do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from simtui.domain.act import USES, Act, ActKind, Channel
from simtui.domain.calendar import after
from simtui.domain.offer import Offer
from simtui.domain.reckoning import Remark, RemarkKind
from simtui.domain.rule import Anchor, Clock, Exclusion, PlanLength, Spending, Stage, Trigger, Undo

_UNDONE_BY_KIND = {
    ActKind.TOP_UP: Undo.TOP_UP,
    ActKind.PLAN_PURCHASE: Undo.PLAN_PURCHASE,
    ActKind.PAYMENT: Undo.PAYMENT,
    ActKind.IDENTIFICATION: Undo.IDENTIFICATION,
} | dict.fromkeys(USES, Undo.USE)
_UNDONE_BY_CHANNEL = {Channel.PHONE: Undo.SUPPORT_CALL, Channel.SHOP: Undo.SHOP_VISIT}
# What a visit or a call to support is recorded as where it was not to buy anything.
_DEALINGS = frozenset({ActKind.ACTIVATION, ActKind.IDENTIFICATION, ActKind.PAYMENT})
_ALWAYS_HEARD = frozenset({ActKind.STATEMENT, ActKind.HOLD})


class Verdict(NamedTuple):
    """Whether an act restarts a clock: through `trigger`, or not, with a remark where it looked as if."""

    trigger: Trigger | None = None
    remark: Remark | None = None


_NOT_MEANT = Verdict()


def heard_by(clocks: Sequence[Clock]) -> frozenset[ActKind]:
    """Return the kinds of act that can matter to these versions of a clock at all."""
    kinds = set(_ALWAYS_HEARD)
    for clock in clocks:
        for trigger in clock.restarts_on:
            kinds.update(trigger.acts)
        for exclusion in clock.excludes:
            kinds.update(exclusion.acts)
        for stage in clock.after if isinstance(clock.after, tuple) else ():
            kinds.update(_undoing(stage))
        if clock.registration:
            kinds.add(ActKind.IDENTIFICATION)
        if any(start.on is Anchor.PLAN_END for start in clock.starts):
            kinds.update((ActKind.PLAN_PURCHASE, ActKind.PAYMENT))
        if waits_for_first_use(clock):
            kinds.update(USES)
    return frozenset(kinds)


def always_restarting(clock: Clock) -> frozenset[ActKind]:
    """Return the kinds of act that always give the clock its own length from their day, if unmarked and for no plan."""
    if any(trigger.counts_from != "act" for trigger in clock.restarts_on):
        return frozenset()
    kinds = {kind for trigger in clock.restarts_on if _is_unconditional(trigger) for kind in trigger.acts}
    for trigger in clock.restarts_on:
        kinds.difference_update(() if trigger.length is None else trigger.acts)
    for exclusion in clock.excludes:
        kinds.difference_update(() if _spares_plain(exclusion) else exclusion.acts)
    return frozenset(kinds - {ActKind.IDENTIFICATION, *_ALWAYS_HEARD})


def _spares_plain(exclusion: Exclusion) -> bool:
    return bool(exclusion.marks or exclusion.plans or exclusion.plan_kinds)


def _is_unconditional(trigger: Trigger) -> bool:
    limited = trigger.channels or trigger.plans or trigger.plan_kinds or trigger.marks
    return not limited and trigger.min_amount is None and trigger.spending is None


def waits_for_first_use(clock: Clock) -> bool:
    """Tell whether a plan bought before the line's first use begins to count only then."""
    return isinstance(clock.length, PlanLength) and any(
        start.on is Anchor.FIRST_USE and start.length is None for start in clock.starts
    )


def takes_plan_bought_before(clock: Clock) -> bool:
    """Tell whether the clock begins, at the activation or first use, with a plan that was bought before it."""
    return any(
        start.on in (Anchor.FIRST_USE, Anchor.ACTIVATION) and isinstance(start.length or clock.length, PlanLength)
        for start in clock.starts
    )


def _undoing(stage: Stage) -> Iterator[ActKind]:
    for kind, way in _UNDONE_BY_KIND.items():
        if way in stage.undo:
            yield kind
    if any(way in stage.undo for way in _UNDONE_BY_CHANNEL.values()):
        yield from _DEALINGS


def verdict(clock: Clock, act: Act, acts: Sequence[Act], offer: Offer) -> Verdict:
    """Judge `act`, one of the ordered `acts`, for `clock`; sums of spending reach back through them."""
    remark = excluded(clock, act, offer) if clock.excludes else None
    if remark is not None:
        return Verdict(None, remark)
    for trigger in clock.restarts_on:
        if act.kind not in trigger.acts or not _about_right(trigger, act, offer):
            continue
        if not _is_counted(trigger, act):
            remark = Remark(RemarkKind.MARKED_USE, act)
            continue
        doubt = _too_little(trigger, clock, act, acts, offer)
        if doubt is None:
            return Verdict(trigger)
        remark = Remark(doubt, act)
    return _NOT_MEANT if remark is None else Verdict(None, remark)


def excluded(clock: Clock, act: Act, offer: Offer) -> Remark | None:
    """Return the remark on an act that the rule says does not count, None on all others."""
    exclusion = _exclusion(clock, act, offer) if clock.excludes else None
    return None if exclusion is None else Remark(RemarkKind.EXCLUDED, act, exclusion.reason)


def undoes(act: Act, ways: Sequence[Undo], *, restarts: bool = True) -> bool:
    """Tell whether `act` is among the ways that lead back out of a stage.

    A stage is also undone by what it names where that would not otherwise restart the clock (`restarts` false). A visit
    or a call must then be more than a question: asking for the balance on the hotline brings no line back.
    """
    if _UNDONE_BY_KIND.get(act.kind) in ways and act.is_ordinary:
        return True
    by_channel = _UNDONE_BY_CHANNEL.get(act.channel) if act.channel is not None else None
    return by_channel in ways and (restarts or act.kind in _DEALINGS)


def _exclusion(clock: Clock, act: Act, offer: Offer) -> Exclusion | None:
    for rule in clock.excludes:
        if act.kind in rule.acts and _excludes(rule, act, offer):
            return rule
    return None


def _excludes(rule: Exclusion, act: Act, offer: Offer) -> bool:
    if rule.marks and act.mark not in rule.marks:
        return False
    if rule.channels and act.channel not in rule.channels:
        return False
    return _plan_fits(rule.plans, rule.plan_kinds, act, offer)


def _is_counted(trigger: Trigger, act: Act) -> bool:
    """Tell whether the mark of an act does not leave it out."""
    return act.is_ordinary or act.mark in trigger.also or act.mark in trigger.marks


def _about_right(trigger: Trigger, act: Act, offer: Offer) -> bool:
    if trigger.marks and act.mark not in trigger.marks:
        return False
    if trigger.channels and act.channel not in trigger.channels:
        return False
    any_plan = not trigger.plans and not trigger.plan_kinds
    return any_plan or _plan_fits(trigger.plans, trigger.plan_kinds, act, offer)


def _plan_fits(plans: Sequence[str], kinds: Sequence[str], act: Act, offer: Offer) -> bool:
    if plans and act.plan not in plans:
        return False
    if not kinds:
        return True
    plan = offer.plan(act.plan)
    return plan is not None and plan.kind in kinds


def _too_little(trigger: Trigger, clock: Clock, act: Act, acts: Sequence[Act], offer: Offer) -> RemarkKind | None:
    """Return why the amount does not count, None where it does. An amount that nobody knows is not called too little."""
    if trigger.min_amount is not None:
        if act.amount is None or act.currency != offer.currency:
            return RemarkKind.EXCLUDED
        if act.amount < trigger.min_amount:
            return RemarkKind.TOO_LITTLE
    if trigger.spending is not None and not _spent_enough(trigger.spending, trigger, clock, act, acts, offer):
        return RemarkKind.TOO_LITTLE
    return None


def _spent_enough(
    spending: Spending, trigger: Trigger, clock: Clock, act: Act, acts: Sequence[Act], offer: Offer
) -> bool:
    spent = Decimal(0)
    for other in acts:
        if other.amount is not None and act.day < after(other.day, spending.within):
            spent += other.amount if _is_charged(trigger, clock, other, offer) else 0
        if other is act:
            break
    return spent > spending.amount or (not spending.strictly and spent == spending.amount)


def _is_charged(trigger: Trigger, clock: Clock, act: Act, offer: Offer) -> bool:
    """Tell whether the act is one of those whose amounts are added up."""
    if act.kind not in trigger.acts or act.currency != offer.currency:
        return False
    if not _is_counted(trigger, act):
        return False
    return _about_right(trigger, act, offer) and _exclusion(clock, act, offer) is None
