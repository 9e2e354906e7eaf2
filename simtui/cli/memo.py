"""What a command that only looks printed last time, to be printed again while nothing it came from has changed.

Reckoning needs the records' machinery, which takes five times as long to load as the answer takes to print; a login
greeting or a status bar asks the same question over and over. An answer is only used while it is certain: the same
arguments and environment, the same program, every file it was made from still the same, no midnight passed in any
line's time zone. Anything odd about it, and it is worked out anew.

Nothing is imported here that a bare Python has not loaded already.
"""

from __future__ import annotations

import os
import sys
import time
from binascii import crc32
from collections.abc import Iterable, Mapping, Sequence

_FORM = "simtui answer 1"
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120 - pathlib takes 8 ms to load
_ENVIRONMENT = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "SIMTUI_LANG", "LC_ALL", "LC_MESSAGES")
_MOST_ANSWERS = 32
_LONGEST_ANSWER = 500_000
_RACY_SECONDS = 1.0
"""A file this young may be written again without a difference that anybody can see from outside."""


class Memo:
    """The answer to one command line; `read` it first, else `watch` the files, answer, and `keep`."""

    def __init__(self, arguments: Sequence[str], environ: Mapping[str, str]) -> None:
        where = os.getcwd() if any(one.startswith(("--data", "--carriers")) for one in arguments) else ""  # noqa: PTH109
        asked = [*arguments, *(environ.get(name, "") for name in (*_ENVIRONMENT, "LANG", "TZ", "TERM"))]
        self._key = repr([asked, where, _terminal(), _version()])
        self._folder = _folder(environ)
        self._file = os.path.join(self._folder, f"answer-{crc32(self._key.encode('utf-8', 'replace')):08x}")  # noqa: PTH118
        self._watched: list[tuple[str, str]] = []
        self._began = time.time()
        self.asks_for_json = "--json" in arguments

    def read(self) -> tuple[int, str] | None:
        """Return exit status and text of the last answer, None where it is not certain to be right."""
        if not self._folder:
            return None
        try:
            descriptor = os.open(self._file, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            with open(descriptor, encoding="utf-8", newline="") as file:  # noqa: PTH123 - a descriptor
                status = os.fstat(descriptor)
                if status.st_uid != os.getuid() or status.st_mode & 0o022:
                    return None
                head, _empty, text = file.read().partition("\n\n")
            form, key, span, exit_status, *files = head.split("\n")
            since, until = (float(part) for part in span.split())
            if (form, key) != (_FORM, self._key) or not since <= time.time() < until:
                return None
            if all(_is_same(line) for line in files):
                return int(exit_status), text
        except (OSError, ValueError):
            return None
        return None

    def watch(self, files: Iterable[str]) -> None:
        """Note what the files look like before they are read."""
        named = (*files, os.path.join(_PACKAGE, "__init__.py"))  # noqa: PTH118
        self._watched = [(path, _identity(path)) for path in named]

    def keep(self, status: int, text: str, until: float) -> None:
        """Keep an answer that holds until the moment `until`; where that fails, the next one is merely slower.

        It is not kept if it is very long, if a file has changed since it was looked at, or was written so shortly before
        that it may change again unseen.
        """
        if not self._folder or not self._watched or len(text) > _LONGEST_ANSWER:
            return
        if any(self._is_racy(path, seen) for path, seen in self._watched):
            return
        files = [f"{path}\t{seen}" for path, seen in self._watched]
        head = [_FORM, self._key, f"{self._began} {until}", str(status), *files]
        if any("\n" in line for line in head):
            return
        from pathlib import Path

        from simtui.errors import SimtuiError
        from simtui.store.files import atomic_write, make_folder

        try:
            make_folder(Path(self._folder))
            self._prune()
            atomic_write(Path(self._file), "\n".join([*head, "", text]).encode())
        except (OSError, ValueError, SimtuiError):
            return

    def _is_racy(self, path: str, seen: str) -> bool:
        if _identity(path) != seen or "\t" in path:
            return True
        try:
            return os.stat(path).st_mtime > self._began - _RACY_SECONDS  # noqa: PTH116
        except OSError:
            return False

    def _prune(self) -> None:
        """Make room: the answers that were kept longest ago go first."""
        kept = [entry for entry in os.scandir(self._folder) if entry.name.startswith("answer-")]
        kept.sort(key=lambda entry: entry.stat(follow_symlinks=False).st_mtime)
        for entry in kept[: max(0, len(kept) - _MOST_ANSWERS + 1)]:
            os.unlink(entry.path)  # noqa: PTH108


def _folder(environ: Mapping[str, str]) -> str:
    """Return `paths.cache_dir()`; an empty text, where nothing can be kept, if there is no home."""
    named = environ.get("XDG_CACHE_HOME", "")
    if not named.startswith("/"):
        named = f"{environ['HOME']}/.cache" if environ.get("HOME") else ""
    return f"{named}/simtui" if named else ""


def _is_same(line: str) -> bool:
    path, _tab, seen = line.partition("\t")
    return _identity(path) == seen


def _identity(path: str) -> str:
    """Return what changes when a file is written, replaced, or given other rights; nothing for one that is not there."""
    try:
        found = os.stat(path)  # noqa: PTH116
    except (OSError, ValueError):
        return ""
    parts = (
        found.st_dev,
        found.st_ino,
        found.st_mtime_ns,
        found.st_ctime_ns,
        found.st_size,
        found.st_mode,
        found.st_uid,
    )
    return " ".join(map(str, parts))


def _terminal() -> tuple[object, ...]:
    """Return what of the three streams changes the answer: which are terminals, how wide, and what can be written."""
    terminals = [stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)]
    width = None
    if sys.stdout is not None and terminals[1]:
        try:
            width = os.get_terminal_size(sys.stdout.fileno()).columns
        except (OSError, ValueError):
            width = 0
    return (*terminals, width, getattr(sys.stdout, "encoding", None))


def _version() -> tuple[str, int]:
    """Return the version and, in a checkout, when any source was last changed."""
    from simtui import __version__

    if os.path.isdir(os.path.join(_PACKAGE, "bundled")):  # noqa: PTH112, PTH118
        return __version__, 0
    newest = 0
    for folder, _folders, files in os.walk(_PACKAGE):
        sources = (name for name in files if name.endswith((".py", ".mo")))
        newest = max([newest, *(os.stat(os.path.join(folder, name)).st_mtime_ns for name in sources)])  # noqa: PTH116, PTH118
    return __version__, newest
