"""The phrase card: the country's language above the user's, with what is known and nothing else."""

from __future__ import annotations

import string
from functools import cache
from typing import Any

import pytest

from simtui import i18n
from simtui.catalogue import Catalogue, load
from simtui.domain.calendar import Day
from simtui.domain.line import Line
from simtui.domain.renewal import Renewal
from simtui.holding import Holding
from simtui.paths import bundled
from simtui.walk.phrases import Book, Card, book, card, card_text, shop_search, tongue_of


@cache
def catalogue() -> Catalogue:
    return load(bundled("carriers.json"), None)


def held(offer_id: str = "orange-fr-mobicarte", number: str | None = "+33639980001") -> Holding:
    offer = catalogue().offers[offer_id]
    return Holding(1, 1, Line(label="a line", number=number, offer=offer_id), (), (), offer, True, Day(2026, 11, 21))


def renewal(**fields: Any) -> Renewal:
    return Renewal.model_validate({"line": 1, "procedure": "recharge-shop", "channel": "shop", **fields})


TEN = {"items": [{"amount": "10.50", "currency": "EUR"}], "method": "card"}


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> Any:
    i18n.use(request.param)
    yield request.param
    i18n.use("en")


def blanks(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


# The data ------------------------------------------------------------------------------------------------------------


def test_all_languages_are_complete() -> None:
    assert set(book().languages) == {"en", "zh", "fr", "es", "it", "de", "ja"}
    for speech in book().languages.values():
        assert blanks(speech.shop) == {"carrier"}
        assert len(set(speech.digits)) == 10
        assert len(set(speech.listen_for)) == 5
        for name, phrase in speech.phrases.model_dump().items():
            assert blanks(phrase) == ({name} if name in ("number", "offer", "amount", "plan") else set())


def test_a_country_without_its_language_is_refused() -> None:
    raw = book().model_dump(mode="json")
    del raw["languages"]["ja"]
    with pytest.raises(ValueError, match="no phrases in ja"):
        Book.model_validate(raw)


@pytest.mark.parametrize(
    ("country", "tongue"),
    [
        ("FR", "fr"),
        ("MC", "fr"),
        ("HK", "zh"),
        ("ES", "es"),
        ("IT", "it"),
        ("DE", "de"),
        ("JP", "ja"),
        ("GB", "en"),
        ("CH", "en"),
    ],
)
def test_a_country_has_its_language_or_english(country: str, tongue: str) -> None:
    assert tongue_of(country) == tongue


# The card ------------------------------------------------------------------------------------------------------------


def test_a_card_for_a_french_shop_in_english() -> None:
    lines = card_text(card(held(), renewal(**TEN)))
    assert lines == [
        "In français",
        "",
        "Bonjour, je voudrais recharger cette ligne prépayée, s'il vous plaît.",
        "    Hello, I would like to top up this prepaid number, please.",
        "",
        "Le numéro est le 06 39 98 00 01.",
        "    The number is 06 39 98 00 01.",
        "",
        "L'offre est Mobicarte.",
        "    The offer is Mobicarte.",
        "",
        "Je voudrais une recharge de 10,50 EUR.",
        "    I would like to top up 10.50 EUR.",
        "",
        "Je paie par carte.",
        "    I pay by card.",
        "",
        "Puis-je avoir un reçu, s'il vous plaît\u00a0?",
        "    May I have a receipt, please?",
        "",
        "Jusqu'à quelle date la ligne est-elle valable maintenant\u00a0?",
        "    Until what date is the number valid now?",
    ]


def test_the_users_language_stands_beneath() -> None:
    i18n.use("zh")
    try:
        phrases = card(held(), renewal(**TEN)).phrases
    finally:
        i18n.use("en")
    assert ("Je paie par carte.", "我用银行卡付款。") in phrases
    assert "我想充值 10.50 EUR。" in [phrase.means for phrase in phrases]


@pytest.mark.parametrize("offer_id", ["giffgaff-payg", "lidl-connect-de"])
def test_nothing_stands_beneath_where_it_is_the_same_language(offer_id: str) -> None:
    found = card(held(offer_id, None), renewal())
    assert any(phrase.means for phrase in found.phrases) is (offer_id == "lidl-connect-de")


def test_what_nobody_knows_is_not_said() -> None:
    said = [phrase.said for phrase in card(held(number=None), renewal(items=[{"plan": "gone"}, {}])).phrases]
    assert said == [
        "Bonjour, je voudrais recharger cette ligne prépayée, s'il vous plaît.",
        "L'offre est Mobicarte.",
        "Puis-je avoir un reçu, s'il vous plaît\u00a0?",
        "Jusqu'à quelle date la ligne est-elle valable maintenant\u00a0?",
    ]


@pytest.mark.parametrize("method", ["paypal", "other", None])
def test_a_means_of_payment_that_no_shop_takes_is_not_said(method: str | None) -> None:
    assert not any("paie" in phrase.said for phrase in card(held(), renewal(method=method)).phrases)


def test_a_number_of_another_country_keeps_its_code() -> None:
    assert card(held(number="+33639980001"), renewal()).number == "06 39 98 00 01"
    assert card(held(number="+447700900123"), renewal()).number == "+44 7700 900123"


def test_on_the_phone_the_number_is_spelled_and_the_menu_told() -> None:
    found = card(held(), renewal(channel="phone"))
    assert found.aloud == "zéro six, trois neuf, neuf huit, zéro zéro, zéro un"
    assert found.listen_for[0] == ("recharger", "top up")
    text = card_text(found)
    assert text[2] == "Je voudrais parler à un conseiller, s'il vous plaît."
    assert "    zéro six, trois neuf, neuf huit, zéro zéro, zéro un" in text
    assert not any("paie" in phrase.said for phrase in found.phrases)


@pytest.mark.parametrize("channel", ["shop", "phone"])
def test_every_offer_has_a_card_whose_two_languages_say_the_same(channel: str, language: str) -> None:
    for offer_id, offer in catalogue().offers.items():
        items = [{"plan": plan.id} for plan in offer.plans[:2]] + [{"amount": "10", "currency": offer.currency}]
        found: Card = card(held(offer_id, "+8613800138000"), renewal(channel=channel, items=items, method="cash"))
        same = tongue_of(offer.country) == language
        assert all(bool(phrase.means) is not same for phrase in (*found.phrases, *found.listen_for))
        assert not any("{" in phrase.said or "None" in phrase.said for phrase in found.phrases)


def test_a_hostile_name_cannot_reach_the_terminal() -> None:
    found = card(held(), renewal(items=[{"name": "x\x1b[2J{y}\u202e"}]))
    assert any("x\\x1b[2J{y}" in phrase.said for phrase in found.phrases)
    assert "\x1b" not in "".join(card_text(found))


@pytest.mark.parametrize(
    ("country", "expected"),
    [("FR", "boutique Orange"), ("DE", "Orange Shop"), ("CN", "Orange营业厅"), ("GB", "Orange store")],
)
def test_shops_are_looked_for_in_the_countrys_language(country: str, expected: str) -> None:
    assert shop_search(country, "Orange") == expected
