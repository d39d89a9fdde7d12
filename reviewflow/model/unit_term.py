"""What holds of a unit from a day on: who reviews, who advises (机构台账)."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row, by_value
from reviewflow.model.people import User


class UnitTermSort(enum.StrEnum):
    """What is told of a unit."""

    IN_FORCE = "IN_FORCE"
    """机关存续"""
    REVIEW_BODY = "REVIEW_BODY"
    """合法性审查机构或者人员"""
    ENFORCEMENT = "ENFORCEMENT"
    """行政执法权"""
    ADVISER = "ADVISER"
    """法律顾问"""
    PUBLIC_LAWYER = "PUBLIC_LAWYER"
    """公职律师"""
    OUTSIDE = "OUTSIDE"
    """不使用本系统接收备案"""


class UnitTerm(Row):
    """One thing that holds of a unit from a day on; ended by a last day, never erased.

    A unit of which no `IN_FORCE` is told exists as long as it is in the roster.
    """

    __tablename__ = "unit_term"
    __table_args__ = (
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="span"),
    )

    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    sort: Mapped[UnitTermSort] = mapped_column(by_value(UnitTermSort))
    holder: Mapped[str]
    """Who reviews or advises, or on what basis it exists or enforces."""
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))

    entered_by: Mapped[User | None] = relationship(lazy="joined")

    def in_force(self, day: date) -> bool:
        """It holds on that day, its last day included."""
        return self.valid_from <= day and (
            self.valid_to is None or day <= self.valid_to
        )
