"""What other units say of a draft that touches their duties (部门会签)."""

import enum
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row, by_value
from reviewflow.model.people import Unit


class Stance(enum.StrEnum):
    """What a unit answers."""

    NO_COMMENT = "NO_COMMENT"
    """无意见"""
    AGREE = "AGREE"
    """同意"""
    AGREE_WITH_REMARKS = "AGREE_WITH_REMARKS"
    """同意并附意见"""
    DISAGREE = "DISAGREE"
    """不同意"""


class Settlement(enum.StrEnum):
    """What became of a disagreement."""

    SETTLED = "SETTLED"
    """已协商一致"""
    CARRIED = "CARRIED"
    """提请会议决定"""


class UnitOpinion(Row):
    """One unit that was asked: its answer, or its silence after the last day.

    Source: 《重大行政决策程序暂行条例》第十三条 (by analogy: who disagrees is heard
    again, and the disagreement goes to the meeting with its reasons).
    """

    __tablename__ = "unit_opinion"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "unit_id"),
        sa.CheckConstraint(
            "(stance IS NULL) = (answered_on IS NULL)", name="answered_some_day"
        ),
        sa.CheckConstraint(
            "settlement IS NULL OR (stance = 'DISAGREE' AND settlement_note <> '')",
            name="only_disagreement_is_settled",
        ),
    )

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    asked_on: Mapped[date]
    due_on: Mapped[date]
    """After this day silence counts as 无意见."""
    stance: Mapped[Stance | None] = mapped_column(by_value(Stance))
    text: Mapped[str] = mapped_column(default="")
    answered_on: Mapped[date | None]
    settlement: Mapped[Settlement | None] = mapped_column(by_value(Settlement))
    settlement_note: Mapped[str] = mapped_column(default="")

    unit: Mapped[Unit] = relationship(lazy="joined")

    def is_silent(self, day: date) -> bool:
        """It has not answered, and its last day is over."""
        return self.stance is None and day > self.due_on

    @property
    def is_open_dispute(self) -> bool:
        """It disagrees, and nothing has become of that yet."""
        return self.stance is Stance.DISAGREE and self.settlement is None

    @property
    def is_carried(self) -> bool:
        """The meeting is to decide on its disagreement."""
        return self.settlement is Settlement.CARRIED
