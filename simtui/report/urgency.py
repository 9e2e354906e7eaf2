"""Which lines need an act, and in which order they are told."""

from __future__ import annotations

from collections.abc import Iterable

from simtui import words
from simtui.domain.standing import Phase
from simtui.holding import Holding
from simtui.i18n import _
from simtui.memory import without_collector
from simtui.outlook import URGENCY

_LOUD = (Phase.RESCUE, Phase.DUE, Phase.UNKNOWN)
_CALM = (Phase.SOON, Phase.SAFE)


def needs_act(holding: Holding) -> bool:
    """Tell whether a line needs somebody to do something: save it, renew it, find out its date, verify a payment.

    A line of unknown date counts: that nobody knows when it dies is no reason to keep silent. So does, for a while, one
    that was lost by a guessed date, one whose renewal was put off until today, and one that renews itself where somebody
    has to look after that. Lines that the user has archived or is letting go never do, nor those that are snoozed today.
    """
    return holding.raises_alarms and (is_pressing(holding) or holding.reminder is not None)


def is_pressing(holding: Holding) -> bool:
    """Tell whether the standing itself, or a payment, asks for something: not only that a line renews itself."""
    found = holding.standing
    waits = any(
        held.renewal.is_open and held.renewal.resume_on is not None and held.renewal.resume_on <= holding.today
        for held in holding.renewals
    )
    return found.phase in _LOUD or found.may_be_lost or holding.paid_not_verified is not None or waits


def by_urgency(holdings: Iterable[Holding]) -> list[Holding]:
    """Return the lines, most urgent first, those without alarms last; this is where all of them get their standings."""
    with without_collector():
        return sorted(holdings, key=_urgency)


def phase_word(holding: Holding) -> str:
    """Return the phase as a word; `paid?` where nobody has seen a payment take effect yet."""
    return _("paid?") if _is_to_verify(holding) else words.word(holding.standing.phase)


def _is_to_verify(holding: Holding) -> bool:
    return holding.paid_not_verified is not None and holding.standing.phase in _CALM


def _urgency(holding: Holding) -> tuple[bool, int, int, str, int]:
    standing = holding.standing
    phase = "paid" if _is_to_verify(holding) else standing.phase.value
    left = 10**6 if standing.days_left is None else standing.days_left
    return not holding.raises_alarms, URGENCY.index(phase), left, holding.line.name, holding.id
