"""What only yearly reports count: opinions, problems found, papers sent back, staff."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from reviewflow import clock
from reviewflow.model.case import Case
from reviewflow.model.cleanup import CleanupItem
from reviewflow.model.event import Event
from reviewflow.model.library import LibraryDocument
from reviewflow.model.opinion import Finding, Opinion
from reviewflow.model.people import Membership, Unit, User
from reviewflow.model.publication import Publication
from reviewflow.permissions import REVIEWING
from reviewflow.queries.question import Question
from reviewflow.queries.rates import Names
from reviewflow.queries.report_outlines import outlines
from reviewflow.work import Work

Value = str | int | date | None
Conditions = list[sa.ColumnElement[bool]]


class ReportFact(NamedTuple):
    """Something a report counts, with what the list behind it shows.

    `subject` says of what list it is, and so of what the id is; `sender_id` who sent
    the matter in. A person has neither kind nor day.
    """

    id: int
    subject: str
    maker_id: int
    sender_id: int
    kind_code: str
    counted_on: date | None
    names: Names
    values: tuple[Value, ...]


def report_facts(work: Work, question: Question) -> Iterator[ReportFact]:
    """Give what only reports count, of a period and as of a day.

    Args:
        work: Actor, instant and transaction.
        question: Which period, as of which day, and whose matters.
    """
    for fact in (
        *_opinions(work, question),
        *_problems(work, question),
        *_events(work, question),
        *_cleaned(work, question),
        *_staff(work, question),
    ):
        if question.makers is None or fact.maker_id in question.makers:
            yield fact


def _within(question: Question, instant: Any) -> Conditions:
    wanted: Conditions = [instant < clock.end_of_day(question.last_day)]
    if question.from_on is not None:
        wanted.append(instant >= clock.beijing_instant(question.from_on))
    return wanted


OF_CASE = (
    *(Case.id, Case.issuing_organ_id.label("maker_id")),
    *(Case.unit_id.label("sender_id"), Case.kind_code, Unit.name.label("sender")),
)


def _of_cases(*more: Any) -> sa.Select[*tuple[Any, ...]]:
    """Select what is counted of cases, with whatever else is wanted."""
    return (
        sa.select(*OF_CASE, *more).select_from(Case).join(Unit, Unit.id == Case.unit_id)
    )


def _opinions(work: Work, question: Question) -> Iterator[ReportFact]:
    """Give every opinion that was signed; one matter may have several."""
    findings = (
        sa.select(sa.func.count(Finding.id))
        .where(Finding.opinion_id == Opinion.id)
        .scalar_subquery()
    )
    rows = work.session.execute(
        _of_cases(Opinion.signed_at, Opinion.doc_number, Opinion.conclusion, findings)
        .join(Opinion, Opinion.case_id == Case.id)
        .where(*_within(question, Opinion.signed_at))
        .order_by(Opinion.id)
    )
    names = outlines().conclusions
    for *of, signed_at, number, conclusion, problems in rows:
        count = names[conclusion.value]
        values = (number, outlines().heading(count), problems)
        yield _of_case(of, "opinions", signed_at, ("opinions", count), values)


def _problems(work: Work, question: Question) -> Iterator[ReportFact]:
    """Give every finding of a signed opinion."""
    rows = work.session.execute(
        _of_cases(Opinion.signed_at, Finding.problem, Finding.clause)
        .join(Opinion, Opinion.case_id == Case.id)
        .join(Finding, Finding.opinion_id == Opinion.id)
        .where(*_within(question, Opinion.signed_at))
        .order_by(Opinion.id, Finding.position)
    )
    for *of, signed_at, problem, clause in rows:
        count = outlines().problems.get(problem, "")
        names = ("problems", count) if count else ("problems",)
        values = (outlines().counts.get(count, problem), clause)
        yield _of_case(of, "problems", signed_at, names, values)


def _events(work: Work, question: Question) -> Iterator[ReportFact]:
    """Give how often papers were sent back or had to be supplemented, and the like."""
    counts = outlines().events
    rows = work.session.execute(
        _of_cases(Event.at, Event.kind)
        .join(Event, Event.case_id == Case.id)
        .where(Event.kind.in_(counts), *_within(question, Event.at))
        .order_by(Event.case_id, Event.seq)
    )
    for *of, at, kind in rows:
        count = counts[kind]
        yield _of_case(of, "events", at, (count,), (outlines().counts[count],))


def _of_case(
    of: Sequence[Any],
    subject: str,
    at: datetime,
    names: Names,
    values: tuple[Value, ...],
) -> ReportFact:
    case_id, maker_id, sender_id, kind_code, sender = of
    on = clock.beijing_date(at)
    whose = (case_id, subject, maker_id, sender_id, kind_code)
    return ReportFact(*whose, on, names, (sender, on, *values))


def _cleaned(work: Work, question: Question) -> Iterator[ReportFact]:
    """Give every document of which a campaign has settled what becomes of it."""
    rows = work.session.execute(
        sa.select(
            CleanupItem.document_id,
            Publication.maker_id,
            CleanupItem.unit_id,
            Publication.kind_code,
            CleanupItem.confirmed_at,
            CleanupItem.result,
            Unit.name,
        )
        .join(LibraryDocument, LibraryDocument.id == CleanupItem.document_id)
        .join(Publication, Publication.id == LibraryDocument.publication_id)
        .join(Unit, Unit.id == CleanupItem.unit_id)
        .where(
            *_within(question, CleanupItem.confirmed_at),
        )
        .order_by(CleanupItem.id)
    )
    for document_id, maker_id, unit_id, kind_code, at, result, unit in rows:
        if result is None or at is None:
            continue
        count, on = outlines().results[result.value], clock.beijing_date(at)
        whose = (document_id, "cleaned", maker_id, unit_id, kind_code)
        values = (unit, on, outlines().counts[count])
        yield ReportFact(*whose, on, ("cleaned", count), values)


def _staff(work: Work, question: Question) -> Iterator[ReportFact]:
    """Give who reviews on the day as of which is asked; everybody once."""
    day = question.as_of
    rows = work.session.execute(
        sa.select(User.id, Unit.id, Unit.name, Membership.valid_from, Membership.role)
        .join(Membership, Membership.user_id == User.id)
        .join(Unit, Unit.id == Membership.unit_id)
        .where(
            Membership.role.in_(REVIEWING),
            Membership.valid_from <= day,
            sa.or_(Membership.valid_to.is_(None), Membership.valid_to >= day),
        )
        .order_by(User.position, User.id, Membership.id)
    )
    first: dict[int, ReportFact] = {}
    for user_id, unit_id, unit, since, role in rows:
        values = (unit, since, outlines().posts[role.value])
        whose = (user_id, "staff", unit_id, unit_id, "")
        first.setdefault(user_id, ReportFact(*whose, None, ("staff",), values))
    yield from first.values()
