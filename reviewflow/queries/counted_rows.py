"""Rows of the lists behind numbers, with what only the database knows of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from reviewflow.model.case import Case
from reviewflow.model.filing import FilingObligation
from reviewflow.model.library import LibraryDocument
from reviewflow.model.people import Unit
from reviewflow.model.publication import JointMaker, Publication, named_with
from reviewflow.model.standing import Standing
from reviewflow.queries.case_counts import CaseFact
from reviewflow.queries.definitions import book
from reviewflow.queries.filing_counts import FilingFact, filing_names
from reviewflow.queries.filing_review_counts import FilingReviewFact
from reviewflow.queries.groups import Fact
from reviewflow.queries.indicators import Indicators
from reviewflow.queries.library_counts import LibraryFact
from reviewflow.queries.organ_counts import OrganFact
from reviewflow.queries.review_counts import ReviewFact, SubmissionFact, review_names
from reviewflow.work import Work

BATCH = 10_000
"""Ids in one statement; a database takes some 30,000."""

Value = str | int | date | None
Selected = sa.Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class CountedRow:
    """One row: the id of what the subject's ids are of, a value for each heading."""

    id: int
    values: tuple[Value, ...]


def rows_of(
    work: Work, answer: Indicators, subject: str, facts: Sequence[Fact]
) -> list[CountedRow]:
    """Return the facts as rows of the list of their subject."""
    ids = sorted({fact.id for fact in facts})
    told: dict[int, Any] = {}
    for start in range(0, len(ids), BATCH):
        selected = SELECTS[book().ids[subject]](ids[start : start + BATCH])
        told |= {row.id: row for row in work.session.execute(selected)}
    joint = _joint_names(work, ids, book().ids[subject])
    return [
        CountedRow(fact.id, _values(answer, told[fact.id], fact, joint.get(fact.id)))
        for fact in facts
    ]


def _joint_names(work: Work, ids: Sequence[int], of: str) -> dict[int, str]:
    """Return those who issued a document with its maker, by the id of the row."""
    if of not in ISSUED:
        return {}
    row_id, publication_id, table = ISSUED[of]
    found: dict[int, list[str]] = {}
    for start in range(0, len(ids), BATCH):
        named = (
            sa.select(row_id.label("id"), Unit.name)
            .select_from(table)
            .join(JointMaker, JointMaker.publication_id == publication_id)
            .join(Unit, Unit.id == JointMaker.unit_id)
            .where(row_id.in_(ids[start : start + BATCH]))
            .order_by(JointMaker.position)
        )
        for row in work.session.execute(named):
            found.setdefault(row.id, []).append(row.name)
    return {number: "、".join(names) for number, names in found.items()}


def _filings(ids: Sequence[int]) -> Selected:
    return (
        sa.select(
            FilingObligation.id,
            Publication.title,
            Publication.doc_number.label("number"),
            Unit.name.label("authority"),
        )
        .join(FilingObligation.publication)
        .join(Unit, Unit.id == FilingObligation.authority_id)
        .where(FilingObligation.id.in_(ids))
    )


def _cases(ids: Sequence[int]) -> Selected:
    return sa.select(Case.id, Case.title, Case.number).where(Case.id.in_(ids))


def _documents(ids: Sequence[int]) -> Selected:
    number = Publication.doc_number.label("number")
    return (
        sa.select(LibraryDocument.id, Publication.title, number)
        .join(LibraryDocument.publication)
        .where(LibraryDocument.id.in_(ids))
    )


def _units(ids: Sequence[int]) -> Selected:
    return sa.select(Unit.id, Unit.name, Unit.level, Unit.area).where(Unit.id.in_(ids))


SELECTS: Mapping[str, Callable[[Sequence[int]], Selected]] = {
    # what ids are of: what gives title, number and the like by them
    "filings": _filings,
    "cases": _cases,
    "documents": _documents,
    "units": _units,
}


ISSUED: Mapping[str, tuple[Any, Any, Any]] = {
    # what ids are of: the id, that of the publication, and the table of both
    "filings": (
        FilingObligation.id,
        FilingObligation.publication_id,
        FilingObligation,
    ),
    "cases": (Publication.case_id, Publication.id, Publication),
    "documents": (
        LibraryDocument.id,
        LibraryDocument.publication_id,
        LibraryDocument,
    ),
}


def _values(
    answer: Indicators, told: Any, fact: Fact, joint: str | None
) -> tuple[Value, ...]:
    if isinstance(fact, OrganFact):
        level = book().labels[told.level.value]
        return (told.name, level, told.area or None, *fact.values)
    day, maker = answer.question.as_of, answer.roster.makers[fact.maker_id].name
    first = (told.title, told.number, named_with(maker, joint or ""))
    if isinstance(fact, FilingFact):
        return (*first, told.authority, *_filing_values(fact, day))
    if isinstance(fact, ReviewFact):
        return (*first, *_review_values(fact, day))
    if isinstance(fact, FilingReviewFact | CaseFact | LibraryFact):
        of_filing = isinstance(fact, FilingReviewFact)
        more = told.authority if of_filing else fact.counted_on
        return (*first, more, *map(_word, fact.values))
    return (*first, *_submission_values(fact))


def _filing_values(fact: FilingFact, day: date) -> tuple[Value, ...]:
    standing, words = fact.standing, book().answers
    status = words[standing.status(day)]
    awaited = _awaited(standing, day)
    return (
        fact.counted_on,
        standing.due_on,
        standing.filed_on(day),
        f"{status}（{words[awaited]}）" if awaited else status,
        words[_first_go(fact, day)] if standing.filed_on(day) else None,
    )


def _awaited(standing: Standing, day: date) -> str:
    """Return what a filing waits for: to be registered, or to be supplemented."""
    registered = standing.is_conforming(day, after_correction=True)
    if registered or standing.filed_on(day) is None:
        return ""
    is_asked = any(
        notice_on <= day and not (corrected_on and corrected_on <= day)
        for notice_on, _, corrected_on in standing.corrections
    )
    return "awaiting_correction" if is_asked else "awaiting_decision"


def _first_go(fact: FilingFact, day: date) -> str:
    names = filing_names(fact.standing, day)
    known = ("conforming", "nonconforming")
    return next((name for name in known if name in names), "undecided")


def _review_values(fact: ReviewFact, day: date) -> tuple[Value, ...]:
    names = review_names(fact, day)
    answers = {"every_reviews_late": "late", "every_reviews_in_time": "in_time"}
    words = book().answers
    key = next((answers[name] for name in names if name in answers), "running")
    extended = words["extended"].format(days=fact.extended_by)
    return (
        fact.started_on,
        fact.due_on,
        fact.finished_on,
        fact.net_working_days,
        f"{words[key]}（{extended}）" if fact.extended_by else words[key],
    )


def _word(value: Value) -> Value:
    return book().answers.get(value, value) if isinstance(value, str) else value


def _submission_values(fact: SubmissionFact) -> tuple[Value, ...]:
    return fact.counted_on, book().answers[fact.outcome]
