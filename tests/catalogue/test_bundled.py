"""The carriers that come with simtui: whole, translated, sourced, and honest about what nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import orjson
import pytest

from simtui.catalogue import Catalogue, load
from simtui.domain.rule import Countdown, RuleCertainty
from simtui.paths import bundled

PROMISED = 138
"""As many offers as somebody has looked up the rules of."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(bundled("carriers.json"), None)


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    content: dict[str, Any] = orjson.loads(bundled("carriers.json").read_bytes())
    return content


def texts(value: object, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every `{en, zh}` in the file with its place."""
    if isinstance(value, dict):
        if "en" in value:
            yield place, value
        for name, part in value.items():
            yield from texts(part, f"{place}.{name}")
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from texts(part, f"{place}[{number}]")


def countdowns(catalogue: Catalogue) -> Iterator[tuple[str, Countdown]]:
    for offer_id, offer in catalogue.offers.items():
        for number, rule in enumerate(offer.rules):
            for part in rule.countdowns:
                yield f"{offer_id}.rules[{number}].{part.id}", part


def test_nothing_is_wrong_with_them(catalogue: Catalogue) -> None:
    assert catalogue.check_all() == ()


def test_the_promised_offers_are_there(catalogue: Catalogue) -> None:
    assert len(catalogue.offers) >= PROMISED


def test_every_text_is_there_in_both_languages(document: dict[str, Any]) -> None:
    found = dict(texts(document["carriers"]))

    assert len(found) > 500
    assert [place for place, text in found.items() if not text["en"].strip()] == []
    assert [place for place, text in found.items() if not text.get("zh", "").strip()] == []


def test_every_clock_and_fee_has_a_certainty_and_all_but_guesses_a_source(catalogue: Catalogue) -> None:
    found = dict(countdowns(catalogue))

    assert [place for place, part in found.items() if part.certainty is None and part.source is None] == []
    known = {place: part for place, part in found.items() if part.certainty is not RuleCertainty.GUESS}
    assert [place for place, part in known.items() if part.source is None] == []


def test_every_offer_has_sources(catalogue: Catalogue) -> None:
    assert [offer_id for offer_id, offer in catalogue.offers.items() if not offer.sources] == []


def test_the_file_is_in_its_stable_order_and_form(document: dict[str, Any]) -> None:
    countries = [carrier["country"] for carrier in document["carriers"]]
    ranks = [("MC", "FR").index(country) if country in ("MC", "FR") else 2 for country in countries]

    assert ranks == sorted(ranks)
    others = [country for country in countries if country not in ("MC", "FR")]
    assert all(one <= other for one, other in pairwise(others))
    assert bundled("carriers.json").read_bytes() == orjson.dumps(
        document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    )


@pytest.mark.parametrize(
    ("typed", "best"),
    [
        ("mobicarte", "orange-fr-mobicarte"),
        ("+37761234567", "monaco-telecom-prepaid"),
        ("摩纳哥", "monaco-telecom-prepaid"),
        ("free 2", "free-mobile-2eur"),
        ("giffgaf", "giffgaff-payg"),
        ("香港", "club-sim-hk"),
        ("sfr carte", "sfr-la-carte"),
    ],
)
def test_people_find_their_offer(catalogue: Catalogue, typed: str, best: str) -> None:
    assert catalogue.search(typed)[0] == best
