"""The long look: `make fuzz`. How much each reader was fed stands at the end."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.fuzz.bench import Bench
from tests.fuzz.limits import SECONDS
from tests.fuzz.surfaces import SURFACES, Surface
from tests.fuzz.trying import tried

pytestmark = pytest.mark.fuzz

Figure = Callable[[str], None]


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.name)
def test_long(bench: Bench, surface: Surface, figure: Figure) -> None:
    start = time.monotonic()
    examples = refused = 0
    seed = int(time.time())
    try:
        while time.monotonic() - start < SECONDS:
            seed += 1
            for was_refused in tried(bench, surface, 100, seed=seed):
                examples += 1
                refused += was_refused
    except BaseException:
        figure(f"{surface.name}: FAILED after {examples:,} examples, seed {seed}")
        raise
    figure(
        f"{surface.name}: {examples:,} examples in {time.monotonic() - start:.0f} s, {refused:,} refused, none failed"
    )
