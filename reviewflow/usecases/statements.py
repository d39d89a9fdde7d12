"""What members said of an item, what was decided, and later notes."""

from typing import Any

from reviewflow import journal, meeting_rows
from reviewflow.effects.meeting_rules import (
    require_order,
    require_reason,
    require_statements,
)
from reviewflow.errors import Conflict, Invalid
from reviewflow.model.case import Case
from reviewflow.model.meeting import (
    AgendaItem,
    Attendee,
    Decision,
    MeetingSupplement,
    Statement,
    Voice,
)
from reviewflow.usecases.meeting_forms import Typed, answers_to, row_answers_to
from reviewflow.usecases.meetings import kept_meeting
from reviewflow.work import Work


class AlreadyRecorded(Conflict):
    """What a meeting decided is recorded once; dissent with it."""

    message = "该议题的会议决定已经记录，不能再改动；需要更正的，另作补充说明。"


def record_statements(work: Work, meeting_id: int, typed: Typed) -> AgendaItem:
    """Write down who said what of an item, in the order of speaking.

    Until the decision is recorded, writing it down again replaces it.

    Raises:
        Missing, Refused: As for `kept_meeting`.
        AlreadyRecorded: The decision is recorded.
        Invalid: A row is not complete, or somebody speaks after the head.

    Source: 《重大行政决策程序暂行条例》第三十条.
    """
    item, case = _own_item(work, meeting_id, typed)
    if item.is_recorded:
        raise AlreadyRecorded
    if item.meeting.held_on is None:
        raise Conflict("请先登记出席情况，再登记发言。")

    people = meeting_rows.attendees(work, item.meeting)
    said = _said(typed, [one for one in people if one.speaks])
    item.statements.clear()
    work.session.flush()
    in_order = sorted(said, key=lambda one: one[1]["turn"])
    item.statements.extend(
        Statement(case_id=case.id, attendee=one, **row) for one, row in in_order
    )
    work.session.flush()
    require_order(item)

    against = meeting_rows.tally(item)[Voice.DISAGREE]
    journal.record(work, case, "meeting.heard", statements=len(said), disagree=against)
    return item


def decide_item(work: Work, meeting_id: int, typed: Typed) -> AgendaItem:
    """Write down what was decided; it counts once the step is completed.

    Raises:
        Missing, Refused, AlreadyRecorded: As for `record_statements`.
        Invalid: Nothing was said yet, or the reason for leaving the majority lacks.
    """
    item, case = _own_item(work, meeting_id, typed)
    if item.is_recorded:
        raise AlreadyRecorded
    answers = answers_to("decision", typed)
    decision = Decision(answers["decision"])
    reason = answers["departure_reason"] or ""
    require_statements(item)
    require_reason(item, decision, reason)
    item.decision, item.departure_reason = decision, reason
    item.requirements = answers["requirements"] or ""
    journal.record(work, case, "meeting.decided", decision=decision)
    return item


def add_supplement(work: Work, meeting_id: int, typed: Typed) -> MeetingSupplement:
    """Add a note to what is recorded; the record itself stays.

    Raises:
        Missing, Refused: As for `kept_meeting`.
        Conflict: Nothing is recorded yet, and may be put right itself.
        Invalid: The note is empty.
    """
    item, case = _own_item(work, meeting_id, typed)
    if not item.is_recorded:
        raise Conflict("会议决定还没有记录，请直接更正登记。")
    note = MeetingSupplement(
        case_id=case.id,
        item_id=item.id,
        text=answers_to("supplement", typed)["text"],
        at=work.now,
        by_id=work.actor.id,
    )
    work.session.add(note)
    work.session.flush()
    journal.record(work, case, "meeting.supplemented")
    return note


def _own_item(work: Work, meeting_id: int, typed: Typed) -> tuple[AgendaItem, Case]:
    meeting = kept_meeting(work, meeting_id)
    wanted = answers_to("off", typed)["item_id"]
    case_id = meeting_rows.find_item(work, meeting, wanted).case_id
    case = work.get(Case, case_id, lock=True)
    return meeting_rows.find_item(work, meeting, wanted), case


def _said(
    typed: Typed, people: list[Attendee]
) -> list[tuple[Attendee, dict[str, Any]]]:
    """Return the rows of those who spoke; rows without any answer say nothing.

    Raises:
        Invalid: A row is not complete.
    """
    said = []
    errors: dict[str, str] = {}
    for one in people:
        if not any(typed.get(f"{name}-{one.id}") for name in ("turn", "voice", "text")):
            continue
        try:
            row = row_answers_to("statement", typed, one.id, f"{one.name}：")
        except Invalid as error:
            errors |= error.errors
            continue
        row["voice"], row["text"] = Voice(row["voice"]), row["text"] or ""
        said.append((one, row))
    if errors:
        raise Invalid(errors)
    return said
