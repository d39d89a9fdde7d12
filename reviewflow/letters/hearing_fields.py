"""What the announcement and the report of a hearing may say."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from reviewflow import chinese, clock, hearing_rows
from reviewflow.answered import last_answers
from reviewflow.letters.merge import Fields
from reviewflow.letters.occasions import Occasion, instant_of
from reviewflow.letters.sorts import SORTS
from reviewflow.model.case import Case
from reviewflow.model.hearing import HearingPlan
from reviewflow.model.hearing_list import HearingOpinion, Signature
from reviewflow.work import Work

HELD, REPORTED = "hold_hearing", "report_hearing"
ANNOUNCED_EVENT, RECORDED_EVENT = "hearing.announced", "hearing.recorded"
NOT_ANNOUNCED = "（未发布）"
NOT_REPORTED = "（未提交）"

Row = dict[str, str | int]


def hearing_occasions(work: Work, case: Case) -> Iterator[Occasion]:
    """Return what calls for a letter about a hearing, oldest first."""
    plan = hearing_rows.find_plan(work, case.id)
    if plan is None or plan.planned_on is None:
        return
    since, announced = plan.announced_on or work.today, SORTS["hearing_notice"]
    fields = partial(notice_fields, work, case, plan)
    is_final = plan.announced_on is not None
    at = partial(instant_of, work, case, ANNOUNCED_EVENT)
    yield Occasion(announced, 1, since, is_final=is_final, fields=fields, settled=at)
    held = last_answers(work, case, HELD)
    if not held.get("held_on"):
        return
    recorded_on, reported = _recorded_on(work, case), SORTS["hearing_report"]
    fields = partial(report_fields, work, case, plan, held, recorded_on)
    since, is_final = recorded_on or work.today, recorded_on is not None
    at = partial(instant_of, work, case, RECORDED_EVENT)
    yield Occasion(reported, 1, since, is_final=is_final, fields=fields, settled=at)


def _recorded_on(work: Work, case: Case) -> date | None:
    """Return the day on which the report was handed in."""
    at = instant_of(work, case, RECORDED_EVENT)
    return clock.beijing_date(at) if at else None


def notice_fields(work: Work, case: Case, plan: HearingPlan) -> Fields:
    """Return what an announcement may say (听证公告)."""
    announced_on = plan.announced_on
    return {
        **_common(work, case, plan),
        "hearing_on": chinese.day(plan.planned_on),
        "starts_at": chinese.line(plan.starts_at),
        "enrol_until": chinese.day(plan.enrol_until),
        "observers": str(plan.observers or ""),
        "contact": chinese.line(plan.contact),
        "signed_on": chinese.day(announced_on) if announced_on else NOT_ANNOUNCED,
    }


def report_fields(
    work: Work,
    case: Case,
    plan: HearingPlan,
    held: Mapping[str, Any],
    recorded_on: date | None,
) -> Fields:
    """Return what a report may say (听证报告)."""
    people = hearing_rows.participants(work, case.id)
    present = [person for person in people if person.attended]
    opinions = hearing_rows.opinions(work, case.id)
    summary = last_answers(work, case, REPORTED).get("summary")
    return {
        **_common(work, case, plan),
        "held_on": chinese.day(date.fromisoformat(held["held_on"])),
        "invited": str(len(people) or ""),
        "present": str(len(present) or held.get("participants") or ""),
        "refused": str(sum(p.signature is Signature.REFUSED for p in present) or ""),
        "opinions": [_opinion(n, row) for n, row in enumerate(opinions, start=1)],
        "summary": chinese.end_of_sentence(summary) if recorded_on else NOT_REPORTED,
        "signed_on": chinese.day(recorded_on) if recorded_on else NOT_REPORTED,
    }


def _common(work: Work, case: Case, plan: HearingPlan) -> Fields:
    groups = hearing_rows.groups(work, case.id)
    return {
        "unit_name": case.unit.name,
        "title": chinese.line(case.title),
        "hearing_place": chinese.line(plan.place),
        "groups": [
            {"name": group.name, "quota": group.quota, "how": group.how.value}
            for group in groups
        ],
        "has_draw": str(next((1 for group in groups if group.is_drawn), "")),
        "letter_number": "",
    }


def _opinion(place: int, row: HearingOpinion) -> Row:
    person = row.participant
    return {
        "number": chinese.count(place),
        "represents": chinese.line(person.represents or person.group.name),
        "clause": chinese.line(row.clause),
        "text": chinese.end_of_sentence(row.text),
        "adoption": row.adoption.value if row.adoption else "",
        "reason": chinese.end_of_sentence(row.reason),
    }
