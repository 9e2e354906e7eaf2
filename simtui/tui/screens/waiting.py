"""Another session is writing to the data file: says who it is, and tries again until it lets go."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Generic, NoReturn, TypeVar

from textual.binding import BindingType

from simtui.errors import SimtuiError
from simtui.i18n import _, ngettext
from simtui.store.repository import Busy, Holder
from simtui.tui.screens.dialog import hint, keys_called
from simtui.tui.screens.reading import Reading
from simtui.tui.views.layout import wrapped
from simtui.tui.widgets.spans import Line

if TYPE_CHECKING:
    from simtui.tui.app import SimtuiApp

Result = TypeVar("Result")

AT_ONCE = 0.25
"""Seconds that a commit waits before the box opens: the commits of other sessions take less, and the keys rest meanwhile."""
TRY_EVERY = 0.5
"""Seconds between two tries of the box."""
SHORTLY = 0.03
"""Seconds that such a try waits: the keys rest meanwhile."""


async def patiently(app: SimtuiApp, deed: Callable[[], Result]) -> Result:
    """Do something that writes to the store; while another session holds the lock, say so and try again.

    A refused commit has written nothing, so trying again is harmless. Raises as `deed`, Busy only where the person gave up.
    """
    try:
        outcome = at_once(app, deed)
    except Busy as busy:
        outcome = await app.push_screen_wait(waiting(app, deed, busy))
    return outcome()


def at_once(app: SimtuiApp, deed: Callable[[], Result]) -> Callable[[], Result]:
    """Do something that writes to the store; return what gives its result or raises why it was refused.

    Raises:
        Busy: Another session holds the lock for longer than a moment.
    """
    with app.desk.repository.waiting_at_most(AT_ONCE):
        return _outcome(deed)


def waiting(app: SimtuiApp, deed: Callable[[], Result], busy: Busy) -> Waiting[Result]:
    """Return the box that tries again what was met by `busy`; its answer is as `at_once`, and raises Busy if given up."""

    def attempt() -> Result:
        with app.desk.repository.waiting_at_most(SHORTLY):
            return deed()

    return Waiting(attempt, busy, app.time_of_day)


def _outcome(deed: Callable[[], Result]) -> Callable[[], Result]:
    try:
        result = deed()
    except Busy:
        raise
    except SimtuiError as refused:
        return _raising(refused)
    return lambda: result


def _raising(error: SimtuiError) -> Callable[[], NoReturn]:
    def fail() -> NoReturn:
        raise error

    return fail


class Waiting(Reading[Callable[[], Result]], Generic[Result]):
    """Closes by itself as soon as the attempt succeeds or fails otherwise; Esc gives up, and nothing is saved."""

    BINDINGS: ClassVar[list[BindingType]] = keys_called("leave_form")
    WIDEST = 64

    def __init__(self, attempt: Callable[[], Result], busy: Busy, time_of_day: Callable[[str], str]) -> None:
        """Take what is to be tried again, who is in the way, and what tells a moment as the time of day here."""
        super().__init__(_("Not saved yet"))
        self._attempt, self._busy, self._time_of_day = attempt, busy, time_of_day
        self._since = monotonic()

    def on_mount(self) -> None:
        """Begin to try."""
        super().on_mount()
        self.set_interval(TRY_EVERY, self._try)

    def text(self, width: int) -> list[Line]:
        """Say who writes, what becomes of the change, and how long this has taken."""
        seconds = int(monotonic() - self._since)
        waited = ngettext("Waiting for {n} second.", "Waiting for {n} seconds.", seconds).format(n=seconds)
        lines: list[Line] = [*wrapped(self._who(self._busy.holder), width, "bold")]
        lines += wrapped(_("Your change is kept here and is saved as soon as that is done."), width)
        return [*lines, *wrapped(waited, width, "muted")]

    def _who(self, holder: Holder | None) -> str:
        if holder is None:
            return _("Another session is writing to the data file.")
        told = _("Another session has been writing to the data file since {time}: process {pid} on {host}.")
        return told.format(time=self._time_of_day(holder.since), pid=holder.pid, host=holder.host)

    def answers(self) -> Line:
        """Return the way out."""
        return hint("escape", _("give up, nothing is saved"))

    def _try(self) -> None:
        try:
            outcome = _outcome(self._attempt)
        except Busy as busy:
            self._busy = busy
            self._lay_out(self.app.size)
        else:
            self.answer(outcome)

    def action_leave(self) -> None:
        """Give up."""
        self.answer(_raising(self._busy.on_clock(self._time_of_day)))
