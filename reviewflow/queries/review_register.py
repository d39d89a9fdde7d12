"""审查台账: one row for each case that is to be reviewed."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from reviewflow import clock
from reviewflow.effects.opinions import LABELS
from reviewflow.law.calendar import Pause, working_days_between
from reviewflow.model.advice import Advice
from reviewflow.model.case import Case
from reviewflow.model.deadline import CaseDeadline
from reviewflow.model.event import Event
from reviewflow.model.hearing import Hearing
from reviewflow.model.opinion import Adoption, Finding, Opinion
from reviewflow.model.people import Unit, User
from reviewflow.queries.groups import read_roster
from reviewflow.queries.register_filters import RegisterFilter
from reviewflow.queries.review_facts import review_limits
from reviewflow.register_columns import Told, Value, say, say_whether
from reviewflow.work import Work

SUPPLEMENT = "case.supplement_requested"
ADOPTED = (Adoption.FULL, Adoption.PARTIAL)


def review_ids(work: Work, wanted: RegisterFilter) -> sa.Select[int]:
    """Return the statement for the cases wanted, the latest first."""
    return (
        sa.select(Case.id)
        .where(
            Case.process_version_id.in_(sorted(review_limits(work))),
            *wanted.instants(Case.started_at),
            *wanted.of(Case.unit_id, Case.kind_code),
        )
        .order_by(Case.started_at.desc(), Case.id.desc())
    )


def review_rows(work: Work, ids: Sequence[int]) -> Told:
    """Return what the register says of cases; so many statements, however many."""
    told = _cases(work, ids)
    parts = (_clocks(work, ids), _opinions(work, ids), _counts(work, ids))
    for part in parts:
        for case_id, values in part.items():
            told[case_id] |= values
    for values in told.values():
        if not values.get("signed_on"):
            values |= {"net": None, "total": None}
    return told


def _cases(work: Work, ids: Sequence[int]) -> Told:
    organ, kinds = aliased(Unit), read_roster(work).kinds
    rows = work.session.execute(
        sa.select(
            *(Case.id, Case.title, Case.number, Case.kind_code, Case.started_at),
            *(Case.status, Case.phase, Unit.name.label("unit")),
            *(organ.name.label("organ"), User.display_name.label("drafter")),
        )
        .join(Unit, Unit.id == Case.unit_id)
        .join(organ, organ.id == Case.issuing_organ_id)
        .join(User, User.id == Case.drafter_id)
        .where(Case.id.in_(ids))
    )
    return {
        row.id: {
            "title": row.title,
            "number": row.number,
            "unit": row.unit,
            "organ": row.organ,
            "drafter": row.drafter,
            "phase": row.phase,
            "kind": kinds.get(row.kind_code, row.kind_code),
            "started_on": clock.beijing_date(row.started_at),
            "status": say(row.status.value),
        }
        for row in rows
    }


def _clocks(work: Work, ids: Sequence[int]) -> Told:
    """Return the latest round of review of each case."""
    limits = {one for known in review_limits(work).values() for one in known}
    rounds = work.session.scalars(
        sa.select(CaseDeadline)
        .where(
            CaseDeadline.case_id.in_(ids),
            CaseDeadline.task_id.is_(None),
            CaseDeadline.limit_id.in_(limits),
        )
        .order_by(CaseDeadline.id)
    )
    return {one.case_id: _clock(work, one) for one in rounds}


def _clock(work: Work, row: CaseDeadline) -> dict[str, Value]:
    told: dict[str, Value] = {"accepted_on": row.started_on, "due_on": row.due_on}
    told["extended"] = row.extended_by or None
    if row.met_on is not None:
        calendar, until = work.law.calendar, row.met_on
        pauses = [Pause(p.from_on, p.until_on or until, p.reason) for p in row.pauses]
        told["net"] = working_days_between(row.started_on, until, calendar, pauses)
        told["total"] = working_days_between(row.started_on, until, calendar)
    return told


def _opinions(work: Work, ids: Sequence[int]) -> Told:
    """Return the latest signed opinion on each case, and what became of it."""
    handler, checker, signer = aliased(User), aliased(User), aliased(User)
    rows = work.session.execute(
        sa.select(
            *(Opinion.id, Opinion.case_id, Opinion.signed_at, Opinion.doc_number),
            *(Opinion.conclusion, handler.display_name.label("handler")),
            checker.display_name.label("checker"),
            signer.display_name.label("signer"),
        )
        .join(handler, handler.id == Opinion.written_by_id)
        .outerjoin(checker, checker.id == Opinion.checked_by_id)
        .join(signer, signer.id == Opinion.signed_by_id)
        .where(Opinion.case_id.in_(ids), Opinion.signed_at.is_not(None))
        .order_by(Opinion.id)
    )
    latest = {row.case_id: row for row in rows}
    found = _findings(work, [row.id for row in latest.values()])
    return {
        case_id: _opinion(row, *found.get(row.id, (0, 0)))
        for case_id, row in latest.items()
    }


def _opinion(row: Any, findings: int, adopted: int) -> dict[str, Value]:
    return {
        "signed_on": clock.beijing_date(row.signed_at),
        "doc_number": row.doc_number,
        "conclusion": LABELS[row.conclusion],
        "handler": row.handler,
        "checker": row.checker,
        "signer": row.signer,
        "findings": findings,
        "adopted": adopted,
    }


def _findings(work: Work, opinion_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    adopted = sa.func.count(sa.case((Finding.adoption.in_(ADOPTED), 1)))
    rows = work.session.execute(
        sa.select(Finding.opinion_id, sa.func.count(Finding.id), adopted)
        .where(Finding.opinion_id.in_(opinion_ids))
        .group_by(Finding.opinion_id)
    )
    return {opinion_id: (count, taken) for opinion_id, count, taken in rows}


def _counts(work: Work, ids: Sequence[int]) -> Told:
    """Return requests to supplement, signed advice, and whether there is a hearing."""
    held = work.session.execute(
        sa.select(Hearing.case_id, Hearing.is_held)
        .where(Hearing.case_id.in_(ids))
        .order_by(Hearing.id)
    )
    heard = {row.case_id: say_whether(row.is_held) for row in held}
    asked = _numbers(work, Event.case_id, ids, Event.kind == SUPPLEMENT)
    advised = _numbers(work, Advice.case_id, ids, Advice.signed_at.is_not(None))
    return {
        case_id: {
            "supplements": asked.get(case_id, 0),
            "advices": advised.get(case_id, 0),
            "hearing": heard.get(case_id),
        }
        for case_id in ids
    }


def _numbers(
    work: Work, case_id: Any, ids: Sequence[int], which: sa.ColumnElement[bool]
) -> dict[int, int]:
    select = sa.select(case_id, sa.func.count()).where(case_id.in_(ids), which)
    rows = work.session.execute(select.group_by(case_id))
    return {row[0]: row[1] for row in rows}
