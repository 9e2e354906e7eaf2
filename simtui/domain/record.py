"""What all records share: frozen, strict about unknown fields, cheap to import."""

from __future__ import annotations

from typing import Annotated, Self, TypeAlias, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticKnownError


class Record(BaseModel):
    """A frozen pydantic model that refuses fields it does not know.

    Validators are built at the first use: a start that only needs three models builds three.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


Label = Annotated[str, Field(min_length=1, max_length=200)]
ShortText = Annotated[str, Field(max_length=200)]
LongText = Annotated[str, Field(max_length=4000)]
Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
"""The id of an offer, plan, clock or source: lower-case letters, digits and hyphens."""


def at_most(most: int) -> BeforeValidator:
    """Return what refuses a longer list before it looks at a single entry.

    A file made to keep the program busy holds a million entries, each wrong in several ways.
    """

    def check(given: object) -> object:
        if isinstance(given, (list, tuple)) and len(given) > most:
            found = {"field_type": "Tuple", "max_length": most, "actual_length": len(given)}
            raise PydanticKnownError("too_long", found)
        return given

    return BeforeValidator(check)


_Part = TypeVar("_Part")
Few: TypeAlias = Annotated[tuple[_Part, ...], Field(max_length=50), at_most(50)]
"""A list of at most 50: no operator says more."""


class Text(Record):
    """A fact in words, in the languages that it exists in.

    `zh` is absent where nobody has translated it yet; a screen then shows `en`, marked as English only.
    """

    en: LongText
    zh: LongText | None = None

    def in_language(self, language: str) -> str:
        """Return the words in `language` (`en` or `zh`), English where there is no other."""
        return self.zh if language == "zh" and self.zh is not None else self.en

    @classmethod
    def plain(cls, words: str) -> Self:
        """Return words that are the same in every language, such as a name a user typed."""
        return cls(en=words, zh=words)
