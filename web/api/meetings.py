"""Meetings: planned, their agendas, and written down person by person."""

from http import HTTPStatus
from typing import Any

import flask
from flask import Response

from reviewflow.queries.agendas import meeting_page
from reviewflow.queries.meetings import meetings_page
from reviewflow.usecases import meeting_moves, meetings, statements
from reviewflow.usecases.attendance import record_attendance
from reviewflow.work import Work
from web.api import pages, tokens
from web.api.blueprints import noun
from web.api.paths import MeetingPath
from web.api.shapes.meeting_acts import (
    AgendaEntry,
    AgendaRemoval,
    Attendance,
    ItemDecision,
    MeetingMove,
    NewMeeting,
    NewSupplement,
    Statements,
)
from web.api.shapes.meetings import (
    Meeting,
    MeetingRecord,
    Meetings,
    WaitingCases,
    meeting_record,
    waiting_shape,
)
from web.api.wire import Window

bp = noun("meetings")
PLACE = f"/meetings/{MeetingPath.RULE}"
DONE: dict[str, Any] = {"responses": {200: MeetingRecord}}


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


@bp.get("/meetings/waiting", responses={200: WaitingCases})
def waiting(query: Window) -> Response:
    """List the cases that wait for a meeting, those that may come up first."""
    with tokens.begin_reading() as work:
        page = meetings_page(work)
        rows = [*page.ready, *page.unready]
        part = rows[query.offset : query.offset + query.limit]
        return tokens.show(
            WaitingCases(
                items=[waiting_shape(one) for one in part],
                total=len(rows),
                next=pages.next_part(query, len(rows)),
            )
        )


@bp.post("/meetings", responses={201: MeetingRecord})
def plan(body: NewMeeting) -> Response:
    """Plan a meeting."""
    with tokens.begin_work() as work:
        meeting = meetings.plan_meeting(work, body.typed())
        work.settle()
        place = flask.url_for("api.meetings.show", meeting_id=meeting.id)
        shape = meeting_record(meeting_page(work, meeting.id))
        return tokens.reply(work, shape, HTTPStatus.CREATED, place)


@bp.get(PLACE, responses={200: MeetingRecord})
def show(path: MeetingPath) -> Response:
    """Show one meeting with its record."""
    with tokens.begin_reading() as work:
        return tokens.show(_record(work, path.meeting_id))


@bp.post(f"{PLACE}/move", **DONE)
def move(path: MeetingPath, body: MeetingMove) -> Response:
    """Put it on another day, or elsewhere; the agenda stays."""
    with tokens.begin_work() as work:
        meeting_moves.move_meeting(work, path.meeting_id, body.typed())
        return _reply(work, path.meeting_id)


@bp.post(f"{PLACE}/agenda", **DONE)
def schedule(path: MeetingPath, body: AgendaEntry) -> Response:
    """Put a case on the agenda."""
    with tokens.begin_work() as work:
        meetings.put_on_agenda(work, path.meeting_id, body.typed())
        return _reply(work, path.meeting_id)


@bp.post(f"{PLACE}/agenda/removal", **DONE)
def unschedule(path: MeetingPath, body: AgendaRemoval) -> Response:
    """Take a case off the agenda."""
    with tokens.begin_work() as work:
        meetings.take_off_agenda(work, path.meeting_id, body.typed())
        return _reply(work, path.meeting_id)


@bp.post(f"{PLACE}/attendance", **DONE)
def attend(path: MeetingPath, body: Attendance) -> Response:
    """Write down who was there."""
    typed = {"held_on": body.held_on.isoformat()}
    for place, person in enumerate(body.people):
        said = person.model_dump(mode="json")
        typed |= {f"{name}-{place}": value for name, value in said.items()}
    with tokens.begin_work() as work:
        record_attendance(work, path.meeting_id, typed)
        return _reply(work, path.meeting_id)


@bp.post(f"{PLACE}/statements", **DONE)
def speak(path: MeetingPath, body: Statements) -> Response:
    """Write down who said what of an item."""
    typed = {"item_id": str(body.item_id)}
    for one in body.statements:
        said = {"turn": str(one.turn), "voice": one.voice, "text": one.text}
        typed |= {f"{name}-{one.attendee_id}": value for name, value in said.items()}
    with tokens.begin_work() as work:
        statements.record_statements(work, path.meeting_id, typed)
        return _reply(work, path.meeting_id)


@bp.post(f"{PLACE}/decisions", **DONE)
def decide(path: MeetingPath, body: ItemDecision) -> Response:
    """Write down what was decided on an item."""
    with tokens.begin_work() as work:
        statements.decide_item(work, path.meeting_id, body.typed())
        return _reply(work, path.meeting_id)


@bp.post(f"{PLACE}/supplements", **DONE)
def supplement(path: MeetingPath, body: NewSupplement) -> Response:
    """Add a note to what is recorded."""
    with tokens.begin_work() as work:
        statements.add_supplement(work, path.meeting_id, body.typed())
        return _reply(work, path.meeting_id)


def _reply(work: Work, meeting_id: int) -> Response:
    work.settle()
    return tokens.reply(work, _record(work, meeting_id))


def _record(work: Work, meeting_id: int) -> MeetingRecord:
    return meeting_record(meeting_page(work, meeting_id))
