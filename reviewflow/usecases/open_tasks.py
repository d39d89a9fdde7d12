"""A task that waits, held for one act; or who was faster."""

import sqlalchemy as sa
from sqlalchemy.orm import lazyload, undefer

from reviewflow import clock, permissions
from reviewflow.errors import Conflict, Missing, TaskDone
from reviewflow.model.case import Case, Task
from reviewflow.model.event import Event
from reviewflow.work import Work

CHANGES = {
    # what can happen to a task that waits, as the journal calls it
    "task.claimed": "认领",
    "task.released": "退回待认领",
    "task.reassigned": "转办",
    "task.completed": "办理",
    "case.withdrawn": "撤回",
    "timer.fired": "到期处理",
}

_LOCKED = (
    sa.select(Case, Task)
    .join(Task.case)
    .where(Task.id == sa.bindparam("task_id"))
    .options(undefer(Case.state), lazyload(Case.process_version), lazyload(Task.unit))
    .with_for_update(of=[Case, Task])
    .execution_options(populate_existing=True)
)


def open_task(
    work: Work, task_id: int, action: str, version: int | None = None
) -> tuple[Case, Task]:
    """Return a case and its task that waits, with nobody else moving them.

    Args:
        work: Actor, instant and transaction.
        task_id: The task.
        action: What the actor wants to do, as in the table of permissions.
        version: The version of the task as the actor saw it.

    Raises:
        Missing: There is no such task, or the actor may not see it.
        Refused: It is not the actor's to do.
        Conflict: Somebody has done it already, or changed it meanwhile.
    """
    case, task = _locked(work, task_id)
    if not task.is_open:
        raise TaskDone(_who_did_it(work, task))
    permissions.require(work.actor, action, task)
    if version is not None and version != task.version:
        last = _last_change(work, task)
        raise Conflict(f"该任务已有变化（{last}），请查看最新情况后再办理。")
    return case, task


def _locked(work: Work, task_id: int) -> tuple[Case, Task]:
    """Return a task and its case, both as they are once nobody else moves them."""
    found = work.session.execute(_LOCKED, {"task_id": task_id}).one_or_none()
    if found is None:
        raise Missing
    return found.Case, found.Task


def _who_did_it(work: Work, task: Task) -> str:
    if task.done_by is None or task.done_at is None:
        return f"该任务已取消（{_last_change(work, task)}），事项已转入其他环节。"
    at = task.done_at.astimezone(clock.BEIJING).strftime("%m-%d %H:%M")
    return f"该任务已办结（{task.done_by.display_name}，{at}）。"


def _last_change(work: Work, task: Task) -> str:
    """Say who did what when: the latest line of the journal that tells it."""
    line = work.session.scalar(
        sa.select(Event)
        .where(Event.case_id == task.case_id, Event.kind.in_(CHANGES))
        .order_by(Event.seq.desc())
        .limit(1)
    )
    if line is None:
        return CHANGES["timer.fired"]
    who = line.actor.display_name if line.actor else "系统"
    at = line.at.astimezone(clock.BEIJING).strftime("%m-%d %H:%M")
    return f"{who}，{at}，{CHANGES[line.kind]}"
