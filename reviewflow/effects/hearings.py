"""Effects of a hearing: waived, announced, list public, delivered, held, reported."""

from datetime import date

from reviewflow import chinese, hearing_rows, journal
from reviewflow.answered import last_answers
from reviewflow.effects.hearing_lists import (
    require_answered_opinions,
    require_delivered,
    require_lists,
    require_sitting,
)
from reviewflow.errors import Invalid, Missing
from reviewflow.model.case import Case
from reviewflow.model.hearing import Hearing, HearingPlan
from reviewflow.work import Answers, Work

DECIDED, DELIVERED = "decide_hearing", "deliver_materials"
HELD = "HELD"
DAYS = {
    "announced_on": "announce_hearing",
    "delivered_on": "deliver_materials",
    "held_on": "hold_hearing",
}


def announce_hearing(work: Work, case: Case, answers: Answers) -> None:
    """Make the announcement public: from now on people may enrol.

    Raises:
        Invalid: It comes too late for the day of the hearing, or too early.

    Source: 《规章制定程序条例》第十六条 (hard); for others the register's default.
    """
    announced_on: date = answers["announced_on"]
    planned_on: date = answers["planned_on"]
    _require_past(work, "announced_on", announced_on, "公告日期")
    if planned_on <= announced_on:
        raise Invalid({"planned_on": "听证会日期应当晚于公告日期。"})
    is_short = require_notice(work, case, announced_on, planned_on)
    plan = hearing_rows.plan_of(work, case.id)
    plan.announced_on, plan.planned_on = announced_on, planned_on
    plan.place = str(answers.get("place") or plan.place)
    _require_enrolment(work, plan)
    journal.record(
        work,
        case,
        "hearing.announced",
        announced_on=announced_on,
        planned_on=planned_on,
        is_short=is_short,
    )


def select_participants(work: Work, case: Case, answers: Answers) -> None:
    """Make the list of participants public.

    Raises:
        Invalid: A group has nobody yet, or its draw is still to come.

    Source: 《重大行政决策程序暂行条例》第十六条 (公平公开组织遴选，公布听证参加人名单).
    """
    selected_on: date = answers["selected_on"]
    _require_past(work, "selected_on", selected_on, "名单公布日期")
    plan = hearing_rows.plan_of(work, case.id)
    if plan.announced_on and selected_on < plan.announced_on:
        raise Invalid({"selected_on": "名单公布日期不能早于公告日期。"})
    count = require_lists(work, case)
    plan.selected_on = selected_on
    journal.record(work, case, "hearing.selected", participants=count)


def deliver_materials(work: Work, case: Case, answers: Answers) -> None:
    """Note when the documents had reached the last participant.

    Raises:
        Invalid: That was too late for the day of the hearing.
    """
    delivered_on: date = answers["delivered_on"]
    _require_past(work, "delivered_on", delivered_on, "送达日期")
    last = require_delivered(work, case, delivered_on)
    plan = hearing_rows.plan_of(work, case.id)
    if plan.announced_on and last < plan.announced_on:
        raise Invalid({"delivered_on": "送达日期不能早于公告日期。"})
    if plan.planned_on:
        require_in_time(work, "delivered_on", last, plan.planned_on)
    journal.record(work, case, "hearing.delivered", delivered_on=last)


def hold_hearing(work: Work, case: Case, answers: Answers) -> None:
    """Note that the hearing was held, or to which day it is put off.

    Raises:
        Invalid: Too few were there, signatures are lacking, or a day is wrong.
    """
    if answers.get("hearing_outcome") != HELD:
        _postpone(work, case, answers)
        return
    held_on: date = answers["held_on"]
    _require_past(work, "held_on", held_on, "听证会日期")
    delivered = last_answers(work, case, DELIVERED).get("delivered_on")
    if delivered:
        require_in_time(work, "held_on", date.fromisoformat(delivered), held_on)
    require_sitting(work, case, held_on, answers.get("participants") or 0)
    journal.record(work, case, "hearing.held", held_on=held_on)


def record_hearing(work: Work, case: Case, _answers: Answers) -> None:
    """Keep the dates of a hearing that was held.

    Raises:
        Invalid: The dates are not in their order, or an opinion has no answer.
    """
    days = {
        name: date.fromisoformat(last_answers(work, case, step)[name])
        for name, step in DAYS.items()
    }
    if not days["announced_on"] <= days["delivered_on"] < days["held_on"]:
        raise Invalid(
            message="听证公告、送达材料、举行听证的日期先后不对，请核对后重新填写。"
        )
    require_answered_opinions(work, case)
    _keep(work, case, is_held=True, **days)
    journal.record(work, case, "hearing.recorded", held_on=days["held_on"])


def waive_hearing(work: Work, case: Case, _answers: Answers) -> None:
    """Keep why no hearing is held; it is counted."""
    _keep(work, case, is_held=False)
    journal.record(work, case, "hearing.waived")


def require_notice(
    work: Work, case: Case, announced_on: date, planned_on: date
) -> bool:
    """Insist on the days between announcement and hearing; return if they are few.

    Raises:
        Invalid: They are fewer than law wants, not only than is usual.
    """
    notice = hearing_rows.notice(work, case, planned_on)
    if announced_on <= notice.latest_on:
        return False
    if notice.limit.hard:
        last, held = chinese.day(notice.latest_on), chinese.day(planned_on)
        raise Invalid(
            {
                "planned_on": f"听证公告应当在听证会{notice.limit.days}日前发布："
                f"{held}听证的，最迟{last}公告。请推迟听证会日期。"
            }
        )
    return True


def require_in_time(
    work: Work, field: str, delivered_on: date, hearing_on: date
) -> None:
    """Insist that documents arrive early enough before the hearing.

    Raises:
        Invalid: They do not; the sentence names the latest day.
    """
    latest_on = hearing_rows.latest_delivery(work, hearing_on)
    if delivered_on > latest_on:
        days = work.law.limit(hearing_rows.DELIVERY, hearing_on).days
        last, held = chinese.day(latest_on), chinese.day(hearing_on)
        raise Invalid(
            {
                field: f"距听证会不足{days}日，不能送达：{held}听证的，材料最迟{last}"
                "送达。请先推迟听证会日期。"
            }
        )


def _postpone(work: Work, case: Case, answers: Answers) -> None:
    plan = hearing_rows.plan_of(work, case.id)
    postponed_to: date = answers["postponed_to"]
    earliest = max(filter(None, (plan.planned_on, work.today)))
    if postponed_to <= earliest:
        raise Invalid({"postponed_to": "延期后的日期应当晚于原定日期和今天。"})
    for person in hearing_rows.participants(work, case.id):
        person.delivered_on, person.delivery = None, ""
        person.attended, person.signature, person.note = None, None, ""
    before, plan.planned_on = plan.planned_on, postponed_to
    journal.record(
        work,
        case,
        "hearing.postponed",
        before=before,
        planned_on=postponed_to,
        reason=str(answers.get("postponed_reason") or ""),
    )


def _require_past(work: Work, field: str, day: date, what: str) -> None:
    if day > work.today:
        raise Invalid({field: f"{what}不能晚于今天，请在事后登记。"})


def _require_enrolment(work: Work, plan: HearingPlan) -> None:
    if not any(group.is_drawn for group in hearing_rows.groups(work, plan.case_id)):
        return
    if plan.enrol_until is None:
        raise Invalid(message="有的参加人通过报名产生，请先在“听证”页填写报名截止日。")
    if plan.announced_on is None or plan.planned_on is None:
        return
    if not plan.announced_on <= plan.enrol_until < plan.planned_on:
        raise Invalid(
            message="报名截止日应当在公告日期与听证会日期之间，请在“听证”页更正。"
        )


def _keep(work: Work, case: Case, *, is_held: bool, **days: date) -> None:
    if work.actor.id is None:
        raise Missing
    work.session.add(
        Hearing(
            case_id=case.id,
            is_held=is_held,
            reason=str(last_answers(work, case, DECIDED).get("reason") or ""),
            decided_by_id=work.actor.id,
            **days,
        )
    )
