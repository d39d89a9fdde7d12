"""Registers too long for a page are made beside it, to be fetched later (台账文件)."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from reviewflow.model.base import Row

JOB = "register"
"""The kind of long work that makes one."""


class Export(Row):
    """A workbook that was made for one person; it is there until a day.

    The row goes together with the file: it is a place to fetch something, no record.
    """

    __tablename__ = "export"

    job_id: Mapped[int] = mapped_column(sa.ForeignKey("job.id"), unique=True)
    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    name: Mapped[str]
    """What the file is called where it is kept."""
    title: Mapped[str]
    """What it is called where it is fetched to."""
    rows: Mapped[int]
    size_bytes: Mapped[int]
    made_at: Mapped[datetime]
    """The instant whose rows it has, seen by the rights its owner had then."""
    kept_until: Mapped[date] = mapped_column(index=True)

    def can_be_fetched(self, today: date) -> bool:
        """It is still there."""
        return today <= self.kept_until
