"""Rows of law data decided on in this installation: a limit, the holidays of a year."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row
from reviewflow.model.people import User


class LawChange(Row):
    """One row, proposed by one person, approved by another; never changed after.

    What is in force is the rows of the files and then every approved change in the
    order of its approval; a mistake is put right by another change.
    """

    __tablename__ = "law_change"
    __table_args__ = (
        sa.CheckConstraint("register IN ('LIMIT', 'YEAR')", name="known_register"),
        sa.CheckConstraint(
            "(serial IS NULL) = (approved_at IS NULL)", name="approved_has_its_serial"
        ),
        sa.CheckConstraint(
            "serial IS NULL OR dropped_at IS NULL", name="approved_is_not_dropped"
        ),
    )

    register: Mapped[str]
    """`LIMIT` or `YEAR`, as the law data name their registers."""
    key: Mapped[str]
    """The id of the limit, or the year."""
    fields: Mapped[dict[str, Any]]
    """The row as a file would have it, dates as texts."""
    reason: Mapped[str]
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    proposed_at: Mapped[datetime]
    serial: Mapped[int | None] = mapped_column(unique=True)
    """Its place in the order of approvals, from 1."""
    approved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    approved_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]

    proposed_by: Mapped[User] = relationship(foreign_keys=[proposed_by_id])
    approved_by: Mapped[User | None] = relationship(foreign_keys=[approved_by_id])

    @property
    def is_pending(self) -> bool:
        """Neither approved nor dropped."""
        return self.serial is None and self.dropped_at is None
