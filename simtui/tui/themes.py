"""Themes: TOML files read into Textual's themes, with every colour checked first.

Textual takes a bad colour at registration and crashes when it draws. Here a wrong value is left out and reported;
what is left out looks like plain text, which can always be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from textual.color import Color, ColorParseError
from textual.theme import Theme

from simtui.i18n import _
from simtui.text import system_reason, toml_reason

ATTRIBUTES = frozenset({"bold", "dim", "italic", "underline", "reverse", "strike"})
PHASES = ("rescue", "due", "unknown", "paid", "soon", "safe", "lost")
INKS = (
    *PHASES,
    *("cursor", "muted", "stated", "guess", "title", "banner", "gauge", "mark", "key", "footer", "error", "good"),
)
COLOURS = (
    *("primary", "secondary", "accent", "success", "warning", "error"),
    *("foreground", "background", "surface", "panel", "boost"),
)
PARTS = ("dark", "ansi", "title", "colours", "inks", "inks16", "variables")
PLAIN_PRIMARY = "#808080"
ANSI_VARIABLES = {"ansi-background": "ansi_default", "ansi-foreground": "ansi_default"}
"""Textual's style sheets name these, but it does not derive them for themes in the terminal's own colours."""


class ThemeProblem(NamedTuple):
    """What is wrong in a theme file, in the current language; `key` is empty if it is the file itself."""

    file: Path
    key: str
    problem: str


class LoadedTheme(NamedTuple):
    """A theme for `App.register_theme` with its title by language; its name is the name of its file."""

    name: str
    titles: Mapping[str, str]
    theme: Theme

    def title(self, language: str) -> str:
        """The title in a language, or the name."""
        return self.titles.get(language, self.name)


def load_themes(folder: Path) -> tuple[dict[str, LoadedTheme], list[ThemeProblem]]:
    """All themes of a folder by name, in alphabetical order, and what is wrong with them."""
    themes: dict[str, LoadedTheme] = {}
    problems: list[ThemeProblem] = []
    for path in sorted(folder.glob("*.toml")):
        loaded, wrong = load_theme(path)
        themes[loaded.name] = loaded
        problems += wrong
    return themes, problems


def load_theme(path: Path, *, few_colours: bool = False) -> tuple[LoadedTheme, list[ThemeProblem]]:
    """One theme, which is all the first frame needs. A file that cannot be read gives a plain one.

    `few_colours` is for terminals with 16: the inks of the file's `inks16` then stand in for those of the same name.
    """
    reader = _Reader(path)
    data = reader.read()
    colours = reader.colours(data)
    ansi = reader.flag(data, "ansi", default=False)
    inks = reader.inks(data, few_colours=few_colours)
    theme = Theme(
        name=path.stem,
        primary=colours.get("primary", PLAIN_PRIMARY),
        secondary=colours.get("secondary"),
        accent=colours.get("accent"),
        success=colours.get("success"),
        warning=colours.get("warning"),
        error=colours.get("error"),
        foreground=colours.get("foreground"),
        background=colours.get("background"),
        surface=colours.get("surface"),
        panel=colours.get("panel"),
        boost=colours.get("boost"),
        dark=reader.flag(data, "dark", default=True),
        ansi=ansi,
        variables={**(ANSI_VARIABLES if ansi else {}), **reader.variables(data), **inks},
    )
    return LoadedTheme(path.stem, reader.titles(data), theme), reader.problems


def parse_ink(text: str) -> tuple[str, str, str]:
    """Split "bold #ff0000 on #000000" into attributes, colour and background, each of which may be empty.

    Raises:
        ColorParseError: a colour is none.
    """
    front, _on, paper = f" {text} ".partition(" on ")
    words = front.split()
    colour = " ".join(word for word in words if word not in ATTRIBUTES)
    for name in (colour, paper.strip()):
        if name:
            _opaque(name)
    return " ".join(word for word in words if word in ATTRIBUTES), colour, paper.strip()


def _opaque(text: str) -> None:
    """Refuse what is no colour, and colours that let others through: their contrast cannot be told.

    Raises:
        ColorParseError: it is refused.
    """
    colour = Color.parse(text)
    if colour.a != 1 or colour.auto:
        raise ColorParseError(text)


class _Reader:
    """Reads the parts of one file and collects what is wrong with them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[ThemeProblem] = []

    def read(self) -> dict[str, Any]:
        import tomllib

        try:
            with self.path.open("rb") as file:
                data = tomllib.load(file)
        except (OSError, ValueError, RecursionError) as error:
            reason = system_reason(error) if isinstance(error, OSError) else toml_reason(error)
            self._report("", _("The theme cannot be read: {reason}").format(reason=reason))
            return {}
        self._check_names("", data, PARTS)
        return data

    def flag(self, data: Mapping[str, Any], key: str, *, default: bool) -> bool:
        value = data.get(key, default)
        if isinstance(value, bool):
            return value
        self._report(key, _("This must be true or false."))
        return default

    def titles(self, data: Mapping[str, Any]) -> dict[str, str]:
        return dict(self._texts(data, "title"))

    def colours(self, data: Mapping[str, Any]) -> dict[str, str]:
        self._check_names("colours", data.get("colours", {}), COLOURS)
        return {
            key: text for key, text in self._texts(data, "colours") if key in COLOURS and self._is_colour(key, text)
        }

    def inks(self, data: Mapping[str, Any], *, few_colours: bool) -> dict[str, str]:
        """The inks as variables, also for style sheets: `ink-due`, `paper-cursor`, `attr-title`."""
        found = self._inks_of(data, "inks")
        fewer = self._inks_of(data, "inks16")
        if few_colours:
            found |= fewer
        return {
            f"{kind}-{key}": part
            for key, parts in found.items()
            for kind, part in zip(("attr", "ink", "paper"), parts, strict=True)
            if part
        }

    def _inks_of(self, data: Mapping[str, Any], table: str) -> dict[str, tuple[str, str, str]]:
        self._check_names(table, data.get(table, {}), INKS)
        found: dict[str, tuple[str, str, str]] = {}
        for key, text in self._texts(data, table):
            try:
                found[key] = parse_ink(text)
            except ColorParseError:
                self._report(f"{table}.{key}", _("“{text}” is no colour.").format(text=text))
        return found

    def variables(self, data: Mapping[str, Any]) -> dict[str, str]:
        return {
            key: text
            for key, text in self._texts(data, "variables")
            if ATTRIBUTES.issuperset(text.split()) or self._is_colour(key, text, "variables")
        }

    def _texts(self, data: Mapping[str, Any], part: str) -> Iterator[tuple[str, str]]:
        """The entries of a table that are texts, as they must all be."""
        table = data.get(part, {})
        if not isinstance(table, dict):
            self._report(part, _("This must be a table."))
            return
        for key, value in table.items():
            if isinstance(value, str):
                yield key, value
            else:
                self._report(f"{part}.{key}", _("This must be a text in quotes."))

    def _is_colour(self, key: str, text: str, part: str = "colours") -> bool:
        try:
            _opaque(text)
        except ColorParseError:
            self._report(f"{part}.{key}", _("“{text}” is no colour.").format(text=text))
            return False
        return True

    def _check_names(self, part: str, table: object, known: tuple[str, ...]) -> None:
        """Report names that mean nothing, with the nearest that does."""
        for name in table if isinstance(table, dict) else ():
            if name not in known:
                near = ", ".join(get_close_matches(name, known, n=1)) or ", ".join(known)
                key = f"{part}.{name}" if part else name
                self._report(key, _("There is no such name. Did you mean: {names}?").format(names=near))

    def _report(self, key: str, problem: str) -> None:
        self.problems.append(ThemeProblem(self.path, key, problem))
