"""Rows of registers: which there are, and what each says under the columns chosen."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from reviewflow.queries.counsel_register import counsel_ids, counsel_rows
from reviewflow.queries.filing_register import filing_ids, filing_rows
from reviewflow.queries.hearing_register import hearing_ids, hearing_rows
from reviewflow.queries.register_filters import RegisterFilter
from reviewflow.queries.review_register import review_ids, review_rows
from reviewflow.queries.slices import Window
from reviewflow.register_columns import Column, Register, Told, Value
from reviewflow.work import Work

BATCH = 2_000
"""Rows that are read at once; a database takes some 30,000 ids in a statement."""
COUNSELS = "counsels"
Line = tuple[int, tuple[Value, ...]]


class Source(NamedTuple):
    """Where the rows of a register come from."""

    ids: Callable[[Work, RegisterFilter], sa.Select[int]]
    rows: Callable[[Work, Sequence[int]], Told]


SOURCES: Mapping[str, Source] = {
    "reviews": Source(review_ids, review_rows),
    "filings": Source(filing_ids, filing_rows),
    "hearings": Source(hearing_ids, hearing_rows),
    COUNSELS: Source(counsel_ids, counsel_rows),
}


def chosen(register: Register, ids: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns that were chosen, the usual ones if none of them is left."""
    return register.known(tuple(ids)) or register.known(register.usual)


def count_rows(work: Work, name: str, wanted: RegisterFilter) -> int:
    """Return how many rows are wanted."""
    found = SOURCES[name].ids(work, wanted).order_by(None).subquery()
    return work.session.scalar(sa.select(sa.func.count()).select_from(found)) or 0


def part_of_rows(
    work: Work,
    name: str,
    wanted: RegisterFilter,
    columns: Sequence[Column],
    window: Window,
) -> list[Line]:
    """Return a part of the rows wanted."""
    select = SOURCES[name].ids(work, wanted).limit(window.limit)
    ids = list(work.session.scalars(select.offset(window.offset)))
    return _lines(work, name, columns, ids)


def all_rows(
    work: Work, name: str, wanted: RegisterFilter, columns: Sequence[Column]
) -> Iterator[list[Line]]:
    """Give all rows wanted, some thousand at a time; no more are in memory."""
    select = SOURCES[name].ids(work, wanted).execution_options(yield_per=BATCH)
    for ids in work.session.scalars(select).partitions():
        yield _lines(work, name, columns, ids)


def _lines(
    work: Work, name: str, columns: Sequence[Column], ids: Sequence[int]
) -> list[Line]:
    told = SOURCES[name].rows(work, ids)
    return [(i, tuple(told[i].get(column.id) for column in columns)) for i in ids]
