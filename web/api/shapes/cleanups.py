"""How clean-up campaigns look, and what may be sent about them."""

from pydantic import Field

from reviewflow.model.cleanup import CleanupItem as CleanupItemRow
from reviewflow.model.cleanup import CleanupResult
from reviewflow.queries.cleanups import CleanupPage, CleanupRow
from web.api.shapes.people import Organ
from web.api.wire import Answer, Body, Day, Key, Text, Word


class Cleanup(Answer):
    """One campaign of one organ."""

    id: int
    organ: Organ
    title: str
    basis: str
    reference_on: Day
    due_on: Day
    published_on: Day | None
    channel: str
    decision: str


class CleanupLine(Cleanup):
    """A campaign in a list, with how far it is."""

    documents: int
    answered: int
    confirmed: int


class Cleanups(Answer):
    """A part of the list of campaigns."""

    items: list[CleanupLine]
    total: int
    next: str | None


class CleanupItem(Answer):
    """One document: what its unit proposes, and what is confirmed."""

    id: int
    library_id: int
    title: str
    doc_number: str
    unit: Organ
    proposal: CleanupResult | None
    reason: str
    result: CleanupResult | None
    result_reason: str


class CleanupRecord(Cleanup):
    """One campaign with every document of its list."""

    is_late: bool
    items: list[CleanupItem]


class NewCleanup(Body):
    """What is to be cleaned up, on what basis, and by when."""

    organ_id: Key
    title: Word
    basis: Word
    reference_on: Day
    due_on: Day


class CleanupOpinion(Body):
    """What is to become of a document, and why."""

    proposal: CleanupResult = Field(strict=False)
    reason: Text = ""


class CleanupPublication(Body):
    """When and where the result was published, and who decided it."""

    published_on: Day
    channel: Word
    decision: Word


def cleanup_line(row: CleanupRow) -> CleanupLine:
    """Return a campaign in a list."""
    return CleanupLine(
        **Cleanup.model_validate(row.cleanup).model_dump(),
        documents=row.documents,
        answered=row.answered,
        confirmed=row.confirmed,
    )


def cleanup_record(page: CleanupPage) -> CleanupRecord:
    """Return one campaign with its documents."""
    return CleanupRecord(
        **Cleanup.model_validate(page.cleanup).model_dump(),
        is_late=page.is_late,
        items=[_item(one) for one in page.items],
    )


def _item(row: CleanupItemRow) -> CleanupItem:
    published = row.document.publication
    return CleanupItem(
        id=row.id,
        library_id=row.document_id,
        title=published.title,
        doc_number=published.doc_number,
        unit=Organ.model_validate(row.unit),
        proposal=row.proposal,
        reason=row.reason,
        result=row.result,
        result_reason=row.result_reason,
    )
