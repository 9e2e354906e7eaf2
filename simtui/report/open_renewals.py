"""Open renewals in words and as JSON: where each stands, what it waits for, and whom to ask when that takes too long."""

from __future__ import annotations

from typing import Any, NamedTuple

from whenever import Instant

from simtui import numbers, words
from simtui.desk import Desk
from simtui.domain import walkthrough
from simtui.domain.calendar import Day
from simtui.domain.offer import Offer
from simtui.domain.procedure import Procedure
from simtui.domain.renewal import Renewal, RenewalState
from simtui.domain.walkthrough import FollowUp, Place
from simtui.holding import Holding
from simtui.i18n import _
from simtui.renewals import Renewals, latest_open
from simtui.text import shown

NO_OFFER = "none"


class OpenRenewal(NamedTuple):
    """A renewal that can be gone on with; `holding` is its line, None for a first purchase. `today` is the line's."""

    id: int
    renewal: Renewal
    holding: Holding | None
    offer: Offer
    today: Day
    place: Place | None
    waiting: FollowUp | None

    @property
    def is_overdue(self) -> bool:
        """Whether it was paid so long ago that it is a case for support."""
        return self.waiting is not None and self.waiting.overdue

    def name(self, *, private: bool) -> str:
        """Return what it is about: the line's name, or that of the line it will be."""
        if self.holding is None:
            return self.renewal.answers.get("label") or _("a new line")
        return numbers.name_of(self.holding.line.label, self.holding.line.number, private=private)

    @property
    def command(self) -> str:
        """What to type to go on with it."""
        return "simtui renew --buy" if self.holding is None else f"simtui renew {self.holding.id}"


def open_renewal(holding: Holding, now: Instant) -> OpenRenewal | None:
    """Return the line's renewal that can be gone on with, None where there is none."""
    held = latest_open(holding)
    if held is None:
        return None
    waiting = walkthrough.follow_up(held.renewal, holding.offer, now, holding.line.zone)
    place = _place(held.renewal)
    return OpenRenewal(held.id, held.renewal, holding, holding.offer, holding.today, place, waiting)


def open_purchases(desk: Desk) -> list[OpenRenewal]:
    """Return the first purchases that can be gone on with, oldest first."""
    found = []
    for held in Renewals(desk).purchases():
        if held.renewal.is_open:
            offer = desk.offer(held.renewal.offer or NO_OFFER)
            waiting = walkthrough.follow_up(held.renewal, offer, desk.now())
            today = desk.today_in(offer.zone)
            found.append(OpenRenewal(held.id, held.renewal, None, offer, today, _place(held.renewal), waiting))
    return found


def stuck_purchases(desk: Desk) -> list[OpenRenewal]:
    """Return the first purchases whose code has not come for too long, and those put off to a day that has come."""
    return [each for each in open_purchases(desk) if each.is_overdue or asks_today(each.renewal, each.today)]


def asks_today(renewal: Renewal, today: Day) -> bool:
    """Tell whether a payment that failed was put off to a day that has come."""
    put_off = renewal.is_open and renewal.state is not RenewalState.PAID and renewal.resume_on is not None
    return put_off and renewal.resume_on is not None and renewal.resume_on <= today


def place_words(found: OpenRenewal) -> str:
    """Return where it is: `step 6 of 8 (Pay)`."""
    if found.place is None:
        return words.word(found.renewal.state)
    step = words.text(found.place.step.title)
    return _("step {at} of {of} ({step})").format(at=found.place.number, of=found.place.of, step=step)


def place_of(holding: Holding) -> str:
    """Return where the line's open renewal is; empty where there is none."""
    held = latest_open(holding)
    if held is None:
        return ""
    return place_words(
        OpenRenewal(held.id, held.renewal, holding, holding.offer, holding.today, _place(held.renewal), None)
    )


def due_words(holding: Holding, now: Instant) -> str:
    """Return what a renewal asks for today: one that waits for too long, or was put off until now; empty for others."""
    found = open_renewal(holding, now)
    if found is None or not (found.is_overdue or asks_today(found.renewal, found.today)):
        return ""
    return what_it_waits_for(found)


def due_purchase(found: OpenRenewal, *, private: bool) -> tuple[str, str, str, str]:
    """Return the row of a first purchase in what is due."""
    phase = _("paid?") if found.waiting is not None else words.word(found.renewal.state)
    return phase, "-", found.name(private=private), words.joined(_("first purchase"), what_it_waits_for(found))


def what_it_waits_for(found: OpenRenewal) -> str:
    """Return what is to be done about it, in one sentence."""
    resume_on, paid = found.renewal.resume_on, _paid_on(found)
    go_on = _("{command} goes on").format(command=found.command)
    if found.is_overdue and paid is not None:
        return _("paid {day}, not seen to work: contact support: {ways}").format(day=paid, ways=support_words(found))
    if found.renewal.branch is not None:
        return _("payment failed, how it goes on is open: {go_on}").format(go_on=go_on)
    if found.waiting is not None and found.holding is None:
        return _("paid {day}, its code has not come yet: {go_on}").format(day=paid, go_on=go_on)
    if found.waiting is not None:
        return _("paid, not verified: look whether it has taken effect")
    if resume_on is not None:
        return _("payment failed, put off until {day}: {go_on}").format(day=resume_on, go_on=go_on)
    return go_on


def support_words(found: OpenRenewal) -> str:
    """Return how the operator's support is reached, with the hours and the order number; what is unknown says so."""
    support, proof = found.offer.channels.support, found.renewal.proof
    order = None if proof is None else proof.order_number
    ways = []
    if support is not None:
        abroad = None if support.from_abroad is None else _("from abroad {number}").format(number=support.from_abroad)
        ways = [each for each in (support.phone, abroad, words.text(support.hours), support.mail, support.url) if each]
    reached = words.listed(ways) or _("how to reach it is not known")
    ordered = _("no order number") if order is None else _("order number {number}").format(number=order)
    return words.listed((reached, ordered))


def renewal_lines(found: OpenRenewal) -> list[str]:
    """Return the open renewal of a line for a page about it."""
    began = found.renewal.started_on
    since = "" if began is None else _("begun {day}").format(day=began)
    lines = [words.joined(place_words(found), since), what_it_waits_for(found)]
    if found.waiting is not None:
        lines.append(_("{command} goes on").format(command=found.command))
    return [shown(line) for line in dict.fromkeys(lines)]


def renewal_data(found: OpenRenewal | None) -> dict[str, Any] | None:
    """Return the open renewal as plain JSON values (docs/json.md), None without one."""
    if found is None:
        return None
    renewal, place, waiting = found.renewal, found.place, found.waiting
    return {
        "id": found.id,
        "procedure": renewal.procedure,
        "state": renewal.state.value,
        "step": None if place is None else place.step.kind.value,
        "step_name": None if place is None else words.text(place.step.title),
        "step_number": None if place is None else place.number,
        "steps": None if place is None else place.of,
        "started_on": None if renewal.started_on is None else renewal.started_on.format_iso(),
        "amount": None if renewal.amount is None else format(renewal.amount, "f"),
        "currency": renewal.currency,
        "method": None if renewal.method is None else renewal.method.value,
        "proof": None if renewal.proof is None else renewal.proof.model_dump(mode="json"),
        "paid_at": None if waiting is None else waiting.paid_at.format_iso(),
        "support_from": None if waiting is None else waiting.support_at.format_iso(),
        "overdue": found.is_overdue,
        "resume_on": None if renewal.resume_on is None else renewal.resume_on.format_iso(),
        "words": words.joined(place_words(found), what_it_waits_for(found)),
    }


def purchase_data(found: OpenRenewal) -> dict[str, Any]:
    """Return a first purchase as plain JSON values: what it is called, its offer, and the renewal."""
    return {"name": found.renewal.answers.get("label"), "offer": found.renewal.offer, "renewal": renewal_data(found)}


def _paid_on(found: OpenRenewal) -> Day | None:
    """Return the day of the payment where the line is."""
    if found.waiting is None:
        return None
    zone = found.offer.zone if found.holding is None else found.holding.line.zone or found.offer.zone
    return walkthrough.paid_day(found.renewal, zone)


def _place(renewal: Renewal) -> Place | None:
    procedure = _procedure(renewal)
    return None if procedure is None else walkthrough.place(procedure, renewal)


def _procedure(renewal: Renewal) -> Procedure | None:
    """Return its procedure, None where this version does not know it."""
    from simtui.procedures import procedures

    return next((each for each in procedures().all if each.id == renewal.procedure), None)
