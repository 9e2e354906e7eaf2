"""Runs a command that has to be worked out, and says what went wrong.

What each command does stands in the module named in `commands`; only that one is loaded, because a login greeting must
not make anybody wait.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from simtui.cli import abandon_output
from simtui.cli.console import Console
from simtui.cli.memo import Memo
from simtui.errors import SimtuiError
from simtui.i18n import _
from simtui.text import system_reason

ERROR = 2


def run(arguments: Sequence[str], memo: Memo) -> int:
    """Run the command and return the exit status; the one place where defects are caught.

    What a defect says could hold numbers and names, so only its kind and place are told.
    """
    # Plugins of other packages have no business in our records, and looking for them takes 13 ms.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    console = Console(sys.stdin, sys.stdout, sys.stderr, memo)
    try:
        return _run(console, arguments)
    except BrokenPipeError:
        raise
    except OSError as error:
        return cannot_write(error, memo)
    except Exception as defect:  # noqa: BLE001 - the documented boundary of the command line
        console.report(_without_values(defect))
        return ERROR


def cannot_write(error: OSError, memo: Memo) -> int:
    """Say that a file or the answer could not be read or written, and return the exit status."""
    abandon_output()
    console = Console(None, None, sys.stderr, memo)
    console.json = memo.asks_for_json
    console.report(SimtuiError(system_reason(error), place=str(error.filename or _("output"))))
    return ERROR


def _run(console: Console, arguments: Sequence[str]) -> int:
    from simtui.cli.parser import Finished, parse

    try:
        status = parse(arguments, console)()
    except Finished as finished:
        status = finished.status
    except SimtuiError as error:
        console.flush()
        console.report(_at_home(error))
        return ERROR
    console.flush()
    return status


def _at_home(error: SimtuiError) -> SimtuiError:
    """Return an error with times as they are where the user is."""
    from functools import partial

    from simtui.cli.start import settings_of
    from simtui.errors import ConfigError
    from simtui.moments import time_of_day
    from simtui.store.repository import Busy

    if not isinstance(error, Busy):
        return error
    try:
        zone = settings_of(os.environ).home_zone
    except ConfigError:
        zone = None
    return error.on_clock(partial(time_of_day, zone=zone))


def _without_values(defect: Exception) -> SimtuiError:
    """Return what may be shown of a defect: its kind and where it happened, never what it says.

    Of a module that is missing also its name, which no user has chosen.
    """
    import traceback
    from pathlib import Path

    last = traceback.extract_tb(defect.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    if isinstance(defect, ModuleNotFoundError) and defect.name:
        missing = _("a part of simtui is missing: the module {name}, for {place}").format(name=defect.name, place=place)
        return SimtuiError(missing, next_step=_("Install simtui again, with all that it needs."))
    problem = _("simtui failed: {kind} at {place}").format(kind=type(defect).__name__, place=place)
    return SimtuiError(problem, next_step=_("Nothing more was done. Please report this line."))
