"""Draws what belongs to the line under the cursor: standing, balances, plans, history.

Apart from the dashboard because it needs the domain, which the first frame does not wait for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from simtui.holding import HeldAct, HeldRenewal
from simtui.i18n import current
from simtui.tui.arrangement import Layout
from simtui.tui.views import balances, history, plans, standing
from simtui.tui.views.layout import Line, Look

if TYPE_CHECKING:
    from textual.widget import Widget

    from simtui.domain.whatif import Outcome
    from simtui.holding import Holding
    from simtui.tui.screens.dashboard import DashboardScreen

MOST_KEPT = 400
"""How many lines' views are kept; then all are made anew."""


class Shape(NamedTuple):
    """What the views are laid out to: widths in cells (0: not on the screen), masking, language."""

    standing: int
    balances: int
    plans: int
    history: bool
    compact: bool
    without_proof: bool
    look: Look
    language: str


class Views(NamedTuple):
    """All that the side shows of one line, ready to paint."""

    holding: Holding
    standing: list[Line]
    balances: list[Line]
    plans: plans.PlanRows | None
    history: history.HistoryRows | None


class Side:
    """Makes the views of lines and keeps them, so that coming back to a line costs no more than painting it."""

    def __init__(self) -> None:
        self._shape: Shape | None = None
        self._kept: dict[int, Views] = {}

    def draw(self, screen: DashboardScreen, holding: Holding) -> None:
        """Draw the panes that are on the screen; each sends only what differs."""
        views = self.prepare(screen, holding)
        if screen.standing.display:
            screen.standing.show(views.standing, top=0)
        if screen.balances.display:
            screen.balances.show(views.balances, top=0)
        if views.plans is not None:
            screen.plans.show(views.plans, empty=plans.no_plans(screen.plans.size.width), keep=False)
            self.draw_detail(screen, holding)
        if views.history is not None:
            empty = history.no_history(without_proof=screen.board.without_proof)
            screen.history.show(views.history, empty=empty)

    def prepare(self, screen: DashboardScreen, holding: Holding) -> Views:
        """Return the views of a line, made now or kept from before."""
        shape = _shape(screen)
        if shape != self._shape or len(self._kept) > MOST_KEPT:
            self._shape, self._kept = shape, {}
        views = self._kept.get(holding.id)
        if views is None or views.holding is not holding:
            views = self._kept[holding.id] = _views(holding, screen.board.carrier(holding), shape)
        return views

    def draw_detail(self, screen: DashboardScreen, holding: Holding) -> None:
        """Draw the lines beneath the plans."""
        widget = screen.detail
        if widget.display:
            outcome = outcome_under_cursor(screen)
            widget.paint(plans.plan_detail(holding, outcome, max(1, widget.size.width))[: widget.size.height])

    def clear(self, screen: DashboardScreen) -> None:
        """Empty the panes: there is no line under the cursor."""
        screen.standing.show([])
        screen.balances.show([])
        screen.detail.paint([])
        for rows in (screen.plans, screen.history):
            rows.show(plans.PlanRows((), ""))


def act_under_cursor(screen: DashboardScreen) -> HeldAct | None:
    """Return the act under the cursor of the history."""
    found = _under_cursor(screen)
    return found if isinstance(found, HeldAct) else None


def renewal_under_cursor(screen: DashboardScreen) -> HeldRenewal | None:
    """Return the renewal under the cursor of the history."""
    found = _under_cursor(screen)
    return found if isinstance(found, HeldRenewal) else None


def _under_cursor(screen: DashboardScreen) -> HeldAct | HeldRenewal | None:
    rows = screen.history.rows
    if not isinstance(rows, history.HistoryRows) or not rows.count:
        return None
    return rows.entries[screen.history.cursor]


def outcome_under_cursor(screen: DashboardScreen) -> Outcome | None:
    """Return the plan or top-up under the cursor of the plans."""
    rows = screen.plans.rows
    if not isinstance(rows, plans.PlanRows) or not rows.count:
        return None
    return rows.outcomes[screen.plans.cursor]


def _shape(screen: DashboardScreen) -> Shape:
    board = screen.board
    return Shape(
        standing=_width(screen.standing),
        balances=_width(screen.balances),
        plans=screen.plans.size.width if screen.plan_box.display else 0,
        history=screen.history.display,
        compact=screen.layout_kind is Layout.SMALL and not screen.zoomed,
        without_proof=board.without_proof,
        look=board.look,
        language=current(),
    )


def _width(widget: Widget) -> int:
    """The cells for text, with a blank before the scroll bar; 0 for a pane that is not on the screen."""
    return max(1, widget.size.width - 2) if widget.display else 0


def _views(holding: Holding, carrier: str, shape: Shape) -> Views:
    stands: list[Line] = []
    credit: list[Line] = []
    if shape.standing:
        stands = standing.standing_lines(holding, carrier, shape.look, shape.standing, compact=shape.compact)
        if not shape.balances:
            stands += [*([] if shape.compact else [[]]), *balances.balance_lines(holding, shape.look, shape.standing)]
    if shape.balances:
        credit = balances.balance_lines(holding, shape.look, shape.balances)
    return Views(
        holding,
        stands,
        credit,
        plans.PlanRows.of(holding) if shape.plans else None,
        history.HistoryRows.of(holding, shape.look, without_proof=shape.without_proof) if shape.history else None,
    )
