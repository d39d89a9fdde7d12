"""Asking for the emergency procedure once a matter is under way (紧急程序)."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row
from reviewflow.model.case import Case
from reviewflow.model.people import User


class EmergencyRequest(Row):
    """What the head of a unit asked for, and what the office decided."""

    __tablename__ = "emergency_request"
    __table_args__ = (
        sa.CheckConstraint(
            "(is_approved IS NULL) = (decided_at IS NULL)", name="decided_when"
        ),
    )

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), index=True)
    reason: Mapped[str]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    is_approved: Mapped[bool | None]
    """None until the office has decided."""
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    approved_by: Mapped[str] = mapped_column(default="")
    """The leader who approved; the clerk only writes it down."""
    refusal: Mapped[str] = mapped_column(default="")

    case: Mapped[Case] = relationship()
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id], lazy="joined")
