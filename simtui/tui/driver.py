"""What simtui changes of the way in which Textual reads keys."""

from __future__ import annotations

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from simtui.i18n import _


class Driver(LinuxDriver):
    """Outlives keys that are no UTF-8, as a terminal set to Latin-1 sends them for é; Textual's own would end the app."""

    def run_input_thread(self) -> None:
        """Read keys; leave out bytes that are no text, say so, and read on."""
        while not self.exit_event.is_set():
            try:
                super().run_input_thread()
            except UnicodeDecodeError as refused:
                for message in XTermParser().feed(refused.object.decode("utf-8", "ignore")):
                    self.process_message(message)
                self._app.call_later(self._tell)

    def _tell(self) -> None:
        text = _("This terminal sends no UTF-8: that key is left out. Set it to UTF-8.")
        self._app.notify(text, severity="warning", markup=False)
