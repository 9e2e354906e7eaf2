"""The picture of an activation code."""

from __future__ import annotations

import segno

from simtui.walk.qr import qr_lines

CODE = "LPA:1$rsp.truphone.com$JQ-209U6H-6I82J5"


def test_every_cell_is_where_the_code_has_it() -> None:
    lines = qr_lines(CODE)
    rows = [[bool(dark) for dark in row] for row in segno.make(CODE, error="l", micro=False).matrix_iter(border=2)]
    drawn = []
    for line in lines:
        drawn += [[cell in "▀█" for cell in line], [cell in "▄█" for cell in line]]
    assert drawn[: len(rows)] == rows
    assert not any(any(row) for row in drawn[len(rows) :])


def test_it_fits_a_small_terminal() -> None:
    lines = qr_lines(CODE)
    assert len(lines) <= 20
    assert max(map(len, lines)) <= 45
