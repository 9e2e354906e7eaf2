"""What the facts of a step are told of."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from whenever import Instant

from simtui.domain.calendar import Day
from simtui.domain.offer import Channels, Offer
from simtui.domain.record import Text
from simtui.domain.renewal import Renewal
from simtui.domain.walkthrough import FollowUp
from simtui.holding import Holding


class Known(NamedTuple):
    """What facts are told of.

    `carrier` is the operator's name in the current language, `maker` in all. `own` is what the user has entered of the
    offer's channels, which the user may change. `home_zone` is the zone of times that are shown, None for this machine's;
    `find` gives another line by its id. What nobody knows of an offer can be entered only where it is `in_catalogue`. In
    a walk over several lines `called` is what this one is called beside the `others`.
    """

    offer: Offer
    carrier: str
    maker: Text | None
    holding: Holding | None
    renewal: Renewal
    today: Day
    follow_up: FollowUp | None
    now: Instant
    home_zone: str | None
    own: Channels | None
    find: Callable[[int], Holding | None]
    in_catalogue: bool
    called: str = ""
    others: tuple[Known, ...] = ()
