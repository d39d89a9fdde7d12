"""Meetings: what is coming, what waits, and one meeting with its record."""

from collections.abc import Callable, Mapping

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from reviewflow.errors import Conflict, Invalid, Missing, ReviewflowError
from reviewflow.queries.agendas import meeting_page
from reviewflow.queries.meetings import meetings_page
from reviewflow.usecases import attendance, meeting_moves, meetings, statements
from reviewflow.usecases.meeting_forms import Typed, meeting_forms
from reviewflow.work import Work
from web.errors import status_of
from web.signin import answer_with, answered, begin_reading, begin_work

bp = Blueprint("meetings", __name__, url_prefix="/meetings")

ACTS: Mapping[str, tuple[Callable[[Work, int, Typed], object], str]] = {
    # what a form of the page is called in the address: who does it, what is said then
    "move": (meeting_moves.move_meeting, "已改期，议程不变，已通知各议题的起草单位。"),
    "agenda": (meetings.put_on_agenda, "已列入议程。"),
    "off": (meetings.take_off_agenda, "已移出议程。"),
    "attendance": (attendance.record_attendance, "出席情况已保存。"),
    "statements": (statements.record_statements, "发言已保存。"),
    "decision": (
        statements.decide_item,
        "会议决定已登记，请生成纪要后办理“记录决定”。",
    ),
    "supplement": (statements.add_supplement, "已作补充说明，原记录不变。"),
}


@bp.get("")
def index() -> ResponseReturnValue:
    """List meetings, and the cases that wait for one."""
    return _index()


@bp.post("")
def plan() -> ResponseReturnValue:
    """Plan a meeting."""
    try:
        with begin_work() as work:
            meeting = meetings.plan_meeting(work, request.form)
            answer_with(
                url_for(".show", meeting_id=meeting.id), "会议已安排，请列入议题。"
            )
    except Invalid as error:
        return _index(error)
    return answered()


@bp.get("/<int:meeting_id>")
def show(meeting_id: int) -> ResponseReturnValue:
    """Show one meeting."""
    return _page(meeting_id)


@bp.post("/<int:meeting_id>/<act>")
def change(meeting_id: int, act: str) -> ResponseReturnValue:
    """Do one of the acts of the page."""
    if act not in ACTS:
        raise Missing
    do, said = ACTS[act]
    try:
        with begin_work() as work:
            do(work, meeting_id, request.form)
            answer_with(url_for(".show", meeting_id=meeting_id), said)
    except (Invalid, Conflict) as error:
        return _page(meeting_id, act, error)
    return answered()


def _index(refused: Invalid | None = None) -> ResponseReturnValue:
    with begin_reading() as work:
        text = render_template(
            "meetings/index.html",
            page=meetings_page(work),
            forms=meeting_forms(),
            typed=request.form,
            errors=refused.errors if refused else {},
        )
    return text, status_of(refused) if refused else 200


def _page(
    meeting_id: int, act: str = "", refused: ReviewflowError | None = None
) -> ResponseReturnValue:
    """Show the meeting as it is now; a refused form keeps what was typed."""
    errors = refused.errors if isinstance(refused, Invalid) else {}
    with begin_reading() as work:
        text = render_template(
            "meetings/show.html",
            page=meeting_page(work, meeting_id),
            forms=meeting_forms(),
            sent={act: request.form} if refused else {},
            wrong={act: errors},
            errors=errors,
            refused=refused,
        )
    return text, status_of(refused) if refused else 200
