"""What the record of a hearing may say: who was there, who said what, who signed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import sqlalchemy as sa

from reviewflow import chinese, clock, hearing_rows
from reviewflow.answered import last_answers
from reviewflow.letters.merge import Fields
from reviewflow.letters.occasions import Occasion, instant_of
from reviewflow.letters.sorts import SORTS
from reviewflow.model.case import Case, Task
from reviewflow.model.hearing import HearingPlan
from reviewflow.model.hearing_list import HearingOpinion, HearingParticipant
from reviewflow.model.people import User
from reviewflow.work import Work

HELD, HELD_EVENT = "hold_hearing", "hearing.held"
NOT_HELD = "（未登记）"

Row = dict[str, str | int]


def hearing_record_occasions(work: Work, case: Case) -> Iterator[Occasion]:
    """Return what calls for a record: a hearing whose participants are known.

    Before the sitting is recorded it is a draft to write on at the hearing.
    """
    plan = hearing_rows.find_plan(work, case.id)
    if plan is None or plan.announced_on is None:
        return
    people = hearing_rows.in_turn(hearing_rows.participants(work, case.id))
    if not people:
        return
    at = instant_of(work, case, HELD_EVENT)
    yield Occasion(
        SORTS["hearing_record"],
        place=1,
        since=clock.beijing_date(at) if at else work.today,
        is_final=at is not None,
        fields=partial(record_fields, work, case, plan, people, is_held=at is not None),
        settled=partial(instant_of, work, case, HELD_EVENT),
    )


def record_fields(
    work: Work,
    case: Case,
    plan: HearingPlan,
    people: Sequence[HearingParticipant],
    *,
    is_held: bool,
) -> Fields:
    """Return what the record may say (听证笔录), people in the order they speak."""
    held = last_answers(work, case, HELD) if is_held else {}
    held_on = date.fromisoformat(held["held_on"]) if is_held else plan.planned_on
    said = hearing_rows.opinions(work, case.id)
    by_turn = [row for one in people for row in said if row.participant_id == one.id]
    return {
        "unit_name": case.unit.name,
        "title": chinese.line(case.title),
        "letter_number": "",
        "is_held": "1" if is_held else "",
        "held_on": chinese.day(held_on),
        "starts_at": chinese.line(plan.starts_at) if held_on == plan.planned_on else "",
        "hearing_place": chinese.line(plan.place),
        "chair": _chair(work, case) if is_held else NOT_HELD,
        "signed_on": chinese.day(held_on) if is_held else NOT_HELD,
        **_openness(plan),
        **_attendance(people, held),
        "opinions": [_opinion(n, row) for n, row in enumerate(by_turn, start=1)],
        "note": chinese.end_of_sentence(held.get("record_note")),
    }


def _openness(plan: HearingPlan) -> Fields:
    return {
        "announced_on": chinese.day(plan.announced_on),
        "selected_on": chinese.day(plan.selected_on),
        "observers": str(plan.observers or ""),
    }


def _attendance(
    people: Sequence[HearingParticipant], held: Mapping[str, Any]
) -> Fields:
    return {
        "invited": str(len(people)),
        "present": str(held.get("participants") or ""),
        "participants": [
            {
                "number": chinese.count(place),
                "name": chinese.line(one.name),
                "group": chinese.line(one.group.name),
                "represents": chinese.line(one.represents),
                "came": "1" if one.attended or not held else "",
                "signature": one.signature.value if one.signature else "",
                "note": chinese.end_of_sentence(one.note),
            }
            for place, one in enumerate(people, start=1)
        ],
    }


def _opinion(place: int, row: HearingOpinion) -> Row:
    person = row.participant
    return {
        "number": chinese.count(place),
        "name": chinese.line(person.name),
        "represents": chinese.line(person.represents or person.group.name),
        "clause": chinese.line(row.clause),
        "text": chinese.end_of_sentence(row.text),
    }


def _chair(work: Work, case: Case) -> str:
    """Return who presided: whoever recorded the sitting, which is the host's step."""
    name = work.session.scalar(
        sa.select(User.display_name)
        .join(Task, Task.done_by_id == User.id)
        .where(Task.case_id == case.id, Task.step == HELD)
        .order_by(Task.id.desc())
        .limit(1)
    )
    return chinese.line(name)
