"""Clocks of a case as rows: limits that run, pauses, timers and incidents."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviewflow.model.base import Row, by_value
from reviewflow.model.case import Case, Task


class CaseDeadline(Row):
    """One limit running in one case, from its first day to when it was met.

    `started_on` is the day of the event that starts the period. `due_on` is
    stored with the version of the law data it was computed from; whether it is
    overdue is computed when read.
    """

    __tablename__ = "case_deadline"
    __table_args__ = (
        sa.Index(None, "case_id", "limit_id"),
        sa.Index(None, "limit_id", "started_on"),
        sa.Index(  # of a task only: most clocks have none, and are not found by that
            "ix_case_deadline_task_id",
            "task_id",
            sqlite_where=sa.text("task_id IS NOT NULL"),
            postgresql_where=sa.text("task_id IS NOT NULL"),
        ),
    )

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"))
    task_id: Mapped[int | None] = mapped_column(sa.ForeignKey("task.id"))
    limit_id: Mapped[str]
    title: Mapped[str]
    started_on: Mapped[date]
    due_on: Mapped[date]
    is_provisional: Mapped[bool]
    law_version: Mapped[str]
    met_on: Mapped[date | None]
    cancelled_on: Mapped[date | None]
    round: Mapped[int] = mapped_column(default=1)
    extended_by: Mapped[int] = mapped_column(default=0)
    """By how many units of its limit it was put off (延期); once at most."""
    extended_on: Mapped[date | None]

    case: Mapped[Case] = relationship()
    task: Mapped[Task | None] = relationship()
    pauses: Mapped[list["Pause"]] = relationship(
        back_populates="deadline", order_by="Pause.from_on", lazy="selectin"
    )

    @property
    def is_running(self) -> bool:
        """It is neither met nor cancelled."""
        return self.met_on is None and self.cancelled_on is None

    @property
    def open_pause(self) -> "Pause | None":
        """The pause that has not ended yet, if there is one."""
        return next((p for p in self.pauses if p.until_on is None), None)


class Pause(Row):
    """A stretch that does not count: after `from_on`, up to and with `until_on`."""

    __tablename__ = "pause"

    deadline_id: Mapped[int] = mapped_column(
        sa.ForeignKey("case_deadline.id"), index=True
    )
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    reason: Mapped[str]

    deadline: Mapped[CaseDeadline] = relationship(back_populates="pauses")


class TimerKind(enum.StrEnum):
    """What happens when a timer is due."""

    WARN = "WARN"
    """临期提醒"""
    OVERDUE = "OVERDUE"
    """逾期提醒"""
    PROCESS = "PROCESS"
    """流程定时"""


class TimerState(enum.StrEnum):
    """Whether a timer is still to fire."""

    ARMED = "ARMED"
    FIRED = "FIRED"
    CANCELLED = "CANCELLED"


class Timer(Row):
    """An instant at which the case is to be told something."""

    __tablename__ = "timer"
    __table_args__ = (
        sa.Index(
            "ix_timer_armed_due_at", "due_at", sqlite_where=sa.text("state = 'ARMED'")
        ),
    )

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), index=True)
    deadline_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case_deadline.id"))
    kind: Mapped[TimerKind] = mapped_column(by_value(TimerKind))
    engine_id: Mapped[str | None]
    event: Mapped[str | None]
    limit_id: Mapped[str] = mapped_column(default="")
    """The limit of the diagram it fires by; reminders have that of their clock."""
    due_at: Mapped[datetime]
    state: Mapped[TimerState] = mapped_column(by_value(TimerState))
    tries: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    deadline: Mapped[CaseDeadline | None] = relationship()


class Incident(Row):
    """Something that failed in the background and waits for a person."""

    __tablename__ = "incident"

    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case.id"), index=True)
    subject: Mapped[str]
    text: Mapped[str]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
