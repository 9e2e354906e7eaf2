"""Restricted mode: one data file, and nothing else of the account that simtui runs under.

For sshd's ForceCommand, where people share a server or an account. Whoever is at the other end chooses keys and, where
sshd lets them, environment variables; neither may reach a file, a program or a shell. So the environment is reduced to
what says how to draw and speak, the settings come from beside the data file, and the process gives up what it never
needs. `Start` and the dashboard refuse paths; nothing reads `SSH_ORIGINAL_COMMAND`.
"""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import contextmanager

NOWHERE = "/dev/null"
"""A folder in which there can be nothing."""

_KEPT = ("TERM", "COLORTERM", "NO_COLOR", "LANG", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "TZ")
_PLAIN = re.compile(r"(\w[\w.@,+-]*(/[\w+-]+){0,2})?", re.ASCII)
"""What such a variable says: nothing, a word or a time zone; no path."""

_PROGRAMS = ("os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "pty.spawn", "subprocess.", "webbrowser.")
_NETWORK = ("socket.bind", "socket.connect", "socket.getaddrinfo", "socket.gethostby", "socket.sendto")


@contextmanager
def reduced(environ: MutableMapping[str, str], arguments: Sequence[str]) -> Iterator[None]:
    """Let the environment name no file, folder or program, and put it back at the end.

    Settings and what the dashboard remembers come from a folder `simtui` beside the data file; answers are not kept. The
    home folder is the one of the password database.
    """
    before = dict(environ)
    kept = {name: before[name] for name in _KEPT if _PLAIN.fullmatch(before.get(name, "\0"))}
    environ.clear()
    environ.update(kept)
    beside = _folder(arguments)  # only now: HOME counts no longer
    environ.update(XDG_CONFIG_HOME=beside, XDG_STATE_HOME=beside, XDG_DATA_HOME=NOWHERE, XDG_CACHE_HOME=NOWHERE)
    try:
        yield
    finally:
        environ.clear()
        environ.update(before)


def _folder(arguments: Sequence[str]) -> str:
    """Return the folder of the data file that the arguments name; as for argparse, the last one counts."""
    named = ""
    for at, argument in enumerate(arguments):
        if argument == "--data" and at + 1 < len(arguments):
            named = arguments[at + 1]
        elif argument.startswith("--data="):
            named = argument.removeprefix("--data=")
    if not named.strip() or "\0" in named:
        return NOWHERE
    return os.path.dirname(os.path.abspath(os.path.expanduser(named) if named.startswith("~/") else named))  # noqa: PTH100, PTH111, PTH120 - as in cli/memo.py


def give_up_powers() -> None:
    """Give up, for the rest of this process, what simtui never needs: programs, network, suspending, core files.

    This is a second wall. Nothing in simtui asks for any of it; were there a defect that did, it would end in an error.
    """
    import resource

    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTSTP})  # Textual sets a handler, but none for what is blocked
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse)


def _refuse(event: str, _arguments: object) -> None:
    if event.startswith((*_PROGRAMS, *_NETWORK)):
        raise PermissionError(f"restricted mode: {event}")


def leave(status: int) -> None:
    """End the process; where PYTHONINSPECT asks for a prompt after the end, without one."""
    if sys.flags.inspect or sys.flags.interactive:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(status)
    sys.exit(status)
