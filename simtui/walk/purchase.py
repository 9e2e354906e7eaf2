"""The end of a first purchase: what was bought and filled in becomes a line with its first acts."""

from __future__ import annotations

from whenever import Instant

from simtui import numbers
from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day
from simtui.domain.line import Line, SimForm
from simtui.domain.offer import Offer
from simtui.domain.procedure import StepKind
from simtui.domain.renewal import Renewal
from simtui.domain.walkthrough import value
from simtui.walk.outcome_acts import acts_of

LABEL, NUMBER, DEVICE = "label", "number", "device"
SEEN_IN_USE = "seen-network"
"""The item that says that a page was opened over the eSIM: that is its first use, from which many plans count."""


def new_line(renewal: Renewal, offer: Offer, today: Day) -> tuple[Line, list[Act]]:
    """Return the line that a purchase has made, active from today, and its acts: paid, activated, perhaps used, read."""
    number = value(renewal, NUMBER)
    line = Line(
        number=numbers.to_e164(number, offer.country) if number else None,
        label=value(renewal, LABEL) or None,
        offer=offer.id,
        device=value(renewal, DEVICE) or None,
        sim=SimForm.ESIM,
        activated_on=today,
    )
    paid_on = today if renewal.paid_at is None else Instant.parse_iso(renewal.paid_at).to_tz(offer.zone).date()
    paid = acts_of(StepKind.PAY, renewal, 1, offer, paid_on)
    activated = Act(line=1, kind=ActKind.ACTIVATION, day=today)
    used = [Act(line=1, kind=ActKind.DATA, day=today)] if SEEN_IN_USE in renewal.ticked else []
    return line, [*paid, activated, *used, *acts_of(StepKind.VERIFY, renewal, 1, offer, today)]
