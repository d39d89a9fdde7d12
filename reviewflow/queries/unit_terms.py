"""One unit with what holds of it, and held (机构台账)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from reviewflow.errors import Missing
from reviewflow.filing_moves import stranded
from reviewflow.model.case import Case
from reviewflow.model.filing import FilingObligation
from reviewflow.model.people import Role, Unit
from reviewflow.model.unit_term import UnitTerm
from reviewflow.work import Work


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A unit, everything entered of it, and whether the actor keeps that."""

    unit: Unit
    terms: Sequence[UnitTerm]
    may_change: bool
    stranded: Mapping[str, int]
    """Running filings that wait for it in a way it does not work now, by filer."""
    sees_stranded: bool
    """The actor sees some of them."""


def unit_page(work: Work, unit_id: int) -> UnitPage:
    """Return a unit with everything that was entered of it, the latest first.

    Raises:
        Missing: There is no such unit.
    """
    unit = work.session.get(Unit, unit_id)
    if unit is None:
        raise Missing
    terms = work.session.scalars(
        sa.select(UnitTerm)
        .where(UnitTerm.unit_id == unit_id)
        .order_by(UnitTerm.sort, UnitTerm.valid_from.desc(), UnitTerm.id.desc())
    ).all()
    may_change = work.actor.holds(Role.ADMIN)
    with work.beyond_sight():
        waiting = _stranded(work, unit_id)
    sees = bool(waiting) and bool(_stranded(work, unit_id))
    return UnitPage(unit, terms, may_change, waiting, sees)


def _stranded(work: Work, unit_id: int) -> dict[str, int]:
    filer = aliased(Unit)
    rows = work.session.execute(
        sa.select(filer.short_name, sa.func.count(FilingObligation.id).label("waiting"))
        .join(Case, Case.id == FilingObligation.case_id)
        .join(filer, filer.id == Case.unit_id)
        .where(FilingObligation.authority_id == unit_id, stranded(work.today))
        .group_by(filer.id, filer.short_name)
        .order_by(filer.id)
    )
    return {row.short_name: row.waiting for row in rows}
