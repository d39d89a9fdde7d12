"""Base of all tables: constraint names, instants in UTC, enums by value."""

import enum
from datetime import UTC, date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware instant, stored in UTC; naive ones are refused."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, _dialect: sa.Dialect
    ) -> datetime | None:
        """Convert to naive UTC for storage."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(
        self, value: datetime | None, _dialect: sa.Dialect
    ) -> datetime | None:
        """Give the instant back as aware UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


class EnumByValue(sa.types.TypeDecorator[Any]):
    """A `StrEnum` stored as its value, which is the code of the outside world."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, enum_type: type[enum.StrEnum]) -> None:
        """Take the enum whose values are stored."""
        super().__init__()
        self.enum_type = enum_type

    def process_bind_param(self, value: Any, _dialect: sa.Dialect) -> str | None:
        """Store the value; refuse what is none of them."""
        return None if value is None else self.enum_type(value).value

    def process_result_value(self, value: str | None, _dialect: sa.Dialect) -> Any:
        """Give the member back."""
        return None if value is None else self.enum_type(value)


class Base(DeclarativeBase):
    """Every table has an integer key unless it names another."""

    metadata = sa.MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Instant,
        date: sa.Date,
        str: sa.Text,
        dict[str, Any]: sa.JSON,
        list[Any]: sa.JSON,
    }

    def __init_subclass__(cls, **options: Any) -> None:
        """Make SQLite hold every column to its type (STRICT tables)."""
        super().__init_subclass__(**options)
        if "__tablename__" in cls.__dict__:
            table = cls.metadata.tables[cls.__tablename__]
            table.dialect_options["sqlite"]["strict"] = True


class Row(Base):
    """A table with the usual integer key."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)


def by_value(enum_type: type[enum.StrEnum]) -> EnumByValue:
    """Return the column type that stores this enum by value."""
    return EnumByValue(enum_type)
