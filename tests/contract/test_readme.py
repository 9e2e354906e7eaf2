"""The README shows the program as it is: its picture, its settings, its files, its exit statuses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from simtui import config, paths
from simtui.catalogue import load
from simtui.cli.commands import COMMANDS
from simtui.report import coverage
from simtui.tui.keycheck import check_overrides
from simtui.tui.keys import readme_table
from tests.tui.dashboards import TODAY, demo_app, running

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def block(name: str) -> str:
    """What stands between `<!-- name -->` and `<!-- /name -->`."""
    return README.partition(f"<!-- {name} -->\n")[2].partition(f"<!-- /{name} -->")[0]


async def test_the_picture_is_the_demo() -> None:
    async with running(demo_app(), size=(80, 24)) as board:
        picture = board.text
    assert block("picture") == f"```\n{picture}\n```\n", f"simtui --demo --today {TODAY}, at 80x24"


def test_the_keys_are_those_of_the_registry() -> None:
    assert block("keys") == readme_table()


def test_the_table_of_what_is_known_is_that_of_the_bundled_offers() -> None:
    assert block("coverage") == coverage.readme_table(), "put simtui.report.coverage.readme_table() between the marks"


def test_every_setting_of_the_example_is_understood(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", README, re.DOTALL)
    assert example is not None
    file = tmp_path / "config.toml"
    file.write_text(example[1], "utf-8")
    settings = config.load(file)
    assert settings.home_zone == "Europe/Monaco"
    assert settings.lead_days == {"keep_number": 14}
    assert check_overrides(settings.keys)[1] == []
    assert set(re.findall(r"^(\w+) =", example[1].partition("[lead_days]")[0], re.MULTILINE)) == {
        name for name in config.Settings.__dataclass_fields__ if name not in ("lead_days", "keys")
    }


def test_the_files_are_where_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name)
    for file in (paths.default_data_file(), paths.own_carriers_file(), paths.config_file()):
        assert f"`~/{file.relative_to(Path.home())}`" in README


def test_every_command_is_named() -> None:
    missing = [name for name in COMMANDS if not re.search(rf"`(simtui )?{name}\b", README)]
    assert missing == []


def test_it_counts_its_offers_right() -> None:
    offers = load(paths.bundled("carriers.json"), None).offers.values()
    countries = {offer.country for offer in offers}
    assert f"It knows {len(offers)} offers in {len(countries)} countries" in README
