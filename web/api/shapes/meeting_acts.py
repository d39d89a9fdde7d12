"""What may be planned and written down about meetings; names are those of the page."""

from typing import Literal

from pydantic import Field

from reviewflow.model.meeting import Decision, MeetingSort
from web.api.wire import Body, Day, Key, Text, Word


class NewMeeting(Body):
    """A meeting to be held."""

    organ_id: Key
    sort: MeetingSort = Field(strict=False)
    name: Word
    planned_on: Day
    place: Word = ""
    chair: Word


class MeetingMove(Body):
    """To which day and place, and why."""

    new_day: Day
    new_place: Word = ""
    why: Word


class AgendaEntry(Body):
    """Which case is to come up."""

    case_id: Key


class AgendaRemoval(Body):
    """Which item is not to come up."""

    item_id: Key


class Attending(Body):
    """Somebody on the list of attendance."""

    name: Word
    post: Word
    presence: Literal["PRESENT", "LEAVE", "OBSERVER"]
    reason: Word = ""
    standing: Literal["HEAD", "MEMBER", "GUEST"]


class Attendance(Body):
    """When the meeting was held, and who was there."""

    held_on: Day
    people: list[Attending]


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


class ItemDecision(Body):
    """What was decided on one item."""

    item_id: Key
    decision: Decision = Field(strict=False)
    requirements: Text = ""
    departure_reason: Text = ""


class NewSupplement(Body):
    """A later note to one item."""

    item_id: Key
    text: Text
