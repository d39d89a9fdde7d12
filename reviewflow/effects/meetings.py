"""Effects of deliberation: the packet is checked, the decision recorded."""

from datetime import date

import sqlalchemy as sa

from reviewflow import journal
from reviewflow.effects.opinions import answer_opinion, find_opinion
from reviewflow.errors import Invalid
from reviewflow.model.case import Case
from reviewflow.model.document import Document
from reviewflow.model.opinion import Conclusion
from reviewflow.model.people import Unit
from reviewflow.model.unit_opinion import Stance, UnitOpinion
from reviewflow.work import Answers, Work


def request_meeting(work: Work, case: Case, answers: Answers) -> None:
    """Let a case onto the agenda if its packet is complete.

    Suggestions in an opinion that let it pass are answered here, if not before.

    Raises:
        Invalid: The sentence names everything that is missing.

    Source: 国办发〔2018〕115号（七）: 未经合法性审核或者经审核不合法的，不得提交
    集体审议; 《重大行政决策程序暂行条例》第十三条 (by analogy): what other units do
    not agree to is settled or laid before the meeting.
    """
    opinion = find_opinion(work, case)
    if opinion is not None and not opinion.is_answered and answers.get("adoptions"):
        answer_opinion(work, case, answers)
    missing = missing_for_meeting(work, case)
    if missing:
        raise Invalid(message=f"不能列入议程，还缺少：{'、'.join(missing)}。")
    case.phase = "待上会"
    carried = [row.unit.short_name for row in disputes(work, case) if row.is_carried]
    journal.record(work, case, "meeting.requested", carried=carried)


def disputes(work: Work, case: Case) -> list[UnitOpinion]:
    """Return what units said who do not agree, in official order."""
    return list(
        work.session.scalars(
            sa.select(UnitOpinion)
            .join(UnitOpinion.unit)
            .where(
                UnitOpinion.case_id == case.id, UnitOpinion.stance == Stance.DISAGREE
            )
            .order_by(Unit.position, UnitOpinion.id)
        )
    )


def missing_for_meeting(work: Work, case: Case) -> list[str]:
    """Return what a case lacks before it may be deliberated."""
    missing = []
    opinion = find_opinion(work, case)
    if opinion is None or opinion.signed_at is None:
        missing.append("已签发的合法性审查意见书")
    elif opinion.conclusion is Conclusion.ILLEGAL:
        missing.append("允许提交审议的审查结论（现为不合法）")
    elif not opinion.is_answered:
        missing.append("对审查意见的逐条答复")
    missing += [
        f"{row.unit.short_name}不同意见的协商结果"
        for row in disputes(work, case)
        if row.is_open_dispute
    ]
    there = set(
        work.session.scalars(
            sa.select(Document.role).where(Document.case_id == case.id)
        )
    )
    needed = work.process(case).kind.checklist
    return missing + [
        need.label
        for need in needed
        if need.role not in there and need.is_needed(case.facts)
    ]


def record_meeting(work: Work, case: Case, answers: Answers) -> None:
    """Keep what the meeting decided; dissent stays in the answers for ever.

    Raises:
        Invalid: The meeting lies in the future.
    """
    held_on: date = answers["held_on"]
    if held_on > work.today:
        raise Invalid({"held_on": "会议日期不能晚于今天，请在会后记录。"})
    journal.record(
        work,
        case,
        "meeting.recorded",
        decision=answers["decision"],
        meeting=str(answers["meeting"]),
        held_on=held_on,
    )
