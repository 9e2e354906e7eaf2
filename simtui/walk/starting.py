"""Which way to renew a line: those that fit, the one taken last time first."""

from __future__ import annotations

from simtui.domain.line import SimForm
from simtui.domain.offer import OfferKind
from simtui.domain.procedure import Procedure
from simtui.holding import Holding
from simtui.procedures import Procedures


def fitting(holding: Holding | None, known: Procedures) -> tuple[str, ...]:
    """Return the ids of the procedures that fit a line, best first; none for a first purchase, which has its own."""
    if holding is None:
        return ()
    kinds = [holding.offer.kind]
    if holding.line.sim is SimForm.ESIM and holding.offer.kind is OfferKind.KEEP_NUMBER:
        kinds.append(OfferKind.ESIM)
    found = [each for kind in kinds for each in known.fitting(kind) if not each.makes_line]
    used = [held.renewal.procedure for held in sorted(holding.renewals, key=lambda held: -held.id)]
    order = dict.fromkeys([*(name for name in used if any(each.id == name for each in found)), *_usual(holding, found)])
    return tuple(order)


def suggested(holding: Holding, known: Procedures) -> Procedure:
    """Return the procedure to begin with."""
    return known.get(fitting(holding, known)[0])


def _usual(holding: Holding, found: list[Procedure]) -> list[str]:
    """Return ids as they suit the offer: where amounts are sold and no plans keep the number, by recharge."""
    offer = holding.offer
    by_amount = bool(offer.top_ups) or not offer.plans
    recharge = offer.country != "MC" and by_amount
    return [each.id for each in sorted(found, key=lambda each: each.id.startswith("recharge") is not recharge)]
