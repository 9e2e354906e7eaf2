"""What the list shows before there is a line: the first steps, on one screen."""

from __future__ import annotations

from simtui.i18n import _
from simtui.tui.views.layout import Line, wrapped

INDENT = 5


def first_steps(width: int, *, restricted: bool = False) -> list[Line]:
    """Return the welcome: language, adding, importing, and how to look around without risk.

    Where simtui is `restricted`, there are no files to import and no other way to start it.
    """
    steps = [
        ("L", "中文 / English"),
        ("a", _("add a line: number, offer, last top-up; about 30 seconds")),
        *([] if restricted else [("i", _("import a CSV or JSON file"))]),
        ("C", _("compare offers before buying")),
        ("?", _("all keys")),
    ]
    lines: list[Line] = [[], *_indented(_("Welcome. No line is kept here yet."), width, "bold"), []]
    for key, what in steps:
        first, *rest = wrapped(what, width - INDENT)
        lines += [[(f"  {key}  ", "key"), *first], *([(" " * INDENT, ""), *line] for line in rest)]
    if restricted:
        return lines
    return [*lines, [], *_indented(_("To look around with made-up lines: simtui --demo"), width, "muted")]


def _indented(text: str, width: int, ink: str) -> list[Line]:
    return [[("  ", ""), *line] for line in wrapped(text, width - 2, ink)]
