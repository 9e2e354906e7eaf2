"""Renewals that are not finished: which there are, and which of them ask for attention when somebody comes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from simtui import words
from simtui.desk import Desk
from simtui.domain import walkthrough
from simtui.domain.calendar import Day
from simtui.domain.procedure import StepKind
from simtui.domain.renewal import Renewal, RenewalState
from simtui.errors import NotFound
from simtui.holding import HeldRenewal, Holding
from simtui.i18n import _
from simtui.procedures import procedures
from simtui.renewals import Renewals
from simtui.walk.facts import NO_OFFER


class Pending(NamedTuple):
    """An open renewal in words; `number` is the line's, whose name may have to be masked, None for a first purchase.

    `wants` tells whether it is to be spoken of at the start: a draft in which something was answered, one put off to a
    day that has come, a payment that nobody saw take effect for too long.
    """

    id: int
    name: str
    number: str | None
    step: str
    at: int
    of: int
    state: RenewalState
    since: str
    overdue: bool
    wants: bool
    others: int = 0

    @property
    def told(self) -> str:
        """Where it is, in a few words."""
        place = _("step {at} of {of} ({step})").format(at=self.at, of=self.of, step=self.step)
        if self.overdue:
            return words.joined(place, _("paid, overdue: ask support"))
        if self.state is RenewalState.PAID:
            return words.joined(place, _("paid, not verified"))
        return words.joined(place, _("put off")) if self.state is RenewalState.FAILED else place


def pending(desk: Desk, holdings: Sequence[Holding]) -> list[Pending]:
    """Return all open renewals of some lines, and the first purchases, the newest first; several in one go count once."""
    found: list[Pending] = []
    batches: dict[str, int] = {}
    for holding in holdings:
        for held in holding.renewals:
            if not held.renewal.is_open:
                continue
            if held.renewal.batch is not None:
                batches[held.renewal.batch] = batches.get(held.renewal.batch, 0) + 1
                if batches[held.renewal.batch] > 1:
                    continue
            found += _told(desk, held, holding)
    for held in Renewals(desk).purchases():
        found += _told(desk, held, None) if held.renewal.is_open else []
    batch_of = {held.id: held.renewal.batch for holding in holdings for held in holding.renewals}
    counted = [each._replace(others=batches.get(batch_of.get(each.id) or "", 1) - 1) for each in found]
    return sorted(counted, key=lambda each: -each.id)


def _told(desk: Desk, held: HeldRenewal, holding: Holding | None) -> list[Pending]:
    renewal = held.renewal
    try:
        procedure = procedures().get(renewal.procedure)
    except NotFound:
        return []
    offer = holding.offer if holding is not None else desk.offer(renewal.offer or NO_OFFER)
    place = walkthrough.place(procedure, renewal)
    today = holding.today if holding is not None else desk.today_in(offer.zone)
    waiting = walkthrough.follow_up(renewal, offer, desk.now(), None if holding is None else holding.line.zone)
    overdue = waiting is not None and waiting.overdue
    return [
        Pending(
            id=held.id,
            name=renewal.answers.get("label") or _("a new line") if holding is None else holding.line.name,
            number=None if holding is None else holding.line.number,
            step=words.text(place.step.title),
            at=place.number,
            of=place.of,
            state=renewal.state,
            since="" if renewal.started_on is None else renewal.started_on.format_iso(),
            overdue=overdue,
            wants=_wants(renewal, today, place.step.kind, overdue=overdue),
        )
    ]


def _wants(renewal: Renewal, today: Day, kind: StepKind, *, overdue: bool) -> bool:
    match renewal.state:
        case RenewalState.PAID:
            # A first purchase waits for its code, not for a check.
            return overdue or renewal.line is None
        case RenewalState.FAILED:
            return renewal.resume_on is not None and renewal.resume_on <= today
        case _:
            return not walkthrough.is_untouched(renewal) or kind not in (StepKind.LINE, StepKind.STATUS, StepKind.READY)


def resuming(one: Pending, name: str, *, short: bool = False) -> str:
    """Return the sentence that brings a person back to where they were; `name` is the line's, masked or not."""
    if one.others:
        name = _("{name} and {n} more").format(name=name, n=one.others)
    if short:
        return _("Enter goes on: {name}, {step}").format(name=name, step=one.step)
    if one.overdue:
        told = _("{name}: paid, not seen to work. Enter continues.")
        return told.format(name=name)
    told = _("You were at step {at} ({step}) for {name}. Enter continues.")
    return told.format(at=one.at, step=one.step, name=name)
