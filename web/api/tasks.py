"""Tasks: found, read, taken, handed over, sent back, completed."""

from flask import Response

from reviewflow.model.case import Task as TaskRow
from reviewflow.queries.asked_tasks import asked_task
from reviewflow.queries.task_lists import list_tasks
from reviewflow.usecases.tasks import (
    claim_task,
    complete_task,
    reassign_task,
    release_task,
    return_task,
)
from reviewflow.work import Work
from web.api import pages, tokens
from web.api.blueprints import noun
from web.api.cases import case_now
from web.api.paths import TaskPath
from web.api.shapes.cases import Case
from web.api.shapes.forms import asked_shape
from web.api.shapes.tasks import (
    AskedTask,
    Completion,
    Handover,
    ListedTask,
    Return,
    Task,
    TaskQuery,
    Tasks,
)

bp = noun("tasks")


@bp.get("/tasks", responses={200: Tasks})
def find(query: TaskQuery) -> Response:
    """List the tasks of who asks, by due date."""
    with tokens.begin_reading() as work:
        found = list_tasks(work, query.scope, pages.window(query))
        return tokens.show(
            Tasks(
                items=[ListedTask.model_validate(task) for task in found.items],
                total=found.total,
                next=pages.next_part(query, found.total),
            )
        )


@bp.get(f"/tasks/{TaskPath.RULE}", responses={200: AskedTask})
def show(path: TaskPath) -> Response:
    """Show one task and what it asks."""
    with tokens.begin_reading() as work:
        return tokens.show(asked_shape(asked_task(work, path.task_id)))


@bp.post(f"/tasks/{TaskPath.RULE}/claim", responses={200: Task})
def claim(path: TaskPath) -> Response:
    """Take a task that waits for a post."""
    with tokens.begin_work() as work:
        return _task(work, claim_task(work, path.task_id))


@bp.post(f"/tasks/{TaskPath.RULE}/release", responses={200: Task})
def release(path: TaskPath) -> Response:
    """Give a task back to the post."""
    with tokens.begin_work() as work:
        return _task(work, release_task(work, path.task_id))


@bp.post(f"/tasks/{TaskPath.RULE}/reassign", responses={200: Task})
def reassign(path: TaskPath, body: Handover) -> Response:
    """Hand a task to somebody else in the post."""
    with tokens.begin_work() as work:
        task = reassign_task(work, path.task_id, body.user_id, body.reason)
        return _task(work, task)


@bp.post(f"/tasks/{TaskPath.RULE}/return", responses={200: Case})
def send_back(path: TaskPath, body: Return) -> Response:
    """Send the case back the way its kind says."""
    with tokens.begin_work() as work:
        case = return_task(work, path.task_id, body.reason, body.task_version)
        return tokens.reply(work, case_now(work, case))


@bp.post(f"/tasks/{TaskPath.RULE}/complete", responses={200: Case})
def complete(path: TaskPath, body: Completion) -> Response:
    """Answer the form of a task and let the case go on."""
    with tokens.begin_work() as work:
        case = complete_task(work, path.task_id, body.answers, body.task_version)
        return tokens.reply(work, case_now(work, case))


def _task(work: Work, task: TaskRow) -> Response:
    work.settle()
    return tokens.reply(work, Task.model_validate(task))
