"""Runs commands in this process, as `main` would in its own."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from simtui.cli import main

TODAY = "2026-11-21"


@dataclass(frozen=True)
class Answer:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> Any:
        return json.loads(self.err)["error"]


Run = Callable[..., Answer]


@pytest.fixture
def simtui(data_file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `simtui ...` on 2026-11-21; `stdin` is what is piped into it."""

    def run(*arguments: str, stdin: str | bytes = "", today: str = TODAY) -> Answer:
        content = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))
        capsys.readouterr()
        status = main([*arguments, f"--today={today}"])
        said = capsys.readouterr()
        return Answer(status, said.out, said.err)

    return run


@pytest.fixture
def held(simtui: Run) -> Run:
    """The same, with four lines held: due, safe, to be saved, unknown."""
    answer = simtui(
        "add",
        "--stdin",
        stdin="+33639980001 Paris: mobicarte 10EUR 2026-05-24\n"
        "妈妈: giffgaff sms -3d\n"
        "Monaco: monaco-telecom-prepaid until 2026-07-01\n"
        "+33639980002 Lyca: lycamobile-fr\n",
    )
    assert answer.status == 0, answer.err
    return simtui
