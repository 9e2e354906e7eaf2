"""Colours, focus and cursor, where text alone cannot show them: a few pictures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.app import App
from textual.pilot import Pilot

from simtui.tui.app import SimtuiApp
from tests.tui.dashboards import demo_app

SnapCompare = Callable[..., bool]


async def loaded(pilot: Pilot[object]) -> None:
    app: App[object] = pilot.app
    assert isinstance(app, SimtuiApp)
    while not app.board.complete:
        await pilot.pause(0.01)
    await pilot.pause()


@pytest.mark.parametrize("theme", ["dark", "light", "high-contrast", "mono"])
def test_the_dashboard_in_a_theme(theme: str, snap_compare: SnapCompare) -> None:
    assert snap_compare(demo_app(theme), terminal_size=(120, 40), run_before=loaded)


def test_a_question_has_its_focus_on_cancel(snap_compare: SnapCompare) -> None:
    async def ask(pilot: Pilot[object]) -> None:
        await loaded(pilot)
        await pilot.press("D")
        await pilot.pause()

    assert snap_compare(demo_app(), terminal_size=(80, 24), run_before=ask)


@pytest.mark.parametrize("theme", ["dark", "mono"])
def test_the_timeline_in_a_theme(theme: str, snap_compare: SnapCompare) -> None:
    async def look_ahead(pilot: Pilot[object]) -> None:
        await loaded(pilot)
        await pilot.press("t", "]", "]")
        await pilot.pause(0.3)

    assert snap_compare(demo_app(theme), terminal_size=(80, 24), run_before=look_ahead)
