"""What the dashboard remembers between two starts: the language and the theme that were chosen in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Self

from simtui.i18n import LANGUAGES

_MOST_BYTES = 64 * 1024


class Remembered:
    """Choices made in the dashboard, kept beside logs: losing them does no harm, so nothing about them is an error.

    The settings file is the user's own and never written.
    """

    def __init__(self, file: Path, language: str | None = None, theme: str | None = None) -> None:
        self._file = file
        self.language = language
        self.theme = theme

    @classmethod
    def read(cls, file: Path) -> Self:
        """Return what was remembered, nothing where the file is missing or odd."""
        from simtui.store.files import read_own

        try:
            data: Any = json.loads(read_own(file, _MOST_BYTES))
        except (OSError, ValueError, RecursionError):
            return cls(file)
        found = data if isinstance(data, dict) else {}
        language, theme = found.get("language"), found.get("theme")
        known_theme = theme if isinstance(theme, str) and theme.replace("-", "").isalnum() else None
        return cls(file, language if language in LANGUAGES else None, known_theme)

    def keep(self, *, language: str | None = None, theme: str | None = None) -> None:
        """Remember a choice; where it cannot be written it holds for this run only."""
        self.language = language or self.language
        self.theme = theme or self.theme
        from simtui.store.files import atomic_write

        chosen = {key: value for key, value in (("language", self.language), ("theme", self.theme)) if value}
        try:
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            atomic_write(self._file, json.dumps(chosen).encode())
        except OSError:
            return
