"""The collector of cycles stands still while very many records are made: they hold none, and it would look at them all."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_VERY_MANY = 100_000
"""Objects; those of some ten thousand acts."""


@contextmanager
def without_collector() -> Iterator[None]:
    """Keep the collector away within the block.

    Where very much was made it never looks at that again: a look at the records of a hundred thousand acts takes some
    tenths of a second, when nobody expects it. What is no longer used is let go of all the same, as without any collector.
    """
    was_on, before = gc.isenabled(), gc.get_count()[0]
    gc.disable()
    try:
        yield
    finally:
        if gc.get_count()[0] - before >= _VERY_MANY:
            gc.freeze()
        if was_on:
            gc.enable()
