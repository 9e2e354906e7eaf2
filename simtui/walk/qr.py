"""An activation code as a picture that a phone's camera reads, in half blocks of a terminal."""

from __future__ import annotations

from itertools import zip_longest

_BORDER = 2
"""Cells of light around the code: half of what the standard asks for, and enough for phones; a terminal is small."""
_BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def qr_lines(text: str) -> list[str]:
    """Return the code, a line for two rows of it; a block is dark, a blank light, so it is drawn dark on light."""
    import segno

    code = segno.make(text, error="l", micro=False)
    rows = [[bool(dark) for dark in row] for row in code.matrix_iter(border=_BORDER)]
    light = [False] * len(rows[0])
    pairs = zip_longest(rows[::2], rows[1::2], fillvalue=light)
    return ["".join(_BLOCKS[pair] for pair in zip(upper, lower, strict=True)) for upper, lower in pairs]
