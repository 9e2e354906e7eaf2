"""How the dashboard starts and ends: what must be true before, and every way out.

A signal kills a Textual app without leaving the alternate screen; a terminal that vanishes without a signal leaves
a process that reads nothing for ever, at full load. Here both end it cleanly, within two seconds, even while
its event loop is stuck on a terminal that takes no more output. This module loads no Textual: the command line asks
it first whether there is any sense in opening a screen.
"""

from __future__ import annotations

import enum
import os
import select
import signal
import sys
import termios
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, Any, TextIO

from simtui.errors import UsageError
from simtui.i18n import _

if TYPE_CHECKING:
    from textual.app import App

POLL_SECONDS = 2.0
"""How often to look whether the terminal is still there."""

GRACE_SECONDS = 1.5
"""How long a clean end may take before the process ends without one."""

NO_CURSOR = frozenset({"", "dumb", "unknown"})
"""Values of TERM that say: nothing is known of a cursor that could be moved."""

ENDING_SIGNALS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)

LEAVE_SCREEN = b"\x1b[?2004l\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1004l\x1b[?2048l\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h\x1b[m"
"""Ends paste, mouse, focus and size reports, switches line wrap on, the keyboard protocol off, and shows the old screen."""


class Surface(enum.Enum):
    """What there is to show something on."""

    SCREEN = enum.auto()
    TEXT = enum.auto()


def surface(environ: Mapping[str, str], stdin: TextIO | None, stdout: TextIO | None, stderr: TextIO | None) -> Surface:
    """Whether the dashboard can open, or the plain report is what the caller gets.

    Textual reads stdin, paints on stderr and asks stdout for the size of the terminal: all three must be one, so none
    may be missing, as one that was closed is.

    Raises:
        UsageError: it is a terminal, but its encoding has no place for the dashboard's characters.
    """
    terminals = all(each is not None and each.isatty() for each in (stdin, stdout, stderr))
    if environ.get("TERM", "dumb") in NO_CURSOR or not terminals:
        return Surface.TEXT
    encoding = (getattr(stderr, "encoding", None) or "").lower()
    if encoding.replace("-", "").replace("_", "") != "utf8":
        raise UsageError(
            _("The dashboard needs a UTF-8 locale; this one is {encoding}.").format(encoding=encoding or "?"),
            next_step=_("Start it with LC_ALL=C.UTF-8, or use “simtui list” and the other commands."),
        )
    return Surface.SCREEN


def run(app: App[Any], *, mouse: bool = True) -> int:
    """Run the app until it ends, and return the exit status: 128 + signal after a signal, else the app's own.

    The caller hands it on with `sys.exit`: Textual itself never sets it.
    """
    import asyncio

    with asyncio.Runner() as runner:
        loop = runner.get_loop()
        ending = Ending(lambda status: loop.call_soon_threadsafe(lambda: app.exit(return_code=status)))
        with ending.watching():
            runner.run(app.run_async(mouse=mouse))
    return ending.status or app.return_code or 0


class Ending:
    """Turns the first signal, or the loss of the terminal, into one clean end with a deadline."""

    def __init__(self, ask: Callable[[int], object]) -> None:
        self.status = 0
        """The exit status, once something has ended the app from outside."""
        self._ask = ask
        self._over = threading.Event()
        self._terminal = _attributes()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Listen for signals and look after the terminal; put everything back at the end.

        The deadline stays: what ends after it (a thread, the interpreter) can hold the process no longer than the app can.
        """
        before = {each: signal.signal(each, self._on_signal) for each in ENDING_SIGNALS}
        watch = threading.Thread(target=self._watch_terminal, name="simtui-terminal", daemon=True)
        watch.start()
        try:
            yield
        finally:
            self._over.set()
            for each, handler in before.items():
                signal.signal(each, handler)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self.end(number)

    def end(self, number: int) -> None:
        """Ask the app to end as after signal `number`; a second reason changes nothing.

        A plain signal handler, not one of the event loop, and the deadline in a thread: when the terminal takes no
        more output the loop waits for Textual's writer and runs nothing.
        """
        if self.status or self._over.is_set():
            return
        self.status = 128 + number
        deadline = threading.Timer(GRACE_SECONDS, self._give_up)
        deadline.daemon = True
        deadline.start()
        with suppress(RuntimeError):  # the loop is closed already: the app is at its end anyway
            self._ask(self.status)

    def _watch_terminal(self) -> None:
        """Look every two seconds whether the terminal has gone; nobody else says so if no SIGHUP arrives."""
        poller = select.poll()
        with suppress(OSError, ValueError):  # without a stdin there is nothing to look after
            poller.register(sys.__stdin__.fileno() if sys.__stdin__ else -1, 0)
            while not self._over.wait(POLL_SECONDS):
                gone = select.POLLHUP | select.POLLERR | select.POLLNVAL
                if any(event & gone for _descriptor, event in poller.poll(0)):
                    self.end(signal.SIGHUP)
                    return

    def _give_up(self) -> None:
        """End the process without waiting for the app, the terminal as good as it can be made."""
        if self._over.is_set():  # the app has given it back
            os._exit(self.status)
        with suppress(OSError, ValueError, termios.error):
            if self._terminal is not None:
                termios.tcsetattr(0, termios.TCSANOW, self._terminal)
            os.set_blocking(2, False)  # it takes no more output, perhaps, and this thread is the last
            os.write(2, LEAVE_SCREEN)
        with suppress(OSError):
            os.set_blocking(2, True)  # the shell shares this descriptor
        os._exit(self.status)


def _attributes() -> list[Any] | None:
    """The terminal's settings before Textual changes them."""
    try:
        return termios.tcgetattr(0)
    except termios.error:
        return None
