"""Import and export as commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simtui.cli.console import Console
from tests.cli.conftest import Run

GOOD = "label,offer,last_sms_date\nMum,giffgaff,2026-11-01\nDad,giffgaff,2026-11-02\n"
MIXED = (
    "label,number,offer,last_top_up_date,last_top_up_amount\n"
    "Good,,giffgaff,2026-11-01,10\n"
    "Bad date,,mobicarte,03/04/2026,10 EUR\n"
    "Bad all,+33,nonsense,2026-02-30,ten\n"
)


def names(simtui: Run) -> list[str]:
    return sorted(line["name"] for line in simtui("list", "--json").json["lines"])


def test_a_preview_writes_nothing_and_says_how_to_write(simtui: Run, tmp_path: Path) -> None:
    file = tmp_path / "lines.csv"
    file.write_text(GOOD, encoding="utf-8")
    answer = simtui("import", str(file))
    assert answer.status == 0
    assert "Would be added:" in answer.out
    assert "Mum" in answer.out
    assert "SMS sent 2026-11-01" in answer.out
    assert f"To write: simtui import --yes {file}" in answer.out
    assert names(simtui) == []
    assert simtui("import", str(file), "--yes").out.endswith("Added 2 lines.\n")
    assert names(simtui) == ["Dad", "Mum"]


@pytest.mark.parametrize(("reply", "added"), [("yes\n", 2), ("Y\n", 2), ("\n", 0), ("no\n", 0), ("", 0)])
def test_at_a_terminal_it_asks_after_the_preview(
    simtui: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reply: str, added: int
) -> None:
    file = tmp_path / "lines.csv"
    file.write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr(Console, "asks", lambda _console: True)
    answer = simtui("import", str(file), stdin=reply)
    assert "Add 2 lines? [yes/no]" in answer.err
    assert answer.out.count("Would be added:") == 1
    assert len(names(simtui)) == added
    assert answer.status == (0 if added else 2)


def test_an_import_is_one_change(simtui: Run) -> None:
    simtui("import", "-", "--yes", stdin=GOOD)
    assert simtui("undo").out == "Undone: import 2 lines\n"
    assert names(simtui) == []


def test_nothing_is_written_while_anything_is_wrong(simtui: Run) -> None:
    answer = simtui("import", "-", "--yes", stdin=MIXED)
    assert answer.status == 2
    assert "row 3, last_top_up_date: 03/04/2026 may mean more than one day" in answer.out
    assert "row 4, number: " in answer.out
    assert "row 4, offer: no offer fits nonsense" in answer.out
    assert "Nothing was written." in answer.out
    assert names(simtui) == []


def test_what_is_wrong_can_be_left_out(simtui: Run) -> None:
    answer = simtui("import", "-", "--yes", "--skip-bad", stdin=MIXED)
    assert answer.status == 0
    assert answer.out.endswith("Added 1 line.\n")
    assert names(simtui) == ["Good"]


def test_what_is_not_read_is_said(simtui: Run) -> None:
    told = simtui("import", "-", stdin="label,offer,Colour,PUK\nMum,giffgaff,red,1234\n").out
    assert "Columns that are not read: Colour" in told
    assert "row 1, PUK: is not read: simtui keeps no PIN, PUK, password, code or card number" in told
    assert "1234" not in told


def test_programs_get_rows_and_columns(simtui: Run) -> None:
    told = simtui("import", "-", "--json", stdin=MIXED).json
    assert (told["added"], told["would_add"]) == ([], [2])
    assert {(one["row"], one["column"]) for one in told["wrong"]} >= {(3, "last_top_up_date"), (4, "offer")}


def test_an_export_comes_back_without_loss(held: Run, tmp_path: Path) -> None:
    held("edit", "Paris", "--set", "backup=Monaco", "--set", "notes==1+1 [/x]\u202e")
    held("record", "Monaco", "reading", "--credit-left", "2.10EUR", "--source", "site")
    file = tmp_path / "all.json"
    assert held("export", str(file)).out == f"4 lines written to {file}\n"
    other = str(tmp_path / "other.json")
    held("add", "first: giffgaff", "--data", other)
    answer = held("import", "--yes", str(file), "--data", other)
    assert answer.status == 0, answer.out
    first, *rest = held("export", "--data", other).json["lines"]
    assert first["line"]["label"] == "first"
    expected = json.loads(file.read_text(encoding="utf-8"))["lines"]
    for entry in expected:
        entry["id"] += 1
    expected[0]["line"]["backup"] = {"line": 4}
    assert rest == expected


def test_secrets_are_in_no_export(held: Run, data_file: Path) -> None:
    from simtui.store.repository import add
    from simtui.store.tinydb_repository import open_repository

    repository = open_repository(data_file)
    repository.commit([add("secret", {"line": 1, "activation_code": "LPA:1$demo$SECRET"})], "t", "secret")
    repository.close()
    for answer in (held("export"), held("export", "--format", "csv"), held("show", "1", "--json"), held("doctor")):
        assert "SECRET" not in answer.out + answer.err


def test_csv_has_a_row_a_line_with_its_standing_and_runs_no_formula(held: Run, tmp_path: Path) -> None:
    held("edit", "Paris", "--set", 'label==HYPERLINK("x")')
    file = tmp_path / "lines.csv"
    held("export", str(file))
    rows = file.read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 5
    assert rows[1].startswith('1,"\'=HYPERLINK(""x"")",\'+33639980001,orange-fr-mobicarte,Mobicarte,')
    assert ",due,2026-11-24,3,number,third_party,2026-11-24," in rows[1]


def test_what_csv_says_of_a_line_comes_back(held: Run, tmp_path: Path) -> None:
    held("edit", "Paris", "--set", 'label==HYPERLINK("x")', "--set", "tags=a,b", "--set", "weight=high")
    file = tmp_path / "lines.csv"
    held("export", str(file))
    other = str(tmp_path / "other.json")
    answer = held("import", "--yes", str(file), "--data", other)
    assert answer.status == 0, answer.out
    before = [entry["line"] for entry in held("export").json["lines"]]
    assert [entry["line"] for entry in held("export", "--data", other).json["lines"]] == before


def test_an_export_never_overwrites_nor_follows_a_link(held: Run, tmp_path: Path) -> None:
    taken = tmp_path / "taken.json"
    taken.write_text("mine", encoding="utf-8")
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "elsewhere.json")
    for file in (taken, link):
        answer = held("export", str(file))
        assert answer.status == 2
        assert "already a file of that name" in answer.err
    assert taken.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "elsewhere.json").exists()


def test_an_export_is_for_its_owner_only(held: Run, tmp_path: Path) -> None:
    file = tmp_path / "all.json"
    held("export", str(file))
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "has no headings that name the lines"),
        (b"\x89PNG\r\n\x1a\n\xff\xfe", "is not UTF-8 text"),
        ("名称,产品\n妈妈,giffgaff\n".encode("gbk"), "line 1 is not UTF-8 text"),
        (b"{", "is not JSON"),
        (b"[]", "is no export of simtui"),
        (b'{"format": "simtui-lines", "version": true, "lines": []}', "is no export of simtui"),
        (b'{"format": "simtui-lines", "version": 1, "lines": {}}', "lines: must be a list in brackets"),
        (b'{"format": "simtui-lines", "version": 99, "lines": []}', "written by a newer simtui"),
        (b'label,offer\n"open,giffgaff\n', "row 2 cannot be read"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(simtui: Run, content: bytes, told: str) -> None:
    answer = simtui("import", "-", stdin=content)
    assert answer.status == 2
    assert told in answer.err


def test_a_data_file_is_told_from_an_export(held: Run, data_file: Path) -> None:
    answer = held("import", str(data_file))
    assert answer.status == 2
    assert "is a data file of simtui, not an export" in answer.err
    assert f"simtui export --data {data_file} NEW_FILE" in answer.err


def test_standard_input_is_called_so(simtui: Run) -> None:
    assert "standard input: has no headings" in simtui("import", "-").err


def test_only_regular_files_are_read(simtui: Run, tmp_path: Path) -> None:
    import os

    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    assert "is not a regular file" in simtui("import", str(fifo)).err
    assert "is not a regular file" in simtui("import", str(tmp_path)).err
    assert "cannot be read" in simtui("import", str(tmp_path / "none.csv")).err


def test_a_file_that_is_too_large_is_not_read(simtui: Run, tmp_path: Path) -> None:
    file = tmp_path / "large.csv"
    with file.open("wb") as large:
        large.truncate(8 * 1024 * 1024 + 1)
    assert "is larger than 8 MB" in simtui("import", str(file)).err


@pytest.mark.parametrize("name", ["out.xlsx", "out.csv.txt"])
def test_an_ending_that_names_no_format_is_refused(held: Run, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    answer = held("export", str(file))
    assert (answer.status, file.exists()) == (2, False)
    assert ".json" in answer.err
    assert ".csv" in answer.err
    assert held("export", str(file), "--format", "csv").status == 0
    assert file.read_bytes().count(b"\n") == 5


def test_the_ending_chooses_the_format(held: Run, tmp_path: Path) -> None:
    held("export", str(tmp_path / "A.CSV"))
    held("export", str(tmp_path / "b"))
    assert (tmp_path / "A.CSV").read_text("utf-8-sig").startswith("id")
    assert (tmp_path / "b").read_text("utf-8").startswith("{")


def test_a_long_name_leaves_the_other_columns_of_the_preview_in_sight(simtui: Run) -> None:
    name = "Long " * 40
    answer = simtui("import", "-", stdin=f"label,offer,valid_until\n{name.strip()},giffgaff-payg,2027-01-01\n")
    row = next(line for line in answer.out.splitlines() if "Long" in line)
    assert "…" in row
    assert row.index("giffgaff-payg") < 50
    assert row.endswith("2027-01-01")


@pytest.mark.parametrize("command", [("list", "--json"), ("show", "1", "--json"), ("export",)])
def test_json_holds_a_hostile_name_as_it_is_and_no_terminal_obeys_it(held: Run, command: tuple[str, ...]) -> None:
    name = "a\u202eb\x9b31m\x7f\u200b保"
    held("edit", "1", "--set", f"label={name}")
    answer = held(*command)
    assert name in json.dumps(answer.json, ensure_ascii=False).replace("\\u007f", "\x7f")
    assert r"a\u202eb\u009b31m\u007f\u200b保" in answer.out
    assert not [char for char in answer.out if not char.isprintable() and char != "\n"]
