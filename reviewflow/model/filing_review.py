"""The review of what was filed, by its receiver: what was found, what was mended."""

import enum
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row, by_value
from reviewflow.model.case import Case
from reviewflow.model.filing import FilingObligation
from reviewflow.model.reviewed import Reviewed


class FilingVerdict(enum.StrEnum):
    """What a review of a filing comes to."""

    LAWFUL = "LAWFUL"
    """未发现问题"""
    PROBLEM = "PROBLEM"
    """有问题"""


class Ruling(enum.StrEnum):
    """What the government decides about a document its maker will not mend."""

    CHANGED = "CHANGED"
    """决定改变"""
    REVOKED = "REVOKED"
    """决定撤销"""
    UPHELD = "UPHELD"
    """决定不予改变或者撤销"""


class FilingReview(Row):
    """One filing under review, worked off by its own case (备案审查)."""

    __tablename__ = "filing_review"
    __table_args__ = (
        sa.CheckConstraint(
            "(verdict IS NULL) = (decided_on IS NULL)", name="verdict_has_its_day"
        ),
    )

    obligation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("filing_obligation.id"), unique=True
    )
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), unique=True)
    limit_id: Mapped[str]
    begun_on: Mapped[date]
    due_on: Mapped[date]
    """By when it is to be decided, counted from the registration."""
    verdict: Mapped[FilingVerdict | None] = mapped_column(by_value(FilingVerdict))
    decided_on: Mapped[date | None]
    correct_by: Mapped[date | None]
    """By when the maker reports what it did about the objection."""
    reported_on: Mapped[date | None]
    """Of its latest report."""
    settled_on: Mapped[date | None]
    """When the receiver found that enough was done."""
    referred_on: Mapped[date | None]
    """When the government was asked to change or annul the document."""
    ruling: Mapped[Ruling | None] = mapped_column(by_value(Ruling))
    ruling_number: Mapped[str] = mapped_column(default="")
    ruled_on: Mapped[date | None]

    case: Mapped[Case] = relationship()
    obligation: Mapped[FilingObligation] = relationship(lazy="joined")

    @property
    def reviewed(self) -> Reviewed:
        """The facts from which its outcome on any day follows."""
        return Reviewed(
            due_on=self.due_on,
            has_problem=self.verdict is FilingVerdict.PROBLEM,
            decided_on=self.decided_on,
            correct_by=self.correct_by,
            reported_on=self.reported_on,
            settled_on=self.settled_on,
        )

    def settle(self) -> None:
        """Keep with the duty how it stands from now on; due whenever it changes."""
        duty = self.obligation
        duty.review_lasting_from, outcome = self.reviewed.lasting()
        duty.review_pace, duty.review_result = outcome

    def is_kept(self) -> bool:
        """What is kept with the duty follows from what was done."""
        duty = self.obligation
        kept = duty.review_lasting_from, (duty.review_pace, duty.review_result)
        return kept == self.reviewed.lasting()
