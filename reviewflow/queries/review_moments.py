"""What happened to reviews in a period, one row for each thing that is counted."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from reviewflow import clock
from reviewflow.law.calendar import working_days_between
from reviewflow.model.case import Case, CaseStatus
from reviewflow.model.event import Event
from reviewflow.model.opinion import Finding, Opinion
from reviewflow.queries.question import Question
from reviewflow.queries.rates import Names
from reviewflow.queries.review_book import OUTCOME, PROBLEM, WITHDRAWN, review_book
from reviewflow.queries.review_counts import ACCEPTED, ReviewFact
from reviewflow.queries.review_facts import review_facts, review_limits
from reviewflow.work import Work

Value = str | int | date | None


class Moment(NamedTuple):
    """One thing that is counted, with what the list behind it shows."""

    id: int
    """Of the case."""
    unit_id: int
    """Of the unit that drafted it."""
    kind_code: str
    on: date
    names: Names
    values: tuple[Value, ...]
    net_working_days: int | None = None
    total_working_days: int | None = None


def review_moments(work: Work, question: Question) -> list[Moment]:
    """Return what happened to the reviews the actor may see, in few statements.

    Args:
        work: Actor, instant and transaction.
        question: Of which period, and as of which day.
    """
    units = _units(work, question)
    found = [*_reviews(work, question, units), *_accepted(work, question)]
    return [*found, *_outcomes(work, question), *_findings(work, question)]


def _units(work: Work, question: Question) -> Mapping[int, int]:
    """Return who drafted each case that had not ended before the period."""
    ended = Case.finished_at < clock.beijing_instant(question.from_on or date.min)
    over = sa.and_(Case.finished_at.is_not(None), ended)
    select = sa.select(Case.id, Case.unit_id).where(_has_review(work))
    if question.from_on is not None:
        select = select.where(sa.not_(over))
    return {row.id: row.unit_id for row in work.session.execute(select)}


def _has_review(work: Work) -> sa.ColumnElement[bool]:
    return Case.process_version_id.in_(sorted(review_limits(work)))


def _within(question: Question, instant: Any) -> list[sa.ColumnElement[bool]]:
    wanted = [instant < clock.end_of_day(question.last_day)]
    if question.from_on is not None:
        wanted.append(instant >= clock.beijing_instant(question.from_on))
    return wanted


def _reviews(
    work: Work, question: Question, units: Mapping[int, int]
) -> Iterator[Moment]:
    calendar = work.law.calendar

    @cache
    def total(started_on: date, finished_on: date) -> int:
        return working_days_between(started_on, finished_on, calendar)

    for fact in review_facts(work, question, work.law):
        is_late = (fact.finished_on or question.as_of) > fact.due_on
        if fact.id not in units or not (is_late or fact.finished_on):
            continue
        spent = total(fact.started_on, fact.finished_on) if fact.finished_on else None
        yield _review(fact, units[fact.id], spent, is_late=is_late)


def _review(
    fact: ReviewFact, unit_id: int, total: int | None, *, is_late: bool
) -> Moment:
    answer = "late" if is_late else "in_time"
    finished = ("finished",) if fact.finished_on else ()
    days = (fact.net_working_days, total)
    dates = (fact.started_on, fact.due_on, fact.finished_on)
    return Moment(
        *(fact.id, unit_id, fact.kind_code, fact.counted_on),
        ("reviews", answer, *finished),
        (*dates, *days, review_book().answers[answer]),
        *days,
    )


def _accepted(work: Work, question: Question) -> Iterator[Moment]:
    rows = work.session.execute(
        sa.select(Case.id, Case.unit_id, Case.kind_code, Event.at)
        .join(Event, Event.case_id == Case.id)
        .where(Event.kind == ACCEPTED, *_within(question, Event.at))
    )
    for case_id, unit_id, code, at in rows:
        on = clock.beijing_date(at)
        yield Moment(case_id, unit_id, code, on, ("accepted",), (on,))


def _outcomes(work: Work, question: Question) -> Iterator[Moment]:
    signed = sa.select(
        Case.id, Case.unit_id, Case.kind_code, Opinion.signed_at, Opinion.conclusion
    ).join(Opinion, Opinion.case_id == Case.id)
    signed = signed.where(*_within(question, Opinion.signed_at))
    for case_id, unit_id, code, at, conclusion in work.session.execute(signed):
        yield _outcome(case_id, unit_id, code, at, conclusion.value)
    withdrawn = sa.select(Case.id, Case.unit_id, Case.kind_code, Case.finished_at)
    withdrawn = withdrawn.where(
        Case.status == CaseStatus.WITHDRAWN,
        _has_review(work),
        *_within(question, Case.finished_at),
    )
    for row in work.session.execute(withdrawn):
        yield _outcome(*row, WITHDRAWN)


def _outcome(case_id: int, unit_id: int, code: str, at: Any, outcome: str) -> Moment:
    on, said = _day(at), review_book().conclusions[outcome]
    names = ("outcomes", OUTCOME + outcome)
    return Moment(case_id, unit_id, code, on, names, (on, said))


def _findings(work: Work, question: Question) -> Iterator[Moment]:
    rows = work.session.execute(
        sa.select(
            *(Case.id, Case.unit_id, Case.kind_code, Opinion.signed_at),
            *(Finding.clause, Finding.problem, Finding.nature, Finding.adoption),
        )
        .select_from(Finding)
        .join(Finding.opinion)
        .join(Case, Case.id == Opinion.case_id)
        .where(*_within(question, Opinion.signed_at))
        .order_by(Finding.id)
    )
    words, problems = review_book().answers, review_book().problems
    for case_id, unit_id, code, at, clause, problem, nature, adoption in rows:
        on = _day(at)
        said = problems.get(problem, problem)
        answer = words[adoption.value if adoption else "waiting"]
        yield Moment(
            *(case_id, unit_id, code, on),
            ("findings", PROBLEM + problem),
            (on, clause, said, words[nature.value], answer),
        )


def _day(at: Any) -> date:
    """Return the Beijing date of an instant that the statement asked to be there."""
    return clock.beijing_date(at)
