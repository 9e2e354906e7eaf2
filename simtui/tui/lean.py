"""Screen updates in as few bytes as the terminal needs.

Textual sends a partial update from the left edge of the widget, closes the style after every piece of text and
names both colours again for the next. Here a span begins where it begins, and only the codes that change are sent:
a key press in the list shrinks to a third, and the first paint to less than half. Over a mobile connection that is felt.

This leans on Textual's inside (`Screen._compositor`, `ChopsUpdate`), which is why Textual is pinned exactly and
why a test compares, cell by cell, what both ways leave on the screen.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rich.cells import split_graphemes
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.strip import Strip

Codes = tuple[tuple[str, ...], str, str]
PLAIN: Codes = ((), "39", "49")
"""Attributes, foreground and background as SGR codes: what a terminal has after a reset."""

OFF = {
    "1": "22",
    "2": "22",
    "3": "23",
    "4": "24",
    "5": "25",
    "6": "25",
    "7": "27",
    "8": "28",
    "9": "29",
    "21": "24",
    "51": "54",
    "52": "54",
    "53": "55",
}
"""The code that switches an attribute off; all that Rich knows."""

SHOWS_ON_BLANKS = frozenset({"4", "5", "6", "7", "9", "21", "51", "52", "53"})
"""Lines through, under and over a blank, and reversed or blinking ones."""


class LeanScreen(Screen[ScreenResultType]):
    """A screen that sends lean updates."""

    def __init__(self, name: str | None = None, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(name, id, classes)
        self._compositor = LeanCompositor()


class LeanModalScreen(LeanScreen[ScreenResultType], ModalScreen[ScreenResultType]):
    """A screen above another that sends lean updates."""


class LeanCompositor(Compositor):
    """Textual's compositor with its two updates replaced by shorter ones."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """The spans that changed, or None if there are none."""
        update = super().render_partial_update()
        return None if update is None else LeanChops(update.chops, update.spans, update.chop_ends)

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:
        """The whole screen."""
        update = super().render_full_update(simplify=simplify)
        return LeanLayout(update.strips, update.region)


class LeanChops(ChopsUpdate):
    """The changed spans of some lines."""

    def render_segments(self, console: Console) -> str:
        """The bytes to send."""
        pen = Pen(console)
        for y, x1, x2 in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                if strip is not None and x < x2 and end > x1:
                    # Half a wide character cannot be sent: what covered the other half has taken all of it away.
                    start = max(x, x1) - _is_inside(strip, max(x, x1) - x)
                    until = min(end, x2) + _is_inside(strip, min(end, x2) - x)
                    pen.move_to(start, y)
                    pen.write(strip.crop(start - x, until - x), until)
        return pen.finish()


def _is_inside(strip: Strip, cell: int) -> bool:
    """Tell whether a cell is the second one of a wide character."""
    text = strip.text
    if cell <= 0 or text.isascii():
        return False
    at = 0
    for _start, _end, size in split_graphemes(text)[0]:
        if at >= cell:
            break
        at += size
    return at > cell


class LeanLayout(LayoutUpdate):
    """All lines of a region."""

    def render_segments(self, console: Console) -> str:
        """The bytes to send."""
        pen = Pen(console)
        for y, strips in enumerate(self.strips, self.region.y):
            pen.move_to(self.region.x, y)
            for strip in strips:
                pen.write(strip, pen.x + strip.cell_length)
        return pen.finish()


class Pen:
    """Collects what to send, and knows where the terminal's cursor is and which style is on."""

    def __init__(self, console: Console) -> None:
        self._system = console._color_system or ColorSystem.TRUECOLOR  # noqa: SLF001 - its public twin is a name
        self._out: list[str] = []
        self._on = PLAIN
        self.x = self.y = -1

    def move_to(self, x: int, y: int) -> None:
        """Put the cursor on a cell, if it is not there already."""
        if y != self.y:
            self._out.append(f"\x1b[{y + 1};{x + 1}H" if x else f"\x1b[{y + 1}H")
        elif x != self.x:
            self._out.append(f"\x1b[{x + 1}G")
        self.x, self.y = x, y

    def write(self, segments: Iterable[Segment], end: int) -> None:
        """Send styled text that ends before the column `end`."""
        for text, style, _control in segments:
            if not text:
                continue
            if style is not None and style.link:
                self._set(PLAIN)
                self._out.append(Strip.render_style(style, text, self._system))
                continue
            self._set(PLAIN if style is None else codes_of(style, self._system), blank=text.isspace())
            self._out.append(text)
        self.x = end

    def finish(self) -> str:
        """Everything collected, with the style off at the end."""
        self._set(PLAIN)
        return "".join(self._out)

    def _set(self, wanted: Codes, *, blank: bool = False) -> None:
        """Send only the codes that differ; on blanks only those that show on blanks."""
        now = self._on
        if now == wanted or (blank and _same_on_blanks(now, wanted)):
            return
        self._out.append("\x1b[m" if wanted == PLAIN else f"\x1b[{';'.join(_steps(now, wanted))}m")
        self._on = wanted


def _steps(now: Codes, wanted: Codes) -> list[str]:
    """The codes that lead from one style to another, without naming again what stays."""
    codes = list(dict.fromkeys(OFF[code] for code in now[0] if code not in wanted[0]))
    # Bold and dim share their off switch: what stays on must be switched on again.
    codes += [code for code in wanted[0] if code not in now[0] or OFF[code] in codes]
    return codes + [code for code, old in zip(wanted[1:], now[1:], strict=True) if code != old]


def _same_on_blanks(now: Codes, wanted: Codes) -> bool:
    """Whether a blank looks the same in both."""
    return now[2] == wanted[2] and SHOWS_ON_BLANKS.isdisjoint(now[0]) and SHOWS_ON_BLANKS.isdisjoint(wanted[0])


@lru_cache(maxsize=1024)
def codes_of(style: Style, system: ColorSystem) -> Codes:
    """A style as SGR codes for terminals with that many colours."""
    attributes = Strip.render_ansi(style.without_color, system)
    front = style.color and ";".join(style.color.downgrade(system).get_ansi_codes())
    back = style.bgcolor and ";".join(style.bgcolor.downgrade(system).get_ansi_codes(False))
    return tuple(attributes.split(";")) if attributes else (), front or "39", back or "49"
