"""Whether a hearing was held and why, how it is planned, and who is to take part."""

import enum
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row, by_value
from reviewflow.model.case import Case


class Hearing(Row):
    """The decision on a hearing (听证) and, if held, its dates."""

    __tablename__ = "hearing"

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), index=True)
    is_held: Mapped[bool]
    reason: Mapped[str]
    decided_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    announced_on: Mapped[date | None]
    delivered_on: Mapped[date | None]
    held_on: Mapped[date | None]


class HearingPlan(Row):
    """When and where a hearing is to be (听证公告); public once announced.

    A postponed hearing gets another day; the journal keeps the earlier ones.
    """

    __tablename__ = "hearing_plan"
    __table_args__ = (sa.UniqueConstraint("case_id"),)

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"))
    planned_on: Mapped[date | None]
    starts_at: Mapped[str] = mapped_column(default="")
    """The hour as it is announced: 9:00."""
    place: Mapped[str] = mapped_column(default="")
    enrol_until: Mapped[date | None]
    contact: Mapped[str] = mapped_column(default="")
    """Whom to ask: name of the office and telephone."""
    observers: Mapped[int] = mapped_column(default=0)
    announced_on: Mapped[date | None]
    selected_on: Mapped[date | None]
    """When the list of participants was made public."""
    seed_source: Mapped[str] = mapped_column(default="")
    """Which public figure decides the draw; said together with the lists."""

    case: Mapped[Case] = relationship()


class Choosing(enum.StrEnum):
    """How the participants of a group are found (产生方式)."""

    ENROL_DRAW = "ENROL_DRAW"
    """自愿报名，抽取产生"""
    INVITED = "INVITED"
    """邀请"""
    RECOMMENDED = "RECOMMENDED"
    """推荐"""


class HearingGroup(Row):
    """A group of participants with its places, fixed before the announcement."""

    __tablename__ = "hearing_group"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "name"),
        sa.CheckConstraint("quota > 0", name="some_places"),
    )

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"))
    name: Mapped[str]
    quota: Mapped[int]
    how: Mapped[Choosing] = mapped_column(by_value(Choosing))

    @property
    def is_drawn(self) -> bool:
        """Its places are drawn among those who enrol."""
        return self.how is Choosing.ENROL_DRAW
