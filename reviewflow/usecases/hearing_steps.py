"""Which step of a hearing waits, and that the actor may work on it."""

import sqlalchemy as sa

from reviewflow import permissions
from reviewflow.errors import Conflict, Missing, Refused
from reviewflow.model.case import Case, Task
from reviewflow.model.hearing import HearingGroup
from reviewflow.model.hearing_list import HearingParticipant
from reviewflow.model.people import Role
from reviewflow.usecases.hearing_forms import Typed
from reviewflow.usecases.tasks import require_separation
from reviewflow.work import Work

ANNOUNCING = "announce_hearing"
SELECTING = "select_participants"
DELIVERING = "deliver_materials"
HOLDING = "hold_hearing"
REPORTING = "report_hearing"
STEPS = {
    ANNOUNCING: "发布听证公告",
    SELECTING: "公布参加人名单",
    DELIVERING: "送达听证材料",
    HOLDING: "举行听证会",
    REPORTING: "形成听证报告",
}
DIGITS = 18
HEARING_ROLES = (Role.DRAFTER, Role.HEARING_HOST)


def require_step(work: Work, case_id: int, *steps: str) -> Case:
    """Return a case, locked, if one of these steps waits for the actor.

    What belongs to a hearing is worked on by whoever does the step, while it
    waits; nobody rearranges a list after it has been used.

    Raises:
        Missing: There is no such case for the actor, or no hearing in it.
        Refused: The actor does not work on hearings of that unit, or not at this.
        Conflict: The hearing is at another step.
    """
    case = work.get(Case, case_id, lock=True)
    if SELECTING not in work.process(case).kind.steps:
        raise Missing
    if not any(work.actor.holds(role, case.unit_id) for role in HEARING_ROLES):
        raise Refused
    task = work.session.scalar(
        sa.select(Task).where(
            Task.case_id == case.id, Task.closed_at.is_(None), Task.step.in_(steps)
        )
    )
    if task is None:
        named = "”或者“".join(STEPS[step] for step in steps)
        raise Conflict(f"听证不在“{named}”环节，请查看最新情况后再办理。")
    permissions.require(work.actor, "task.complete", task)
    require_separation(work, case, task)
    return case


def find_group(work: Work, case: Case, group_id: int) -> HearingGroup:
    """Return a group of this hearing.

    Raises:
        Missing: There is none of that id.
    """
    group = work.get(HearingGroup, group_id)
    if group.case_id != case.id:
        raise Missing
    return group


def find_participant(work: Work, case: Case, person_id: int) -> HearingParticipant:
    """Return somebody on the lists of this hearing.

    Raises:
        Missing: There is none of that id.
    """
    person = work.get(HearingParticipant, person_id)
    if person.case_id != case.id:
        raise Missing
    return person


def row_id(typed: Typed, name: str) -> int:
    """Return the id a hidden field of a form holds.

    Raises:
        Missing: It holds none.
    """
    text = str(typed.get(name, ""))
    if not text.isdecimal():
        raise Missing
    return int(text[:DIGITS])
