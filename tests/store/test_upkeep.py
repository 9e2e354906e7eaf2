"""Backups and migrations."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from simtui.store import backups, migrations
from simtui.store.migrations import Tables
from simtui.store.repository import Corrupt, NotSaved, ReadOnly, add, put
from simtui.store.safe_storage import SafeStorage
from simtui.store.tinydb_repository import TinyDbRepository, open_repository
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


def test_copies_of_a_file_with_a_similar_name_are_left_alone(tmp_path: Path, clock: FakeClock) -> None:
    files = [tmp_path / name for name in ("mine.json", "mine-2.json", "mine-[2].json", "mine-2026-09-21T141320Z.json")]
    made: dict[Path, list[Path]] = {file: [] for file in files}
    for file in files:
        with closing(open_repository(file, clock=clock)) as repository:
            repository.commit([add("line", {})], "a", "x")
    for _day in range(10):
        clock.next_day()
        for file in files:
            made[file].append(backups.make(file, file.read_bytes(), clock()))
    for file in files:
        assert backups.copies(file) == made[file]


def test_a_backup_that_cannot_be_read_again_does_not_stay(
    repository: TinyDbRepository, path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit([add("line", {"n": 0})], "a", "Add")
    good = repository.backup()
    write = os.write

    def loses_something(descriptor: int, data: bytes) -> int:
        write(descriptor, bytes(data).replace(b'"line"', b'"li\xffe"'))
        return len(data)

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", loses_something)
        with pytest.raises(NotSaved, match="cannot be read again"):
            repository.backup()
    assert backups.copies(path) == [good]


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
        assert session.check() == (), "what a newer simtui keeps in its record is not called wrong"
    assert path.read_bytes() == newer


def test_the_undo_ring_is_bounded_in_bytes(repository: TinyDbRepository, path: Path) -> None:
    for number in range(40):
        repository.commit(
            [put("line", 1, {"text": f"{number}" * 50_000}, if_rev=None if number else 0)], f"{number}", "x"
        )
    (ring,) = [document["ring"] for document in orjson.loads(path.read_bytes())["_meta"].values()]
    assert 8 < len(ring) < 40
    assert len(orjson.dumps(ring)) <= 1_100_000
    while repository.undo_name():
        repository.undo(txid=f"undo {repository.seq}")
    assert repository.list("line")[0].body["text"][:2] != "39"
    while repository.redo_name():
        repository.redo(txid=f"redo {repository.seq}")
    assert repository.list("line")[0].body == {"text": "39" * 50_000}
    assert repository.check() == ()


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


def test_two_sessions_migrate_once(
    repository: TinyDbRepository, path: Path, opener: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit([add("line", {"n": 7})], "a", "Add")
    monkeypatch.setattr(migrations, "STEPS", {1: rename_n})
    clean_up = SafeStorage.clean_up

    def while_another_session_opens(storage: SafeStorage) -> None:
        monkeypatch.setattr(SafeStorage, "clean_up", clean_up)
        opener()
        written.append(path.read_bytes())

    written: list[bytes] = []
    monkeypatch.setattr(SafeStorage, "clean_up", while_another_session_opens)
    migrated = opener()

    assert path.read_bytes() == written[0]
    assert [document.body for document in migrated.list("line")] == [{"number": 7}]


def test_a_migration_that_meets_what_it_does_not_expect_changes_nothing(
    repository: TinyDbRepository, path: Path, opener: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit([add("line", {"other": 7})], "a", "Add")
    old = path.read_bytes()
    monkeypatch.setattr(migrations, "STEPS", {1: rename_n})
    with pytest.raises(Corrupt, match="schema 1"):
        opener()
    assert path.read_bytes() == old


def test_older_data_is_read_without_being_written(
    repository: TinyDbRepository, path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit([add("line", {"n": 7})], "a", "Add")
    old = path.read_bytes()
    monkeypatch.setattr(migrations, "STEPS", {1: rename_n})
    with closing(open_repository(path, read_only=True, clock=clock)) as reader:
        assert [document.body for document in reader.list("line")] == [{"number": 7}]
    assert path.read_bytes() == old


def test_the_first_schema_is_read_by_every_later_simtui(path: Path, opener: Opener) -> None:
    """The file was written by simtui 0.1; it never changes, and what it says never does."""
    path.parent.mkdir()
    path.write_bytes((Path(__file__).with_name("schema_1.json")).read_bytes())
    path.chmod(0o600)

    repository = opener()

    assert (repository.problems, repository.check()) == ((), ())
    assert not repository.changed_outside
    assert [line.body["label"] for line in repository.list("line")] == ["Mobicarte 保号", "giffgaff"]
    assert [act.body["kind"] for act in repository.list("act", line=1)] == ["top_up", "balance_reading"]
    assert [secret.id for secret in repository.list("secret")] == [1]
    assert repository.commit([add("line", {})], "later", "Add line").ids == (4,), "3 was given out and deleted"


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
