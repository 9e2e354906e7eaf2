from __future__ import annotations

import time

import pytest

from simtui.tui.widgets.matching import Option, matches, score

OFFERS = [
    Option("gg", "giffgaff PAYG", "United Kingdom", "+44 GB"),
    Option("mt", "MT prepaid", "Monaco Telecom", "+377 MC"),
    Option("mv", "MT visitor", "Monaco Telecom", "+377 MC"),
    Option("mb", "Mobicarte", "Orange France", "+33 FR"),
    Option("fr", "Free 2 EUR", "Free Mobile", "+33 FR 免费"),
]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["gg", "mt", "mv", "mb", "fr"]),
        ("mob", ["mb", "fr"]),
        ("+377", ["mt", "mv"]),
        ("＋３７７　visit", ["mv"]),
        ("MONACO pre", ["mt"]),
        ("carte", ["mb"]),
        ("mbc", ["mb"]),
        ("免费", ["fr"]),
        ("xyz", []),
    ],
)
def test_options_are_found_by_parts_of_their_names(query: str, found: list[str]) -> None:
    assert [option.value for option in matches(query, OFFERS)] == found


def test_the_beginning_of_a_word_counts_more_than_its_inside_and_that_more_than_letters_in_order() -> None:
    assert score(["car"], "carte") > score(["car"], "mobicarte") > score(["car"], "cXaXr") > score(["car"], "rac")


def test_two_hundred_options_are_narrowed_at_once() -> None:
    many = [Option(str(at), f"Offer number {at}", f"Carrier {at % 7}", "+33 FR") for at in range(200)]
    start = time.perf_counter()
    assert matches("offer 199", many)[0].value == "199"
    assert time.perf_counter() - start < 0.05
