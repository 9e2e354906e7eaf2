"""What helps where very many objects are made at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

_Made = TypeVar("_Made")

_VERY_MANY = 100_000
"""Objects; those of some ten thousand acts."""


@contextmanager
def without_collector() -> Iterator[None]:
    """Keep the collector of cycles away within the block: records hold none, and it would look at them all.

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


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def quick_dataclass(model: type[_Made]) -> type[_Made]:
    """Make a dataclass that only the type checker keeps frozen: one that guards its attributes takes thrice the time to make."""
    return dataclass(unsafe_hash=True)(model)
