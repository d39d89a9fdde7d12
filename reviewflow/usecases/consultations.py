"""What a drafting unit does with comments: group, sort by hand, answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from reviewflow import journal
from reviewflow.comments import grouping
from reviewflow.consulted import find_consultation, may_consult
from reviewflow.errors import Conflict, Invalid, Missing, Refused
from reviewflow.model.case import Case
from reviewflow.model.consultation import Comment, CommentGroup, Consultation
from reviewflow.model.opinion import Adoption
from reviewflow.work import LARGEST_ID, Work

LONGEST_REASON = 1_000
REASON_NEEDED = "部分采纳或者未采纳的，请写明理由。"


@dataclass(frozen=True, slots=True)
class Grouped:
    """What grouping did: comments compared, those placed, groups made for them."""

    compared: int
    comments: int
    new_groups: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a group, as it was typed; no adoption takes it back."""

    adoption: str
    reason: str


def running_consultation(work: Work, case_id: int) -> tuple[Case, Consultation]:
    """Return a case, locked, and its consultation while that can be worked on.

    Raises:
        Missing: There is no such case for the actor.
        Refused: The actor does not draft in its unit.
        Conflict: The public is not asked, or the consultation is closed.
    """
    case = work.get(Case, case_id, lock=True)
    if not may_consult(work.actor, case):
        raise Refused("征求意见由起草单位办理，请联系起草承办人。")
    consultation = find_consultation(work, case)
    if consultation is None:
        raise Conflict("本事项还没有公开征求意见。")
    if consultation.closed_on is not None or not case.is_running:
        raise Conflict("征求意见已经结束，采纳情况已登记，不能再改动。")
    return case, consultation


def group_comments(work: Work, case_id: int) -> Grouped:
    """Place every comment that has no group; what is placed or answered stays.

    Raises:
        Missing, Refused, Conflict: As `running_consultation`.
    """
    case, consultation = running_consultation(work, case_id)
    comments = list(
        work.session.scalars(
            sa.select(Comment)
            .where(Comment.consultation_id == consultation.id)
            .order_by(Comment.number)
        )
    )
    remarks = [grouping.Remark(c.id, c.clause, c.text, c.group_id) for c in comments]
    placed = grouping.group(remarks)

    by_id = {comment.id: comment for comment in comments}
    new = [keys for group_id, keys in placed if group_id is None]
    groups = _new_groups(work, consultation, [by_id[keys[0]] for keys in new])
    made = iter(groups)
    for group_id, keys in placed:
        home = next(made).id if group_id is None else group_id
        for key in keys:
            by_id[key].group_id = home

    placed_now = sum(len(keys) for _, keys in placed)
    found = Grouped(len(comments), placed_now, len(groups))
    if found.comments:
        journal.record(
            work,
            case,
            "consultation.comments_grouped",
            comments=found.comments,
            groups=found.new_groups,
        )
    return found


def move_comment(work: Work, case_id: int, comment_id: int, to: str) -> CommentGroup:
    """Put a comment into another group, or into a new one of its own.

    A group nothing is left in disappears with its answer.

    Args:
        work: Actor, instant and transaction.
        case_id: The case.
        comment_id: The comment.
        to: The number of the other group; nothing for a group of its own.

    Raises:
        Missing: There is no such comment.
        Refused, Conflict: As `running_consultation`.
        Invalid: There is no such group.
    """
    case, consultation = running_consultation(work, case_id)
    comment = work.get(Comment, comment_id)
    if comment.consultation_id != consultation.id:
        raise Missing
    if to.strip():
        target = _numbered(work, consultation, to.strip())
    else:
        target = _new_groups(work, consultation, [comment])[0]

    left = comment.group_id
    comment.group_id = target.id
    work.session.flush()
    if left != target.id:
        _drop_if_empty(work, left)

    journal.record(
        work,
        case,
        "consultation.comment_moved",
        number=comment.number,
        group=target.number,
    )
    return target


def answer_groups(work: Work, case_id: int, answers: Mapping[int, Answer]) -> int:
    """Answer groups: adopted, in part, or not, and why; all of them or none.

    Args:
        work: Actor, instant and transaction.
        case_id: The case.
        answers: By id of the group; what is as it was changes nothing.

    Returns:
        How many answers were given, changed or taken back.

    Raises:
        Missing, Refused, Conflict: As `running_consultation`.
        Invalid: With a sentence for each answer that breaks a rule.

    Source: 《重大行政决策程序暂行条例》第十八条 (by analogy).
    """
    case, consultation = running_consultation(work, case_id)
    groups = work.session.scalars(
        sa.select(CommentGroup).where(
            CommentGroup.consultation_id == consultation.id,
            CommentGroup.id.in_([key for key in answers if key <= LARGEST_ID]),
        )
    ).all()
    if len(groups) != len(answers):
        raise Conflict("分组已有变化，请查看最新情况后再答复。")
    _check(answers)

    changed = [group for group in groups if _say(work, group, answers[group.id])]
    if changed:
        journal.record(work, case, "consultation.groups_answered", groups=len(changed))
    return len(changed)


def _check(answers: Mapping[int, Answer]) -> None:
    errors: dict[str, str] = {}
    for group_id, said in answers.items():
        if said.adoption and said.adoption not in set(Adoption):
            errors[f"adoption-{group_id}"] = "请从列出的答复中选择。"
        elif said.adoption not in ("", Adoption.FULL) and not said.reason.strip():
            errors[f"reason-{group_id}"] = REASON_NEEDED
        if len(said.reason) > LONGEST_REASON:
            errors[f"reason-{group_id}"] = f"理由不超过 {LONGEST_REASON} 字，请精简。"
        if said.reason.strip() and not said.adoption:
            errors[f"adoption-{group_id}"] = "已写理由，请选择是否采纳。"
    if errors:
        raise Invalid(errors)


def _say(work: Work, group: CommentGroup, said: Answer) -> bool:
    adoption = Adoption(said.adoption) if said.adoption else None
    reason = said.reason.strip()
    if (group.adoption, group.reason) == (adoption, reason):
        return False
    group.adoption, group.reason = adoption, reason
    group.answered_at = work.now if adoption else None
    group.answered_by_id = work.actor.id if adoption else None
    return True


def _new_groups(
    work: Work, consultation: Consultation, firsts: Sequence[Comment]
) -> list[CommentGroup]:
    highest = sa.select(sa.func.max(CommentGroup.number))
    of_this = CommentGroup.consultation_id == consultation.id
    number = work.session.scalar(highest.where(of_this)) or 0
    groups = [
        CommentGroup(
            case_id=consultation.case_id,
            consultation_id=consultation.id,
            number=number + place,
            clause=first.clause,
            text=first.text,
            reason="",
        )
        for place, first in enumerate(firsts, start=1)
    ]
    work.session.add_all(groups)
    work.session.flush()
    return groups


def _numbered(work: Work, consultation: Consultation, to: str) -> CommentGroup:
    group = None
    if to.isdecimal() and len(to) < len(str(2**31)):
        group = work.session.scalar(
            sa.select(CommentGroup).where(
                CommentGroup.consultation_id == consultation.id,
                CommentGroup.number == int(to),
            )
        )
    if group is None:
        raise Invalid({"to": "没有这一组，请填写“征求意见”页上的组号。"})
    return group


def _drop_if_empty(work: Work, group_id: int | None) -> None:
    """Remove a group nothing is left in; otherwise its words are the first one's."""
    if group_id is None:
        return
    first = work.session.scalar(
        sa.select(Comment)
        .where(Comment.group_id == group_id)
        .order_by(Comment.number)
        .limit(1)
    )
    group = work.get(CommentGroup, group_id)
    if first is None:
        work.session.delete(group)
    else:
        group.text, group.clause = first.text, first.clause
