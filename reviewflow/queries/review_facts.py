"""Reviews and submissions as the figures need them, in few statements."""

from collections.abc import Iterator
from datetime import date, datetime

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
    changed = question.limit
    for found in _clocks(work, question):
        recompute = changed is not None and changed.limit_id == found.limit_id
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
    limits = _review_limits(work)
    of_review = sa.and_(
        CaseDeadline.task_id.is_(None),
        CaseDeadline.limit_id.in_(set(limits.values())),
        CaseDeadline.started_on <= question.last_day,
        *_not_finished_before(question),
    )
    pauses, signed = _pauses(work, of_review), _signed(work)
    select = (
        sa.select(
            CaseDeadline.id,
            Case.id,
            Case.process_version_id,
            Case.issuing_organ_id,
            Case.kind_code,
            Case.status,
            Case.finished_at,
            CaseDeadline.limit_id,
            CaseDeadline.started_on,
            CaseDeadline.due_on,
            CaseDeadline.met_on,
            CaseDeadline.cancelled_on,
        )
        .join(CaseDeadline.case)
        .where(of_review)
    )
    for (
        number,
        case_id,
        version,
        maker,
        code,
        status,
        ended,
        limit,
        *days,
    ) in work.session.execute(select):
        if limits.get(version) != limit:
            continue
        started_on, due_on, met_on, cancelled_on = days
        withdrawn_at = ended if status is CaseStatus.WITHDRAWN else None
        yield ReviewClock(
            case_id=case_id,
            maker_id=maker,
            kind_code=code,
            limit_id=limit,
            started_on=started_on,
            due_on=due_on,
            met_on=met_on,
            signed=(case_id, met_on) in signed,
            cancelled_on=cancelled_on,
            withdrawn_on=clock.beijing_date(withdrawn_at) if withdrawn_at else None,
            pauses=pauses.get(number, ()),
        )


def _not_finished_before(question: Question) -> list[sa.ColumnElement[bool]]:
    if question.from_on is None:
        return []
    met_on = CaseDeadline.met_on
    return [sa.or_(met_on.is_(None), met_on >= question.from_on)]


def _review_limits(work: Work) -> dict[int, str]:
    """Return, by process version, the limit under which its opinions are due."""
    versions = work.session.scalars(sa.select(ProcessVersion.id)).all()
    limits: dict[int, str] = {}
    for version in versions:
        steps = work.processes.get(work.session, version).kind.steps
        if REVIEW_STEP in steps and steps[REVIEW_STEP].deadline:
            limits[version] = steps[REVIEW_STEP].deadline
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
