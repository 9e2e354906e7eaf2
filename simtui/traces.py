"""What is kept of lines outside the data file, to be quick: the commands' last answers and the dashboard's last rows.

Both can be made again at any time. They hold names and numbers, so they go when a line goes.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from simtui import paths
from simtui.errors import ConfigError

ANSWERS = "answer-*"
"""The files in the cache folder that `cli/memo.py` writes."""


def forget(data_file: Path) -> None:
    """Remove the answers, and the last rows of a data file; what cannot be removed is merely old."""
    glance = Path(os.path.realpath(data_file))
    with suppress(OSError, ConfigError):
        for answer in paths.cache_dir().glob(ANSWERS):
            answer.unlink(missing_ok=True)
    with suppress(OSError):
        glance.with_name(f"{glance.name}.glance").unlink(missing_ok=True)
