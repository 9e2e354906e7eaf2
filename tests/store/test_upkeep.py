"""Backups and migrations."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from simtui.store import backups, migrations
from simtui.store.migrations import Tables
from simtui.store.repository import NotSaved, ReadOnly, add, put
from simtui.store.tinydb_repository import TinyDbRepository
from tests.store.conftest import FakeClock

Opener = Callable[[], TinyDbRepository]


def edit(repository: TinyDbRepository, number: int) -> None:
    repository.commit([put("line", 1, {"n": number}, if_rev=None)], f"edit {number}", "Edit")


def test_the_first_commit_of_a_day_copies_the_file_first(
    repository: TinyDbRepository, path: Path, clock: FakeClock
) -> None:
    repository.commit([add("line", {"n": 0})], "a", "Add")
    for day in range(1, 4):
        clock.next_day()
        before = path.read_bytes()
        edit(repository, day)
        copies = backups.copies(path)
        assert len(copies) == day
        assert copies[-1].read_bytes() == before
        edit(repository, -day)
        assert backups.copies(path) == copies
    assert copies[0].name == "simtui-2026-09-22T141320Z.json"


def test_fourteen_days_and_twelve_months_are_kept(repository: TinyDbRepository, path: Path, clock: FakeClock) -> None:
    repository.commit([add("line", {"n": 0})], "a", "Add")
    for _day in range(460):
        clock.next_day()
        backups.make(path, path.read_bytes(), clock())
    names = [copy.name for copy in backups.copies(path)]

    last_days = names[-14:]
    assert last_days[0].startswith("simtui-2027-12-12")
    assert last_days[-1].startswith("simtui-2027-12-25")
    months = [name[7:14] for name in names[:-14]]
    assert months == [f"2027-{month:02}" for month in range(1, 13)]
    assert all(name[15:17] == "01" for name in names[:-14])


def test_copies_on_demand_do_not_pile_up(repository: TinyDbRepository, path: Path) -> None:
    repository.commit([add("line", {"n": 0})], "a", "Add")
    made = [repository.backup() for _copy in range(9)]
    assert backups.copies(path) == sorted([made[0], *made[-5:]])


def test_a_failed_daily_backup_stops_nobody_and_is_told(
    repository: TinyDbRepository, path: Path, clock: FakeClock
) -> None:
    repository.commit([add("line", {"n": 0})], "a", "Add")
    in_the_way = path.with_name("backups")
    in_the_way.touch()
    clock.next_day()
    edit(repository, 1)
    assert "backup failed" in repository.notices[0]
    assert "Nothing was saved" not in repository.notices[0], "the change was saved"
    with pytest.raises(NotSaved, match="backup failed"):
        repository.backup()

    in_the_way.unlink()
    edit(repository, 2)
    assert repository.notices == ()
    assert len(backups.copies(path)) == 1


def test_newer_data_is_open_for_reading_only(repository: TinyDbRepository, path: Path, opener: Opener) -> None:
    repository.commit([add("line", {"n": 0})], "a", "Add")
    newer = path.read_bytes().replace(b'"schema":1', b'"schema":2,"unheard":"of"')
    path.write_bytes(newer)

    for session in (repository, opener()):
        assert len(session.list("line")) == 1
        with pytest.raises(ReadOnly, match="newer simtui"):
            edit(session, 1)
    assert path.read_bytes() == newer


def rename_n(tables: Tables) -> Tables:
    tables["line"] = {doc_id: {"number": body["n"]} for doc_id, body in tables["line"].items()}
    return tables


def test_older_data_is_migrated_after_a_backup(
    repository: TinyDbRepository, path: Path, opener: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit([add("line", {"n": 7}), add("act", {"line": 1})], "a", "Add")
    act = repository.get("act", 1)
    old, seen = path.read_bytes(), repository.seq
    monkeypatch.setattr(migrations, "STEPS", {1: rename_n})

    migrated = opener()

    assert [document.body for document in migrated.list("line")] == [{"number": 7}]
    assert migrated.get("act", 1) == act, "what a step leaves alone keeps its rev"
    assert b'"schema":2' in path.read_bytes()
    assert [copy.read_bytes() for copy in backups.copies(path)] == [old]
    assert migrated.undo_name() is None
    assert migrated.changes_since(seen) is None
    assert migrated.check() == ()

    monkeypatch.setattr(migrations, "STEPS", {})
    assert repository.reload_if_changed()
    assert "newer" in repository.read_only_reason


def test_a_migration_without_its_backup_does_not_happen(
    repository: TinyDbRepository, path: Path, opener: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit([add("line", {"n": 7})], "a", "Add")
    old = path.read_bytes()
    path.with_name("backups").touch()
    monkeypatch.setattr(migrations, "STEPS", {1: rename_n})
    with pytest.raises(NotSaved):
        opener()
    assert path.read_bytes() == old
