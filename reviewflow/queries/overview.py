"""One case at a glance: phases, what was done by whom, clocks and people."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow import clock
from reviewflow.effects.publications import find_publication
from reviewflow.kinds.shelf import ProcessKind
from reviewflow.law.calendar import working_days_between
from reviewflow.model.case import Case, CaseParty, CasePerson, Task, TaskAnswers
from reviewflow.model.deadline import CaseDeadline
from reviewflow.model.people import Unit
from reviewflow.queries.cases import CaseHead, case_head
from reviewflow.queries.done import verdict
from reviewflow.queries.lamps import DARK_LAMP, Lamp, Urgency, light_clock
from reviewflow.work import Work


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the way (阶段): `done`, `now`, `late` or `todo`."""

    name: str
    state: str


@dataclass(frozen=True, slots=True)
class Stride:
    """One task of the case, done, dropped or waiting."""

    task: Task
    lamp: Lamp
    verdict: str
    working_days: int

    @property
    def state(self) -> str:
        """How the timeline marks it."""
        if not self.task.is_open:
            return "done"
        return "late" if self.lamp.state is Urgency.LATE else "now"


@dataclass(frozen=True, slots=True)
class RunClock:
    """A limit that runs or ran in the case."""

    row: CaseDeadline
    lamp: Lamp
    is_late: bool
    """It ended after its last day."""


@dataclass(frozen=True, slots=True)
class Overview:
    """A case at a glance."""

    head: CaseHead
    phases: list[Phase]
    strides: list[Stride]
    clocks: list[RunClock]
    parties: list[CaseParty]
    people: list[CasePerson]
    joint: list[Unit]
    """Who issued its document together with the maker (联合制定机关)."""
    parent: Case | None
    children: list[Case]


def overview(work: Work, case_id: int) -> Overview:
    """Return a case at a glance.

    Raises:
        Missing: There is none, or the actor may not see it.
    """
    head = case_head(work, case_id)
    strides = list_strides(work, head)
    return Overview(
        head=head,
        phases=_phases(work, head, strides),
        strides=strides,
        clocks=_clocks(work, head.case),
        parties=list(
            work.session.scalars(
                sa.select(CaseParty)
                .where(CaseParty.case_id == case_id, CaseParty.seen_from.is_not(None))
                .order_by(CaseParty.id)
            )
        ),
        people=list(
            work.session.scalars(
                sa.select(CasePerson)
                .where(CasePerson.case_id == case_id)
                .order_by(CasePerson.id)
            )
        ),
        joint=_joint(work, head.case),
        parent=_parent(work, head.case),
        children=list(
            work.session.scalars(
                sa.select(Case).where(Case.parent_id == case_id).order_by(Case.id)
            ).unique()
        ),
    )


def list_strides(work: Work, head: CaseHead) -> list[Stride]:
    """Return the tasks of a case in the order they came up."""
    case = head.case
    tasks = work.session.scalars(
        sa.select(Task)
        .where(Task.case_id == case.id)
        .order_by(Task.opened_at, Task.id)
        .options(joinedload(Task.assignee), joinedload(Task.done_by))
    ).all()
    said = _answers(work, case)
    return [
        Stride(
            task=task,
            lamp=head.lamps.get(task.id, DARK_LAMP),
            verdict=verdict(work, case, task.step, said.get(task.id, {})),
            working_days=_length(work, task),
        )
        for task in tasks
        if task.is_open or task.done_at is not None
    ]


def _joint(work: Work, case: Case) -> list[Unit]:
    published = find_publication(work, case)
    return published.joint_units if published else []


def _answers(work: Work, case: Case) -> dict[int | None, Mapping[str, object]]:
    rows = work.session.scalars(
        sa.select(TaskAnswers).where(TaskAnswers.case_id == case.id)
    )
    return {row.task_id: row.answers for row in rows}


def _length(work: Work, task: Task) -> int:
    first = clock.beijing_date(task.opened_at)
    last = clock.beijing_date(task.closed_at) if task.closed_at else work.today
    return working_days_between(first, last, work.law.calendar)


def _phases(work: Work, head: CaseHead, strides: list[Stride]) -> list[Phase]:
    """Return the phases passed and, while it runs, those to come."""
    kind = work.process(head.case).kind
    named = kind.phases
    order, usual = list(dict.fromkeys(named.values())), usual_phases(kind)
    states: dict[str, str] = {}
    for stride in strides:
        if name := named.get(stride.task.step):
            is_now = stride.state if stride.task.is_open else "done"
            states[name] = max(states.get(name, ""), is_now, key=_weight)
    is_running = head.case.is_running
    reached = max((order.index(name) for name in states), default=-1)
    return [
        Phase(name, states.get(name, "todo"))
        for place, name in enumerate(order)
        if name in states or (is_running and place > reached and name in usual)
    ]


def usual_phases(kind: ProcessKind) -> frozenset[str]:
    """Return the phases of every walk that ends as most of them do."""
    ends = Counter(walk.ends for walk in kind.walks).most_common(1)
    passed = [
        frozenset(kind.phases.get(stride.step, "") for stride in walk.strides)
        for walk in kind.walks
        if walk.ends == ends[0][0]
    ]
    return frozenset.intersection(*passed) if passed else frozenset()


def _weight(state: str) -> int:
    return ["", "done", "now", "late"].index(state)


def _clocks(work: Work, case: Case) -> list[RunClock]:
    """Return the clocks of a case, those that run first."""
    rows = work.session.scalars(
        sa.select(CaseDeadline)
        .where(CaseDeadline.case_id == case.id, CaseDeadline.cancelled_on.is_(None))
        .order_by(CaseDeadline.id)
    )
    found = [
        RunClock(
            row=row,
            lamp=light_clock(work, row),
            is_late=row.met_on is not None and row.met_on > row.due_on,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: not one.row.is_running)


def _parent(work: Work, case: Case) -> Case | None:
    if case.parent_id is None:
        return None
    return (
        work.session.scalars(sa.select(Case).where(Case.id == case.parent_id))
        .unique()
        .one_or_none()
    )
