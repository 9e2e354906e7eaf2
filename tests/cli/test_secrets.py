"""An activation code leaves the data file for nowhere, and a line that is purged leaves no byte behind."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from simtui.cli.commands import COMMANDS
from simtui.config import Settings
from simtui.domain.secret import Secret
from simtui.session import Options, open_desk
from simtui.store.repository import add
from tests.cli.conftest import Run
from tests.tui.dashboards import app_on, on_file, running

CODES = ("ACTIVATION4711", "CONFIRMATION0815")
ASKED: dict[str, list[list[str]]] = {
    "due": [[], ["--json"]],
    "list": [[], ["--all", "--json"], ["--private"], ["--lang=zh"]],
    "show": [["1"], ["1", "--json"], ["1", "--private"]],
    "explain": [["1"], ["1", "--json"]],
    "plan": [[], ["--json"]],
    "add": [["Other: giffgaff sms -3d"], ["nonsense that no offer fits"]],
    "edit": [["1", "--set", "notes=edited"], ["1", "--set", "number=nonsense"]],
    "record": [["1", "top-up", "--amount", "5EUR"], ["1", "top-up", "--amount", "nonsense", "--json"]],
    "renew": [
        ["1"],
        ["1", "--status", "--json"],
        ["--list", "--json"],
        ["1", "--card"],
        ["1", "--support"],
        ["1", "--give-up"],
    ],
    "snooze": [["1", "--off"], ["1", "nonsense", "--json"]],
    "losses": [[], ["1", "--json"]],
    "proofs": [[], ["--missing", "--json"], ["--dispute", "1"]],
    "undo": [[], ["--redo"], ["--json"], ["--redo", "--json"]],
    "export": [["one.json"], ["one.csv"], ["-"], ["--format=csv"]],
    "import": [["one.json"], ["one.csv"], ["one.json", "--json"]],
    "carriers": [[], ["check"], ["show", "orange-fr-mobicarte"]],
    "backup": [[], ["--json"]],
    "restore": [[], ["--json"], ["1"], ["1", "--json"]],
    "doctor": [[], ["--json"]],
    "locate": [[], ["--json"]],
    "purge": [["5", "--yes"], ["nobody"]],
    "": [[], ["--json"]],
}
"""What is asked of every command; only `backup -`, which writes out the data file as it is, holds what that holds."""


@pytest.fixture
def with_code(held: Run, data_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Lines, the first of which has codes."""
    monkeypatch.chdir(tmp_path)
    body = {"line": 1, "activation_code": f"LPA:1$smdp.example${CODES[0]}", "confirmation_code": CODES[1]}
    Secret.model_validate(body)
    desk = open_desk(Options(data=data_file), Settings())
    desk.repository.commit([add("secret", body)], "code", "add_code")
    desk.repository.close()
    assert all(code.encode() in data_file.read_bytes() for code in CODES)
    return held


def holding(home: Path, words: tuple[str, ...]) -> list[Path]:
    """The files that hold any of these words, as they are or with their letters escaped."""
    forms = [form for word in words for form in (word.encode(), orjson.dumps(word)[1:-1], word.encode("utf-16-le"))]
    files = (path for path in home.rglob("*") if path.is_file())
    return [path for path in files if any(form in path.read_bytes() for form in forms)]


def test_no_command_says_a_code_or_writes_it_elsewhere(with_code: Run, data_file: Path, tmp_path: Path) -> None:
    assert ASKED.keys() == {*COMMANDS, ""}
    for name, ways in ASKED.items():
        for words in ways:
            answer = with_code(*([name] if name else []), *words)
            assert not [code for code in CODES if code in answer.out + answer.err], (name, words)
    backups = data_file.parent / "backups"
    assert {path for path in holding(tmp_path, CODES) if backups not in path.parents} == {data_file}
    assert any(backups in path.parents for path in holding(tmp_path, CODES))


def test_a_code_is_in_no_undo_not_even_of_its_deleted_line(with_code: Run, data_file: Path) -> None:
    desk = open_desk(Options(data=data_file), Settings())
    desk.delete_lines([1])
    assert holding(data_file.parent, CODES) == []
    desk.undo()
    assert next(iter(desk.holdings())).line.label == "Paris"
    assert holding(data_file.parent, CODES) == []
    desk.repository.close()


async def test_the_dashboard_shows_no_code(with_code: Run, data_file: Path, tmp_path: Path) -> None:
    boxes = [key for opener in "tyYoemcA?:" for key in (opener, "escape")]
    keys = ["1", "2", "3", "4", "5", "z", "z", *boxes, "p", "x"]
    async with running(app_on(on_file(data_file)), size=(200, 60)) as dashboard:
        for key in keys:
            await dashboard.press(key)
            assert not [code for code in CODES if code in dashboard.text], key
    assert holding(tmp_path, CODES) == [data_file]


def test_nothing_asks_for_a_code_where_others_would_see_it(simtui: Run) -> None:
    """Arguments stand in `ps` for everybody on the machine."""
    for name in COMMANDS:
        told = simtui(name, "--help").out.lower()
        assert not [word for word in ("--activation", "--confirmation-code", "--code", "lpa:") if word in told]
    assert simtui("add", "Mum: giffgaff sms -3d").status == 0
    for field in ("activation_code", "confirmation_code", "secret"):
        assert "no such field" in simtui("edit", "1", "--set", f"{field}=LPA:1$a$b").err


PRIVATE = (
    "PRIVATEname",
    "+33639980007",
    "639980007",
    "PRIVATEnote",
    "PRIVATEholder",
    "PRIVATEtag",
    "8933010000000000017",
)
PRIVATE_SETTINGS = (
    "label=PRIVATEname",
    "notes=PRIVATEnote",
    "holder=PRIVATEholder",
    "tags=PRIVATEtag,x",
    "iccid=8933010000000000017",
)


@pytest.fixture
def used(held: Run, data_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A line with a life: added, edited, undone, backed up, restored, asked about, looked at."""
    monkeypatch.setattr("simtui.cli.memo._RACY_SECONDS", -10)
    assert held("add", "+33639980007 PRIVATEname: mobicarte 10EUR 2026-05-24").status == 0
    edits = [part for setting in PRIVATE_SETTINGS for part in ("--set", setting)]
    assert held("edit", "5", *edits).status == 0
    assert held("backup").status == 0
    assert held("record", "5", "top-up", "--amount", "5EUR", "--note", "PRIVATEnote").status == 0
    assert held("undo").status == 0
    assert held("restore", "1", "--yes").status == 0
    for command in (
        ["list"],
        ["show", "PRIVATEname"],
        ["due", "--json"],
        ["explain", "+33639980007"],
        ["show", "5", "--json"],
    ):
        assert held(*command).status in (0, 1)
    return held


async def test_a_purged_line_is_in_no_file(used: Run, data_file: Path, home: Path) -> None:
    async with running(app_on(on_file(data_file))) as dashboard:
        await dashboard.press("L", "escape")
        assert "PRIVATEname" in dashboard.text
    before = holding(home, PRIVATE)
    folders = {path.parent.relative_to(home) for path in before}
    assert {"simtui.json", "simtui.json.glance"} <= {path.name for path in before}
    assert {Path("data/simtui/backups"), Path("cache/simtui")} <= folders, "or the test looks for nothing"

    assert used("purge", "PRIVATEname", "--yes").status == 0

    assert holding(home, PRIVATE) == []
    assert "Paris" in used("list").out
    assert used("doctor").status in (0, 1)
