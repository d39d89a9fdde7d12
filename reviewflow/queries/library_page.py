"""One document of the library: texts, relations, how long it holds, history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow import clerks
from reviewflow.effects.library import validity_limit
from reviewflow.errors import Missing
from reviewflow.law.limits import TimeLimit
from reviewflow.model.case import Case, Task
from reviewflow.model.document import Document, DocumentVersion
from reviewflow.model.erratum import Erratum
from reviewflow.model.event import Event
from reviewflow.model.filing import FilingObligation
from reviewflow.model.ledger import LedgerEntry
from reviewflow.model.library import DocumentRelation, LibraryDocument
from reviewflow.queries.ledgers import entry_of
from reviewflow.queries.library import LibraryRow, row_of
from reviewflow.work import Work

TEXT = "final_text"
STAGES = ("VL-01", "VL-02", "VL-03", "VL-04")
TOLD = ("document.", "validity.")
"""How the events begin that the history of a document shows."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A day before the end of validity, and what happens on it."""

    day: date
    limit: TimeLimit


@dataclass(frozen=True, slots=True)
class PublicDocument:
    """What everybody may know of a published document."""

    row: LibraryRow
    texts: Sequence[DocumentVersion]
    changes: Sequence[DocumentRelation]
    """What was done to it."""
    changed: Sequence[DocumentRelation]
    """What it did to others."""
    errata: Sequence[Erratum]
    """Errors that were put right, the first announced first."""


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """All that the page of one document shows to officials."""

    public: PublicDocument
    limit: TimeLimit | None
    longest: date | None
    """The last day it may be valid without a reason."""
    stages: Sequence[Stage]
    events: Sequence[Event]
    origin: Case | None
    ending: Case | None
    waiting: Sequence[Task]
    filings: Sequence[FilingObligation]
    may_change: bool
    entry: LedgerEntry | None
    """The row of a ledger it was entered from, if it was (补录)."""


def public_document(work: Work, document_id: int) -> PublicDocument:
    """Return a document as everybody may see it.

    Raises:
        Missing: There is none.
    """
    row = work.get(LibraryDocument, document_id)
    with work.beyond_sight():
        texts = _texts(work, row)
    return PublicDocument(
        row_of(work, row),
        texts,
        _relations(work, DocumentRelation.changed_id == row.id),
        _relations(work, DocumentRelation.document_id == row.id),
        _errata(work, row),
    )


def library_page(work: Work, document_id: int) -> LibraryPage:
    """Return a document with its case, its filings and what may be done.

    Raises:
        Missing: There is none.
    """
    public = public_document(work, document_id)
    row = public.row.document
    published, longest = row.publication, None
    start = published.effective_on or row.entered_on
    limit = validity_limit(work, published, start, is_pilot=row.is_pilot)
    if limit is not None:
        longest = work.law.deadline(limit.id, start).due_on
    return LibraryPage(
        public=public,
        limit=limit,
        longest=longest,
        stages=_stages(work, row),
        events=_events(work, row),
        origin=_case(work, row.case_id),
        ending=_case(work, row.validity_case_id),
        waiting=_waiting(work, row),
        filings=_filings(work, row),
        entry=entry_of(work, published),
        may_change=row.ended_on is None
        and row.holds_on(work.today)
        and clerks.actor_publishes_for(work, published.maker),
    )


def find_text(work: Work, document_id: int, number: int) -> DocumentVersion:
    """Return one version of the text that was published.

    Raises:
        Missing: There is none.
    """
    row = work.get(LibraryDocument, document_id)
    with work.beyond_sight():
        found = [one for one in _texts(work, row) if one.number == number]
    if not found:
        raise Missing
    return found[0]


def _texts(work: Work, row: LibraryDocument) -> Sequence[DocumentVersion]:
    return work.session.scalars(
        sa.select(DocumentVersion)
        .join(DocumentVersion.document)
        .where(Document.case_id == row.case_id, Document.role == TEXT)
        .order_by(DocumentVersion.number.desc())
    ).all()


def _relations(work: Work, which: sa.ColumnElement[bool]) -> Sequence[DocumentRelation]:
    return work.session.scalars(
        sa.select(DocumentRelation)
        .where(which)
        .options(
            joinedload(DocumentRelation.document), joinedload(DocumentRelation.changed)
        )
        .order_by(DocumentRelation.effective_on, DocumentRelation.id)
    ).all()


def _errata(work: Work, row: LibraryDocument) -> Sequence[Erratum]:
    return work.session.scalars(
        sa.select(Erratum)
        .where(Erratum.document_id == row.id)
        .order_by(Erratum.announced_on, Erratum.id)
    ).all()


def _stages(work: Work, row: LibraryDocument) -> list[Stage]:
    until = row.valid_until
    if until is None:
        return []
    limits = (work.law.limit(limit_id, until) for limit_id in STAGES)
    return [
        Stage(limit.deadline(until, work.law.calendar).due_on, limit)
        for limit in limits
    ]


def _events(work: Work, row: LibraryDocument) -> Sequence[Event]:
    told = sa.or_(*(Event.kind.startswith(start) for start in TOLD))
    attached = Event.kind == "document.attached"
    with work.beyond_sight():
        return work.session.scalars(
            sa.select(Event)
            .where(Event.case_id == row.case_id, told, ~attached)
            .order_by(Event.seq)
        ).all()


def _case(work: Work, case_id: int | None) -> Case | None:
    if case_id is None:
        return None
    return work.session.scalar(sa.select(Case).where(Case.id == case_id))


def _waiting(work: Work, row: LibraryDocument) -> Sequence[Task]:
    if row.validity_case_id is None:
        return ()
    with work.beyond_sight():
        return work.session.scalars(
            sa.select(Task)
            .where(Task.case_id == row.validity_case_id, Task.closed_at.is_(None))
            .options(joinedload(Task.assignee))
        ).all()


def _filings(work: Work, row: LibraryDocument) -> Sequence[FilingObligation]:
    return (
        work.session.scalars(
            sa.select(FilingObligation)
            .where(FilingObligation.publication_id == row.publication_id)
            .order_by(FilingObligation.id)
        )
        .unique()
        .all()
    )
