from __future__ import annotations

from pathlib import Path

import pytest

from simtui import paths
from simtui.errors import ConfigError, NotFound


def test_folders_are_where_xdg_says() -> None:
    environ = {
        "HOME": "/h",
        "XDG_DATA_HOME": "/d",
        "XDG_CONFIG_HOME": "/c",
        "XDG_STATE_HOME": "/s",
        "XDG_CACHE_HOME": "/k",
    }
    assert paths.default_data_file(environ) == Path("/d/simtui/simtui.json")
    assert paths.own_carriers_file(environ) == Path("/d/simtui/carriers.json")
    assert paths.config_file(environ) == Path("/c/simtui/config.toml")
    assert paths.state_dir(environ) == Path("/s/simtui")
    assert paths.cache_dir(environ) == Path("/k/simtui")


@pytest.mark.parametrize("environ", [{"HOME": "/h"}, {"HOME": "/h", "XDG_DATA_HOME": ""}])
def test_folders_are_below_home_where_nothing_is_said(environ: dict[str, str]) -> None:
    assert paths.data_dir(environ) == Path("/h/.local/share/simtui")
    assert paths.config_dir(environ) == Path("/h/.config/simtui")
    assert paths.state_dir(environ) == Path("/h/.local/state/simtui")
    assert paths.cache_dir(environ) == Path("/h/.cache/simtui")


def test_a_relative_folder_is_not_followed() -> None:
    assert paths.data_dir({"HOME": "/h", "XDG_DATA_HOME": "here"}) == Path("/h/.local/share/simtui")


def test_the_environment_of_the_process_counts_when_it_is_asked(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert paths.data_dir() == home / "data" / "simtui"
    monkeypatch.setenv("XDG_DATA_HOME", "/elsewhere")
    assert paths.data_dir() == Path("/elsewhere/simtui")


def test_a_user_without_a_home_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", homeless)
    with pytest.raises(ConfigError, match="--data"):
        paths.data_dir({})


def test_the_package_comes_before_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "simtui"
    (package / "bundled").mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", package)
    with pytest.raises(NotFound, match=r"carriers\.json"):
        paths.bundled("carriers.json")
    (tmp_path / "carriers.json").touch()
    assert paths.bundled("carriers.json") == tmp_path / "carriers.json"
    (package / "bundled" / "carriers.json").touch()
    assert paths.bundled("carriers.json") == package / "bundled" / "carriers.json"
