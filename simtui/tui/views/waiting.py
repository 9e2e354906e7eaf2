"""How long a payment waits for its effect, in words."""

from __future__ import annotations

from whenever import Instant

from simtui.domain.walkthrough import FollowUp
from simtui.i18n import _

_DAY = 24
_TWO_DAYS = 48


def waits(waiting: FollowUp, now: Instant) -> str:
    """Return that a payment is not verified, and since when: minutes, hours, from two days on days, or just its day."""
    if waiting.on is not None:
        return _("paid on {day}, not verified").format(day=waiting.on.format_iso())
    minutes = max(0, int((now - waiting.paid_at).total("minutes")))
    hours = minutes // 60
    if not hours:
        return _("paid, not verified: {n} min ago").format(n=minutes)
    if hours < _TWO_DAYS:
        return _("paid, not verified: {n} h ago").format(n=hours)
    return _("paid, not verified: {n} d ago").format(n=hours // _DAY)
