"""The engine answers what golden.txt says."""

from __future__ import annotations

import pytest

from tests.domain.golden import TABLE, Case, answer, cases, rewritten
from tests.domain.operators import operators


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_the_engine_answers_what_the_table_says(case: Case) -> None:
    assert answer(case.standing(operators())) == case.answer


def test_the_table_has_a_case_for_every_operator_and_phase() -> None:
    table = cases()
    phases = {row.split()[1] for case in table for row in case.answer if row.startswith("phase")}

    assert {case.offer for case in table} == set(operators())
    assert phases == {"safe", "soon", "due", "rescue", "lost", "unknown"}


def test_the_table_is_read_whole() -> None:
    assert rewritten(TABLE, operators()) == TABLE.read_text(encoding="utf-8")
