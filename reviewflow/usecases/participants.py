"""The list of participants: named ones, substitutes, and who has the documents."""

from datetime import date

from reviewflow import hearing_rows, journal
from reviewflow.effects.hearings import require_in_time
from reviewflow.errors import Conflict, Invalid
from reviewflow.model.hearing_list import HearingParticipant, Standing
from reviewflow.usecases.hearing_forms import Typed, answers_to
from reviewflow.usecases.hearing_steps import (
    ANNOUNCING,
    DELIVERING,
    SELECTING,
    find_group,
    find_participant,
    require_step,
)
from reviewflow.work import Work

TICKED = "to-"


def name_participant(work: Work, case_id: int, typed: Typed) -> HearingParticipant:
    """Put somebody on the list who is invited or recommended.

    Raises:
        Missing, Refused, Conflict: As for `require_step`.
        Missing: There is no such group.
        Invalid: An answer is wrong, the group is drawn, or it has no place left.
    """
    case = require_step(work, case_id, ANNOUNCING, SELECTING)
    answers = answers_to("participant", typed)
    group = find_group(work, case, answers["of_group"])
    if group.is_drawn:
        raise Invalid({"of_group": f"“{group.name}”由报名抽取产生，不能直接增加。"})
    there = [p for p in hearing_rows.listed(work, case.id) if p.group_id == group.id]
    if sum(p.standing is Standing.CHOSEN for p in there) >= group.quota:
        raise Invalid({"of_group": f"“{group.name}”的 {group.quota} 个名额已满。"})
    person = HearingParticipant(
        case_id=case.id,
        group_id=group.id,
        name=answers["person"],
        contact=answers["telephone"] or "",
        represents=answers["interest"],
        place=len(there) + 1,
        standing=Standing.CHOSEN,
    )
    work.session.add(person)
    work.session.flush()
    journal.record(work, case, "hearing.participant_named", group=group.name)
    return person


def excuse_participant(
    work: Work, case_id: int, typed: Typed
) -> HearingParticipant | None:
    """Take somebody off who cannot come; the next substitute has the place.

    Returns:
        Who has the place now; none if nobody waits for it.

    Raises:
        Missing, Refused, Conflict: As for `require_step`.
        Missing: There is nobody of that id on the lists.
        Conflict: That person has no place.
        Invalid: No reason is given.
    """
    case = require_step(work, case_id, SELECTING, DELIVERING)
    answers = answers_to("excuse", typed)
    person = find_participant(work, case, answers["participant_id"])
    if person.standing is not Standing.CHOSEN:
        raise Conflict(f"{person.name}不在参加人名单中，请刷新页面。")
    person.standing, person.note = Standing.EXCUSED, answers["excuse"]
    waiting = (
        one
        for one in hearing_rows.listed(work, case.id)
        if one.group_id == person.group_id and one.standing is Standing.SUBSTITUTE
    )
    following = next(waiting, None)
    if following is not None:
        following.standing = Standing.CHOSEN
    journal.record(
        work,
        case,
        "hearing.participant_excused",
        group=person.group.name,
        place=person.place,
        follows=following.place if following else None,
        reason=answers["excuse"],
    )
    return following


def mark_delivered(work: Work, case_id: int, typed: Typed) -> int:
    """Note when and how the documents reached the participants who are ticked.

    Returns:
        How many they are.

    Raises:
        Missing, Refused, Conflict: As for `require_step`.
        Invalid: Nobody is ticked, or the day is too late for the hearing.

    Source: 《重大行政决策程序暂行条例》第十六条.
    """
    case = require_step(work, case_id, DELIVERING)
    answers = answers_to("deliver", typed)
    people = hearing_rows.participants(work, case.id)
    ticked = [person for person in people if typed.get(f"{TICKED}{person.id}")]
    if not ticked:
        raise Invalid(message="请先在名单中勾选已经送达的参加人。")
    delivered_on: date = answers["delivered_on"]
    if delivered_on > work.today:
        raise Invalid({"delivered_on": "送达日期不能晚于今天，请在送达后登记。"})
    plan = hearing_rows.plan_of(work, case.id)
    if plan.announced_on and delivered_on < plan.announced_on:
        raise Invalid({"delivered_on": "送达日期不能早于公告日期。"})
    if plan.planned_on:
        require_in_time(work, "delivered_on", delivered_on, plan.planned_on)
    for person in ticked:
        person.delivered_on, person.delivery = delivered_on, answers["delivery"]
    journal.record(
        work,
        case,
        "hearing.materials_delivered",
        participants=len(ticked),
        delivered_on=delivered_on,
    )
    return len(ticked)
