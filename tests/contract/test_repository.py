"""What holds for every file of the repository."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ssh import conftest as ssh

ROOT = Path(__file__).parents[2]
GENERATED = {"build", "dist", "__pycache__"}
TOP_FOLDERS = (".ci", "docs", "simtui", "tests", "themes", "tools")

REGISTRY = re.compile(r"\b(?:pypi|pythonhosted|anaconda|npmjs|crates)\.(?:org|com|io)\b", re.IGNORECASE)
HOME = re.compile(r"(?:^|[\s\"'=(:])/(?:root|home/\w+|Users/\w+)/", re.MULTILINE)


def files() -> Iterator[Path]:
    """Every file of the project, apart from environments, caches and other generated things."""
    yield from (file for file in ROOT.iterdir() if file.is_file())
    for folder in TOP_FOLDERS:
        for file in (ROOT / folder).rglob("*"):
            if file.is_file() and not GENERATED & set(file.parts):
                yield file


def test_no_file_names_a_package_registry_or_somebody_s_home() -> None:
    found = [
        f"{file.relative_to(ROOT)}: {match[0]}"
        for file in files()
        for pattern in (REGISTRY, HOME)
        for match in pattern.finditer(file.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert found == []


def test_every_folder_at_the_top_is_looked_at() -> None:
    folders = {folder.name for folder in ROOT.iterdir() if folder.is_dir()} - GENERATED
    assert {name for name in folders if not name.startswith(".")} <= set(TOP_FOLDERS)


def test_no_test_is_skipped_where_all_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "export SIMTUI_TEST_SSH=1" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    monkeypatch.setattr(ssh, "MUST_RUN", True)
    with pytest.raises(pytest.fail.Exception, match="no tmux"):
        ssh.skip_or_fail("no tmux")
    monkeypatch.setattr(ssh, "MUST_RUN", False)
    with pytest.raises(pytest.skip.Exception, match="no tmux"):
        ssh.skip_or_fail("no tmux")
