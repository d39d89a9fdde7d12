"""Who may be asked for legal advice: the register of counsel (法律顾问名册)."""

import enum
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row, by_value
from reviewflow.model.people import User


class CounselSort(enum.StrEnum):
    """What sort of counsel somebody is."""

    ADVISER = "ADVISER"
    """法律顾问"""
    PUBLIC_LAWYER = "PUBLIC_LAWYER"
    """公职律师"""


class Counsel(Row):
    """The entry of one user in the register; counsel without one may be asked too."""

    __tablename__ = "counsel"
    __table_args__ = (
        sa.UniqueConstraint("user_id"),
        sa.CheckConstraint(
            "term_to IS NULL OR term_to >= term_from", name="term_ends_after_it_begins"
        ),
    )

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    sort: Mapped[CounselSort] = mapped_column(by_value(CounselSort))
    fields: Mapped[str]
    """专业领域, as people write them: 行政法、房地产."""
    licence: Mapped[str]
    """执业证号"""
    firm: Mapped[str]
    """所在的律师事务所、院校或者单位"""
    term_from: Mapped[date]
    term_to: Mapped[date | None]

    user: Mapped[User] = relationship(lazy="joined")

    def in_term(self, day: date) -> bool:
        """The term runs on that day."""
        return self.term_from <= day and (self.term_to is None or day <= self.term_to)
