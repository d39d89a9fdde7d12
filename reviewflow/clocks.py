"""Clocks of a case: limits begin, pause, end; their reminders are armed."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa

from reviewflow import clock, journal
from reviewflow.law.calendar import Pause as PauseSpan
from reviewflow.law.deadlines import (
    Deadline,
    deadline_working,
    latest_working_before,
)
from reviewflow.law.limits import Counting
from reviewflow.model.case import Case, Task
from reviewflow.model.deadline import (
    CaseDeadline,
    Pause,
    Timer,
    TimerKind,
    TimerState,
)
from reviewflow.work import Work

ENDS_ON = "ends_on"
"""The fact of a case from which its timers count back."""

_RUNNING = (
    sa.select(CaseDeadline)
    .where(
        CaseDeadline.case_id == sa.bindparam("case_id"),
        CaseDeadline.task_id.is_(None),
        CaseDeadline.met_on.is_(None),
        CaseDeadline.cancelled_on.is_(None),
    )
    .order_by(CaseDeadline.id.desc())
    .limit(1)
)
_RUNNING_UNDER = _RUNNING.where(CaseDeadline.limit_id == sa.bindparam("limit_id"))


def start_clock(
    work: Work,
    case: Case,
    limit_id: str,
    *,
    started_on: date | None = None,
    task: Task | None = None,
) -> CaseDeadline:
    """Let a limit run in a case.

    Args:
        work: Actor, instant and transaction.
        case: Where it runs.
        limit_id: Row of the register of limits.
        started_on: Day of the event that starts the period; today by default.
        task: The task it belongs to, if it ends with that task.
    """
    start = started_on or work.today
    limit = work.law.limit(limit_id, start)
    deadline = work.law.deadline(limit_id, start)
    row = CaseDeadline(
        case_id=case.id,
        task=task,
        limit_id=limit_id,
        title=limit.title,
        started_on=start,
        due_on=deadline.due_on,
        is_provisional=deadline.provisional,
        law_version=work.law.version,
        round=case.round,
        pauses=[],
    )
    work.session.add(row)
    arm(work, row)
    return row


def running_clock(
    work: Work, case: Case, limit_id: str | None = None
) -> CaseDeadline | None:
    """Return the clock of the case itself that runs, under that limit if named."""
    if limit_id is None:
        return work.session.scalars(_RUNNING, {"case_id": case.id}).first()
    named = {"case_id": case.id, "limit_id": limit_id}
    return work.session.scalars(_RUNNING_UNDER, named).first()


def meet_clock(work: Work, case: Case, limit_id: str) -> None:
    """End a clock of the case because what it waited for has happened."""
    row = running_clock(work, case, limit_id)
    if row is not None:
        meet(work, row)


def meet(work: Work, row: CaseDeadline) -> None:
    """End one clock today; its reminders are not needed any more."""
    if row.open_pause is not None:
        row.open_pause.until_on = work.today
    row.met_on = work.today
    disarm(work, Timer.deadline_id == row.id)


def disarm(work: Work, which: sa.ColumnElement[bool]) -> None:
    """Cancel those armed timers, without looking at each."""
    work.session.execute(
        sa.update(Timer)
        .where(which, Timer.state == TimerState.ARMED)
        .values(state=TimerState.CANCELLED, closed_at=work.now),
        execution_options={"synchronize_session": False},
    )


def cancel_clock(work: Work, row: CaseDeadline) -> None:
    """Take one clock away because its step was."""
    row.cancelled_on = work.today
    disarm(work, Timer.deadline_id == row.id)


def cancel_clocks(work: Work, case: Case) -> None:
    """Take away every clock that still runs in a case."""
    rows = work.session.scalars(
        sa.select(CaseDeadline).where(
            CaseDeadline.case_id == case.id,
            CaseDeadline.met_on.is_(None),
            CaseDeadline.cancelled_on.is_(None),
        )
    )
    for row in rows:
        cancel_clock(work, row)


def pause_clock(work: Work, case: Case, limit_id: str, reason: str) -> None:
    """Stop a clock from tomorrow on; a clock that does not run stays as it is."""
    row = running_clock(work, case, limit_id)
    if row is None or row.open_pause is not None:
        return
    row.pauses.append(Pause(from_on=work.today, reason=reason))
    disarm(work, Timer.deadline_id == row.id)
    journal.record(work, case, "clock.paused", limit=limit_id, reason=reason)


def resume_clock(work: Work, case: Case, limit_id: str) -> None:
    """Let a paused clock run on; today still belongs to the pause."""
    row = running_clock(work, case, limit_id)
    if row is None or row.open_pause is None:
        return
    row.open_pause.until_on = work.today
    before = recompute(work, case, row)
    arm(work, row)
    journal.record(
        work, case, "clock.resumed", limit=limit_id, before=before, due_on=row.due_on
    )


def extend_clock(work: Work, case: Case, row: CaseDeadline, extra: int) -> date:
    """Put a clock off by so many units of its limit; its reminders move along.

    Returns:
        When it was due before.
    """
    row.extended_by, row.extended_on = extra, work.today
    before = recompute(work, case, row)
    disarm(work, Timer.deadline_id == row.id)
    arm(work, row)
    return before


def explain(work: Work, row: CaseDeadline) -> Deadline:
    """Return the due date of a clock and how it comes about, for all who tell it."""
    pauses = pauses_of(work, row)
    return work.law.deadline(row.limit_id, row.started_on, pauses, row.extended_by)


def pauses_of(work: Work, row: CaseDeadline) -> tuple[PauseSpan, ...]:
    """Return what does not count of a clock; an open pause goes on till now."""
    last = row.met_on or row.cancelled_on or work.today
    return tuple(
        PauseSpan(p.from_on, p.until_on or max(last, p.from_on)) for p in row.pauses
    )


def timer_due_on(work: Work, case: Case, limit_id: str) -> date:
    """Return when a timer of a case's diagram fires: counted from today, or back.

    What is counted back has its end among the facts of the case.
    """
    start = work.today
    if work.law.limit(limit_id, start).counting is Counting.BEFORE_END:
        start = date.fromisoformat(case.facts[ENDS_ON])
    return work.law.deadline(limit_id, start).due_on


def _later(work: Work, due_on: date, days: int) -> date:
    """Return the day on which a deadline is over by so many working days."""
    if not days:
        return due_on
    return deadline_working(due_on, days, work.law.calendar).due_on


def recompute(work: Work, case: Case, row: CaseDeadline) -> date:
    """Set the due date anew, also where tasks show it; return what it was."""
    before, deadline = row.due_on, explain(work, row)
    row.due_on, row.is_provisional = deadline.due_on, deadline.provisional
    row.law_version = work.law.version
    for task in _tasks_due(work, case, before):
        task.due_on = row.due_on
    return before


def _tasks_due(work: Work, case: Case, due_on: date) -> Sequence[Task]:
    return work.session.scalars(
        sa.select(Task).where(
            Task.case_id == case.id, Task.closed_at.is_(None), Task.due_on == due_on
        )
    ).all()


def arm(work: Work, row: CaseDeadline) -> None:
    """Arm a reminder before the due day, and one for each day somebody is told after.

    When the past is told, what would have been said by now is not said.

    Source: the escalations of `warn_rules.yaml` (product rule).
    """
    rule = work.law.warn_rule(row.limit_id, row.started_on)
    left = rule.amber_left_working_days
    warn_on = latest_working_before(row.due_on, left, work.law.calendar).due_on
    late = sorted({0, *(step.working_days for step in rule.escalations)})
    reminders: list[tuple[TimerKind, datetime]] = [
        (TimerKind.OVERDUE, clock.end_of_day(_later(work, row.due_on, days)))
        for days in late
    ]
    if warn_on > work.today:
        reminders.insert(0, (TimerKind.WARN, clock.beijing_instant(warn_on)))
    for kind, due_at in reminders:
        if work.told_at is not None and due_at <= work.told_at:
            continue
        work.session.add(
            Timer(
                case_id=row.case_id,
                deadline=row,
                kind=kind,
                due_at=due_at,
                state=TimerState.ARMED,
            )
        )
