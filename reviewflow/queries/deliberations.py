"""The deliberation of one case: its packet, its places on agendas, the record."""

from collections.abc import Sequence
from dataclasses import dataclass

from reviewflow import meeting_rows
from reviewflow.errors import Missing
from reviewflow.model.case import Task, TaskAnswers
from reviewflow.model.meeting import AgendaItem, Attendee
from reviewflow.packets import missing_for_meeting
from reviewflow.queries.agendas import ItemView, item_views
from reviewflow.queries.answers import Answered, answered_forms, answers_of
from reviewflow.queries.cases import CaseHead, case_head
from reviewflow.queries.documents import documents_of
from reviewflow.queries.meetings import desk_units
from reviewflow.work import Work


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting on the case: the item, and who was there."""

    view: ItemView
    people: Sequence[Attendee]
    is_open_to_actor: bool
    """The actor works where the meeting is kept, and may open its page."""


@dataclass(frozen=True, slots=True)
class DeliberationPage:
    """All that the tab 集体讨论 of a case shows."""

    head: CaseHead
    has: Sequence[str]
    missing: Sequence[str]
    is_decided: bool
    sessions: Sequence[Session]
    plain: Sequence[Answered]
    """What was recorded by the step alone, where no agenda was kept."""
    task: Task | None
    """The step that records the decision, if it waits for the actor."""
    has_minutes: bool
    may_place: bool
    """The actor keeps the meetings this case waits for."""


def deliberation_page(work: Work, case_id: int) -> DeliberationPage:
    """Return the deliberation of a case.

    Raises:
        Missing: There is no such case for the actor, or its kind has none.
    """
    head = case_head(work, case_id)
    if not head.is_deliberated:
        raise Missing
    case = head.case
    items = meeting_rows.items_of(work, case_id)
    rows = [row for row in answers_of(work, case) if row.step == meeting_rows.HOLDING]
    documents = documents_of(work, case_id)
    checklist = [n for n in work.process(case).kind.checklist if n.role in documents]
    waiting = [t for t in head.waiting if t.step in meeting_rows.WAITING]
    return DeliberationPage(
        head=head,
        has=[need.label for need in checklist],
        missing=missing_for_meeting(work, case),
        is_decided=bool(rows) and not waiting,
        sessions=_sessions(work, items),
        plain=answered_forms(work, case, _plain(rows, items)),
        task=_own_step(head),
        has_minutes=meeting_rows.MINUTES in documents,
        may_place=any(task.unit_id in desk_units(work) for task in waiting),
    )


def _sessions(work: Work, items: Sequence[AgendaItem]) -> list[Session]:
    desks = desk_units(work)
    return [
        Session(
            view,
            meeting_rows.attendees(work, view.item.meeting),
            view.item.meeting.keeper_id in desks,
        )
        for view in item_views(work, items)
    ]


def _plain(
    rows: Sequence[TaskAnswers], items: Sequence[AgendaItem]
) -> list[TaskAnswers]:
    """Return what was answered about meetings that have no record of their own."""
    told = {item.meeting.name for item in items if item.is_recorded}
    return [row for row in rows if row.answers.get("meeting") not in told]


def _own_step(head: CaseHead) -> Task | None:
    own = head.own
    return own if own is not None and own.step == meeting_rows.HOLDING else None
