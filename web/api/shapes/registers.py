"""How registers look to programs, and how they are asked for."""

from collections.abc import Sequence
from datetime import date

from pydantic import Field

from reviewflow import register_columns
from reviewflow.queries.register_rows import Line
from web.api.wire import Answer, Day, Key, Text, Window, Word


class RegisterQuery(Window):
    """Columns in their order, period, unit and kind, and which part."""

    columns: Text = ""
    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None
    unit: Key | None = None
    kind: Word = ""


class Column(Answer):
    """A column: its heading, and where it comes from."""

    id: str
    heading: str
    source: str


class RegisterLine(Answer):
    """A row: its id, and what stands under each column."""

    id: int
    values: dict[str, str | int | None]


class Register(Answer):
    """Rows of a register under the columns that were asked for."""

    columns: list[Column]
    items: list[RegisterLine]
    total: int
    next: str | None


def column_shape(column: register_columns.Column) -> Column:
    """Return one column."""
    return Column.model_validate(column)


def line_shape(columns: Sequence[register_columns.Column], line: Line) -> RegisterLine:
    """Return one row; days as programs write them."""
    row_id, values = line
    told = {
        column.id: value.isoformat() if isinstance(value, date) else value
        for column, value in zip(columns, values, strict=True)
    }
    return RegisterLine(id=row_id, values=told)
