"""One try after another on a reader, made by hypothesis and judged by one rule: our own errors or none, no hang."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded

from simtui.errors import SimtuiError
from tests.fuzz.bench import Bench, patience
from tests.fuzz.surfaces import Surface


def tried(bench: Bench, surface: Surface, most: int, *, seed: int | None = None) -> list[bool]:
    """Feed up to `most` examples, the same ones every time unless there is a seed; return which were refused."""
    refused: list[bool] = []

    @settings(
        max_examples=most,
        derandomize=seed is None,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
    )
    @given(surface.fed(bench))
    def try_it(example: Any) -> None:
        with patience():
            try:
                surface.deed(bench, example)
            except SimtuiError:
                refused.append(True)
            else:
                refused.append(False)

    if seed is not None:
        random.seed(seed)
        seeded(seed)(try_it)()
    else:
        try_it()
    return refused
