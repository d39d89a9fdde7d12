"""Published documents as they stand: in force until when, changed by what (文件库)."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row, by_value
from reviewflow.model.people import Unit
from reviewflow.model.publication import Publication


class DocumentKind(enum.StrEnum):
    """What sort of document it is; the codes of the outside world."""

    ZFGZ = "ZFGZ"
    """政府规章"""
    ZFGFXWJ = "ZFGFXWJ"
    """政府规范性文件"""
    BMGFXWJ = "BMGFXWJ"
    """部门规范性文件"""
    ZDJC = "ZDJC"
    """重大行政决策"""


class DocumentState(enum.StrEnum):
    """Where a published document stands on a given day."""

    IN_FORCE = "IN_FORCE"
    """有效"""
    AMENDED = "AMENDED"
    """已修改"""
    LAPSED = "LAPSED"
    """失效"""
    REPEALED = "REPEALED"
    """废止"""
    REPLACED = "REPLACED"
    """被替代"""
    REVOKED = "REVOKED"
    """撤销"""


HOLDING = (DocumentState.IN_FORCE, DocumentState.AMENDED)
"""States in which a document is to be followed."""


class RelationSort(enum.StrEnum):
    """What is done to a document, by another one or by a decision."""

    REPLACES = "REPLACES"
    """替代"""
    AMENDS = "AMENDS"
    """修改"""
    REPEALS = "REPEALS"
    """废止"""
    CHANGES = "CHANGES"
    """改变"""
    LAPSES = "LAPSES"
    """宣布失效"""
    REVOKES = "REVOKES"
    """撤销"""


ENDS = {
    RelationSort.REPLACES: DocumentState.REPLACED,
    RelationSort.REPEALS: DocumentState.REPEALED,
    RelationSort.LAPSES: DocumentState.LAPSED,
    RelationSort.REVOKES: DocumentState.REVOKED,
}
"""What a document is once that was done to it; amending and changing end nothing."""


class LibraryDocument(Row):
    """One published document; its state is never stored, it follows from days.

    `ended_on` is the first day on which it is not in force any more, `valid_until`
    the last on which it is.
    """

    __tablename__ = "library_document"
    __table_args__ = (
        sa.CheckConstraint("(ended_on IS NULL) = (ended_as IS NULL)", name="ended_how"),
    )

    publication_id: Mapped[int] = mapped_column(
        sa.ForeignKey("publication.id"), unique=True
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), unique=True)
    """The case it was made or registered by."""
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    """Who drafted it, and answers for it."""
    valid_until: Mapped[date | None] = mapped_column(index=True)
    long_reason: Mapped[str] = mapped_column(default="")
    is_pilot: Mapped[bool] = mapped_column(default=False)
    """A rule made ahead of a regulation (先行规章)."""
    amended_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    ended_as: Mapped[DocumentState | None] = mapped_column(by_value(DocumentState))
    entered_on: Mapped[date]
    validity_case_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("case.id"), index=True
    )
    """The case that deals with the end of its validity, once that is near."""

    publication: Mapped[Publication] = relationship(lazy="joined")
    unit: Mapped[Unit] = relationship(lazy="joined")

    def state_on(self, day: date) -> DocumentState:
        """Return where it stands on a day, whatever the system has done about it."""
        until, ended = self.valid_until, self.ended_on
        if until is not None and until < day and (ended is None or until < ended):
            return DocumentState.LAPSED
        if ended is not None and self.ended_as is not None and ended <= day:
            return self.ended_as
        if self.amended_on is not None and self.amended_on <= day:
            return DocumentState.AMENDED
        return DocumentState.IN_FORCE

    def holds_on(self, day: date) -> bool:
        """It is to be followed on a day, so far as nothing has ended it."""
        return self.state_on(day) in HOLDING


def state_column(day: date) -> sa.ColumnElement[DocumentState]:
    """Return the state on a day as the database computes it."""
    until, ended = LibraryDocument.valid_until, LibraryDocument.ended_on
    ran_out = sa.and_(until < day, sa.or_(ended.is_(None), until < ended))
    return sa.case(
        (ran_out, DocumentState.LAPSED),
        (ended <= day, LibraryDocument.ended_as),
        (LibraryDocument.amended_on <= day, DocumentState.AMENDED),
        else_=DocumentState.IN_FORCE,
    )


class DocumentRelation(Row):
    """What was done to a document: by which other one, from when, on what basis."""

    __tablename__ = "document_relation"
    __table_args__ = (
        sa.UniqueConstraint("document_id", "changed_id", "sort"),
        sa.CheckConstraint("document_id <> changed_id", name="not_itself"),
    )

    document_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("library_document.id"), index=True
    )
    """The document that does it; none if a decision does."""
    changed_id: Mapped[int] = mapped_column(
        sa.ForeignKey("library_document.id"), index=True
    )
    sort: Mapped[RelationSort] = mapped_column(by_value(RelationSort))
    effective_on: Mapped[date]
    basis: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))

    document: Mapped[LibraryDocument | None] = relationship(foreign_keys=[document_id])
    changed: Mapped[LibraryDocument] = relationship(foreign_keys=[changed_id])
