"""The filter over offers: every key, what is not known, what is wrong."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest

from simtui.domain.offer_query import MOST_CHARACTERS, parse
from simtui.domain.query_terms import QueryError, QueryFault
from simtui.domain.reckoning import Certainty


@dataclass(frozen=True)
class Row:
    words: str = "Mobicarte 预付费卡 Orange France orange-fr-mobicarte FR france 法国"
    country: str = "FR"
    kind: str = "keep_number"
    own: bool = False
    currency: str = "EUR"
    esim: str | None = "yes"
    papers: str | None = "no"
    pays: AbstractSet[str] = frozenset({"card", "alipay"})
    by: tuple[str, ...] = ("top_up",)
    cost: Decimal | None = Decimal(20)
    costs_more: bool = False
    grace_days: int | None = 180
    certainty: int | None = Certainty.THIRD_PARTY


MOBICARTE = Row()
PENDING = replace(
    MOBICARTE, esim=None, papers=None, pays=frozenset(), by=(), cost=None, grace_days=None, certainty=None
)
NAMES = {
    "kind": {"远游卡": "travel_esim", "保号卡": "keep_number"},
    "pay": {"支付宝": "alipay"},
    "yours": {"自己的": "yours"},
}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "mobicarte",
        "mobcarte orange",
        "法国",
        '"orange france"',
        "country:fr",
        "country:MC,FR",
        "kind:keep",
        "!kind:travel",
        "esim:yes",
        "esim:yes,unknown",
        "pay:alipay",
        "pay:wechat,card",
        "papers:no",
        "by:top-up",
        "cert:third",
        "cost<20.01",
        "cost<=20",
        "cost<21EUR",
        "cost=20",
        "cost>eur5",
        "cost：20",
        "grace>90",
        "grace<181",
        "!yours",
        "country:FR kind:keep esim:yes cost<30 grace>90 !papers:yes",
        "kind:保号",
        "kind:保号卡,远游卡",
        "pay:支付宝",
        "!自己的",
    ],
)
def test_terms_that_hold(text: str) -> None:
    assert parse(text, NAMES).matches(MOBICARTE)


@pytest.mark.parametrize(
    "text",
    [
        "giffgaff",
        '"orange fr france"',
        "country:MC",
        "kind:travel",
        "kind:远游",
        "esim:no",
        "pay:wechat",
        "papers:yes",
        "by:use",
        "cert:official",
        "cost<20",
        "cost<21USD",
        "cost>20",
        "grace>180",
        "yours",
        "自己的",
    ],
)
def test_terms_that_do_not(text: str) -> None:
    assert not parse(text, NAMES).matches(MOBICARTE)


@pytest.mark.parametrize("text", ["esim:unknown", "papers:no", "pay:card", "by:top", "cost<999", "cost>0", "grace=0"])
def test_what_is_not_known_fits_nothing_that_asks_for_it(text: str) -> None:
    assert not parse(text).matches(PENDING)
    assert parse(f"!{text}").matches(PENDING)


def test_a_cost_that_leaves_something_out_is_only_ever_more() -> None:
    more = replace(MOBICARTE, costs_more=True)
    assert parse("cost>10").matches(more)
    assert not parse("cost<99").matches(more)


def test_nothing_costs_the_same_in_every_currency() -> None:
    free = replace(MOBICARTE, cost=Decimal(0))
    assert parse("cost<5USD").matches(free)


def test_own_offers_are_yours() -> None:
    own = replace(MOBICARTE, own=True)
    assert parse("yours").matches(own)
    assert parse("自己的", NAMES).matches(own)
    assert not parse('"yours"').matches(own)


@pytest.mark.parametrize(
    ("text", "fault", "term"),
    [
        ("orange colour:red", QueryFault.UNKNOWN_KEY, "colour:red"),
        ("kind<3", QueryFault.UNKNOWN_KEY, "kind<3"),
        ("kind:", QueryFault.NO_VALUE, "kind:"),
        ("esim:maybe", QueryFault.UNKNOWN_VALUE, "esim:maybe"),
        ("country:France", QueryFault.UNKNOWN_VALUE, "country:France"),
        ("cost<cheap", QueryFault.UNKNOWN_VALUE, "cost<cheap"),
        ("cost<EUR20EUR", QueryFault.UNKNOWN_VALUE, "cost<EUR20EUR"),
        ("grace>3m", QueryFault.NO_NUMBER, "grace>3m"),
        ("!", QueryFault.NOTHING_TO_TURN_ROUND, "!"),
        ('"open', QueryFault.OPEN_QUOTE, '"open'),
    ],
)
def test_what_is_wrong_is_named(text: str, fault: QueryFault, term: str) -> None:
    with pytest.raises(QueryError) as wrong:
        parse(text)
    assert (wrong.value.fault, wrong.value.term) == (fault, term)


def test_a_filter_has_an_end() -> None:
    with pytest.raises(QueryError) as wrong:
        parse("a" * (MOST_CHARACTERS + 1))
    assert wrong.value.fault is QueryFault.TOO_LONG
