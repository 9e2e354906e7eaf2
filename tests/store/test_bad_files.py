"""Files that are cut, damaged, hostile, or not ours: named, never guessed at, never written to."""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from simtui.store.repository import Corrupt, NotSaved, ReadOnly, Refused, add
from simtui.store.safe_storage import LARGEST_FILE
from simtui.store.tinydb_repository import TinyDbRepository, open_repository

Opener = Callable[[], TinyDbRepository]


@pytest.fixture
def good(repository: TinyDbRepository, path: Path) -> bytes:
    repository.commit([add("line", {"n": number, "label": "keep"}) for number in range(5)], "a", "Add")
    repository.commit([add("act", {"line": 1, "note": "é 保"})], "b", "Add")
    return path.read_bytes()


def refused(path: Path, content: bytes) -> Corrupt:
    """Open a bad file, and see to it that it is left alone."""
    path.write_bytes(content)
    with pytest.raises(Corrupt) as error:
        open_repository(path)
    assert path.read_bytes() == content
    assert str(path) in str(error.value)
    assert error.value.problem
    assert error.value.next_step
    return error.value


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 500, b"{}", b"[]", b"null", b'{"a": 1}', b'{"name": {"1": {}}}', b"PK\x03\x04", b"\xff\xfe{\0}\0"],
)
def test_what_is_no_data_file(path: Path, good: bytes, content: bytes) -> None:
    refused(path, content)


def test_a_cut_file_names_the_place_and_the_newest_good_backup(
    repository: TinyDbRepository, path: Path, good: bytes
) -> None:
    older, newer = repository.backup(), repository.backup()
    cut = good.index(b'"3":{"_rev"') + 20
    assert refused(path, good[:cut]).backup == newer

    newer.write_bytes(b"bad too")
    error = refused(path, good[:cut])
    assert error.backup == older
    assert str(older) in error.next_step
    assert f"byte {cut}" in error.place
    assert "(line 3)" in error.place


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'{"_meta":{"1":{', "it ends too early"),
        (b'{"_meta":{"1":{}}}\nx\n', "something follows after its end"),
        (b'{"_meta":{"1":{\xff', "a byte that is not UTF-8"),
        (b"<html>", "“<” cannot stand there"),
    ],
)
def test_why_a_file_is_no_json_is_told_in_our_own_words(
    repository: TinyDbRepository, path: Path, data: bytes, why: str
) -> None:
    repository.commit([add("line", {})], "t", "Add line")
    error = refused(path, data)
    assert error.problem == f"The file is cut or is not JSON ({why})."
    assert "line " in error.place
    assert "column " in error.place


def test_why_a_file_is_damaged_is_told_in_our_own_words(path: Path, good: bytes) -> None:
    lines = [line if line.startswith(b'{"_meta"') else b"\x00" + line[1:] for line in good.split(b"\n")[:-2]]
    error = refused(path, b"\n".join([*lines, *good.split(b"\n")[-2:]]))
    assert "(a control character within a text)" in error.problem


def test_cut_at_any_length_it_opens_whole_or_not_at_all(path: Path, good: bytes) -> None:
    for length in range(len(good) - 1):
        refused(path, good[:length])
    path.write_bytes(good[:-1])
    only_the_line_end = open_repository(path)
    assert only_the_line_end.changed_outside
    assert len(only_the_line_end.list("line")) == 5
    only_the_line_end.close()


def test_flipped_bits_are_never_overlooked(path: Path, good: bytes) -> None:
    dice = random.Random(7)
    outcomes = set()
    for _trial in range(400):
        at, bit = dice.randrange(len(good)), dice.randrange(8)
        path.write_bytes(good[:at] + bytes([good[at] ^ 1 << bit]) + good[at + 1 :])
        try:
            repository = open_repository(path)
        except Corrupt:
            outcomes.add("refused")
            continue
        if repository.problems:
            outcomes.add("in part")
            assert repository.read_only_reason
        else:
            outcomes.add("changed outside")
            assert repository.changed_outside
        for kind in ("line", "act", "renewal", "secret"):
            repository.list(kind)
        repository.check()
        repository.close()
    assert outcomes == {"refused", "in part", "changed outside"}


JUNK: list[Any] = [None, 1, -1, 2**63, "x", [], {}, [[]], {"1": {}}, 1.5, True]


def mutated(dice: random.Random, whole: dict[str, Any]) -> dict[str, Any]:
    """Put junk in place of some part of the data, or leave it out."""
    part: Any = whole
    while True:
        key = dice.choice(list(part) if isinstance(part, dict) else range(len(part)))
        if not part[key] or not isinstance(part[key], dict | list) or dice.random() < 0.2:
            break
        part = part[key]
    if dice.random() < 0.3:
        del part[key]
    else:
        part[key] = dice.choice(JUNK)
    return whole


def test_junk_anywhere_is_named_or_taken_but_never_breaks_anything(path: Path, good: bytes) -> None:
    dice = random.Random(11)
    written = 0
    for trial in range(250):
        content = orjson.dumps(mutated(dice, orjson.loads(good)))
        path.write_bytes(content)
        try:
            repository = open_repository(path)
        except Corrupt:
            continue
        assert (repository.list("act", line=1), repository.undo_name(), repository.redo_name()) is not None
        try:
            repository.commit([add("line", {"n": trial})], "new", "Add")
            repository.undo(txid="back")
            assert repository.check() == ()
            written += 1
        except ReadOnly:
            assert repository.problems
            assert path.read_bytes() == content
        repository.close()
    assert 50 < written < 250


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"3":{"_rev":1,"n":2', b'"3":{"_rev":1,"n":,'),
        (b'"3":{"_rev":1,"n":2', b'"3":{"_rev":1,"n":\xff'),
        (b'"3":{"_rev"', b'"3":{_rev"'),
        (b'"3":{"_rev":1,"n":2', b'"3":{"_rev":1,"n":123456789012345678901234567890'),
        (b'"3":{"_rev":1,"n":2,"label":"keep"}', b'"3":["a list"]'),
        (b'"3":{"_rev":1,"n":2,"label":"keep"}', b'"3":{"a":' + b"[" * 600 + b"]" * 600 + b"}"),
    ],
)
def test_one_bad_document_leaves_the_rest_open_for_reading(path: Path, good: bytes, old: bytes, new: bytes) -> None:
    content = good.replace(old, new)
    assert content != good
    path.write_bytes(content)
    repository = open_repository(path)

    assert [problem.place for problem in repository.problems] == ["line 3"]
    assert [document.id for document in repository.list("line")] == [1, 2, 4, 5]
    assert len(repository.list("act")) == 1
    assert repository.check() == repository.problems
    with pytest.raises(ReadOnly):
        repository.commit([add("line", {})], "t", "x")
    repository.close()
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (b'"4":{"_rev"', b'"3":{"_rev"', "line 3"),
        (b'"n":2,', b'"n":2,"n":3,', "line 3"),
        (b'"n":2,', b'"n":{"deep":[{"a":1,"a":1}]},', "line 3"),
        (b'"n":2,', b'"n" :2,"n":3,', "line 3"),
        (b'"4":{"_rev":1,"n":3', b'"3" :{"_rev":1,"n":"\\\\\\":"', "line 3"),
        (b'"act":{', b'"line":{', "line"),
        (b'"ids":{', b'"ids":{"line":2,', "_meta 1"),
    ],
)
def test_what_stands_there_twice_is_not_guessed_at(path: Path, good: bytes, old: bytes, new: bytes, place: str) -> None:
    content = good.replace(old, new)
    assert content != good
    path.write_bytes(content)
    repository = open_repository(path)
    assert [problem.place for problem in repository.problems] == [place]
    assert "twice" in repository.problems[0].problem
    assert repository.read_only_reason
    repository.close()


def test_an_id_that_is_no_number_and_a_table_that_is_none(path: Path, good: bytes) -> None:
    path.write_bytes(good.replace(b'"3":{"_rev"', b'"three":{"_rev"').replace(b'"act":{', b'"renewal":7,"act":{'))
    repository = open_repository(path)
    assert [problem.place for problem in repository.problems] == ["line three", "renewal"]
    assert repository.read_only_reason
    repository.close()


@pytest.mark.parametrize(
    ("old", "new"),
    [(b'"seq":2', b'"seq":-2'), (b'"ids":{', b'"ids":[{'), (b'"schema":1', b'"schema":"1"'), (b'"floor":0', b'"f":0')],
)
def test_a_damaged_record_of_the_store_s_own(path: Path, good: bytes, old: bytes, new: bytes) -> None:
    assert old in good
    path.write_bytes(good.replace(old, new, 1))
    repository = open_repository(path)
    assert [problem.place for problem in repository.problems] == ["_meta 1"]
    assert len(repository.list("line")) == 5
    repository.close()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"txid":"a"', b'"txid":[{}]'),
        (b'[["act",', b'[[["act"],'),
    ],
)
def test_a_damaged_undo_ring_costs_only_undo(path: Path, good: bytes, old: bytes, new: bytes) -> None:
    assert old in good
    path.write_bytes(good.replace(old, new))
    repository = open_repository(path)
    assert (repository.problems, repository.undo_name()) == ((), None)
    assert repository.commit([add("line", {})], "c", "x").ids == (6,)
    repository.close()


def test_a_session_survives_that_its_file_is_damaged_for_a_while(
    repository: TinyDbRepository, path: Path, good: bytes
) -> None:
    path.write_bytes(good[:100])
    for _attempt in range(2):
        with pytest.raises(Corrupt):
            repository.reload_if_changed()
        with pytest.raises(Corrupt):
            repository.commit([add("line", {})], "t", "x")
    path.write_bytes(good)
    assert repository.reload_if_changed()
    assert len(repository.list("line")) == 5


def test_a_file_too_large_or_nested_too_deeply(path: Path, good: bytes) -> None:
    refused(path, b'{"_meta":{"1":' + b'{"a":' * 100_000 + b"1" + b"}" * 100_002)
    with path.open("r+b") as file:
        file.truncate(LARGEST_FILE + 1)
    with pytest.raises(Refused, match="256 MB"):
        open_repository(path)


def test_a_missing_file_with_backups_beside_it_is_mentioned(
    repository: TinyDbRepository, path: Path, good: bytes, opener: Opener
) -> None:
    backup = repository.backup()
    path.unlink()
    assert str(backup) in opener().notices[0]


def test_a_disk_that_cannot_be_read(repository: TinyDbRepository, path: Path, good: bytes, opener: Opener) -> None:
    def broken(*_args: object) -> bytes:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(os, "pread", broken)
        with pytest.raises(Refused, match="Input/output error"):
            opener()
        with pytest.raises(NotSaved, match="Input/output error"):
            repository.backup()
    assert path.read_bytes() == good
    assert len(repository.list("line")) == 5
