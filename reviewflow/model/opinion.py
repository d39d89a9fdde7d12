"""The review office's opinion, its findings, and what became of them."""

import enum
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.errors import AlreadySigned
from reviewflow.model.base import Row, by_value
from reviewflow.model.case import Case
from reviewflow.model.people import User


class Conclusion(enum.StrEnum):
    """What the review office holds."""

    LEGAL = "LEGAL"
    """合法"""
    REVISE = "REVISE"
    """应当予以修改"""
    ILLEGAL = "ILLEGAL"
    """不合法：不得提交集体讨论"""
    RISK_FLAGGED = "RISK_FLAGGED"
    """探索性改革·明示风险：国家尚无明确规定的，明示法律风险后可以提交"""


class Nature(enum.StrEnum):
    """How binding a finding is meant."""

    MUST = "MUST"
    """必须修改"""
    SHOULD = "SHOULD"
    """建议修改"""
    TEXT = "TEXT"
    """文字技术"""


class Adoption(enum.StrEnum):
    """What the drafting unit did with a finding."""

    FULL = "FULL"
    """采纳"""
    PARTIAL = "PARTIAL"
    """部分采纳"""
    NONE = "NONE"
    """未采纳"""


class Opinion(Row):
    """The review office's answer on one case (合法性审查意见书).

    Written by a handler, signed once by a signer. After signing nothing in the
    row changes; a second thought is a new opinion that supersedes it.

    Source: 国办发〔2018〕115号（六）; 《重大行政决策程序暂行条例》第二十八条.
    """

    __tablename__ = "opinion"
    __table_args__ = (
        sa.CheckConstraint(
            "(signed_at IS NULL) = (signed_by_id IS NULL)", name="signed_by_someone"
        ),
    )

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), index=True)
    round: Mapped[int]
    conclusion: Mapped[Conclusion] = mapped_column(by_value(Conclusion))
    reasons: Mapped[str]
    grounds: Mapped[list[Any]]
    doc_number: Mapped[str | None] = mapped_column(unique=True)
    written_at: Mapped[datetime]
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    checked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    signed_at: Mapped[datetime | None]
    signed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    statement: Mapped[str | None]
    """What was signed, as canonical JSON, with the digests of what was reviewed."""
    statement_digest: Mapped[str | None]

    case: Mapped[Case] = relationship()
    written_by: Mapped[User] = relationship(foreign_keys=[written_by_id])
    checked_by: Mapped[User | None] = relationship(foreign_keys=[checked_by_id])
    signed_by: Mapped[User | None] = relationship(foreign_keys=[signed_by_id])
    findings: Mapped[list["Finding"]] = relationship(
        back_populates="opinion", order_by="Finding.position", lazy="selectin"
    )

    def sign(
        self, by: User, at: datetime, number: str, statement: str, digest: str
    ) -> None:
        """Make the opinion final.

        Args:
            by: Who signs.
            at: The instant.
            number: Its document number.
            statement: What is signed, as canonical JSON.
            digest: The digest of the statement.

        Raises:
            AlreadySigned: It is final already.
        """
        if self.signed_at is not None:
            raise AlreadySigned
        self.signed_by = by
        self.signed_at = at
        self.doc_number = number
        self.statement = statement
        self.statement_digest = digest

    @property
    def is_answered(self) -> bool:
        """Every finding has its answer from the drafting unit."""
        return all(finding.adoption is not None for finding in self.findings)


class Finding(Row):
    """One point of an opinion at one provision: the unit adoption is counted in."""

    __tablename__ = "finding"
    __table_args__ = (
        sa.UniqueConstraint("opinion_id", "position"),
        sa.CheckConstraint(
            "adoption <> 'NONE' OR adoption_reason <> ''", name="reason_when_not_taken"
        ),
    )

    opinion_id: Mapped[int] = mapped_column(sa.ForeignKey("opinion.id"))
    position: Mapped[int]
    clause: Mapped[str]
    quote: Mapped[str]
    problem: Mapped[str]
    basis: Mapped[str]
    suggestion: Mapped[str]
    nature: Mapped[Nature] = mapped_column(by_value(Nature))
    adoption: Mapped[Adoption | None] = mapped_column(by_value(Adoption))
    adoption_reason: Mapped[str] = mapped_column(default="")

    opinion: Mapped[Opinion] = relationship(back_populates="findings")
