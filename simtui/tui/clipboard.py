"""What may keep a text that is copied from reaching the clipboard."""

from __future__ import annotations

from collections.abc import Mapping

from simtui.i18n import _


def obstacle(environ: Mapping[str, str]) -> str:
    """Return what a person should know where copying may come to nothing, else an empty text.

    A text is handed over by a sequence (OSC 52) that nobody answers. tmux throws it away unless it is told otherwise,
    GNU screen always; both call themselves "screen" in TERM. Whether that is so can only be told from the environment:
    asking tmux would take a child process.
    """
    term = environ.get("TERM", "")
    if environ.get("TMUX") or term.startswith("tmux"):
        return _("tmux hands it on only after: set -s set-clipboard on")
    if environ.get("STY"):
        return _("GNU screen does not hand it on.")
    if term.startswith("screen"):
        return _("tmux hands it on only after: set -s set-clipboard on; GNU screen does not.")
    if term.startswith(("linux", "vt")):
        return _("This terminal has no clipboard.")
    return ""
