"""Work that takes longer than a page should: asked for now, done beside it."""

import enum
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from reviewflow.model.base import Row, by_value


class JobState(enum.StrEnum):
    """How far a job is."""

    WAITING = "WAITING"
    """等待"""
    RUNNING = "RUNNING"
    """正在处理"""
    DONE = "DONE"
    """完成"""
    REFUSED = "REFUSED"
    """没有办成"""


OPEN = (JobState.WAITING, JobState.RUNNING)


class Job(Row):
    """One piece of long work, done in the name of whoever asked for it.

    What it changes is one transaction at its end, so that a job that stops half
    way has changed nothing and is begun again. Clocks are set anew some cases at a
    time; what is done then stays, and whoever begins again goes on.
    """

    __tablename__ = "job"
    __table_args__ = (
        sa.Index(
            "uq_job_open",
            "kind",
            "subject",
            unique=True,
            sqlite_where=sa.text("state IN ('WAITING', 'RUNNING')"),
            postgresql_where=sa.text("state IN ('WAITING', 'RUNNING')"),
        ),
    )

    kind: Mapped[str]
    subject: Mapped[str]
    """What it is about; of one kind, only one is open for each subject."""
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case.id"), index=True)
    orders: Mapped[dict[str, Any]]
    """What the work needs to know besides the case: ids and dates."""
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    asked_at: Mapped[datetime]
    state: Mapped[JobState] = mapped_column(
        by_value(JobState), default=JobState.WAITING
    )
    tries: Mapped[int] = mapped_column(default=0)
    told_at: Mapped[datetime | None]
    """When it was last heard of; long silent, it is begun again."""
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    sentence: Mapped[str] = mapped_column(default="")
    """What came of it, for whoever asked."""
    finished_at: Mapped[datetime | None]

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in OPEN
