"""The dashboard over SSH, in terminals of many kinds: it opens or says why not, and gives the terminal back."""

from __future__ import annotations

import os
import re
import signal
import subprocess

import pytest

from simtui.store.tinydb_repository import open_repository
from tests.ssh.conftest import Server
from tests.ssh.logins import remote_command
from tests.tui.dashboards import filled

LINES = {"Paris": "+33612345678 mobicarte 10EUR 2026-05-24"}
GREYS = {"0", "7", "8", "15", "16", "231", *map(str, range(232, 256))}


def colours(seen: bytes) -> set[str]:
    """The colours that were set: `38;5;12` as `5;12`, `48;2;1;2;3` as `2;1;2;3`, `31` as it is."""
    found: set[str] = set()
    for codes in re.findall(rb"\x1b\[([0-9;]*)m", seen):
        text = codes.decode()
        for deep in re.findall(r"[34]8;(5;\d+|2;\d+;\d+;\d+)", text):
            found.add(deep)
        plain = re.sub(r"[34]8;(5;\d+|2;\d+;\d+;\d+)", "", text).split(";")
        found |= {code for code in plain if re.fullmatch(r"[34][0-7]|9[0-7]|10[0-7]", code)}
    return found


@pytest.mark.parametrize("term", ["xterm", "screen", "tmux-256color", "linux", "vt100", "no-such-terminal"])
def test_it_opens_works_and_gives_the_terminal_back(server: Server, term: str) -> None:
    filled(server.data, LINES)
    login, remote = server.start(term=term)
    login.wait_for("Paris")
    login.wait_for("palette")
    assert {1049, 25} <= set(login.left_on())
    login.type("?")
    login.wait_for("Record what happened to the line")
    login.type("\x11")
    assert login.status() == 0
    assert login.left_on() == []
    assert remote.gone
    deep = {colour for colour in colours(login.seen) if ";" in colour}
    assert bool(deep) == ("256" in term), deep
    assert b"\x1b[38;2;" not in login.seen


@pytest.mark.parametrize("term", ["dumb", "unknown", ""])
def test_a_terminal_that_cannot_draw_gets_the_report(server: Server, term: str) -> None:
    filled(server.data, LINES)
    login, _remote = server.start(term=term)
    assert login.status() == 0
    assert "Paris" in login.text
    assert b"\x1b" not in login.seen


def test_without_colours_there_are_only_greys(server: Server) -> None:
    filled(server.data, LINES)
    login, _remote = server.start(environ={"NO_COLOR": "1"})
    login.wait_for("palette")
    login.type("q")
    assert login.status() == 0
    greys = {f"5;{number}" for number in GREYS} | {"30", "37", "40", "47", "90", "97", "100", "107"}
    coloured = {colour for colour in colours(login.seen) if not _is_grey(colour) and colour not in greys}
    assert coloured == set()


def _is_grey(colour: str) -> bool:
    kind, *parts = colour.split(";")
    return kind == "2" and len(set(parts)) == 1


@pytest.mark.parametrize(
    "environ",
    [
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "iso8859-1"},
    ],
    ids=["ASCII", "Latin-1"],
)
def test_a_terminal_without_utf_8_is_told_so(server: Server, environ: dict[str, str]) -> None:
    login, _remote = server.start(environ=environ)
    assert login.status() == 2
    assert "The dashboard needs a UTF-8 locale" in login.text
    assert b"\x1b[?1049h" not in login.seen


def test_a_key_that_is_no_utf_8_is_left_out_and_that_is_said(server: Server) -> None:
    """A terminal set to Latin-1, on a server where all is UTF-8, sends é as one byte."""
    login, remote = server.start()
    login.wait_for("Welcome")
    login.type("aCaf")
    os.write(login.master, b"\xe95")
    login.wait_for("This terminal sends")
    login.type("\rairalo\x13")
    login.wait_for("Caf5  ")
    login.type("\x11")
    assert login.status() == 0
    assert login.left_on() == []
    assert remote.gone


def test_the_locale_c_is_good_enough(server: Server) -> None:
    filled(server.data, {"妈妈": "+33612345678 mobicarte 10EUR 2026-05-24"})
    login, _remote = server.start(environ={"LC_ALL": "C"})
    login.wait_for("妈妈")
    login.type("q")
    assert login.status() == 0


@pytest.mark.parametrize("after", ["< /dev/null", "<&-", "> {file}", "2> {file}", "2>&-", "| cat"])
def test_where_a_stream_is_no_terminal_there_is_the_report(server: Server, after: str) -> None:
    filled(server.data, LINES)
    file = server.folder / "output"
    login, _remote = server.start(after=after.format(file=file))
    assert login.status() == 0
    told = file.read_text() if after.startswith(">") else login.text
    assert "Paris" in told
    assert b"\x1b" not in login.seen


def test_without_a_terminal_there_is_the_report(server: Server) -> None:
    filled(server.data, LINES)
    words = remote_command(server.folder / "pid", server.environ, "--data", str(server.data))
    done = subprocess.run(
        server.sshd.client(words), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=30
    )
    assert (done.returncode, "Paris" in done.stdout, done.stderr) == (0, True, "")


def test_any_size_is_drawn_and_the_last_one_counts(server: Server) -> None:
    filled(server.data, LINES)
    login, remote = server.start()
    login.wait_for("palette")
    for width, height in ((200, 60), (45, 20), (1, 1), (300, 5), (7, 70), (120, 40), (2, 200), (80, 24)):
        login.resize(width, height)
        login.read(0.03)
    login.quiet()
    login.resize(45, 20)
    login.wait_anew(": more")
    login.resize(120, 40)
    login.wait_anew("Balances")
    assert not remote.gone
    login.type("q")
    assert login.status() == 0
    assert login.left_on() == []


def test_a_signal_gives_the_terminal_back_out_of_a_dialog(server: Server) -> None:
    filled(server.data, LINES)
    login, remote = server.start()
    login.wait_for("palette")
    login.type("D")
    login.wait_for("Delete this line?")
    os.kill(remote.pid, signal.SIGTERM)
    assert login.status() == 128 + signal.SIGTERM
    assert login.left_on() == []
    assert "Traceback" not in login.text


def test_two_logins_work_on_one_file_at_once(server: Server) -> None:
    first, second = server.start().login, server.start().login
    for login in (first, second):
        login.wait_for("Welcome")
    first.type("aMine\rairalo\x13")
    second.wait_for("Mine  ")
    for number in range(3):
        first.type(f"aA{number}\rairalo\x13")
        second.type(f"aB{number}\rairalo\x13")
    for login in (first, second):
        for name in ("A0", "A1", "A2", "B0", "B1", "B2"):
            while re.search(rf"{name}\s+Discover", login.text) is None:
                login.wait_anew("Discover")
        login.type("q")
        assert login.status() == 0
    repository = open_repository(server.data, read_only=True)
    saved = sorted(str(document.body["label"]) for document in repository.list("line"))
    assert (saved, repository.check()) == (["A0", "A1", "A2", "B0", "B1", "B2", "Mine"], ())
    repository.close()
