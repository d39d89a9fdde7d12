"""Timers that are due take effect through the same door as people."""

import logging
from datetime import datetime, timedelta
from functools import partial

import sqlalchemy as sa

from reviewflow import chinese, clock, journal, notices, progress
from reviewflow.clocks import explain, running_clock
from reviewflow.errors import ReviewflowError
from reviewflow.law.calendar import working_days_between
from reviewflow.model.case import Case, CaseParty, Part, Task
from reviewflow.model.deadline import (
    CaseDeadline,
    Incident,
    Timer,
    TimerKind,
    TimerState,
)
from reviewflow.model.people import Role
from reviewflow.recalculation import is_stale, recalculate
from reviewflow.usecases.validities import begin_ending
from reviewflow.work import Runtime, Work

log = logging.getLogger(__name__)

FIRST_WAIT = timedelta(minutes=1)
TICK = timedelta(microseconds=1)
"""Back over midnight: what is due at the end of a day belongs to that day."""
LONGEST_WAIT = timedelta(hours=1)
MOST_TRIES = 5
LAW_CHANGED = "时限规则或者放假安排有变更"
TEMPLATES = {TimerKind.WARN: "task_due_soon", TimerKind.OVERDUE: "task_overdue"}


def fire_due_timers(runtime: Runtime, at: datetime | None = None) -> int:
    """Let every timer that is due take effect, one transaction each.

    Documents whose validity ends soon come first: their timers may be due at once.

    Args:
        runtime: Opens the transactions.
        at: The instant to look from; now, unless history is told.

    Returns:
        How many took effect.
    """
    fired = begin_ending(runtime, at)
    skipped: set[int] = set()
    while (timer_id := _next_due(runtime, at, skipped)) is not None:
        try:
            with runtime.begin(None, at) as work:
                fired += _fire(work, timer_id)
        except Exception as error:  # the loop goes on; the case gets an incident
            log.exception("timer failed", extra={"timer": timer_id})
            skipped.add(timer_id)
            _put_off(runtime, timer_id, error, at)
    return fired


def _next_due(runtime: Runtime, at: datetime | None, skipped: set[int]) -> int | None:
    with runtime.read(None, at) as work:
        return work.session.scalar(
            sa.select(Timer.id)
            .where(
                Timer.state == TimerState.ARMED,
                Timer.due_at <= work.now,
                sa.or_(Timer.next_try_at.is_(None), Timer.next_try_at <= work.now),
                Timer.id.not_in(skipped),
            )
            .order_by(Timer.due_at, Timer.id)
            .limit(1)
        )


def _fire(work: Work, timer_id: int) -> bool:
    """Let one timer take effect, unless another worker was faster."""
    case = work.get(Case, work.get(Timer, timer_id).case_id, lock=True)
    timer = work.get(Timer, timer_id)  # again: it may have fired before the lock
    if timer.state is not TimerState.ARMED or _moves_on(work, case, timer):
        return False
    timer.state, timer.closed_at = TimerState.FIRED, work.now
    if timer.kind is TimerKind.PROCESS:
        engine_id = timer.engine_id or ""
        progress.move(work, case, {}, lambda workflow: workflow.fire(engine_id))
    else:
        _remind(work, case, timer)
    journal.record(
        work,
        case,
        "timer.fired",
        effective_at=timer.due_at,
        timer=timer.kind,
        event=timer.event,
        limit=timer.deadline.limit_id if timer.deadline else None,
    )
    return True


def _moves_on(work: Work, case: Case, timer: Timer) -> bool:
    """Reckon a timer's clock by the law in force first: it may be due later now.

    A change of the law is carried out case by case; nothing fires early meanwhile.
    """
    row = timer.deadline
    if row is None and timer.limit_id:
        row = running_clock(work, case, timer.limit_id)
    if row is None or not row.is_running or not is_stale(work, row):
        return False
    recalculate(work, row, LAW_CHANGED)
    work.session.refresh(timer)
    return timer.state is not TimerState.ARMED or timer.due_at > work.now


def _remind(work: Work, case: Case, timer: Timer) -> None:
    deadline = timer.deadline
    if deadline is None or not deadline.is_running or deadline.open_pause is not None:
        return
    due = chinese.day(deadline.due_on)
    over = clock.beijing_date(timer.due_at - TICK)
    late = working_days_between(deadline.due_on, over, work.law.calendar)
    why = partial(explain, work, deadline)
    for task in _waiting(work, deadline):
        said = {"step": task.title, "due": due}
        is_over = timer.kind is TimerKind.OVERDUE
        to = _above(work, task, deadline, late) if is_over else []
        if is_over and late:
            said["days"] = str(late)
            notices.notify(work, case, to, "task_escalated", why, **said)
        else:
            to += notices.doers(work, task)
            notices.notify(work, case, to, TEMPLATES[timer.kind], why, **said)


def _above(work: Work, task: Task, deadline: CaseDeadline, late: int) -> list[int]:
    """Return who is told of a task that is late by so many working days.

    The head of the unit whose task it is; anybody else in the unit that takes
    part as the office.

    Source: the escalations of `warn_rules.yaml` (product rule).
    """
    office = work.session.scalar(
        sa.select(CaseParty.unit_id).where(
            CaseParty.case_id == task.case_id, CaseParty.part == Part.OFFICE
        )
    )
    rule = work.law.warn_rule(deadline.limit_id, deadline.started_on)
    told: list[int] = []
    for step in rule.escalations:
        unit_id = task.unit_id if step.role == Role.UNIT_HEAD else office
        if step.working_days == late and unit_id is not None:
            told += notices.holders(work, Role(step.role), unit_id)
    return told


def _waiting(work: Work, deadline: CaseDeadline) -> list[Task]:
    own = deadline.task_id is None
    narrower = sa.true() if own else Task.id == deadline.task_id
    return list(
        work.session.scalars(
            sa.select(Task).where(
                Task.case_id == deadline.case_id, Task.closed_at.is_(None), narrower
            )
        )
    )


def _put_off(
    runtime: Runtime, timer_id: int, error: Exception, at: datetime | None
) -> None:
    sentence = error.message if isinstance(error, ReviewflowError) else str(error)
    with runtime.begin(None, at) as work:
        timer = work.get(Timer, timer_id)
        timer.tries += 1
        wait = min(FIRST_WAIT * 2 ** (timer.tries - 1), LONGEST_WAIT)
        timer.next_try_at = work.now + wait
        if timer.tries == MOST_TRIES:
            work.session.add(
                Incident(
                    case_id=timer.case_id,
                    subject="定时事项未能执行",
                    text=sentence,
                    opened_at=work.now,
                )
            )
