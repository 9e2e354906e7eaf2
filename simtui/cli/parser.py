"""The arguments: global options before or after the command, and the parser of the one command that runs.

Only that command's module is imported, and only its arguments are declared.
"""

from __future__ import annotations

import os
import re
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError, HelpFormatter, Namespace
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Never

from simtui.cli.commands import COMMANDS
from simtui.cli.console import Console
from simtui.cli.start import Start
from simtui.errors import UsageError
from simtui.i18n import N_, _
from simtui.text import shown

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

Runner = Callable[[Namespace, Start, Console], int]
"""What runs a command; returns the exit status."""

_VALUED = ("--data", "--carriers", "--today", "--lang", "--theme")
_CHINESE_HEADING = re.compile(r"(?<=[\u3400-\u9fff]):$", re.MULTILINE)
_AGO = re.compile(r"-\d+[dwmyDWMY]")


class Finished(Exception):
    """Help or version were shown: nothing more is to be done."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Parser(ArgumentParser):
    """argparse with our words: errors are UsageError, headings are translated, nothing is abbreviated."""

    def __init__(self, console: Console, **settings: Any) -> None:  # noqa: ANN401 - passed on to argparse
        settings.setdefault("formatter_class", _Formatter)
        super().__init__(add_help=False, allow_abbrev=False, **settings)
        self._console = console
        self.add_argument("-h", "--help", action="help", help=_("show this help"), default=SUPPRESS)

    def format_help(self) -> str:
        """Return the help text, with headings in the current language."""
        self._positionals.title = _("what to say")
        self._optionals.title = _("options")
        # argparse ends headings with its own colon.
        return _CHINESE_HEADING.sub("：", super().format_help())

    def error(self, message: str) -> Never:
        """Refuse the arguments, in the current language: argparse only speaks English."""
        hint = _("{program} --help shows what can be said.").format(program=self.prog)
        place, problem = _refusal(message)
        raise UsageError(shown(problem), place=place, next_step=hint)

    def exit(self, status: int = 0, message: str | None = None) -> Never:
        """End after help or version."""
        if message:
            self._console.line(shown(message.rstrip("\n")))
        raise Finished(status)

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        self._console.lines(message.rstrip("\n").split("\n"))


_REFUSALS = (
    (re.compile(r"expected one argument"), N_("needs a value")),
    (re.compile(r"ignored explicit argument .*"), N_("takes no value")),
    (re.compile(r"the following arguments are required: (.*)"), N_("missing: {names}")),
    (re.compile(r"unrecognized arguments: (.*)", re.DOTALL), N_("not understood: {names}")),
)
"""What argparse says, and how we say it."""


def _refusal(message: str) -> tuple[str, str]:
    """Return the argument that argparse refuses, empty where it names none, and why, in the current language."""
    place, told = "", message
    if named := re.match(r"argument ([^:]*): ", message):
        place, told = named.group(1), message[named.end() :]
    for pattern, words in _REFUSALS:
        if match := pattern.fullmatch(told):
            names = match.group(1) if pattern.groups else ""
            return place, _(words).format(names=names[:200])
    return place, told


def file_path(typed: str) -> Path:
    """Return the path of a file that was named on the command line, `~` being the home folder."""
    if not typed.strip() or "\0" in typed:
        raise ArgumentTypeError(_("names no file"))
    return Path(typed).expanduser() if typed.startswith("~/") else Path(typed)


class _Formatter(HelpFormatter):
    """Help with the usage line in the current language and columns that fit 80 cells."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26, width=96)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:  # noqa: ANN401 - argparse's own types
        super().add_usage(usage, actions, groups, _("usage: ") if prefix is None else prefix)


def parse(arguments: Sequence[str], console: Console) -> Callable[[], int]:
    """Return what runs the command that the arguments ask for.

    Raises:
        UsageError: If they ask for nothing that exists.
        Finished: If they asked for help or the version, which has been shown.
    """
    console.json = "--json" in arguments
    console.speak(_language(arguments))
    before, command, rest = _split(_with_days(arguments))
    whole = Parser(console, prog="simtui", usage=_("simtui [options] [command …]"), epilog=_epilog())
    whole.formatter_class = _Verbatim
    whole.description = _("Keeps prepaid phone numbers alive. Without a command the dashboard opens.")
    whole.add_argument("--version", action="version", version=_version(), help=_("show the version"))
    add_globals(whole, first=True)
    found = whole.parse_args(before)
    if command is None:
        start = Start.of(found, console)
        return lambda: _without_command(start, console)
    if command not in COMMANDS:
        raise _no_such(command)
    return _command(command, rest, found, console)


def _with_days(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with a blank before days such as `-3d`, which argparse would take for options."""
    return [f" {argument}" if _AGO.fullmatch(argument) else argument for argument in arguments]


def _split(arguments: Sequence[str]) -> tuple[list[str], str | None, list[str]]:
    """Return the options before the command, the command, and what follows it."""
    is_value = False
    for at, argument in enumerate(arguments):
        if not is_value and not argument.startswith("-"):
            return list(arguments[:at]), argument, list(arguments[at + 1 :])
        is_value = not is_value and argument in _VALUED
    return list(arguments), None, []


def _command(name: str, rest: Sequence[str], found: Namespace, console: Console) -> Callable[[], int]:
    told = _(COMMANDS[name].help)
    parser = Parser(console, prog=f"simtui {name}", description=told[:1].upper() + told[1:])
    module = import_module(f"simtui.cli.{COMMANDS[name].module}")
    run: Runner = getattr(module, f"{name}_command")(parser)
    add_globals(parser, first=False)
    parsed = parser.parse_args(rest, found)
    start = Start.of(parsed, console)
    return lambda: run(parsed, start, console)


def add_globals(parser: Parser, *, first: bool) -> None:
    """Add the options that every command takes; `first` sets what holds where they are not given at all."""
    group = parser.add_argument_group(_("options everywhere"))

    def option(name: str, **settings: Any) -> None:  # noqa: ANN401 - passed on to argparse
        usual = settings.pop("default", None)
        group.add_argument(name, default=usual if first else SUPPRESS, **settings)

    option("--data", type=file_path, metavar="FILE", help=_("use this data file"))
    option("--carriers", type=file_path, metavar="FILE", help=_("use this carriers file instead of the bundled one"))
    option("--today", metavar="DAY", help=_("reckon as if it were this day, such as 2026-11-20"))
    option("--lang", metavar="en|zh", help=_("speak this language"))
    option("--theme", metavar="NAME", help=_("open the dashboard in this theme"))
    option("--read-only", action="store_true", default=False, help=_("change nothing"))
    option("--restricted", action="store_true", default=False, help=_("touch no file but the data file; for sshd"))
    option("--private", action="store_true", default=False, help=_("hide numbers and balances"))
    option("--demo", action="store_true", default=False, help=_("use made-up lines; your data is not touched"))
    option("--json", action="store_true", default=False, help=_("answer in JSON (docs/json.md)"))


def _language(arguments: Sequence[str]) -> str:
    """Return the language for help and errors: what `--lang` says anywhere, else the environment's."""
    for at, argument in enumerate(arguments):
        if argument == "--lang" and at + 1 < len(arguments):
            return arguments[at + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    from simtui.cli.start import settled_language

    return settled_language(os.environ)


class _Verbatim(_Formatter):
    """Keeps the line breaks of the list of commands."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in text.split("\n"))


def _epilog() -> str:
    lines = [_("commands:"), *(f"  {name:<22}  {_(command.help)}" for name, command in COMMANDS.items())]
    return "\n".join([*lines, "", _("simtui COMMAND --help tells more.")])


def _version() -> str:
    from simtui import __version__

    return f"simtui {__version__}"


def _no_such(name: str) -> UsageError:
    from difflib import get_close_matches

    near = get_close_matches(name, COMMANDS, n=1)
    hint = _("Did you mean {command}?").format(command=near[0]) if near else _("simtui --help lists them.")
    return UsageError(_("there is no command {name}").format(name=shown(name[:40])), next_step=hint)


def _without_command(start: Start, console: Console) -> int:
    """Open the dashboard where there is a terminal that can show it, else print the report."""
    from simtui.cli.dashboard import can_show, open_dashboard

    if not console.json and can_show(console, os.environ):
        return open_dashboard(start)
    from simtui.cli.look import print_report

    return print_report(start, console)
