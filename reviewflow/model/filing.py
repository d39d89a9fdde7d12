"""Duties to file a published document, and what was done about them (备案)."""

import enum
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row, by_value
from reviewflow.model.case import Case
from reviewflow.model.people import Unit
from reviewflow.model.publication import Publication
from reviewflow.model.reviewed import ReviewPace, ReviewResult
from reviewflow.model.standing import Handling, ObligationStatus, Standing


class Chain(enum.StrEnum):
    """To whom one files: the government above, or the people's congress."""

    GOV = "GOV"
    """政府系统"""
    NPC = "NPC"
    """人大"""


FILING, OUTSIDE_FILING = "filing", "outside_filing"
"""The kinds by which duties are worked off: the receiver works here, or it does not."""

MONTHS_IN_A_QUARTER = 3
FIGURES = (
    *("chain", "maker_id", "kind_code", "lasting_status", "lasting_handling"),
    *("backfilled_on", "quarter", "published_on", "lasting_from", "case_id"),
)
"""All that the figures of filing read, in the order they are grouped by."""
REVIEW_FIGURES = (
    *("chain", "maker_id", "kind_code", "review_pace", "review_result", "quarter"),
    *("lasting_status", "backfilled_on", "published_on", "registered_on"),
    *("review_lasting_from", "case_id"),
)


class FilingObligation(Row):
    """One document, one receiver, one due date; worked off by its own case."""

    __tablename__ = "filing_obligation"
    __table_args__ = (
        sa.UniqueConstraint("publication_id", "chain", "authority_id"),
        sa.Index(None, "chain", "due_on"),
        sa.Index("ix_filing_obligation_figures", *FIGURES),
        sa.Index("ix_filing_obligation_review_figures", *REVIEW_FIGURES),
    )

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), unique=True)
    publication_id: Mapped[int] = mapped_column(
        sa.ForeignKey("publication.id"), index=True
    )
    chain: Mapped[Chain] = mapped_column(by_value(Chain))
    route_id: Mapped[str]
    limit_id: Mapped[str]
    maker_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    authority_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    copy_to: Mapped[str] = mapped_column(default="")
    published_on: Mapped[date] = mapped_column(index=True)
    due_on: Mapped[date]
    exempt_reason: Mapped[str] = mapped_column(default="")
    registered_on: Mapped[date | None]
    register_number: Mapped[str | None]
    report_is_complete: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    kind_code: Mapped[str]
    """Of the document, as it was published."""
    quarter: Mapped[str]
    """In which it was published: `2026Q1`."""
    backfilled_on: Mapped[date | None]
    """The day its history was entered afterwards, if it was (补录)."""
    lasting_from: Mapped[date]
    """From this day on status and handling are these, until something new is done."""
    lasting_status: Mapped[ObligationStatus] = mapped_column(by_value(ObligationStatus))
    lasting_handling: Mapped[Handling] = mapped_column(by_value(Handling))
    review_lasting_from: Mapped[date | None]
    """The same of the review of the filing, once it has begun."""
    review_pace: Mapped[ReviewPace | None] = mapped_column(by_value(ReviewPace))
    review_result: Mapped[ReviewResult | None] = mapped_column(by_value(ReviewResult))

    case: Mapped[Case] = relationship(lazy="joined")
    publication: Mapped[Publication] = relationship(lazy="joined")
    maker: Mapped[Unit] = relationship(foreign_keys=[maker_id], lazy="joined")
    authority: Mapped[Unit] = relationship(foreign_keys=[authority_id], lazy="joined")
    submissions: Mapped[list["FilingSubmission"]] = relationship(
        back_populates="obligation", order_by="FilingSubmission.id", lazy="selectin"
    )
    corrections: Mapped[list["FilingCorrection"]] = relationship(
        back_populates="obligation", order_by="FilingCorrection.id", lazy="selectin"
    )

    @property
    def is_outside(self) -> bool:
        """Its receiver does not work in this installation: it answers on paper."""
        return self.case.kind == OUTSIDE_FILING

    @property
    def standing(self) -> Standing:
        """The facts from which its status on any day follows."""
        return Standing(
            due_on=self.due_on,
            exempt=bool(self.exempt_reason),
            submissions=tuple(
                (row.submitted_on, row.returned_on) for row in self.submissions
            ),
            corrections=tuple(
                (row.notice_on, row.due_on, row.corrected_on)
                for row in self.corrections
            ),
            registered_on=self.registered_on,
            report_is_complete=self.report_is_complete,
        )

    def settle(self) -> None:
        """Keep how it stands from now on; due whenever something of it was changed."""
        self.quarter = quarter_of(self.published_on)
        self.lasting_from, outcome = self.standing.lasting()
        self.lasting_status, self.lasting_handling = outcome

    def keeps_its_standing(self) -> bool:
        """What is kept follows from what was done."""
        kept = self.lasting_from, (self.lasting_status, self.lasting_handling)
        is_sorted = self.quarter == quarter_of(self.published_on)
        return is_sorted and kept == self.standing.lasting()


def quarter_of(day: date) -> str:
    """Return the quarter of a day: `2026Q1`."""
    return f"{day.year}Q{(day.month - 1) // MONTHS_IN_A_QUARTER + 1}"


class FilingSubmission(Row):
    """One time the document was sent; returned if it went the wrong way."""

    __tablename__ = "filing_submission"
    __table_args__ = (
        sa.Index(
            "uq_filing_submission_receipt_code",
            "receipt_code",
            unique=True,
            sqlite_where=sa.text("receipt_code <> ''"),
            postgresql_where=sa.text("receipt_code <> ''"),
        ),
    )

    obligation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("filing_obligation.id"), index=True
    )
    submitted_on: Mapped[date]
    submitted_at: Mapped[datetime]
    submitted_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    way: Mapped[str] = mapped_column(default="")
    """How it went to a receiver outside; empty where that works here."""
    receipt_number: Mapped[str] = mapped_column(default="")
    """Of the receipt the receiver's side gives at once; empty before there were any."""
    receipt_code: Mapped[str] = mapped_column(default="")
    """By which anybody may check the receipt."""
    manifest: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What was sent: the document, from whom to whom, each file with its digest."""
    manifest_digest: Mapped[str] = mapped_column(default="")
    """SHA-256 of the manifest as canonical JSON."""
    returned_on: Mapped[date | None]
    return_reason: Mapped[str] = mapped_column(default="")

    obligation: Mapped[FilingObligation] = relationship(back_populates="submissions")


class FilingCorrection(Row):
    """One request to supplement a filing, with its own short clock."""

    __tablename__ = "filing_correction"

    obligation_id: Mapped[int] = mapped_column(
        sa.ForeignKey("filing_obligation.id"), index=True
    )
    notice_on: Mapped[date]
    due_on: Mapped[date]
    reason: Mapped[str]
    corrected_on: Mapped[date | None]
    lapsed_on: Mapped[date | None]

    obligation: Mapped[FilingObligation] = relationship(back_populates="corrections")
