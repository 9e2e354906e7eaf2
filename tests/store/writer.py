"""A session of its own for the tests: commits pairs of documents and says each time when one is acknowledged.

Usage: python writer.py FILE NAME COMMITS
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from simtui.store.repository import NewId, add
from simtui.store.tinydb_repository import open_repository


def say(words: str) -> None:
    """Write a line that arrives even if we are killed right after."""
    os.write(sys.stdout.fileno(), f"{words}\n".encode())


def main(file: str, name: str, commits: str) -> None:
    repository = open_repository(Path(file), lock_timeout=30)
    say("ready")
    for number in range(int(commits)):
        line = NewId("line")
        body = {"by": name, "number": number}
        repository.commit([add("line", body, as_id=line), add("act", {**body, "line": line})], f"{name} {number}", name)
        say(str(number))


if __name__ == "__main__":
    main(*sys.argv[1:])
