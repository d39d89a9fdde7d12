"""How meetings look: attendance, agenda, record, and the cases that wait."""

from reviewflow.model.meeting import Decision, MeetingSort, Presence, Voice
from reviewflow.queries.agendas import ItemView, MeetingPage
from reviewflow.queries.meetings import Waiting
from web.api.shapes.people import Organ
from web.api.wire import Answer, Day, Instant


class Present(Answer):
    """Somebody who was asked to the meeting."""

    id: int
    name: str
    post: str
    presence: Presence
    reason: str
    is_member: bool
    is_head: bool


class Said(Answer):
    """What one member said."""

    attendee_id: int
    name: str
    turn: int
    voice: Voice
    text: str


class Supplement(Answer):
    """A later note; the record itself stays."""

    text: str
    at: Instant
    by: str


class Item(Answer):
    """One case on the agenda; what is missing is asked while it is open."""

    id: int
    case_id: int
    title: str
    position: int
    statements: list[Said]
    decision: Decision | None
    requirements: str
    departure_reason: str
    recorded_at: Instant | None
    missing: list[str]
    supplements: list[Supplement]


class Meeting(Answer):
    """One meeting of an organ."""

    id: int
    name: str
    sort: MeetingSort
    organ: Organ
    chair: str
    planned_on: Day
    place: str
    held_on: Day | None


class WaitingCase(Answer):
    """A case that waits for a meeting, and what it lacks before one."""

    case_id: int
    number: str
    title: str
    unit: Organ
    step: str
    missing: list[str]
    is_ready: bool
    meeting_id: int | None


class WaitingCases(Answer):
    """A part of the list of cases that wait."""

    items: list[WaitingCase]
    total: int
    next: str | None


class MeetingRecord(Meeting):
    """One meeting with its record."""

    attendance: list[Present]
    agenda: list[Item]


class Meetings(Answer):
    """A part of a list of meetings."""

    items: list[Meeting]
    total: int
    next: str | None


def meeting_record(page: MeetingPage) -> MeetingRecord:
    """Return one meeting with its record."""
    return MeetingRecord(
        **Meeting.model_validate(page.meeting).model_dump(),
        attendance=[Present.model_validate(one) for one in page.people],
        agenda=[item_shape(view) for view in page.items],
    )


def waiting_shape(row: Waiting) -> WaitingCase:
    """Return a case that waits."""
    case = row.case
    return WaitingCase(
        case_id=case.id,
        number=case.number,
        title=case.title,
        unit=Organ.model_validate(case.unit),
        step=row.task.step,
        missing=list(row.missing),
        is_ready=row.is_ready,
        meeting_id=row.item.meeting_id if row.item else None,
    )


def item_shape(view: ItemView) -> Item:
    """Return one item of an agenda with what was said of it."""
    item = view.item
    return Item(
        id=item.id,
        case_id=item.case_id,
        title=item.case.title,
        position=item.position,
        statements=[
            Said(
                attendee_id=one.attendee_id,
                name=one.attendee.name,
                turn=one.turn,
                voice=one.voice,
                text=one.text,
            )
            for one in item.statements
        ],
        decision=item.decision,
        requirements=item.requirements,
        departure_reason=item.departure_reason,
        recorded_at=item.recorded_at,
        missing=list(view.missing),
        supplements=[
            Supplement(text=one.text, at=one.at, by=one.by.display_name)
            for one in view.notes
        ],
    )
