"""What is known of a hearing: its plan, groups, lists, and the days the law wants."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from reviewflow.law.limits import TimeLimit
from reviewflow.model.case import Case, CaseStatus, TaskAnswers
from reviewflow.model.hearing import HearingGroup, HearingPlan
from reviewflow.model.hearing_list import (
    HearingApplicant,
    HearingDraw,
    HearingOpinion,
    HearingParticipant,
    Standing,
)
from reviewflow.work import Work

ANNOUNCEMENT = ("TL-05", "TL-06")
"""Of these limits, the one that applies to a case says when to announce at last."""
DELIVERY = "TL-04"
QUORUM = "HQ-01"

LAST = 10**6
"""Behind everybody who has a turn."""
START = "start"
SHOWN = (CaseStatus.RUNNING, CaseStatus.FINISHED)


@dataclass(frozen=True, slots=True)
class Notice:
    """When a hearing on a day has to be announced at last, and by which row."""

    latest_on: date
    limit: TimeLimit


def find_plan(work: Work, case_id: int) -> HearingPlan | None:
    """Return the plan of a case's hearing; none before anybody planned it."""
    return work.session.scalar(
        sa.select(HearingPlan).where(HearingPlan.case_id == case_id)
    )


def plan_of(work: Work, case_id: int) -> HearingPlan:
    """Return the plan of a case's hearing, a new one if there is none."""
    plan = find_plan(work, case_id)
    if plan is None:
        plan = HearingPlan(case_id=case_id, place="", observers=0)
        work.session.add(plan)
        work.session.flush()
    return plan


def is_public(work: Work, plan: HearingPlan) -> bool:
    """The hearing is announced, its matter declared open and not taken back."""
    if plan.announced_on is None or plan.case.status not in SHOWN:
        return False
    declared = work.session.scalar(
        sa.select(TaskAnswers.answers).where(
            TaskAnswers.case_id == plan.case_id, TaskAnswers.step == START
        )
    )
    return (declared or {}).get("is_confidential") is False


def is_open(work: Work, plan: HearingPlan) -> bool:
    """People may enrol today, and the list is not published yet."""
    if plan.announced_on is None or plan.enrol_until is None:
        return False
    return (
        plan.announced_on <= work.today <= plan.enrol_until
        and plan.case.is_running
        and not draws(work, plan.case_id)
    )


def groups(work: Work, case_id: int) -> list[HearingGroup]:
    """Return the groups of a hearing as they were set up."""
    return list(
        work.session.scalars(
            sa.select(HearingGroup)
            .where(HearingGroup.case_id == case_id)
            .order_by(HearingGroup.id)
        )
    )


def applicants(work: Work, case_id: int) -> list[HearingApplicant]:
    """Return who enrolled, in the order of enrolment."""
    return list(
        work.session.scalars(
            sa.select(HearingApplicant)
            .where(HearingApplicant.case_id == case_id)
            .order_by(HearingApplicant.enrolled_at, HearingApplicant.id)
        )
    )


def draws(work: Work, case_id: int) -> Mapping[int, HearingDraw]:
    """Return the published lists and draws by group."""
    rows = work.session.scalars(
        sa.select(HearingDraw).where(HearingDraw.case_id == case_id)
    )
    return {row.group_id: row for row in rows}


def listed(work: Work, case_id: int) -> list[HearingParticipant]:
    """Return everybody on the lists, group by group, substitutes too."""
    return list(
        work.session.scalars(
            sa.select(HearingParticipant)
            .where(HearingParticipant.case_id == case_id)
            .order_by(HearingParticipant.group_id, HearingParticipant.place)
        )
    )


def participants(work: Work, case_id: int) -> list[HearingParticipant]:
    """Return those who have a place."""
    return [p for p in listed(work, case_id) if p.standing is Standing.CHOSEN]


def in_turn(people: Sequence[HearingParticipant]) -> list[HearingParticipant]:
    """Return people in the order in which they speak; who has no turn comes last."""
    return sorted(people, key=lambda p: (p.turn or LAST, p.group_id, p.place))


def opinions(work: Work, case_id: int) -> list[HearingOpinion]:
    """Return what was said at the hearing, as it was written down."""
    return list(
        work.session.scalars(
            sa.select(HearingOpinion)
            .where(HearingOpinion.case_id == case_id)
            .order_by(HearingOpinion.id)
        )
    )


def notice(work: Work, case: Case, hearing_on: date) -> Notice:
    """Return when the hearing has to be announced at last.

    Source: 《规章制定程序条例》第十六条 (规章, 30日前); others by the register.
    """
    rows = [work.law.limit(limit_id, hearing_on) for limit_id in ANNOUNCEMENT]
    fitting = [limit for limit in rows if case.kind_code in limit.applies]
    limit = fitting[0] if fitting else rows[-1]
    return Notice(work.law.deadline(limit.id, hearing_on).due_on, limit)


def latest_delivery(work: Work, hearing_on: date) -> date:
    """Return the last day on which documents may reach the participants.

    Source: 《重大行政决策程序暂行条例》第十六条 (召开听证会7日前送达).
    """
    return work.law.deadline(DELIVERY, hearing_on).due_on


def planned_delivery(work: Work, hearing_on: date) -> date:
    """Return that day with the reserve the register plans with."""
    return work.law.planned(DELIVERY, hearing_on).due_on


def least_present(work: Work, invited: int, on: date) -> int:
    """Return how many of the participants have to be there."""
    return work.law.quorum(QUORUM, on).least(invited)
