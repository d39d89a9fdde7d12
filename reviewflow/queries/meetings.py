"""Meetings in lists: coming and past ones, and the cases that wait for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from reviewflow import clerks, meeting_rows
from reviewflow.errors import Refused
from reviewflow.model.case import Case, Task
from reviewflow.model.meeting import (
    AgendaItem,
    Meeting,
)
from reviewflow.model.people import Role, Unit
from reviewflow.packets import missing_by_case
from reviewflow.visibility import MEETING_DESK
from reviewflow.work import Work

STEPS = (meeting_rows.REQUESTING, meeting_rows.APPROVING, meeting_rows.HOLDING)
SHOWN_PAST = 50


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting in a list, with how much is on its agenda."""

    meeting: Meeting
    items: int
    recorded: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that waits for a meeting, and what it lacks before one."""

    case: Case
    task: Task
    missing: Sequence[str]
    item: AgendaItem | None
    """Where it is on an agenda already."""

    @property
    def is_ready(self) -> bool:
        """It may be put on an agenda."""
        return not self.missing and self.task.step != meeting_rows.REQUESTING


@dataclass(frozen=True, slots=True)
class MeetingsPage:
    """All that the page of meetings shows."""

    coming: Sequence[MeetingRow]
    past: Sequence[MeetingRow]
    ready: Sequence[Waiting]
    unready: Sequence[Waiting]
    organs: Sequence[Unit]
    """Whose meetings the actor may plan."""


def meetings_page(work: Work) -> MeetingsPage:
    """Return the meetings the actor's office keeps, and what waits for them.

    Raises:
        Refused: The actor neither keeps meetings nor receives papers for them.
    """
    desks = desk_units(work)
    if not desks and not work.actor.holds(Role.AUDITOR):
        raise Refused("集体讨论由会议秘书登记；您的事项请在事项的“集体讨论”页查看。")
    rows = _meeting_rows(work)
    waiting = waiting_cases(work)
    return MeetingsPage(
        coming=[row for row in rows if row.meeting.held_on is None],
        past=sorted(
            (row for row in rows if row.meeting.held_on is not None),
            key=lambda row: (row.meeting.held_on, row.meeting.id),
            reverse=True,
        )[:SHOWN_PAST],
        ready=[one for one in waiting if one.is_ready],
        unready=[one for one in waiting if not one.is_ready],
        organs=clerks.organs_kept(work),
    )


def desk_units(work: Work) -> set[int]:
    """Return the units in which the actor keeps meetings or receives papers."""
    return {unit_id for role, unit_id in work.actor.posts if role in MEETING_DESK}


def _meeting_rows(work: Work) -> list[MeetingRow]:
    counted: Mapping[int, tuple[int, int]] = {
        meeting_id: (items, recorded)
        for meeting_id, items, recorded in work.session.execute(
            sa.select(
                AgendaItem.meeting_id,
                sa.func.count(AgendaItem.id),
                sa.func.count(AgendaItem.recorded_at),
            ).group_by(AgendaItem.meeting_id)
        )
    }
    keepers = desk_units(work)
    kept = Meeting.keeper_id.in_(keepers) if keepers else sa.true()
    rows = work.session.scalars(
        sa.select(Meeting).where(kept).order_by(Meeting.planned_on, Meeting.id)
    )
    return [MeetingRow(one, *counted.get(one.id, (0, 0))) for one in rows]


def waiting_cases(work: Work) -> list[Waiting]:
    """Return the cases that wait for a meeting, the oldest first."""
    tasks = meeting_tasks(work)
    cases = [task.case for task in tasks]
    missing = missing_by_case(work, cases)
    items = work.session.scalars(
        sa.select(AgendaItem).where(
            AgendaItem.case_id.in_([case.id for case in cases]),
            AgendaItem.recorded_at.is_(None),
        )
    )
    placed = {item.case_id: item for item in items}
    return [
        Waiting(t.case, t, missing[t.case_id], placed.get(t.case_id)) for t in tasks
    ]


def meeting_tasks(work: Work, *conditions: sa.ColumnElement[bool]) -> list[Task]:
    """Return the steps of deliberations that wait, the oldest first."""
    return list(
        work.session.scalars(
            sa.select(Task)
            .where(Task.step.in_(STEPS), Task.closed_at.is_(None), *conditions)
            .order_by(Task.id)
            .options(joinedload(Task.case))
        )
    )
