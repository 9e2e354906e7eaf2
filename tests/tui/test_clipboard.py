"""Whether a terminal may keep what is copied to itself."""

from __future__ import annotations

import pytest

from simtui.tui.clipboard import obstacle

TMUX = "tmux hands it on only after: set -s set-clipboard on"


@pytest.mark.parametrize(
    ("environ", "told"),
    [
        ({"TERM": "xterm-256color"}, ""),
        ({"TERM": "foot"}, ""),
        ({}, ""),
        ({"TERM": "xterm-256color", "TMUX": "/tmp/tmux-0/default,1,0"}, TMUX),
        ({"TERM": "tmux-256color"}, TMUX),
        ({"TERM": "screen-256color", "TMUX": "/tmp/tmux-0/default,1,0"}, TMUX),
        ({"TERM": "screen-256color"}, f"{TMUX}; GNU screen does not."),
        ({"TERM": "screen", "STY": "1.pts-0"}, "GNU screen does not hand it on."),
        ({"TERM": "linux"}, "This terminal has no clipboard."),
        ({"TERM": "vt100"}, "This terminal has no clipboard."),
    ],
)
def test_it_is_told_where_copying_may_come_to_nothing(environ: dict[str, str], told: str) -> None:
    assert obstacle(environ) == told
