"""Meetings that are put on another day, or held elsewhere than planned."""

from datetime import date

from reviewflow import chinese, journal, meeting_rows, notices
from reviewflow.errors import Conflict, Invalid
from reviewflow.model.case import Case
from reviewflow.model.meeting import Meeting
from reviewflow.model.people import Role
from reviewflow.packets import missing_for_meeting
from reviewflow.usecases.meeting_forms import Typed, answers_to
from reviewflow.usecases.meetings import kept_meeting
from reviewflow.usecases.people import audit
from reviewflow.work import Work


def move_meeting(work: Work, meeting_id: int, typed: Typed) -> Meeting:
    """Put a meeting on another day or elsewhere before it begins; its agenda stays.

    Whoever answers for a case on the agenda is told, and what its packet lacks by
    now as well: it was complete when it was put there, and may have changed since.

    Raises:
        Missing, Refused: As for `kept_meeting`.
        Conflict: It has begun: attendance is written down.
        Invalid: The day is past, no reason is given, or nothing would change.

    Source: 《重大行政决策程序暂行条例》第二十九条 (the packet, by analogy).
    """
    meeting = kept_meeting(work, meeting_id)
    if meeting.held_on is not None:
        raise Conflict("会议已经召开，出席情况已经登记，不能再改期。")
    answers = answers_to("move", typed)
    day, place = answers["new_day"], answers["new_place"] or ""
    _require_possible(work, meeting, day, place)

    before = meeting.planned_on
    meeting.planned_on, meeting.place = day, place
    for item in meeting_rows.agenda(work, meeting):
        case = work.get(Case, item.case_id, lock=True)
        _tell(work, case, meeting, before, answers["why"])
    audit(
        *(work, "meeting.moved", f"meeting:{meeting.id}"),
        **{"from": str(before), "to": str(day), "reason": answers["why"]},
    )
    return meeting


def _require_possible(work: Work, meeting: Meeting, day: date, place: str) -> None:
    if (day, place) == (meeting.planned_on, meeting.place):
        raise Invalid({"new_day": "日期和地点都没有变化，请填写新的日期或者地点。"})
    if day < work.today:
        raise Invalid({"new_day": "新的日期不能早于今天。"})


def _tell(work: Work, case: Case, meeting: Meeting, before: date, why: str) -> None:
    missing = missing_for_meeting(work, case)
    journal.record(
        work,
        case,
        "meeting.moved",
        meeting=meeting.name,
        before=before,
        planned_on=meeting.planned_on,
        place=meeting.place,
        reason=why,
        missing=missing,
    )
    to = [case.drafter_id, *notices.holders(work, Role.UNIT_HEAD, case.unit_id)]
    at = f"，地点{meeting.place}" if meeting.place else ""
    lacking = f"材料还缺少{'、'.join(missing)}，请在会前补齐。" if missing else ""
    notices.notify(
        *(work, case, to, "meeting_moved"),
        meeting=meeting.name,
        day=chinese.day(meeting.planned_on),
        place=at,
        reason=why,
        lacking=lacking,
    )
