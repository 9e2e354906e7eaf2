"""Both languages are complete, and the compiled catalogue is the written one."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from tools import locale_files

KEYWORDS = ("_", "N_", "ngettext")


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return locale_files.written()


@pytest.fixture(scope="module")
def in_sources() -> list[Message]:
    return list(locale_files.messages_in_sources())


def forms(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_text_of_the_sources_has_its_chinese(catalogue: Catalog, in_sources: list[Message]) -> None:
    missing = []
    for message in in_sources:
        known = catalogue.get(message.id, message.context)
        if known is None or known.fuzzy or not all(locale_files.translations(known)):
            missing.append(message.id)
    assert not missing, "run `make locale` and translate these in simtui.po"


def test_no_translation_is_left_over(catalogue: Catalog, in_sources: list[Message]) -> None:
    used = {(forms(message)[0], message.context) for message in in_sources}
    left = [message.id for message in catalogue if message.id and (forms(message)[0], message.context) not in used]
    assert not left, "run `make locale`"


def test_translations_have_the_placeholders_of_the_text(catalogue: Catalog) -> None:
    for message in catalogue:
        if message.id and message.python_brace_format:
            wanted = placeholders(forms(message)[-1])
            for translation in filter(None, locale_files.translations(message)):
                assert placeholders(translation) == wanted, message.id


def test_the_compiled_catalogue_is_the_written_one(catalogue: Catalog) -> None:
    assert locale_files.COMPILED.read_bytes() == locale_files.compiled(catalogue), "run `make locale`"


def test_nothing_in_the_catalogue_changes_by_itself() -> None:
    text = locale_files.WRITTEN.read_text(encoding="utf-8")
    assert "Date" not in text.partition("\n\n")[0]
    assert not [line for line in text.splitlines() if line.startswith("#:") and ".py:" in line]


def test_only_known_languages_have_a_catalogue() -> None:
    assert [folder.name for folder in Path(locale_files.PACKAGE / "locale").iterdir() if folder.is_dir()] == ["zh"]


def test_no_text_hides_in_an_f_string() -> None:
    # Up to Python 3.11 the extractor reads an f-string as one piece: a text inside it would never be translated.
    hidden = []
    for file in locale_files.PACKAGE.rglob("*.py"):
        for part in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(part, ast.JoinedStr):
                calls = (each for each in ast.walk(part) if isinstance(each, ast.Call))
                texts = [each.args[0] for each in calls if isinstance(each.func, ast.Name) and each.func.id in KEYWORDS]
                hidden += [f"{file.name}:{part.lineno}" for text in texts if isinstance(text, ast.Constant)]
    assert not hidden
