from __future__ import annotations

import subprocess
import sys

import pytest

from simtui import i18n
from simtui.errors import UsageError
from simtui.i18n import _, ngettext


def test_english_is_what_stands_in_the_sources() -> None:
    assert i18n.current() == "en"
    assert _("There is no such time zone.") == "There is no such time zone."
    assert [ngettext("{n} line", "{n} lines", n) for n in (0, 1, 2)] == ["{n} lines", "{n} line", "{n} lines"]


def test_switching_takes_effect_at_once_and_back() -> None:
    i18n.use("zh")
    assert i18n.current() == "zh"
    assert _("There is no such time zone.") == "没有这个时区。"
    i18n.use("en")
    assert _("There is no such time zone.") == "There is no such time zone."


def test_what_has_no_translation_stays_english() -> None:
    i18n.use("zh")
    assert _("never written anywhere") == "never written anywhere"
    assert ngettext("one never", "{n} nevers", 2) == "{n} nevers"


def test_an_unknown_language_is_refused_and_the_old_one_stays() -> None:
    with pytest.raises(UsageError, match="en, zh"):
        i18n.use("fr")
    assert i18n.current() == "en"


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "C.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, "zh"),
        ({"SIMTUI_LANG": "zh", "LC_ALL": "en_GB.UTF-8"}, "zh"),
        ({"SIMTUI_LANG": "en", "LC_ALL": "zh_CN.UTF-8"}, "en"),
        ({"SIMTUI_LANG": "ZH"}, "zh"),
    ],
)
def test_the_language_of_an_environment(environ: dict[str, str], language: str) -> None:
    assert i18n.from_environment(environ) == language


def test_an_english_start_loads_no_catalogue() -> None:
    code = "import sys, simtui.i18n as i; i.use('en'); i._('x'); sys.exit('gettext' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
