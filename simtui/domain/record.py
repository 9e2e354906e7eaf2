"""What all records share: frozen, strict about unknown fields, cheap to import."""

from __future__ import annotations

from typing import Annotated, Any, Generic, Self, TypeAlias, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticKnownError


class Record(BaseModel):
    """A frozen pydantic model that refuses fields it does not know.

    Validators are built at the first use: a start that only needs three models builds three.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def __copy__(self) -> Self:
        """Copy the fields alone: `model_copy` changes some, and what was worked out from them may be another then."""
        copied = super().__copy__()
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied


_Cast = TypeVar("_Cast", bound=Record)


class Mould(Generic[_Cast]):
    """Makes records that differ from a valid one in some of the fields that were given; nobody checks them.

    That takes a third of the time and of the memory of `model_copy`, which counts where there are very many. Python
    keeps the names of the fields only once for plain objects and copies of their attributes; pydantic gives each record
    names of its own.
    """

    def __init__(self, record: _Cast) -> None:
        plain = _Plain()
        for name, value in record.__dict__.items():
            setattr(plain, name, value)
        self._class = type(record)
        self._fields = plain.__dict__
        self._given = record.__pydantic_fields_set__

    def fields(self) -> dict[str, Any]:
        """Return all fields, to be changed."""
        return self._fields.copy()

    def cast(self, fields: dict[str, Any]) -> _Cast:
        """Return the record with these fields, which nobody may change after that."""
        made = _new(self._class)
        _set_fields(made, fields)
        _set_given(made, self._given)
        _set_extra(made, None)
        _set_private(made, None)
        return made


class _Plain:
    """An object without any fields of its own."""


_new = object.__new__
_set_fields = BaseModel.__dict__["__dict__"].__set__
_set_given = BaseModel.__dict__["__pydantic_fields_set__"].__set__
_set_extra = BaseModel.__dict__["__pydantic_extra__"].__set__
_set_private = BaseModel.__dict__["__pydantic_private__"].__set__
"""What sets the parts of a record: by name, through `object.__setattr__`, it takes three times as long."""


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
