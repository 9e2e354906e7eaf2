"""What all records share: frozen, strict about unknown fields, cheap to import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Annotated, Any, Literal, Protocol, Self, TypeAlias, TypeVar, cast, dataclass_transform

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter
from pydantic.dataclasses import dataclass, rebuild_dataclass
from pydantic_core import PydanticKnownError

STRICT = ConfigDict(extra="forbid", defer_build=True)
"""Unknown fields are refused. Validators are built at the first use: a start that only needs three models builds three."""


class Record(BaseModel):
    """A frozen pydantic model that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, **STRICT)

    def __copy__(self) -> Self:
        """Copy the fields alone: `model_copy` changes some, and what was worked out from them may be another then."""
        copied = super().__copy__()
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied


class AnyRecord(Protocol):
    """What both sorts of records can do."""

    @classmethod
    def model_validate(cls, given: Any, /) -> Self:  # noqa: ANN401 - anything may be refused
        """Return the record of a body, or of one of its kind; raises pydantic's ValidationError."""

    def model_dump(
        self, *, mode: Literal["json", "python"] = ..., exclude: set[str] | None = ..., exclude_defaults: bool = ...
    ) -> dict[str, Any]:
        """Return the fields by their names."""


class LightRecord:
    """What a record is of which there are very many: a dataclass that pydantic checks as strictly as a `Record`.

    An attribute of a model is found in several times the time, as pydantic gives all of them a `__getattr__` for names of
    its own; and a hundred thousand acts are read to find out where ten thousand lines stand. The methods are those of a
    model. Make it with `light_record`.
    """

    @classmethod
    def model_validate(cls, given: Any, /) -> Self:  # noqa: ANN401 - anything may be refused
        """Return the record of a body, or of one of its kind; raises pydantic's ValidationError."""
        return cast("Self", _adapter(cls).validate_python(given))

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """Return the record with other values in some fields; nobody checks them."""
        made = object.__new__(type(self))
        # One after another: Python finds them sooner than in a dictionary that is put in the place of its own.
        for name in (field.name for field in fields(cast("Any", self))):
            setattr(made, name, update[name] if name in update else getattr(self, name))
        return made

    def model_dump(
        self,
        *,
        mode: Literal["json", "python"] = "python",
        exclude: set[str] | None = None,
        exclude_defaults: bool = False,
    ) -> dict[str, Any]:
        """Return the fields by their names."""
        dumped: dict[str, Any] = _adapter(type(self)).dump_python(
            self, mode=mode, exclude=exclude, exclude_defaults=exclude_defaults
        )
        return dumped


_Light = TypeVar("_Light", bound=LightRecord)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(Field,))
def light_record(model: type[_Light]) -> type[_Light]:
    """Make a light record of a class that names its fields.

    Only the type checker keeps it frozen: a class that watches over its attributes cannot be made quickly either.
    """
    return cast("type[_Light]", dataclass(kw_only=True, unsafe_hash=True, config=STRICT)(model))


_adapters: dict[type[LightRecord], TypeAdapter[Any]] = {}


def _adapter(model: type[LightRecord]) -> TypeAdapter[Any]:
    """Return what checks and dumps records of this kind, made when it is first asked for."""
    if model not in _adapters:
        # What the class itself checks with is built first, as it is then taken over instead of being built twice.
        rebuild_dataclass(cast("Any", model))
        _adapters[model] = TypeAdapter(model)
    return _adapters[model]


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
