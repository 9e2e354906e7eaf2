"""What all records share: frozen, strict about unknown fields, cheap to import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Generic, Literal, Protocol, Self, TypeAlias, TypeVar, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter
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
    """What a record is of which there are very many: a frozen dataclass that pydantic checks as strictly as a `Record`.

    An attribute of a model is found in three times the time, as pydantic gives all of them a `__getattr__` for names of
    its own; and a hundred thousand acts are read to find out where ten thousand lines stand. The methods are those of a
    model.
    """

    @classmethod
    def model_validate(cls, given: Any, /) -> Self:  # noqa: ANN401 - anything may be refused
        """Return the record of a body, or of one of its kind; raises pydantic's ValidationError."""
        return cast("Self", _adapter(cls).validate_python(given))

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """Return the record with other values in some fields; nobody checks them."""
        return Mould(self).cast({**self.__dict__, **update})

    def model_dump(
        self,
        *,
        mode: Literal["json", "python"] = "python",
        exclude: set[str] | None = None,
        exclude_defaults: bool = False,
    ) -> dict[str, Any]:
        """Return the fields by their names."""
        adapter = _adapter(type(self))
        dumped: dict[str, Any] = adapter.dump_python(
            self, mode=mode, exclude=exclude, exclude_defaults=exclude_defaults
        )
        return dumped


_Light = TypeVar("_Light", bound=LightRecord)


_adapters: dict[type[LightRecord], TypeAdapter[Any]] = {}


def _adapter(model: type[LightRecord]) -> TypeAdapter[Any]:
    """Return what checks and dumps records of this kind, made when it is first asked for."""
    if model not in _adapters:
        _adapters[model] = TypeAdapter(model)
    return _adapters[model]


class Mould(Generic[_Light]):
    """Makes records that differ from a valid one in some of the fields that were given; nobody checks them.

    Python keeps the names of the fields only once for plain objects and copies of their attributes; pydantic gives each
    record names of its own.
    """

    def __init__(self, record: _Light) -> None:
        plain = _Plain()
        for name, value in record.__dict__.items():
            setattr(plain, name, value)
        self._class = type(record)
        self._fields = plain.__dict__

    def fields(self) -> dict[str, Any]:
        """Return all fields, to be changed."""
        return self._fields.copy()

    def cast(self, fields: dict[str, Any]) -> _Light:
        """Return the record with these fields, which nobody may change after that."""
        made = _new(self._class)
        _set_fields(made, fields)
        return made


class _Plain:
    """An object without any fields of its own."""


_new = object.__new__
_set_fields = LightRecord.__dict__["__dict__"].__set__
"""What sets all fields of a frozen record at once."""


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
