"""Registers as pages, and the sets of columns people keep for them."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from reviewflow import permissions
from reviewflow.errors import Missing
from reviewflow.model.column_set import ColumnSet
from reviewflow.model.counsel import CounselSort
from reviewflow.model.people import Role, Unit, UnitDuty
from reviewflow.permissions import SYSTEM
from reviewflow.queries.groups import Roster, read_roster
from reviewflow.queries.paging import Paging, paging
from reviewflow.queries.register_filters import RegisterFilter
from reviewflow.queries.register_rows import (
    COUNSELS,
    Line,
    chosen,
    count_rows,
    part_of_rows,
)
from reviewflow.queries.slices import Slice, Window
from reviewflow.register_columns import Column, Register, find_register, say
from reviewflow.work import Work


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
    place = paging(count_rows(work, name, wanted), page)
    shown = chosen(register, columns)
    return RegisterPage(
        register=register,
        columns=shown,
        rows=part_of_rows(work, name, wanted, shown, place.window),
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
    rows = part_of_rows(work, name, wanted, shown, window)
    return shown, Slice(rows, count_rows(work, name, wanted))


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
