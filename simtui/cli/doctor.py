"""`simtui doctor`: looks whether everything is well, and says what to do where it is not."""

from __future__ import annotations

import os
import re
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from typing import NamedTuple

from simtui import paths
from simtui.cli.console import Console
from simtui.cli.parser import Parser, Runner
from simtui.cli.start import Start, settings_of
from simtui.errors import SimtuiError
from simtui.i18n import N_, _, ngettext
from simtui.text import shown

ILL = 1
_TITLES = {
    "settings": N_("settings"),
    "offers": N_("offers"),
    "data": N_("lines and acts"),
    "simtui": "simtui",
    "terminal": N_("terminal"),
    "file": N_("data file"),
}
_PATH = re.compile(r"(?<![\w.~-])/(?:[^\s/:;,，；：]+/)*[^\s/:;,，；：]+")


class Finding(NamedTuple):
    """What one look found: the code of what was looked at, whether it is well, and in words."""

    name: str
    well: bool
    words: str


def doctor_command(parser: Parser) -> Runner:
    """Declare `simtui doctor`."""
    parser.add_argument(
        "--report", action="store_true", help=_("to send to somebody who helps: without numbers, names and folders")
    )
    parser.epilog = _("Reads everything again and changes nothing.")
    return _doctor


def _doctor(arguments: Namespace, start: Start, console: Console) -> int:
    looks = (_settings, _catalogue, _data, _around, _surroundings)
    findings = [finding for look in looks for finding in look(start)]
    if arguments.report:
        console.private = True
        findings = [one._replace(words=console.hidden(_without_folders(one.words))) for one in findings]
        findings += _machine()
    if console.json:
        told = [{"name": one.name, "well": one.well, "words": one.words} for one in findings]
        console.data({"schema_version": 1, "findings": told})
    else:
        for one in findings:
            mark = _("ok") if one.well else _("!!")
            told_of = _("{what}: {state}").format(what=_(_TITLES[one.name]), state=one.words)
            console.line(shown(f"{mark}  {told_of}"))
    return 0 if all(one.well for one in findings) else ILL


def _guarded(name: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """Yield what a look finds; an error ends it and is a finding."""
    try:
        yield from look()
    except SimtuiError as error:
        yield Finding(name, False, str(error))


def _settings(_start: Start) -> Iterator[Finding]:
    name = "settings"

    def look() -> Iterator[Finding]:
        file = paths.config_file()
        settings_of(os.environ)
        yield Finding(name, True, str(file) if file.exists() else _("none, all as it comes"))

    return _guarded(name, look)


def _catalogue(start: Start) -> Iterator[Finding]:
    name = "offers"

    def look() -> Iterator[Finding]:
        from simtui import catalogue

        options = start.options
        found = catalogue.load(paths.bundled("carriers.json"), options.own_carriers_file, options.carriers)
        problems = found.check_all()
        for problem in problems[:20]:
            where = ": ".join(part for part in (problem.file, problem.offer, problem.place) if part)
            yield Finding(name, False, f"{where}: {problem.what}")
        count = len(found.ids)
        told = ngettext("{n} offer, as of {day}", "{n} offers, as of {day}", count)
        yield Finding(name, not problems, told.format(n=count, day=found.updated or "?"))

    return _guarded(name, look)


def _data(start: Start) -> Iterator[Finding]:
    name = "data"

    def look() -> Iterator[Finding]:
        from simtui.session import open_desk

        options, settings = start.settled()
        desk = open_desk(options, settings)
        try:
            holdings = desk.holdings()
            for problem in dict.fromkeys((*desk.problems, *desk.repository.check())):
                yield Finding(name, False, f"{problem.place}: {problem.problem}")
            for held in holdings:
                if not held.known_offer:
                    told = _("line {id}: its offer {offer} is in no carriers file that can be used")
                    yield Finding(name, False, told.format(id=held.id, offer=held.line.offer))
            if desk.repository.read_only_reason:
                yield Finding(name, options.read_only, desk.repository.read_only_reason)
            for notice in desk.repository.notices:
                if notice == desk.repository.read_only_reason:
                    continue
                yield Finding(name, True, notice)
            count = len(holdings)
            told = ngettext("{n} line in {file}", "{n} lines in {file}", count)
            yield Finding(name, True, told.format(n=count, file=options.data_file))
        finally:
            desk.repository.close()

    return _guarded(name, look)


def _around(start: Start) -> Iterator[Finding]:
    """Yield what is to be said of where the data lies."""
    from simtui.store.examining import examine

    if start.options.demo:
        return
    for seen in examine(start.options.data_file):
        yield Finding("file", seen.well, seen.words)


def _machine() -> Iterator[Finding]:
    """Yield what a stranger needs to know of the machine."""
    import platform
    from importlib.metadata import version

    parts = ", ".join(f"{name} {version(name)}" for name in ("textual", "pydantic", "tinydb", "whenever"))
    yield Finding("simtui", True, f"{platform.system()} {platform.release()} {platform.machine()}, {parts}")
    names = ("TERM", "COLORTERM", "NO_COLOR", "LANG", "LC_ALL", "TMUX", "SSH_CONNECTION")
    # What the last two hold tells addresses: that they are set is enough.
    told = (f"{name}={os.environ[name] if name in names[:5] else '…'}" for name in names if name in os.environ)
    yield Finding("terminal", True, " ".join(told) or "-")


def _without_folders(text: str) -> str:
    """Return a sentence with the folders before file names left out: they tell who somebody is."""
    return _PATH.sub(lambda found: f"…/{found[0].rsplit('/', 1)[1]}", text)


def _surroundings(_start: Start) -> Iterator[Finding]:
    from simtui import __version__

    yield Finding("simtui", True, f"{__version__}, Python {sys.version.split()[0]}")
    encoding = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "")
    told = _("can show Chinese") if encoding == "utf8" else _("cannot show Chinese: set a UTF-8 locale such as C.UTF-8")
    yield Finding("terminal", encoding == "utf8", told)
