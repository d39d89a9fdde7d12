"""What people write into a yearly report, and that it was sent (年度报告)."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row, by_value
from reviewflow.model.people import Unit, User


class ReportText(Row):
    """One passage of a report as somebody wrote it; written again, it is another row.

    The latest of a passage holds; an empty one takes it back.
    """

    __tablename__ = "report_text"
    __table_args__ = (sa.Index(None, "organ_id", "year", "report"),)

    organ_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    year: Mapped[int]
    report: Mapped[str]
    """Which report, as `reports.yaml` names it."""
    passage: Mapped[str]
    """Which passage of it, as `reports.yaml` names it."""
    text: Mapped[str]
    written_at: Mapped[datetime]
    written_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))

    organ: Mapped[Unit] = relationship(lazy="joined")
    written_by: Mapped[User] = relationship(lazy="joined")


class SendingWay(enum.StrEnum):
    """How a report went out."""

    EXCHANGE = "EXCHANGE"
    """公文交换"""
    OFFICE_SYSTEM = "OFFICE_SYSTEM"
    """政务办公系统"""
    IN_PERSON = "IN_PERSON"
    """专人送达"""
    MAIL = "MAIL"
    """邮寄"""


class ReportSending(Row):
    """That a report went out, with the paper as it was; put right, it is another row.

    The latest row of a report stands; one without a day says it never went out.
    """

    __tablename__ = "report_sending"
    __table_args__ = (
        sa.Index(None, "organ_id", "year", "report"),
        sa.UniqueConstraint("replaces_id"),
        sa.CheckConstraint(
            "(replaces_id IS NULL) = (reason = '')", name="replaced_for_a_reason"
        ),
        sa.CheckConstraint(
            "sent_on IS NOT NULL OR replaces_id IS NOT NULL", name="sent_at_first"
        ),
    )

    organ_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    year: Mapped[int]
    report: Mapped[str]
    """Which report, as `reports.yaml` names it."""
    receiver: Mapped[str]
    sent_on: Mapped[date | None]
    way: Mapped[SendingWay | None] = mapped_column(by_value(SendingWay))
    number: Mapped[str]
    """Of the letter it went with (文号); empty if it had none."""
    file_name: Mapped[str]
    file_type: Mapped[str]
    file_sha256: Mapped[str]
    """The scan or file that really went out; empty if nobody kept it here."""
    file_bytes: Mapped[int]
    as_of: Mapped[date]
    """As of when the figures of the paper are."""
    rule_version: Mapped[str]
    paper_sha256: Mapped[str]
    """The Word file the product made of the report when this was written down."""
    paper_bytes: Mapped[int]
    replaces_id: Mapped[int | None] = mapped_column(sa.ForeignKey("report_sending.id"))
    reason: Mapped[str]
    """Why what was written down before was wrong."""
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    signature: Mapped[str]
    public_key: Mapped[str]

    organ: Mapped[Unit] = relationship(lazy="joined")
    recorded_by: Mapped[User] = relationship(lazy="joined")
