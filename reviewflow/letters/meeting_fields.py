"""What the minutes of a meeting may say on one case."""

from collections.abc import Iterator, Sequence
from functools import partial

from reviewflow import chinese, clock, meeting_rows
from reviewflow.letters.merge import Fields
from reviewflow.letters.occasions import Occasion
from reviewflow.letters.sorts import SORTS
from reviewflow.model.case import Case
from reviewflow.model.meeting import (
    AgendaItem,
    Attendee,
    Decision,
    Presence,
    Statement,
    Voice,
)
from reviewflow.work import Work

NAMES = {
    Decision.PASSED: "通过",
    Decision.AMENDED: "修改后通过",
    Decision.DEFERRED: "暂缓",
    Decision.REJECTED: "不通过",
    Decision.AGAIN: "下次会议再次讨论",
}

Row = dict[str, str | int]


def meeting_occasions(work: Work, case: Case) -> Iterator[Occasion]:
    """Return what calls for minutes: every meeting that was held on the case."""
    held = [i for i in meeting_rows.items_of(work, case.id) if i.meeting.held_on]
    for place, item in enumerate(held, start=1):
        yield Occasion(
            SORTS["meeting_minutes"],
            place,
            item.meeting.held_on or work.today,
            is_final=item.is_recorded,
            fields=partial(minutes_fields, work, case, item),
            settled=partial(getattr, item, "recorded_at"),
        )


def minutes_fields(work: Work, case: Case, item: AgendaItem) -> Fields:
    """Return what the minutes may say (会议纪要)."""
    meeting = item.meeting
    people = meeting_rows.attendees(work, meeting)
    return {
        **_attendance(people),
        **_discussion(item),
        "title": chinese.line(case.title),
        "organ_name": meeting.organ.name,
        "meeting": chinese.line(meeting.name),
        "held_on": chinese.day(meeting.held_on),
        "chair": chinese.line(_chair(people) or meeting.chair),
        "notes": [
            {
                "on": chinese.day(clock.beijing_date(note.at)),
                "text": chinese.end_of_sentence(note.text),
            }
            for note in meeting_rows.supplements(work, [item.id])
        ],
        "signed_on": chinese.day(meeting.held_on),
        "letter_number": "",
    }


def _attendance(people: Sequence[Attendee]) -> Fields:
    is_guest = (Presence.PRESENT, Presence.OBSERVER)
    return {
        "member_count": str(sum(one.is_member for one in people) or ""),
        "present_count": str(sum(one.speaks for one in people) or ""),
        "members_present": [_person(one) for one in people if one.speaks],
        "leave": [_person(one) for one in people if one.presence is Presence.LEAVE],
        "observers": [
            _person(one)
            for one in people
            if one.presence in is_guest and not one.is_member
        ],
    }


def _discussion(item: AgendaItem) -> Fields:
    said = list(enumerate(item.statements, start=1))
    against = [(n, one) for n, one in said if one.voice is Voice.DISAGREE]
    return {
        "statements": [_statement(number, one) for number, one in said],
        "dissent": [_statement(number, one) for number, one in against],
        "decision": NAMES[item.decision] if item.decision else "",
        "requirements": chinese.end_of_sentence(item.requirements),
        "departure_reason": chinese.end_of_sentence(item.departure_reason),
    }


def _chair(people: Sequence[Attendee]) -> str:
    return next((f"{one.post}{one.name}" for one in people if one.is_head), "")


def _person(one: Attendee) -> Row:
    return {
        "name": chinese.line(one.name),
        "post": chinese.line(one.post),
        "reason": chinese.end_of_sentence(one.reason),
    }


def _statement(number: int, one: Statement) -> Row:
    return {
        **_person(one.attendee),
        "number": chinese.count(number),
        "voice": one.voice.value,
        "text": chinese.end_of_sentence(one.text),
    }
