"""What is done on a disk that was really mounted: run as a program, by `mounts.on_disk`, in a namespace of its own.

The whole home lies on the disk. Lines are written, then the disk is sealed: mounted for reading only, or filled to the last
byte. Commands and a dashboard are tried on it; what they said, and what lies there then, is printed as JSON.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from simtui.cli import main as simtui
from tests.tui.dashboards import app_on, filled, on_file, running
from tests.tui.others import until

LINES = {"Paris": "+33612345678 mobicarte 10EUR 2026-05-24", "Monaco": "monaco-telecom-prepaid until 2026-07-01"}
READS = (["list"], ["due"], ["show", "Paris"], ["explain", "Paris"], ["plan"], ["carriers", "--json"], ["doctor"])
CHANGES = (
    ["add", "giffgaff", "sms", "-3d"],
    ["snooze", "Paris", "+1d"],
    ["record", "Paris", "top-up", "--amount=10EUR"],
    ["renew", "Paris"],
    ["undo"],
    ["purge", "Paris", "--yes"],
)
SIZE = 2_000_000
LOCK = "simtui.json.lock"


def prepare(disk: Path) -> Path:
    """Mount the disk, and write lines on it; return the data file."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=0700", "none", str(disk)], check=True)
    os.environ |= {"HOME": str(disk), "TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    for name in ("DATA", "CONFIG", "STATE", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(disk / name.lower())
    file = disk / "data" / "simtui" / "simtui.json"
    file.parent.mkdir(mode=0o700, parents=True)
    return filled(file, LINES)


def seal(disk: Path, kind: str) -> None:
    """Let nothing more be written."""
    if kind == "read-only":
        subprocess.run(["mount", "-o", "remount,bind,ro", str(disk)], check=True)
        return
    with (disk / "ballast").open("wb", buffering=0) as ballast:
        for size in (65_536, 1):
            try:
                while ballast.write(b"x" * size):
                    pass
            except OSError:
                continue


def contents(disk: Path) -> dict[str, str]:
    """Return what is in every file, by its name; but for what fills the disk, and who asked for the lock last."""
    files = [path for path in sorted(disk.rglob("*")) if path.is_file() and path.name not in ("ballast", LOCK)]
    return {str(path.relative_to(disk)): path.read_bytes().hex() for path in files}


def said(arguments: list[str]) -> dict[str, Any]:
    """Run a command in this process."""
    out, err = io.StringIO(), io.StringIO()
    sys.stdin = io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = simtui([*arguments, "--today=2026-11-21"])
    return {"status": status, "out": out.getvalue(), "err": err.getvalue()}


async def dashboard(file: Path) -> dict[str, Any]:
    """Look at the lines, and try to change them: in a form, without one, in a walkthrough, by undo."""
    found: dict[str, Any] = {}
    async with running(app_on(on_file(file))) as board:
        found["first"], found["opening"] = board.text, board.notices
        await board.press("e")
        await board.type("x")
        await board.press("ctrl+s")
        await until(board, "Not saved")
        found["form"] = board.text
        await board.press("escape", "y")
        for name, keys in (("delete", "Dy"), ("walk", "r"), ("undo", "uy")):
            await board.press(*keys)
            await board.pilot.pause(0.1)
            found[name] = board.notices[-1]
        found["last"] = board.text
    return found


def main(kind: str, disk: Path) -> None:
    """Do all of it."""
    file = prepare(disk)
    seal(disk, kind)
    before = contents(disk)
    found: dict[str, Any] = {
        "reads": {each[0]: said(each) for each in READS},
        "changes": {each[0]: said(each) for each in CHANGES},
        "dashboard": asyncio.run(dashboard(file)),
    }
    after = contents(disk)
    found["changed"] = sorted(name for name in before if before[name] != after.get(name))
    found["new"] = sorted(after.keys() - before.keys())
    if kind == "full":
        (disk / "ballast").unlink()
        found["afterwards"] = said(["snooze", "Paris", "+1d"])
    print(json.dumps(found))  # noqa: T201 - the answer to the test


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
