"""What a new length does with the time that is left: restart, extend, keep the later, or nobody knows."""

from __future__ import annotations

from simtui.domain.calendar import Day, Period, after
from simtui.domain.rule import Stacking

Stretch = tuple[Day, Period | None, Day]
"""What an act or a start gives a clock: the day it counts from, a period, and its end; without a period that was told."""

Stacked = tuple[Day, Day | None, bool, bool]
"""The end that came out, and how: by extending to what end, before any cap; whether it hangs on the end before; and
whether nobody knows how the two combine and it makes a difference, so that the earliest way was taken.
"""


def extending(left: Day, stretch: Stretch) -> Day:
    """Return what the stretch makes of an end that is `left`.

    Where it begins after that end, nothing is left to extend; where its end was told, that stands.
    """
    base, period, until = stretch
    if period is None or left < base:
        return max(left, until)
    return after(left, period)


def stack(stacking: Stacking | None, until: Day, left: Day | None, extended: Day | None, limit: Day | None) -> Stacked:
    """Combine a stretch that ends on `until` with the end that was `left`; `extended` is what extending that comes to.

    `limit` is the day of the cap; a cap never takes away what was there already.
    """
    fresh = until if limit is None else min(until, limit)
    if left is None or extended is None or stacking is Stacking.RESTART:
        return fresh, None, False, False
    later = max(left, fresh)
    if stacking is Stacking.KEEP_LATER:
        return later, None, later != fresh, False
    longer = max(left, extended if limit is None else min(extended, limit))
    if stacking is Stacking.EXTEND:
        return longer, extended, longer != fresh, False
    if longer < fresh:
        # The period that was only assumed to be paid may be the one that this act has paid.
        return longer, extended, True, True
    return fresh, None, False, not fresh == longer == later
