"""Effects of asking the public: the period begins, the period ends."""

from datetime import date

import sqlalchemy as sa

from reviewflow import journal
from reviewflow.answered import last_answers
from reviewflow.consulted import Tally, tally
from reviewflow.errors import Invalid
from reviewflow.model.case import Case
from reviewflow.model.consultation import Consultation
from reviewflow.model.document import Document
from reviewflow.work import Answers, Work

NOTICE, DRAFT = "consultation_notice", "submission_draft"


def open_consultation(work: Work, case: Case, answers: Answers) -> None:
    """Note when the draft was published for comments, and till when.

    The public page shows the notice and the draft as they are now. A document
    that may not be published is excused; the basis is recorded.

    Raises:
        Invalid: The days do not fit, or the period is short without a reason.

    Source: 《优化营商环境条例》第六十二条; 六安市意见征集平台规则; 《重大行政决策
    程序暂行条例》第十五条 (by analogy: the reason for a short period is public).
    """
    if answers.get("consultation_excused"):
        journal.record(work, case, "consultation.excused")
        return
    starts_on: date = answers["starts_on"]
    ends_on: date | None = answers.get("ends_on")
    if starts_on > work.today:
        raise Invalid({"starts_on": "开始日期不能晚于今天，请在公布征求意见稿后登记。"})
    due_on = work.law.deadline(answers["limit"], starts_on).due_on
    reason = str(answers.get("shortened_reason") or "").strip()
    _check_announced(starts_on, ends_on, due_on, reason)
    work.session.add(
        Consultation(
            case_id=case.id,
            starts_on=starts_on,
            ends_on=ends_on,
            due_on=due_on,
            shortened_reason=reason,
            channel=str(answers.get("channel") or ""),
            is_public=_is_open_matter(work, case),
            notice_version_id=_latest_version(work, case, NOTICE),
            draft_version_id=_latest_version(work, case, DRAFT),
        )
    )
    journal.record(
        work, case, "consultation.opened", starts_on=starts_on, due_on=due_on
    )


def close_consultation(work: Work, case: Case, answers: Answers) -> None:
    """Note when comments were no longer taken, how many came, what was adopted.

    Comments that are kept here are counted here, whatever was typed.

    Raises:
        Invalid: It ended early without a reason, the numbers do not fit, or
            comments wait for their answer.
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
    counted = tally(work, row)
    _check_answered(counted)
    comments, adopted = answers.get("comments") or 0, answers.get("adopted") or 0
    if counted.comments:
        comments, adopted = counted.comments, counted.adopted
    if adopted > comments:
        raise Invalid({"adopted": "采纳的意见不能多于收到的意见，请核对条数。"})
    row.closed_on, row.shortened_reason = closed_on, reason
    row.comments, row.adopted = comments, adopted
    journal.record(
        work, case, "consultation.closed", closed_on=closed_on, comments=comments
    )


def _check_announced(
    starts_on: date, ends_on: date | None, due_on: date, reason: str
) -> None:
    if ends_on is None:
        return
    if ends_on < starts_on:
        raise Invalid({"ends_on": "意见截止日期不能早于公布日期。"})
    if ends_on < due_on and not reason:
        raise Invalid(
            {
                "shortened_reason": f"公开征求意见应至{_day(due_on)}；"
                "提前截止的，请写明理由，理由将在公告中公布。"
            }
        )


def _check_answered(counted: Tally) -> None:
    where = "请先在“征求意见”页办理"
    if counted.ungrouped:
        raise Invalid(message=f"还有 {counted.ungrouped} 条意见没有归类，{where}。")
    if counted.unanswered:
        raise Invalid(message=f"还有 {counted.unanswered} 组意见没有答复，{where}。")


def _check_period(work: Work, row: Consultation, closed_on: date, reason: str) -> None:
    if closed_on < row.starts_on:
        raise Invalid({"closed_on": "截止日期不能早于开始日期。"})
    if closed_on > work.today:
        raise Invalid({"closed_on": "截止日期还没有到，请在征求意见结束后登记。"})
    until = max(row.due_on, row.ends_on or row.due_on)
    if closed_on < until and not reason:
        raise Invalid(
            {
                "shortened_reason": f"期限应至{_day(until)}；"
                "提前截止的，请写明理由并予公布。"
            }
        )


def _is_open_matter(work: Work, case: Case) -> bool:
    return last_answers(work, case, "start").get("is_confidential") is False


def _latest_version(work: Work, case: Case, role: str) -> int | None:
    document = work.session.scalar(
        sa.select(Document).where(Document.case_id == case.id, Document.role == role)
    )
    return None if document is None else document.latest.id


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
