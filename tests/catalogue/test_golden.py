"""The bundled offers answer what the tables in golden/ say: rows that anybody can read and check by hand."""

from __future__ import annotations

import pytest

from simtui.catalogue import Catalogue, load
from simtui.paths import bundled
from tests.domain.golden import BUNDLED_TABLES, Case, answer, cases

CASES = [case for table in sorted(BUNDLED_TABLES.glob("*.txt")) for case in cases(table)]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(bundled("carriers.json"), None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.offer}: {case.name}")
def test_the_bundled_offer_answers_what_its_table_says(case: Case, catalogue: Catalogue) -> None:
    assert answer(case.standing(catalogue.offers)) == case.answer


def test_every_bundled_offer_has_a_row(catalogue: Catalogue) -> None:
    assert sorted(set(catalogue.offers) - {case.offer for case in CASES}) == []


def test_every_row_stands_in_the_table_of_its_country(catalogue: Catalogue) -> None:
    for table in sorted(BUNDLED_TABLES.glob("*.txt")):
        countries = {catalogue.offers[case.offer].country for case in cases(table)}
        assert countries == {table.stem.upper()}, table.name
