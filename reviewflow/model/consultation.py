"""Public consultation on a draft (公开征求意见), what came in, and the answers."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row, by_value
from reviewflow.model.case import Case
from reviewflow.model.document import DocumentVersion
from reviewflow.model.opinion import Adoption


class Channel(enum.StrEnum):
    """By which way a comment came in."""

    WEB = "WEB"
    """网上"""
    LETTER = "LETTER"
    """来信"""
    MAIL = "MAIL"
    """电子邮件"""
    MEETING = "MEETING"
    """座谈会"""
    IMPORT = "IMPORT"
    """汇总导入"""


class Sender(enum.StrEnum):
    """What sort of person or body comments."""

    PUBLIC = "PUBLIC"
    """公众"""
    ENTERPRISE = "ENTERPRISE"
    """企业"""
    ASSOCIATION = "ASSOCIATION"
    """协会"""
    DEPARTMENT = "DEPARTMENT"
    """部门"""


class Consultation(Row):
    """When the public was asked, how long, and what came back."""

    __tablename__ = "consultation"

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    """The last day as announced; unknown for what began before it was asked."""
    first_ends_on: Mapped[date | None]
    """The last day first announced, if it was put off (延期)."""
    extension_reason: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date]
    """The earliest last day under the limit that applies."""
    closed_on: Mapped[date | None]
    shortened_reason: Mapped[str] = mapped_column(default="")
    channel: Mapped[str]
    comments: Mapped[int | None]
    adopted: Mapped[int | None]
    is_public: Mapped[bool] = mapped_column(default=False)
    """The drafter had declared no secret when it began: it has a public page."""
    notice_version_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("document_version.id")
    )
    draft_version_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("document_version.id")
    )

    case: Mapped[Case] = relationship()
    notice: Mapped[DocumentVersion | None] = relationship(
        foreign_keys=[notice_version_id]
    )
    draft: Mapped[DocumentVersion | None] = relationship(
        foreign_keys=[draft_version_id]
    )

    def takes_comments(self, day: date) -> bool:
        """The period runs on that day; its last day is in time."""
        if self.closed_on is not None or self.ends_on is None:
            return False
        return self.starts_on <= day <= self.ends_on

    @property
    def days(self) -> int | None:
        """How many days were announced; the first does not count."""
        return None if self.ends_on is None else (self.ends_on - self.starts_on).days

    @property
    def is_shortened(self) -> bool:
        """Fewer days were announced than the limit asks for."""
        return self.ends_on is not None and self.ends_on < self.due_on


class CommentGroup(Row):
    """Comments that say the same of the same provision; answered as one.

    Source: 《重大行政决策程序暂行条例》第十八条 (by analogy).
    """

    __tablename__ = "comment_group"
    __table_args__ = (
        sa.UniqueConstraint("consultation_id", "number"),
        sa.CheckConstraint(
            "adoption IS NULL OR adoption = 'FULL' OR reason <> ''",
            name="reason_when_not_all_taken",
        ),
        sa.CheckConstraint(
            "(adoption IS NULL) = (answered_at IS NULL)", name="answered_at_some_time"
        ),
    )

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), index=True)
    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id"))
    number: Mapped[int]
    clause: Mapped[str]
    text: Mapped[str]
    """As the first of them put it."""
    adoption: Mapped[Adoption | None] = mapped_column(by_value(Adoption))
    reason: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))


class Comment(Row):
    """One remark on the whole draft or on one provision (意见).

    Name and contact are for the drafting unit and the reviewers alone.
    """

    __tablename__ = "comment"
    __table_args__ = (
        sa.UniqueConstraint("consultation_id", "number"),
        sa.UniqueConstraint("consultation_id", "origin_digest"),
    )

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), index=True)
    consultation_id: Mapped[int] = mapped_column(sa.ForeignKey("consultation.id"))
    group_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("comment_group.id"), index=True
    )
    number: Mapped[int]
    receipt: Mapped[str] = mapped_column(unique=True)
    """What its sender finds the answer by; nobody can guess it."""
    origin_digest: Mapped[str | None]
    """Of the form or the row it came from, so that it counts once."""
    channel: Mapped[Channel] = mapped_column(by_value(Channel))
    sender: Mapped[Sender] = mapped_column(by_value(Sender))
    name: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    clause: Mapped[str] = mapped_column(default="")
    """第八条; nothing for the whole."""
    text: Mapped[str]
    received_on: Mapped[date]
    recorded_at: Mapped[datetime]

    consultation: Mapped[Consultation] = relationship()
    group: Mapped[CommentGroup | None] = relationship()
