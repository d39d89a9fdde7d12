"""One meeting as its page shows it: agenda, attendance, record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from reviewflow import clerks, meeting_rows
from reviewflow.errors import Missing
from reviewflow.model.case import Case, Task
from reviewflow.model.meeting import (
    AgendaItem,
    Attendee,
    Meeting,
    MeetingSupplement,
    Presence,
    Voice,
)
from reviewflow.model.people import Role
from reviewflow.packets import missing_by_case
from reviewflow.queries.meetings import (
    Waiting,
    desk_units,
    meeting_tasks,
    waiting_cases,
)
from reviewflow.work import Work

BLANK_ROWS, FIRST_ROWS = 4, 12


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item of an agenda with everything that belongs to it."""

    item: AgendaItem
    task: Task | None
    """The step that records it, while it waits."""
    missing: Sequence[str]
    notes: Sequence[MeetingSupplement]
    departs: bool

    @property
    def majority(self) -> bool | None:
        """What most members want; none if they are divided, or nobody spoke."""
        return meeting_rows.majority(self.item)

    @property
    def tally(self) -> Mapping[Voice, int]:
        """How many spoke how."""
        return meeting_rows.tally(self.item)


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """All that the page of one meeting shows."""

    meeting: Meeting
    people: Sequence[Attendee]
    offered: Sequence[Attendee]
    """Who may be meant: those written down, or those of the last such meeting."""
    items: Sequence[ItemView]
    ready: Sequence[Waiting]
    least_present: int
    may_keep: bool
    is_to_come: bool
    """Its day is not here yet, so that nothing can be written down of it."""

    @property
    def members(self) -> int:
        """How many were asked whose opinion counts."""
        return sum(one.is_member for one in self.people)

    @property
    def speakers(self) -> list[Attendee]:
        """The members who are there."""
        return [one for one in self.people if one.speaks]

    @property
    def is_closed(self) -> bool:
        """A decision is recorded, so that the attendance stays."""
        return any(view.item.is_recorded for view in self.items)

    @property
    def rows(self) -> int:
        """How many rows the list of people offers."""
        return len(self.offered) + BLANK_ROWS if self.offered else FIRST_ROWS


def meeting_page(work: Work, meeting_id: int) -> MeetingPage:
    """Return one meeting.

    Raises:
        Missing: There is none, or the actor does not work where it is kept.
    """
    meeting = work.get(Meeting, meeting_id)
    is_own = meeting.keeper_id in desk_units(work)
    if not is_own and not work.actor.holds(Role.AUDITOR):
        raise Missing
    people = meeting_rows.attendees(work, meeting)
    waiting = [
        one for one in waiting_cases(work) if one.task.unit_id == meeting.keeper_id
    ]
    return MeetingPage(
        meeting=meeting,
        people=people,
        offered=people or _last_people(work, meeting),
        items=item_views(work, meeting_rows.agenda(work, meeting)),
        ready=[one for one in waiting if one.is_ready and one.item is None],
        least_present=meeting_rows.least_present(work, meeting, people),
        may_keep=clerks.actor_keeps_meetings(work, meeting.keeper_id),
        is_to_come=meeting.held_on is None and meeting.planned_on > work.today,
    )


def item_views(work: Work, items: Sequence[AgendaItem]) -> list[ItemView]:
    """Return items with the steps that record them, and later notes."""
    ids = [item.case_id for item in items]
    cases = work.session.scalars(sa.select(Case).where(Case.id.in_(ids))).all()
    missing = missing_by_case(work, cases)
    tasks = {task.case_id: task for task in meeting_tasks(work, Task.case_id.in_(ids))}
    notes = meeting_rows.supplements(work, [item.id for item in items])
    return [
        ItemView(
            item=item,
            task=None if item.is_recorded else tasks.get(item.case_id),
            missing=() if item.is_recorded else missing.get(item.case_id, ()),
            notes=[note for note in notes if note.item_id == item.id],
            departs=departs(item),
        )
        for item in items
    ]


def departs(item: AgendaItem) -> bool:
    """What was decided is not what most members wanted."""
    return item.decision is not None and meeting_rows.departs(item, item.decision)


def _last_people(work: Work, meeting: Meeting) -> list[Attendee]:
    """Return who was asked to the last meeting of the same sort, all as present."""
    last = work.session.scalar(
        sa.select(Meeting)
        .where(
            Meeting.organ_id == meeting.organ_id,
            Meeting.sort == meeting.sort,
            Meeting.held_on.is_not(None),
            Meeting.id != meeting.id,
        )
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
        .limit(1)
    )
    if last is None:
        return []
    people = meeting_rows.attendees(work, last)
    return [one for one in people if one.presence is not Presence.OBSERVER]
