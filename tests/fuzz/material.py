"""What is fed in: texts meant to harm, and good files with something wrong in them."""

from __future__ import annotations

import json
import random
import string
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

LONG = "x" * 10_000
HOSTILE_TEXTS = (
    *("", " ", "\0", "\n", "\r\n", "\t", "\x1b[2J\x1b[H", "\x9b31m", "\x07", "\x7f", "\x85", "\u2028"),
    *("\u202eevil\u202c", "\u2066\u2069", "\u200b", "\u200d", "\ufeff", "\u00ad", "\ufffe", "\U000e0041"),
    *(
        "[/x]",
        "[bold red]",
        "[@click=app.quit]x[/]",
        "[link=file:///etc/passwd]x",
        "{0}",
        "{line}",
        "%s%n",
        "\\",
        "${HOME}",
    ),
    *("=1+1", "'=1", "@SUM(A1)", "+1", "-1", "\t=1", "＝1", '"', "'", ";", ",", "a,b", '"a', "sep=;"),
    *("👩‍👩‍👧‍👦", "🇫🇷", "❤️", "e" + "\u0301" * 300, "﷽", "保号", "ﷺ", "ｆｕｌｌ　ｗｉｄｅ", "１２３", "٣", "²", "Ⅷ"),
    *(
        "**21*+33612345678#",
        "https://оrange.fr/x",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "../../etc/passwd",
        "/dev/zero",
    ),
    *("P1M", "P9999Y", "P999999999999999999D", "-P1D", "P0D", "PT1H", "1e400", "-0", "NaN", "Infinity", "9" * 400),
    *("2026-02-31", "0000-00-00", "9999-12-31", "1970-01-01", "2199-12-31", "03/04/2026", "today", "-9999y", "+9999y"),
    *("EUR", "XXX", "10 EUR", "€€", "10.0000001EUR", "999999999", "1,000", "Europe/Paris", "Mars/Phobos", "../x"),
    *("+33612345678", "+0", "4111 1111 1111 1111", "8933000000000000000", "LPA:1$a$b", "null", "true", "[]", "{}"),
    LONG,
)
NUMBERS = (0, 1, -1, 2, 31, 0.1, -0.0, 0.0001, 1e-9, 1e300, 999_999_999, 10**9, 2**31, 2**53, 2**63, 2**64 - 1, 10**30)
JUNK: tuple[Any, ...] = (None, True, False, [], {}, [[]], {"": ""}, [None], {"by": "fixed"}, *NUMBERS, *HOSTILE_TEXTS)
DEEP = "[" * 3000 + "]" * 3000

texts = st.sampled_from(HOSTILE_TEXTS) | st.text(max_size=60)
sentences = st.lists(texts | st.sampled_from(string.printable), max_size=12).map(" ".join) | texts


def words_of(words: Sequence[str], most: int = 8) -> st.SearchStrategy[str]:
    """Words of a language and hostile ones, side by side or without a blank between them."""
    piece = st.sampled_from([*words, *HOSTILE_TEXTS[:-1]]) | st.text(max_size=6)
    return st.builds(
        lambda parts, glue: glue.join(parts), st.lists(piece, max_size=most), st.sampled_from([" ", "", ":"])
    )


def damaged_bytes(good: bytes) -> st.SearchStrategy[bytes]:
    """A good file with up to four things done to its bytes, or no file of that kind at all."""
    return st.binary(max_size=300) | st.builds(_damaged, st.just(good), st.integers(0, 2**32))


def _damaged(good: bytes, seed: int) -> bytes:
    dice = random.Random(seed)
    content = good
    for _turn in range(dice.randint(1, 4)):
        at = dice.randint(0, len(content))
        content = _hurt(content, at, at + dice.choice((1, 1, 3, 20, 500)), dice)
    return content


def _hurt(content: bytes, at: int, end: int, dice: random.Random) -> bytes:
    match dice.randrange(6):
        case 0:
            return content[:at]
        case 1:
            return content[:at] + content[end:]
        case 2:
            return content[:end] + content[at:]
        case 3:
            return content[:at] + dice.randbytes(dice.choice((1, 2, 8))) + content[at + 1 :]
        case 4:
            words = (*HOSTILE_TEXTS, DEEP)
            return content[:at] + dice.choice(words).encode() + content[at:]
        case _:
            return content.replace(content[at:end] or b"0", dice.choice((b"", b"9" * 30, b"\0", b"\xff")))


def damaged_json(good: Any) -> st.SearchStrategy[Any]:
    """A good document with one to three parts left out, or with junk or other parts in their place."""
    places = list(_places(good))
    return st.builds(_changed, st.just(good), st.just(places), st.integers(0, 2**32))


def _places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    parts: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield (*path, name)
        yield from _places(part, (*path, name))


def _changed(good: Any, places: Sequence[tuple[str | int, ...]], seed: int) -> Any:
    dice = random.Random(seed)
    document = deepcopy(good)
    for _turn in range(dice.randint(1, 3)):
        *path, name = dice.choice(places)
        holder = _at(document, path)
        if isinstance(holder, dict | list) and _at(holder, [name]) is not None:
            _change(holder, name, dice, good, places)
    return document


def _at(value: Any, path: Sequence[str | int]) -> Any:
    """What lies at a path, None where an earlier change has taken it away."""
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _change(holder: Any, name: Any, dice: random.Random, good: Any, places: Sequence[tuple[str | int, ...]]) -> None:
    match dice.randrange(5):
        case 0:
            del holder[name]
        case 1:
            holder[name] = deepcopy(_at(good, dice.choice(places)))
        case 2 if isinstance(holder, dict):
            holder[dice.choice(HOSTILE_TEXTS)] = dice.choice(JUNK)
        case _:
            holder[name] = deepcopy(dice.choice(JUNK))


def as_json(document: Any) -> bytes:
    """The document as a program that does not care would write it: `NaN`, `1e+300`, `\\ud800` and all."""
    return json.dumps(document).encode()


def csv_files(columns: Sequence[str]) -> st.SearchStrategy[bytes]:
    """Tables under headings that are known or nearly so."""
    heading = st.lists(st.sampled_from(columns) | texts, max_size=8, unique=True)
    cell = st.sampled_from(("giffgaff", "mobicarte", "Mum", "+33612345678", "10EUR", "2026-11-20")) | texts
    rows = st.lists(st.lists(cell, max_size=10), max_size=5)
    known = heading.map(lambda names: ["label", "offer", *(name for name in names if name not in ("label", "offer"))])
    return st.builds(
        _table, known | heading, rows, st.sampled_from(",;\t"), st.sampled_from(("utf-8", "utf-8-sig", "utf-16"))
    )


def _table(heading: Sequence[str], rows: Sequence[Sequence[str]], separator: str, encoding: str) -> bytes:
    lines = [separator.join(row) for row in (heading, *rows)]
    return "\n".join(lines).encode(encoding, "surrogatepass")


def toml_files(settings: Mapping[str, Sequence[str]]) -> st.SearchStrategy[bytes]:
    """TOML with known and unknown keys, values of all kinds, and tables in the place of values."""
    value = st.sampled_from([each for values in settings.values() for each in values])
    junk = st.sampled_from(
        ("1", "-1", "true", "[]", "{}", "1e400", "nan", "9" * 5000, "2026-02-31", '"""x"""', "[[[[", DEEP)
    )
    quoted = texts.map(json.dumps)
    line = st.builds(
        lambda key, right: f"{key} = {right}", st.sampled_from(list(settings)) | texts, value | junk | quoted
    )
    return st.lists(line, max_size=6).map(lambda lines: "\n".join(lines).encode("utf-8", "surrogatepass"))
