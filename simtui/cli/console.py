"""Where a command's words go: lines for people, JSON for programs, errors beside both, questions only at a terminal."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any, TextIO

from simtui import i18n
from simtui.cli.memo import Memo
from simtui.errors import SimtuiError
from simtui.i18n import _
from simtui.numbers import without_numbers
from simtui.text import json_shown, plain_keys, shown, shown_lines, told


class Console:
    """The three streams of a process, any of which may be missing, closed, or unable to write Chinese.

    `json` and `private` are what the command line asked for. What is written is gathered for the memo.
    """

    def __init__(self, stdin: TextIO | None, stdout: TextIO | None, stderr: TextIO | None, memo: Memo) -> None:
        self.stdin = stdin
        self.stdout = stdout
        self.stderr = stderr
        self.memo = memo
        self.written: list[str] = []
        self.has_remarked = False
        self._has_asked = False
        self.json = False
        self.private = False
        for stream in (stdout, stderr):
            # An eight-bit terminal shows ? for what it has no sign for; a crash would show nothing.
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure is not None:
                reconfigure(errors="replace")

    def speak(self, language: str) -> None:
        """Use a language; English where the terminal would show nothing but ? (JSON can write anything)."""
        i18n.use(language)
        if language == i18n.CHINESE and not self.json and not self._can_write_chinese():
            i18n.use(i18n.ENGLISH)

    def _can_write_chinese(self) -> bool:
        encoding = getattr(self.stdout, "encoding", None) or "utf-8"
        try:
            "中".encode(encoding)
        except (UnicodeEncodeError, LookupError):
            return False
        return True

    def lines(self, lines: Iterable[str]) -> None:
        """Write lines; they must have been through `shown` already."""
        self._write("".join(f"{line}\n" for line in lines))

    def line(self, line: str) -> None:
        """Write one line; it must have been through `shown` already."""
        self.lines([line])

    def _write(self, text: str) -> None:
        self.written.append(text)
        if self.stdout is not None:
            self.stdout.write(text)

    def raw(self, data: bytes) -> None:
        """Write a file's content, such as an export: exactly, but to a terminal only what a terminal may show."""
        if self.stdout is None:
            return
        if self.stdout.isatty():
            lines = shown_lines(data.decode("utf-8-sig", errors="replace").removesuffix("\n"))
            self.stdout.write("".join(f"{line}\n" for line in lines))
            return
        self.stdout.flush()
        buffer = getattr(self.stdout, "buffer", None)
        if buffer is not None:
            buffer.write(data)
        else:
            self.stdout.write(data.decode())

    def data(self, value: Any) -> None:  # noqa: ANN401 - any JSON value
        """Write a JSON document, indented."""
        if self.stdout is not None:
            self._write(_json(value, self.stdout) + "\n")

    def remark(self, text: str) -> None:
        """Say something beside the output, on standard error; safe for any text."""
        self.has_remarked = True
        if self.stderr is not None:
            self.stderr.write(shown(self.hidden(text)) + "\n")

    def report(self, error: SimtuiError) -> None:
        """Say what went wrong on standard error, as JSON where JSON was asked for."""
        if self.stderr is None:
            return
        with suppress(OSError, ValueError):
            if self.json:
                fields = {"kind": type(error).__name__, "problem": self.hidden(error.problem)}
                fields |= {"place": self.hidden(error.place), "next_step": self.hidden(error.next_step)}
                self.stderr.write(_json({"schema_version": 1, "error": fields}, self.stderr) + "\n")
            else:
                self.stderr.write(f"simtui: {shown(self.hidden(told(error)))}\n")
            self.stderr.flush()

    def hidden(self, text: str) -> str:
        """Return a sentence without the phone numbers in it, if they are to be hidden."""
        return without_numbers(text) if self.private else text

    def asks(self) -> bool:
        """Tell whether somebody is there to answer."""
        return self.stdin is not None and self.stdin.isatty() and self.stderr is not None and self.stderr.isatty()

    def confirm(self, question: str) -> bool:
        """Ask a question that only a plain yes answers; without a terminal the answer is no."""
        yes, no = _("yes"), _("no")
        answer = plain_keys(self.answer(f"{question} [{yes}/{no}]")).strip().casefold()
        return answer in ("y", "yes", "是", yes.casefold())

    def answer(self, question: str) -> str:
        """Return the line that is typed in answer to a question; without a terminal it is empty."""
        if not self.asks() or self.stdin is None or self.stderr is None:
            return ""
        self.flush()
        self.stderr.write(f"{shown(question)} ")
        self.stderr.flush()
        return self.stdin.readline()

    def prompt(self, sign: str, *, secret: bool = False) -> str | None:
        """Return the next line of standard input, None at its end; `sign` is written where it is waited for.

        What comes from a pipe or file is written behind the sign, so that what is read afterwards makes sense; what is
        `secret` is not shown.
        """
        self._write(sign)
        self.flush()
        if self.stdin is None:
            self._write("\n")
            return None
        reconfigure = getattr(self.stdin, "reconfigure", None)
        if reconfigure is not None and not self._has_asked:
            # Bytes that are no text are refused by whatever asked, not by the decoder.
            reconfigure(errors="replace")
        self._has_asked = True
        is_terminal = self.stdin.isatty()
        with unseen(self.stdin) if secret and is_terminal else nullcontext():
            line = self.stdin.readline()
        if not line:
            self._write("\n")
            return None
        typed = line.removesuffix("\n").removesuffix("\r")
        if not is_terminal or secret:
            self._write(f"{'••••' if secret and typed else shown(typed)}\n")
        return typed

    def input_bytes(self) -> bytes:
        """Return all of standard input, at most what an import may hold."""
        from simtui.exchange.reading import stream_content

        if self.stdin is None:
            return b""
        if self.stdin.isatty():
            return self.stdin.buffer.read()  # up to the first Ctrl+D: reading on would wait for a second one
        return stream_content(self.stdin.buffer, _("standard input"))

    @property
    def width(self) -> int | None:
        """How many cells the terminal is wide, None for a pipe or file, which take lines of any length."""
        if self.stdout is None or not self.stdout.isatty():
            return None
        try:
            return os.get_terminal_size(self.stdout.fileno()).columns or None
        except (OSError, ValueError):
            return None

    def flush(self) -> None:
        """Hand everything over to the operating system, so that what goes wrong there is noticed in time."""
        for stream in (self.stdout, self.stderr):
            if stream is not None:
                stream.flush()


@contextmanager
def unseen(terminal: TextIO) -> Iterator[None]:
    """Let a terminal not show what is typed; what was typed ahead stays."""
    import termios

    try:
        before = termios.tcgetattr(terminal)
    except (termios.error, ValueError):
        yield
        return
    quiet = [*before]
    quiet[3] &= ~termios.ECHO
    termios.tcsetattr(terminal, termios.TCSADRAIN, quiet)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _json(value: object, stream: TextIO) -> str:
    """Return JSON, in ASCII where the stream cannot write anything else; nothing in it is obeyed by a terminal."""
    encoding = (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "")
    if encoding != "utf8":
        import json

        return json.dumps(value, indent=2)
    import orjson

    return json_shown(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())
