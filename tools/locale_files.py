"""Brings the Chinese catalogue up to date with the sources: `make locale`.

The compiled catalogue is kept beside the written one, so that an installation needs no build step. Both hold
nothing that changes by itself (no line numbers, no dates), so that a difference is always a difference in words.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "simtui"
WRITTEN = PACKAGE / "locale" / "zh" / "LC_MESSAGES" / "simtui.po"
COMPILED = WRITTEN.with_suffix(".mo")
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}


class ChineseCatalogue(Catalog):
    """A catalogue whose header says only what gettext needs to read it."""

    def __init__(self) -> None:
        super().__init__(locale="zh", header_comment="# Simplified Chinese words of simtui.", fuzzy=False)

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """The header as names and values."""
        return [
            ("Language", "zh"),
            ("Content-Type", "text/plain; charset=UTF-8"),
            ("Plural-Forms", "nplurals=1; plural=0;"),
        ]

    @mime_headers.setter
    def mime_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        raise AttributeError("the header is always the same")


def messages_in_sources() -> Iterator[Message]:
    """Yield every text that the sources hand to gettext, with the files that it stands in."""
    catalogue = Catalog()
    found = extract_from_dir(PACKAGE, method_map=[("**.py", "python")], keywords=KEYWORDS)
    for file, _line, words, _comments, context in sorted(found, key=lambda one: (one[0], one[1])):
        catalogue.add(words, locations=[(f"simtui/{file}", 0)], context=context)
    return (message for message in catalogue if message.id)


def written() -> Catalog:
    """Return the catalogue as people wrote it."""
    with WRITTEN.open("rb") as file:
        return read_po(file, locale="zh", abort_invalid=True)


def updated(old: Catalog) -> ChineseCatalogue:
    """Return the texts of the sources with their translations from `old`; what is new has none yet."""
    new = ChineseCatalogue()
    for message in messages_in_sources():
        before = old.get(message.id, message.context)
        translation = before.string if before and not before.fuzzy else ""
        files = sorted({file for file, _line in message.locations})
        new.add(message.id, translation, locations=[(file, 0) for file in files], context=message.context)
    return new


def translations(message: Message) -> tuple[str, ...]:
    """Return the translation of `message`, each form of it; a form that nobody has written is empty."""
    forms = message.string or ""
    return (forms,) if isinstance(forms, str) else tuple(forms)


def compiled(catalogue: Catalog) -> bytes:
    """Return the binary form of `catalogue`, the same bytes for the same words."""
    clean = ChineseCatalogue()
    for message in catalogue:
        if message.id and any(translations(message)):
            clean.add(message.id, message.string, context=message.context)
    file = io.BytesIO()
    write_mo(file, clean)
    return file.getvalue()


def main() -> None:
    """Rewrite both files and say how many texts wait for a translation."""
    catalogue = updated(written())
    with WRITTEN.open("wb") as file:
        write_po(file, catalogue, width=120, include_lineno=False)
    COMPILED.write_bytes(compiled(catalogue))
    missing = [message.id for message in catalogue if message.id and not any(translations(message))]
    for text in missing:
        print(f"no Chinese yet: {text!r}")
    print(f"{len(catalogue)} texts, {len(missing)} without Chinese")


if __name__ == "__main__":
    main()
