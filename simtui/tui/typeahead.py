"""Keys that come faster than they are handled: each waits until the one before it has done its work.

Textual hands a key to the widget that has the focus at that moment, while what a key does (opening a form, going to the
next field) happens a few turns of the event loop later. Over a slow connection several keys arrive at once: in `a` and
`Dupont` the `D` would ask whether to delete a line, and the `u` would take back the last change.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App
    from textual.events import Event
    from textual.message_pump import MessagePump

MOST_WAITING = 10_000
"""Keys kept at most; a paste into a terminal without bracketed paste is shorter."""
PATIENCE = 2.0
"""Seconds after which the next key is handled in any case: a key must not hang on something slow."""
TURN = 0.004
"""Seconds between two looks whether a form has opened."""
AT_ONCE = frozenset("jkgGq12345") | {"up", "down", "pageup", "pagedown", "home", "end", "tab", "shift+tab", "ctrl+q"}
"""Keys that need no lines: they work while these are still being read; all others wait."""


class TypeAhead:
    """Keeps the keys that come too early, and posts them again one by one."""

    def __init__(self, app: App[int], ready: Callable[[], bool]) -> None:
        """Take the app, and what tells whether it has read its lines."""
        self._app = app
        self._ready = ready
        self._waiting: deque[Event] = deque()
        self._next: Event | None = None
        self._watch: asyncio.Task[None] | None = None

    def admits(self, event: Event) -> bool:
        """Tell whether a key may be handled now; if not, it is kept and comes again."""
        busy = self._watch is not None or not (self._ready() or getattr(event, "key", "") in AT_ONCE)
        if event is self._next or not busy:
            return True
        if len(self._waiting) < MOST_WAITING:
            self._waiting.append(event)
        self.follow()
        return False

    def follow(self) -> None:
        """Watch the key that was just handed on, if any; when it is done, the next one comes."""
        if self._watch is None:
            self._watch = asyncio.create_task(self._play())
            self._watch.add_done_callback(self._tell_failure)

    def _tell_failure(self, task: asyncio.Task[None]) -> None:
        """Let a defect end the app as any other does: nobody awaits this task."""
        if not task.cancelled() and (error := task.exception()) is not None:
            self._app.call_later(_fail, error)

    async def _play(self) -> None:
        try:
            await self._settled()
            while self._waiting:
                while self._app.is_running and not self._ready():  # noqa: ASYNC110 - the loading goes on in slices
                    await asyncio.sleep(TURN)
                self._next = self._waiting.popleft()
                self._app.post_message(self._next)
                await self._after_queue(self._app)
                await self._settled()
        finally:
            self._next = self._watch = None

    async def _settled(self) -> None:
        """Wait until a key has gone its way (widget, screen, app), and what it opened is there."""
        before = self._app.screen
        for pump in (self._app.focused, before, self._app):
            if pump is not None:
                await self._after_queue(pump)
        end = asyncio.get_running_loop().time() + PATIENCE
        while self._is_opening() and asyncio.get_running_loop().time() < end:  # noqa: ASYNC110 - nobody tells when a screen opens
            await asyncio.sleep(TURN)
        if self._app.is_running and self._app.screen is not before:
            await _called(self._app.screen.call_after_refresh)

    def _is_opening(self) -> bool:
        """Tell whether something was begun that has not asked its question yet: each waits for the screen it opened."""
        begun = sum(not worker.is_finished for worker in self._app.workers if worker.group == "default")
        return self._app.is_running and begun > len(self._app.screen_stack) - 1

    async def _after_queue(self, pump: MessagePump) -> None:
        await _called(pump.call_later)


def _fail(error: BaseException) -> None:
    raise error


async def _called(schedule: Callable[[Callable[[], None]], bool]) -> None:
    """Wait until what was scheduled has run; not at all where it cannot be, and not for ever."""
    done = asyncio.Event()
    if schedule(done.set):
        try:
            await asyncio.wait_for(done.wait(), PATIENCE)
        except TimeoutError:
            return
