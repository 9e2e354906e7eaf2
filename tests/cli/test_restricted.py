"""Restricted mode on the command line: the data file and what lies beside it, nothing else."""

from __future__ import annotations

import os
import pwd
import subprocess
import sys
from pathlib import Path

import pytest

from simtui.cli.restriction import reduced
from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "out.json"),
        ("import", "in.csv", "--yes"),
        ("restore", "/etc/passwd"),
        ("restore", "../simtui.json"),
        ("carriers", "check", "other.json"),
        ("list", "--carriers", "other.json"),
    ],
)
def test_a_file_that_is_named_is_refused(
    held: Run, data_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    answer = held(*arguments, "--restricted", "--data", str(data_file))
    assert (answer.status, answer.out) == (2, "")
    assert "restricted mode opens no file but the data file" in answer.err
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("arguments", [("list",), (), ("backup",), ("add", "+33639980009 mobicarte")])
def test_a_data_file_must_be_named(simtui: Run, home: Path, arguments: tuple[str, ...]) -> None:
    answer = simtui(*arguments, "--restricted")
    assert answer.status == 2
    assert "restricted mode needs --data" in answer.err
    assert not list(home.rglob("*.json"))


def test_what_needs_no_file_works_as_ever(held: Run, data_file: Path) -> None:
    restricted = ("--restricted", "--data", str(data_file))
    assert held("list", *restricted).out == held("list").out
    assert "Paris" in held("due", *restricted).out
    exported = held("export", *restricted)
    assert exported.status == 0
    assert "+33639980001" in exported.out
    added = held("import", "-", "--yes", *restricted, stdin="label,offer\nTravel,orange-fr-mobicarte\n")
    assert (added.status, "Added 1 line." in added.out) == (0, True), added.out
    assert held("backup", *restricted).status == 0
    assert held("restore", "1", "--yes", *restricted).status == 0
    assert held("carriers", "check", *restricted).status in (0, 1)
    assert held("list", *restricted, "--lang", "zh", "--theme", "light", "--read-only").status == 0


def test_a_backup_may_be_named_as_the_list_names_it(held: Run, data_file: Path) -> None:
    restricted = ("--restricted", "--data", str(data_file))
    made = Path(held("backup", *restricted, "--json").json["backup"])
    for name in (made.name, str(made)):
        assert held("restore", name, *restricted).status == 0


def test_the_demo_needs_no_data_file(simtui: Run) -> None:
    assert "Demo Monaco" in simtui("list", "--restricted", "--demo").out


def test_settings_lie_beside_the_data_file(held: Run, data_file: Path, home: Path) -> None:
    for folder, language in ((home / "config", "en"), (data_file.parent, "zh")):
        settings = folder / "simtui" / "config.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text(f'language = "{language}"\n', encoding="utf-8")
    assert "Last day" in held("list").out
    assert "最后一天" in held("list", "--restricted", f"--data={data_file}").out
    assert "Last day" in held("list", "--restricted", f"--data={data_file}", "--lang", "en").out


def test_answers_are_not_kept(held: Run, data_file: Path, home: Path) -> None:
    os.utime(data_file, (1, 1))
    held("list", "--restricted", "--data", str(data_file))
    assert not (home / "cache").exists()
    assert sorted(path.name for path in data_file.parent.iterdir()) == ["simtui.json", "simtui.json.lock"]


def test_the_environment_names_nothing_and_comes_back(tmp_path: Path) -> None:
    before = {
        "HOME": "/elsewhere",
        "PATH": "/evil",
        "EDITOR": "vi",
        "XDG_CONFIG_HOME": "/evil",
        "SIMTUI_LANG": "zh",
        "TEXTUAL_LOG": "/evil/log",
        "TERM": "screen.xterm-256color",
        "LANG": "fr_FR.ISO8859-1@euro",
        "LC_ALL": "../../evil",
        "NO_COLOR": "",
        "TZ": "America/Argentina/Buenos_Aires",
    }
    environ = dict(before)
    with reduced(environ, ["list", "--data", str(tmp_path / "a.json"), f"--data={tmp_path}/b/c.json"]):
        assert environ == {
            "TERM": "screen.xterm-256color",
            "LANG": "fr_FR.ISO8859-1@euro",
            "NO_COLOR": "",
            "TZ": "America/Argentina/Buenos_Aires",
            "XDG_CONFIG_HOME": f"{tmp_path}/b",
            "XDG_STATE_HOME": f"{tmp_path}/b",
            "XDG_DATA_HOME": "/dev/null",
            "XDG_CACHE_HOME": "/dev/null",
        }
    assert environ == before


def test_the_home_folder_is_that_of_the_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/evil")
    with reduced(os.environ, ["--data", "~/lines/simtui.json"]):
        assert os.environ["XDG_CONFIG_HOME"] == f"{pwd.getpwuid(os.getuid()).pw_dir}/lines"


@pytest.mark.parametrize("zone", [":/etc/passwd", "/etc/passwd", "../../etc/passwd", "a/../../b"])
def test_a_zone_that_is_a_path_is_dropped(zone: str) -> None:
    environ = {"TZ": zone}
    with reduced(environ, []):
        assert "TZ" not in environ


ATTEMPTS = {
    "a program": "subprocess.run(['/bin/true'])",
    "a shell": "os.system('true')",
    "a fork": "os.fork()",
    "another program in this place": "os.execv('/bin/true', ['true'])",
    "the network": "socket.socket().connect(('127.0.0.1', 9))",
}


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
def test_the_process_has_given_up_programs_and_network(attempt: str) -> None:
    code = f"import os, socket, subprocess; from simtui.cli import restriction; restriction.give_up_powers()\n{attempt}"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "PermissionError: restricted mode: " in done.stderr


def test_the_process_cannot_be_suspended_and_leaves_no_core_file() -> None:
    code = (
        "import os, resource, signal; from simtui.cli import restriction; restriction.give_up_powers()\n"
        "signal.signal(signal.SIGTSTP, lambda *_: os.kill(os.getpid(), signal.SIGSTOP))\n"
        "os.kill(os.getpid(), signal.SIGTSTP); print(*resource.getrlimit(resource.RLIMIT_CORE))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=20
    )
    assert done.stdout == "0 0\n"


def test_a_purge_says_what_it_may_not_reach(held: Run, data_file: Path, home: Path) -> None:
    os.utime(data_file, (1, 1))
    held("list")
    answers = home / "cache" / "simtui"
    assert [path for path in answers.iterdir() if b"Paris" in path.read_bytes()], "an answer was kept outside"
    done = held("purge", "1", "--yes", "--restricted", "--data", str(data_file))
    assert done.status == 0
    assert "outside restricted mode" in done.err
    assert held("purge", "1", "--yes").status == 0
    assert list(answers.iterdir()) == []
