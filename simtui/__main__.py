"""`simtui` and `python -m simtui`: hands over to the command line."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run simtui with the process's arguments and end the process with its exit status."""
    # A start makes some ten thousand objects that all stay: looking through them for garbage took 14 of 157 ms.
    gc.set_threshold(100_000, 20, 20)

    from simtui.cli import RESTRICTED
    from simtui.cli import main as run

    arguments = sys.argv[1:]
    if RESTRICTED not in arguments:
        sys.exit(run(arguments))
    from simtui.cli import restriction

    restriction.give_up_powers()
    restriction.leave(run(arguments))


if __name__ == "__main__":
    main()
