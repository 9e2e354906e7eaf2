"""The command line: `main` runs one command and returns its exit status.

0 is well, 1 is what `due` and `doctor` say when something needs attention, 2 is an error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from simtui.cli.memo import Memo

INTERRUPTED = 130
PIPE_CLOSED = 141
RESTRICTED = "--restricted"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments ask for and return the exit status."""
    asked = list(sys.argv[1:] if arguments is None else arguments)
    if RESTRICTED not in asked:
        return _main(asked)
    from simtui.cli.restriction import reduced

    with reduced(os.environ, asked):
        return _main(asked)


def _main(asked: list[str]) -> int:
    memo = Memo(asked, os.environ)
    try:
        known = memo.read()
        if known is not None:
            return _say_again(*known)
        from simtui.cli.running import run

        return run(asked, memo)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        abandon_output()
        return PIPE_CLOSED
    except OSError as error:
        from simtui.cli.running import cannot_write

        return cannot_write(error, memo)


def _say_again(status: int, text: str) -> int:
    if sys.stdout is not None:
        _ask_to_replace()
        sys.stdout.write(text)
        sys.stdout.flush()
    return status


def _ask_to_replace() -> None:
    """Let an eight-bit terminal show ? for what it has no sign for; a crash would show nothing."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def abandon_output() -> None:
    """Forget what could not be written, so that nothing complains about it at the end of the process."""
    stdout = sys.__stdout__
    if stdout is not None and sys.stdout is stdout:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stdout.fileno())
