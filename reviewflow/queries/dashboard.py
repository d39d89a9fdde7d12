"""What the workbench shows besides the most urgent tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow import clock
from reviewflow.law.calendar import ONE_DAY
from reviewflow.model.case import Case, CaseStatus, Task
from reviewflow.model.outbox import OutboxMessage
from reviewflow.queries.cases import begun_by_actor
from reviewflow.queries.done import Month, done_by, month_of, waiting_tasks
from reviewflow.queries.inbox import TaskRow, rows_of, waits_for
from reviewflow.queries.lamps import Urgency, count_states, task_lamps
from reviewflow.work import Work

MOST_URGENT = 10
LATEST = 5
DAYS = 7
MONTHS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How many tasks the actor did in a month, and how many of them too late."""

    month: Month
    done: int
    late: int


@dataclass(frozen=True, slots=True)
class MovedCase:
    """A case of the actor's, and who has it now."""

    case: Case
    waiting: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Workbench:
    """What do I owe, by when; what did I do; how are my cases."""

    today: date
    is_working_day: bool
    days_left_this_week: int
    urgent: list[TaskRow]
    open_count: int
    late_count: int
    today_count: int
    soon_count: int
    months: Sequence[MonthCount]
    running_count: int
    moved: list[MovedCase]
    messages: list[OutboxMessage]

    @property
    def more_than_last_month(self) -> int:
        """This month's count less that of the month before."""
        return self.months[-1].done - self.months[-2].done


def workbench(work: Work) -> Workbench:
    """Return the actor's workbench; the number of statements never grows."""
    lamps = task_lamps(work, waits_for(work.actor))
    counts = count_states(lamps.values())
    calendar = work.law.calendar
    return Workbench(
        today=work.today,
        is_working_day=calendar.is_working(work.today),
        days_left_this_week=_days_left_this_week(work),
        urgent=rows_of(work, list(lamps)[:MOST_URGENT], lamps),
        open_count=len(lamps),
        late_count=counts.get(Urgency.LATE, 0),
        today_count=counts.get(Urgency.TODAY, 0),
        soon_count=counts.get(Urgency.SOON, 0),
        months=_months(work),
        running_count=_running_count(work),
        moved=_moved(work),
        messages=_messages(work),
    )


def _days_left_this_week(work: Work) -> int:
    """Return the working days from today to Sunday, today included."""
    days = (work.today + n * ONE_DAY for n in range(DAYS - work.today.weekday()))
    return sum(map(work.law.calendar.is_working, days))


def _months(work: Work) -> list[MonthCount]:
    last = month_of(work.today)
    months = [last.plus(n) for n in range(1 - MONTHS_SHOWN, 1)]
    counted = [sa.func.count(sa.case((_in_month(month), 1))) for month in months]
    since = Task.done_at >= months[0].begins_at
    row = work.session.execute(sa.select(*counted).where(done_by(work), since)).one()
    late = _late(work, since)
    return [
        MonthCount(month, count, late.count(month))
        for month, count in zip(months, row, strict=True)
    ]


def _in_month(month: Month) -> sa.ColumnElement[bool]:
    return sa.and_(
        Task.done_at >= month.begins_at, Task.done_at < month.plus(1).begins_at
    )


def _late(work: Work, since: sa.ColumnElement[bool]) -> list[Month]:
    """Return the month of each task done too late.

    The database only leaves out what was surely in time; the day in Beijing is
    compared here.
    """
    rows = work.session.execute(
        sa.select(Task.done_at, Task.due_on).where(
            done_by(work), since, Task.done_at > Task.due_on
        )
    )
    return [
        month_of(day)
        for done_at, due_on in rows
        if done_at and due_on and (day := clock.beijing_date(done_at)) > due_on
    ]


def _running_count(work: Work) -> int:
    return (
        work.session.scalar(
            sa.select(sa.func.count(Case.id)).where(
                begun_by_actor(work), Case.status == CaseStatus.RUNNING
            )
        )
        or 0
    )


def _moved(work: Work) -> list[MovedCase]:
    """Return the actor's own cases, the one that moved last first."""
    moved = work.session.scalars(
        sa.select(Task.case_id)
        .join(Task.case)
        .where(begun_by_actor(work))
        .group_by(Task.case_id)
        .order_by(sa.func.max(Task.opened_at).desc(), Task.case_id.desc())
        .limit(LATEST)
    ).all()
    cases = work.session.scalars(sa.select(Case).where(Case.id.in_(moved))).unique()
    by_id = {case.id: case for case in cases}
    waiting = waiting_tasks(work, moved)
    return [MovedCase(by_id[i], waiting.get(i, ())) for i in moved]


def _messages(work: Work) -> list[OutboxMessage]:
    return list(
        work.session.scalars(
            sa.select(OutboxMessage)
            .where(OutboxMessage.user_id == work.actor.id)
            .order_by(OutboxMessage.id.desc())
            .limit(LATEST)
            .options(joinedload(OutboxMessage.case))
        )
    )
