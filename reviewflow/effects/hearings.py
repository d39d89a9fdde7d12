"""Effects of the decision on a hearing: held and recorded, or waived."""

from datetime import date

from reviewflow import journal
from reviewflow.answered import last_answers
from reviewflow.errors import Invalid, Missing
from reviewflow.model.case import Case
from reviewflow.model.hearing import Hearing
from reviewflow.work import Answers, Work

DECIDED, REPORTED = "decide_hearing", "report_hearing"
DAYS = {
    "announced_on": "announce_hearing",
    "delivered_on": "deliver_materials",
    "held_on": "hold_hearing",
}


def record_hearing(work: Work, case: Case, _answers: Answers) -> None:
    """Keep the dates of a hearing that was held.

    Raises:
        Invalid: The dates are not in their order.
    """
    days = {
        name: date.fromisoformat(last_answers(work, case, step)[name])
        for name, step in DAYS.items()
    }
    if not days["announced_on"] <= days["delivered_on"] < days["held_on"]:
        raise Invalid(
            message="听证公告、送达材料、举行听证的日期先后不对，请核对后重新填写。"
        )
    _keep(work, case, is_held=True, **days)
    journal.record(work, case, "hearing.recorded", held_on=days["held_on"])


def waive_hearing(work: Work, case: Case, _answers: Answers) -> None:
    """Keep why no hearing is held; it is counted."""
    _keep(work, case, is_held=False)
    journal.record(work, case, "hearing.waived")


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
