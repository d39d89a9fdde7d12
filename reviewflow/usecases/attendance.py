"""Who came to a meeting, who is on leave, and who sat in."""

from datetime import date
from typing import Any

from reviewflow import meeting_rows
from reviewflow.effects.meeting_rules import require_attendance, require_order
from reviewflow.errors import Conflict, Invalid
from reviewflow.model.meeting import Attendee, Meeting, Presence
from reviewflow.usecases.meeting_forms import Typed, answers_to, row_answers_to
from reviewflow.usecases.meetings import kept_meeting
from reviewflow.usecases.people import audit
from reviewflow.work import Work

MOST_ROWS = 100
NAME = "name-{}"
HEAD, MEMBER = "HEAD", "MEMBER"


def record_attendance(work: Work, meeting_id: int, typed: Typed) -> list[Attendee]:
    """Write down when the meeting was held and who was there.

    Until a decision is recorded, writing it down again replaces it; who has been
    written down as speaking stays.

    Raises:
        Missing, Refused: As for `kept_meeting`.
        Conflict: A decision of the meeting is recorded.
        Invalid: The day has not come, or the list breaks a rule.
    """
    meeting = kept_meeting(work, meeting_id)
    items = meeting_rows.agenda(work, meeting)
    if any(item.is_recorded for item in items):
        raise Conflict("会议决定已经记录，出席情况不再改动；需要更正的，另作补充说明。")
    held_on: date = answers_to("attendance", typed)["held_on"]
    if held_on > work.today:
        raise Invalid({"held_on": "会议日期不能晚于今天，请在会后登记。"})

    meeting.held_on = held_on
    people = _written(work, meeting, _rows(typed))
    require_attendance(work, meeting, people)
    work.session.flush()
    for item in items:
        if item.statements:
            require_order(item)
    came = sum(one.speaks for one in people)
    audit(work, "meeting.attended", f"meeting:{meeting.id}", present=came)
    return people


def _rows(typed: Typed) -> list[dict[str, Any]]:
    """Return the rows in which a name is written.

    Raises:
        Invalid: A row is not complete, or somebody is written down twice.
    """
    named = [
        n for n in range(MOST_ROWS) if str(typed.get(NAME.format(n)) or "").strip()
    ]
    rows: list[dict[str, Any]] = []
    errors: dict[str, str] = {}
    for place in named:
        try:
            row = row_answers_to("attendee", typed, place, f"第 {place + 1} 行：")
        except Invalid as error:
            errors |= error.errors
            continue
        if any(row["name"] == other["name"] for other in rows):
            errors[NAME.format(place)] = f"“{row['name']}”重复登记，请核对。"
        rows.append(row)
    if errors:
        raise Invalid(errors)
    return rows


def _written(
    work: Work, meeting: Meeting, rows: list[dict[str, Any]]
) -> list[Attendee]:
    """Let the list be these rows; people keep their identity by name."""
    before = {one.name: one for one in meeting_rows.attendees(work, meeting)}
    spoke = {
        said.attendee_id
        for item in meeting_rows.agenda(work, meeting)
        for said in item.statements
    }
    people = []
    for place, row in enumerate(rows):
        one = before.pop(row["name"], None) or Attendee(
            meeting_id=meeting.id, name=row["name"]
        )
        _describe(one, place, row)
        if one.id in spoke and not one.speaks:
            raise Invalid(message=f"{one.name}已登记发言，不能改为没有出席。")
        people.append(one)
    for gone in before.values():
        if gone.id in spoke:
            raise Invalid(message=f"{gone.name}已登记发言，不能从出席人员中删除。")
        work.session.delete(gone)
    work.session.add_all(people)
    return people


def _describe(one: Attendee, place: int, row: dict[str, Any]) -> None:
    one.position, one.post = place, row["post"]
    one.presence = Presence(row["presence"])
    one.reason = row["reason"] or ""
    is_there = one.presence is Presence.PRESENT
    one.is_head = row["standing"] == HEAD and is_there
    one.is_member = row["standing"] in (HEAD, MEMBER)
    if one.is_member and one.presence is Presence.OBSERVER:
        sentence = f"{row['name']}是会议组成人员，请选择出席或者请假。"
        raise Invalid({f"presence-{place}": sentence})
