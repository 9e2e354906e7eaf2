"""Made-up lines of every kind in every phase, in a store of their own that is gone when the program ends.

The user's data is never opened. Numbers are those that regulators keep free for films and books; where a country has
none, the line has only a label. Every label says that it is a demo.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from simtui import catalogue, paths
from simtui.config import Settings
from simtui.desk import Desk, NewLine, OwnCarriers
from simtui.domain.act import Act, ActKind, Channel
from simtui.domain.calendar import Day
from simtui.domain.line import Line
from simtui.domain.offer import PaymentMethod
from simtui.domain.renewal import Renewal, RenewalItem, RenewalState
from simtui.session import Options
from simtui.store.tinydb_repository import open_repository

_OWN_OFFERS: dict[str, Any] = {
    "schema": 1,
    "carriers": [
        {
            "id": "my-demo-carrier",
            "name": {"en": "Demo carrier", "zh": "演示运营商"},
            "country": "MC",
            "offers": [
                {
                    "id": "my-demo-esim",
                    "kind": "esim",
                    "name": {"en": "Demo eSIM plan", "zh": "演示 eSIM 套餐"},
                    "country": "MC",
                    "zone": "Europe/Monaco",
                    "currency": "EUR",
                    "rules": [
                        {
                            "clocks": [
                                {
                                    "id": "data",
                                    "name": {"en": "Monthly plan", "zh": "月套餐"},
                                    "loses": "data",
                                    "restarts_on": [{"acts": ["plan_purchase"]}],
                                    "length": {"by": "plan"},
                                    "stacking": "extend",
                                    "certainty": "guess",
                                }
                            ]
                        }
                    ],
                    "plans": [
                        {
                            "id": "month",
                            "name": {"en": "10 GB, a month", "zh": "10 GB，一个月"},
                            "kind": "data",
                            "price": "12",
                            "data_mb": 10240,
                            "validity": "P1M",
                        }
                    ],
                }
            ],
        }
    ],
}
"""An offer of the user's own: no operator of that kind is in the bundled file, and it shows what "yours" looks like."""


def demo_desk(options: Options, settings: Settings) -> Desk:
    """Return a desk with made-up lines, dated so that on this day every phase is there."""
    folder = Path(tempfile.mkdtemp(prefix="simtui-demo-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    own = folder / "carriers.json"
    own.write_bytes(orjson.dumps(_OWN_OFFERS))
    load = partial(catalogue.load, paths.bundled("carriers.json"), own, options.carriers)
    offers = load()

    def opened(*, read_only: bool) -> Desk:
        repository = open_repository(folder / "demo.json", read_only=read_only)
        return Desk(
            repository,
            offers,
            today=options.today,
            lead_days=settings.lead_days,
            own_carriers=OwnCarriers(own, load),
            home_zone=settings.home_zone,
        )

    desk = opened(read_only=False)
    lines = demo_lines(desk.today_in("Europe/Paris"))
    # With --carriers some offers may be missing.
    desk.add_lines([line for line in lines if offers.summary(line.line.offer) is not None])
    if not options.read_only:
        return desk
    desk.repository.close()
    return opened(read_only=True)


@dataclass(frozen=True, slots=True)
class _From:
    """Makes acts that are dated by how many days before today they happened."""

    today: Day

    def day(self, days: int, months: int = 0) -> Day:
        """Return the day so many days after today (before, if negative), less so many months."""
        moved = self.today.add(days=days) if days >= 0 else self.today.subtract(days=-days)
        return moved.subtract(months=months)

    def act(self, kind: ActKind, day: Day, **fields: Any) -> Act:  # noqa: ANN401 - the act's own fields
        """Return an act; an amount stands as `"10 EUR"`."""
        if "paid" in fields:
            amount, currency = fields.pop("paid").split()
            fields |= {"amount": Decimal(amount), "currency": currency}
        return Act.model_validate({"line": 1, "kind": kind, "day": day, **fields})


def demo_lines(today: Day) -> list[NewLine]:
    """Return the made-up lines as they would be held on `today`."""
    when = _From(today)
    return [*_to_save(when), *_due(when), *_soon(when), *_safe(when), *_quiet(when)]


def _to_save(when: _From) -> list[NewLine]:
    monaco = Line(
        label="Demo Monaco",
        offer="monaco-telecom-prepaid",
        holder="Demo",
        tags=("demo", "bank"),
        weight="critical",
        bound_services=[{"name": "Demo bank", "kind": "bank", "weight": "critical"}, {"name": "Demo messenger"}],
    )
    ended = when.day(-142)
    left = {"credit": "2.10", "currency": "EUR", "data_mb": 3174, "minutes": 48}
    sfr = Line(label="Demo La Carte", number="+33639980011", offer="sfr-la-carte")
    return [
        NewLine(
            monaco,
            (
                when.act(ActKind.TOP_UP, when.day(-202), paid="20 EUR", channel=Channel.SHOP),
                when.act(ActKind.STATEMENT, when.day(-201), valid_until=ended, read_at="sms"),
                when.act(ActKind.BALANCE_READING, when.day(-145), balances=left, read_at="site"),
            ),
        ),
        NewLine(sfr, (when.act(ActKind.TOP_UP, when.day(-100), paid="25 EUR", channel=Channel.ONLINE),)),
    ]


def _due(when: _From) -> list[NewLine]:
    paris = Line(
        label="Demo Orange Paris",
        number="+33639980012",
        offer="orange-fr-mobicarte",
        identity={"state": "yes"},
        tags=("demo",),
    )
    travel = Line(label="演示 旅行卡", offer="airalo-discover-global", sim="esim", tags=("demo", "旅行"))
    bought = when.day(-26)
    return [
        NewLine(paris, (when.act(ActKind.TOP_UP, when.day(3, 6), paid="10 EUR", channel=Channel.ONLINE),)),
        NewLine(
            travel,
            (
                when.act(ActKind.PLAN_PURCHASE, bought, plan="discover-3gb", paid="24 USD", channel=Channel.APP),
                when.act(ActKind.DATA, bought),
                when.act(ActKind.BALANCE_READING, when.day(-2), balances={"data_mb": 1331}, read_at="app"),
            ),
        ),
    ]


def _soon(when: _From) -> list[NewLine]:
    giffgaff = Line(label="Demo giffgaff", number="+447700900123", offer="giffgaff-payg", device="Demo phone")
    povo = Line(label="演示 日本 povo", offer="povo2", sim="esim")
    return [
        NewLine(giffgaff, (when.act(ActKind.SMS_OUT, when.day(23, 6)),)),
        NewLine(povo, (when.act(ActKind.PLAN_PURCHASE, when.day(-170), plan="data-1gb", paid="390 JPY"),)),
    ]


def _safe(when: _From) -> list[NewLine]:
    free = Line(
        label="Demo Free",
        number="+33639980013",
        offer="free-mobile-2eur",
        activated_on=when.day(-500),
        auto_renew="yes",
    )
    paid = when.act(ActKind.TOP_UP, when.day(-1), paid="10 EUR", proof={"order_number": "DEMO-0042"})
    renewal = Renewal(
        line=1,
        procedure="recharge-online",
        step="verify",
        state=RenewalState.PAID,
        channel=Channel.ONLINE,
        items=(RenewalItem(amount=Decimal(10), currency="EUR"),),
        method=PaymentMethod.CARD,
        started_on=when.day(-1),
        amount=Decimal(10),
        currency="EUR",
        paid_at=f"{when.day(-1)}T22:00:00Z",
        proof={"order_number": "DEMO-0042"},
    )
    mobicarte = Line(
        label="演示 妈妈的号码", number="+33639980014", offer="orange-fr-mobicarte", identity={"state": "yes"}
    )
    hong_kong = Line(label="演示 香港", offer="club-sim-hk", activated_on=when.day(-600), notes="演示数据，均为虚构。")
    ultra = Line(label="Demo Ultra US", number="+12025550143", offer="ultra-mobile-paygo", activated_on=when.day(-97))
    credit = {"credit": "9", "currency": "USD"}
    data_sim = Line(label="Demo router", offer="transatel-datasim", device="Demo router", tags=("demo", "boat"))
    esim = Line(label="Demo Monaco eSIM", offer="my-demo-esim", sim="esim")
    return [
        NewLine(free),
        NewLine(mobicarte, (paid,), (renewal,)),
        NewLine(hong_kong, (when.act(ActKind.PLAN_PURCHASE, when.day(-250), plan="sms-pack", paid="6 HKD"),)),
        NewLine(ultra, (when.act(ActKind.BALANCE_READING, when.day(-8), balances=credit, read_at="sms"),)),
        NewLine(
            data_sim,
            (
                when.act(ActKind.TOP_UP, when.day(-30), paid="50 EUR"),
                when.act(ActKind.DATA, when.day(-12)),
            ),
        ),
        NewLine(esim, (when.act(ActKind.PLAN_PURCHASE, when.day(-3), plan="month", paid="12 EUR"),)),
    ]


def _quiet(when: _From) -> list[NewLine]:
    """Lines that are unknown, lost, or not to be saved."""
    lyca = Line(label="Demo Lyca", number="+33639980015", offer="lycamobile-fr")
    old = Line(label="Demo old SFR", number="+33639980016", offer="sfr-la-carte")
    going = Line(label="Demo letting go", number="+447700900456", offer="giffgaff-payg", state="letting_go")
    return [
        NewLine(lyca, (when.act(ActKind.TOP_UP, when.day(-40), paid="10 EUR", channel=Channel.SHOP),)),
        NewLine(old, (when.act(ActKind.TOP_UP, when.day(-330), paid="10 EUR"),)),
        NewLine(going, (when.act(ActKind.CALL_OUT, when.day(4, 6)),)),
    ]
