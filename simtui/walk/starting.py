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
    found = _found(holding, known)
    return tuple(dict.fromkeys([*_taken(holding, found), *_usual(holding, found)]))


def was_taken_before(holding: Holding, known: Procedures) -> bool:
    """Tell whether one of the ways that fit a line was taken in a renewal that is over."""
    return bool(_taken(holding, _found(holding, known)))


def suggested(holding: Holding, known: Procedures) -> Procedure:
    """Return the procedure to begin with."""
    return known.get(fitting(holding, known)[0])


def _found(holding: Holding, known: Procedures) -> list[Procedure]:
    kinds = [holding.offer.kind]
    if holding.line.sim is SimForm.ESIM and holding.offer.kind is OfferKind.KEEP_NUMBER:
        kinds.append(OfferKind.ESIM)
    return [each for kind in kinds for each in known.fitting(kind) if not each.makes_line]


def _taken(holding: Holding, found: list[Procedure]) -> list[str]:
    """Return the ids of the ways that a line went, newest first; in a renewal that is open another may still be chosen."""
    over = sorted((held for held in holding.renewals if not held.renewal.is_open), key=lambda held: -held.id)
    fit = {each.id for each in found}
    return [held.renewal.procedure for held in over if held.renewal.procedure in fit]


def _usual(holding: Holding, found: list[Procedure]) -> list[str]:
    """Return ids as they suit the offer: where amounts are sold and no plans keep the number, by recharge."""
    offer = holding.offer
    by_amount = bool(offer.top_ups) or not offer.plans
    recharge = offer.country != "MC" and by_amount
    return [each.id for each in sorted(found, key=lambda each: each.id.startswith("recharge") is not recharge)]
