"""Text on its way to a person: made safe, made to fit, made to survive a spreadsheet.

Names, notes and operators' facts come from files and keyboards that simtui does not control. A terminal obeys
control characters and reorders text at bidirectional ones; so nothing is shown that did not pass `shown`.
"""

from __future__ import annotations

import errno
import re

from simtui.errors import SimtuiError
from simtui.i18n import ENGLISH, N_, _, current

_ESCAPED = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # control characters: a terminal obeys them
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # drawn as nothing, or as a blank that is a letter
    "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"  # signs that enclose or precede what follows
    "\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"  # zero-width, bidirectional, line and paragraph separators
    "\ud800-\udfff"  # halves of a character: no terminal encoding can send them
    "\ufff0-\ufffb"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # layout controls of single scripts
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"  # invisible tags
    "]"
)
_TOML_PLACE = re.compile(r"at line (\d+), column (\d+)")
_VARIATION_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
MOST_MARKS = 4
"""How many combining marks are drawn over one character. Living languages need no more; stacks of them cover other rows."""
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0711-\u074a"
    "\u07a6-\u109d\u135d-\u135f\u1712-\u1dff\u20d0-\u20ff\u2cef-\u2cf1\u2d7f-\u2dff\u302a-\u302f\u3099\u309a"
    "\ua66f-\uabed\ufb1e\ufe20-\ufe2f\U000101fd-\U00011fff\U00013440-\U00013455\U00016af0-\U00016fe4"
    f"\U0001bc9d-\U0001e94a]{{{MOST_MARKS + 1},}}"
)
"""Runs of what may be combining marks; `_stacked` looks closer."""
_SHORT_ESCAPES = {"\t": r"\t", "\n": r"\n", "\r": r"\r"}

_PLAIN_TWINS = str.maketrans(
    {chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
    | {"\u3000": " ", "。": ".", "｡": ".", "、": ",", "【": "[", "】": "]"}
)

_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_PROTECTED_FORMULA = re.compile("'" + _FORMULA.pattern)


def shown(text: str) -> str:
    r"""Return `text` as it may be shown on one line: what a terminal would obey or hide stands as an escape.

    Escapes look like `\n`, `\x1b`, `\u202e`, `\U000e0041`. Variation selectors are left out: they only choose among
    forms of a character, and terminals disagree about the width of the result, which would break columns. So are
    combining marks beyond the fourth over one character.
    What has been through here once passes unchanged.
    """
    if text.isascii() and text.isprintable():
        return text
    return _MARKS.sub(_stacked, _VARIATION_SELECTORS.sub("", _ESCAPED.sub(_escape, text)))


def json_shown(document: str) -> str:
    r"""Return a JSON document that a terminal may show: what `shown` escapes stands as JSON's own `\u202e`.

    A program that reads it gets the same texts; line breaks between values stay.
    """
    return document if document.isascii() and "\x7f" not in document else _ESCAPED.sub(_json_escape, document)


def showable(text: str) -> str:
    """Return `text` without what `shown` would escape or leave out: for what is being typed, where an escape would mislead."""
    return _MARKS.sub(_stacked, _VARIATION_SELECTORS.sub("", _ESCAPED.sub("", text)))


def shown_lines(text: str) -> list[str]:
    r"""Return the lines of `text`, each as `shown`; only `\n` and `\r\n` break a line."""
    return [shown(line) for line in text.replace("\r\n", "\n").split("\n")]


def one_line(text: str) -> str:
    """Return `text` as `shown`, with each run of blanks and line breaks as one space: for labels and for copying."""
    return shown(" ".join(text.split()))


def told(error: SimtuiError) -> str:
    """Return an error on one line: place, problem, next step; still to go through `shown`."""
    head = error.problem
    if error.place:
        head = answered(error.place, head) or _("{place}: {problem}").format(place=error.place, problem=error.problem)
    return joined(head, error.next_step)


def answered(question: str, answer: str) -> str:
    """Return a question with what is said to it, which takes no colon; empty where it is no question."""
    if question.endswith("?"):
        return f"{question} {answer}"
    return f"{question}{answer}" if question.endswith("？") else ""


def joined(problem: str, next_step: str) -> str:
    """Return two sentences on one line; the second may be missing, and the first one's full stop, too."""
    if not next_step:
        return problem
    if problem.endswith((".", "!", "?")):
        return f"{problem} {next_step}"
    if problem.endswith(("。", "！", "？")):
        return f"{problem}{next_step}"  # these bring their own room with them
    return _("{problem}. {next_step}").format(problem=problem, next_step=next_step)


def system_reason(error: OSError) -> str:
    """Return why the operating system refused, in the current language; its own words where we have none."""
    known = {
        errno.EACCES: N_("Permission denied"),
        errno.EDQUOT: N_("Disk quota exceeded"),
        errno.EEXIST: N_("File exists"),
        errno.EFBIG: N_("File too large"),
        errno.EIO: N_("Input/output error"),
        errno.EISDIR: N_("Is a directory"),
        errno.ELOOP: N_("Too many levels of symbolic links"),
        errno.ENAMETOOLONG: N_("File name too long"),
        errno.ENOENT: N_("No such file or directory"),
        errno.ENOSPC: N_("No space left on device"),
        errno.ENOTDIR: N_("Not a directory"),
        errno.EPERM: N_("Operation not permitted"),
        errno.EROFS: N_("Read-only file system"),
    }
    if error.errno in known:
        return _(known[error.errno])
    return _("the system says: {reason}").format(reason=error.strerror or str(error) or type(error).__name__)


def toml_reason(error: Exception) -> str:
    """Return why a text is not TOML, part of a sentence; Python tells it in English, so other readers get the place alone."""
    if isinstance(error, UnicodeDecodeError):
        return _("a byte that is not UTF-8")
    if isinstance(error, RecursionError):
        return _("it is nested too deeply")
    place = _TOML_PLACE.search(str(error))
    if current() == ENGLISH:
        return str(error)
    if place is None:
        return _("it ends too early") if "end of document" in str(error) else _("a value that cannot be read")
    return _("line {line}, column {column}").format(line=place[1], column=place[2])


def plain_keys(text: str) -> str:
    """Return `text` with full-width letters, digits and signs as their ASCII twins.

    An input method left in full-width mode types `２０２６－１１－２０`. For keys, dates and amounts; never for labels.
    """
    return text if text.isascii() else text.translate(_PLAIN_TWINS)


def cell_width(text: str) -> int:
    """Return the number of terminal cells that `text` takes; `text` is `shown` already."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def fit(text: str, width: int) -> str:
    """Return `text` as `shown`, padded with spaces or cut with `…` to exactly `width` terminal cells."""
    text = shown(text)
    if width <= 0:
        return ""
    if text.isascii():
        return text.ljust(width) if len(text) <= width else f"{text[: width - 1]}…"
    from rich.cells import cell_len, set_cell_size

    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + "…"


def csv_cell(text: str) -> str:
    """Return `text` as a cell of a CSV file that no spreadsheet runs as a formula.

    What begins like a formula gets a leading `'`, and so does what begins with such a `'` already: `from_csv_cell`
    always gives back exactly `text`.
    """
    return f"'{text}" if _FORMULA.match(text) else text


def from_csv_cell(cell: str) -> str:
    """Return the text behind a cell: takes off the one `'` that `csv_cell` put there, and nothing else."""
    return cell[1:] if _PROTECTED_FORMULA.match(cell) else cell


def _json_escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if match[0] == "\n":
        return match[0]
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def _stacked(match: re.Match[str]) -> str:
    """Return a run of characters with at most `MOST_MARKS` combining marks in a row."""
    import unicodedata

    kept, height = [], 0
    for character in match[0]:
        height = height + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if height <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    if short := _SHORT_ESCAPES.get(character):
        return short
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
