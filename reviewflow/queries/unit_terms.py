"""One unit with what holds of it, and held (机构台账)."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from reviewflow.errors import Missing
from reviewflow.model.people import Role, Unit
from reviewflow.model.unit_term import UnitTerm
from reviewflow.work import Work


@dataclass(frozen=True, slots=True)
class UnitPage:
    """A unit, everything entered of it, and whether the actor keeps that."""

    unit: Unit
    terms: Sequence[UnitTerm]
    may_change: bool


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
    return UnitPage(unit, terms, work.actor.holds(Role.ADMIN))
