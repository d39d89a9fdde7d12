"""Cases with all that hangs on them: what programs get to see of a case."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow.model.case import Case, Task
from reviewflow.model.deadline import CaseDeadline
from reviewflow.model.document import Document
from reviewflow.model.opinion import Opinion
from reviewflow.queries.inbox import has_text
from reviewflow.queries.slices import Listed, Slice, Window
from reviewflow.work import Work

Part = TypeVar("Part", Task, CaseDeadline, Document, Opinion)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case with its open tasks, clocks, documents and signed opinions."""

    case: Case
    open_tasks: Sequence[Task]
    clocks: Sequence[CaseDeadline]
    documents: Sequence[Document]
    opinions: Sequence[Opinion]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases a list is to show; what is empty does not matter.

    Attributes:
        state: A status, or the word of a phase.
        due_before: One of their limits runs out before that day.
    """

    kind: str = ""
    state: str = ""
    unit_id: int | None = None
    text: str = ""
    due_before: date | None = None

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """Return what must hold of a case."""
        found: list[sa.ColumnElement[bool]] = []
        if self.kind:
            found.append(Case.kind == self.kind)
        if self.state:
            status = sa.cast(Case.status, sa.Text)
            found.append(sa.or_(status == self.state, Case.phase == self.state))
        if self.unit_id is not None:
            found.append(Case.unit_id == self.unit_id)
        if self.text.strip():
            found.append(has_text(self.text))
        if self.due_before is not None:
            found.append(Case.id.in_(_due_before(self.due_before)))
        return found


def _due_before(day: date) -> sa.Select[int]:
    return sa.select(CaseDeadline.case_id).where(
        CaseDeadline.due_on < day,
        CaseDeadline.met_on.is_(None),
        CaseDeadline.cancelled_on.is_(None),
    )


def list_case_files(work: Work, wanted: Wanted, window: Window) -> Slice[CaseFile]:
    """Return a part of the cases the actor may see, the latest first."""
    latest = Case.started_at.desc(), Case.id.desc()
    options = [joinedload(Case.issuing_organ), joinedload(Case.drafter)]
    found = Listed(Case, wanted.conditions(), latest, options).part(work, window)
    return Slice(case_files(work, found.items), found.total)


def case_files(work: Work, cases: Sequence[Case]) -> list[CaseFile]:
    """Return cases the actor sees with all that hangs on them, and is seen with them.

    As many statements for a hundred cases as for one.
    """
    ids = [case.id for case in cases]
    with work.beyond_sight():
        tasks = _by_case(work, TASKS, ids)
        clocks = _by_case(work, CLOCKS, ids)
        opinions = _by_case(work, OPINIONS, ids)
    documents = _by_case(work, DOCUMENTS, ids)  # counsel's papers are not for all
    return [
        CaseFile(
            case, tasks[case.id], clocks[case.id], documents[case.id], opinions[case.id]
        )
        for case in cases
    ]


# Made once: what programs ask most is an act that is answered with the case.
IDS: sa.BindParameter[Sequence[int]] = sa.bindparam("ids", expanding=True)
TASKS = (
    sa.select(Task)
    .where(Task.case_id.in_(IDS), Task.closed_at.is_(None))
    .order_by(Task.id)
    .options(joinedload(Task.assignee))
)
CLOCKS = (
    sa.select(CaseDeadline)
    .where(CaseDeadline.case_id.in_(IDS))
    .order_by(CaseDeadline.id)
    .options(joinedload(CaseDeadline.pauses))
)
DOCUMENTS = (
    sa.select(Document)
    .where(Document.case_id.in_(IDS))
    .order_by(Document.id)
    .options(joinedload(Document.versions))
)
OPINIONS = (
    sa.select(Opinion)
    .where(Opinion.case_id.in_(IDS), Opinion.signed_at.is_not(None))
    .order_by(Opinion.id)
    .options(joinedload(Opinion.signed_by))
)


def _by_case(
    work: Work, select: sa.Select[Part], ids: Sequence[int]
) -> Mapping[int, Sequence[Part]]:
    found: defaultdict[int, list[Part]] = defaultdict(list)
    for row in work.session.scalars(select, {"ids": ids}).unique():
        found[row.case_id].append(row)
    return found
