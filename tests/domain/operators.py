"""One real operator for every shape of rule, with the figures that its sources give.

Written by hand and apart from carriers.json: a wrong entry there must not make these tests pass. What a source does not
say (how top-ups stack, how long a grace lasts) is left out here too.
"""

from __future__ import annotations

from typing import Any

from simtui.domain.offer import Offer

_SOURCES = [
    {"id": "official", "what": {"en": "operator"}, "certainty": "official"},
    {"id": "third-party", "what": {"en": "somebody else"}, "certainty": "third_party"},
    {"id": "old", "what": {"en": "old page"}, "certainty": "old"},
]
_USE = ["call_out", "sms_out", "data"]
_KNOWN_TOP_UPS = [{"amount": 10}]


def _fixed(period: str) -> dict[str, Any]:
    return {"by": "fixed", "period": period}


def _tiers(by: str, *rows: tuple[str, str | None]) -> dict[str, Any]:
    """Return a table: `10` is exactly 10, `10-20` is from 10 to below 20, `10+` is 10 and more."""
    tiers: list[dict[str, Any]] = []
    for amount, period in rows:
        low, dash, high = amount.partition("-")
        row: dict[str, Any] = {"period": period}
        if amount.endswith("+"):
            row["from"] = amount[:-1]
        elif dash:
            row |= {"from": low, "below": high}
        else:
            row["at"] = amount
        tiers.append(row)
    return {"by": by, "tiers": tiers}


def _stage(name: str, period: str | dict[str, Any] | None, *undo: str, **more: Any) -> dict[str, Any]:
    length = {"by": "unknown"} if period is None else _fixed(period) if isinstance(period, str) else period
    return {"name": name, "length": length, "undo": list(undo), **more}


def _countdown(countdown_id: str, loses: str, **fields: Any) -> dict[str, Any]:
    return {"id": countdown_id, "name": {"en": countdown_id}, "loses": loses, **fields}


def _on(*acts: str, **conditions: Any) -> dict[str, Any]:
    return {"acts": list(acts), **conditions}


def _offer(offer_id: str, currency: str, rule: dict[str, Any], **fields: Any) -> dict[str, Any]:
    base = {"id": offer_id, "kind": "keep_number", "name": {"en": offer_id}, "country": "FR", "zone": "Europe/Paris"}
    return {**base, "currency": currency, "rules": [rule], "sources": _SOURCES, **fields}


_ALL = [
    # Credit by amount, then six months in which the line only receives. Leaflet of about 2010.
    _offer(
        "sfr-la-carte",
        "EUR",
        {
            "clocks": [
                _countdown(
                    "credit",
                    "service",
                    length=_tiers(
                        "amount",
                        ("5", "P7D"),
                        ("10", "P15D"),
                        ("15", "P30D"),
                        ("25", "P60D"),
                        ("35", "P90D"),
                        ("65", "P120D"),
                        ("95", "P150D"),
                    ),
                    restarts_on=[_on("top_up")],
                    after=[_stage("receive_only", "P6M", "top_up", works=["calls_in"])],
                    source="old",
                )
            ]
        },
    ),
    # The same shape, but how long credit lasts was not found: only the operator's own date helps.
    _offer(
        "monaco-telecom",
        "EUR",
        {
            "clocks": [
                _countdown(
                    "credit",
                    "service",
                    length={"by": "unknown"},
                    restarts_on=[_on("top_up")],
                    after=[_stage("receive_only", "P6M", "top_up", works=["calls_in", "sms_in"], source="old")],
                    source="old",
                )
            ]
        },
    ),
    # The line's validity by amount, apart from the credit; identity papers in two stages of 30 days.
    _offer(
        "mobicarte",
        "EUR",
        {
            "stated": "line",
            "clocks": [
                _countdown(
                    "line",
                    "number",
                    length=_tiers("amount", ("5", "P1M"), ("10+", "P6M")),
                    restarts_on=[_on("top_up")],
                    after="none",
                    source="third-party",
                ),
                _countdown("credit", "balance", length={"by": "unknown"}, restarts_on=[_on("top_up")]),
                _countdown(
                    "papers",
                    "service",
                    registration=True,
                    starts=[{"on": "activation"}],
                    length=_fixed("P30D"),
                    restarts_on=[_on("identification")],
                    after=[_stage("suspended", "P30D", "identification")],
                    source="third-party",
                ),
            ],
        },
    ),
    # Two clocks of 90 days with different acts: the credit from a top-up, the line from its last use.
    _offer(
        "lebara-fr",
        "EUR",
        {
            "clocks": [
                _countdown(
                    "credit",
                    "balance",
                    length=_fixed("P90D"),
                    restarts_on=[_on("top_up", min_amount="5")],
                    source="third-party",
                ),
                _countdown(
                    "use", "number", length=_fixed("P90D"), restarts_on=[_on(*_USE)], after="unknown", source="old"
                ),
            ]
        },
    ),
    # One act of use or purchase in six months; emergency calls and incoming traffic do not count.
    _offer(
        "giffgaff",
        "GBP",
        {
            "clocks": [
                _countdown(
                    "use",
                    "number",
                    starts=[{"on": "activation"}],
                    length=_fixed("P6M"),
                    restarts_on=[_on(*_USE, "top_up", "plan_purchase")],
                    excludes=[
                        {"acts": ["call_out"], "marks": ["emergency"], "reason": {"en": "emergency calls"}},
                        {"acts": ["call_in", "sms_in"], "reason": {"en": "incoming traffic"}},
                    ],
                    stacking="restart",
                    after="none",
                    source="official",
                )
            ]
        },
        plans=[{"id": "goodybag", "name": {"en": "goodybag"}, "kind": "combo", "validity": "P30D"}],
    ),
    # The SIM lives 18 months from its last use, whatever the credit does.
    _offer(
        "transatel",
        "EUR",
        {
            "clocks": [
                _countdown(
                    "credit",
                    "balance",
                    length=_tiers("amount", ("25", "P3M"), ("50", "P6M"), ("100", "P1Y")),
                    restarts_on=[_on("top_up")],
                    source="third-party",
                ),
                _countdown(
                    "sim",
                    "number",
                    length=_fixed("P18M"),
                    restarts_on=[_on("data")],
                    stacking="restart",
                    after="none",
                    source="third-party",
                ),
            ]
        },
        kind="data",
    ),
    # EUR 0.90 for every month without use, until the credit is gone.
    _offer(
        "lefrenchmobile",
        "EUR",
        {
            "fees": [
                _countdown(
                    "idle",
                    "balance",
                    amount="0.90",
                    every="P1M",
                    idle_after="P1M",
                    reset_by=_USE,
                    in_advance=False,
                    after="unknown",
                    source="third-party",
                )
            ]
        },
    ),
    # USD 3 every 30 days out of the wallet, then 30 days with emergency calls only.
    _offer(
        "ultra-paygo",
        "USD",
        {
            "fees": [
                _countdown(
                    "cycle",
                    "service",
                    amount="3",
                    every="P30D",
                    after=[_stage("emergency_only", "P30D", "top_up", "payment", works=["emergency"])],
                    source="third-party",
                )
            ]
        },
        top_ups=_KNOWN_TOP_UPS,
    ),
    # A monthly subscription. After a refused debit: data, calls out, calls in, and the contract after 50 days.
    _offer(
        "free-2-eur",
        "EUR",
        {
            "clocks": [
                _countdown(
                    "month",
                    "service",
                    starts=[{"on": "activation"}],
                    length=_fixed("P1M"),
                    restarts_on=[_on("payment")],
                    stacking="extend",
                    auto_renews=True,
                    after=[
                        _stage("suspended", "P2D", "payment", works=["calls_out", "calls_in", "data"]),
                        _stage("suspended", "P8D", "payment", works=["calls_out", "calls_in"]),
                        _stage("receive_only", "P20D", "payment", works=["calls_in"]),
                        _stage("suspended", "P20D", "payment"),
                    ],
                    source="third-party",
                )
            ]
        },
    ),
    # Only a plan, which begins at its first use; what is left of its data at the end is void. There is no number.
    _offer(
        "travel-esim",
        "USD",
        {
            "clocks": [
                _countdown(
                    "plan",
                    "data",
                    length={"by": "plan"},
                    starts=[{"on": "first_use"}],
                    restarts_on=[_on("plan_purchase")],
                    stacking="extend",
                    source="third-party",
                )
            ]
        },
        kind="travel_esim",
        plans=[
            {"id": "week", "name": {"en": "1 GB"}, "kind": "data", "price": "9", "validity": "P7D"},
            {"id": "month", "name": {"en": "5 GB"}, "kind": "data", "price": "30", "validity": "P30D"},
        ],
    ),
    # A day for every ringgit, added to what is left, never more than 365 days from the top-up.
    _offer(
        "u-mobile",
        "MYR",
        {
            "clocks": [
                _countdown(
                    "line",
                    "number",
                    length={"by": "unit", "unit": "1", "period": "P1D"},
                    restarts_on=[_on("top_up")],
                    stacking="extend",
                    cap="P365D",
                    after="unknown",
                    source="old",
                )
            ]
        },
    ),
    # By the balance that the top-up leads to; ends early at a balance of nothing; 90 days' receive-only.
    _offer(
        "flow-cayman",
        "KYD",
        {
            "clocks": [
                _countdown(
                    "line",
                    "service",
                    length=_tiers(
                        "balance", ("5-10", "P90D"), ("10-20", "P120D"), ("20-50", "P180D"), ("50+", "P365D")
                    ),
                    restarts_on=[_on("top_up", min_amount="5")],
                    stacking="restart",
                    ends_early=[{"balance_at_most": "0"}],
                    after=[_stage("receive_only", "P90D", "top_up", works=["calls_in", "sms_in"])],
                    source="official",
                )
            ]
        },
        top_ups=_KNOWN_TOP_UPS,
    ),
    # The active and the receive-only time both by amount; small amounts give no grace at all.
    _offer(
        "orange-ro",
        "EUR",
        {
            "clocks": [
                _countdown(
                    "line",
                    "service",
                    length=_tiers("amount", ("1", "P15D"), ("2", "P15D"), ("3", "P15D"), ("4", "P30D")),
                    restarts_on=[_on("top_up")],
                    stacking="keep_later",
                    after=[
                        _stage(
                            "receive_only",
                            _tiers("amount", ("1", "P0D"), ("2", "P0D"), ("3", "P0D"), ("4", "P180D")),
                            "top_up",
                            works=["calls_in", "sms_in"],
                        )
                    ],
                    source="official",
                )
            ]
        },
    ),
    # Six months or until the balance is gone, whichever comes first; then 40 days, then 14 days.
    _offer(
        "movistar",
        "EUR",
        {
            "clocks": [
                _countdown(
                    "line",
                    "service",
                    length=_fixed("P6M"),
                    restarts_on=[_on("top_up")],
                    stacking="restart",
                    ends_early=[{"balance_at_most": "0"}],
                    after=[
                        _stage("receive_only", "P40D", "top_up", works=["calls_in", "sms_in"]),
                        _stage("sms_only", "P14D", "top_up", works=["sms_in"]),
                    ],
                    source="official",
                )
            ]
        },
        top_ups=_KNOWN_TOP_UPS,
    ),
    # Any pack within 365 days after the last one has ended.
    _offer(
        "club-sim",
        "HKD",
        {
            "clocks": [
                _countdown(
                    "line",
                    "number",
                    length=_fixed("P365D"),
                    restarts_on=[_on("plan_purchase", counts_from="plan_end")],
                    stacking="restart",
                    after="none",
                    source="third-party",
                )
            ]
        },
        plans=[
            {"id": "sms", "name": {"en": "SMS"}, "kind": "value_added", "price": "6", "validity": "P30D"},
            {"id": "year", "name": {"en": "year"}, "kind": "combo", "price": "98", "validity": "P365D"},
        ],
    ),
    # A top-up opens 365 days; 90 days without any act put the line to sleep for 275, and only a shop wakes it.
    _offer(
        "go-malta",
        "EUR",
        {
            "clocks": [
                _countdown(
                    "activity",
                    "service",
                    length=_fixed("P90D"),
                    restarts_on=[_on(*_USE, "top_up", "call_in")],
                    excludes=[{"acts": ["transfer"], "reason": {"en": "credit given by another customer"}}],
                    stacking="restart",
                    after=[_stage("hibernated", "P275D", "shop_visit")],
                    source="official",
                ),
                _countdown(
                    "credit",
                    "balance",
                    length=_fixed("P365D"),
                    restarts_on=[_on("top_up")],
                    stacking="restart",
                    source="official",
                ),
            ]
        },
    ),
    # 180 days from the day after the last paid topping; a purchase, or more than 660 yen of calls in 180 days.
    _offer(
        "povo",
        "JPY",
        {
            "clocks": [
                _countdown(
                    "line",
                    "service",
                    starts=[{"on": "activation"}],
                    length=_fixed("P180D"),
                    day_after=True,
                    restarts_on=[
                        _on("plan_purchase", counts_from="plan_end"),
                        _on("call_out", "sms_out", spending={"amount": "660", "within": "P180D", "strictly": True}),
                    ],
                    excludes=[
                        {"acts": ["promo"], "reason": {"en": "promotion codes"}},
                        {"acts": ["plan_purchase"], "marks": ["free"], "reason": {"en": "free toppings"}},
                    ],
                    stacking="keep_later",
                    after=[_stage("suspended", "P30D", "support_call")],
                    source="third-party",
                )
            ]
        },
        plans=[{"id": "day", "name": {"en": "24 h"}, "kind": "data", "price": "250", "validity": "P1D"}],
    ),
    # 120 days without use; a paid hold keeps the number for 365 days.
    _offer(
        "lycamobile-uk",
        "GBP",
        {
            "clocks": [
                _countdown(
                    "use",
                    "number",
                    length=_fixed("P120D"),
                    restarts_on=[_on(*_USE, "top_up")],
                    stacking="restart",
                    hold={"period": "P365D"},
                    after="none",
                    source="third-party",
                )
            ]
        },
    ),
    # CHF 2 for every month without use; below CHF 1 nothing comes in any more, and 60 days remain to refill.
    _offer(
        "mucho",
        "CHF",
        {
            "fees": [
                _countdown(
                    "idle",
                    "service",
                    amount="2",
                    every="P1M",
                    idle_after="P1M",
                    reset_by=[*_USE, "top_up"],
                    minimum_left="1",
                    after=[_stage("suspended", "P60D", "top_up")],
                    source="third-party",
                )
            ]
        },
        top_ups=_KNOWN_TOP_UPS,
    ),
    # Nobody knows this one's rule.
    {**_offer("nobody-knows", "EUR", {}), "rules": []},
]


def operators() -> dict[str, Offer]:
    """Return every offer of this file by its id."""
    offers = [Offer.model_validate(raw) for raw in _ALL]
    return {offer.id: offer for offer in offers}
