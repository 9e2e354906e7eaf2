"""Options, help, languages, settings, and what goes wrong before a command runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from simtui import i18n, words
from simtui.catalogue import load
from simtui.cli import main
from simtui.cli.commands import COMMANDS
from simtui.lookup import one_offer
from simtui.paths import bundled
from simtui.report.offers import offer_lines
from tests.cli.conftest import Run


def test_options_stand_before_or_after_the_command(held: Run, tmp_path: Path) -> None:
    other = str(tmp_path / "other.json")
    held("--data", other, "add", "x: giffgaff")
    assert held("list", "--json", f"--data={other}").json == held("--json", "--data", other, "list").json
    assert len(held("list", "--json", "--data", other).json["lines"]) == 1


@pytest.mark.parametrize("command", list(COMMANDS))
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_command_has_help(simtui: Run, command: str, language: str) -> None:
    answer = simtui(command, "--help", "--lang", language)
    assert (answer.status, answer.err) == (0, "")
    assert f"simtui {command}" in answer.out
    assert max(len(line) for line in answer.out.splitlines()) <= 100


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    told = capsys.readouterr().out
    assert all(f"  {command} " in told for command in COMMANDS)


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    from simtui import __version__

    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"simtui {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["lst"], "there is no command lst. Did you mean list?"),
        (["\x1b[31m"], r"there is no command \x1b[31m"),
        (["list", "--colour"], "not understood: --colour"),
        (["show"], "missing: LINE"),
        (["--frobnicate", "list"], "not understood: --frobnicate"),
        (["show", "1", "2"], "not understood: 2"),
        (["list", "--data"], "--data: needs a value"),
        (["list", "--all=1"], "--all: takes no value"),
        (["list", "--data", ""], "--data: names no file"),
        (["list", "--carriers="], "--carriers: names no file"),
        (["export", ""], "FILE: names no file"),
        (["import", ""], "FILE: names no file"),
        (["list", "--lang", "fr"], 'There is no language "fr". Choose one of: en, zh.'),
        (["export", "--format", "xml"], "--format: no such format: xml"),
        (["carriers", "burn"], "no such thing to do: burn"),
        (["edit", "1"], "nothing was said to change"),
    ],
)
def test_what_cannot_be_asked_is_an_error(capsys: pytest.CaptureFixture[str], arguments: list[str], told: str) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert told in said.err
    assert said.err.startswith("simtui: ")


def test_errors_are_json_where_json_was_asked_for(held: Run) -> None:
    answer = held("show", "nobody", "--json")
    assert (answer.status, answer.out) == (2, "")
    assert answer.error == {
        "kind": "NotFound",
        "problem": "no line fits nobody",
        "place": "",
        "next_step": "simtui list shows the lines with their ids.",
    }


def test_today_must_be_a_day(simtui: Run) -> None:
    answer = simtui("list", today="2026-02-30")
    assert answer.status == 2
    assert "--today: no such day: 2026-02-30" in answer.err


def test_today_moves_every_line(held: Run) -> None:
    assert held("show", "Paris", "--json", today="2026-11-25").json["line"]["phase"] == "lost"
    assert held("show", "Paris", "--json", today="2026-10-01").json["line"]["phase"] == "safe"


def test_the_language_comes_from_settings_then_from_the_environment(
    simtui: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "No lines yet" in simtui("list").out
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "No lines yet" not in simtui("list").out
    settings = home / "config" / "simtui" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('language = "en"\n', encoding="utf-8")
    assert "No lines yet" in simtui("list").out
    assert "No lines yet" not in simtui("list", "--lang", "zh").out


def test_settings_reach_the_lines(held: Run, home: Path) -> None:
    settings = home / "config" / "simtui" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("privacy = true\n[lead_days]\nkeep_number = 1\n", encoding="utf-8")
    line = held("show", "Paris", "--json").json["line"]
    assert (line["phase"], line["number"]) == ("soon", "+33*******01")


def test_faulty_settings_are_named_with_the_key(simtui: Run, home: Path) -> None:
    settings = home / "config" / "simtui" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("them = 'dark'\n", encoding="utf-8")
    answer = simtui("list")
    assert answer.status == 2
    assert f'{settings}: them: There is no such setting. Did you mean "theme"?' in answer.err
    assert simtui("locate").status == 0


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"line": 3}', b"\xff\xfe", b'{"_meta": {"1": {"schema": 1}}, "line": {"x": {}}}']
)
@pytest.mark.parametrize("command", ["list", "due"])
def test_a_bad_data_file_is_named_and_left_as_it_is(simtui: Run, data_file: Path, command: str, content: bytes) -> None:
    data_file.write_bytes(content)
    data_file.chmod(0o600)
    answer = simtui(command)
    assert data_file.read_bytes() == content
    assert str(data_file) in answer.err or "line x" in answer.err
    assert answer.status == 2 or answer.err


def test_one_damaged_record_does_not_hide_the_others(held: Run, data_file: Path) -> None:
    content = data_file.read_text(encoding="utf-8")
    data_file.write_text(content.replace('"2026-05-24"', '"2026-05-99"'), encoding="utf-8")
    answer = held("list")
    assert "Monaco" in answer.out
    assert "act 1: day: must be a date such as 2026-11-20" in answer.err
    assert held("doctor").status == 1
    assert held("due").status == 2


def test_a_carriers_file_that_cannot_be_used_is_named_by_every_command(held: Run, tmp_path: Path) -> None:
    missing = tmp_path / "none.json"
    for command in (["list"], ["show", "1"], ["explain", "1"], ["due"]):
        assert f"{missing}: cannot be read" in held(*command, "--carriers", str(missing)).err
    answer = held("due", "--carriers", str(missing))
    assert answer.status == 2
    assert "its offer giffgaff-payg is in no carriers file that can be used" in answer.out


def test_a_faulty_offer_is_named_with_its_place_and_the_rest_is_used(held: Run, tmp_path: Path) -> None:
    import json

    from simtui import paths

    catalogue = json.loads(paths.bundled("carriers.json").read_text(encoding="utf-8"))
    faulty = next(
        offer for carrier in catalogue["carriers"] for offer in carrier["offers"] if offer["id"] == "giffgaff-payg"
    )
    faulty["zone"] = "Mars/Olympus"
    file = tmp_path / "carriers.json"
    file.write_text(json.dumps(catalogue), encoding="utf-8")
    answer = held("list", "--carriers", str(file))
    assert answer.status == 0
    assert f"{file}: giffgaff-payg: carriers[" in answer.err
    assert "].zone: is not a time zone that this machine knows" in answer.err
    assert "2026-11-24" in answer.out
    assert held("due", "--carriers", str(file)).status == 2
    assert "its offer giffgaff-payg is in no carriers file" in held("show", "2", "--carriers", str(file)).out


def test_newer_data_is_read_with_a_warning_and_never_written(held: Run, data_file: Path) -> None:
    newer = data_file.read_text(encoding="utf-8").replace('"schema":1,', '"schema":99,', 1)
    data_file.write_text(newer, encoding="utf-8")
    for command in (["list"], ["due"], ["show", "1"]):
        answer = held(*command)
        assert "Paris" in answer.out
        assert answer.err.count("written by a newer simtui (schema 99, this one knows 1)") == 1
        assert "Update simtui to change it." in answer.err
    assert held("doctor").out.count("newer simtui") == 1
    for command in (["add", "x: giffgaff"], ["record", "1", "sms"], ["undo"], ["edit", "1", "--set", "label=x"]):
        assert held(*command).status == 2
    assert data_file.read_text(encoding="utf-8") == newer


def test_places_name_the_carriers_file_in_use(simtui: Run, tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    assert str(file) in simtui("locate", "--carriers", str(file)).out
    assert simtui("locate", "--carriers", str(file), "--json").json["places"]["used_carriers"]["path"] == str(file)


def test_a_data_file_that_is_not_there_is_said_where_it_was_named(simtui: Run, tmp_path: Path) -> None:
    file = tmp_path / "mistyped.json"
    answer = simtui("due", "--data", str(file))
    assert (answer.status, answer.out) == (0, "")
    assert answer.err == f"{file}: there is no such data file yet\n"
    assert simtui("due").err == ""


def test_a_wrong_carriers_file_is_named_and_the_rest_is_used(held: Run, data_file: Path) -> None:
    own = data_file.parent / "carriers.json"
    own.write_text('{"schema": 1, "carriers": [{"id": "evil"}]}', encoding="utf-8")
    own.chmod(0o600)
    assert held("list").status == 0
    answer = held("carriers", "check")
    assert answer.status == 1
    assert f"{own}: carriers[0]" in answer.out
    assert answer.out.endswith(" offers, 2 faults\n")
    assert held("carriers", "check", "--carriers", "/nonexistent").out.endswith("0 offers, 3 faults\n")
    assert held("doctor").status == 1


def test_a_missing_module_is_named(held: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "simtui.report.plain", None)
    answer = held("list")
    assert answer.status == 2
    assert "a part of simtui is missing: the module simtui.report.plain, for look.py:" in answer.err


def test_defects_show_no_values(held: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from simtui.desk import Desk

    def fail(self: Desk) -> None:
        raise ValueError("+33639980001")

    monkeypatch.setattr(Desk, "holdings", fail)
    answer = held("list")
    assert answer.status == 2
    assert "simtui failed: ValueError at test_start.py:" in answer.err
    assert "639980001" not in answer.err


def test_carriers_are_listed_searched_and_shown(simtui: Run) -> None:
    assert "orange-fr-mobicarte" in simtui("carriers").out
    found = simtui("carriers", "list", "mobic", "--json").json["offers"]
    assert [one["id"] for one in found] == ["orange-fr-mobicarte"]
    told = simtui("carriers", "show", "mobicarte").out
    assert "EUR 5 → 1 month, from EUR 10 → 6 months" in told
    assert "site           https://boutique.orange.fr/" in told
    assert "top-up         #124*CODE#" in told
    assert "PayPal      not confirmed" in told
    assert "SMS sent (for more than JPY 660 within 180 days)" in simtui("carriers", "show", "povo2").out
    assert simtui("carriers", "show", "mobicarte", "--json").json["offer"]["id"] == "orange-fr-mobicarte"
    assert "no offer fits" in simtui("carriers", "show", "nonsense-offer").err


def test_every_bundled_offer_can_be_shown() -> None:
    found = load(bundled("carriers.json"), None)
    assert len(found.offers) > 20
    for language in ("en", "zh"):
        i18n.use(language)
        for offer in found.offers.values():
            assert one_offer(offer.id, found) == offer.id
            lines = list(offer_lines(offer, found))
            assert words.text(offer.name) in lines[0] + lines[1], (offer.id, language)
    assert found.problems == ()


@pytest.mark.parametrize("kind", ["fifo", "folder"])
def test_settings_that_are_no_file_are_an_error_and_no_wait(simtui: Run, home: Path, kind: str) -> None:
    import os

    settings = home / "config" / "simtui" / "config.toml"
    settings.parent.mkdir(parents=True)
    os.mkfifo(settings) if kind == "fifo" else settings.mkdir()
    answer = simtui("list")
    assert answer.status == 2
    assert str(settings) in answer.err


def test_a_number_beyond_all_measure_in_the_settings_is_an_error(simtui: Run, home: Path) -> None:
    settings = home / "config" / "simtui" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"[lead_days]\ndata = {'9' * 5000}\n", encoding="utf-8")
    answer = simtui("list")
    assert answer.status == 2
    assert f"{settings}: This is not TOML" in answer.err


def test_where_the_settings_are_no_toml_is_said_in_the_language_of_the_moment(simtui: Run, home: Path) -> None:
    settings = home / "config" / "simtui" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('theme = "dark"\nlanguage zh\n', encoding="utf-8")
    assert "Expected '=' after a key" in simtui("list").err
    told = simtui("list", "--lang", "zh").err
    assert "第 2 行第 10 列" in told
    assert "Expected" not in told
    settings.write_text('theme = "dark', encoding="utf-8")
    assert "文件提前结束" in simtui("list", "--lang", "zh").err


def test_json_is_answered_where_the_dashboard_could_open(
    held: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("simtui.cli.dashboard.can_show", lambda *_console: True)
    assert held("--json").json == held("list", "--json").json


def test_places_are_told(simtui: Run, data_file: Path) -> None:
    assert f"- {data_file}  (lines and acts)" in simtui("locate").out
    places = simtui("locate", "--json").json["places"]
    assert places["data"] == {"path": str(data_file), "exists": False}
    assert places["carriers"]["exists"]
    assert places["cache"]["path"].endswith("/cache/simtui")


def test_a_backup_is_made_and_named(held: Run) -> None:
    file = Path(held("backup", "--json").json["backup"])
    assert file.is_file()
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_doctor_finds_everything_well(held: Run) -> None:
    answer = held("doctor", "--json")
    assert {one["name"] for one in answer.json["findings"]} >= {"settings", "offers", "data", "simtui"}
    assert all(one["well"] for one in answer.json["findings"] if one["name"] != "terminal")


def test_the_doctor_s_report_can_be_shown_to_strangers(held: Run, data_file: Path) -> None:
    content = data_file.read_text(encoding="utf-8")
    data_file.write_text(content.replace("orange-fr-mobicarte", "gone-offer"), encoding="utf-8")
    data_file.chmod(0o644)
    answer = held("doctor", "--report")
    assert answer.status == 1
    assert "gone-offer" in answer.out
    assert "textual 8" in answer.out
    assert f"…/{data_file.name}: chmod go= …/{data_file.name}" in answer.out
    assert str(data_file.parent) not in answer.out
    assert "612345678" not in answer.out


def test_the_doctor_finds_lines_of_an_unknown_offer(held: Run, data_file: Path) -> None:
    content = data_file.read_text(encoding="utf-8")
    data_file.write_text(content.replace("orange-fr-mobicarte", "gone-offer"), encoding="utf-8")
    answer = held("doctor")
    assert answer.status == 1
    assert "line 1: its offer gone-offer is in no carriers file" in answer.out
    assert "unknown offer" in held("show", "1").out
