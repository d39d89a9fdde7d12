"""What somebody has to do: open tasks by due date, with filters (待办)."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow import permissions
from reviewflow.model.case import Case, Task
from reviewflow.model.filing import FilingObligation
from reviewflow.model.people import Unit
from reviewflow.permissions import Actor
from reviewflow.queries.lamps import Lamp, Urgency, count_states, task_lamps
from reviewflow.queries.paging import Paging, paging
from reviewflow.work import Work


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One open task as a list shows it."""

    task: Task
    sort: str
    lamp: Lamp
    may_claim: bool
    receiver: str
    """Where a filing goes; one document may go to several."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page of open tasks, and how many there are in each state."""

    rows: list[TaskRow]
    paging: Paging
    counts: Mapping[Urgency, int]

    @property
    def total(self) -> int:
        """How many there are in all states."""
        return sum(self.counts.values())


def waits_for(actor: Actor) -> sa.ColumnElement[bool]:
    """Return the condition that a task is open and the actor may do it."""
    posts = [
        sa.and_(Task.role == role, Task.unit_id == unit_id)
        for role, unit_id in sorted(actor.posts)
    ]
    return sa.and_(
        Task.closed_at.is_(None),
        sa.or_(Task.assignee_id.is_(None), Task.assignee_id == actor.id),
        sa.or_(sa.false(), *posts),
    )


def count_open(work: Work) -> int:
    """Return how many tasks wait for the actor."""
    count = sa.select(sa.func.count(Task.id)).where(waits_for(work.actor))
    return work.session.scalar(count) or 0


def open_tasks(
    work: Work, state: str = "", text: str = "", kind: str = "", page: int = 1
) -> Inbox:
    """Return the actor's open tasks, most urgent first.

    Args:
        work: Who asks, and the day.
        state: Only those in this state of urgency.
        text: Only those whose case has this in its title or number.
        kind: Only those of cases of this kind.
        page: Which page of the list.
    """
    lamps = task_lamps(work, waits_for(work.actor), *of_case(text, kind))
    chosen = [i for i, lamp in lamps.items() if state in ("", lamp.state)]
    cut = paging(len(chosen), page)
    shown = chosen[cut.first : cut.end]
    return Inbox(
        rows=rows_of(work, shown, lamps),
        paging=cut,
        counts=count_states(lamps.values()),
    )


def of_case(text: str, kind: str) -> list[sa.ColumnElement[bool]]:
    """Return the conditions on a task that its case is of a kind and has a text."""
    conditions: list[sa.ColumnElement[bool]] = []
    if text.strip():
        conditions.append(has_text(text))
    if kind:
        conditions.append(Case.kind == kind)
    if not conditions:
        return []
    return [Task.case_id.in_(sa.select(Case.id).where(*conditions))]


def has_text(text: str) -> sa.ColumnElement[bool]:
    """Return the condition that a case has a text in its title or number."""
    clean = " ".join(text.split()).strip("《》")
    return sa.or_(
        Case.title.contains(clean, autoescape=True),
        Case.number.contains(clean, autoescape=True),
    )


def rows_of(work: Work, ids: list[int], lamps: Mapping[int, Lamp]) -> list[TaskRow]:
    """Return tasks with all that a list shows of them, in the order of the ids."""
    tasks = work.session.scalars(
        sa.select(Task)
        .where(Task.id.in_(ids))
        .options(joinedload(Task.case).joinedload(Case.unit), joinedload(Task.assignee))
    )
    found = {task.id: task for task in tasks.unique()}
    receivers = _receivers(work, {task.case_id for task in found.values()})
    return [
        TaskRow(
            task=found[i],
            sort=sort_of(work, found[i].case),
            lamp=lamps[i],
            may_claim=found[i].assignee_id is None
            and permissions.may(work.actor, "task.claim", found[i]),
            receiver=receivers.get(found[i].case_id, ""),
        )
        for i in ids
    ]


def _receivers(work: Work, case_ids: set[int]) -> dict[int, str]:
    rows = work.session.execute(
        sa.select(FilingObligation.case_id, Unit.short_name)
        .join(FilingObligation.authority)
        .where(FilingObligation.case_id.in_(case_ids))
    )
    return {row.case_id: row.short_name for row in rows}


def sort_of(work: Work, case: Case) -> str:
    """Return what a list calls a case: the sort of document, or its procedure."""
    kind = work.process(case).kind
    return kind.codes.get(case.kind_code, kind.title) if kind.startable else kind.title
