"""The yearly list of rules, as it was sent (规章目录)."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row
from reviewflow.model.people import Unit


class RuleList(Row):
    """A list of the rules one organ made in a year; sent again, it is another row."""

    __tablename__ = "rule_list"
    __table_args__ = (sa.Index(None, "organ_id", "year"),)

    organ_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    year: Mapped[int]
    """In which the rules were published; the list is due in the year after."""
    due_on: Mapped[date]
    receiver: Mapped[str]
    sent_on: Mapped[date]
    sent_at: Mapped[datetime]
    sent_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    received_on: Mapped[date | None]
    receipt_name: Mapped[str] = mapped_column(default="")
    receipt_type: Mapped[str] = mapped_column(default="")
    receipt_sha256: Mapped[str] = mapped_column(default="")

    organ: Mapped[Unit] = relationship(lazy="joined")
    lines: Mapped[list["RuleListLine"]] = relationship(order_by="RuleListLine.id")

    @property
    def is_late(self) -> bool:
        """It was sent after its last day."""
        return self.sent_on > self.due_on


class RuleListLine(Row):
    """One rule on a list."""

    __tablename__ = "rule_list_line"
    __table_args__ = (sa.UniqueConstraint("rule_list_id", "document_id"),)

    rule_list_id: Mapped[int] = mapped_column(sa.ForeignKey("rule_list.id"))
    document_id: Mapped[int] = mapped_column(
        sa.ForeignKey("library_document.id"), index=True
    )
