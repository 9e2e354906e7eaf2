"""What is done with settings, themes, own keys, and what was kept of the last run."""

from __future__ import annotations

from typing import Any
from unittest import mock

from hypothesis import strategies as st

from simtui import config, paths
from simtui.config import Settings
from simtui.glance import Glances
from simtui.outlook import counts, most_urgent
from simtui.session import Options
from simtui.tui.remembered import Remembered
from simtui.tui.views.line_list import LineRows
from simtui.tui.views.year import months_of, year_lines
from tests.fuzz.bench import FINGERPRINT, TODAY, Bench, said
from tests.fuzz.material import (
    damaged_bytes,
    texts,
    toml_files,
)

_SETTINGS = {
    "home_zone": ('"Europe/Paris"', '"posixrules"', '"../x"', '"Europe"', '"UTC0"', '"localtime"', '"a\\u0000"'),
    "language": ('"zh"', '"fr"'),
    "theme": ('"light"', '"../../etc"', f'"{"x" * 300}"', '"a/b"', '"\\u0000"'),
    "lead_days": ("{keep_number = 3}", "{x = 1}", "{data = 1e400}"),
    "borders": ('"ascii"',),
    "animations": ("true",),
    "mouse": ("false",),
    "privacy": ("true",),
    "keys": ('{add = "f5"}', '{add = "ctrl+"}', '{add = ",,"}', '{add = "[/x]"}', '{"[/x]" = "a"}'),
}


def _settings(bench: Bench, content: bytes) -> None:
    with bench.holding({bench.config_file: content}):
        try:
            found = config.load(bench.config_file)
        finally:
            said(["list"])
        _use_zone(found)
        _use_keys(found.keys)
    bench.config_file.unlink()


def _use_zone(found: Settings) -> None:
    from whenever import SYSTEM_TZ, Instant

    Instant.now().to_tz(found.home_zone or SYSTEM_TZ)


def _use_keys(keys: Any) -> None:
    from textual.binding import Binding, BindingsMap

    from simtui.tui.keycheck import check_overrides
    from simtui.tui.keys import bindings

    keymap, problems = check_overrides(keys)
    assert len(problems) + len(keymap.overrides) >= len(keys)
    live = BindingsMap(bindings("dashboard", "list", "move", "everywhere"))
    live.apply_keymap(keymap.textual_keymap())
    assert all(isinstance(binding, Binding) for _key, binding in live)


def _keys(_bench: Bench) -> st.SearchStrategy[Any]:
    from simtui.tui.keys import ACTIONS

    name = st.sampled_from([action.id for action in ACTIONS]) | texts
    part = st.sampled_from(["ctrl", "shift", "alt", "f5", "a", "A", "+", "", "slash", "enter", "５", "escape"]) | texts
    key = st.lists(part, min_size=1, max_size=3).map("+".join)
    return st.dictionaries(name, st.lists(key, min_size=1, max_size=3).map(",".join), max_size=5)


_INKS = (
    '"bold #ff0000"',
    '"on"',
    '"on on on"',
    '"bold bold"',
    '"#12"',
    '"rgb(1,2"',
    '"auto"',
    '"ansi_red on ansi_blue"',
    '"#ff000080"',
    '"red 50%"',
)


def _theme(bench: Bench, content: bytes) -> None:
    from rich.style import Style
    from textual.color import Color

    from simtui.tui.themes import load_theme

    file = bench.home / "given.toml"
    with bench.holding({file: content}):
        loaded, problems = load_theme(file, few_colours=True)
    assert all(problem.problem for problem in problems)
    design = loaded.theme.to_color_system().generate()
    for name, value in {**design, **loaded.theme.variables}.items():
        if name.startswith(("ink-", "paper-")):
            Color.parse(value)
        if name.startswith("attr-"):
            Style.parse(value)


def _themes(_bench: Bench) -> st.SearchStrategy[bytes]:
    parts: dict[str, tuple[str, ...]] = {
        f"{table}.{name}": _INKS
        for table in ("colours", "inks", "inks16")
        for name in ("primary", "due", "cursor", "x")
    }
    parts |= {
        "variables.x": ('"$x"', '"red; }"', '"}"', *_INKS),
        "dark": ("true", "1"),
        "ansi": ("true",),
        "title.en": ('"x"',),
        "inks": _INKS,
    }
    return toml_files(parts) | damaged_bytes(paths.bundled("themes").joinpath("dark.toml").read_bytes())


def _glance(bench: Bench, content: bytes) -> None:
    """What was kept of the last run may be anything: then it is as if there were none."""
    file = bench.data_file.with_name("simtui.json.glance")
    file.write_bytes(content)
    glances = Glances(Options(data=bench.data_file, today=TODAY), {}, paths.bundled("carriers.json"), "en")
    with mock.patch.object(Glances, "_fingerprint", return_value=FINGERPRINT):
        kept = glances.read()
    file.unlink()
    rows = (*glances.last_rows(), *(() if kept is None else kept.rows))
    good = bench.glance["rows"][0]
    for row in rows:
        assert all(type(value) in (type(usual), type(None)) for value, usual in zip(row, good, strict=True))
        assert row.urgency
    most_urgent(rows)
    assert sum(counts(rows).values()) <= len(rows)
    shown_rows = LineRows(rows)
    assert all(shown_rows.row(index, width) for index in range(len(rows)) for width in (20, 80))
    if kept is not None:
        year_lines(months_of(rows), next(iter(kept.days.values()), "2026-11-21"), "", 80)


def _remembered(bench: Bench, content: bytes) -> None:
    file = bench.home / "state" / "simtui" / "dashboard.json"
    with bench.holding({file: content}):
        found = Remembered.read(file)
        assert found.language in (None, "en", "zh")
        said(["locate"])
    file.unlink()
