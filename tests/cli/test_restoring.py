"""`simtui restore`, `purge` and `backup -`: going back, removing for good, and what is kept elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simtui import paths
from tests.cli.conftest import Run


def names(run: Run) -> set[str]:
    return {line["name"] for line in run("list", "--json").json["lines"]}


@pytest.fixture
def changed(held: Run) -> Run:
    """Lines of which one was added and one was renamed since the backup."""
    assert held("backup").status == 0
    assert held("edit", "Paris", "--set", "label=Lyon").status == 0
    assert held("add", "New: giffgaff sms -3d").status == 0
    return held


def test_backups_are_listed_the_newest_first(changed: Run, data_file: Path) -> None:
    found = changed("restore", "--json").json["backups"]
    assert found == sorted(found, reverse=True)
    assert all(Path(path).parent == data_file.parent / "backups" for path in found)
    listed = changed("restore").out.splitlines()
    assert listed[0] == f"1  {found[0]}"
    assert "simtui restore 1" in listed[-1]


def test_without_backups_nothing_is_listed(simtui: Run) -> None:
    answer = simtui("restore")
    assert (answer.status, answer.err) == (0, "")
    assert "There are no backups" in answer.out
    assert "There is no such backup" in simtui("restore", "1").err


def test_going_back_is_shown_first_and_can_be_undone(changed: Run) -> None:
    before = names(changed)
    shown = changed("restore", "1")
    assert shown.status == 0
    assert "changes: Paris" in shown.out
    assert "goes: New" in shown.out
    assert "acts and other records: 0 come back, 1 go, 0 change" in shown.out
    assert "To write: simtui restore --yes" in shown.out
    assert names(changed) == before

    done = changed("restore", "1", "--yes")
    assert done.status == 0
    assert "What was there before is kept in" in done.out
    assert names(changed) == {"Paris", "妈妈", "Monaco", "Lyca"}
    assert "Undone: go back to the backup of 20" in changed("undo").out
    assert names(changed) == before


def test_going_back_tells_programs_what_changes(changed: Run) -> None:
    told = changed("restore", "1", "--json").json
    assert told["restored"] is False
    lines = [one for one in told["changes"] if one["kind"] == "line"]
    assert lines == [
        {"kind": "line", "id": 1, "name": "Paris", "change": "changed"},
        {"kind": "line", "id": 5, "name": "New", "change": "gone"},
    ]
    assert changed("restore", "1", "--json", "--yes").json["restored"] is True


def test_a_file_that_cannot_be_read_names_the_way_back(changed: Run, data_file: Path) -> None:
    data_file.write_text("{", encoding="utf-8")
    answer = changed("list")
    assert answer.status == 2
    assert "simtui restore goes back to a backup" in answer.err
    assert "the data cannot be read now" in changed("restore", "1").out
    assert changed("restore", "1", "--yes").status == 0
    assert "Paris" in names(changed)


@pytest.mark.parametrize("command", [("restore", "1", "--yes"), ("purge", "1", "--yes")])
@pytest.mark.parametrize("option", ["--read-only", "--demo"])
def test_nothing_is_touched_read_only_or_in_the_demo(changed: Run, command: tuple[str, ...], option: str) -> None:
    before = names(changed)
    assert changed(*command, option).status == 2
    assert names(changed) == before


def test_a_purged_line_leaves_no_trace(changed: Run, data_file: Path, home: Path) -> None:
    cache = paths.cache_dir()
    cache.mkdir(parents=True, exist_ok=True)
    (cache / "answer-1").write_text("Lyon +33639980001", encoding="utf-8")
    glance = data_file.with_name("simtui.json.glance")
    glance.write_text("Lyon", encoding="utf-8")
    refused = changed("purge", "Lyon")
    assert refused.status == 2
    assert "--yes removes it without asking" in refused.err
    answer = changed("purge", "Lyon", "--yes", "--json")
    assert answer.json["purged"] == 1
    assert answer.json["documents"] == 2
    assert len(answer.json["copies"]) >= 1
    assert not glance.exists()
    for file in (path for path in home.rglob("*") if path.is_file()):
        assert b"+33639980001" not in file.read_bytes(), file
    assert "Nothing of the deleted line 1 was found" in changed("purge", "1", "--yes").out
    assert "no line" in changed("purge", "Nobody", "--yes").err


def test_a_deleted_line_is_not_remembered_by_cached_answers(held: Run) -> None:
    from simtui.config import Settings
    from simtui.session import Options, open_desk

    cache = paths.cache_dir()
    cache.mkdir(parents=True, exist_ok=True)
    desk = open_desk(Options(), Settings())
    for change in (lambda: desk.delete_lines([1]), desk.undo, desk.redo):
        (cache / "answer-1").write_text("+33639980001", encoding="utf-8")
        change()
        assert list(cache.iterdir()) == []
    desk.repository.close()


def test_the_data_goes_to_standard_output_as_it_is(held: Run, data_file: Path) -> None:
    answer = held("backup", "-")
    assert (answer.status, answer.err) == (0, "")
    assert json.loads(answer.out)["line"]["1"]["label"] == "Paris"
    assert answer.out == data_file.read_text(encoding="utf-8")
    assert "of no use" in held("backup", "-", "--private").err
    assert "not understood: elsewhere" in held("backup", "elsewhere").err


def test_there_is_no_data_to_write_out_yet(simtui: Run) -> None:
    assert "There is no data to back up yet" in simtui("backup", "-").err
