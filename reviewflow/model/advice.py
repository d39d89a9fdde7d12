"""What counsel are asked about a case, and that they have answered."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row, by_value
from reviewflow.model.case import Task
from reviewflow.model.opinion import Adoption
from reviewflow.model.people import User


class Manner(enum.StrEnum):
    """How a counsel was chosen."""

    NAMED = "NAMED"
    """指定"""
    ROTATION = "ROTATION"
    """轮换"""
    DRAW = "DRAW"
    """抽取"""


class Verdict(enum.StrEnum):
    """What a counsel holds."""

    LEGAL = "LEGAL"
    """合法"""
    LEGAL_IF_REVISED = "LEGAL_IF_REVISED"
    """修改后合法"""
    SERIOUS_PROBLEM = "SERIOUS_PROBLEM"
    """存在重大合法性问题"""


class Advice(Row):
    """One counsel's commission in a case, and the opinion that came of it (法律意见).

    The words of the opinion are the answers of its task. Until `released_at`, when
    all that were commissioned together are in, nobody but its author reads it.
    """

    __tablename__ = "advice"
    __table_args__ = (
        sa.Index(None, "case_id"),
        sa.Index(None, "counsel_id"),
        sa.UniqueConstraint("task_id"),
        sa.CheckConstraint(
            "(signed_at IS NULL) = (no_conflict IS NULL)", name="signed_with_statement"
        ),
        sa.CheckConstraint(
            "released_at IS NULL OR signed_at IS NOT NULL", name="released_once_signed"
        ),
    )

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"))
    round: Mapped[int]
    counsel_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    task_id: Mapped[int | None] = mapped_column(sa.ForeignKey("task.id"))
    manner: Mapped[Manner] = mapped_column(by_value(Manner))
    because: Mapped[str]
    """Why this counsel was chosen, in words."""
    appointed_at: Mapped[datetime]
    due_on: Mapped[date | None]
    no_conflict: Mapped[bool | None]
    """Declared when signing; who declares an interest gives no opinion."""
    verdict: Mapped[Verdict | None] = mapped_column(by_value(Verdict))
    digest: Mapped[str] = mapped_column(default="")
    """SHA-256 of what was signed."""
    signed_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    document_id: Mapped[int | None] = mapped_column(sa.ForeignKey("document.id"))
    """The paper the counsel has added, if there is one."""
    adoption: Mapped[Adoption | None] = mapped_column(by_value(Adoption))
    reason: Mapped[str] = mapped_column(default="")
    """Why it was not followed in full."""

    counsel: Mapped[User] = relationship(lazy="joined")
    task: Mapped[Task | None] = relationship()
