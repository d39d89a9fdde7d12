"""Any part of a list: so many rows, after so many others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm.interfaces import ORMOption

from reviewflow.model.base import Base
from reviewflow.work import Work

Thing = TypeVar("Thing")
Kind = TypeVar("Kind", bound=Base)


@dataclass(frozen=True, slots=True)
class Window:
    """Which part is wanted."""

    limit: int
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Slice(Generic[Thing]):
    """A part of a list, and how long the whole is."""

    items: list[Thing]
    total: int


@dataclass(frozen=True, slots=True)
class Listed(Generic[Kind]):
    """Which rows of a table a list is of, and in what order."""

    table: type[Kind]
    where: Sequence[sa.ColumnElement[bool]]
    order: Sequence[sa.ColumnElement[Any]]
    options: Sequence[ORMOption] = ()

    def part(self, work: Work, window: Window) -> Slice[Kind]:
        """Return the wanted part; one statement to count, one to read."""
        counted = sa.select(sa.func.count()).select_from(self.table)
        rows = (
            sa.select(self.table)
            .where(*self.where)
            .order_by(*self.order)
            .limit(window.limit)
            .offset(window.offset)
            .options(*self.options)
        )
        found = list(work.session.scalars(rows).unique())
        return Slice(found, work.session.scalar(counted.where(*self.where)) or 0)
