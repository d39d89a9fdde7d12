"""Clean-up campaigns: every document in force of an organ is looked at (清理)."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row, by_value
from reviewflow.model.library import LibraryDocument
from reviewflow.model.people import Unit, User


class CleanupResult(enum.StrEnum):
    """What is to become of a document."""

    KEEP = "KEEP"
    """继续有效"""
    AMEND = "AMEND"
    """予以修改"""
    REPEAL = "REPEAL"
    """予以废止"""
    LAPSE = "LAPSE"
    """宣布失效"""


class Cleanup(Row):
    """One campaign of one organ: what holds on the reference day is its list."""

    __tablename__ = "cleanup"

    organ_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    title: Mapped[str]
    basis: Mapped[str]
    reference_on: Mapped[date]
    due_on: Mapped[date]
    started_at: Mapped[datetime]
    started_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    published_on: Mapped[date | None]
    channel: Mapped[str] = mapped_column(default="")
    decision: Mapped[str] = mapped_column(default="")

    organ: Mapped[Unit] = relationship(lazy="joined")


class CleanupItem(Row):
    """One document in a campaign: what its unit proposes, what the office confirms."""

    __tablename__ = "cleanup_item"
    __table_args__ = (sa.UniqueConstraint("cleanup_id", "document_id"),)

    cleanup_id: Mapped[int] = mapped_column(sa.ForeignKey("cleanup.id"))
    document_id: Mapped[int] = mapped_column(
        sa.ForeignKey("library_document.id"), index=True
    )
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    proposal: Mapped[CleanupResult | None] = mapped_column(by_value(CleanupResult))
    reason: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    result: Mapped[CleanupResult | None] = mapped_column(by_value(CleanupResult))
    result_reason: Mapped[str] = mapped_column(default="")
    confirmed_at: Mapped[datetime | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))

    cleanup: Mapped[Cleanup] = relationship(lazy="joined")
    document: Mapped[LibraryDocument] = relationship(lazy="joined")
    unit: Mapped[Unit] = relationship(lazy="joined")
    answered_by: Mapped[User | None] = relationship(foreign_keys=[answered_by_id])
