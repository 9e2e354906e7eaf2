"""The acts that are left out of a standing, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day
from simtui.domain.case import buys_plan, is_before
from simtui.domain.counting import takes_plan_bought_before
from simtui.domain.offer import Offer
from simtui.domain.reckoning import Reckoning, Remark, RemarkKind
from simtui.domain.terms import Terms

_KEEPING = frozenset({ActKind.TOP_UP, ActKind.PLAN_PURCHASE, ActKind.PAYMENT, ActKind.HOLD, ActKind.IDENTIFICATION})
_MOST_REMARKS = 10


def usable_acts(
    acts: Sequence[Act], offer: Offer, activated: Day | None, today: Day
) -> tuple[Sequence[Act], list[Remark]]:
    """Keep the acts, which are in order, from the activation to today; name the others.

    Papers shown at the purchase count as well, and so do plans that were bought to begin later.
    """
    usable: list[Act] = []
    remarks: list[Remark] = []
    if acts and acts[-1].day <= today and (activated is None or activated <= acts[0].day):
        return acts, remarks
    for act in acts:
        if act.day > today:
            remarks.append(Remark(RemarkKind.FUTURE, act))
        elif is_before(act, activated) and not (buys_plan(act) and _plans_wait(offer)):
            remarks.append(Remark(RemarkKind.BEFORE_ACTIVATION, act))
        else:
            usable.append(act)
    return usable, remarks


def _plans_wait(offer: Offer) -> bool:
    """Tell whether a plan of the offer can be bought to begin later."""
    return any(takes_plan_bought_before(clock) for rule in offer.rules for clock in rule.clocks)


def homeless(acts: Sequence[Act], terms: Terms, clocks: Sequence[Reckoning]) -> list[Remark]:
    """Name the statements on clocks that the rule does not have, such as those of an offer held before."""
    statements = [act for act in acts if act.kind is ActKind.STATEMENT and act.clock is not None]
    return [
        Remark(RemarkKind.EXCLUDED, act)
        for act in statements
        if not any(terms.speaks_of(act, clock.clock) for clock in clocks)
    ]


def all_remarks(
    of_all: Sequence[Remark], clocks: Sequence[Reckoning], acts: Sequence[Act], final_day: Day | None
) -> Iterable[Remark]:
    """Return what was left out of all clocks, or of one, or came after the loss; several can leave out one act for one reason."""
    remarks = [*of_all, *(remark for clock in clocks for remark in clock.remarks), *_after_the_loss(acts, final_day)]
    return [*{(id(remark.act), remark.kind): remark for remark in reversed(remarks)}.values()][::-1]


def _after_the_loss(acts: Sequence[Act], final_day: Day | None) -> list[Remark]:
    """Name what was done to keep a line that was lost by then, whatever clock it was for.

    Of what came before the operator's last word nothing more is to be asked.
    """
    done: list[Remark] = []
    for act in reversed(acts):
        if final_day is None or act.day <= final_day or act.kind is ActKind.STATEMENT or len(done) == _MOST_REMARKS:
            break
        if act.kind in _KEEPING:
            done.append(Remark(RemarkKind.TOO_LATE, act))
    return done[::-1]
