"""What is found amiss around a data file."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from simtui.store import backups
from simtui.store.examining import OLD_DAYS, Observation, examine
from simtui.store.lock import FileLock
from simtui.store.repository import add
from simtui.store.tinydb_repository import TinyDbRepository

MOUNTS = "overlay / overlay rw 0 0\nserver:/home {home} {kind} rw 0 0\nproc /proc proc rw 0 0\n"


@pytest.fixture
def kept(repository: TinyDbRepository, path: Path) -> Path:
    repository.commit([add("line", {"n": 0})], "a", "Add")
    return path


def amiss(path: Path, **settings: object) -> list[str]:
    return [seen.words for seen in examine(path, **settings) if not seen.well]  # type: ignore[arg-type]


def test_what_simtui_made_is_well(kept: Path, repository: TinyDbRepository) -> None:
    repository.backup()
    assert amiss(kept) == []
    assert Observation(well=True, words=f"1 copy, the newest is {backups.copies(kept)[0].name}") in examine(kept)


def test_before_the_first_commit_there_is_nothing_to_say(path: Path) -> None:
    assert list(examine(path)) == []


def test_a_file_that_others_can_read(kept: Path) -> None:
    kept.chmod(0o640)
    assert amiss(kept) == [f"others on this machine can get at {kept}: chmod go= {kept}"]


def test_a_folder_of_copies_that_others_can_enter(kept: Path, repository: TinyDbRepository) -> None:
    repository.backup()
    backups.folder(kept).chmod(0o755)
    assert str(backups.folder(kept)) in amiss(kept)[0]


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs", "9p"])
def test_a_network_file_system(kept: Path, tmp_path: Path, kind: str) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS.format(home=kept.resolve().parent, kind=kind))
    assert amiss(kept, mounts=mounts) == [
        f"{kept.resolve()} lies on a network file system ({kind}): use it from one machine at a time"
    ]
    mounts.write_text(MOUNTS.format(home=kept.resolve().parent, kind="ext4"))
    assert amiss(kept, mounts=mounts) == []


def test_a_folder_on_the_network_beside_the_file_is_none_of_its_business(kept: Path, tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS.format(home=f"{kept.resolve().parent}x", kind="nfs"))
    assert amiss(kept, mounts=mounts) == []


def test_who_writes_just_now_is_named_and_a_lock_left_behind_is_not_feared(kept: Path) -> None:
    lock = kept.with_name(f"{kept.name}.lock")
    with FileLock(lock, timeout=1, clock=time.time).held():
        assert any(f"process {os.getpid()} on " in seen.words for seen in examine(kept))
    assert any(f"nobody holds the lock; {lock} may stay" in seen.words for seen in examine(kept))
    assert amiss(kept) == []


def test_a_link_in_the_lock_s_place(kept: Path, tmp_path: Path) -> None:
    lock = kept.with_name(f"{kept.name}.lock")
    lock.unlink(missing_ok=True)
    lock.symlink_to(tmp_path / "elsewhere")
    assert amiss(kept) == [f"{lock} is no lock file: remove it"]


def test_a_copy_that_cannot_be_read(kept: Path, repository: TinyDbRepository) -> None:
    copy = repository.backup()
    copy.write_bytes(copy.read_bytes()[:-40])
    assert amiss(kept) == [f"the copy {copy} cannot be read"]


def test_data_without_a_copy_for_longer_than_a_day(kept: Path) -> None:
    assert amiss(kept) == []
    assert amiss(kept, now=time.time() + 3 * 86_400) == ["no copy of the data yet: simtui backup makes one"]


def test_copies_that_are_much_older_than_the_data(kept: Path, repository: TinyDbRepository) -> None:
    copy = repository.backup()
    old = kept.stat().st_mtime - (OLD_DAYS + 2) * 86_400
    os.utime(copy, (old, old))
    assert amiss(kept)[0].endswith(f"the data is {OLD_DAYS + 2} days newer")
