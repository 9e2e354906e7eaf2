"""A disk that is really mounted for reading only, and one that is really full: reading works, changes say why not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.disks.mounts import on_disk, way

MUST_RUN = os.environ.get("SIMTUI_TEST_MOUNT") == "1"
"""`.ci/run` sets it where it can mount: nothing is skipped unseen then."""
NO_ROOM, NO_WRITING = "No space left on device", "Read-only file system"


@pytest.fixture(scope="module", params=["read-only", "full"])
def seen(request: pytest.FixtureRequest) -> Iterator[tuple[str, Any]]:
    """The kind of disk, and what was seen on it.

    Its path is short: a long one breaks the reasons on the screen into two lines.
    """
    if not way():
        why = "no disk can be mounted here: neither as root nor in a user's own namespace (unshare --mount)"
        (pytest.fail if MUST_RUN else pytest.skip)(why)
    with TemporaryDirectory() as folder:
        yield request.param, on_disk(Path(folder) / "disk", request.param)


def test_everything_that_reads_works(seen: tuple[str, Any]) -> None:
    _kind, found = seen
    for name, answer in found["reads"].items():
        assert answer["status"] == (1 if name in ("due", "doctor") else 0), (name, answer)
        assert answer["out"], name
        assert "Traceback" not in answer["err"], (name, answer)
    assert "Paris" in found["reads"]["list"]["out"]
    assert "Paris" in found["dashboard"]["first"]
    assert "Monaco" in found["dashboard"]["last"]


def test_every_change_says_why_it_is_not_saved(seen: tuple[str, Any]) -> None:
    kind, found = seen
    reason = NO_WRITING if kind == "read-only" else NO_ROOM
    for name, answer in found["changes"].items():
        assert answer["status"] == 2, (name, answer)
        assert reason in answer["err"] or "reading only" in answer["err"], (name, answer)
        assert answer["err"].count("\n") <= 2, (name, answer)
    told = found["dashboard"]
    for name in ("form", "delete", "walk", "undo"):
        assert reason in told[name] or "reading only" in told[name], (name, told[name])


def test_nothing_is_written_and_nothing_is_lost(seen: tuple[str, Any]) -> None:
    kind, found = seen
    assert found["changed"] == []
    if kind == "read-only":
        assert found["new"] == []
    else:
        assert not [name for name in found["new"] if name.endswith(".tmp")], "what could not be finished is taken away"
        assert found["afterwards"]["status"] == 0, "with room again, it is saved"
