"""听证台账: one row for each decision whether to hold a hearing."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from reviewflow.model.case import Case
from reviewflow.model.hearing import Hearing, HearingPlan
from reviewflow.model.hearing_list import (
    HearingApplicant,
    HearingOpinion,
    HearingParticipant,
)
from reviewflow.model.people import Unit
from reviewflow.queries.groups import read_roster
from reviewflow.queries.register_filters import RegisterFilter
from reviewflow.register_columns import Told, Value, say_whether
from reviewflow.work import Work


def hearing_ids(_work: Work, wanted: RegisterFilter) -> sa.Select[int]:
    """Return the statement for the hearings wanted, the latest first."""
    day = sa.func.coalesce(Hearing.held_on, HearingPlan.planned_on, type_=sa.Date())
    return (
        sa.select(Hearing.id)
        .join(Case, Case.id == Hearing.case_id)
        .outerjoin(HearingPlan, HearingPlan.case_id == Hearing.case_id)
        .where(*wanted.days(day), *wanted.of(Case.unit_id, Case.kind_code))
        .order_by(day.desc().nulls_last(), Hearing.id.desc())
    )


def hearing_rows(work: Work, ids: Sequence[int]) -> Told:
    """Return what the register says of hearings; so many statements, however many."""
    kinds = read_roster(work).kinds
    rows = work.session.execute(_hearings(ids)).all()
    counts = _counts(work, [row.Hearing.case_id for row in rows])
    return {
        row.Hearing.id: _values(row)
        | {"kind": kinds.get(row.kind_code, row.kind_code)}
        | {name: found.get(row.Hearing.case_id, 0) for name, found in counts.items()}
        for row in rows
    }


def _hearings(ids: Sequence[int]) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            *(Hearing, Case.title, Case.number, Case.kind_code),
            *(Unit.name.label("unit"), HearingPlan.planned_on, HearingPlan.place),
        )
        .join(Case, Case.id == Hearing.case_id)
        .join(Unit, Unit.id == Case.unit_id)
        .outerjoin(HearingPlan, HearingPlan.case_id == Hearing.case_id)
        .where(Hearing.id.in_(ids))
    )


def _values(row: Any) -> dict[str, Value]:
    hearing: Hearing = row.Hearing
    return {
        "title": row.title,
        "number": row.number,
        "unit": row.unit,
        "is_held": say_whether(hearing.is_held),
        "reason": hearing.reason,
        "announced_on": hearing.announced_on,
        "planned_on": row.planned_on,
        "place": row.place,
        "delivered_on": hearing.delivered_on,
        "held_on": hearing.held_on,
    }


def _counts(work: Work, cases: Sequence[int]) -> dict[str, dict[int, int]]:
    """Return by column how many there are in each case."""
    came = HearingParticipant.attended.is_(True)
    return {
        "applicants": _count(work, HearingApplicant, cases),
        "participants": _count(work, HearingParticipant, cases),
        "attended": _count(work, HearingParticipant, cases, came),
        "opinions": _count(work, HearingOpinion, cases),
    }


def _count(
    work: Work, table: Any, cases: Sequence[int], *where: sa.ColumnElement[bool]
) -> dict[int, int]:
    rows = work.session.execute(
        sa.select(table.case_id, sa.func.count(table.id))
        .where(table.case_id.in_(cases), *where)
        .group_by(table.case_id)
    )
    return {row[0]: row[1] for row in rows}
