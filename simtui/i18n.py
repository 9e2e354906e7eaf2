"""The languages: English as it stands in the sources, Chinese from a gettext catalogue.

The current language is the one piece of state in a module: every word on every screen depends on it, and it can
change while the program runs. So words are looked up when they are shown, never at import.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from simtui.errors import UsageError

if TYPE_CHECKING:
    from gettext import GNUTranslations

ENGLISH = "en"
CHINESE = "zh"
LANGUAGES = (ENGLISH, CHINESE)


class _Current(NamedTuple):
    """A language and its catalogue; English has none, so that an English start reads no file."""

    language: str
    catalogue: GNUTranslations | None


_current = _Current(ENGLISH, None)


def _(message: str) -> str:
    """Return `message` in the current language, as it stands where it has no translation."""
    catalogue = _current.catalogue
    return catalogue.gettext(message) if catalogue else message


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return the form that goes with the number `n`, in the current language."""
    catalogue = _current.catalogue
    if catalogue:
        return catalogue.ngettext(singular, plural, n)
    return singular if n == 1 else plural


def N_(message: str) -> str:  # noqa: N802 - gettext's own name
    """Return `message` as it stands: marks for translation what is looked up later, when it is shown."""
    return message


def current() -> str:
    """Return the current language: `en` or `zh`."""
    return _current.language


def use(language: str) -> None:
    """Switch to `language` for everything that is shown from now on.

    Raises:
        UsageError: there is no such language.
    """
    global _current  # noqa: PLW0603  the documented exception, see the module's docstring
    if language not in LANGUAGES:
        raise UsageError(
            _('There is no language "{language}".').format(language=language),
            next_step=_("Choose one of: {languages}.").format(languages=", ".join(LANGUAGES)),
        )
    _current = _Current(language, None if language == ENGLISH else _catalogue(language))


def from_environment(environ: Mapping[str, str]) -> str:
    """Return the language that the environment asks for, English where it asks for none that simtui speaks.

    `SIMTUI_LANG` comes first, so that simtui can differ from the rest of the session; then what POSIX names for
    messages, of which the first that is set decides.
    """
    for name in ("SIMTUI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if locale := environ.get(name):
            return CHINESE if locale.lower().startswith(CHINESE) else ENGLISH
    return ENGLISH


def _catalogue(language: str) -> GNUTranslations:
    from gettext import GNUTranslations

    file = Path(__file__).parent / "locale" / language / "LC_MESSAGES" / "simtui.mo"
    with file.open("rb") as compiled:
        return GNUTranslations(compiled)
