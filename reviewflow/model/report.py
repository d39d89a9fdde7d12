"""What people write into a yearly report, beside the figures (年度报告)."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row
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
