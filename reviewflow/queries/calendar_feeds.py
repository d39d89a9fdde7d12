"""What somebody's calendar shows: tasks by their last day, clocks of own cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow import clocks
from reviewflow.errors import Missing
from reviewflow.law.deadlines import latest_working_before
from reviewflow.model.access import CalendarFeed
from reviewflow.model.case import Case, Task
from reviewflow.model.deadline import CaseDeadline
from reviewflow.queries.inbox import waits_for
from reviewflow.queries.lamps import CLOCK
from reviewflow.work import Work


@dataclass(frozen=True, slots=True)
class DueDay:
    """One day of a calendar, on which something ends."""

    key: str
    """The same however often the day changes: `task-12`, `deadline-7`."""
    day: date
    title: str
    lines: tuple[str, ...]
    """How the day comes about, by what rule, and in which case."""
    path: str
    """The page of it."""
    alarms: tuple[date, ...]
    """On which days before it somebody wants to be reminded."""


def feed_made_at(work: Work) -> datetime | None:
    """Return when the actor's address was made; none if there is none."""
    if work.actor.user is None:
        raise Missing
    return work.session.scalar(
        sa.select(CalendarFeed.created_at)
        .where(
            CalendarFeed.user_id == work.actor.user.id,
            CalendarFeed.revoked_at.is_(None),
        )
        .limit(1)
    )


def due_days(work: Work) -> list[DueDay]:
    """Return what the actor has to do by which day, and until when own cases run.

    A clock that is that of a task is told with the task, and only once.
    """
    tasks = _tasks(work)
    told = {row.id for _, row in tasks if row is not None}
    found = [_of_task(work, task, row) for task, row in tasks]
    found += [_of_clock(work, row) for row in _clocks(work) if row.id not in told]
    return sorted(found, key=lambda one: (one.day, one.key))


def _tasks(work: Work) -> list[tuple[Task, CaseDeadline | None]]:
    """Return the actor's open tasks with the clock each is due by."""
    rows = work.session.execute(
        sa.select(Task, CaseDeadline)
        .outerjoin(CaseDeadline, CLOCK)
        .where(waits_for(work.actor), Task.due_on.is_not(None))
        .options(joinedload(Task.case))
        .order_by(Task.id, CaseDeadline.id)
    ).unique()
    return list({task.id: (task, row) for task, row in rows}.values())


def _clocks(work: Work) -> list[CaseDeadline]:
    """Return what runs in cases the actor drafts, or has something to do in."""
    waiting = sa.select(Task.case_id).where(waits_for(work.actor))
    own = sa.select(Case.id).where(Case.drafter_id == work.actor.id)
    rows = work.session.scalars(
        sa.select(CaseDeadline)
        .where(
            CaseDeadline.met_on.is_(None),
            CaseDeadline.cancelled_on.is_(None),
            CaseDeadline.case_id.in_(waiting) | CaseDeadline.case_id.in_(own),
        )
        .options(joinedload(CaseDeadline.case))
        .order_by(CaseDeadline.id)
    )
    return list(rows.unique())


def _of_task(work: Work, task: Task, row: CaseDeadline | None) -> DueDay:
    day = task.due_on or work.today
    return DueDay(
        key=f"task-{task.id}",
        day=day,
        title=_title(task.title, task.case, row),
        lines=tuple(_lines(work, task.case, row)),
        path=f"/tasks/{task.id}",
        alarms=_alarms(work, row, day),
    )


def _of_clock(work: Work, row: CaseDeadline) -> DueDay:
    return DueDay(
        key=f"deadline-{row.id}",
        day=row.due_on,
        title=_title(row.title, row.case, row),
        lines=tuple(_lines(work, row.case, row)),
        path=f"/deadlines/{row.id}",
        alarms=_alarms(work, row, row.due_on),
    )


def _title(what: str, case: Case, row: CaseDeadline | None) -> str:
    marks = []
    if row is not None and row.open_pause is not None:
        marks.append("暂停计时")
    if row is not None and row.is_provisional:
        marks.append("暂定")
    said = f"（{'、'.join(marks)}）" if marks else ""
    return f"{what}届满{said}：《{case.title}》"


def _lines(work: Work, case: Case, row: CaseDeadline | None) -> Iterator[str]:
    if row is not None:
        for step in clocks.explain(work, row).steps:
            yield step.text
        yield f"依据：{work.law.limit(row.limit_id, row.started_on).source}"
    yield f"事项：{case.number}"


def _alarms(work: Work, row: CaseDeadline | None, day: date) -> tuple[date, ...]:
    """Return when the lamp of a clock changes colour, each day once.

    Source: `warn_rules.yaml` (product rule).
    """
    if row is None or row.open_pause is not None:
        return ()
    rule = work.law.warn_rule(row.limit_id, row.started_on)
    left = {rule.amber_left_working_days, rule.red_left_working_days}
    days = {
        latest_working_before(day, count, work.law.calendar).due_on
        for count in left
        if count
    }
    return tuple(sorted(days))
