"""What somebody has done, and where those cases are now (已办)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow import clock, permissions
from reviewflow.kinds.fields import FieldType
from reviewflow.model.case import Case, Task, TaskAnswers
from reviewflow.queries.inbox import of_case, sort_of
from reviewflow.queries.paging import Paging, paging
from reviewflow.work import Work

RECENT_MONTHS = 3
MONTHS = 12
VERDICTS = (FieldType.CHOICE, FieldType.YES_NO)


@dataclass(frozen=True, slots=True)
class DoneRow:
    """A task the actor did: what was decided, and where the case is now."""

    task: Task
    sort: str
    verdict: str
    waiting: tuple[Task, ...]
    is_drafting: bool
    """The actor drafted the case or heads the unit that did."""


@dataclass(frozen=True, slots=True)
class Done:
    """A page of tasks done since a day, all if there is no day."""

    rows: list[DoneRow]
    paging: Paging
    since: date | None
    months: list["Month"]
    """The months one may ask for, this one first."""


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month in Beijing."""

    year: int
    number: int

    @property
    def key(self) -> str:
        """How addresses write it: 2026-03."""
        return f"{self.year}-{self.number:02}"

    @property
    def begins_at(self) -> datetime:
        """Its first instant."""
        return clock.beijing_instant(date(self.year, self.number, 1))

    def plus(self, months: int) -> "Month":
        """Return the month so many months later, or earlier."""
        year, number = divmod(self.year * MONTHS + self.number - 1 + months, MONTHS)
        return Month(year, number + 1)


def month_of(day: date) -> Month:
    """Return the month a day lies in."""
    return Month(day.year, day.month)


def done_by(work: Work) -> sa.ColumnElement[bool]:
    """Return the condition that the actor did a task."""
    return sa.and_(Task.done_by_id == work.actor.id, Task.done_at.is_not(None))


def done_tasks(
    work: Work, text: str = "", month: Month | None = None, page: int = 1, *, all_: bool
) -> Done:
    """Return what the actor did, the latest first.

    Args:
        work: Who asks, and the day.
        text: Only cases with this in title or number.
        month: Only what was done in that month.
        page: Which page of the list.
        all_: Not only the last three months.
    """
    recent = month_of(work.today).plus(-RECENT_MONTHS)
    conditions = [done_by(work), *of_case(text, "")]
    if month is not None:
        conditions += [Task.done_at >= month.begins_at]
        conditions += [Task.done_at < month.plus(1).begins_at]
    elif not all_:
        conditions.append(Task.done_at >= recent.begins_at)
    total = work.session.scalar(sa.select(sa.func.count(Task.id)).where(*conditions))
    cut = paging(total or 0, page)
    tasks = list(
        work.session.scalars(
            sa.select(Task)
            .where(*conditions)
            .order_by(Task.done_at.desc(), Task.id.desc())
            .offset(cut.first)
            .limit(cut.end - cut.first)
            .options(joinedload(Task.case).joinedload(Case.unit))
        )
    )
    since = None if all_ or month else clock.beijing_date(recent.begins_at)
    months = [month_of(work.today).plus(-n) for n in range(MONTHS)]
    return Done(_rows(work, tasks), cut, since, months)


def waiting_tasks(work: Work, case_ids: Iterable[int]) -> dict[int, tuple[Task, ...]]:
    """Return the open tasks of some cases, with who has them, by case."""
    found: dict[int, tuple[Task, ...]] = {}
    tasks = work.session.scalars(
        sa.select(Task)
        .where(Task.case_id.in_(list(case_ids)), Task.closed_at.is_(None))
        .order_by(Task.id)
        .options(joinedload(Task.assignee))
    )
    for task in tasks:
        found[task.case_id] = (*found.get(task.case_id, ()), task)
    return found


def _rows(work: Work, tasks: list[Task]) -> list[DoneRow]:
    waiting = waiting_tasks(work, {task.case_id for task in tasks})
    answers = work.session.scalars(
        sa.select(TaskAnswers).where(TaskAnswers.task_id.in_([t.id for t in tasks]))
    )
    said = {row.task_id: row.answers for row in answers}
    return [
        DoneRow(
            task=task,
            sort=sort_of(work, task.case),
            verdict=verdict(work, task.case, task.step, said.get(task.id, {})),
            waiting=waiting.get(task.case_id, ()),
            is_drafting=permissions.may_withdraw(work.actor, task.case),
        )
        for task in tasks
    ]


def verdict(work: Work, case: Case, step: str, answers: Mapping[str, object]) -> str:
    """Return what was decided at a step, in the words of its form."""
    form = work.process(case).kind.forms.get(step)
    for question in form.fields if form else ():
        answer = answers.get(question.name)
        if question.type is FieldType.CHOICE and question.steers and answer:
            return question.choices.get(str(answer), "")
    return ""
