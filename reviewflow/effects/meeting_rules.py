"""What has to hold before a meeting's record counts; each rule in one place."""

from collections.abc import Sequence

from reviewflow import meeting_rows
from reviewflow.errors import Invalid
from reviewflow.model.case import Case
from reviewflow.model.meeting import AgendaItem, Attendee, Decision, Meeting
from reviewflow.packets import missing_for_meeting
from reviewflow.work import Answers, Work

TOLD = {
    # question of the step: what it is called
    "meeting": "会议名称",
    "held_on": "会议日期",
    "decision": "会议决定",
    "present": "出席人员",
    "dissent": "不同意见",
    "requirements": "会议要求",
    "departure_reason": "与多数人意见不一致的理由",
}


def require_packet(work: Work, case: Case) -> None:
    """Insist that everything is there that a meeting has to have before it.

    Raises:
        Invalid: The sentence names everything that is missing.

    Source: 《重大行政决策程序暂行条例》第二十九条; others by the kind's checklist.
    """
    missing = missing_for_meeting(work, case)
    if missing:
        raise Invalid(message=f"不能列入议程，还缺少：{'、'.join(missing)}。")


def require_attendance(
    work: Work, meeting: Meeting, people: Sequence[Attendee]
) -> None:
    """Insist that enough members came, and that one of them presided.

    Raises:
        Invalid: Nobody came, too few came, or none or several presided.

    Source: data/quorums.yaml MQ-01, MQ-02 (to be verified).
    """
    came = sum(one.speaks for one in people)
    least = meeting_rows.least_present(work, meeting, people)
    if not came:
        raise Invalid({"name-0": "请登记出席人员，至少填写主持人。"})
    if sum(one.is_head for one in people) != 1:
        raise Invalid({"name-0": "请选定一位出席的会议组成人员为主持人。"})
    if came < least:
        sentence = f"实到 {came} 人，不足 {least} 人，会议不能举行，请核对或者改期。"
        raise Invalid({"name-0": sentence})


def require_order(item: AgendaItem) -> None:
    """Insist that the head spoke, and spoke last.

    Raises:
        Invalid: Somebody spoke after the head, or two at once.

    Source: 《重大行政决策程序暂行条例》第三十条 (行政首长最后发表意见).
    """
    turns = [one.turn for one in item.statements]
    head = next((one for one in item.statements if one.attendee.is_head), None)
    if len(turns) != len(set(turns)):
        raise Invalid(message="发言顺序有重复的序号，请每人填写一个不同的序号。")
    if head is None:
        raise Invalid(message="请登记主持人的意见，主持人最后发表意见。")
    after = [one.attendee.name for one in item.statements if one.turn > head.turn]
    if after:
        who = "、".join(after)
        raise Invalid(
            message=f"{head.attendee.name}应当最后发表意见，{who}的发言排在其后，请核对发言顺序。"
        )


def require_statements(item: AgendaItem) -> None:
    """Insist that the meeting is recorded person by person.

    Raises:
        Invalid: It is not, or not in order.
    """
    if item.meeting.held_on is None:
        raise Invalid(
            message=f"“{item.meeting.name}”还没有登记出席情况，请先在集体讨论页登记；"
            "不逐人登记的，请先把本事项移出议程。"
        )
    require_order(item)


def require_reason(item: AgendaItem, decision: Decision, reason: str) -> None:
    """Insist on the reason for deciding otherwise than most members spoke.

    Raises:
        Invalid: It is lacking.

    Source: 《重大行政决策程序暂行条例》第三十条 (与多数人不一致的说明理由).
    """
    if meeting_rows.departs(item, decision) and not reason.strip():
        sentence = "会议决定与多数人的意见不一致，请填写主持人在会上说明的理由。"
        raise Invalid({"departure_reason": sentence})


def refuse_other_answers(work: Work, item: AgendaItem, answers: Answers) -> None:
    """Insist that the step says what the meeting's record says.

    Raises:
        Invalid: With a sentence for each answer that differs.
    """
    known = meeting_rows.known_of_item(work, item)
    errors = {
        name: f"{words}与集体讨论页的登记不一致，请照登记填写，或者先更正登记。"
        for name, words in TOLD.items()
        if name in known and _plain(answers.get(name)) != _plain(known[name])
    }
    if errors:
        raise Invalid(errors)


def _plain(said: object) -> str:
    return " ".join(str(said or "").split())
