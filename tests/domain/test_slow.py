"""The engine against the second, slow one: on random rules and histories they must agree on every date.

`HYPOTHESIS_PROFILE=explore pytest tests/domain/test_slow.py` lives through twenty times as many lines, new ones each time.
"""

from __future__ import annotations

import random

import pytest
from hypothesis import settings

from simtui.domain.standing import standing
from tests.domain.slow import Answer, answer
from tests.domain.slow_cases import SHAPES, Case, case, simpler
from tests.domain.slow_world import world

CASES = 100


def quick(given: Case) -> Answer:
    """Return the engine's own answer in the second one's words."""
    found = standing(given.line, given.acts, given.offer, given.today)
    return Answer(
        found.phase.value, found.next_day, found.final_day, {clock.clock: clock.ends_on for clock in found.clocks}
    )


def slow(given: Case) -> Answer:
    """Return the second engine's answer."""
    return answer(given.line, given.acts, given.offer, given.today)


def has_rule(given: Case) -> bool:
    """Tell whether any rule holds: where none does only what the operator stated counts; that is tested by hand."""
    rule = world(given.line, given.acts, given.offer, given.today).rule_on(given.today)
    return rule is not None and bool(rule.countdowns)


def differs(given: Case) -> bool:
    """Tell whether the engines disagree."""
    return has_rule(given) and quick(given) != slow(given)


def simplest(given: Case) -> Case:
    """Leave out of a case all that is not needed for the engines to disagree."""
    barer = next((one for one in simpler(given) if differs(one)), None)
    return given if barer is None else simplest(barer)


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_both_engines_agree(shape: str) -> None:
    profile = settings()
    first = 0 if profile.derandomize else random.SystemRandom().randrange(2**48)
    count = CASES * profile.max_examples // 100
    for number in range(first, first + count):
        if differs(case(shape, number)):
            found = simplest(case(shape, number))
            assert quick(found) == slow(found), f"{shape} {number}: {found}"
