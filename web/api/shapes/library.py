"""How documents of the library look: validity, relations, texts."""

from pydantic import Field

from reviewflow.model.library import (
    DocumentKind,
    DocumentRelation,
    DocumentState,
    LibraryDocument,
    RelationSort,
)
from reviewflow.queries.library import LibraryRow
from reviewflow.queries.library_page import LibraryPage
from web.api.shapes.people import Organ
from web.api.wire import Answer, Body, Day, Key, Text, Window, Word


class LibraryQuery(Window):
    """Which documents."""

    q: Word = ""
    maker: Key | None = None
    kind: DocumentKind | None = None
    year: int | None = Field(default=None, ge=1, le=9999)
    state: DocumentState | None = None
    soon: bool = False


class LibraryLine(Answer):
    """One published document, and where it stands today."""

    id: int
    title: str
    doc_number: str
    kind_code: str
    maker: Organ
    joint_makers: list[Organ]
    unit: Organ
    published_on: Day | None
    effective_on: Day | None
    valid_until: Day | None
    state: DocumentState
    ends_soon: bool
    begins_later: bool


class LibraryLines(Answer):
    """A part of the library."""

    items: list[LibraryLine]
    total: int
    next: str | None


class Relation(Answer):
    """What was done: to this document by another, or by this one to another."""

    sort: RelationSort
    effective_on: Day
    basis: str
    library_id: int | None
    doc_number: str | None
    title: str | None


class Erratum(Answer):
    """An error that was put right, and where that stands."""

    wrong: str
    corrected: str
    announced_on: Day
    channel: str


class PublishedText(Answer):
    """One version of the text that was published."""

    number: int
    name: str
    media_type: str
    size_bytes: int
    sha256: str


class ValidityStage(Answer):
    """A day before the end, and what happens on it."""

    day: Day
    limit_id: str
    title: str


class LibraryRecord(LibraryLine):
    """One document with its validity and its relations."""

    register_number: str
    channel: str
    longest: Day | None
    long_reason: str
    ended_on: Day | None
    stages: list[ValidityStage]
    case_id: int | None
    validity_case_id: int | None
    changes: list[Relation]
    changed: list[Relation]
    errata: list[Erratum]
    texts: list[PublishedText]


class DocumentChange(Body):
    """What was done to a document, since when, by which one or on what basis."""

    sort: RelationSort = Field(strict=False)
    effective_on: Day
    basis: Text
    number: Word = ""


class DocumentErratum(Body):
    """What was printed wrongly, what it must read, when and where it is announced."""

    wrong: Text
    corrected: Text
    announced_on: Day
    channel: Word
    keeps_rights: bool

    def typed(self) -> dict[str, str]:
        """Return it as the form of the page sends it."""
        return super().typed() | {"keeps_rights": "yes" if self.keeps_rights else "no"}


def library_line(row: LibraryRow) -> LibraryLine:
    """Return one document of the list."""
    one, published = row.document, row.document.publication
    return LibraryLine(
        id=one.id,
        title=published.title,
        doc_number=published.doc_number,
        kind_code=published.kind_code,
        maker=Organ.model_validate(published.maker),
        joint_makers=[Organ.model_validate(unit) for unit in published.joint_units],
        unit=Organ.model_validate(one.unit),
        published_on=published.published_on,
        effective_on=published.effective_on,
        valid_until=one.valid_until,
        state=row.state,
        ends_soon=row.ends_soon,
        begins_later=row.begins_later,
    )


def library_record(page: LibraryPage) -> LibraryRecord:
    """Return one document with all that is known of it."""
    public, one = page.public, page.public.row.document
    return LibraryRecord(
        **library_line(public.row).model_dump(),
        register_number=one.publication.register_number,
        channel=one.publication.channel,
        longest=page.longest,
        long_reason=one.long_reason,
        ended_on=one.ended_on,
        stages=[
            ValidityStage(
                day=stage.day, limit_id=stage.limit.id, title=stage.limit.title
            )
            for stage in page.stages
        ],
        case_id=page.origin.id if page.origin else None,
        validity_case_id=page.ending.id if page.ending else None,
        changes=[_relation(row, row.document) for row in public.changes],
        changed=[_relation(row, row.changed) for row in public.changed],
        errata=[Erratum.model_validate(row) for row in public.errata],
        texts=[PublishedText.model_validate(version) for version in public.texts],
    )


def _relation(row: DocumentRelation, other: LibraryDocument | None) -> Relation:
    return Relation(
        sort=row.sort,
        effective_on=row.effective_on,
        basis=row.basis,
        library_id=other.id if other else None,
        doc_number=other.publication.doc_number if other else None,
        title=other.publication.title if other else None,
    )
