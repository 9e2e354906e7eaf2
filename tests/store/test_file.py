"""The data file itself: its layout, its rights, links to it, and what other programs make of it."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import orjson
import pytest
from tinydb import JSONStorage, TinyDB, where

from simtui.store import file_format
from simtui.store.repository import ReadOnly, Refused, Touched, add, delete, put
from simtui.store.safe_storage import SafeStorage
from simtui.store.tinydb_repository import TinyDbRepository, open_repository
from tests.store.conftest import FakeClock

Opener = Callable[[], TinyDbRepository]


def filled(repository: TinyDbRepository, count: int = 3) -> None:
    repository.commit([add("line", {"n": number, "名": "保号"}) for number in range(1, count + 1)], "fill", "Add lines")
    repository.commit([add("act", {"line": 1})], "act", "Add act")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_plain_tinydb_reads_it(repository: TinyDbRepository, path: Path) -> None:
    filled(repository)
    with TinyDB(path, storage=JSONStorage, access_mode="r") as plain:
        assert plain.tables() == {"_meta", "line", "act"}
        assert plain.table("line").get(doc_id=2) == {"_rev": 1, "n": 2, "名": "保号"}
        assert [document.doc_id for document in plain.table("line").search(where("n") > 1)] == [2, 3]
        assert len(plain.table("_meta")) == 1


def test_one_document_a_line_and_a_commit_changes_only_its_own(repository: TinyDbRepository, path: Path) -> None:
    filled(repository, 300)
    before = path.read_bytes().split(b"\n")
    repository.commit([put("line", 7, {"n": 0}, if_rev=None)], "t", "Edit")
    after = path.read_bytes().split(b"\n")

    changed = {line for line in before if line not in after}
    assert {line[:6] for line in changed if line.startswith(b'"')} == {b'"7":{"', b'"schem'}
    assert orjson.loads(path.read_bytes())["line"]["7"] == {"_rev": 3, "n": 0}


def test_the_same_data_is_the_same_file(repository: TinyDbRepository, path: Path) -> None:
    filled(repository, 600)
    repository.commit([delete("line", 5, if_rev=None)], "d", "Delete")
    repository.undo(txid="u")
    assert file_format.encode(file_format.decode(path.read_bytes())) == path.read_bytes()
    assert [document.id for document in repository.list("line")] == list(range(1, 601))


def test_nothing_is_made_before_the_first_commit(path: Path, opener: Opener) -> None:
    repository = opener()
    repository.list("line")
    assert not path.parent.exists()
    repository.commit([add("line", {})], "t", "x")
    assert (mode(path.parent), mode(path), mode(path.with_name("simtui.json.lock"))) == (0o700, 0o600, 0o600)
    backup = repository.backup()
    assert (mode(backup.parent), mode(backup)) == (0o700, 0o600)


def test_rights_stay_narrow_whatever_they_were(repository: TinyDbRepository, path: Path) -> None:
    filled(repository)
    path.chmod(0o644)
    repository.commit([add("line", {})], "t", "x")
    assert mode(path) == 0o600


@pytest.mark.parametrize("rights", [0o620, 0o602, 0o666])
def test_a_file_that_others_can_write_is_refused(
    repository: TinyDbRepository, path: Path, opener: Opener, rights: int
) -> None:
    filled(repository)
    path.chmod(rights)
    with pytest.raises(Refused) as refused:
        opener()
    assert refused.value.next_step == f"Run: chmod 600 {path}"
    assert mode(path) == rights


def test_a_folder_in_which_others_can_replace_files_is_refused(
    repository: TinyDbRepository, path: Path, opener: Opener
) -> None:
    filled(repository)
    path.parent.chmod(0o777)
    with pytest.raises(Refused, match="chmod o-w"):
        opener()
    path.parent.chmod(0o1777)
    assert len(opener().list("line")) == 3


def test_a_write_protected_file_is_open_for_reading_only(
    repository: TinyDbRepository, path: Path, opener: Opener
) -> None:
    filled(repository)
    path.chmod(0o400)
    protected = opener()
    assert "write-protected" in protected.read_only_reason
    with pytest.raises(ReadOnly):
        protected.commit([add("line", {})], "t", "x")
    assert len(protected.list("line")) == 3


def test_read_only_leaves_no_trace(repository: TinyDbRepository, path: Path, clock: FakeClock) -> None:
    filled(repository)
    path.with_name("simtui.json.lock").unlink()
    leftover = path.with_name(".simtui.json.tmp")
    leftover.touch()
    reader = open_repository(path, read_only=True, clock=clock)
    assert len(reader.list("line")) == 3
    for change in (
        lambda: reader.commit([add("line", {})], "t", "x"),
        lambda: reader.undo(txid="u"),
        lambda: reader.redo(txid="r"),
        reader.backup,
    ):
        with pytest.raises(ReadOnly):
            change()
    assert reader.check() == ()
    assert sorted(path.parent.iterdir()) == [leftover, path]
    reader.close()


def test_what_a_dead_writer_left_is_tidied_up(repository: TinyDbRepository, path: Path, opener: Opener) -> None:
    filled(repository)
    repository.backup()
    leftovers = [path.with_name(".simtui.json.tmp"), path.parent / "backups" / ".simtui.json.tmp"]
    for leftover in leftovers:
        leftover.write_bytes(b"half a fi")
    opener()
    assert not any(leftover.exists() for leftover in leftovers)


def test_a_link_is_followed_and_stays(path: Path, tmp_path: Path, clock: FakeClock) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(path)
    repository = open_repository(link, clock=clock)
    filled(repository)
    repository.commit([add("line", {})], "t", "x")

    assert link.is_symlink()
    assert (repository.path, link.resolve()) == (path, path)
    assert path.with_name("simtui.json.lock").exists()
    assert not (tmp_path / "link.json.lock").exists()
    repository.close()


def test_a_link_in_the_lock_s_place_is_not_followed(repository: TinyDbRepository, path: Path, tmp_path: Path) -> None:
    filled(repository)
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    for name in ("simtui.json.lock", ".simtui.json.tmp"):
        path.with_name(name).unlink(missing_ok=True)
        path.with_name(name).symlink_to(victim)
    with pytest.raises(Exception, match="Nothing was saved"):
        repository.commit([add("line", {})], "t", "x")
    path.with_name("simtui.json.lock").unlink()
    repository.commit([add("line", {})], "t", "x")
    assert victim.read_bytes() == b"precious"
    assert not path.is_symlink()


def test_what_is_no_regular_file_is_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe, 0o600)
    for path in (tmp_path, pipe, tmp_path / "home" / ".." / "pipe" / "file"):
        with pytest.raises(Refused):
            open_repository(path)


def test_a_file_edited_by_hand_is_read_noticed_and_backed_up(
    repository: TinyDbRepository, path: Path, opener: Opener
) -> None:
    filled(repository)
    seen, rev = repository.seq, repository.list("line")[1].rev
    edited = path.read_bytes().replace(b'"n":2', b'"n":22')
    path.write_bytes(edited)

    for session in (repository, opener()):
        document = session.get("line", 2)
        assert document is not None
        assert document.body["n"] == 22
        assert session.changed_outside
        assert len(session.notices) == 1
        assert session.undo_name() is None
        assert session.changes_since(seen) is None
        assert session.read_only_reason == ""
    document = repository.get("line", 2)
    assert document is not None
    assert document.rev != rev, "whoever has the old version open gets a conflict"

    repository.commit([add("line", {})], "t", "x")
    backups = sorted((path.parent / "backups").iterdir())
    assert backups[-1].read_bytes() == edited
    assert not repository.changed_outside
    assert repository.changes_since(repository.seq - 1) == (Touched("line", 4),)


def test_tinydb_s_own_changes_are_taken_over(repository: TinyDbRepository, path: Path, opener: Opener) -> None:
    filled(repository)
    with TinyDB(path) as plain:
        plain.table("line").insert({"n": 99})
        plain.table("line").remove(doc_ids=[1])
        plain.insert({"somebody": "else"})

    repository.commit([add("line", {"n": 5})], "t", "x")

    for session in (repository, opener()):
        assert {document.id: document.body["n"] for document in session.list("line")} == {2: 2, 3: 3, 4: 99, 5: 5}
        assert all(document.rev > 0 for document in session.list("line"))
    with TinyDB(path) as plain:
        assert plain.all()[0]["somebody"] == "else", "a table that is not ours is kept"


def test_tinydb_can_be_opened_on_the_storage(path: Path, repository: TinyDbRepository) -> None:
    filled(repository)
    with TinyDB(path, storage=SafeStorage) as plain:
        assert len(plain.table("line")) == 3
        plain.table("line").update({"n": 7}, doc_ids=[1])
    assert path.read_bytes().count(b"\n") > 6, "still one document a line"
    document = repository.get("line", 1)
    assert document is not None
    assert document.body["n"] == 7

    with TinyDB(path.with_name("new.json"), storage=SafeStorage) as fresh:
        assert fresh.insert({"a": 1}) == 1
    assert mode(path.with_name("new.json")) == 0o600


def test_an_unchanged_file_is_not_read_again(
    repository: TinyDbRepository, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(repository)
    opened: list[object] = []
    real_open = os.open

    def counted(name: str, *args: int) -> int:
        opened.append(name)
        return real_open(name, *args)

    monkeypatch.setattr(os, "open", counted)
    repository.get("line", 1)
    repository.list("act", line=1)
    repository.reload_if_changed()
    assert opened == []


def test_secrets_stand_in_the_file_only_once(repository: TinyDbRepository, path: Path) -> None:
    repository.commit([add("line", {}), add("secret", {"code": "LPA:1$one"})], "a", "Add")
    repository.commit([put("secret", 1, {"code": "LPA:1$two"}, if_rev=None), add("line", {})], "b", "Edit")
    repository.undo(txid="u")
    repository.commit([delete("secret", 1, if_rev=None)], "c", "Forget")
    assert b"LPA:1$" not in path.read_bytes()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root writes files for others")
def test_root_locks_nobody_out(tmp_path: Path, clock: FakeClock) -> None:
    home = tmp_path / "somebody"
    home.mkdir()
    os.chown(home, 1234, 1234)
    path = home / "share" / "simtui" / "simtui.json"
    with closing(open_repository(path, clock=clock)) as repository:
        filled(repository)
        repository.backup()
    made = [path, *home.rglob("*")]
    assert len(made) > 6
    assert {(file.stat().st_uid, file.stat().st_gid) for file in made} == {(1234, 1234)}
