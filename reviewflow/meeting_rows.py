"""What is known of a meeting: its rows, and what a step need not ask again."""

from collections import Counter
from collections.abc import Sequence

import sqlalchemy as sa

from reviewflow.errors import Missing
from reviewflow.model.case import Task
from reviewflow.model.meeting import (
    AgendaItem,
    Attendee,
    Decision,
    Meeting,
    MeetingSort,
    MeetingSupplement,
    Presence,
    Voice,
)
from reviewflow.work import Work

REQUESTING, APPROVING, HOLDING = "request_agenda", "approve_agenda", "hold_meeting"
WAITING = (APPROVING, HOLDING)
"""The steps at which a case waits for a meeting."""
MINUTES = "meeting_minutes"
QUORUMS = {
    MeetingSort.EXECUTIVE: "MQ-01",
    MeetingSort.PLENARY: "MQ-01",
    MeetingSort.JOINT: "MQ-02",
}
"""By which row of the register people have to be there; small meetings have none."""
FOR = (Voice.AGREE, Voice.AGREE_WITH_REMARKS)
TAKEN = (Decision.PASSED, Decision.AMENDED)
NOBODY_DISSENTED = "无"


def items_of(work: Work, case_id: int) -> list[AgendaItem]:
    """Return every time a case was on an agenda, the first at the top."""
    return list(
        work.session.scalars(
            sa.select(AgendaItem)
            .where(AgendaItem.case_id == case_id)
            .order_by(AgendaItem.id)
        )
    )


def open_item(work: Work, case_id: int) -> AgendaItem | None:
    """Return the place on an agenda whose decision is not recorded yet."""
    return next((i for i in items_of(work, case_id) if not i.is_recorded), None)


def agenda(work: Work, meeting: Meeting) -> list[AgendaItem]:
    """Return the items of a meeting the actor may see, in order."""
    return list(
        work.session.scalars(
            sa.select(AgendaItem)
            .where(AgendaItem.meeting_id == meeting.id)
            .order_by(AgendaItem.position, AgendaItem.id)
        )
    )


def attendees(work: Work, meeting: Meeting) -> list[Attendee]:
    """Return everybody who was asked to a meeting, in order."""
    return list(
        work.session.scalars(
            sa.select(Attendee)
            .where(Attendee.meeting_id == meeting.id)
            .order_by(Attendee.position, Attendee.id)
        )
    )


def supplements(work: Work, item_ids: Sequence[int]) -> list[MeetingSupplement]:
    """Return the later notes on what was recorded, the first at the top."""
    return list(
        work.session.scalars(
            sa.select(MeetingSupplement)
            .where(MeetingSupplement.item_id.in_(item_ids))
            .order_by(MeetingSupplement.id)
        )
    )


def find_item(work: Work, meeting: Meeting, item_id: int) -> AgendaItem:
    """Return one item of a meeting.

    Raises:
        Missing: There is none of that id.
    """
    item = work.get(AgendaItem, item_id)
    if item.meeting_id != meeting.id:
        raise Missing
    return item


def least_present(work: Work, meeting: Meeting, people: Sequence[Attendee]) -> int:
    """Return how many members have to be there; 1 where no rule says."""
    invited = sum(one.is_member for one in people)
    quorum = QUORUMS.get(meeting.sort)
    if quorum is None:
        return 1
    return work.law.quorum(quorum, meeting.held_on or work.today).least(invited)


def majority(item: AgendaItem) -> bool | None:
    """Return what most of the members who took a position want; none if equal."""
    said = Counter(
        one.voice in FOR for one in item.statements if one.voice is not Voice.SILENT
    )
    return None if said[True] == said[False] else said[True] > said[False]


def departs(item: AgendaItem, decision: Decision) -> bool:
    """The decision is not what most of the members want.

    To talk again next time decides nothing.

    Source: 《重大行政决策程序暂行条例》第三十条.
    """
    wanted = majority(item)
    if decision is Decision.AGAIN or wanted is None:
        return False
    return wanted is not (decision in TAKEN)


def tally(item: AgendaItem) -> Counter[Voice]:
    """Return how many members said what of an item."""
    return Counter(one.voice for one in item.statements)


def known_of_meeting(work: Work, task: Task) -> dict[str, object]:
    """Return the answers to `hold_meeting` that a recorded meeting knows already."""
    item = open_item(work, task.case_id) if task.step == HOLDING else None
    return {} if item is None else known_of_item(work, item)


def known_of_item(work: Work, item: AgendaItem) -> dict[str, object]:
    """Return what the record of an item says, as the step asks it."""
    if item.meeting.held_on is None:
        return {}
    known: dict[str, object] = {
        "meeting": item.meeting.name,
        "held_on": item.meeting.held_on.isoformat(),
        "present": presence_text(attendees(work, item.meeting)),
        "dissent": dissent_text(item),
    }
    if item.decision is not None:
        known |= {
            "decision": item.decision.value,
            "requirements": item.requirements,
            "departure_reason": item.departure_reason,
            "follows_majority": "no" if departs(item, item.decision) else "yes",
        }
    return known


def presence_text(people: Sequence[Attendee]) -> str:
    """Return who was there in words, as minutes say it."""
    members = [one for one in people if one.is_member]
    came = [one for one in members if one.speaks]
    lines = [f"应到 {len(members)} 人，实到 {len(came)} 人：{_named(came)}。"]
    for presence, word in ((Presence.LEAVE, "请假"), (Presence.OBSERVER, "列席")):
        named = [one for one in people if one.presence is presence]
        lines += [f"{word}：{_named(named)}。"] if named else []
    return "\n".join(lines)


def dissent_text(item: AgendaItem) -> str:
    """Return the dissent in words; 无 if nobody dissented."""
    against = [one for one in item.statements if one.voice is Voice.DISAGREE]
    lines = [
        f"{one.attendee.name}（{one.attendee.post}）：{one.text}" for one in against
    ]
    return "\n".join(lines) or NOBODY_DISSENTED


def _named(people: Sequence[Attendee]) -> str:
    return "、".join(
        f"{one.name}（{one.post}{f'，{one.reason}' if one.reason else ''}）"
        for one in people
    )
