"""Restricted mode behind a real sshd's forced command: one data file, no shell, no other file, no child process."""

from __future__ import annotations

import json
import os
import random
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ssh.conftest import Server
from tests.ssh.logins import ROOT, Login, Remote
from tests.tui.dashboards import filled

WATCHED = Path(__file__).with_name("watched.py")
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
HARMLESS = ("os.putenv", "os.unsetenv", "socket.__new__")
"""Its own environment, and the pair of sockets with which Python's event loop wakes itself."""
LOOKS = ("os.listdir", "os.scandir", "os.walk")
READABLE = (sys.prefix, sys.base_prefix, str(ROOT), "/usr/share/zoneinfo", "/etc/localtime", "/dev/null")

PROBES = [
    "x",
    "i",
    "o",
    "Y",
    "y\r",
    ":export\r",
    ":screenshot\r",
    ":shell\r",
    "?",
    "T\r",
    "L\r",
    "\x1a",
    "\x1c",
    "\x03",
]
"""What may reach for files, programs or the terminal: export, import, links, copying, the palette, Ctrl+Z, Ctrl+\\, Ctrl+C."""


class Bound:
    """The key that may only run simtui in restricted mode; what simtui does is written down."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.log = server.folder / "audit"
        self.pid = server.folder / "pid"
        self.starts = 0

    def bind(self, *arguments: str) -> None:
        """Let the key run it with these arguments, as in the README's recipe."""
        watched = [sys.executable, "-I", "-B", str(WATCHED), str(self.log)]
        program = shlex.join([*watched, "--restricted", "--data", str(self.server.data), *arguments])
        self.server.sshd.bind(f"echo $$ > {self.pid}; exec {program}")

    def login(self, *words: str, **environ: str) -> tuple[Login, Remote]:
        """Log in with the key, asking for something, and bringing an environment."""
        self.pid.unlink(missing_ok=True)
        given = " ".join(f"{name}={value}" for name, value in environ.items())
        options = ["-tt", *(["-o", f"SetEnv={given}"] if given else [])]
        return self.server.open(self.server.sshd.client(*words, key="bound", options=options)), Remote.named_in(
            self.pid
        )

    def events(self) -> Iterator[tuple[str, list[str], int]]:
        """What simtui did: the event, the paths that it names, and the flags it opened one with."""
        for line in self.log.read_text(encoding="utf-8").splitlines():
            event, here, told = json.loads(line)
            if event not in HARMLESS:
                flags = told[2] if event == "open" and isinstance(told[2], int) else 0
                yield event, [os.path.normpath(Path(here, part)) for part in told if _is_path(part)], flags

    def strange(self) -> list[str]:
        """Whatever is not reading what came with simtui, or working beside the data file."""
        own = f"{self.server.data.parent}"
        found = []
        for event, named, flags in self.events():
            looks = event in LOOKS or (event == "open" and not flags & WRITES)
            allowed = (own, *READABLE) if looks else (own,)
            is_of_files = event == "open" or event.startswith(("os.", "shutil."))
            is_starting = event.startswith(("os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system"))
            if not is_of_files or is_starting or not all(_lies_in(path, allowed) for path in named):
                found.append(f"{event} {named}")
        return found


def _is_path(part: object) -> bool:
    """Whether an argument of an event is a path; descriptors, modes and "None" are not."""
    return isinstance(part, str) and "/" in part


def _lies_in(path: str, folders: tuple[str, ...]) -> bool:
    return any(path == folder or path.startswith(f"{folder}/") for folder in folders) or path.startswith("/dev/null/")


@pytest.fixture
def bound(server: Server) -> Bound:
    """Restricted mode on a file with one line."""
    filled(server.data, {"Paris": "+33612345678 mobicarte 10EUR 2026-05-24"})
    made = Bound(server)
    made.bind()
    return made


def test_whatever_is_asked_for_the_answer_is_simtui(bound: Bound) -> None:
    sshd, stolen = bound.server.sshd, bound.server.folder / "stolen"
    for words in (f"touch {stolen}", "sh", "simtui --data /etc/passwd"):
        done = subprocess.run(
            sshd.client(words, key="bound"),
            input="id\n",
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
            env={"PATH": os.environ["PATH"]},
        )
        assert (done.returncode, "Paris" in done.stdout, "uid=" in done.stdout) == (0, True, False), done.stderr
    transfer = sshd.client(key="bound", program="sftp", options=["-b", "-"])
    done = subprocess.run(
        transfer, input=f"get {bound.server.data} {stolen}\n", capture_output=True, text=True, check=False, timeout=30
    )
    assert done.returncode != 0
    tunnel = sshd.client(key="bound", options=["-W", f"127.0.0.1:{sshd.port}"])
    done = subprocess.run(tunnel, input="", capture_output=True, text=True, check=False, timeout=30)
    assert (done.returncode != 0, done.stdout) == (True, "")
    assert not stolen.exists()


def test_the_watch_sees_what_is_strange(bound: Bound) -> None:
    """Without restricted mode, a file elsewhere is written: the tests below would see that."""
    watched = [sys.executable, "-I", "-B", str(WATCHED), str(bound.log), "--data", str(bound.server.data)]
    target = bound.server.folder / "out.json"
    subprocess.run([*watched, "export", str(target)], check=True, capture_output=True, timeout=30)
    assert [each for each in bound.strange() if str(target.parent) in each]


def test_no_key_leads_to_a_file_or_a_process(bound: Bound) -> None:
    press_all(bound, PROBES, random.Random(20261121), 40)
    assert {event for event, _named, _flags in bound.events()} >= {"open", "os.rename"}, "nothing was watched"


@pytest.mark.soak
def test_no_keys_at_all_lead_to_a_file_or_a_process(bound: Bound, figure: Callable[[str], None]) -> None:
    events = pressed = 0
    for _round in range(10):
        pressed += press_all(bound, PROBES, random.Random(), 200)
        events += sum(1 for _each in bound.events())
        bound.log.unlink()
    figure(
        f"ssh: restricted, {pressed:,} keys at random, {bound.starts} log-ins: {events:,} events watched, none strange"
    )


def press_all(bound: Bound, probes: list[str], chance: random.Random, count: int) -> int:
    """Press what may be dangerous, then keys at random, logging in again where one of them quits; return how many."""
    signs = [chr(code) for code in range(0x20, 0x7F)]
    others = [
        "\r",
        "\t",
        "\x1b",
        "\x13",
        "\x15",
        "\x7f",
        "\x1b[A",
        "\x1b[B",
        "\x1bOP",
        "\x1b[5~",
        "\x1b[<0;9;9M\x1b[<0;9;9m",
    ]
    keys = [*probes, *(chance.choice(signs + others * 3) for _ in range(count))]
    pressed = 0
    while pressed < len(keys):
        bound.starts += 1
        login, remote = bound.login()
        login.wait_for(" simtui ")  # the keys may have chosen the other language
        while pressed < len(keys) and login.client.poll() is None:
            login.type(keys[pressed])
            login.read(0.02 if pressed >= len(probes) else 0.3)
            if pressed < len(probes):  # out of whatever that opened
                login.type("\x1b")
                login.read(0.15)
            assert remote.children == []
            assert remote.state in ("R", "S", "D", ""), "suspended"
            pressed += 1
        login.quiet(0.3)
        if login.client.poll() is None:
            os.kill(remote.pid, 15)
        login.status()
        assert login.left_on() == []
        assert "Traceback" not in login.text
    assert bound.strange() == []
    return pressed


def test_no_environment_widens_it(bound: Bound) -> None:
    evil = bound.server.folder / "evil"
    for name in ("simtui/config.toml", "textual.py", "sitecustomize.py", "vi"):
        (evil / name).parent.mkdir(parents=True, exist_ok=True)
        (evil / name).write_text(f"language = 'zh'; open('{evil}/ran', 'w')\n", encoding="utf-8")
    (evil / "simtui" / "config.toml").write_text('language = "zh"\n', encoding="utf-8")
    (evil / "vi").chmod(0o755)
    bound.bind("--theme", "light")
    xdg = {f"XDG_{name}_HOME": str(evil) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    programs = dict.fromkeys(("EDITOR", "VISUAL", "PAGER", "BROWSER"), f"{evil}/vi")
    textual = {
        "TEXTUAL": "devtools,debug",
        "TEXTUAL_LOG": f"{evil}/log",
        "TEXTUAL_DRIVER": "textual:Driver",
        "TEXTUAL_SCREENSHOT": "0",
        "TEXTUAL_SCREENSHOT_LOCATION": str(evil),
        "TEXTUAL_PRESS": "q",
        "TEXTUAL_ALLOW_SIGNALS": "1",
    }
    python = {"PYTHONPATH": str(evil), "PYTHONINSPECT": "1", "PYTHONSTARTUP": f"{evil}/vi"}
    own = {"SIMTUI_LANG": "zh", "SIMTUI_DATA": "/etc/passwd", "TZ": "/etc/passwd", "LANG": "C.UTF-8"}
    login, remote = bound.login(**xdg, **programs, **textual, **python, **own)
    login.wait_for("palette")
    login.type("\x1a")
    login.read(0.3)
    assert remote.state in ("R", "S", "D")
    login.type("q")
    assert login.status() == 0
    assert ">>>" not in login.text
    assert bound.strange() == []
    assert sorted(path.name for path in evil.iterdir()) == ["simtui", "sitecustomize.py", "textual.py", "vi"]


def test_no_prompt_of_python_follows_the_end(bound: Bound) -> None:
    """Where the recipe's `-I` was left out, PYTHONINSPECT asks for one."""
    data = bound.server.data
    program = shlex.join([sys.executable, "-m", "simtui", "--restricted", "--data", str(data)])
    bound.server.sshd.bind(f"cd {ROOT}; echo $$ > {bound.pid}; exec {program}")
    login, _remote = bound.login(PYTHONINSPECT="1")
    login.wait_for("palette")
    login.type("q")
    assert login.status() == 0
    assert ">>>" not in login.text
    assert login.left_on() == []


def test_what_is_done_there_is_saved_and_the_other_options_hold(bound: Bound) -> None:
    login, _remote = bound.login()
    login.wait_for("palette")
    login.type("aTravel\rairalo\x13")
    login.wait_for("saved")
    login.type("q")
    assert login.status() == 0
    bound.bind("--read-only", "--lang", "zh", "--private")
    login, _remote = bound.login()
    login.wait_for("只读")
    login.wait_for("Travel")
    assert "612345678" not in login.text.replace(" ", "")
    before = bound.server.data.read_bytes()
    login.type("Dy")
    login.quiet()
    login.type("q")
    assert login.status() == 0
    assert bound.server.data.read_bytes() == before
