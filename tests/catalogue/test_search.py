from __future__ import annotations

import pytest

from simtui.catalogue import Catalogue
from tests.catalogue.conftest import Loader, carrier, file_of, offer, text


@pytest.fixture
def catalogue(loaded: Loader) -> Catalogue:
    def named(offer_id: str, en: str, zh: str, country: str, kind: str = "keep_number") -> dict[str, object]:
        return offer(offer_id, name=text(en, zh), country=country, kind=kind)

    carriers = [
        carrier(
            named("mt-prepaid", "Prepaid line", "预付费号码", "MC"),
            carrier_id="mt",
            name=text("Monaco Telecom", "摩纳哥电信"),
        ),
        carrier(
            named("orange-mobicarte", "Mobicarte", "Mobicarte 预付卡", "FR"),
            named("orange-caraibe", "Caraïbe card", "加勒比卡", "GP"),
            carrier_id="orange",
            name=text("Orange France", "Orange 法国"),
        ),
        carrier(
            named("giffgaff-payg", "Pay as you go", "随用随付", "GB"), carrier_id="giffgaff", name=text("giffgaff")
        ),
        carrier(named("orange-es", "Prepago", "预付费", "ES"), carrier_id="orange-spain", name=text("Orange España")),
    ]
    own = file_of(carrier(named("my-card", "Prepaid card", "卡", "FR"), carrier_id="my-telco"))
    return loaded(file_of(*carriers), own)


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("mobicarte", "orange-mobicarte"),
        ("MOBI", "orange-mobicarte"),
        ("ｍｏｂｉ", "orange-mobicarte"),
        ("caraibe", "orange-caraibe"),
        ("orange es", "orange-es"),
        ("espana", "orange-es"),
        ("spain", "orange-es"),
        ("摩纳哥", "mt-prepaid"),
        ("法国 预付", "orange-mobicarte"),
        ("随用", "giffgaff-payg"),
        ("giffgaf", "giffgaff-payg"),
        ("gifgaff", "giffgaff-payg"),
        ("mobycarte", "orange-mobicarte"),
        ("prepaid card", "my-card"),
        ("uk", "giffgaff-payg"),
    ],
)
def test_what_people_type_finds_the_offer(catalogue: Catalogue, typed: str, best: str) -> None:
    assert catalogue.search(typed)[0] == best


def test_every_word_has_to_be_found(catalogue: Catalogue) -> None:
    assert catalogue.search("orange giffgaff") == []
    assert catalogue.search("qqqqqq") == []
    assert catalogue.search("[/x]") == []


def test_nothing_typed_shows_all_in_their_order_with_the_users_own_first(catalogue: Catalogue) -> None:
    bundled = ["mt-prepaid", "orange-mobicarte", "orange-caraibe", "giffgaff-payg", "orange-es"]

    assert catalogue.search("") == ["my-card", *bundled]


@pytest.mark.parametrize("typed", ["+377", "+377 6 12 34 56 78", "0037761234", "＋３７７", "+37761234"])
def test_a_number_brings_its_country_to_the_top_and_excludes_none(catalogue: Catalogue, typed: str) -> None:
    found = catalogue.search(typed)

    assert found[0] == "mt-prepaid"
    assert set(found) == set(catalogue.ids)


def test_a_number_and_words_go_together(catalogue: Catalogue) -> None:
    assert catalogue.search("+34612345678 orange")[0] == "orange-es"
    assert catalogue.search("orange", region="ES")[0] == "orange-es"


def test_overseas_numbers_find_the_french_offers_after_their_own(catalogue: Catalogue) -> None:
    found = catalogue.search("+590690123456")

    assert found[0] == "orange-caraibe"
    assert set(found[1:3]) == {"my-card", "orange-mobicarte"}


def test_half_a_calling_code_changes_nothing(catalogue: Catalogue) -> None:
    assert catalogue.search("+3") == catalogue.search("")
    assert catalogue.search("+999 1") == catalogue.search("")
