"""What people do with a task: complete, return, claim, release, hand over."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from reviewflow import (
    journal,
    meeting_rows,
    notices,
    permissions,
    progress,
    shared_steps,
)
from reviewflow.consulted import known_of_consultation
from reviewflow.errors import Invalid, SeparationOfDuties
from reviewflow.happened import as_it_happened
from reviewflow.kinds.forms import Form
from reviewflow.model.case import Case, Task, TaskAnswers
from reviewflow.model.document import Document
from reviewflow.model.people import User
from reviewflow.usecases.advices import hand_over_advice, sign_advice
from reviewflow.usecases.open_tasks import open_task
from reviewflow.work import Work

_ACTED = (
    sa.select(Task.id)
    .where(
        Task.case_id == sa.bindparam("case_id"),
        Task.done_by_id == sa.bindparam("user_id"),
        Task.role.in_(sa.bindparam("roles", expanding=True)),
    )
    .limit(1)
)


def complete_task(
    work: Work, task_id: int, raw: Mapping[str, Any], version: int | None = None
) -> Case:
    """Answer the form of one task and let the process run on.

    Args:
        work: Actor, instant and transaction.
        task_id: The task, as listed in the actor's inbox.
        raw: Answers as they were sent, by field name.
        version: The version of the task the answers were made for.

    Returns:
        The case, so that the caller can show where it now stands.

    Raises:
        Missing: There is no such task, or the actor may not see it.
        Refused: It is not the actor's to do.
        Conflict: Somebody has done it already, or changed it meanwhile.
        Invalid: An answer breaks a rule of its field.
    """
    case, task = open_task(work, task_id, "task.complete", version)
    form = work.process(case).kind.forms[task.step]
    _finish(work, case, task, form, form.parse(_filled(work, task, raw)))
    return case


def return_task(
    work: Work, task_id: int, reason: str, version: int | None = None
) -> Case:
    """Send a case back by answering the task the way its kind says (退回).

    Raises:
        Invalid: This step knows no return, or no reason is given.
        Missing, Refused, Conflict: As for completing it.
    """
    case, task = open_task(work, task_id, "task.return", version)
    form = work.process(case).kind.forms[task.step]
    _finish(work, case, task, form, form.parse_verb("return", reason))
    return case


def claim_task(work: Work, task_id: int) -> Task:
    """Take a task that waits for a post (认领); taking it twice changes nothing.

    Raises:
        Missing, Refused, Conflict: As for completing it.
    """
    case, task = open_task(work, task_id, "task.claim")
    if task.assignee_id is None:
        _assign(task, work.actor.user)
        journal.record(work, case, "task.claimed", task=task)
    return task


def release_task(work: Work, task_id: int) -> Task:
    """Give a claimed task back to the post.

    Raises:
        Missing, Refused, Conflict: As for completing it.
    """
    case, task = open_task(work, task_id, "task.release")
    _assign(task, None)
    journal.record(work, case, "task.released", task=task)
    return task


def reassign_task(work: Work, task_id: int, user_id: int, reason: str) -> Task:
    """Hand a task to somebody who holds the same post (转办).

    Raises:
        Missing, Conflict: As for completing it.
        Refused: The actor neither has the task nor leads the unit.
        Invalid: The other does not hold the post, or no reason is given.
    """
    case, task = open_task(work, task_id, "task.reassign")
    if not reason.strip():
        raise Invalid({"reason": "请填写转办理由。"})
    if user_id not in notices.holders(work, task.role, task.unit_id):
        raise Invalid({"user_id": "接办人不在这一岗位，请从列表中选择。"})
    person = work.session.get_one(User, user_id)
    hand_over_advice(work, case, task, person)
    _assign(task, person)
    journal.record(
        work,
        case,
        "task.reassigned",
        task=task,
        to=person.display_name,
        reason=reason.strip(),
    )
    till = notices.till(task.due_on)
    notices.notify(work, case, [user_id], "task_opened", step=task.title, till=till)
    return task


def _finish(
    work: Work, case: Case, task: Task, form: Form, answers: Mapping[str, Any]
) -> None:
    with work.beyond_sight():  # the case is seen, and with it all that is its own
        require_separation(work, case, task)
        _require_documents(work, case, form, answers)
        _do(work, case, task, form, answers)


def _filled(work: Work, task: Task, raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the answers with what other pages recorded where none is given."""
    known = meeting_rows.known_of_meeting(work, task)
    said = {name: value for name, value in raw.items() if value not in (None, "")}
    counted = known_of_consultation(work, task)
    return {**raw, **known, **said, **counted} if known or counted else raw


def _do(
    work: Work, case: Case, task: Task, form: Form, answers: Mapping[str, Any]
) -> None:
    task.done_at, task.done_by = work.now, work.actor.user
    _keep_answers(work, case, task, answers)
    progress.close_task(work, task)
    journal.record(
        work,
        case,
        "task.completed",
        task=task,
        task_id=task.id,
        answers=journal.text_digest(journal.canonical(answers)),
    )
    sign_advice(work, case, task, answers)
    if shared_steps.others_are_asked(work, task):
        return
    steering = shared_steps.together(work, task, form.deciding(answers))
    with as_it_happened(work, answers):
        progress.move(
            work,
            case,
            answers,
            lambda workflow: workflow.complete(task.engine_task, steering),
            task,
        )


def candidates(work: Work, task: Task) -> list[User]:
    """Return those who could be handed the task, in official order."""
    ids = notices.holders(work, task.role, task.unit_id)
    return list(
        work.session.scalars(
            sa.select(User)
            .where(User.id.in_(ids), User.is_active)
            .order_by(User.position, User.id)
        )
    )


def require_separation(work: Work, case: Case, task: Task) -> None:
    """Insist that the actor has not acted in a post that excludes this one.

    Raises:
        SeparationOfDuties: The actor has.
    """
    excluded = permissions.EXCLUDES.get(task.role)
    if not excluded:
        return
    acted = {
        "case_id": case.id,
        "user_id": work.actor.id,
        "roles": sorted(excluded),
    }
    if work.session.scalars(_ACTED, acted).first() is not None:
        raise SeparationOfDuties


def _require_documents(
    work: Work, case: Case, form: Form, answers: Mapping[str, Any]
) -> None:
    needed = {need.role: need.label for need in form.needed(answers)}
    if not needed:
        return
    there = set(
        work.session.scalars(
            sa.select(Document.role).where(Document.case_id == case.id)
        )
    )
    missing = {role: label for role, label in needed.items() if role not in there}
    if missing:
        raise Invalid({role: f"请上传{label}。" for role, label in missing.items()})


def _keep_answers(
    work: Work, case: Case, task: Task, answers: Mapping[str, Any]
) -> None:
    work.session.add(
        TaskAnswers(
            case_id=case.id,
            task_id=task.id,
            step=task.step,
            answers=journal.plain(answers),
            at=work.now,
            by_id=work.actor.id,
        )
    )


def _assign(task: Task, person: User | None) -> None:
    task.assignee = person
    task.version += 1
