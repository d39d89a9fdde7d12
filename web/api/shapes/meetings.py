"""How meetings look, and what may be written down about them."""

from collections.abc import Sequence
from typing import Literal

from reviewflow.model.meeting import (
    AgendaItem,
    Attendee,
    Decision,
    MeetingSort,
    Presence,
    Voice,
)
from reviewflow.model.meeting import (
    Meeting as MeetingRow,
)
from web.api.shapes.people import Organ
from web.api.wire import Answer, Body, Day, Instant, Text, Word


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


class Item(Answer):
    """One case on the agenda."""

    id: int
    case_id: int
    title: str
    position: int
    statements: list[Said]
    decision: Decision | None
    requirements: str
    departure_reason: str
    recorded_at: Instant | None


class Meeting(Answer):
    """One meeting of an organ."""

    id: int
    name: str
    sort: MeetingSort
    organ: Organ
    chair: str
    planned_on: Day
    held_on: Day | None


class MeetingRecord(Meeting):
    """One meeting with its record."""

    attendance: list[Present]
    agenda: list[Item]


class Meetings(Answer):
    """A part of a list of meetings."""

    items: list[Meeting]
    total: int
    next: str | None


class Person(Body):
    """Somebody on the list of attendance."""

    name: Word
    post: Word
    presence: Literal["PRESENT", "LEAVE", "OBSERVER"]
    reason: Word = ""
    standing: Literal["HEAD", "MEMBER", "GUEST"]


class Attendance(Body):
    """When the meeting was held, and who was there."""

    held_on: Day
    people: list[Person]


class Spoken(Body):
    """What one member said."""

    attendee_id: int
    turn: int
    voice: Literal["AGREE", "AGREE_WITH_REMARKS", "DISAGREE", "SILENT"]
    text: Text = ""


class Statements(Body):
    """What was said of one item, in the order of speaking."""

    item_id: int
    statements: list[Spoken]


def meeting_record(
    meeting: MeetingRow, people: Sequence[Attendee], items: Sequence[AgendaItem]
) -> MeetingRecord:
    """Return one meeting with its record."""
    return MeetingRecord(
        **Meeting.model_validate(meeting).model_dump(),
        attendance=[Present.model_validate(one) for one in people],
        agenda=[_item(item) for item in items],
    )


def _item(item: AgendaItem) -> Item:
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
    )
