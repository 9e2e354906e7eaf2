"""Short ways to say what the tests of the engine say most."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day
from simtui.domain.line import Line
from simtui.domain.offer import Offer
from simtui.domain.reckoning import Reckoning
from simtui.domain.standing import Standing, standing
from tests.domain.operators import operators

SOURCES = [
    {"id": "official", "what": {"en": "operator"}, "certainty": "official"},
    {"id": "third-party", "what": {"en": "somebody else"}, "certainty": "third_party"},
    {"id": "old", "what": {"en": "old page"}, "certainty": "old"},
]


def act(day: str, kind: str, amount: str | int | None = None, **fields: Any) -> Act:
    """Return an act; an amount is in euro where no `currency` says otherwise, `credit` is a balance read with it."""
    currency = fields.pop("currency", "EUR")
    if "credit" in fields:
        fields["balances"] = {"credit": str(fields.pop("credit")), "currency": currency}
    if amount is not None:
        fields |= {"amount": Decimal(amount), "currency": currency}
    return Act(**{"line": 1, "day": day, "kind": ActKind(kind), **fields})


def clock(clock_id: str = "line", *, length: str | dict[str, Any] = "P6M", on: Any = ("top_up",), **more: Any) -> Any:
    """Return a clock as a file would hold it; a text as `length` is a fixed period."""
    fixed = {"by": "fixed", "period": length} if isinstance(length, str) else length
    restarts = on if isinstance(on, list) else [{"acts": list(on)}] if on else []
    base = {"id": clock_id, "name": {"en": clock_id}, "loses": "number", "after": "none", "source": "official"}
    return {**base, "length": fixed, "restarts_on": restarts, **more}


def fee(**more: Any) -> Any:
    """Return a fee of EUR 3 every 30 days as a file would hold it, other fields as given."""
    base = {"id": "fee", "name": {"en": "fee"}, "amount": "3", "after": "none", "source": "official"}
    return {**base, **({} if "on_day" in more or "every" in more else {"every": "P30D"}), **more}


def stage(name: str, period: str | None, *undo: str, **more: Any) -> Any:
    """Return a stage as a file would hold it; without a period its length is unknown."""
    length = {"by": "unknown"} if period is None else {"by": "fixed", "period": period}
    return {"name": name, "length": length, "undo": list(undo), **more}


def offer(*rules: dict[str, Any], **more: Any) -> Offer:
    """Return a French keep-number card with these versions of its rule."""
    base = {"id": "offer", "kind": "keep_number", "name": {"en": "offer"}, "country": "FR", "zone": "Europe/Paris"}
    return Offer.model_validate({**base, "currency": "EUR", "rules": rules, "sources": SOURCES, **more})


def one_clock(**fields: Any) -> Offer:
    """Return an offer with one clock; `plans` and `kind` are the offer's."""
    of_offer = {name: fields.pop(name) for name in ("plans", "kind", "top_ups") if name in fields}
    return offer({"clocks": [clock(**fields)]}, **of_offer)


def line(**fields: Any) -> Line:
    """Return a line with a label."""
    return Line(**{"label": "a line", "offer": "offer", **fields})


def look(of: Offer | str, acts: list[Act], today: str, lead: dict[str, int] | None = None, **fields: Any) -> Standing:
    """Return the standing of a line on `of`, an offer or the id of an operator; other fields are the line's."""
    held = operators()[of] if isinstance(of, str) else of
    return standing(line(**fields), acts, held, Day.parse_iso(today), lead)


def end(of: Offer | str, acts: list[Act], today: str, **fields: Any) -> str | None:
    """Return the end of the rule's first clock or fee as text."""
    found = only(look(of, acts, today, **fields)).ends_on
    return None if found is None else found.format_iso()


def only(found: Standing, clock_id: str | None = None) -> Reckoning:
    """Return the first clock, or the one of that id."""
    return next(part for part in found.clocks if clock_id in (None, part.clock))
