"""Effects of deliberation: the packet is checked, the decision recorded."""

from datetime import date
from typing import Any

from reviewflow import journal, meeting_rows
from reviewflow.effects.meeting_rules import (
    refuse_other_answers,
    require_packet,
    require_reason,
    require_statements,
)
from reviewflow.effects.opinions import answer_opinion, find_opinion
from reviewflow.errors import Invalid
from reviewflow.model.case import Case
from reviewflow.model.meeting import AgendaItem, Decision
from reviewflow.packets import disputes
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
    require_packet(work, case)
    case.phase = "待上会"
    disputed = disputes(work, [case.id])
    carried = [row.unit.short_name for row in disputed if row.is_carried]
    journal.record(work, case, "meeting.requested", carried=carried)


def record_meeting(work: Work, case: Case, answers: Answers) -> None:
    """Keep what the meeting decided; dissent stays as it is for ever.

    A case on the agenda of a meeting is recorded there, person by person; others
    by the answers alone.

    Raises:
        Invalid: The meeting lies in the future, or its record breaks a rule.
    """
    held_on: date = answers["held_on"]
    if held_on > work.today:
        raise Invalid({"held_on": "会议日期不能晚于今天，请在会后记录。"})
    item = meeting_rows.open_item(work, case.id)
    votes: dict[str, Any] = {}
    if item is not None:
        _record_item(work, item, answers)
        votes = _votes(item)
    journal.record(
        work,
        case,
        "meeting.recorded",
        decision=answers["decision"],
        meeting=str(answers["meeting"]),
        held_on=held_on,
        **votes,
    )


def _record_item(work: Work, item: AgendaItem, answers: Answers) -> None:
    """Make the record of one item final.

    Source: 《重大行政决策程序暂行条例》第三十条.
    """
    require_statements(item)
    refuse_other_answers(work, item, answers)
    decision = Decision(answers["decision"])
    reason = str(answers.get("departure_reason") or "")
    require_reason(item, decision, reason)
    item.decision, item.departure_reason = decision, reason
    item.requirements = str(answers.get("requirements") or "")
    item.recorded_at = work.now
    item.recorded_by_id = work.actor.id


def _votes(item: AgendaItem) -> dict[str, int]:
    return {f"{one}".lower(): n for one, n in sorted(meeting_rows.tally(item).items())}
