"""A matter under review, its parties, and the tasks people do on it."""

import enum
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from reviewflow.model.base import Row, by_value
from reviewflow.model.people import Role, Unit, User
from reviewflow.model.process_version import ProcessVersion


class CaseStatus(enum.StrEnum):
    """Whether a case still moves."""

    RUNNING = "RUNNING"
    """办理中"""
    FINISHED = "FINISHED"
    """办结"""
    WITHDRAWN = "WITHDRAWN"
    """撤回"""
    TERMINATED = "TERMINATED"
    """终止"""


class Part(enum.StrEnum):
    """In which part a unit takes part in a case."""

    DRAFTING_UNIT = "drafting_unit"
    """起草单位"""
    ISSUING_ORGAN = "issuing_organ"
    """制定机关"""
    OFFICE = "office"
    """办公机构"""
    REVIEW_OFFICE = "review_office"
    """负责合法性审查的部门"""
    COMPETITION_AUTHORITY = "competition_authority"
    """公平竞争审查机构"""
    COUNSEL_POOL = "counsel_pool"
    """法律顾问库"""
    FILING_UNIT = "filing_unit"
    """报备单位"""
    FILING_AUTHORITY = "filing_authority"
    """备案机关"""


class Case(Row):
    """One matter (审查事项) on its way through one process.

    `state` belongs to the engine; `nseq` and `head` to the journal. Every change
    raises `version`, and a change based on an older version is refused.
    """

    __tablename__ = "case"
    __table_args__ = (sa.Index(None, "kind", "status"),)

    number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    kind_code: Mapped[str]
    process_version_id: Mapped[int] = mapped_column(sa.ForeignKey("process_version.id"))
    title: Mapped[str]
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    issuing_organ_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    drafter_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case.id"), index=True)
    status: Mapped[CaseStatus] = mapped_column(by_value(CaseStatus), index=True)
    phase: Mapped[str]
    conclusion: Mapped[str | None]
    ending: Mapped[str | None]
    """Name of the end event that was reached, in Chinese."""
    round: Mapped[int] = mapped_column(default=1)
    facts: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(deferred=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    version: Mapped[int]
    nseq: Mapped[int] = mapped_column(default=0)
    head: Mapped[str] = mapped_column(default="")

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 # a directive of the class
        """Let SQLAlchemy check the version on every change."""
        return {"version_id_col": cls.__table__.c.version}

    process_version: Mapped[ProcessVersion] = relationship(lazy="joined")
    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id], lazy="joined")
    issuing_organ: Mapped[Unit] = relationship(foreign_keys=[issuing_organ_id])
    drafter: Mapped[User] = relationship(foreign_keys=[drafter_id])
    parties: Mapped[list["CaseParty"]] = relationship(back_populates="case")

    @property
    def is_running(self) -> bool:
        """The case still moves."""
        return self.status is CaseStatus.RUNNING


class CaseParty(Row):
    """A unit that takes part; it sees the case once `seen_from` is set."""

    __tablename__ = "case_party"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "part"),
        sa.Index(None, "unit_id", "case_id"),
    )

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"))
    part: Mapped[Part] = mapped_column(by_value(Part))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    seen_from: Mapped[datetime | None]

    case: Mapped[Case] = relationship(back_populates="parties")
    unit: Mapped[Unit] = relationship(lazy="joined")


class CasePerson(Row):
    """Who was chosen for a post in a case; the latest choice holds."""

    __tablename__ = "case_person"
    __table_args__ = (sa.UniqueConstraint("case_id", "role"),)

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"))
    role: Mapped[Role] = mapped_column(by_value(Role))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)

    user: Mapped[User] = relationship(lazy="joined")


SEAT = "#"
"""Stands between the engine's id and the number of one of several who answer."""


class Task(Row):
    """What one person is to do at one step of a case.

    Several people may be asked at one step, each by a task of their own; the step
    is done when all of them are.
    """

    __tablename__ = "task"
    __table_args__ = (
        sa.Index(None, "unit_id", "role", "closed_at"),
        sa.Index(None, "assignee_id", "closed_at"),
        sa.Index(None, "done_by_id", "done_at"),
    )

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"), index=True)
    engine_id: Mapped[str] = mapped_column(unique=True)
    step: Mapped[str]
    title: Mapped[str]
    role: Mapped[Role] = mapped_column(by_value(Role))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    assignee_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    verbs: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[datetime]
    due_on: Mapped[date | None]
    due_is_provisional: Mapped[bool] = mapped_column(default=False)
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    closed_at: Mapped[datetime | None]
    """When it stopped waiting: done, or cancelled by what happened elsewhere."""
    version: Mapped[int] = mapped_column(default=1)

    case: Mapped[Case] = relationship()
    unit: Mapped[Unit] = relationship(lazy="joined")
    assignee: Mapped[User | None] = relationship(foreign_keys=[assignee_id])
    done_by: Mapped[User | None] = relationship(foreign_keys=[done_by_id])

    @property
    def is_open(self) -> bool:
        """It waits for somebody."""
        return self.closed_at is None

    @property
    def engine_task(self) -> str:
        """The engine's id of the step, the same for all who are asked at it."""
        return self.engine_id.partition(SEAT)[0]

    @property
    def is_shared(self) -> bool:
        """Others are asked at the same step."""
        return SEAT in self.engine_id

    @property
    def allows(self) -> frozenset[str]:
        """What a person may do besides completing it."""
        return frozenset(verb for verb in self.verbs.split(",") if verb)


class TaskAnswers(Row):
    """What was answered on a task's form; a second answer is another row."""

    __tablename__ = "task_answers"
    __table_args__ = (sa.Index(None, "case_id", "step"),)

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("case.id"))
    task_id: Mapped[int | None] = mapped_column(sa.ForeignKey("task.id"), unique=True)
    step: Mapped[str]
    answers: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
