"""Whatever is fed in: our own errors or none, no hang, nothing written. `make fuzz` feeds for longer."""

from __future__ import annotations

import pytest

from tests.fuzz.bench import Bench
from tests.fuzz.surfaces import SURFACES, Surface
from tests.fuzz.trying import tried


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.name)
def test_a_reader_refuses_or_takes_what_it_is_fed(bench: Bench, surface: Surface) -> None:
    refused = tried(bench, surface, surface.short)
    assert len(refused) >= surface.short // 2
