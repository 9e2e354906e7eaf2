from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from simtui import config
from simtui.config import KINDS, Settings, load
from simtui.domain.offer import OfferKind
from simtui.errors import ConfigError

FULL = """
home_zone = "Europe/Monaco"
language = "zh"
theme = "light"
borders = "ascii"
animations = true
mouse = false
privacy = true

[lead_days]
keep_number = 14
travel_esim = 0

[keys]
renew = "R"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_without_a_file_the_defaults_hold(file: Path) -> None:
    assert load(file) == Settings()


def test_everything_can_be_set(file: Path) -> None:
    file.write_text(FULL)
    assert load(file) == Settings(
        home_zone="Europe/Monaco",
        language="zh",
        theme="light",
        borders="ascii",
        animations=True,
        mouse=False,
        privacy=True,
        lead_days={"keep_number": 14, "travel_esim": 0},
        keys={"renew": "R"},
    )


def test_every_setting_has_its_check() -> None:
    assert list(config._CHECKS) == [setting.name for setting in fields(Settings)]


def test_settings_are_frozen(file: Path) -> None:
    with pytest.raises(FrozenInstanceError):
        load(file).theme = "light"  # type: ignore[misc]


def test_the_kinds_are_those_of_offers() -> None:
    assert tuple(OfferKind) == KINDS


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        ("them = 'dark'", "them", 'Did you mean "theme"?'),
        ("xyzzy = 1", "xyzzy", "home_zone"),
        ("theme = 3", "theme", "quotes"),
        ("theme = ''", "theme", "quotes"),
        ("mouse = 'yes'", "mouse", "true or false"),
        ("mouse = 1", "mouse", "true or false"),
        ("language = 'fr'", "language", "en, zh"),
        ("borders = ['ascii']", "borders", "round, ascii"),
        ("home_zone = 'Monaco'", "home_zone", "Europe/Monaco"),
        ("home_zone = '../../etc/passwd'", "home_zone", "Europe/Monaco"),
        ("home_zone = 'Europe'", "home_zone", "Europe/Monaco"),
        ("lead_days = 7", "lead_days", "table"),
        ("lead_days.keep_nummer = 7", "lead_days.keep_nummer", 'Did you mean "keep_number"?'),
        ("lead_days.data = -1", "lead_days.data", "0 to 365"),
        ("lead_days.data = 1.5", "lead_days.data", "0 to 365"),
        ("lead_days.data = true", "lead_days.data", "0 to 365"),
        ("keys.renew = 3", "keys.renew", "key"),
        ("keys = ['r']", "keys", "table"),
    ],
)
def test_a_wrong_setting_is_named_with_what_would_be_right(file: Path, content: str, place: str, words: str) -> None:
    file.write_text(content)
    with pytest.raises(ConfigError) as caught:
        load(file)
    assert caught.value.place == f"{file}: {place}"
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"theme == 1", "line 1"),
        (b"theme = 'caf\xe9'", "UTF-8"),
        (b"#" * 300_000, "too large"),
        (b"keys = " + b"[" * 100_000, "TOML"),
    ],
)
def test_a_file_that_cannot_be_understood_is_named(file: Path, content: bytes, words: str) -> None:
    file.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        load(file)
    assert caught.value.place == str(file)
    assert words in str(caught.value)


def test_a_folder_in_the_place_of_the_file_is_named(file: Path) -> None:
    file.mkdir()
    with pytest.raises(ConfigError, match="cannot be read"):
        load(file)
