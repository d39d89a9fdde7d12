"""Reviews and submissions as the figures need them, in few statements."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import QueryableAttribute

from reviewflow import clock
from reviewflow.effects.cases import REVIEW_STEP
from reviewflow.law.lawbook import Law
from reviewflow.model.case import Case, CaseStatus
from reviewflow.model.deadline import CaseDeadline, Pause
from reviewflow.model.event import Event
from reviewflow.model.opinion import Opinion
from reviewflow.model.process_version import ProcessVersion
from reviewflow.queries.question import Question
from reviewflow.queries.review_counts import (
    DECISIONS,
    ReviewClock,
    ReviewFact,
    SubmissionFact,
    review_fact,
)
from reviewflow.work import Work

Days = dict[int, list[tuple[date, date | None]]]


def review_facts(work: Work, question: Question, law: Law) -> Iterator[ReviewFact]:
    """Give the reviews of the period that the actor may see.

    A review belongs to the period in which it was finished, else was due.

    Args:
        work: Actor, instant and transaction.
        question: Which period, and as of which day.
        law: By which due dates are computed.
    """
    for found in _clocks(work, question):
        recompute = question.changes(found.limit_id)
        fact = review_fact(found, question.as_of, law, recompute=recompute)
        if fact is not None and _in_period(question, fact):
            yield fact


def submission_facts(work: Work, question: Question) -> Iterator[SubmissionFact]:
    """Give the submissions first answered in the period, with that answer."""
    first = (
        sa.select(Event.case_id, sa.func.min(Event.seq).label("seq"))
        .where(Event.kind.in_(DECISIONS))
        .group_by(Event.case_id)
        .subquery()
    )
    select = (
        sa.select(
            Event.case_id, Case.issuing_organ_id, Case.kind_code, Event.at, Event.kind
        )
        .join(
            first, sa.and_(Event.case_id == first.c.case_id, Event.seq == first.c.seq)
        )
        .join(Case, Case.id == Event.case_id)
        .where(*_within(question, Event.at))
    )
    for case_id, maker_id, kind_code, at, kind in work.session.execute(select):
        day = clock.beijing_date(at)
        yield SubmissionFact(case_id, maker_id, kind_code, day, kind)


def _within(
    question: Question, instant: QueryableAttribute[datetime]
) -> list[sa.ColumnElement[bool]]:
    wanted = [instant < clock.end_of_day(question.last_day)]
    if question.from_on is not None:
        wanted.append(instant >= clock.beijing_instant(question.from_on))
    return wanted


def _in_period(question: Question, fact: ReviewFact) -> bool:
    """It counts in the period; one that still runs may be due after the last day."""
    day = fact.counted_on
    if question.from_on is not None and day < question.from_on:
        return False
    return question.to_on is None or day <= question.to_on


def _clocks(work: Work, question: Question) -> Iterator[ReviewClock]:
    limits = review_limits(work)
    of_review = sa.and_(
        CaseDeadline.task_id.is_(None),
        CaseDeadline.limit_id.in_({one for known in limits.values() for one in known}),
        CaseDeadline.started_on <= question.last_day,
        *_not_finished_before(question),
    )
    pauses, signed = _pauses(work, of_review), _signed(work)
    for row in work.session.execute(_rounds(of_review)):
        if row.limit_id in limits.get(row.version, ()):
            is_signed = (row.case_id, row.met_on) in signed
            yield _clock(row, pauses.get(row.id, ()), signed=is_signed)


def _rounds(of_review: sa.ColumnElement[bool]) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            CaseDeadline.id,
            CaseDeadline.case_id,
            CaseDeadline.limit_id,
            CaseDeadline.started_on,
            CaseDeadline.due_on,
            CaseDeadline.met_on,
            CaseDeadline.cancelled_on,
            CaseDeadline.extended_by,
            CaseDeadline.extended_on,
            Case.process_version_id.label("version"),
            Case.issuing_organ_id.label("maker_id"),
            Case.kind_code,
            Case.status,
            Case.finished_at,
        )
        .join(CaseDeadline.case)
        .where(of_review)
    )


def _clock(
    row: Any, pauses: Sequence[tuple[date, date | None]], *, signed: bool
) -> ReviewClock:
    withdrawn = row.status is CaseStatus.WITHDRAWN and row.finished_at is not None
    return ReviewClock(
        case_id=row.case_id,
        maker_id=row.maker_id,
        kind_code=row.kind_code,
        limit_id=row.limit_id,
        started_on=row.started_on,
        due_on=row.due_on,
        met_on=row.met_on,
        signed=signed,
        cancelled_on=row.cancelled_on,
        withdrawn_on=clock.beijing_date(row.finished_at) if withdrawn else None,
        pauses=pauses,
        extended_by=row.extended_by,
        extended_on=row.extended_on,
    )


def _not_finished_before(question: Question) -> list[sa.ColumnElement[bool]]:
    if question.from_on is None:
        return []
    met_on = CaseDeadline.met_on
    return [sa.or_(met_on.is_(None), met_on >= question.from_on)]


def review_limits(work: Work) -> dict[int, tuple[str, ...]]:
    """Return, by process version, the limits under which its opinions are due.

    The usual one first; then those of an emergency and of single codes, if any.
    """
    versions = work.session.scalars(sa.select(ProcessVersion.id)).all()
    limits: dict[int, tuple[str, ...]] = {}
    for version in versions:
        kind = work.processes.get(work.session, version).kind
        if REVIEW_STEP in kind.steps and kind.steps[REVIEW_STEP].deadline:
            usual = kind.steps[REVIEW_STEP].deadline
            others = [kind.hastened, *kind.code_limits.values()]
            known = (table.get(REVIEW_STEP) for table in others)
            limits[version] = (usual, *(one for one in known if one))
    return limits


def _pauses(work: Work, of_review: sa.ColumnElement[bool]) -> Days:
    select = (
        sa.select(Pause.deadline_id, Pause.from_on, Pause.until_on)
        .join(Pause.deadline)
        .where(of_review)
        .order_by(Pause.id)
    )
    found: Days = {}
    for row in work.session.execute(select):
        found.setdefault(row.deadline_id, []).append((row.from_on, row.until_on))
    return found


def _signed(work: Work) -> set[tuple[int, date]]:
    """Return in which cases, and on which days, an opinion was signed."""
    rows = work.session.execute(
        sa.select(Opinion.case_id, Opinion.signed_at).where(
            Opinion.signed_at.is_not(None)
        )
    )
    return {(case_id, clock.beijing_date(at)) for case_id, at in rows if at}
