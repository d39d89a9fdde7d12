"""Meetings planned, and cases put on their agendas."""

import sqlalchemy as sa

from reviewflow import clerks, journal, meeting_rows, organs
from reviewflow.effects.meeting_rules import require_packet
from reviewflow.errors import Conflict, Invalid, Refused
from reviewflow.model.case import Case, Task
from reviewflow.model.meeting import AgendaItem, Meeting, MeetingSort
from reviewflow.model.people import Unit
from reviewflow.usecases.meeting_forms import Typed, answers_to
from reviewflow.usecases.people import audit
from reviewflow.work import Work


def plan_meeting(work: Work, typed: Typed) -> Meeting:
    """Plan a meeting of an organ whose secretary the actor is.

    Raises:
        Refused: The actor keeps no meetings.
        Invalid: With a sentence for each answer that has to be mended.
    """
    kept = {organ.id: organ for organ in clerks.organs_kept(work)}
    if not kept:
        raise Refused("会议由会议秘书安排，您没有这一岗位。")
    answers = answers_to("meeting", typed)
    organ = kept.get(answers["organ_id"])
    if organ is None:
        raise Invalid({"organ_id": "请选择开会的机关。"})
    _require_new_name(work, organ, answers["name"])
    meeting = Meeting(
        organ=organ,
        keeper_id=organs.working_body(work, organ).id,
        name=answers["name"],
        sort=MeetingSort(answers["sort"]),
        planned_on=answers["planned_on"],
        place=answers["place"] or "",
        chair=answers["chair"],
    )
    work.session.add(meeting)
    work.session.flush()
    audit(work, "meeting.planned", f"meeting:{meeting.id}")
    return meeting


def put_on_agenda(work: Work, meeting_id: int, typed: Typed) -> AgendaItem:
    """Put a case on the agenda of a meeting; only with a complete packet.

    Raises:
        Missing, Refused: As for `kept_meeting`.
        Missing: There is no such case for the actor.
        Conflict: The case does not wait for this body, or is on an agenda already.
        Invalid: The sentence names everything that is missing.

    Source: 国办发〔2018〕115号（七）; 《重大行政决策程序暂行条例》第二十九条.
    """
    meeting = kept_meeting(work, meeting_id)
    case = work.get(Case, answers_to("agenda", typed)["case_id"], lock=True)
    _require_waiting(work, meeting, case)
    before = meeting_rows.items_of(work, case.id)
    if any(not item.is_recorded for item in before):
        raise Conflict("该事项已列入议程，请先在原会议移出，再列入其他会议。")
    if any(item.meeting_id == meeting.id for item in before):
        raise Conflict("该事项已在这次会议讨论过，请列入下一次会议。")
    require_packet(work, case)

    item = AgendaItem(
        meeting=meeting,
        case_id=case.id,
        position=len(meeting_rows.agenda(work, meeting)) + 1,
        statements=[],
    )
    work.session.add(item)
    work.session.flush()
    journal.record(work, case, "meeting.scheduled", meeting=meeting.name)
    return item


def take_off_agenda(work: Work, meeting_id: int, typed: Typed) -> None:
    """Take a case off an agenda before anybody has spoken on it.

    Raises:
        Missing, Refused: As for `kept_meeting`.
        Missing: There is no such item.
        Conflict: What was said of it is written down already.
    """
    meeting = kept_meeting(work, meeting_id)
    item = meeting_rows.find_item(work, meeting, answers_to("off", typed)["item_id"])
    case = work.get(Case, item.case_id, lock=True)
    if item.statements or item.decision is not None:
        raise Conflict("该议题已经登记发言或者决定，不能移出议程。")
    work.session.delete(item)
    journal.record(work, case, "meeting.unscheduled", meeting=meeting.name)


def kept_meeting(work: Work, meeting_id: int) -> Meeting:
    """Return a meeting, locked, that the actor keeps.

    Raises:
        Missing: There is none for the actor.
        Refused: The actor is not a secretary of that body.
    """
    meeting = work.get(Meeting, meeting_id, lock=True)
    if not clerks.actor_keeps_meetings(work, meeting.keeper_id):
        raise Refused("会议由会议秘书登记，您可以查看，不能登记。")
    return meeting


def _require_new_name(work: Work, organ: Unit, name: str) -> None:
    same = sa.select(Meeting.id).where(
        Meeting.organ_id == organ.id, Meeting.name == name
    )
    if work.session.scalar(same) is not None:
        raise Invalid({"name": f"“{name}”已经安排，请核对会议名称和届次。"})


def _require_waiting(work: Work, meeting: Meeting, case: Case) -> None:
    waits = sa.select(Task.id).where(
        Task.case_id == case.id,
        Task.closed_at.is_(None),
        Task.step.in_(meeting_rows.WAITING),
        Task.unit_id == meeting.keeper_id,
    )
    if work.session.scalar(waits) is None:
        raise Conflict("该事项不在本机关的待上会环节，请核对后再列入议程。")
