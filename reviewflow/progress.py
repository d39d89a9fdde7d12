"""A case moves on: the engine takes a step, the rows are made to match."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import sqlalchemy as sa

from reviewflow import arrivals, clock, clocks, journal, permissions
from reviewflow.engine.tokens import ArmedTimer, OpenTask
from reviewflow.engine.workflow import Workflow
from reviewflow.model.case import SEAT, Case, CaseParty, CaseStatus, Part, Task
from reviewflow.model.deadline import CaseDeadline, Timer, TimerKind, TimerState
from reviewflow.model.people import Unit
from reviewflow.work import Answers, Work


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a process waits for, by the engine's ids."""

    tasks: Mapping[str, OpenTask]
    timers: Mapping[str, ArmedTimer]


NOTHING = Waiting({}, {})

_OWN_CLOCK = sa.select(CaseDeadline).where(
    CaseDeadline.task_id == sa.bindparam("task_id"), CaseDeadline.met_on.is_(None)
)


def start(
    work: Work,
    case: Case,
    answers: Answers | None = None,
    act: Callable[[Workflow], None] = lambda _workflow: None,
) -> None:
    """Let a new case take its first step, with its facts as start data.

    Args:
        work: Actor, instant and transaction.
        case: What begins.
        answers: What effects are given, if more than the facts is known.
        act: What is done at once, before anybody is asked.
    """
    process = work.process(case)
    services = work.bind(work, case, case.facts if answers is None else answers)
    workflow = Workflow.start(process.diagram, case.facts, services)
    act(workflow)
    put_away(work, case, workflow, NOTHING)


def move(
    work: Work,
    case: Case,
    answers: Answers,
    act: Callable[[Workflow], None],
    done: Task | None = None,
) -> None:
    """Restore the case's process, do one thing to it, and put it away.

    Args:
        work: Actor, instant and transaction.
        case: What moves.
        answers: What effects are given.
        act: The one thing.
        done: The task it finishes, if its row is closed already.
    """
    diagram = work.process(case).diagram
    workflow = Workflow.resume(diagram, case.state, work.bind(work, case, answers))
    before = waiting(workflow, done)
    act(workflow)
    put_away(work, case, workflow, before)


def put_away(work: Work, case: Case, workflow: Workflow, before: Waiting) -> None:
    """Store the process; tasks and timers follow what has changed in it."""
    now = waiting(workflow)
    for row in _rows(work, before.tasks.keys() - now.tasks.keys()):
        close_task(work, row)
    for engine_id, task in now.tasks.items():
        if engine_id not in before.tasks:
            arrivals.open_task(work, case, task)
    _disarm(work, before.timers.keys() - now.timers.keys())
    for engine_id, timer in now.timers.items():
        if engine_id not in before.timers:
            _arm(work, case, timer)
    case.state = workflow.dump()
    if workflow.finished:
        finish(work, case, CaseStatus.FINISHED, workflow.ended_name)


def waiting(workflow: Workflow, done: Task | None = None) -> Waiting:
    """Return what a process waits for, but for a task whose row is closed already."""
    left_out = None if done is None else done.engine_task
    tasks = (task for task in workflow.open_tasks() if task.engine_id != left_out)
    return Waiting(
        {task.engine_id: task for task in tasks},
        {timer.engine_id: timer for timer in workflow.timers()},
    )


def finish(work: Work, case: Case, status: CaseStatus, ending: str | None) -> None:
    """Close a case; an effect may have said before how it ends."""
    for row in open_rows(work, case):
        close_task(work, row)
    clocks.disarm(work, Timer.case_id == case.id)
    clocks.cancel_clocks(work, case)
    if case.status is CaseStatus.RUNNING:
        case.status = status
    case.ending = ending
    case.finished_at = work.now
    journal.record(work, case, "case.closed", status=case.status, ending=ending)


def open_rows(work: Work, case: Case) -> list[Task]:
    """Return the tasks of a case that wait for somebody."""
    return list(
        work.session.scalars(
            sa.select(Task)
            .where(Task.case_id == case.id, Task.closed_at.is_(None))
            .order_by(Task.id)
        )
    )


def close_task(work: Work, task: Task) -> None:
    """Mark a task as no longer waiting and end its own clock."""
    task.closed_at = work.now
    if task.due_on is None:
        return  # no clock has ever run for it
    row = work.session.scalar(_OWN_CLOCK, {"task_id": task.id})
    if row is None:
        return
    if task.done_at is None:
        clocks.cancel_clock(work, row)
    else:
        clocks.meet(work, row)


def add_party(work: Work, case: Case, part: Part, unit: Unit) -> None:
    """Let a unit take part, or take over a part; the record keeps the change."""
    row = arrivals.find_party(work, case, part)
    if row is None:
        row = CaseParty(case_id=case.id, part=part)
        work.session.add(row)
    row.unit = unit
    row.seen_from = row.seen_from or (work.now if permissions.part_sees(part) else None)
    work.session.flush()


def _rows(work: Work, engine_ids: AbstractSet[str]) -> list[Task]:
    if not engine_ids:
        return []
    return list(
        work.session.scalars(
            sa.select(Task)
            .where(
                sa.or_(
                    Task.engine_id.in_(engine_ids),
                    *(Task.engine_id.startswith(one + SEAT) for one in engine_ids),
                ),
                Task.closed_at.is_(None),
            )
            .order_by(Task.id)
        )
    )


def _disarm(work: Work, engine_ids: AbstractSet[str]) -> None:
    if engine_ids:
        clocks.disarm(work, Timer.engine_id.in_(engine_ids))


def _arm(work: Work, case: Case, timer: ArmedTimer) -> None:
    kind = work.process(case).kind
    limit_id = kind.limit_at(timer.event, case.kind_code, timer.limit)
    due_on = clocks.timer_due_on(work, case, limit_id)
    work.session.add(
        Timer(
            case_id=case.id,
            kind=TimerKind.PROCESS,
            engine_id=timer.engine_id,
            event=timer.event,
            limit_id=limit_id,
            due_at=clock.end_of_day(due_on),
            state=TimerState.ARMED,
        )
    )
