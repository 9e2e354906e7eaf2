"""Choosing one offer, plan or line by what a person types."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.catalogue import Catalogue, load
from simtui.domain.act import ActKind
from simtui.errors import InputError, NotFound, SimtuiError
from simtui.lookup import LineName, act_kind, one_line, one_offer, one_plan
from simtui.paths import bundled


@pytest.fixture(scope="module")
def book() -> Catalogue:
    return load(bundled("carriers.json"), None)


@pytest.mark.parametrize(
    ("words", "region", "offer"),
    [
        ("orange-fr-mobicarte", None, "orange-fr-mobicarte"),
        ("ORANGE-FR-MOBICARTE", None, "orange-fr-mobicarte"),
        ("mobicarte", None, "orange-fr-mobicarte"),
        ("Mobicarte 预付费卡", None, "orange-fr-mobicarte"),
        ("SFR La Carte", None, "sfr-la-carte"),
        ("sfr sfr la carte", None, "sfr-la-carte"),
        ("ｇｉｆｆｇａｆｆ", None, "giffgaff-payg"),
        ("摩纳哥电信预付费卡", None, "monaco-telecom-prepaid"),
        ("transatel", None, "transatel-datasim"),
        ("telecom prepaid", "MC", "monaco-telecom-prepaid"),
    ],
)
def test_an_offer_is_found_by_id_name_carrier_or_country(
    book: Catalogue, words: str, region: str | None, offer: str
) -> None:
    assert one_offer(words, book, region) == offer


def test_several_offers_are_named_and_none_is_guessed(book: Catalogue) -> None:
    with pytest.raises(InputError) as refused:
        one_offer("airalo", book)
    assert refused.value.problem == "airalo fits 2 offers"
    assert "airalo-discover-global, airalo-discover-plus-global" in refused.value.next_step


@pytest.mark.parametrize("words", ["", "  ", "zzzzzz", "[/x]"])
def test_no_offer_says_where_they_are(book: Catalogue, words: str) -> None:
    with pytest.raises(NotFound) as refused:
        one_offer(words, book)
    assert "simtui carriers list" in refused.value.next_step


def test_a_plan_is_found_by_id_name_or_part(book: Catalogue) -> None:
    povo = book.offer("povo2")
    assert povo is not None
    assert one_plan("data-1gb", povo) == "data-1gb"
    assert one_plan("1 GB, 7 days", povo) == "data-1gb"
    assert one_plan("24 hours", povo) == "data-24h"
    with pytest.raises(InputError, match="30 days fits 2 plans"):
        one_plan("30 days", povo)
    with pytest.raises(NotFound, match="has no plan gold"):
        one_plan("gold", povo)


LINES = [
    LineName(1, "Paris", "+33639980001"),
    LineName(2, "Paris 2", "+447700900123"),
    LineName(3, "妈妈的号码", ""),
    LineName(12, "2", ""),
]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("1", 1),
        ("#12", 12),
        ("２", 2),
        ("paris", 1),
        ("paris 2", 2),
        ("妈妈", 3),
        ("+33 6 39 98 00 01", 1),
        ("0033639980001", 1),
        ("0639980001", 1),
        ("07700 900123", 2),
        ("900123", 2),
    ],
)
def test_a_line_is_found_by_id_number_or_label(words: str, line: int) -> None:
    assert one_line(words, LINES) == line


@pytest.mark.parametrize("words", ["", "#", "99", "nobody", "123", "+1", "pari2"])
def test_no_line_is_an_error(words: str) -> None:
    with pytest.raises(NotFound):
        one_line(words, LINES)


def test_several_lines_are_named() -> None:
    with pytest.raises(InputError) as refused:
        one_line("par", LINES)
    assert refused.value.next_step == "Give the id of one: 1 Paris, 2 Paris 2."


@given(st.text())
def test_no_words_do_more_than_refuse(words: str) -> None:
    with contextlib.suppress(SimtuiError):
        assert one_line(words, LINES) in {1, 2, 3, 12}


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("top_up", ActKind.TOP_UP),
        ("Top-Up", ActKind.TOP_UP),
        ("top up", ActKind.TOP_UP),
        ("充值", ActKind.TOP_UP),
        ("sms", ActKind.SMS_OUT),
        ("reading", ActKind.BALANCE_READING),
        ("dance", None),
        ("", None),
    ],
)
def test_acts_have_several_names(word: str, kind: ActKind | None) -> None:
    assert act_kind(word) is kind
