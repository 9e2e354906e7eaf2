"""The user's own offers, plans and top-ups, built from what a form holds.

Everything here is pure and ends in records; `own_file` keeps them. What a user adds has an id that begins with `my-`
and names the source `my-own`, so that screens and sums can say "yours".
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from simtui.catalogue import Catalogue, is_own_id
from simtui.catalogue.formats import OWN_PREFIX
from simtui.domain.act import USES, ActKind
from simtui.domain.calendar import Day, Period
from simtui.domain.offer import Offer, OfferKind, Plan, Source, SourceCertainty, TopUp
from simtui.domain.record import Text
from simtui.domain.rule import (
    Anchor,
    Clock,
    FixedLength,
    Loses,
    PlanKind,
    Rule,
    RuleCertainty,
    Stacking,
    Stage,
    StageName,
    Start,
    Trigger,
    Undo,
    Works,
)

OWN_SOURCE = "my-own"
"""The id of the source that stands behind what the user entered."""


@dataclass(frozen=True, slots=True)
class OfferForm:
    """What a person says about an offer of their own."""

    carrier: str
    name: str
    country: str
    zone: str
    currency: str
    kind: OfferKind = OfferKind.KEEP_NUMBER
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class PlanForm:
    """What a person says about a plan of their own; what they leave out is unknown."""

    name: str
    kind: PlanKind
    price: Decimal | None = None
    validity: Period | None = None
    data_mb: int | None = None
    minutes: int | None = None
    sms: int | None = None


def keeping_rule(
    lasts: Period, acts: Sequence[ActKind], *, then: Period | Literal["none", "unknown"] = "unknown"
) -> Rule:
    """Return the rule "the number lasts `lasts` after any of `acts`", marked as a guess.

    `then` is what follows: a period in which the line only receives, nothing (lost the next day), or nobody knows.
    """
    clock = Clock(
        id="number",
        name=Text(en="Line validity", zh="号码有效期"),
        loses=Loses.NUMBER,
        starts=(Start(on=Anchor.ACTIVATION),),
        restarts_on=(Trigger(acts=tuple(acts)),),
        length=FixedLength(period=lasts),
        stacking=Stacking.RESTART,
        after=(_receiving(then, acts),) if isinstance(then, Period) else then,
        certainty=RuleCertainty.GUESS,
        source=OWN_SOURCE,
    )
    return Rule(clocks=(clock,), stated=clock.id)


def new_offer(form: OfferForm, taken: Container[str], today: Day) -> Offer:
    """Return the offer that a form describes, with an id that is not `taken` (`Catalogue.ids`)."""
    return Offer(
        id=own_id(form.name, taken),
        kind=form.kind,
        name=Text.plain(form.name),
        country=form.country,
        zone=form.zone,
        currency=form.currency,
        rules=(form.rule,) if form.rule is not None else (),
        sources=(own_source(today),),
    )


def new_plan(offer: Offer, form: PlanForm) -> Plan:
    """Return the plan that a form describes, with an id that is free in the offer."""
    return Plan(
        id=own_id(form.name, {plan.id for plan in offer.plans}),
        name=Text.plain(form.name),
        kind=form.kind,
        price=form.price,
        validity=form.validity,
        data_mb=form.data_mb,
        minutes=form.minutes,
        sms=form.sms,
        source=OWN_SOURCE,
    )


def new_top_up(amount: Decimal, validity: Period | None = None) -> TopUp:
    """Return a top-up amount of the user's own."""
    return TopUp(amount=amount, validity=validity, source=OWN_SOURCE)


def is_yours(item: Plan | TopUp) -> bool:
    """Tell whether the user entered the plan or top-up, to be shown as "yours"."""
    return item.source == OWN_SOURCE or (isinstance(item, Plan) and is_own_id(item.id))


def own_source(today: Day) -> Source:
    """Return the source that stands behind what the user entered today."""
    words = Text(en="Entered by you", zh="由你填写")
    return Source(id=OWN_SOURCE, what=words, as_of=today.format_iso(), certainty=SourceCertainty.THIRD_PARTY)


def own_id(name: str, taken: Container[str]) -> str:
    """Return an id for something of that name: `my-` and its Latin letters, numbered if taken."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = "".join(char if char.isalnum() else " " for char in ascii_name).split()
    stem = OWN_PREFIX + ("-".join(words)[:40].strip("-") or "offer")
    candidate, number = stem, 2
    while candidate in taken or candidate == OWN_SOURCE:
        candidate, number = f"{stem}-{number}", number + 1
    return candidate


def usual_place(catalogue: Catalogue, country: str) -> tuple[str, str] | None:
    """Return the time zone and currency that most known offers of a country have, to fill in a form."""
    summaries = (catalogue.summary(offer_id) for offer_id in catalogue.ids)
    pairs = Counter(
        (found.zone, found.currency) for found in summaries if found is not None and found.country == country
    )
    return pairs.most_common(1)[0][0] if pairs else None


def _receiving(period: Period, acts: Sequence[ActKind]) -> Stage:
    undoing = {
        Undo.TOP_UP: ActKind.TOP_UP in acts,
        Undo.PLAN_PURCHASE: ActKind.PLAN_PURCHASE in acts,
        Undo.PAYMENT: ActKind.PAYMENT in acts,
        Undo.USE: bool(USES.intersection(acts)),
    }
    return Stage(
        name=StageName.RECEIVE_ONLY,
        length=FixedLength(period=period),
        works=(Works.CALLS_IN, Works.SMS_IN),
        undo=tuple(way for way, helps in undoing.items() if helps),
    )
