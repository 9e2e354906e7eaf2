"""How data of an older schema becomes data of this one.

A step takes all tables and returns them one schema number higher; it never looks at files. A step that has been
released is not changed any more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Tables = dict[str, dict[int, dict[str, Any]]]
"""Bodies by id by table."""

STEPS: Mapping[int, Callable[[Tables], Tables]] = {}
"""By the schema number that a step starts from; the first schema is 1."""


def current() -> int:
    """Return the schema number that this program writes."""
    return 1 + len(STEPS)


def migrated(tables: Tables, schema: int) -> Tables:
    """Return the tables in the current schema."""
    for number in range(schema, current()):
        tables = STEPS[number](tables)
    return tables
