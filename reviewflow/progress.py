"""A case moves on: the engine takes a step, the rows are made to match."""

from collections.abc import Callable, Mapping

import sqlalchemy as sa

from reviewflow import clock, clocks, journal, notices, permissions
from reviewflow.engine.tokens import ArmedTimer, OpenTask
from reviewflow.engine.workflow import Workflow
from reviewflow.errors import Invalid
from reviewflow.kinds.shelf import Post
from reviewflow.model.case import (
    Case,
    CaseParty,
    CasePerson,
    CaseStatus,
    Part,
    Task,
)
from reviewflow.model.deadline import CaseDeadline, Timer, TimerKind, TimerState
from reviewflow.model.people import Role, Unit, User
from reviewflow.work import Answers, Work


def start(work: Work, case: Case) -> None:
    """Let a new case take its first step, with its facts as start data."""
    process = work.process(case)
    services = work.bind(work, case, case.facts)
    put_away(work, case, Workflow.start(process.diagram, case.facts, services))


def move(
    work: Work, case: Case, answers: Answers, act: Callable[[Workflow], None]
) -> None:
    """Restore the case's process, do one thing to it, and put it away."""
    diagram = work.process(case).diagram
    workflow = Workflow.resume(diagram, case.state, work.bind(work, case, answers))
    act(workflow)
    put_away(work, case, workflow)


def put_away(work: Work, case: Case, workflow: Workflow) -> None:
    """Store the process and make tasks and timers match it."""
    case.state = workflow.dump()
    waiting = {task.engine_id: task for task in workflow.open_tasks()}
    known = {task.engine_id: task for task in open_rows(work, case)}
    for engine_id, row in known.items():
        if engine_id not in waiting:
            close_task(work, row)
    for engine_id, task in waiting.items():
        if engine_id not in known:
            _open_task(work, case, task)
    _match_timers(work, case, workflow.timers())
    if workflow.finished:
        finish(work, case, CaseStatus.FINISHED, workflow.ended_name)


def finish(work: Work, case: Case, status: CaseStatus, ending: str | None) -> None:
    """Close a case; an effect may have said before how it ends."""
    for row in open_rows(work, case):
        close_task(work, row)
    _match_timers(work, case, [])
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
    row = work.session.scalar(
        sa.select(CaseDeadline).where(
            CaseDeadline.task_id == task.id, CaseDeadline.met_on.is_(None)
        )
    )
    if row is None:
        return
    if task.done_at is None:
        clocks.cancel_clock(work, row)
    else:
        clocks.meet(work, row)


def add_party(work: Work, case: Case, part: Part, unit: Unit) -> None:
    """Let a unit take part, or take over a part; the record keeps the change."""
    row = _party(work, case, part)
    if row is None:
        row = CaseParty(case_id=case.id, part=part)
        work.session.add(row)
    row.unit = unit
    row.seen_from = row.seen_from or (work.now if permissions.part_sees(part) else None)
    work.session.flush()


def _party(work: Work, case: Case, part: Part) -> CaseParty | None:
    return work.session.scalar(
        sa.select(CaseParty).where(CaseParty.case_id == case.id, CaseParty.part == part)
    )


def _open_task(work: Work, case: Case, waiting: OpenTask) -> None:
    kind = work.process(case).kind
    post: Post = kind.lanes[waiting.lane]
    part = _party_of_post(work, case, post, waiting.title)
    role = Role(post.role)
    row = Task(
        case_id=case.id,
        engine_id=waiting.engine_id,
        step=waiting.step,
        title=waiting.title,
        role=role,
        unit_id=part.unit_id,
        assignee_id=_assignee(work, case, role, part.unit_id),
        verbs=",".join(waiting.verbs),
        opened_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    _set_clock(work, case, row, waiting.deadline)
    case.phase = kind.phases.get(waiting.step, case.phase)
    journal.record(work, case, "task.opened", task=row, title=row.title)
    notices.notify(work, case, notices.doers(work, row), "task_opened", step=row.title)


def _party_of_post(work: Work, case: Case, post: Post, title: str) -> CaseParty:
    part = Part(post.part)
    row = _party(work, case, part)
    if row is None:
        raise Invalid(
            message=f"“{title}”没有对应的办理单位，请管理员在“用户与机构”中补充后再办理。"
        )
    if row.seen_from is None:
        row.seen_from = work.now
    return row


def _assignee(work: Work, case: Case, role: Role, unit_id: int) -> int | None:
    chosen = work.session.scalar(
        sa.select(CasePerson.user_id).where(
            CasePerson.case_id == case.id, CasePerson.role == role
        )
    )
    if chosen is None and role is Role.DRAFTER:
        chosen = case.drafter_id
    if chosen is None or not _holds(work, chosen, role, unit_id):
        return None
    return chosen


def _holds(work: Work, user_id: int, role: Role, unit_id: int) -> bool:
    user = work.session.get(User, user_id)
    return (
        user is not None
        and user.is_active
        and user_id in notices.holders(work, role, unit_id)
    )


def _set_clock(work: Work, case: Case, task: Task, limit_id: str | None) -> None:
    """Show the case's own clock, or start one for the task if it names a limit."""
    row = clocks.running_clock(work, case, limit_id)
    if row is None and limit_id is not None:
        row = clocks.start_clock(work, case, limit_id, task=task)
    if row is None:
        return
    task.due_on, task.due_is_provisional = row.due_on, row.is_provisional


def _match_timers(work: Work, case: Case, armed: list[ArmedTimer]) -> None:
    rows = work.session.scalars(
        sa.select(Timer).where(
            Timer.case_id == case.id,
            Timer.kind == TimerKind.PROCESS,
            Timer.state == TimerState.ARMED,
        )
    )
    known: Mapping[str | None, Timer] = {row.engine_id: row for row in rows}
    wanted = {timer.engine_id: timer for timer in armed}
    for engine_id, row in known.items():
        if engine_id not in wanted:
            row.state, row.closed_at = TimerState.CANCELLED, work.now
    for engine_id, timer in wanted.items():
        if engine_id not in known:
            due_on = work.law.deadline(timer.limit, work.today).due_on
            work.session.add(
                Timer(
                    case_id=case.id,
                    kind=TimerKind.PROCESS,
                    engine_id=engine_id,
                    event=timer.event,
                    due_at=clock.end_of_day(due_on),
                    state=TimerState.ARMED,
                )
            )
