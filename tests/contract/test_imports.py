"""What an import brings along, proved in a fresh process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def loaded_by(module: str) -> set[str]:
    """The names of all top-level modules that a fresh process has after `import module`."""
    code = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("module", "strangers"),
    [
        ("simtui", {"pydantic", "rich", "textual", "tinydb"}),
        ("simtui.config", {"pydantic", "rich", "textual", "tinydb", "tomllib"}),
        ("simtui.domain.standing", {"phonenumbers", "rich", "textual", "tinydb"}),
        ("simtui.catalogue", {"textual", "tinydb"}),
        ("simtui.store", {"textual"}),
        ("simtui.desk", {"phonenumbers", "textual"}),
        ("simtui.cli", {"textual"}),
        # The first frame waits for none of these: rows of the last run are shown before records and rules are loaded.
        ("simtui.tui.app", {"orjson", "phonenumbers", "pydantic", "tinydb", "whenever"}),
    ],
)
def test_an_import_brings_no_strangers(module: str, strangers: set[str]) -> None:
    assert not loaded_by(module) & strangers
