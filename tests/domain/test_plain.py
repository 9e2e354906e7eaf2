"""Acts that are taken in rows leave the same behind as acts that are taken one by one: dates, sums, remarks, certainty."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from simtui.domain import clock
from simtui.domain.act import Act
from simtui.domain.standing import Standing, standing
from tests.domain.slow_cases import SHAPES, Case, case

CASES = 150


def one_by_one(monkeypatch: pytest.MonkeyPatch, given: Case) -> Standing:
    """Return the standing as it is reckoned without any rows."""

    def none(_run: object, _acts: Sequence[Act], first: int) -> int:
        return first

    with monkeypatch.context() as patch:
        patch.setattr(clock._Run, "hear_plain", none)
        return standing(given.line, given.acts, given.offer, given.today)


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_rows_change_nothing(monkeypatch: pytest.MonkeyPatch, shape: str) -> None:
    for number in range(CASES):
        given = case(shape, number)
        in_rows = standing(given.line, given.acts, given.offer, given.today)
        assert in_rows == one_by_one(monkeypatch, given), f"{shape} {number}"
