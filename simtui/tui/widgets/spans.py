"""Styled text laid out to terminal cells, and what differs between two such lines.

A line is a sequence of `(text, words)` spans. `words` are the names of inks ("rescue", "muted bold"), never
colours: the theme says what an ink looks like. Text is taken literally; nothing here reads markup.

A key press over a slow connection should send only the cells that change, so lines are compared cell by cell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.cells import cell_len, set_cell_size, split_graphemes

Span = tuple[str, str]
Line = Sequence[Span]
Cell = tuple[str, str]

JOIN = 6
"""Runs closer than this many cells are sent as one: moving the cursor costs five to eight bytes."""


def cells(line: Line, width: int, paper: Callable[[str], str]) -> list[Cell]:
    """Spread a line over exactly `width` cells of (character, ink).

    The second cell of a wide character holds an empty string. A blank carries only what shows on a blank,
    which `paper` tells, so that blanks in inks of the same background count as equal.
    """
    out: list[Cell] = []
    for text, words in line:
        blank = (" ", paper(words))
        if text.isascii():
            out.extend([blank if character == " " else (character, words) for character in text])
            continue
        for start, end, size in split_graphemes(text)[0]:
            grapheme = text[start:end]
            if size:
                out.append(blank if grapheme == " " else (grapheme, words))
                out.extend([("", words)] * (size - 1))
            elif out:
                out[-1] = (out[-1][0] + grapheme, out[-1][1])
    if len(out) > width:
        del out[width:]
    else:
        out.extend([(" ", paper(""))] * (width - len(out)))
    return out


def changed(old: Sequence[Cell], new: Sequence[Cell]) -> list[tuple[int, int]]:
    """The runs `[start, end)` of cells that differ between two lines of equal width.

    A run never begins or ends inside a wide character of either line: half a character cannot be sent.
    """
    runs: list[tuple[int, int]] = []
    for at, (before, after) in enumerate(zip(old, new, strict=True)):
        if before == after:
            continue
        if runs and at - runs[-1][1] < JOIN:
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return [_whole_characters(old, new, start, end) for start, end in runs]


def _whole_characters(old: Sequence[Cell], new: Sequence[Cell], start: int, end: int) -> tuple[int, int]:
    """Widen a run until both of its edges fall between characters."""
    while start and (not old[start][0] or not new[start][0]):
        start -= 1
    while end < len(new) and (not old[end][0] or not new[end][0]):
        end += 1
    return start, end


def line_width(line: Line) -> int:
    """How many terminal cells a line takes."""
    return sum(cell_len(text) for text, _ in line)


def fit(line: Line, width: int, words: str = "") -> list[Span]:
    """The line cut or padded to exactly `width` cells; padding takes the ink `words`."""
    out: list[Span] = []
    left = width
    for text, ink in line:
        size = cell_len(text)
        if size >= left:
            out.append((text if size == left else set_cell_size(text, left), ink))
            return out
        out.append((text, ink))
        left -= size
    if left:
        out.append((" " * left, words))
    return out


def plain(line: Line) -> str:
    """The text of a line without its inks."""
    return "".join(text for text, _ in line)
