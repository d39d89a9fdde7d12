"""One task for a program: what is asked, what may be chosen, what may be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from reviewflow import permissions
from reviewflow.kinds.forms import DocumentNeed, Form
from reviewflow.model.case import Task
from reviewflow.model.document import Document
from reviewflow.queries.offers import Choices, offers_for
from reviewflow.queries.tasks import get_task, may_do
from reviewflow.work import Work

WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class AskedTask:
    """A task with its form.

    Attributes:
        offers: What can be chosen, by question.
        verbs: What the actor may do with it now.
        needs: The documents that have to be there, always or given some answers.
        there: The roles of the documents in the dossier.
    """

    task: Task
    form: Form
    offers: Mapping[str, Choices]
    verbs: frozenset[str]
    needs: Sequence[DocumentNeed]
    there: frozenset[str]


def asked_task(work: Work, task_id: int) -> AskedTask:
    """Return a task with what it asks.

    Raises:
        Missing: There is none, or the actor may not see it.
    """
    task = get_task(work, task_id)
    form = work.process(task.case).kind.forms[task.step]
    there = work.session.scalars(
        sa.select(Document.role).where(Document.case_id == task.case_id)
    )
    return AskedTask(
        task=task,
        form=form,
        offers=offers_for(work, form.fields, task.case, task.case.unit),
        verbs=_verbs(work, task, form),
        needs=[n for n in form.documents if n.required_if or not n.optional],
        there=frozenset(there),
    )


def _verbs(work: Work, task: Task, form: Form) -> frozenset[str]:
    """Return what the actor may do with a task now, its case included."""
    found = may_do(work, task, form)
    if WITHDRAW in task.allows and permissions.may_withdraw(work.actor, task.case):
        found |= {WITHDRAW} if task.is_open else set()
    return found
