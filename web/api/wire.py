"""How single values look on the wire: instants, days, keys, texts."""

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from reviewflow import clock

LARGEST_KEY = 2**63 - 1
"""The largest key a database knows; beyond it nothing can be found."""

LONGEST_WORD = 200
LONGEST_TEXT = 20_000
MOST_ROWS = 100
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def _beijing(instant: datetime) -> str:
    return instant.astimezone(clock.BEIJING).isoformat()


def _read_day(sent: Any) -> date:
    if isinstance(sent, date):
        return sent
    try:
        if isinstance(sent, str) and ISO_DAY.fullmatch(sent):
            return date.fromisoformat(sent)
    except ValueError as error:
        raise PydanticCustomError("day", "no such day") from error
    raise PydanticCustomError("day", "not a day")


def _printable(text: str) -> str:
    if CONTROL.search(text):
        raise PydanticCustomError("unprintable", "not printable")
    return text


Instant = Annotated[
    datetime,
    PlainSerializer(_beijing, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
Day = Annotated[
    date,
    BeforeValidator(_read_day),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Key = Annotated[int, Field(ge=1, le=LARGEST_KEY)]
Word = Annotated[str, Field(max_length=LONGEST_WORD), AfterValidator(_printable)]
Text = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(_printable)]

BYTES = {
    "content": {
        "application/octet-stream": {"schema": {"type": "string", "format": "binary"}}
    }
}
"""A stored file, as the description calls it."""

_schemas: dict[tuple[object, ...], dict[str, Any]] = {}


class Answer(BaseModel):
    """What is answered; it may be read off a row."""

    model_config = ConfigDict(from_attributes=True)


class Body(BaseModel):
    """What is sent: exact types and no other names; nothing at all is `{}`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    @model_validator(mode="before")
    @classmethod
    def _empty_for_nothing(cls, sent: Any) -> Any:
        return {} if sent is None else sent

    def typed(self) -> dict[str, str]:
        """Return it as a form of a page sends it: what is null is an empty text."""
        said = self.model_dump(mode="json")
        return {name: "" if one is None else str(one) for name, one in said.items()}


class Query(BaseModel):
    """What is asked behind the question mark, and no other names."""

    model_config = ConfigDict(extra="forbid")

    @classmethod
    def model_json_schema(cls, *args: Any, **options: Any) -> dict[str, Any]:
        """Return the schema, worked out once: it is wanted at every request."""
        key = (cls, args, tuple(options.items()))
        if key not in _schemas:
            _schemas[key] = super().model_json_schema(*args, **options)
        return _schemas[key]


class Window(Query):
    """Which part of a list: so many rows, after so many others."""

    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = 20
    offset: Annotated[int, Field(ge=0, le=LARGEST_KEY)] = 0
