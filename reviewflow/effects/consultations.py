"""Effects of asking the public: the period begins, the period ends."""

from datetime import date

import sqlalchemy as sa

from reviewflow import journal
from reviewflow.errors import Invalid
from reviewflow.model.case import Case
from reviewflow.model.consultation import Consultation
from reviewflow.work import Answers, Work


def open_consultation(work: Work, case: Case, answers: Answers) -> None:
    """Note when the draft was published for comments and till when at least.

    Raises:
        Invalid: The first day lies in the future.

    A document that may not be published is excused; the basis is recorded.

    Source: 《优化营商环境条例》第六十二条; 六安市意见征集平台规则.
    """
    if answers.get("consultation_excused"):
        journal.record(work, case, "consultation.excused")
        return
    starts_on: date = answers["starts_on"]
    if starts_on > work.today:
        raise Invalid({"starts_on": "开始日期不能晚于今天，请在公布征求意见稿后登记。"})
    due_on = work.law.deadline(answers["limit"], starts_on).due_on
    work.session.add(
        Consultation(
            case_id=case.id,
            starts_on=starts_on,
            due_on=due_on,
            shortened_reason=str(answers.get("shortened_reason") or ""),
            channel=str(answers.get("channel") or ""),
        )
    )
    journal.record(
        work, case, "consultation.opened", starts_on=starts_on, due_on=due_on
    )


def close_consultation(work: Work, case: Case, answers: Answers) -> None:
    """Note when comments were no longer taken, how many came, what was adopted.

    Raises:
        Invalid: It ended early without a reason, or the numbers do not fit.
    """
    row = work.session.scalars(
        sa.select(Consultation)
        .where(Consultation.case_id == case.id)
        .order_by(Consultation.id.desc())
        .limit(1)
    ).one()
    closed_on: date = answers["closed_on"]
    reason = str(answers.get("shortened_reason") or row.shortened_reason)
    _check_period(work, row, closed_on, reason)
    comments, adopted = answers.get("comments") or 0, answers.get("adopted") or 0
    if adopted > comments:
        raise Invalid({"adopted": "采纳的意见不能多于收到的意见，请核对条数。"})
    row.closed_on, row.shortened_reason = closed_on, reason
    row.comments, row.adopted = comments, adopted
    journal.record(
        work, case, "consultation.closed", closed_on=closed_on, comments=comments
    )


def _check_period(work: Work, row: Consultation, closed_on: date, reason: str) -> None:
    if closed_on < row.starts_on:
        raise Invalid({"closed_on": "截止日期不能早于开始日期。"})
    if closed_on > work.today:
        raise Invalid({"closed_on": "截止日期还没有到，请在征求意见结束后登记。"})
    if closed_on < row.due_on and not reason:
        due = f"{row.due_on.month}月{row.due_on.day}日"
        raise Invalid(
            {"shortened_reason": f"期限应至{due}；提前截止的，请写明理由并予公布。"}
        )
