"""A terminal for tests: it understands the few sequences that screen updates consist of."""

from __future__ import annotations

import re

from rich.cells import get_character_cell_size

TOKEN = re.compile(r"\x1b\[(?P<arguments>[0-9;]*)(?P<final>[A-Za-z])|(?P<line>\r?\n)|(?P<text>[^\x1b\n\r])")
OFF = {"22": ("1", "2"), "23": ("3",), "24": ("4", "21"), "25": ("5", "6"), "27": ("7",), "28": ("8",), "29": ("9",)}


class Terminal:
    """A grid of (character, look); the second cell of a wide character is empty."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self.grid = [[(" ", "")] * width for _ in range(height)]
        self.x = self.y = 0
        self.attributes: set[str] = set()
        self.front = self.back = ""

    def feed(self, data: str) -> None:
        end = 0
        for token in TOKEN.finditer(data):
            assert token.start() == end, f"not understood: {data[end : end + 20]!r}"
            end = token.end()
            if token["text"]:
                self._draw(token["text"])
            elif token["line"]:
                self.x, self.y = 0, self.y + 1
            elif token["final"] == "H":
                row, _, column = token["arguments"].partition(";")
                self.x, self.y = int(column or 1) - 1, int(row or 1) - 1
            elif token["final"] == "G":
                self.x = int(token["arguments"] or 1) - 1
            elif token["final"] == "m":
                self._style(token["arguments"].split(";"))
        assert end == len(data)

    def text(self) -> str:
        return "\n".join("".join(character for character, _ in row) for row in self.grid)

    def _draw(self, character: str) -> None:
        size = get_character_cell_size(character)
        row = self.grid[self.y]
        look = f"{sorted(self.attributes)} {self.front} {self.back}"
        if character == " " and not self.attributes & {"4", "7", "9"}:
            look = self.back  # a blank shows nothing else
        for x in range(self.x, self.x + size):
            self._break_wide(row, x)
        row[self.x] = (character, look)
        if size == 2:
            row[self.x + 1] = ("", look)
        self.x += size

    def _break_wide(self, row: list[tuple[str, str]], x: int) -> None:
        """Half of a wide character cannot stay."""
        if row[x][0] == "":
            row[x - 1] = (" ", "broken")
        if x + 1 < self.width and row[x + 1][0] == "":
            row[x + 1] = (" ", "broken")

    def _style(self, codes: list[str]) -> None:
        codes = list(codes)
        while codes:
            code = codes.pop(0)
            if code in {"", "0"}:
                self.attributes, self.front, self.back = set(), "", ""
            elif code in {"38", "48"}:
                size = {"2": 4, "5": 2}[codes[0]]
                colour, codes = ";".join(codes[:size]), codes[size:]
                self.front, self.back = (colour, self.back) if code == "38" else (self.front, colour)
            elif code == "39":
                self.front = ""
            elif code == "49":
                self.back = ""
            elif code in OFF:
                self.attributes -= set(OFF[code])
            elif int(code) < 30:
                self.attributes.add(code)
            elif code[0] in "39":
                self.front = code
            else:
                self.back = code
