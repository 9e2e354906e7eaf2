"""The forms as screens: each opens over the dashboard, saves through the desk and is dismissed with what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from simtui.tui.screens.form_screen import FormScreen

if TYPE_CHECKING:
    from simtui.desk import Desk, NewLine
    from simtui.domain.act import Act, ActKind
    from simtui.domain.line import Line
    from simtui.domain.offer import Offer, Plan, TopUp
    from simtui.holding import HeldAct, Holding
    from simtui.tui.forms.own import OwnOffer


def add_line_screen(desk: Desk, initial: str = "", offer: str = "") -> FormScreen[NewLine, int]:
    """Return the form that adds a line; dismissed with its id.

    `initial` is what is known of its number or name, `offer` the id of the offer that it is on.
    """
    from simtui.tui.forms.add_line import AddLineForm

    return FormScreen(AddLineForm(desk, initial, offer=offer))


def edit_line_screen(desk: Desk, holding: Holding) -> FormScreen[Line, int]:
    """Return the form that edits a line; dismissed with its id."""
    from simtui.tui.forms.edit_line import EditLineForm

    return FormScreen(EditLineForm(desk, holding))


def act_screen(
    desk: Desk,
    holdings: Sequence[Holding],
    kind: ActKind | None = None,
    *,
    held_act: HeldAct | None = None,
    plan: str | None = None,
    amount: Decimal | None = None,
) -> FormScreen[list[Act], list[int]]:
    """Return the form that records an act on each of the lines, or edits `held_act`; dismissed with the acts' ids.

    `kind`, `plan` and `amount` are what the form begins with.
    """
    from simtui.tui.forms.act import ActForm, Start

    return FormScreen(ActForm(desk, holdings, Start(kind, plan, amount), held_act))


def message_screen(desk: Desk, holding: Holding, text: str) -> FormScreen[list[Act], list[int]]:
    """Return the form that records what a message of the operator says; dismissed with the acts' ids."""
    from simtui.tui.forms.message import MessageForm

    return FormScreen(MessageForm(desk, holding, text))


def own_plan_screen(
    desk: Desk, own_file: Path, offer: Offer, edited: Plan | TopUp | None = None
) -> FormScreen[Plan | TopUp, bool]:
    """Return the form that adds a plan or a top-up of the user's own to an offer, or edits one; dismissed with True."""
    from simtui.tui.forms.own import OwnPlanForm

    return FormScreen(OwnPlanForm(desk, own_file, offer, edited))


def own_offer_screen(desk: Desk, own_file: Path) -> FormScreen[OwnOffer, str]:
    """Return the form that adds an offer of the user's own; dismissed with its id."""
    from simtui.tui.forms.own import OwnOfferForm

    return FormScreen(OwnOfferForm(desk, own_file))
