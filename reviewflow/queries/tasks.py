"""One task: what is asked, what has to be looked at, what may be done."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow import permissions
from reviewflow.consulted import known_of_consultation
from reviewflow.errors import Missing
from reviewflow.kinds.fields import ON_TEXT
from reviewflow.kinds.forms import Form
from reviewflow.meeting_rows import known_of_meeting
from reviewflow.model.case import Task, TaskAnswers
from reviewflow.model.document import Document
from reviewflow.model.opinion import Opinion
from reviewflow.model.people import Role
from reviewflow.queries.answers import (
    Answered,
    answered_forms,
    answers_of,
    known_facts,
)
from reviewflow.queries.cases import CaseHead, case_head
from reviewflow.queries.documents import documents_of
from reviewflow.queries.hearing_answers import known_of_hearing
from reviewflow.queries.lamps import DARK_LAMP, Lamp
from reviewflow.queries.next_steps import RETURN, Ahead, NextStep
from reviewflow.queries.offers import Choices, offers_for
from reviewflow.queries.preview import Preview, find_preview
from reviewflow.work import Work


@dataclass(frozen=True, slots=True)
class TaskPage:
    """All that the page of a task shows."""

    head: CaseHead
    task: Task
    form: Form
    lamp: Lamp
    offers: dict[str, Choices]
    documents: dict[str, Document]
    preview: Preview | None
    earlier: list[Answered]
    before: dict[str, object]
    """What was answered here before the case came back, so far as it still holds."""
    following: list[NextStep]
    returning: list[NextStep]
    may: frozenset[str]
    is_registration: bool

    @property
    def judges_text(self) -> bool:
        """The form speaks of single provisions, so the text comes first."""
        return any(question.type in ON_TEXT for question in self.form.fields)

    @property
    def is_to_be_done(self) -> bool:
        """It is open and the actor may complete it."""
        return "complete" in self.may


def task_page(work: Work, task_id: int) -> TaskPage:
    """Return a task with its form and the case around it.

    Raises:
        Missing: There is none, or the actor may not see it.
    """
    task = get_task(work, task_id)
    head = case_head(work, task.case_id)
    case = head.case
    form = work.process(case).kind.forms[task.step]
    documents = documents_of(work, case.id)
    may = may_do(work, task, form)
    is_to_be_done = "complete" in may
    rows = answers_of(work, case)
    ahead = Ahead(work, case, known_facts(case, rows))
    return TaskPage(
        head=head,
        task=task,
        form=form,
        lamp=head.lamps.get(task.id, DARK_LAMP),
        offers=offers_for(work, form.fields, case, case.unit) if is_to_be_done else {},
        documents=documents,
        preview=find_preview(work, documents) if is_to_be_done else None,
        earlier=answered_forms(work, case, _own_first(task, rows)),
        before=_known(work, task, form, rows) if is_to_be_done else {},
        following=ahead.following(task) if task.is_open else [],
        returning=ahead.returning(task) if RETURN in may else [],
        may=may,
        is_registration=is_registration(work, task),
    )


def get_task(work: Work, task_id: int) -> Task:
    """Return a task with the people it names.

    Raises:
        Missing: There is none, or the actor may not see it.
    """
    task = work.session.scalar(
        sa.select(Task)
        .where(Task.id == task_id)
        .options(joinedload(Task.assignee), joinedload(Task.done_by))
    )
    if task is None:
        raise Missing
    return task


def is_registration(work: Work, task: Task) -> bool:
    """It is the first task of a case, waiting for the drafter who registered it."""
    is_own = task.role is Role.DRAFTER and task.assignee_id == work.actor.id
    if not (task.is_open and is_own):
        return False
    earlier = sa.select(Task.id).where(Task.case_id == task.case_id, Task.id < task.id)
    return work.session.scalar(earlier.limit(1)) is None


def get_registration(work: Work, case_id: int) -> Task:
    """Return the task with which the actor is still registering a case.

    Raises:
        Missing: There is no such case, or its registration is over.
    """
    first = work.session.scalar(
        sa.select(Task)
        .where(Task.case_id == case_id)
        .order_by(Task.id)
        .limit(1)
        .options(joinedload(Task.case))
    )
    if first is None or not is_registration(work, first):
        raise Missing
    return first


def may_do(work: Work, task: Task, form: Form) -> frozenset[str]:
    """Return what the actor may do with an open task."""
    if not task.is_open:
        return frozenset()
    allowed = {
        verb
        for verb in ("complete", "claim", "release", "return", "reassign")
        if permissions.may(work.actor, f"task.{verb}", task)
    }
    if task.assignee_id is not None:
        allowed.discard("claim")
    if RETURN not in form.verbs or RETURN not in task.allows:
        allowed.discard(RETURN)
    if "reassign" not in task.allows:
        allowed.discard("reassign")
    return frozenset(allowed)


def _own_first(task: Task, rows: list[TaskAnswers]) -> list[TaskAnswers]:
    """Return the latest answers first; those of a task that is done before all."""
    return sorted(rows, key=lambda row: row.task_id != task.id)


def _before(
    work: Work, task: Task, form: Form, rows: Sequence[TaskAnswers]
) -> dict[str, object]:
    """Return earlier answers to the same form that nobody has to type again.

    Decisions are taken anew; after a signed opinion everything is. Counsel begin
    with nothing that another wrote.
    """
    same = (row for row in rows if row.step == task.step)
    if task.role is Role.COUNSEL:
        same = (row for row in same if row.by_id == work.actor.id)
    last = next(same, None)
    if last is None:
        return {}
    signed_at = work.session.scalar(
        sa.select(sa.func.max(Opinion.signed_at)).where(Opinion.case_id == task.case_id)
    )
    if signed_at is not None and signed_at > last.at:
        return {}
    reasons = {verb.reason for verb in form.verbs.values()}
    kept = {q.name for q in form.fields if not q.steers} - reasons
    return {name: said for name, said in last.answers.items() if name in kept}


def _known(
    work: Work, task: Task, form: Form, rows: Sequence[TaskAnswers]
) -> dict[str, object]:
    """Return what was answered here before, and what other pages know since."""
    of_meeting = {n: s for n, s in known_of_meeting(work, task).items() if s}
    of_pages = known_of_hearing(work, task) | known_of_consultation(work, task)
    return _before(work, task, form, rows) | of_pages | of_meeting
