"""What simtui changes of the way in which Textual reads keys."""

from __future__ import annotations

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from simtui.i18n import _


class Driver(LinuxDriver):
    """Outlives keys that are no UTF-8, and never has more than one thread that reads them."""

    def run_input_thread(self) -> None:
        """Read keys; leave out bytes that are no text, say so, and read on: Textual's own would end the app.

        A terminal set to Latin-1 sends such for é.
        """
        while True:
            try:
                super().run_input_thread()
            except UnicodeDecodeError as refused:
                for message in XTermParser().feed(refused.object.decode("utf-8", "ignore")):
                    self.process_message(message)
                self._app.call_later(self._tell)
            else:
                return

    def _tell(self) -> None:
        text = _("This terminal sends no UTF-8: that key is left out. Set it to UTF-8.")
        self._app.notify(text, severity="warning", markup=False)

    def _sigcont_application(self, *details: object) -> None:
        """Begin again only after a stop: a terminal that hangs up sends SIGCONT behind SIGHUP.

        Textual's own would start a second thread that reads, and lose the first, which then could run for ever.
        """
        if self._must_signal_resume:
            super()._sigcont_application(*details)
