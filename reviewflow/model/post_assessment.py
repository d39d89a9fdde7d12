"""Post-assessments: how documents in force have worked (后评估)."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row, by_value
from reviewflow.model.library import LibraryDocument
from reviewflow.model.people import Unit


class AssessmentConclusion(enum.StrEnum):
    """What a post-assessment comes to."""

    KEEP = "KEEP"
    """继续执行"""
    AMEND = "AMEND"
    """建议修改"""
    REPEAL = "REPEAL"
    """建议废止"""
    INTERPRET = "INTERPRET"
    """建议作出解释或者制定配套措施"""


class PostAssessment(Row):
    """One document planned to be assessed in a year, and what came of it."""

    __tablename__ = "post_assessment"
    __table_args__ = (sa.UniqueConstraint("organ_id", "year", "document_id"),)

    organ_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    year: Mapped[int]
    document_id: Mapped[int] = mapped_column(
        sa.ForeignKey("library_document.id"), index=True
    )
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    """Who assesses."""
    reason: Mapped[str]
    due_on: Mapped[date]
    planned_at: Mapped[datetime]
    planned_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    done_on: Mapped[date | None]
    conclusion: Mapped[AssessmentConclusion | None] = mapped_column(
        by_value(AssessmentConclusion)
    )
    summary: Mapped[str] = mapped_column(default="")
    next_steps: Mapped[str] = mapped_column(default="")
    report_name: Mapped[str] = mapped_column(default="")
    report_type: Mapped[str] = mapped_column(default="")
    report_sha256: Mapped[str] = mapped_column(default="")
    finished_at: Mapped[datetime | None]
    finished_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))

    organ: Mapped[Unit] = relationship(foreign_keys=[organ_id], lazy="joined")
    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id], lazy="joined")
    document: Mapped[LibraryDocument] = relationship(lazy="joined")
