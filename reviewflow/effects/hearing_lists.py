"""What has to be in order on the lists of a hearing; without groups nothing is."""

from datetime import date

from reviewflow import hearing_rows
from reviewflow.errors import Invalid
from reviewflow.model.case import Case
from reviewflow.model.hearing_list import HearingParticipant
from reviewflow.work import Work

MOST_NAMES = 5


def require_lists(work: Work, case: Case) -> int:
    """Insist that every group has its people; return how many there are in all.

    Raises:
        Invalid: A group has none, or its places are not drawn yet.
    """
    people = hearing_rows.participants(work, case.id)
    drawn = hearing_rows.draws(work, case.id)
    there = {person.group_id for person in people}
    for group in hearing_rows.groups(work, case.id):
        draw = drawn.get(group.id)
        if group.is_drawn and (draw is None or draw.drawn_at is None):
            raise Invalid(
                message=f"“{group.name}”还没有抽取，请在“听证”页公布名册并抽取。"
            )
        if group.id not in there:
            raise Invalid(
                message=f"“{group.name}”还没有参加人，请在“听证”页补充后再公布名单。"
            )
    return len(people)


def require_delivered(work: Work, case: Case, said: date) -> date:
    """Insist that everybody has the documents; return the day the last one had them.

    Raises:
        Invalid: Somebody has none yet, or the day given is earlier than the list's.
    """
    people = hearing_rows.participants(work, case.id)
    waiting = [person for person in people if person.delivered_on is None]
    if waiting:
        raise Invalid(message=f"{_named(waiting)}还没有登记送达，请在“听证”页登记。")
    last = max((p.delivered_on for p in people if p.delivered_on), default=said)
    if said < last:
        raise Invalid(
            {"delivered_on": "送达日期早于名单上最后一名参加人的送达日期，请核对。"}
        )
    return said


def require_sitting(work: Work, case: Case, held_on: date, said: int) -> None:
    """Insist that enough people were there and the record is signed or refused.

    Raises:
        Invalid: Too few, not marked, or a signature is lacking.

    Source: 《重大行政决策程序暂行条例》第十七条 (听证参加人确认听证会记录并签字);
    how many have to be there is a row of the register of quorums.
    """
    people = hearing_rows.participants(work, case.id)
    if not people:
        return
    if any(person.attended is None for person in people):
        raise Invalid(message="请先在“听证”页登记每一名参加人是否到会。")
    present = [person for person in people if person.attended]
    least = hearing_rows.least_present(work, len(people), held_on)
    if len(present) < least:
        raise Invalid(
            {
                "hearing_outcome": f"参加人{len(people)}名，实到{len(present)}名，"
                f"不足{least}名，听证会应当延期。"
            }
        )
    if said != len(present):
        raise Invalid({"participants": f"名单上到会{len(present)}名，请核对参加人数。"})
    unsigned = [person for person in present if person.signature is None]
    if unsigned:
        raise Invalid(
            message=f"{_named(unsigned)}还没有签名，也没有注明拒签，请在“听证”页登记。"
        )


def require_answered_opinions(work: Work, case: Case) -> None:
    """Insist that every opinion is adopted or answered.

    Raises:
        Invalid: One is not.
    """
    rows = hearing_rows.opinions(work, case.id)
    left = sum(1 for row in rows if row.adoption is None)
    if left:
        raise Invalid(
            message=f"还有 {left} 条听证意见没有说明采纳情况，请在“听证”页逐条说明。"
        )


def _named(people: list[HearingParticipant]) -> str:
    names = "、".join(person.name for person in people[:MOST_NAMES])
    more = f"等 {len(people)} 名参加人" if len(people) > MOST_NAMES else ""
    return names + more
