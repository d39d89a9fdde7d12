"""Registers as pages and workbooks: the same rows under the same headings."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from reviewflow import permissions
from reviewflow.errors import Invalid, Missing
from reviewflow.letters.workbook import Sheet
from reviewflow.model.column_set import ColumnSet
from reviewflow.model.counsel import CounselSort
from reviewflow.model.people import Role, Unit, UnitDuty
from reviewflow.permissions import SYSTEM
from reviewflow.queries.counsel_register import counsel_ids, counsel_rows
from reviewflow.queries.filing_register import filing_ids, filing_rows
from reviewflow.queries.groups import Roster, read_roster
from reviewflow.queries.hearing_register import hearing_ids, hearing_rows
from reviewflow.queries.paging import Paging, paging
from reviewflow.queries.register_filters import RegisterFilter
from reviewflow.queries.review_register import review_ids, review_rows
from reviewflow.queries.slices import Slice, Window
from reviewflow.register_columns import (
    Column,
    Register,
    Told,
    Value,
    find_register,
    say,
)
from reviewflow.work import Work

MOST_EXPORTED = 50_000
BATCH = 5_000
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


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A page of a register, and what may be chosen on it."""

    register: Register
    columns: tuple[Column, ...]
    rows: list[Line]
    """The id of each row, and a value for each column."""
    paging: Paging
    sets: Sequence[ColumnSet]
    units: Sequence[tuple[str, str]]
    kinds: Sequence[tuple[str, str]]
    sees_all: bool
    may_share: bool

    def may_delete(self, kept: ColumnSet, user_id: int) -> bool:
        """The actor may do away with a set of columns."""
        return kept.owner_id == user_id or (kept.is_shared and self.may_share)


def register_page(
    work: Work,
    name: str,
    wanted: RegisterFilter,
    columns: Sequence[str] = (),
    page: int = 1,
) -> RegisterPage:
    """Return a page of a register; so many statements, however long it is.

    Args:
        work: Actor, instant and transaction.
        name: Of the register.
        wanted: Which rows.
        columns: Ids of the columns, in order; the usual ones if there are none.
        page: Which page.

    Raises:
        Missing: There is no such register.
    """
    register, roster = find_register(name), read_roster(work)
    place = paging(_count(work, name, wanted), page)
    shown = chosen(register, columns)
    return RegisterPage(
        register=register,
        columns=shown,
        rows=_part(work, name, wanted, shown, place.window),
        paging=place,
        sets=kept_sets(work, name),
        units=_units(work, name, roster),
        kinds=_kinds(name, roster),
        sees_all=work.actor is SYSTEM or work.actor.holds(Role.AUDITOR),
        may_share=permissions.may_share(work.actor),
    )


def register_part(
    work: Work,
    name: str,
    wanted: RegisterFilter,
    columns: Sequence[str],
    window: Window,
) -> tuple[tuple[Column, ...], Slice[Line]]:
    """Return the columns of a register, and any part of its rows.

    Raises:
        Missing: There is no such register.
    """
    shown = chosen(find_register(name), columns)
    rows = _part(work, name, wanted, shown, window)
    return shown, Slice(rows, _count(work, name, wanted))


def register_sheet(
    work: Work,
    name: str,
    wanted: RegisterFilter,
    columns: Sequence[str] = (),
    most: int = MOST_EXPORTED,
) -> Sheet:
    """Return all rows of a register as a sheet, headed as on the page.

    Args:
        work: Actor, instant and transaction.
        name: Of the register.
        wanted: Which rows.
        columns: Ids of the columns, in order; the usual ones if there are none.
        most: How many rows a workbook takes.

    Raises:
        Missing: There is no such register.
        Invalid: It is too long for one workbook.
    """
    register = find_register(name)
    shown, total = chosen(register, columns), _count(work, name, wanted)
    if total > most:
        raise Invalid(
            message=f"共 {total} 行，超过一次导出的 {most} 行，请缩小时段后再导出。"
        )
    ids = list(work.session.scalars(SOURCES[name].ids(work, wanted)))
    rows = (values for _, values in _batches(work, name, shown, ids))
    return Sheet(register.title, [column.heading for column in shown], rows)


def kept_sets(work: Work, name: str) -> Sequence[ColumnSet]:
    """Return the sets of columns the actor may use: own ones, then shared ones."""
    rows = work.session.scalars(
        sa.select(ColumnSet)
        .where(ColumnSet.register == name)
        .order_by(ColumnSet.is_shared, ColumnSet.name, ColumnSet.id)
    )
    return list(rows.unique())


def columns_of(work: Work, name: str, set_id: int) -> tuple[str, ...]:
    """Return the columns of a kept set.

    Raises:
        Missing: There is none, or it is somebody else's, or of another register.
    """
    kept = work.get(ColumnSet, set_id)
    if kept.register != name:
        raise Missing
    return tuple(kept.columns)


def chosen(register: Register, ids: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns that were chosen, the usual ones if none of them is left."""
    return register.known(tuple(ids)) or register.known(register.usual)


def _count(work: Work, name: str, wanted: RegisterFilter) -> int:
    found = SOURCES[name].ids(work, wanted).order_by(None).subquery()
    return work.session.scalar(sa.select(sa.func.count()).select_from(found)) or 0


def _part(
    work: Work,
    name: str,
    wanted: RegisterFilter,
    columns: Sequence[Column],
    window: Window,
) -> list[Line]:
    select = SOURCES[name].ids(work, wanted).limit(window.limit)
    ids = list(work.session.scalars(select.offset(window.offset)))
    return _lines(work, name, columns, ids)


def _batches(
    work: Work, name: str, columns: Sequence[Column], ids: Sequence[int]
) -> Iterator[Line]:
    for start in range(0, len(ids), BATCH):
        yield from _lines(work, name, columns, ids[start : start + BATCH])


def _lines(
    work: Work, name: str, columns: Sequence[Column], ids: Sequence[int]
) -> list[Line]:
    told = SOURCES[name].rows(work, ids)
    return [(i, tuple(told[i].get(column.id) for column in columns)) for i in ids]


def _units(work: Work, name: str, roster: Roster) -> list[tuple[str, str]]:
    """Return the units one may choose, in official order."""
    makers = roster.makers
    ids = set(makers)
    if name == COUNSELS:
        pools = sa.select(Unit.id).where(Unit.duty == UnitDuty.COUNSEL)
        ids = set(work.session.scalars(pools))
    order = sorted(ids, key=lambda i: (makers[i].position, i))
    return [(str(i), makers[i].name) for i in order]


def _kinds(name: str, roster: Roster) -> list[tuple[str, str]]:
    if name == COUNSELS:
        return [(one.value, say(one.value)) for one in CounselSort]
    return list(roster.kinds.items())
