"""What simtui keeps for itself may have been replaced by anything: then it is as good as none, and nothing waits."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from simtui import paths
from simtui.config import Settings
from simtui.session import Options
from simtui.store.files import read_own
from simtui.tui.remembered import Remembered
from tests.fuzz.bench import patience, said
from tests.tui.dashboards import app_on, filled, on_file, running


def replaced(path: Path, by: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    match by:
        case "fifo":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "device":
            path.symlink_to("/dev/zero")
        case "huge":
            with path.open("wb") as file:
                file.truncate(1 << 32)


WAYS = ["fifo", "folder", "device", "huge"]


@pytest.mark.parametrize("by", WAYS)
async def test_the_dashboard_opens_whatever_lies_where_it_keeps_things(data_file: Path, by: str) -> None:
    filled(data_file, {"Mum": "giffgaff sms 2026-11-01"})
    replaced(data_file.with_name("simtui.json.glance"), by)
    replaced(paths.state_dir() / "dashboard.json", by)
    with patience():
        async with running(app_on(on_file(data_file))) as dashboard:
            assert "Mum" in dashboard.text


@pytest.mark.parametrize("by", WAYS)
def test_commands_answer_whatever_lies_where_choices_are_kept(by: str) -> None:
    replaced(paths.state_dir() / "dashboard.json", by)
    with patience():
        assert said(["list"])[0] == 0


def test_a_file_of_one_s_own_is_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x" * 100)
    assert read_own(file, 100) == b"x" * 100
    with pytest.raises(OSError, match="not permitted"):
        read_own(file, 99)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes files of others")
def test_a_file_of_somebody_else_is_not(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x")
    os.chown(file, 1234, 1234)
    with pytest.raises(OSError, match="not permitted"):
        read_own(file, 99)


NAMES = ["x" * 300, "../../etc/passwd", "/etc/passwd", "a\0b", "\udcff", "[/x]", "．．"]


@pytest.mark.parametrize("name", NAMES)
def test_a_theme_is_a_name_and_never_a_path(name: str) -> None:
    app = app_on(Options(demo=True))

    app._dress(name)

    assert app.theme == "dark"


@pytest.mark.parametrize("told", ["option", "setting", "remembered"])
async def test_wherever_a_theme_that_is_none_is_named_the_dashboard_opens(told: str) -> None:
    app = app_on(
        Options(demo=True, theme=NAMES[0] if told == "option" else None),
        Settings(theme=NAMES[0] if told == "setting" else "dark"),
    )
    app.remembered = Remembered(paths.state_dir() / "dashboard.json", theme=NAMES[0] if told == "remembered" else None)
    async with running(app) as dashboard:
        assert dashboard.app.theme == "dark"
        assert any("There is no theme" in notice and len(notice) < 100 for notice in dashboard.notices)
