"""The settings: a TOML file that the user writes, read into one frozen value.

A wrong setting is an error that names the file, the key and the nearest key that exists; nothing is guessed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from simtui.errors import ConfigError
from simtui.i18n import LANGUAGES, _
from simtui.text import system_reason, toml_reason

Borders = Literal["round", "ascii"]

KINDS = ("keep_number", "data", "esim", "travel_esim")
"""The kinds of offers, as in `simtui.domain.offer.OfferKind`; that module takes too long to load for three settings."""

LONGEST_LEAD_DAYS = 365
_LARGEST_FILE = 256 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user set, or what holds where nothing is set.

    `home_zone` is an IANA time zone for the times of day that are shown. `lead_days` has days by kind of offer: how
    long before its last day a line is `due`. `keys` has the user's own key by action id.
    """

    home_zone: str | None = None
    language: str | None = None
    theme: str = "dark"
    lead_days: Mapping[str, int] = field(default_factory=dict)
    borders: Borders = "round"
    animations: bool = False
    mouse: bool = True
    privacy: bool = False
    keys: Mapping[str, str] = field(default_factory=dict)


class _Wrong(Exception):
    """What is wrong with one value, and what to do; `load` adds the file and the key."""

    def __init__(self, problem: str, next_step: str = "", *, key: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.next_step = next_step
        self.key = key


def load(path: Path) -> Settings:
    """Return the settings in the TOML file at `path`; where there is no file, what holds by default.

    Raises:
        ConfigError: the file cannot be read, is not TOML, or has a key or value that simtui does not know. It names
            the file, the key and what would be right.
    """
    try:
        return _settings(_parsed(path))
    except _Wrong as wrong:
        place = f"{path}: {wrong.key}" if wrong.key else str(path)
        raise ConfigError(wrong.problem, place=place, next_step=wrong.next_step) from wrong


def _parsed(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        # A FIFO would wait for somebody to write into it.
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise _Wrong(_("This is not a regular file."))
            content = file.read(_LARGEST_FILE + 1)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise _Wrong(_("The settings cannot be read: {reason}.").format(reason=system_reason(error))) from error
    if len(content) > _LARGEST_FILE:
        raise _Wrong(_("This file is too large for settings."))
    try:
        return tomllib.loads(content.decode())
    except UnicodeDecodeError as error:
        raise _Wrong(_("This file is not UTF-8 text."), _("Save it as UTF-8.")) from error
    except (ValueError, RecursionError) as error:
        raise _Wrong(_("This is not TOML: {reason}.").format(reason=toml_reason(error))) from error


def _settings(given: dict[str, Any]) -> Settings:
    checked: dict[str, Any] = {}
    for key, value in given.items():
        check = _CHECKS[_known(key, _CHECKS)]
        try:
            checked[key] = check(value)
        except _Wrong as wrong:
            wrong.key = f"{key}.{wrong.key}" if wrong.key else key
            raise
    return Settings(**checked)


def _known(key: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    """Return `key` if it is one of `known`, else say which of them is nearest."""
    if key in known:
        return key
    from difflib import get_close_matches

    nearest = get_close_matches(key, list(known), n=1)
    raise _Wrong(
        _("There is no such setting."),
        _('Did you mean "{key}"?').format(key=nearest[0]) if nearest else _one_of(known),
        key=key,
    )


def _one_of(choices: Mapping[str, object] | tuple[str, ...]) -> str:
    return _("Choose one of: {choices}.").format(choices=", ".join(choices))


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise _Wrong(_("A text in quotes is needed."))
    return value


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise _Wrong(_("true or false is needed."))
    return value


def _choice(*choices: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        if value not in choices:
            raise _Wrong(_("This value is not possible here."), _one_of(choices))
        return _text(value)

    return check


def _zone(value: object) -> str:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    name = _text(value)
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise _Wrong(_("There is no such time zone."), _("Write it like Europe/Monaco or Asia/Shanghai.")) from error
    return name


def _lead_days(value: object) -> dict[str, int]:
    return {_known(kind, KINDS): _days(kind, days) for kind, days in _table(value).items()}


def _days(kind: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LONGEST_LEAD_DAYS:
        raise _Wrong(_("A number of days from 0 to {most} is needed.").format(most=LONGEST_LEAD_DAYS), key=kind)
    return value


def _keys(value: object) -> dict[str, str]:
    """Return the keys by action; whether action and key exist is known to the dashboard, which checks them."""
    keys = _table(value)
    for action, key in keys.items():
        if not isinstance(key, str) or not key:
            raise _Wrong(_("The name of a key is needed, in quotes."), key=action)
    return keys


def _table(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _Wrong(_("A table is needed here, one setting a line."))
    return value


_CHECKS: dict[str, Callable[[object], Any]] = {
    "home_zone": _zone,
    "language": _choice(*LANGUAGES),
    "theme": _text,
    "lead_days": _lead_days,
    "borders": _choice("round", "ascii"),
    "animations": _switch,
    "mouse": _switch,
    "privacy": _switch,
    "keys": _keys,
}
