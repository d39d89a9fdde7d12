"""What proves an item beside the indicators: campaigns, catalogues, assessments."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from reviewflow import chinese, clock
from reviewflow.model.catalogue import Catalogue, CatalogueSort
from reviewflow.model.cleanup import Cleanup, CleanupItem
from reviewflow.model.library import HOLDING, LibraryDocument, state_column
from reviewflow.model.people import Unit
from reviewflow.model.post_assessment import PostAssessment
from reviewflow.model.publication import Publication
from reviewflow.queries.item_book import Measure
from reviewflow.queries.post_assessments import AT_LEAST_ONE
from reviewflow.queries.question import Question
from reviewflow.work import Work

MET = ""


class Proof(NamedTuple):
    """One thing that counts for an item: whose, what, where it is, what it lacks."""

    unit_id: int | None
    name: str
    path: str
    told: str = ""
    lack: str = MET
    """The count of those that are missing it belongs to; none if it is in order."""


Proofs = Sequence[Proof]


def _campaigns(measure: Measure, question: Question) -> sa.ColumnElement[bool]:
    """Return which campaigns count: begun in the period, and of the subject."""
    begins = question.from_on or question.last_day
    return sa.and_(
        Cleanup.started_at >= clock.beijing_instant(begins),
        Cleanup.started_at < clock.end_of_day(question.last_day),
        sa.or_(*(Cleanup.title.contains(word) for word in measure.words))
        | sa.or_(*(Cleanup.basis.contains(word) for word in measure.words)),
    )


def cleanup_documents(work: Work, question: Question, measure: Measure) -> Proofs:
    """Return every document on the lists of the campaigns, confirmed or not."""
    select = (
        sa.select(
            Cleanup.id,
            Cleanup.title.label("campaign"),
            CleanupItem.unit_id,
            CleanupItem.answered_at,
            CleanupItem.confirmed_at,
            Publication.title,
        )
        .join(Cleanup, Cleanup.id == CleanupItem.cleanup_id)
        .join(LibraryDocument, LibraryDocument.id == CleanupItem.document_id)
        .join(Publication, Publication.id == LibraryDocument.publication_id)
        .where(_campaigns(measure, question))
        .order_by(CleanupItem.id)
    )
    over = clock.end_of_day(question.as_of)

    def lack(row: Any) -> str:
        if row.confirmed_at is not None and row.confirmed_at < over:
            return MET
        is_answered = row.answered_at is not None and row.answered_at < over
        return "unconfirmed" if is_answered else "unanswered"

    return [
        Proof(row.unit_id, row.title, f"/cleanups/{row.id}", row.campaign, lack(row))
        for row in work.session.execute(select)
    ]


def cleanups(work: Work, question: Question, measure: Measure) -> Proofs:
    """Return the campaigns, published or not."""
    select = sa.select(
        Cleanup.id, Cleanup.organ_id, Cleanup.title, Cleanup.published_on
    ).where(_campaigns(measure, question))
    return [
        Proof(
            organ_id,
            title,
            f"/cleanups/{number}",
            chinese.day(on),
            MET if on and on <= question.as_of else "unpublished",
        )
        for number, organ_id, title, on in work.session.execute(select)
    ]


def catalogues(work: Work, question: Question, _measure: Measure) -> Proofs:
    """Return the catalogues of the year that were public on the day."""
    select = (
        sa.select(Catalogue.id, Catalogue.organ_id, Unit.name, Catalogue.published_on)
        .join(Unit, Unit.id == Catalogue.organ_id)
        .where(
            Catalogue.sort == CatalogueSort.DECISIONS,
            Catalogue.year == question.last_day.year,
            Catalogue.published_on <= question.as_of,
        )
        .order_by(Unit.position, Unit.id)
    )
    return [
        Proof(organ_id, name, f"/catalogues/{number}", chinese.day(on))
        for number, organ_id, name, on in work.session.execute(select)
    ]


def assessments(work: Work, question: Question, _measure: Measure) -> Proofs:
    """Return the post-assessments finished in the period, with their reports."""
    select = (
        sa.select(
            PostAssessment.id,
            PostAssessment.organ_id,
            PostAssessment.document_id,
            PostAssessment.done_on,
            PostAssessment.report_sha256,
            Publication.title,
        )
        .join(LibraryDocument, LibraryDocument.id == PostAssessment.document_id)
        .join(Publication, Publication.id == LibraryDocument.publication_id)
        .where(PostAssessment.done_on.between(question.from_on, question.last_day))
        .order_by(PostAssessment.done_on, PostAssessment.id)
    )
    return [
        Proof(
            row.organ_id,
            row.title,
            f"/post-assessments/{row.id}/report"
            if row.report_sha256
            else f"/library/{row.document_id}",
            chinese.day(row.done_on),
        )
        for row in work.session.execute(select)
    ]


def assessing_organs(work: Work, question: Question, _measure: Measure) -> Proofs:
    """Return the makers of documents in force, and whether each has assessed one."""
    year, day = question.last_day.year, question.as_of
    planned = sa.select(PostAssessment.organ_id, PostAssessment.done_on).where(
        PostAssessment.year == year,
        PostAssessment.planned_at < clock.end_of_day(day),
    )
    states: dict[int, str] = {}
    for organ_id, done_on in work.session.execute(planned):
        is_done = done_on is not None and done_on <= day
        if is_done or organ_id not in states:
            states[organ_id] = MET if is_done else "unfinished"
    path = f"/post-assessments?year={year}"
    return [
        Proof(unit_id, name, path, lack=states.get(unit_id, "unplanned"))
        for unit_id, name in work.session.execute(_makers(work, question))
    ]


def _makers(work: Work, question: Question) -> sa.Select[int, str]:
    day = question.as_of
    limit = work.law.limit(AT_LEAST_ONE, day)
    makers = (
        sa.select(Publication.maker_id)
        .join(LibraryDocument, LibraryDocument.publication_id == Publication.id)
        .where(
            state_column(day).in_(HOLDING),
            LibraryDocument.entered_on <= day,
            Publication.kind_code.in_(limit.applies),
        )
    )
    return (
        sa.select(Unit.id, Unit.name)
        .where(Unit.id.in_(makers))
        .order_by(Unit.position, Unit.id)
    )


def own_rules(work: Work, question: Question, measure: Measure) -> Proofs:
    """Return documents in force on the day that bear such a title."""
    day = question.as_of
    select = (
        sa.select(
            LibraryDocument.id,
            Publication.maker_id,
            Publication.title,
            Publication.doc_number,
        )
        .join(LibraryDocument.publication)
        .where(
            state_column(day).in_(HOLDING),
            LibraryDocument.entered_on <= day,
            sa.or_(*(Publication.title.contains(word) for word in measure.words)),
        )
        .order_by(LibraryDocument.id)
    )
    return [
        Proof(maker_id, title, f"/library/{number}", doc_number)
        for number, maker_id, title, doc_number in work.session.execute(select)
    ]
