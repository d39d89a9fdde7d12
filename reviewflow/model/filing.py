"""Duties to file a published document, and what was done about them (备案)."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row, by_value
from reviewflow.model.case import Case
from reviewflow.model.people import Unit
from reviewflow.model.publication import Publication


class Chain(enum.StrEnum):
    """To whom one files: the government above, or the people's congress."""

    GOV = "GOV"
    """政府系统"""
    NPC = "NPC"
    """人大"""


FILING, OUTSIDE_FILING = "filing", "outside_filing"
"""The kinds by which duties are worked off: the receiver works here, or it does not."""


class ObligationStatus(enum.StrEnum):
    """Where a duty to file stands on a given day."""

    NOT_DUE = "NOT_DUE"
    """未到期"""
    ON_TIME = "ON_TIME"
    """按时报备"""
    LATE = "LATE"
    """迟报"""
    LATE_UNREGISTERED = "LATE_UNREGISTERED"
    """逾期未补正"""
    OVERDUE_UNFILED = "OVERDUE_UNFILED"
    """逾期未报"""
    EXEMPT = "EXEMPT"
    """不需报备"""


class FilingObligation(Row):
    """One document, one receiver, one due date; worked off by its own case."""

    __tablename__ = "filing_obligation"
    __table_args__ = (
        sa.UniqueConstraint("publication_id", "chain", "authority_id"),
        sa.Index(None, "chain", "due_on"),
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
    def standing(self) -> "Standing":
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


@dataclass(frozen=True, slots=True)
class Standing:
    """Facts about one duty to file; asks for a day, knows only what was by then.

    `submissions` are (submitted_on, returned_on), `corrections` are (notice_on,
    due_on, corrected_on), in the order they happened.

    Source: 《安徽省行政规范性文件管理办法》第三十一条（补正、退回）; the statuses
    themselves are the product's rule, no text defines them.
    """

    due_on: date
    exempt: bool
    submissions: Sequence[tuple[date, date | None]]
    corrections: Sequence[tuple[date, date, date | None]]
    registered_on: date | None
    report_is_complete: bool = True

    def filed_on(self, day: date) -> date | None:
        """Return the day of the first filing that counts, as known on `day`."""
        return next(
            (
                submitted
                for submitted, returned in self.submissions
                if submitted <= day and not (returned and returned <= day)
            ),
            None,
        )

    def status(self, day: date) -> ObligationStatus:
        """Return where the duty stands at the end of that day."""
        if self.exempt:
            return ObligationStatus.EXEMPT
        filed_on = self.filed_on(day)
        if filed_on is None:
            overdue = day > self.due_on
            return (
                ObligationStatus.OVERDUE_UNFILED
                if overdue
                else ObligationStatus.NOT_DUE
            )
        lapse = self._lapse(day)
        if lapse is not None:
            return lapse
        in_time = filed_on <= self.due_on
        return ObligationStatus.ON_TIME if in_time else ObligationStatus.LATE

    def _lapse(self, day: date) -> ObligationStatus | None:
        known = [c for c in self.corrections if c[0] <= day]
        found = None
        for _notice, due_on, corrected_on in known:
            done = corrected_on is not None and corrected_on <= day
            if not done and day > due_on:
                return ObligationStatus.LATE_UNREGISTERED
            if done and corrected_on is not None and corrected_on > due_on:
                found = ObligationStatus.LATE
        return found

    def is_decided(self, day: date) -> bool:
        """The receiver had registered, returned or asked to supplement by then."""
        return (
            self._registered(day)
            or any(returned and returned <= day for _, returned in self.submissions)
            or any(notice <= day for notice, _, _ in self.corrections)
        )

    def is_conforming(self, day: date, *, after_correction: bool = False) -> bool:
        """It was registered, and (unless corrections are forgiven) at first go."""
        if not self._registered(day):
            return False
        if after_correction:
            return True
        returned = any(returned_on for _, returned_on in self.submissions)
        return self.report_is_complete and not self.corrections and not returned

    def _registered(self, day: date) -> bool:
        return self.registered_on is not None and self.registered_on <= day
