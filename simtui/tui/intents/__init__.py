"""What the keys of the dashboard do: each intent asks where it must, calls the desk once, and shows the new state."""

from __future__ import annotations

from simtui.tui.intents.comparing import Comparing
from simtui.tui.intents.looking import Looking
from simtui.tui.intents.planning import Planning
from simtui.tui.intents.renewing import Renewing
from simtui.tui.intents.serving import Serving
from simtui.tui.intents.sharing import Sharing
from simtui.tui.intents.weighing import Weighing

__all__ = ["Intents"]


class Intents(Renewing, Comparing, Looking, Planning, Sharing, Weighing, Serving):
    """All actions of the dashboard; `DashboardScreen` has the widgets and draws."""
