"""Meetings: found, read, and written down person by person."""

from flask import Response

from reviewflow.queries.agendas import meeting_page
from reviewflow.queries.meetings import meetings_page
from reviewflow.usecases.attendance import record_attendance
from reviewflow.usecases.statements import record_statements
from reviewflow.work import Work
from web.api import pages, tokens
from web.api.blueprints import noun
from web.api.shapes.meetings import (
    Attendance,
    Meeting,
    MeetingRecord,
    Meetings,
    Statements,
    meeting_record,
)
from web.api.wire import MeetingPath, Window

bp = noun("meetings")


@bp.get("/meetings", responses={200: Meetings})
def find(query: Window) -> Response:
    """List meetings, coming ones first."""
    with tokens.begin_reading() as work:
        page = meetings_page(work)
        rows = [row.meeting for row in (*page.coming, *page.past)]
        part = rows[query.offset : query.offset + query.limit]
        return tokens.show(
            Meetings(
                items=[Meeting.model_validate(one) for one in part],
                total=len(rows),
                next=pages.next_part(query, len(rows)),
            )
        )


@bp.get(f"/meetings/{MeetingPath.RULE}", responses={200: MeetingRecord})
def show(path: MeetingPath) -> Response:
    """Show one meeting with its record."""
    with tokens.begin_reading() as work:
        return tokens.show(_record(work, path.meeting_id))


@bp.post(f"/meetings/{MeetingPath.RULE}/attendance", responses={200: MeetingRecord})
def attend(path: MeetingPath, body: Attendance) -> Response:
    """Write down who was there."""
    typed = {"held_on": body.held_on.isoformat()}
    for place, person in enumerate(body.people):
        said = person.model_dump(mode="json")
        typed |= {f"{name}-{place}": value for name, value in said.items()}
    with tokens.begin_work() as work:
        record_attendance(work, path.meeting_id, typed)
        return _reply(work, path.meeting_id)


@bp.post(f"/meetings/{MeetingPath.RULE}/statements", responses={200: MeetingRecord})
def speak(path: MeetingPath, body: Statements) -> Response:
    """Write down who said what of an item."""
    typed = {"item_id": str(body.item_id)}
    for one in body.statements:
        said = {"turn": str(one.turn), "voice": one.voice, "text": one.text}
        typed |= {f"{name}-{one.attendee_id}": value for name, value in said.items()}
    with tokens.begin_work() as work:
        record_statements(work, path.meeting_id, typed)
        return _reply(work, path.meeting_id)


def _reply(work: Work, meeting_id: int) -> Response:
    work.settle()
    return tokens.reply(work, _record(work, meeting_id))


def _record(work: Work, meeting_id: int) -> MeetingRecord:
    page = meeting_page(work, meeting_id)
    return meeting_record(page.meeting, page.people, [view.item for view in page.items])
