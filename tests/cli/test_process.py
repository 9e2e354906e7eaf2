"""What only shows in a process of its own: encodings, pipes, signals, what is loaded."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def simtui(*arguments: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """Runs a process with nothing but the test's home in its environment."""
    kept = {name: value for name, value in os.environ.items() if name in ("HOME", "PATH") or name.startswith("XDG_")}
    return subprocess.run(
        [sys.executable, "-m", "simtui", *arguments],
        cwd=ROOT,
        env={**kept, **environ},
        input=b"",
        capture_output=True,
        check=False,
        timeout=30,
    )


@pytest.mark.parametrize(
    "environ", [{"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, {"LC_ALL": "C"}, {}]
)
def test_chinese_does_not_crash_where_it_cannot_be_shown(environ: dict[str, str]) -> None:
    done = simtui("--demo", "list", **environ)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Demo Monaco" in done.stdout


def test_chinese_is_english_where_it_would_be_question_marks() -> None:
    environ = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = simtui("--demo", "list", "--lang", "zh", **environ)
    assert b"Last day" in done.stdout
    assert b"Last day" not in simtui("--demo", "list", "--lang", "zh", LC_ALL="C.UTF-8").stdout


def test_json_is_ascii_where_nothing_else_can_be_written() -> None:
    environ = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = simtui("--demo", "list", "--json", "--lang", "zh", **environ)
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert b"\\u5988" in done.stdout


def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m simtui --demo list --json; echo $? >&2"
    done = subprocess.run(
        ["bash", "-c", f"({command}) | head -c 1"], cwd=ROOT, capture_output=True, check=False, timeout=30
    )
    assert done.stdout == b"{"
    assert done.stderr in (b"141\n", b"0\n")


@pytest.mark.parametrize("command", [["export", "--format=csv"], ["backup", "-"]])
def test_what_is_exact_in_a_file_is_harmless_on_a_terminal(data_file: Path, command: list[str]) -> None:
    rows = data_file.with_name("rows.csv")
    rows.write_text("label,offer\nA\u202e\x9b31mB,mobicarte\n", encoding="utf-8")
    assert simtui("import", str(rows), "--yes").returncode == 0
    exact = simtui(*command, LC_ALL="C.UTF-8").stdout.decode()
    master, slave = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "simtui", *command, "--data", str(data_file)],
        cwd=ROOT,
        stdin=slave,
        stdout=slave,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        check=False,
        timeout=30,
    )
    os.close(slave)
    said = os.read(master, 65536).decode()
    os.close(master)
    assert done.returncode == 0
    assert "\u202e" in exact
    assert "\u202e" not in said
    assert "\x9b" not in said
    assert "\\u202e" in said


@pytest.mark.parametrize("buffered", ["", "1"])
@pytest.mark.parametrize("command", [["--demo", "list"], ["due"], ["--help"]])
def test_a_full_disk_is_said(home: Path, command: list[str], buffered: str) -> None:
    environ = {**os.environ, "PYTHONUNBUFFERED": buffered}
    for _time in range(2):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [sys.executable, "-m", "simtui", *command, "--json"],
                cwd=ROOT,
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
                timeout=30,
                env=environ,
            )
        assert done.returncode == 2
        assert b"No space left on device" in done.stderr
        assert b"Traceback" not in done.stderr
        assert b"ignored" not in done.stderr
        simtui(*command, "--json")


def test_closed_streams_are_no_crash() -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m simtui --demo due >&- 2>&- <&-"], cwd=ROOT, check=False, timeout=30
    )
    assert done.returncode == 1


def test_an_interrupt_ends_with_its_own_status() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "simtui", "import", "-"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        process.stdin.write(b"label,offer\n")
        process.stdin.flush()
        # It is interrupted as soon as it waits for more to read.
        while b"S" not in Path(f"/proc/{process.pid}/stat").read_bytes().rpartition(b") ")[2][:1]:
            pass
        import time

        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        _out, err = process.communicate(timeout=30)
    assert process.returncode in (130, -signal.SIGINT)
    assert b"Traceback" not in err


@pytest.mark.parametrize("command", ["due", "list", "locate", "carriers"])
def test_commands_load_no_screen_and_nothing_slow(command: str) -> None:
    code = (
        "import sys; from simtui.cli import main; "
        f"main([{command!r}]); "
        "print(*{name.partition('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True, timeout=30
    )
    assert not {"textual", "phonenumbers"} & set(done.stderr.split())


def test_an_answer_said_again_loads_next_to_nothing(home: Path) -> None:
    code = "import sys; from simtui.cli import main; main(['list']); print(*sys.modules, file=sys.stderr)"
    for _time in range(2):
        done = subprocess.run(
            [sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, check=True, text=True, timeout=30,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )  # fmt: skip
    assert not {"argparse", "pydantic", "orjson", "whenever", "pathlib", "typing"} & set(done.stderr.split())
