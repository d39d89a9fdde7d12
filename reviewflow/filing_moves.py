"""Filings that go on where their receivers no longer are: in the system, or outside."""

from datetime import date

import sqlalchemy as sa

from reviewflow import organs
from reviewflow.model.case import Case, CaseStatus
from reviewflow.model.filing import FILING, OUTSIDE_FILING, FilingObligation
from reviewflow.model.unit_term import UnitTerm, UnitTermSort
from reviewflow.work import Work

MOVED = "filing.moved"
"""The event by which the journal tells of it; it names the version left."""


def kind_for(work: Work, duty: FilingObligation) -> str:
    """Return the kind by which a filing is worked off with its receiver today."""
    return OUTSIDE_FILING if organs.is_outside(work, duty.authority) else FILING


def is_stranded(work: Work, duty: FilingObligation) -> bool:
    """It runs, and its receiver has left the system or come into it meanwhile."""
    return duty.case.is_running and duty.case.kind != kind_for(work, duty)


def stranded(day: date) -> sa.ColumnElement[bool]:
    """Return the condition under which a duty is stranded on a day."""
    outside = (
        sa.select(UnitTerm.id)
        .where(
            UnitTerm.unit_id == FilingObligation.authority_id,
            UnitTerm.sort == UnitTermSort.OUTSIDE,
            UnitTerm.valid_from <= day,
            sa.or_(UnitTerm.valid_to.is_(None), UnitTerm.valid_to >= day),
        )
        .exists()
    )
    running = sa.select(Case.id).where(Case.status == CaseStatus.RUNNING)
    here = FilingObligation.case_id.in_(running.where(Case.kind == FILING))
    there = FilingObligation.case_id.in_(running.where(Case.kind == OUTSIDE_FILING))
    return sa.or_(sa.and_(here, outside), sa.and_(there, ~outside))
