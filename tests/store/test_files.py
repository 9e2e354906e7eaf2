"""Files for others: settings that are replaced whole, exports that never overwrite."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from simtui.store.files import NotWritten, atomic_write, write_new


def test_atomic_write_replaces_and_keeps_links(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    link.symlink_to(file)
    for content in (b"one", b"two"):
        atomic_write(link, content)
        assert file.read_bytes() == content
    assert link.is_symlink()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert {path.name for path in tmp_path.iterdir()} == {"file", "link", "home"}


def test_write_new_never_overwrites_and_never_follows(tmp_path: Path) -> None:
    file, link, dangling = tmp_path / "file", tmp_path / "link", tmp_path / "dangling"
    write_new(file, b"first")
    link.symlink_to(file)
    dangling.symlink_to(tmp_path / "nowhere")
    for path in (file, link, dangling):
        with pytest.raises(NotWritten, match="already a file"):
            write_new(path, b"second")
    assert file.read_bytes() == b"first"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_failure_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    (tmp_path / "old").write_bytes(b"old")

    def fail(*_args: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(NotWritten, match="No space left"):
        write_new(tmp_path / "new", b"content")
    with pytest.raises(NotWritten, match="No space left"):
        atomic_write(tmp_path / "old", b"content")
    assert (tmp_path / "old").read_bytes() == b"old"
    assert {path.name for path in tmp_path.iterdir()} == {"old", "home"}


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    for write in (write_new, atomic_write):
        with pytest.raises(NotWritten, match="No such file"):
            write(tmp_path / "none" / "file", b"content")
