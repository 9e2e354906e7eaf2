"""Runs simtui and writes down whatever it does to files, programs and the network: `watched.py LOG ARGUMENT…`.

To be started with `python -I`, as the README's recipe starts simtui: then Python itself ignores the environment, too.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

FILES = ("open", "os.", "shutil.", "tempfile.")
REST = ("ctypes.", "pty.", "socket.", "subprocess.", "webbrowser.")


def main() -> None:
    """Watch from the first import of simtui on."""
    log = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def write_down(event: str, arguments: tuple[object, ...]) -> None:
        if event.startswith((*FILES, *REST)):
            here = os.getcwd()  # noqa: PTH109 - pathlib would cause events of its own
            told = [part if isinstance(part, int) or part is None else str(part) for part in arguments]
            os.write(log, json.dumps([event, here, told]).encode() + b"\n")

    sys.path.insert(0, str(Path(__file__).parents[2]))
    sys.argv[:] = ["simtui", *sys.argv[2:]]
    sys.addaudithook(write_down)
    from simtui.__main__ import main as run

    run()


if __name__ == "__main__":
    main()
