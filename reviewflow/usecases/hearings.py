"""Planning a hearing: when and where, which groups with how many places."""

from datetime import date

from reviewflow import chinese, hearing_rows, journal
from reviewflow.effects.hearings import require_notice
from reviewflow.errors import Conflict, Invalid
from reviewflow.model.case import Case
from reviewflow.model.hearing import Choosing, HearingGroup, HearingPlan
from reviewflow.usecases.hearing_forms import Typed, answers_to
from reviewflow.usecases.hearing_steps import (
    ANNOUNCING,
    DELIVERING,
    SELECTING,
    find_group,
    require_step,
    row_id,
)
from reviewflow.work import Work


def plan_hearing(work: Work, case_id: int, typed: Typed) -> HearingPlan:
    """Say when and where a hearing is to be and until when people may enrol.

    Raises:
        Missing, Refused, Conflict: As for `require_step`.
        Invalid: An answer is wrong, or the days do not follow one another.
    """
    case = require_step(work, case_id, ANNOUNCING)
    answers = answers_to("plan", typed)
    planned_on: date = answers["planned_on"]
    _require_ahead(work, case, planned_on, answers["enrol_until"])
    plan = hearing_rows.plan_of(work, case.id)
    for name, value in answers.items():
        setattr(plan, name, value)
    plan.observers = answers["observers"] or 0
    journal.record(work, case, "hearing.planned", planned_on=planned_on)
    return plan


def add_group(work: Work, case_id: int, typed: Typed) -> HearingGroup:
    """Add a group of participants; groups are fixed with the announcement.

    Raises:
        Missing, Refused, Conflict: As for `require_step`.
        Invalid: An answer is wrong, or there is a group of that name.
    """
    case = require_step(work, case_id, ANNOUNCING)
    answers = answers_to("group", typed)
    name: str = answers["group_name"]
    if name in {group.name for group in hearing_rows.groups(work, case.id)}:
        raise Invalid({"group_name": f"已有名为“{name}”的组，请换一个组名。"})
    group = HearingGroup(
        case_id=case.id,
        name=name,
        quota=answers["quota"],
        how=Choosing(answers["how"]),
    )
    work.session.add(group)
    work.session.flush()
    journal.record(work, case, "hearing.group_added", group=name, quota=group.quota)
    return group


def remove_group(work: Work, case_id: int, typed: Typed) -> None:
    """Take a group away again, as long as it is not announced.

    Raises:
        Missing, Refused, Conflict: As for `require_step`.
        Conflict: Somebody is on its list already.
    """
    case = require_step(work, case_id, ANNOUNCING)
    group = find_group(work, case, row_id(typed, "group_id"))
    if any(p.group_id == group.id for p in hearing_rows.listed(work, case.id)):
        raise Conflict("该组已有参加人，不能删除。")
    work.session.delete(group)
    journal.record(work, case, "hearing.group_removed", group=group.name)


def reschedule(work: Work, case_id: int, typed: Typed) -> HearingPlan:
    """Put a hearing off before it begins, so that documents arrive in time.

    Raises:
        Missing, Refused, Conflict: As for `require_step`.
        Invalid: The day is not later, or no reason is given.
    """
    case = require_step(work, case_id, SELECTING, DELIVERING)
    answers = answers_to("reschedule", typed)
    day: date = answers["new_day"]
    plan = hearing_rows.plan_of(work, case.id)
    if day <= max(filter(None, (plan.planned_on, work.today))):
        raise Invalid({"new_day": "新的日期应当晚于原定日期和今天。"})
    before, plan.planned_on = plan.planned_on, day
    journal.record(
        work,
        case,
        "hearing.postponed",
        before=before,
        planned_on=day,
        reason=answers["why"],
    )
    return plan


def _require_ahead(
    work: Work, case: Case, planned_on: date, enrol_until: date | None
) -> None:
    if planned_on <= work.today:
        raise Invalid({"planned_on": "听证会日期应当晚于今天。"})
    require_notice(work, case, work.today, planned_on)
    if enrol_until and not work.today <= enrol_until < planned_on:
        latest = chinese.day(planned_on)
        raise Invalid(
            {"enrol_until": f"报名截止日应当在今天以后、听证会（{latest}）以前。"}
        )
