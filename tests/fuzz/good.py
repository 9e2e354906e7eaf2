"""Good lines, and an own carriers file with every kind of thing in it, to be damaged."""

from __future__ import annotations

from typing import Any

LINES = {
    "Paris": "+33639980001 mobicarte 10EUR 2026-05-24",
    "妈妈": "giffgaff sms -3d",
    "Monaco [/x]": "monaco-telecom-prepaid until 2026-07-01",
    "Lyca": "+33639980002 lycamobile-fr 5EUR 2026-11-01",
    "Mine": "my-telco my card 20EUR 2026-10-31",
    "=1+1": "ultra-mobile-paygo 10USD 2026-10-31",
}
TEXT = {"en": "Text", "zh": "文字"}
PERIOD = {"by": "fixed", "period": "P6M"}
OWN: dict[str, Any] = {
    "schema": 1,
    "updated": "2026-10-01",
    "carriers": [
        {
            "id": "my-telco",
            "name": {"en": "My telco", "zh": "我的"},
            "country": "FR",
            "offers": [
                {
                    "id": "my-card",
                    "kind": "keep_number",
                    "name": {"en": "My card", "zh": "我的卡"},
                    "country": "FR",
                    "zone": "Europe/Paris",
                    "currency": "EUR",
                    "rules": [
                        {
                            "clocks": [
                                {
                                    "id": "number",
                                    "name": TEXT,
                                    "loses": "number",
                                    "length": {
                                        "by": "amount",
                                        "tiers": [
                                            {"at": "5", "period": "P1M"},
                                            {"from": 10, "below": 50, "period": "P3M"},
                                        ],
                                    },
                                    "restarts_on": [
                                        {"acts": ["top_up"], "min_amount": 5},
                                        {"acts": ["plan_purchase"], "plans": ["week"], "counts_from": "plan_end"},
                                    ],
                                    "starts": [
                                        {"on": "activation", "length": {"by": "unknown"}},
                                        {"on": "first_use", "length": PERIOD},
                                    ],
                                    "excludes": [
                                        {"acts": ["data"], "marks": ["wifi"], "plans": ["week"], "reason": TEXT}
                                    ],
                                    "after": [
                                        {
                                            "name": "receive_only",
                                            "length": PERIOD,
                                            "undo": ["top_up"],
                                            "works": ["sms_in"],
                                        },
                                        {
                                            "name": "quarantine",
                                            "length": {"by": "unit", "unit": "0.5", "period": "P1D"},
                                            "recall": True,
                                        },
                                    ],
                                    "stacking": "extend",
                                    "cap": "P1Y",
                                    "ends_early": [{"balance_at_most": 0}, {"plan_lapses": True}],
                                    "hold": {"period": "P3M"},
                                },
                                {
                                    "id": "credit",
                                    "name": TEXT,
                                    "loses": "balance",
                                    "length": {"by": "unit", "unit": "1", "period": "P3D"},
                                    "restarts_on": [
                                        {
                                            "acts": ["call_out", "sms_out"],
                                            "spending": {"amount": 1, "within": "P90D", "strictly": True},
                                        }
                                    ],
                                    "auto_renews": False,
                                    "day_after": True,
                                },
                                {
                                    "id": "papers",
                                    "name": TEXT,
                                    "loses": "service",
                                    "length": {"by": "fixed", "period": "P30D"},
                                    "starts": [{"on": "activation"}],
                                    "after": "unknown",
                                    "registration": True,
                                },
                            ],
                            "fees": [
                                {
                                    "id": "month",
                                    "name": TEXT,
                                    "loses": "service",
                                    "amount": 2,
                                    "every": "P1M",
                                    "in_advance": True,
                                    "after": "none",
                                },
                                {
                                    "id": "idle",
                                    "name": TEXT,
                                    "loses": "number",
                                    "amount": "1.5",
                                    "on_day": 31,
                                    "idle_after": "P90D",
                                    "reset_by": ["call_out"],
                                    "after": "unknown",
                                },
                            ],
                            "stated": "number",
                            "valid_from": "2020-01-01",
                        },
                        {
                            "variant": "old",
                            "clocks": [
                                {
                                    "id": "plan",
                                    "name": TEXT,
                                    "loses": "data",
                                    "length": {"by": "plan"},
                                    "restarts_on": [{"acts": ["plan_purchase"]}],
                                }
                            ],
                            "opened_from": "2020-01-01",
                        },
                    ],
                    "top_ups": [{"amount": 10, "bonus": 1, "validity": "P3M"}, {"amount": 5}],
                    "plans": [
                        {
                            "id": "week",
                            "name": TEXT,
                            "kind": "data",
                            "price": 5,
                            "validity": "P7D",
                            "data_mb": 1000,
                            "minutes": 10,
                            "sms": 5,
                            "source": "page",
                        }
                    ],
                    "promotions": [{"text": TEXT, "ends_on": "2026-12-31"}],
                    "channels": {
                        "site": "https://telco.example",
                        "app": "App",
                        "shop": "yes",
                        "codes": [
                            {"does": "balance", "code": "#123#"},
                            {"does": "keep", "code": "KEEP", "by": "sms", "to": "123"},
                        ],
                        "support": {"phone": "+377 99 66 63 00", "url": "https://telco.example/help", "hours": TEXT},
                    },
                    "payments": [{"method": "card", "confirmed": True}],
                    "messages": [{"pattern": "solde {credit} valable jusqu'au {valid_until}", "clock": "number"}],
                    "sources": [
                        {
                            "id": "page",
                            "url": "https://telco.example",
                            "what": TEXT,
                            "certainty": "official",
                            "as_of": "2026-09-01",
                        }
                    ],
                    "papers": TEXT,
                    "warnings": [TEXT],
                    "esim": {"available": "yes", "note": TEXT},
                }
            ],
        }
    ],
    "additions": {
        "orange-fr-mobicarte": {
            "plans": [{"id": "my-day", "name": TEXT, "kind": "data", "price": 2, "validity": "P1D"}],
            "top_ups": [{"amount": 7}],
            "channels": {"app": "App"},
            "sources": [{"id": "my-page", "url": "https://telco.example", "what": TEXT, "certainty": "third_party"}],
        }
    },
}
